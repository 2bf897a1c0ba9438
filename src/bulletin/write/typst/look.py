"""The theme as values of Typst."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bulletin.write.look import COLOUR, sizes
from bulletin.write.measure import faces
from bulletin.write.typst.source import array, dictionary, literal

if TYPE_CHECKING:
    from bulletin.model.theme import Theme

COLOURS = (
    "ink", "ink_2", "rule", "hair", "tint", "paper", "brand", "brand_deep", "on_brand", "on_brand_2", "accent", "accent_fill",
)  # fmt: skip


def theme_source(theme: Theme, publication: str, watermark: str) -> str:
    """`theme.typ`. `publication`: line of the left feet; `watermark`: path of the mark of a draft, or empty."""
    values = {}
    for name in COLOURS:
        colour = getattr(theme.colour, name)
        if not COLOUR.fullmatch(colour):
            raise ValueError(f"{name}: {colour}")
        values[name] = f'rgb("{colour}")'
    families = {
        "text": theme.font.text,
        "display": theme.font.display,
        "heading": theme.font.heading,
        "figures": theme.font.figures,
    }
    listed = {name: array(literal(f) for f in dict.fromkeys((face, theme.font.text))) for name, face in families.items()}
    values["faces"] = dictionary(listed)
    values["rise"] = dictionary({name: f"{rise(face):.4f}" for name, face in families.items()})
    values["sizes"] = dictionary({name.replace("-", "_"): f"({r.size:g}pt, {r.line:g}mm)" for name, r in sizes(theme)})
    values |= {"paragraph": f"{theme.spacing.paragraph:g}mm", "exhibit_space": f"{theme.spacing.exhibit:g}mm"}
    values |= {"section_space": f"{theme.spacing.section:g}mm", "head": literal(theme.table_head)}
    values |= {"label": literal(theme.exhibit_label), "strip": "true" if theme.page_strip else "false"}
    values |= {"publication": literal(publication), "watermark": literal(watermark)}
    return f"#let theme = {dictionary(values)}\n"


@cache
def rise(family: str) -> float:
    """Half of what a face has more above the line its letters stand on than below, as a share of its size: where a line that is
    higher than its letters puts them."""
    from fontTools.ttLib import TTFont

    path = faces().get((family, False, False)) or faces()["Source Sans 3", False, False]
    with TTFont(path, lazy=True) as font:
        head = font["hhea"]
        return float((head.ascent + head.descent) / 2 / font["head"].unitsPerEm)
