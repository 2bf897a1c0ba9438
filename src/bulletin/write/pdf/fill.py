"""Fills pages: where a table or figure would leave much of a page empty, what follows it in the section comes first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bulletin.document.blocks import Block, Box, BulletList, Figure, KeyFigures, Paragraph, Table
from bulletin.model.theme import SPACING, TYPE, Spacing, Type
from bulletin.write.pdf.heights import height, opening
from bulletin.write.table_layout import PORTRAIT, layout

if TYPE_CHECKING:
    from bulletin.document.chart import Image
    from bulletin.document.tree import Document, Section

PAGE = PORTRAIT[1]
SLACK = 2.0
"""What a height may be wrong by."""
GAP = 22.0
"""An empty foot that needs no filling."""
HEADING = 3.8
"""Below the heading of a section."""


@dataclass(frozen=True)
class Measures:
    """What blocks take of a page, in millimetres."""

    height: Callable[[Block], float]
    opening: Callable[[Section], float]
    """Where the first block of a chapter begins."""
    heading: Callable[[Section], float]
    is_whole: Callable[[Block], bool]
    """Whether a block is not cut by a page."""
    below: float = SPACING.exhibit
    """Space below an exhibit."""


def single(images: Mapping[str, Image], type_: Type = TYPE, spacing: Spacing = SPACING) -> Measures:
    """Of a document in one language."""
    heading = type_.section.line + HEADING
    return Measures(
        lambda block: height(block, images, type_, spacing),
        lambda section: opening(section, type_),
        lambda _: heading,
        _is_whole,
        spacing.exhibit,
    )


@dataclass
class _Cursor:
    """How far a page is filled."""

    at: float = 0.0
    below: float = SPACING.exhibit

    @property
    def left(self) -> float:
        return PAGE - self.at

    def flow(self, length: float) -> None:
        """Text, which a page may cut."""
        self.at += length
        while self.at > PAGE:
            self.at -= PAGE

    def place(self, length: float) -> None:
        """A block kept whole; the space below it may fall away."""
        self.at = self.at + length if self.fits(length) else length

    def fits(self, length: float) -> bool:
        return self.at + length - self.below <= PAGE


def filled(document: Document, measures: Measures) -> Document:
    """The same blocks; inside a section text may come before an exhibit, and exhibits of one kind keep their order."""
    return replace(document, sections=tuple(s if s.front else _chapter(s, measures) for s in document.sections))


def _chapter(section: Section, measures: Measures) -> Section:
    return _section(section, _Cursor(measures.opening(section), measures.below), measures)


def _section(section: Section, cursor: _Cursor, measures: Measures) -> Section:
    blocks = _ordered(section.blocks, cursor, measures)
    parts = []
    for part in section.sections:
        if part.title:
            heading = measures.heading(part)
            if cursor.left < 10 + heading + 10:
                cursor.at = 0.0
            cursor.at += heading + (2.5 if cursor.at else 0)
        parts.append(_section(part, cursor, measures))
    return replace(section, blocks=blocks, sections=tuple(parts))


def _ordered(blocks: tuple[Block, ...], cursor: _Cursor, measures: Measures) -> tuple[Block, ...]:
    waiting, found = list(blocks), list[Block]()
    while waiting:
        at = _next(waiting, found, cursor, measures)
        block = waiting.pop(at)
        _put(block, found, cursor, measures)
        found.append(block)
    return tuple(found)


def _next(waiting: list[Block], found: list[Block], cursor: _Cursor, measures: Measures) -> int:
    """The first block; where it must go to the next page and would leave a gap, the first later one that may fill it."""
    first = waiting[0]
    if isinstance(first, Table) and first.part_of:
        return 0
    if not measures.is_whole(first) or cursor.left < GAP:
        return 0
    need = _above(first, found) + measures.height(first)
    if not _is_sheet(first) and cursor.fits(need + SLACK):
        return 0
    for i, block in enumerate(waiting[1:], 1):
        passed = waiting[:i]
        if isinstance(block, Paragraph | BulletList):
            if not any(isinstance(p, Paragraph | BulletList) for p in passed) and cursor.left > 15:
                return i
        elif isinstance(block, Figure | Table) and measures.is_whole(block) and not _is_sheet(block):
            alike = any(_series(p) == _series(block) for p in passed)
            text = any(isinstance(p, Paragraph | BulletList | Box) for p in passed)
            if not alike and not text and cursor.fits(_above(block, found) + measures.height(block) + SLACK):
                return i
    return 0


def _put(block: Block, found: list[Block], cursor: _Cursor, measures: Measures) -> None:
    if _is_sheet(block):
        cursor.at = 0.0
        return
    length = (_above(block, found) if cursor.at else 0) + measures.height(block)
    if measures.is_whole(block):
        cursor.place(length)
    else:
        cursor.flow(length)


def _above(block: Block, found: list[Block]) -> float:
    """Space above, as far as the block before does not hold it already."""
    after_text = bool(found) and isinstance(found[-1], Paragraph | BulletList)
    return 5.0 if after_text and isinstance(block, Figure | Table | Box | KeyFigures) else 0.0


def _is_whole(block: Block) -> bool:
    """Not cut by a page."""
    return isinstance(block, Figure | Box | KeyFigures) or (isinstance(block, Table) and "kept" in layout(block).classes.split())


def _is_sheet(block: Block) -> bool:
    return isinstance(block, Table) and block.landscape


def _series(block: Block) -> str:
    return block.series if isinstance(block, Figure) else type(block).__name__
