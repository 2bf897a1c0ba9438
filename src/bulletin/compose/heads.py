"""What every row of a column repeats, said once at its head: notes of all its figures, and the period they have in common."""

from __future__ import annotations

from dataclasses import replace

from bulletin.document.blocks import Cell, Column, Row, Spanner
from bulletin.document.inline import NoteMark
from bulletin.model.outlined import NEWEST

CHANGE = "change"
"""Key of the last column where it holds changes."""

Spanners = tuple[tuple[Spanner, ...], ...]


def gathered(
    columns: tuple[Column, ...], spanners: Spanners, rows: tuple[Row, ...]
) -> tuple[tuple[Column, ...], Spanners, tuple[Row, ...]]:
    """The same table with nothing repeated down its columns or along its rows."""
    columns, spanners, rows = _periods_at_heads(columns, spanners, rows)
    figures = sum(column.key != CHANGE for column in columns)
    rows = tuple(_marks_at_stub(row, figures) for row in rows)
    for at in range(len(columns)):
        columns, rows = _marks_at_head(columns, rows, at)
    return columns, spanners, rows


def without_single_spanner(columns: tuple[Column, ...], spanners: Spanners) -> tuple[tuple[Column, ...], Spanners]:
    """One period over all columns says nothing that the title has not said."""
    if not spanners or len(spanners[0]) != 1:
        return columns, spanners
    if len(spanners) > 1:
        return columns, spanners[1:]
    (only,) = spanners[0]
    return tuple(replace(c, spanner=-1, first=c.first and i > only.start) for i, c in enumerate(columns)), ()


def _periods_at_heads(
    columns: tuple[Column, ...], spanners: Spanners, rows: tuple[Row, ...]
) -> tuple[tuple[Column, ...], Spanners, tuple[Row, ...]]:
    """A column of equal periods beside a figure goes; the figure's column is then headed by the period."""
    at = len(columns) - 1
    while at > 0:
        periods = {row.cells[at].text for row in rows if row.cells and row.cells[at].kind == "text"}
        known = sum(1 for row in rows if row.cells and row.cells[at].kind == "text")
        if _is(columns[at], 1) and _is(columns[at - 1], 0) and len(periods) == 1 and known > 1:
            (content,) = {row.cells[at].content for row in rows if row.cells and row.cells[at].kind == "text"}
            kept = replace(columns[at - 1], head=content)
            columns = (*columns[: at - 1], kept, *columns[at + 1 :])
            rows = tuple(replace(row, cells=row.cells[:at] + row.cells[at + 1 :]) for row in rows)
            spanners = tuple(tuple(_narrowed(s, at) for s in level) for level in spanners)
        at -= 1
    return columns, spanners, rows


def _is(column: Column, part: int) -> bool:
    return column.key.split("/")[-1] == NEWEST[part]


def _narrowed(spanner: Spanner, at: int) -> Spanner:
    if at < spanner.start:
        return replace(spanner, start=spanner.start - 1)
    return replace(spanner, span=spanner.span - 1) if at < spanner.start + spanner.span else spanner


def _shared(cells: list[Cell]) -> tuple[str, ...]:
    """Marks that all figures carry, where there are several."""
    valued = [c for c in cells if c.kind == "number"]
    if len(valued) < 2 or any(not c.marks for c in valued):
        return ()
    first = valued[0].marks.split(",")
    return tuple(m for m in first if all(m in c.marks.split(",") for c in valued))


def _without(cell: Cell, marks: tuple[str, ...]) -> Cell:
    if cell.kind != "number" or not cell.marks:
        return cell
    return replace(cell, marks=",".join(m for m in cell.marks.split(",") if m not in marks))


def _marks_at_stub(row: Row, figures: int) -> Row:
    shared = _shared(list(row.cells[:figures]))
    if not shared:
        return row
    marks = ",".join(dict.fromkeys([*(row.marks.split(",") if row.marks else ()), *shared]))
    return replace(row, marks=marks, cells=tuple(_without(c, shared) for c in row.cells))


def _marks_at_head(columns: tuple[Column, ...], rows: tuple[Row, ...], at: int) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    shared = _shared([row.cells[at] for row in rows if row.cells])
    if not shared:
        return columns, rows
    head = replace(columns[at], head=(*columns[at].head, NoteMark(",".join(shared))))
    lighter = tuple(
        replace(r, cells=(*r.cells[:at], _without(r.cells[at], shared), *r.cells[at + 1 :])) if r.cells else r for r in rows
    )
    return (*columns[:at], head, *columns[at + 1 :]), lighter
