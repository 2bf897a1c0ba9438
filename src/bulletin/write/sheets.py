"""Which tables lie on a landscape page and where those wider than that are cut: decided once, for every format and language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bulletin.document.blocks import Table
from bulletin.document.inline import plain
from bulletin.write.measure import width
from bulletin.write.table_layout import FACE, LANDSCAPE, POINTS, SIZES, STUB, longest_word, needs_of, room_of

STUB_LINES = 3
"""Lines that a label may take beside the parts of a table."""

WIDEST_STUB = 0.36
"""Share of a landscape page."""


@dataclass(frozen=True)
class Sheets:
    landscape: bool
    cuts: tuple[int, ...] = ()
    """Columns with which a further part begins, counted from 0 after the stub."""


def sheets_of(tables: Sequence[Table]) -> Sheets:
    """`tables`: one table in all languages of an edition, which is cut at the same places in each.

    Upright where the figures fit in the smallest print beside a stub that can be read, otherwise lying; cut where that is too narrow
    as well. A cut falls between the groups of the outermost heads unless a group alone is wider than a page.
    """
    landscape = any(table.landscape for table in tables)
    if not landscape and all(_fits(table) for table in tables):
        return Sheets(landscape=False)
    lying = [replace(table, landscape=True) for table in tables]
    if tables[0].words or all(_fits(table) for table in lying):
        return Sheets(landscape=True)
    needs = [max(found) for found in zip(*(needs_of(table, SIZES[-1]) for table in lying), strict=True)]
    return Sheets(landscape=True, cuts=cuts(tables[0], needs, LANDSCAPE[0] - max(_stub(table) for table in lying)))


def _fits(table: Table) -> bool:
    if table.words:
        return sum(_words(table)) + STUB <= room_of(table)[0]
    words = [longest_word(plain(row.label), SIZES[-1]) for row in table.rows if row.role != "block"]
    return sum(needs_of(table, SIZES[-1])) + max(STUB, *words, 0) <= room_of(table)[0]


def _words(table: Table) -> list[float]:
    """Longest word of each column, with the room beside it."""
    texts = [[plain(column.head)] for column in table.columns]
    for row in table.rows:
        for found, cell in zip(texts, row.cells, strict=False):
            found.append(plain(cell.content) or cell.text)
    return [max(longest_word(text, SIZES[0]) for text in found) + 4 for found in texts]


def _stub(table: Table) -> float:
    """What the labels take of each part, in millimetres."""
    size = SIZES[-1]
    labels = [width(plain(row.label), FACE, POINTS * size.scale) + 7 for row in table.rows if row.role != "block"]
    wish = max(labels, default=0.0) / STUB_LINES
    words = [longest_word(plain(row.label), size) for row in table.rows if row.role != "block"]
    return min(max(STUB, wish, *words, 0), WIDEST_STUB * LANDSCAPE[0])


Way = tuple[int, int, int, tuple[int, ...]]
"""Of cutting: price, number of parts, unevenness, columns with which a part begins."""


def cuts(table: Table, needs: Sequence[float], room: float) -> tuple[int, ...]:
    """The fewest parts, and of these the most even, that cut the least; `needs`: millimetres of each column, `room`: of a part."""
    count = len(table.columns)
    price = [_price(table, place) for place in range(count)]
    starts = [sum(needs[:place]) for place in range(count + 1)]
    # best[end]: price of the cuts, number of parts, unevenness, and the cuts themselves, for the columns before `end`; of two that
    # are as even the one whose shorter parts come last
    best: list[Way | None] = [(0, 0, 0, ()), *(None for _ in range(count))]
    for end in range(1, count + 1):
        for start in range(end - 1, -1, -1):
            before, wide = best[start], starts[end] - starts[start]
            if before is None or (wide > room and end - start > 1):
                continue
            paid = before[0] + (price[start] if start else 0)
            found = (paid, before[1] + 1, round(before[2] + wide * wide), (*before[3], start) if start else before[3])
            former = best[end]
            if former is None or _rank(found) < _rank(former):
                best[end] = found
    whole = best[count]
    assert whole is not None
    return whole[3]


def _rank(found: Way) -> Way:
    return (*found[:3], tuple(-cut for cut in found[3]))


def _price(table: Table, place: int) -> int:
    """Of beginning a part with a column: nothing between the groups of the outermost heads, more the deeper the cut goes."""
    return sum(any(s.start < place < s.start + s.span for s in heads) for heads in table.spanners)
