"""Paragraph styles that only leaflets have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.document.leaflet import HALF
from bulletin.write.docx.styles import AXIS, FULL, Look, heading, light, semibold
from bulletin.write.leaflet import BANNER

if TYPE_CHECKING:
    from bulletin.model.theme import Theme

PLACE_LINE, TITLE_LINE, OF_LINE = 7.0, 19.5, 6.5
"""Lines of the band; as high as the letters, whose ground would cover the line above."""
OF = 104.0
"""Width of the words in the band, left of the country."""
SPACE_LINE = 0.3
"""Height of a paragraph that only ends a table."""


def leaflet_looks(theme: Theme) -> tuple[Look, ...]:
    """Paragraph styles beside those of every document."""
    c, f = theme.colour, theme.font
    semi, rule = semibold(theme), (("top", 8, c.brand, 5),)
    return (
        Look("Leaflet Place", f.heading, 14, PLACE_LINE, c.on_brand_2, whole=True, ground=c.brand_deep),
        Look("Leaflet Title", light(theme), 42, TITLE_LINE, c.on_brand, base="Title", level=1, whole=True, ground=c.brand_deep),
        Look("Leaflet Of", f.heading, 14, OF_LINE, c.on_brand_2, before=4, right=FULL - OF, whole=True, ground=c.brand_deep),
        Look("Leaflet Banner", semi, 8.2, BANNER - 3.4, c.on_brand, before=2.3, whole=True, ground=c.accent),
        Look("Leaflet Key", semi, 9, 4.4, c.ink, before=1.6, whole=True),
        Look("Leaflet Figure", f.figures, 27, 11, c.brand, before=0.4, whole=True),
        Look("Leaflet Unit", f.text, 11, 4.5, c.ink, whole=True),
        Look("Leaflet When", f.text, 8, 4, c.ink_2, whole=True),
        Look("Leaflet Spark", f.text, 2, 0, c.ink_2, before=0.4, whole=True),
        Look("Leaflet Change", f.text, 8.5, 4.25, c.ink_2, before=1, whole=True),
        Look("Leaflet Heading", heading(theme), 11.5, 5.5, c.brand, before=1.6, level=2, whole=True),
        Look("Leaflet Message", f.text, 9.5, 4.7, c.ink, after=1.3, left=4, hang=4, bullet=True),
        Look("Leaflet Head", semi, 11, 5.2, c.ink, left=AXIS, hang=AXIS, keep=True, borders=rule, whole=True, then="Leaflet Subtitle"),
        Look("Leaflet Subtitle", f.text, 8.5, 4.2, c.ink_2, after=2, left=AXIS, hang=AXIS, keep=True, whole=True),
        Look("Leaflet Half Label", semi, 8.5, 4.2, c.accent, before=1.2, tabs=((HALF, "right"),), keep=True, whole=True),
        Look("Leaflet Half Head", semi, 10, 4.7, c.ink, keep=True, whole=True),
        Look("Leaflet Half Subtitle", f.text, 8, 3.9, c.ink_2, after=2, keep=True, whole=True),
        Look("Leaflet Picture", f.text, 2, 0, c.ink, keep=True, whole=True),
        Look("Leaflet Note", f.text, 7.4, 3.5, c.ink_2, before=1, whole=True),
        Look("Leaflet Said", f.text, 7.4, 3.5, c.ink_2, after=0.9, whole=True),
        Look("Leaflet Space", f.text, 1, SPACE_LINE, c.ink),
        Look("Leaflet Scheme", semi, 8.5, 3.9, c.brand, before=0.9, after=0.8, whole=True),
        Look("Leaflet Column", semi, 8, 3.9, c.ink, before=0.9, after=0.8, right=2.6, align="right", whole=True),
        Look("Leaflet Stub", f.text, 8.5, 3.9, c.ink, before=0.5, after=0.5, right=1, whole=True),
        Look("Leaflet Number", f.text, 8.5, 3.9, c.ink, before=0.5, after=0.5, right=2.6, align="right", whole=True),
    )  # fmt: skip
