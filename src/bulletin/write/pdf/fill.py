"""Fills pages: of the orders in which the blocks of a section may stand, the one that leaves least of the pages empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bulletin.document.blocks import Block, Box, BulletList, Figure, KeyFigures, Paragraph, Table
from bulletin.model.theme import SPACING, TYPE, Spacing, Type
from bulletin.write.html import references
from bulletin.write.pdf.heights import FEW, LEAST, Parts, height, opening, parts_of
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
LINES = 10.0
"""Two lines, the least of a paragraph that a page may end with."""
NEAR = 25.0
"""From the end of a page: a paragraph so near may stand in it, since heights are worked out."""
AHEAD = 5
"""Blocks that another may come before."""
WAYS = 24
"""Orders that are followed up at a time."""

# What is worse than what, in square millimetres of an empty foot: of two pages less than half empty, and of one nearly whole.
PASSED = 60.0
"""A block that another one comes before."""
CUT = 3000.0
"""A table cut that could stand on one page: better than 55 mm of nothing."""
CUT_SHORT = 8000.0
"""The same, with few rows: better than 90 mm of nothing, and only where there is as much."""
TURNED = 400.0
"""A page more."""
LAST = 150.0
"""A chapter's last page should hold as much."""


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
    parts: Callable[[Table], Parts | None] = lambda _: None
    """Of a table that a page may cut; None: it is not known where."""


def single(images: Mapping[str, Image], type_: Type = TYPE, spacing: Spacing = SPACING) -> Measures:
    """Of a document in one language."""
    heading = type_.section.line + HEADING
    return Measures(
        lambda block: height(block, images, type_, spacing),
        lambda section: opening(section, type_),
        lambda _: heading,
        _is_whole,
        spacing.exhibit,
        lambda table: parts_of(table, type_, spacing),
    )


@dataclass(frozen=True)
class Arranged:
    """`cut`: ids of tables that a page may cut although they are short, and of text that the end of a page stands in, or near."""

    document: Document
    cut: frozenset[str]


def filled(document: Document, measures: Measures) -> Arranged:
    """The same blocks. Inside a section text may come before an exhibit, and an exhibit before text once a paragraph above has
    referred to it; text keeps its order, and so do exhibits of one kind."""
    found = [(s, frozenset[str]()) if s.front else _chapter(s, measures) for s in document.sections]
    sections = tuple(section for section, _ in found)
    return Arranged(replace(document, sections=sections), frozenset(name for _, cut in found for name in cut))


@dataclass(frozen=True)
class _Piece:
    """A block, and what counts of it."""

    block: Block
    length: float
    whole: bool
    parts: Parts | None
    refers: frozenset[str]

    @property
    def is_text(self) -> bool:
        return isinstance(self.block, Paragraph | BulletList)

    @property
    def is_sheet(self) -> bool:
        return isinstance(self.block, Table) and self.block.landscape

    @property
    def series(self) -> str:
        return self.block.series if isinstance(self.block, Figure) else type(self.block).__name__


@dataclass(frozen=True)
class _Way:
    """One order so far: what is wrong with it, and how far its last page is filled."""

    cost: float
    at: float
    under: float = 0.0
    """Height of the heading that stands last: it goes with what follows."""
    here: tuple[int, ...] = ()
    """Blocks of the section in hand."""
    done: tuple[tuple[int, ...], ...] = ()
    """Of the sections before."""
    cut: frozenset[str] = frozenset()

    @property
    def left(self) -> float:
        return PAGE - self.at

    def turned(self) -> _Way:
        """On a new page, the heading with it."""
        empty = self.left + self.under
        return replace(self, cost=self.cost + TURNED + (empty**2 if empty > GAP else 0), at=self.under, under=0.0)


def _chapter(section: Section, measures: Measures) -> tuple[Section, frozenset[str]]:
    ways = [_Way(0.0, measures.opening(section))]
    *_, last = _parts(section)
    for part in _parts(section):
        if part is not section and part.title:
            ways = [_headed(way, measures.heading(part)) for way in ways]
        pieces = tuple(_piece(block, measures) for block in part.blocks)
        if part is last and pieces and pieces[-1].is_text:  # no page for its last two lines
            pieces = (*pieces[:-1], replace(pieces[-1], whole=True))
        for _ in pieces:
            ways = _best(step for way in ways for i in _next(way, pieces) for step in _placed(way, i, pieces, measures.below))
        ways = [replace(way, here=(), done=(*way.done, way.here)) for way in ways]
    best = min(ways, key=lambda way: (way.cost + max(0.0, LAST - way.at) ** 2, way.done))
    orders = iter(best.done)
    return _reordered(section, orders), best.cut


def _parts(section: Section) -> Iterator[Section]:
    yield section
    for part in section.sections:
        yield from _parts(part)


def _reordered(section: Section, orders: Iterator[tuple[int, ...]]) -> Section:
    blocks = tuple(section.blocks[i] for i in next(orders))
    return replace(section, blocks=blocks, sections=tuple(_reordered(part, orders) for part in section.sections))


def _piece(block: Block, measures: Measures) -> _Piece:
    whole = measures.is_whole(block)
    parts = measures.parts(block) if isinstance(block, Table) and not block.landscape else None
    refers = frozenset(r.target for r in references(block)) if isinstance(block, Paragraph | BulletList) else frozenset()
    return _Piece(block, measures.height(block), whole, parts, refers)


def _headed(way: _Way, heading: float) -> _Way:
    if way.at and way.left < LINES + heading + LINES:
        way = way.turned()
    heading += 2.5 if way.at else 0
    return replace(way, at=way.at + heading, under=heading)


def _next(way: _Way, pieces: tuple[_Piece, ...]) -> Iterator[int]:
    """The first block that waits, and those that may come before it."""
    waiting = [i for i in range(len(pieces)) if i not in way.here]
    yield waiting[0]
    first = pieces[waiting[0]].block
    if isinstance(first, Table) and first.part_of:  # the next columns of the table above
        return
    said = frozenset[str]().union(*(pieces[i].refers for i in way.here))
    for place, i in enumerate(waiting[1 : AHEAD + 1], 1):
        passed = [pieces[p] for p in waiting[:place]]
        piece = pieces[i]
        if piece.is_text:
            if not any(p.is_text or isinstance(p.block, KeyFigures) for p in passed):
                yield i
        elif isinstance(piece.block, Figure | Table) and piece.whole and not piece.is_sheet:
            text = any(not isinstance(p.block, Figure | Table) for p in passed)
            if not any(p.series == piece.series for p in passed) and (piece.block.id in said or not text):
                yield i


def _placed(way: _Way, i: int, pieces: tuple[_Piece, ...], below: float) -> Iterator[_Way]:
    """The ways in which a block may stand next."""
    piece = pieces[i]
    passed = sum(1 for p in range(i) if p not in way.here)
    after_text = bool(way.here) and pieces[way.here[-1]].is_text
    gap = 5.0 if after_text and isinstance(piece.block, Figure | Table | Box | KeyFigures) and way.at else 0.0
    way = replace(way, cost=way.cost + PASSED * passed, here=(*way.here, i))
    length = gap + piece.length
    if piece.is_sheet:
        yield replace(way.turned() if way.at else way, at=0.0, under=0.0)
    elif not piece.whole:
        yield _flowed(way, length, piece)
    elif way.at + length - below + SLACK <= PAGE:
        yield replace(way, at=way.at + length, under=0.0)
    else:
        turned = way.turned() if way.at else way
        yield replace(turned, at=turned.at + piece.length, under=0.0)
        room = way.left - gap - SLACK
        for least, cost in ((LEAST, CUT), (FEW, CUT_SHORT)):
            rest = piece.parts.rest(room, least) if piece.parts and (way.left + way.under) ** 2 > cost else 0.0
            if rest:
                yield replace(way, cost=way.cost + TURNED + cost, at=rest, under=0.0, cut=way.cut | {piece.block.id})


def _flowed(way: _Way, length: float, piece: _Piece) -> _Way:
    """What a page may cut."""
    if piece.parts and way.at + length > PAGE:
        return _cut(way, length - piece.length, piece.parts)
    if way.left < LINES:
        way = way.turned()
    at, cost, cut = way.at + length, way.cost, way.cut
    if piece.is_text and (at > PAGE - NEAR or way.at < NEAR):
        cut |= {piece.block.id}
    while at > PAGE:
        at, cost = at - PAGE, cost + TURNED
    return replace(way, at=at, cost=cost, under=0.0, cut=cut)


def _cut(way: _Way, gap: float, parts: Parts) -> _Way:
    """A table that is longer than a page is to keep together."""
    pages, at = parts.flowed(way.left - gap - SLACK, PAGE)
    if not pages and way.at:
        way = way.turned()
        pages, at = parts.flowed(PAGE - way.at, PAGE)
    if not pages:
        return replace(way, at=way.at + parts.above + parts.head + sum(parts.rows) + parts.below, under=0.0)
    return replace(way, at=at, cost=way.cost + TURNED * pages, under=0.0)


def _best(ways: Iterator[_Way]) -> list[_Way]:
    """The least bad, one for each place on the page and set of blocks that are still to come."""
    found: dict[tuple[frozenset[int], int], _Way] = {}
    for way in ways:
        key = frozenset(way.here), round(way.at)
        if key not in found or _rank(way) < _rank(found[key]):
            found[key] = way
    return sorted(found.values(), key=_rank)[:WAYS]


def _rank(way: _Way) -> tuple[float, tuple[int, ...], tuple[tuple[int, ...], ...]]:
    return way.cost, way.here, way.done


def _is_whole(block: Block) -> bool:
    """Not cut by a page."""
    return isinstance(block, Figure | Box | KeyFigures) or (isinstance(block, Table) and "kept" in layout(block).classes.split())
