"""The words of a block in the paragraph where it stands, without the label before them and what the page adds after them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.model.issued import IssuedBlock
from bulletin.model.reviewed import ReadParagraph
from bulletin.review.plain import same, tidy

_BREAK = re.compile(r"[\t\n]")


@dataclass(frozen=True)
class Region:
    text: str
    styled: tuple[tuple[int, int], ...] = ()
    """Ranges of `text` that carry the style of figures."""


def region(block: IssuedBlock | None, paragraph: ReadParagraph) -> Region:
    start, end = bounds(block, paragraph.accepted) if block else (0, len(paragraph.accepted))
    return _tidied(paragraph.accepted, start, end, paragraph.figures)


def joined(regions: Sequence[Region]) -> Region:
    """Paragraphs of one block, parted by an empty line."""
    text, styled = "", list[tuple[int, int]]()
    for part in regions:
        text = f"{text}\n\n" if text else ""
        styled += [(a + len(text), b + len(text)) for a, b in part.styled]
        text += part.text
    return Region(text, tuple(styled))


def bounds(block: IssuedBlock, text: str) -> tuple[int, int]:
    """Where the block's words are; a label that was edited ends at its tab all the same."""
    start, end = 0, len(text)
    breaks = [m.end() for m in _BREAK.finditer(text)]
    if block.lead:
        count = len(_BREAK.findall(block.lead))
        if text.startswith(block.lead):
            start = len(block.lead)
        elif 0 < count <= len(breaks):
            start = breaks[count - 1]
        elif text.endswith(block.text + block.tail):
            # What was edited is what stands before.
            start = len(text) - len(block.text + block.tail)
    if block.tail:
        count = len(_BREAK.findall(block.tail))
        if text.endswith(block.tail) and end - len(block.tail) >= start:
            end -= len(block.tail)
        elif 0 < count <= len(breaks) and breaks[-count] - 1 >= start:
            end = breaks[-count] - 1
        elif text.startswith(block.text, start):
            end = start + len(block.text)
    return start, end


def whole(block: IssuedBlock) -> str:
    """As its paragraph reads, for comparing."""
    return same(block.lead + block.text + block.tail)


def _tidied(text: str, start: int, end: int, styled: Sequence[tuple[int, int]]) -> Region:
    def place(at: int) -> int:
        return len(tidy(text[start:at] + "x")) - 1

    said = tidy(text[start:end])
    kept = [(max(a, start), min(b, end)) for a, b in styled if a < end and b > start]
    return Region(said, tuple((place(a), min(place(b), len(said))) for a, b in kept))
