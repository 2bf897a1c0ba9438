"""How a printed table is set: rows of its head, bodies, widths of its columns, size of its print, and whether it is kept on one page."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from bulletin.document.blocks import Cell, Column, Row, Table, holds_figures
from bulletin.document.inline import Inlines, plain
from bulletin.write.measure import lines, width

PORTRAIT, LANDSCAPE = (170.0, 248.0), (257.0, 164.0)
"""Text block in millimetres."""

MAIN = 126.0
"""Width of the main column, right of the 44 mm axis."""

CHARACTER = 1.62
"""Mean width of a character of table text, in millimetres."""


FACE, STRONG = "Source Sans 3", "Source Sans 3 Semibold"
"""Of figures and labels, and of heads; the digits of all weights are equally wide, those of a total get some room."""

POINTS, HEAD_POINTS = 8.5, 8.0
"""Sizes of table text and of column heads before they are made smaller."""

BOLD = 1.08
"""How much wider the figures of a total may be."""

UNBROKEN, HEAD_UNBROKEN = 40.0, 26.0
"""Millimetres: longest word that a stub or the head of a column makes room for; a longer one is broken anywhere."""

MANY = 400
"""Cells above which the renderer does not ask every one of them for its width, which takes longer than setting them."""

APART = 1.9
"""Least room between what hangs right of a figure and the next column's figure, in millimetres: nearer, two read as one."""

STUB = 28.0
"""Least width of a stub, in millimetres."""


@dataclass(frozen=True)
class Head:
    """A cell of a table's head."""

    content: Inlines
    columns: int = 1
    rows: int = 1
    classes: str = ""
    sign: str = ""
    column: int = -1
    """Of a leaf: its place among the columns."""

    @property
    def scope(self) -> str:
        return "colgroup" if self.columns > 1 else "col"


@dataclass(frozen=True)
class Layout:
    """How a table is set: everything about it that depends on its size."""

    head: tuple[tuple[Head, ...], ...]
    bodies: tuple[tuple[Row, ...], ...]
    """Rows between block rows; a body is kept on one page where it fits."""
    widths: tuple[str, ...]
    """CSS widths, stub first."""
    classes: str
    beside: tuple[str, ...]
    """CSS length of the room right of the figures of each column."""


def layout(table: Table, cut: bool = False) -> Layout:
    """`cut`: a page may cut it, however short it is."""
    widths = shares(table)
    bodies = bodies_of(table.rows)
    available = room_of(table)[1]
    height = height_of(table, widths)
    classes = ["words" if table.words else "figures"]
    if height <= 0.62 * available and not cut:
        classes.append("kept")
    if len(bodies) > 1 and max(map(len, bodies)) <= (24 if table.landscape else 16):
        classes.append("blocks")
    if is_narrow(table):
        classes.append("narrow")
    classes += [size.name] if (size := size_of(table)).name else []
    if len(table.rows) * len(table.columns) > MANY:
        classes.append("set")
    if breaks_words(table):
        classes.append("breaking")
    room = tuple(f"{beside(table, position, size):.2f}mm" for position in range(len(table.columns)))
    return Layout(head_of(table), bodies, tuple(f"{100 * w:.2f}%" for w in widths), " ".join(classes), room)


def continued_line(said: str, table: Table) -> str:
    """The line over the further pages of a table, with its unit; the title is cut where the margin's two lines have no room for it."""
    unit = plain(table.headnote)
    words, mark, ending = said.rpartition(" (")
    ending = f"({ending}" + (f". {unit}" if unit else "")
    if not mark:
        return said
    room = (LANDSCAPE[0] if table.landscape else PORTRAIT[0]) - 2
    if lines(f"{words} {ending}", STRONG, 9, room) <= 2:
        return f"{words} {ending}"
    kept = words.split(" ")
    while len(kept) > 2 and lines(f"{' '.join(kept)}… {ending}", STRONG, 9, room) > 2:
        kept.pop()
    return f"{' '.join(kept)}… {ending}"


def is_narrow(table: Table) -> bool:
    """One or two columns: set on the axis, so that the eye need not cross the page."""
    return len(table.columns) <= 2 and not table.words and not table.landscape


def room_of(table: Table) -> tuple[float, float]:
    """Width and height a table may take, in millimetres."""
    if table.landscape:
        return LANDSCAPE
    return (MAIN, PORTRAIT[1]) if is_narrow(table) else PORTRAIT


def head_of(table: Table) -> tuple[tuple[Head, ...], ...]:
    """The boxhead as rows of cells; a leaf without a spanner above it rises to the first row."""
    depth = len(table.spanners) + 1
    covered = [set[int]() for _ in range(depth)]
    rows: list[dict[int, Head]] = [{-1: Head(table.stubhead, rows=depth, classes="stub")}, *({} for _ in range(depth - 1))]
    for level, spanners in enumerate(table.spanners):
        for spanner in spanners:
            covered[level] |= set(range(spanner.start, spanner.start + spanner.span))
            classes = "spanner" + (" brk" if spanner.break_before else "")
            rows[level][spanner.start] = Head(spanner.label, columns=spanner.span, classes=classes)
    for position, column in enumerate(table.columns):
        top = depth - 1
        while top and position not in covered[top - 1]:
            top -= 1
        for level in range(top):
            if position not in covered[level]:
                rows[level][position] = Head((), classes="blank")
        classes = " ".join(c for c in (column_classes(column), "number" if holds_figures(table, position) else "") if c)
        rows[top][position] = Head(column.head, 1, depth - top, classes, column.sign, position)
    return tuple(tuple(cells[i] for i in sorted(cells)) for cells in rows)


def column_classes(column: Column) -> str:
    marks = (("first", column.first), ("brk", column.break_before), ("sum", column.total))
    return " ".join(name for name, holds in marks if holds)


def bodies_of(rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], ...]:
    bodies: list[list[Row]] = []
    for row in rows:
        if row.role == "block" or not bodies:
            bodies.append([])
        bodies[-1].append(row)
    return tuple(tuple(b) for b in bodies)


def shares(table: Table) -> tuple[float, ...]:
    """Shares of the width, stub first: the stub by its longest label within bounds, the rest in equal parts."""
    count = len(table.columns)
    if len(table.shares) == count + 1:
        total = sum(table.shares)
        return tuple(s / total for s in table.shares)
    width = room_of(table)[0]
    if table.words:
        return tuple(1 / (count + 1) for _ in range(count + 1))
    if not count:
        return (1.0,)
    size = size_of(table)
    needs = needs_of(table, size)
    labels = [len(plain(row.label)) + (3 if row.role == "sub" else 0) for row in table.rows if row.role != "block"]
    wish = max(labels, default=0) * CHARACTER * size.scale + 6
    # figures stand apart where there is room, and come first where there is none
    most = 0.7 if is_narrow(table) else 0.5
    stub = min(table.stub_share * width or wish, max(width - sum(needs), STUB), width * most)
    stub = max(stub, STUB)
    equal = (width - stub) / count
    if equal < max(needs):
        return tuple(part / (stub + sum(needs)) for part in (stub, *needs))
    return (stub / width, *((equal / width,) * count))


@dataclass(frozen=True)
class Size:
    """A size of table print: class, factor to the normal 8.5 pt, room beside a figure in millimetres."""

    name: str
    scale: float
    beside: float


SIZES = (Size("", 1, 2.7), Size("dense", 0.93, 1.7), Size("tight", 0.83, 1.1))


def size_of(table: Table) -> Size:
    """The largest print in which the figures fit beside a stub that can be read."""
    width = room_of(table)[0]
    if table.words:
        return SIZES[0]
    words = max((longest_word(plain(row.label), SIZES[0]) for row in table.rows if row.role != "block"), default=0.0)
    for size in SIZES:
        stub = max(STUB, words * size.scale + 6)
        if sum(needs_of(table, size)) + stub <= width:
            return size
    return SIZES[-1]


def beside(table: Table, position: int, size: Size) -> float:
    """Room right of a column's figures, into which signs and note marks hang, in millimetres."""
    cells = [row.cells[position] for row in table.rows if len(row.cells) > position]
    hanging = [len(cell.signs) * 1.0 + (len(cell.marks) * 1.1 + 0.4 if cell.marks else 0) for cell in cells]
    return max(size.beside, max([*hanging, len(table.columns[position].sign) * 1.0]) + APART)


def needs_of(table: Table, size: Size) -> tuple[float, ...]:
    """Least width of each column of figures: its longest figure, or the longest word of its head."""
    needs = []
    for position, column in enumerate(table.columns):
        figures = [
            width(row.cells[position].text, FACE, POINTS * size.scale)
            * (BOLD if row.role in ("total", "group") or column.total else 1)
            for row in table.rows
            if len(row.cells) > position
        ]
        head = min(_longest(plain(column.head), STRONG, min(HEAD_POINTS, POINTS * size.scale)) + 0.3, HEAD_UNBROKEN)
        room = (3.5 if column.first else 0) + (APART if column.break_before else 0)
        needs.append(max([*figures, head, 6.0 * size.scale]) + beside(table, position, size) + room)
    return tuple(needs)


def longest_word(text: str, size: Size) -> float:
    """Millimetres, as far as words are not broken."""
    return min(_longest(text, FACE, POINTS * size.scale), UNBROKEN)


def _longest(text: str, face: str, points: float) -> float:
    return max((width(word, face, points) for word in re.split(r"[ \n]|(?<=-)", text)), default=0.0)


def breaks_words(table: Table) -> bool:
    """Whether a word of the head or the stub is longer than any column is made for it."""
    heads = (table.stubhead, *(c.head for c in table.columns))
    return any(_longest(plain(head), STRONG, HEAD_POINTS) > HEAD_UNBROKEN for head in heads) or any(
        _longest(plain(row.label), FACE, POINTS) > UNBROKEN for row in table.rows
    )


def height_of(table: Table, widths: tuple[float, ...]) -> float:
    """Estimate of the exhibit's height in millimetres, for the decision whether it may be cut."""
    width = room_of(table)[0]

    def tall(text: str, share: float) -> int:
        return max(1, math.ceil(len(text) * CHARACTER / max(share * width - 4, 8)))

    height = 22.0 + 5.5 * (len(table.spanners) + 1) + 5 * len(table.notes)
    for row in table.rows:
        tallest = tall(plain(row.label), 1 if row.role == "block" else widths[0])
        if table.words:
            tallest = max([tallest, *(tall(cell_text(c), w) for c, w in zip(row.cells, widths[1:], strict=False))])
        height += 3.9 * tallest + 1.3 + {"block": 3.0, "total": 0.8}.get(row.role, 0)
    return height


def cell_text(cell: Cell) -> str:
    return plain(cell.content) or cell.text
