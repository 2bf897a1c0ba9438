"""Tables of the file as grids of texts in both views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin.model.reviewed import Mark, ReadTable, Revision
from bulletin.review.pieces import Raw
from bulletin.review.ranges import Range
from bulletin.review.walk import Fate, RawCell, RawTable


def read_tables(
    tables: Sequence[RawTable], paragraphs: Sequence[Raw], marks: Mapping[int, tuple[Mark, ...]], found: Sequence[Range]
) -> tuple[ReadTable, ...]:
    """`marks`: by number of the raw paragraph; `found`: all ranges of bookmarks."""
    wide = [one for one in found if one.last > one.first]
    return tuple(_table(index, table, paragraphs, marks, wide) for index, table in enumerate(tables))


def _table(
    index: int, table: RawTable, paragraphs: Sequence[Raw], marks: Mapping[int, tuple[Mark, ...]], wide: Sequence[Range]
) -> ReadTable:
    around = [one.name for one in wide if one.first <= table.first and one.last >= table.last]
    named = {name: Mark(name, "whole") for name in around}
    for cell in table.rows[0][:1] if table.rows else ():
        for member in range(cell.first, cell.last + 1):
            for mark in marks.get(member, ()):
                named.setdefault(mark.name, mark)
    accepted, original, revisions = [], [], list(table.revisions)
    for cells, fate in zip(table.rows, table.fates, strict=True):
        before = _row(cells, table.columns, [_text(c, paragraphs, index, accepted=False) for c in cells], fate, accepted=False)
        after = _row(cells, table.columns, [_text(c, paragraphs, index, accepted=True) for c in cells], fate, accepted=True)
        revisions += _revisions(cells, fate, before, after)
        if not fate.taken:
            accepted.append(after)
        if not fate.put:
            original.append(before)
    return ReadTable(tuple(named.values()), tuple(accepted), tuple(original), tuple(revisions))


def _row(cells: Sequence[RawCell], columns: int, texts: Sequence[str], fate: Fate, *, accepted: bool) -> tuple[str, ...]:
    """Cells that were put in or taken out by themselves stand only in the view that has them."""
    row = [""] * columns
    for cell, text in zip(cells, texts, strict=True):
        own = cell.taken if accepted else cell.put
        if not own or own in {fate.taken, fate.put}:
            row[cell.column] = text
    return tuple(row)


def _text(cell: RawCell, paragraphs: Sequence[Raw], table: int, *, accepted: bool) -> str:
    """Its own paragraphs, one a line; tables inside it have grids of their own."""
    parts = []
    for raw in paragraphs[cell.first : cell.last + 1]:
        if raw.cell is None or raw.cell[0] != table or raw.story != paragraphs[cell.first].story:
            continue
        parts.append(raw.accepted if accepted else raw.original)
        if not (raw.mark_taken if accepted else raw.mark_put):
            parts.append("\n")
    return "".join(parts).strip("\n")


def _revisions(cells: Sequence[RawCell], fate: Fate, before: tuple[str, ...], after: tuple[str, ...]) -> list[Revision]:
    if fate.put:
        return [fate.put.revision(" | ".join(after))]
    if fate.taken:
        return [fate.taken.revision(" | ".join(before))]
    found = []
    for cell in cells:
        if cell.put:
            found.append(cell.put.revision(after[cell.column]))
        if cell.taken:
            found.append(cell.taken.revision(before[cell.column]))
    return found
