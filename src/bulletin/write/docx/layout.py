"""Column widths of tables: figures are never broken, their signs hang into the padding, labels take what is left."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.document.blocks import Table
from bulletin.document.inline import plain
from bulletin.write.docx.story import Story
from bulletin.write.docx.styles import FULL, PAD, semibold
from bulletin.write.measure import width

LANDSCAPE = 257.0
"""Millimetres: the text block of a landscape page."""

SIGN = 6.8
"""Points: size of status signs."""

THIN = "\u202f"
"""Between a figure and its sign; no line may break there."""

_SIZES = (("Table", 8.5, 44.0), ("Annex", 7.9, 32.0), ("Dense", 7.0, 18.0))
"""Prefix of the cells' styles, size in points, and to what width the labels may be squeezed before the next size is taken."""

_CROWDED = 12
"""Columns of figures above which the smaller lettering is taken in any case."""

_APART = 34.0
"""Millimetres: figures wider apart are hard to read across."""


_CLEAR = 1.6
"""Millimetres between what hangs after a figure and the figure beside it."""


@dataclass(frozen=True)
class Layout:
    kind: str
    """`Table`, `Annex` or `Dense`: prefix of the cells' styles."""
    size: float
    """Points, of the figures."""
    widths: tuple[float, ...]
    """Stub first; millimetres."""
    pads: tuple[float, ...]
    """Per column of figures: room on their right, wide enough for the widest sign that hangs into it."""


def laid_out(story: Story, block: Table) -> Layout:
    full = LANDSCAPE if block.landscape else FULL
    count = len(block.columns)
    if block.words or len(block.shares) == count + 1:
        shares = block.shares if len(block.shares) == count + 1 else (0.22, *((0.78 / count,) * count))
        pads = _pads(story, block, 8.5)
        return Layout("Table", 8.5, tuple(full * share / sum(shares) for share in shares), pads)
    for choice in _SIZES[1:] if count > _CROWDED else _SIZES:
        kind, size, least = choice
        pads = _pads(story, block, size)
        needs = _needs(story, block, size, pads)
        natural = _stub(story, block, size)
        stub = block.stub_share * full if block.stub_share else min(natural, full * 0.36)
        if min(stub, least) + sum(needs) <= full:
            break
    stub = max(min(stub, full - sum(needs)), least)
    spare = (full - stub - sum(needs)) / count
    # What would set figures too far apart goes to the stub; a table too wide in any lettering shrinks evenly.
    grown = tuple(min(need + spare, max(need, _APART)) if spare > 0 else need + spare for need in needs)
    # A table of few columns keeps its own width: its labels would stand too far from their figures.
    stub = min(full - sum(grown), max(stub, natural + 14, 84.0))
    return Layout(kind, size, (stub, *grown), pads)


def hanging(story: Story, signs: str, marks: str, size: float) -> float:
    """Width of what hangs after a figure of `size` points; marks are raised and smaller."""
    face = story.theme.font.text
    return (width(THIN + signs, face, SIGN) if signs else 0.0) + (width(marks, face, size * 0.66) if marks else 0.0)


def _hangs(story: Story, block: Table, size: float) -> tuple[float, ...]:
    """Widest sign or mark of each column of figures."""
    found = []
    for index, column in enumerate(block.columns):
        cells = [row.cells[index] for row in block.rows if index < len(row.cells)]
        widest = max((hanging(story, cell.signs, cell.marks, size) for cell in cells), default=0.0)
        found.append(max(widest, hanging(story, column.sign, "", size)))
    return tuple(found)


def _pads(story: Story, block: Table, size: float) -> tuple[float, ...]:
    return tuple(max(PAD if size > 7.5 else 1.2, hang) for hang in _hangs(story, block, size))


def _needs(story: Story, block: Table, size: float, pads: tuple[float, ...]) -> list[float]:
    """Least width of each column of figures."""
    strong, found, clear = semibold(story.theme), [], _CLEAR
    hangs = _hangs(story, block, size)
    for index, (column, pad) in enumerate(zip(block.columns, pads, strict=True)):
        texts = [row.cells[index].text for row in block.rows if index < len(row.cells)]
        widest = max((width(text, strong, size) for text in texts), default=0)
        head = max((width(word, strong, size - 0.5) for word in plain(column.head).split(" ")), default=0)
        apart = max(2.0 if column.first and index else 0.5, _CLEAR - clear)
        clear = pad - hangs[index]
        found.append(max(widest, head) + pad + apart)
    return found


def _stub(story: Story, block: Table, size: float) -> float:
    labels = [plain(row.label) for row in block.rows if row.role != "block"] + [plain(block.stubhead)]
    return max(width(label, semibold(story.theme), size) for label in labels) + 6.5
