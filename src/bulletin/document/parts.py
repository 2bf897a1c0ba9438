"""A table wider than a page as several, one below the other: stub, title and unit again in each, and the notes each needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bulletin.document.blocks import Cell, Column, Note, Spanner, Table
from bulletin.document.inline import Emphasis, Foreign, Inlines, NoteMark, Strong, plain


def in_parts(table: Table, cuts: Sequence[int], words: Mapping[str, str]) -> tuple[Table, ...]:
    """`cuts`: columns, counted from 0 after the stub, with which a new part begins.

    No column stands in two parts, totals neither: what is printed twice is read twice. A note stands under every part that has its
    mark, the signs under every part that has one; what holds for the whole table, and its source, under the last.
    """
    edges = (0, *cuts, len(table.columns))
    if len(edges) == 2:
        return (table,)
    parts = len(edges) - 1
    return tuple(_part(table, edges[n], edges[n + 1], n + 1, parts, words) for n in range(parts))


def rejoined(parts: Sequence[Table]) -> Table:
    """The whole again, with the notes of all parts once."""
    first = parts[0]
    if len(parts) == 1:
        return first
    columns: list[Column] = []
    levels: list[list[Spanner]] = [[] for _ in first.spanners]
    for part in parts:
        for level, spanners in zip(levels, part.spanners, strict=True):
            level += [replace(s, start=s.start + len(columns)) for s in spanners]
        columns += part.columns
    rows = tuple(
        replace(same[0], cells=tuple(c for row in same for c in row.cells)) for same in zip(*(p.rows for p in parts), strict=True)
    )
    notes = {note.id: replace(note, label=label) for part in parts for label, note in labelled(part.notes)}
    return replace(
        first, columns=tuple(columns), spanners=tuple(tuple(s) for s in levels), rows=rows, notes=tuple(notes.values()), part=""
    )


def extract(table: Table, rows: int, pointer: Note, words: Mapping[str, str]) -> Table:
    """The first rows of a table too long to be printed, and where the whole is."""
    places = [place for place, row in enumerate(table.rows) if row.role != "block"]
    kept = table.rows[: places[rows - 1] + 1] if len(places) >= rows else table.rows
    part = replace(table, rows=kept, part=words["table_extract"])
    remarks = (words["note"], words["notes"])
    notes = _notes(part, words, last=True)
    general = [(label, note) for label, note in labelled(notes) if label in remarks]
    rest = [note for label, note in labelled(notes) if label not in remarks]
    first = words["notes" if general else "note"]
    told = [replace(note, label=first if n == 0 else "") for n, note in enumerate([*(note for _, note in general), pointer])]
    return replace(part, notes=(*told, *rest))


def _part(table: Table, start: int, end: int, number: int, parts: int, words: Mapping[str, str]) -> Table:
    first = words["table_part"].format(part=number, parts=parts)
    later = words["table_part_continued"].format(part=number, parts=parts)
    rows = tuple(replace(row, cells=row.cells[start:end]) for row in table.rows)
    levels = [_spanners(level, start, end) for level in table.spanners]
    spanners = tuple(tuple(spanner for _, spanner in level) for level in levels)
    # the innermost level is the one that columns name; a level with nothing left over these columns is empty, not gone
    places = {old: new for new, (old, _) in enumerate(levels[-1])} if levels else {}
    columns = tuple(replace(c, spanner=places.get(c.spanner, -1)) for c in table.columns[start:end])
    part = replace(
        table,
        id=table.id if number == 1 else f"{table.id}.part{number}",
        part=first if number == 1 else later,
        part_of="" if number == 1 else table.id,
        columns=columns,
        spanners=spanners,
        rows=rows,
        shares=(),
        landscape=True,
        continued=f"{table.label}\u2002{plain(table.title)} {later}",
    )
    return replace(part, notes=_notes(part, words, last=number == parts))


def _spanners(level: tuple[Spanner, ...], start: int, end: int) -> list[tuple[int, Spanner]]:
    """Those over the columns, with the place each had; one that is cut stands over both parts."""
    found = []
    for place, spanner in enumerate(level):
        left, right = max(spanner.start, start), min(spanner.start + spanner.span, end)
        if left < right:
            begins = spanner.break_before and left == spanner.start
            found.append((place, replace(spanner, start=left - start, span=right - left, break_before=begins)))
    return found


def _notes(part: Table, words: Mapping[str, str], *, last: bool) -> tuple[Note, ...]:
    marks = set(marks_in(part))
    signed = any(c.sign for c in part.columns) or any(_is_signed(cell) for row in part.rows for cell in row.cells)
    kept: list[tuple[str, Note]] = []
    for label, note in labelled(part.notes):
        if label == words["signs"]:
            needed = signed
        elif mark_of(note):
            needed = mark_of(note) in marks
        else:
            needed = last
        if needed:
            kept.append((label, note))
    remarks = sum(label in (words["note"], words["notes"]) for label, _ in kept)
    found: list[Note] = []
    former = ""
    for label, note in kept:
        shown = label
        if label in (words["note"], words["notes"]):
            shown = words["notes" if remarks > 1 else "note"]
        found.append(replace(note, label="" if label == former else shown))
        former = label
    return tuple(found)


def labelled(notes: Sequence[Note]) -> Iterator[tuple[str, Note]]:
    """Each with the label it stands under."""
    label = ""
    for note in notes:
        label = note.label or label
        yield label, note


def mark_of(note: Note) -> str:
    """The mark a note explains; empty for one that holds for the whole table."""
    return note.content[0].mark if note.content and isinstance(note.content[0], NoteMark) else ""


def marks_in(table: Table) -> Iterator[str]:
    """Marks of notes in the title, the head, the stub and the cells, one by one."""
    heads = (table.title, table.headnote, table.stubhead, *(s.label for level in table.spanners for s in level))
    for content in (*heads, *(column.head for column in table.columns)):
        yield from marked(content)
    for row in table.rows:
        yield from marked(row.label)
        yield from _single(row.marks)
        for cell in row.cells:
            yield from marked(cell.content)
            yield from _single(cell.marks)


def marked(content: Inlines) -> Iterator[str]:
    for piece in content:
        match piece:
            case NoteMark(mark):
                yield from _single(mark)
            case Strong(inner) | Emphasis(inner) | Foreign(_, inner):
                yield from marked(inner)
            case _:
                pass


def _single(marks: str) -> Iterator[str]:
    return (mark for mark in marks.split(",") if mark)


def _is_signed(cell: Cell) -> bool:
    return bool(cell.signs) or cell.kind == "missing"
