"""A table as a plain grid of texts, as printed: what files for calculation are made from, so that none holds more than the page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletin.document.blocks import Cell, Row, Table, heads_over
from bulletin.document.inline import Emphasis, Foreign, Inlines, NoteMark, Strong, plain

_INVISIBLE = re.compile("[\u00ad\u2060]")
_GAPS = re.compile("[\u00a0\u202f\u2009]")
_SIGNED = re.compile(r"[−+-]?\d+(?:[.,]\d+)?%?")


@dataclass(frozen=True)
class Line:
    """A row: the head of the block it stands in, its own head, its cells, and the signs and note marks of each."""

    block: str
    head: str
    cells: tuple[str, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """`columns` and the cells of a line do not count the stub; `notes`: label and text, in print order."""

    label: str
    title: str
    unit: str
    illustrative: str
    stub: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[tuple[str, str], ...]

    @property
    def has_blocks(self) -> bool:
        return any(line.block for line in self.lines)

    def has_marks(self, column: int) -> bool:
        return any(line.marks[column] for line in self.lines)


def grid(table: Table, decimal: str) -> Grid:
    """`decimal`: mark of the language. Figures are the printed digits without marks between thousands, so that a program can
    calculate with them; signs and note marks stand apart from them; what is hidden or missing is the printed sign."""
    lines: list[Line] = []
    block = ""
    for row in table.rows:
        if row.role == "block":
            block = _head(row)
            continue
        cells = tuple(_text(cell, decimal) for cell in row.cells)
        lines.append(Line(block, _head(row), cells, tuple(_marks(cell) for cell in row.cells)))
    return Grid(
        tidy(table.label),
        spoken(table.title),
        spoken(table.headnote),
        tidy(table.illustrative),
        spoken(table.stubhead),
        tuple(_column(table, position) for position in range(len(table.columns))),
        tuple(lines),
        tuple((tidy(note.label), spoken(note.content)) for note in table.notes),
    )


def spoken(content: Inlines) -> str:
    """Words on one line; a note mark as `[1]`, for nothing can be raised here."""
    parts = []
    for piece in content:
        match piece:
            case NoteMark(mark):
                parts.append(f"[{mark}]")
            case Strong(inner) | Emphasis(inner) | Foreign(_, inner):
                parts.append(spoken(inner))
            case _:
                parts.append(plain((piece,)))
    return tidy("".join(parts))


def tidy(text: str) -> str:
    return " ".join(_GAPS.sub(" ", _INVISIBLE.sub("", text)).split())


def figure(text: str, decimal: str) -> str:
    """`124 598,5` as `124598,5`, `−3` with the sign of calculation; anything that is no plain number as it is printed."""
    other = "." if decimal == "," else ","
    digits = _GAPS.sub("", _INVISIBLE.sub("", text)).replace(" ", "")
    if re.fullmatch(rf"[−+-]?\d{{1,3}}(?:{re.escape(other)}\d{{3}})+(?:{re.escape(decimal)}\d+)?%?", digits):
        digits = digits.replace(other, "")
    if _SIGNED.fullmatch(digits) and other not in digits:
        return digits.replace("−", "-")
    return tidy(text)


def _text(cell: Cell, decimal: str) -> str:
    if cell.kind == "number":
        return figure(cell.text, decimal)
    return spoken(cell.content) or tidy(cell.text)


def _marks(cell: Cell) -> str:
    return " ".join(part for part in (cell.signs, f"[{cell.marks}]" if cell.marks else "") if part)


def _head(row: Row) -> str:
    return spoken(row.label) + (f" [{row.marks}]" if row.marks else "")


def _column(table: Table, position: int) -> str:
    """Heads above a column, outermost first."""
    column = table.columns[position]
    over = [spoken(head) for head in heads_over(table, position)]
    return ": ".join(h for h in (*over, " ".join(p for p in (spoken(column.head), column.sign) if p)) if h)
