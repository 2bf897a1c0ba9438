"""What stands on a page because of its place in the whole: feet with the page's number, the strip, the draft mark; set by the same
style sheet as the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.write.pdf.assets import faces_shipped
from bulletin.write.pdf.pages import Survey
from bulletin.write.pdf.parts import Frame, Part
from bulletin.write.pdf.render import laid_out

LEAVES = ".leaf { break-before: page; height: 1px } .leaf.cover { page: cover } .leaf.sheet { page: sheet } .leaf.left { break-before: left }"


@dataclass(frozen=True)
class Leaf:
    """A page of the whole. `part` and `page`: where its text is, counted from 0; an empty page has none."""

    part: int = -1
    page: int = -1
    kind: str = ""
    """`cover`, `sheet`: which page rules it has."""
    running: str = ""
    is_turned: bool = False
    """It stands on the other side of a spread than it was set for."""
    after_blank: bool = False

    @property
    def is_blank(self) -> bool:
        return self.part < 0


def paged(parts: Sequence[Part], surveys: Sequence[Survey]) -> tuple[Leaf, ...]:
    """All pages in order; page n is a right-hand page where n is odd."""
    leaves: list[Leaf] = []
    for number, (part, survey) in enumerate(zip(parts, surveys, strict=True)):
        blank = part.begins_left and len(leaves) % 2 == 0
        if blank:
            leaves.append(Leaf())
        start = len(leaves)
        for page, wide in enumerate(survey.wide):
            kind = "cover" if part.is_cover else "sheet" if wide else ""
            leaves.append(Leaf(number, page, kind, part.running, start % 2 == 1, blank and page == 0))
    return tuple(leaves)


def page_numbers(leaves: Sequence[Leaf], surveys: Sequence[Survey]) -> dict[str, int]:
    """Of every named place."""
    at = {(leaf.part, leaf.page): number for number, leaf in enumerate(leaves, 1)}
    return {name: at[part, page] for part, survey in enumerate(surveys) for name, page in survey.anchors}


def heads_html(frame: Frame, leaves: Sequence[Leaf]) -> str:
    """A page for each leaf, empty but for its head and foot."""
    markup = [
        f'<section class="leaf {leaf.kind}{" left" if leaf.after_blank else ""}" data-running="{leaf.running}"></section>'
        for leaf in leaves
        if not leaf.is_blank
    ]
    return "\n".join([frame.before.replace("</style>", LEAVES + "\n</style>", 1), *markup, frame.after])


def render_heads(html: str, assets: tuple[tuple[str, bytes], ...]) -> bytes:
    """Without tags: `join` marks all of it as no content."""
    return laid_out(html, faces_shipped() | dict(assets), tagged=False).data
