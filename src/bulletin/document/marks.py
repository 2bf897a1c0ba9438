"""Marks of notes checked both ways: none without its note, no note without its mark."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.document.blocks import Table
from bulletin.document.inline import plain
from bulletin.document.parts import mark_of, marked, marks_in
from bulletin.document.tree import Document, walk
from bulletin.model.finding import Finding, Place, Severity


def check_marks(document: Document) -> Iterator[Finding]:
    """Of every table: where a mark stands, and which notes nothing refers to; signs of status are told below the table in words."""
    language = document.metadata.language
    for block in walk(document.sections):
        if not isinstance(block, Table):
            continue
        notes = {mark_of(note): note for note in block.notes if mark_of(note)}
        for mark in dict.fromkeys(m for m in marks_in(block) if m not in notes):
            yield _finding("mark-without-note", block, language, mark=mark, place=_place(block, mark))
        used = set(marks_in(block))
        for mark, note in notes.items():
            if mark not in used:
                yield _finding("note-without-mark", block, language, mark=mark, note=plain(note.content).strip()[:80])


def _place(table: Table, mark: str) -> str:
    """`Niassa / 2024`: row and column of the first cell with the mark; the row, the head or the title alone."""
    for row in table.rows:
        label = plain(row.label)
        if mark in (*row.marks.split(","), *marked(row.label)):
            return label
        for column, cell in zip(table.columns, row.cells, strict=False):
            if mark in (*cell.marks.split(","), *marked(cell.content)):
                return f"{label} / {plain(column.head)}"
    heads = (table.stubhead, *(s.label for level in table.spanners for s in level), *(c.head for c in table.columns))
    return plain(next((head for head in heads if mark in marked(head)), table.title))


def _finding(rule: str, table: Table, language: str, **parameters: str) -> Finding:
    said = {"table": table.label or table.id, "language": language, **parameters}
    return Finding(rule, Severity.ERROR, Place(), table.id, said)
