"""Printed tables as tidy files: a row for every cell, with the printed digits, its place in words of all languages and in codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bulletin.document.blocks import Cell, Row, Table, heads_over
from bulletin.document.grid import spoken, tidy
from bulletin.document.inline import plain
from bulletin.document.open_data import OpenData, Place
from bulletin.document.parts import labelled, marked
from bulletin.document.tree import Document, walk
from bulletin.model.codes import DIMENSIONS
from bulletin.model.text import LocalText
from bulletin.write.data.files import CsvFile, Field
from bulletin.write.xlsx.cells import Spelling, shown

NOWHERE = Place("", ("",) * len(DIMENSIONS), "", "", "")


@dataclass(frozen=True)
class Line:
    """A row of figures with the block it stands in."""

    block: Row | None
    row: Row


def table_files(data: OpenData) -> Iterator[CsvFile]:
    """In print order, each under the id it has in every language and, as a rule, in every edition."""
    found = [{b.id: b for b in walk(d.sections) if isinstance(b, Table)} for d in data.documents]
    spelling = Spelling.of(data.signs[data.languages[0]])
    for name in found[0]:
        yield _file(
            data, name, [(d, tables[name]) for d, tables in zip(data.documents, found, strict=True) if name in tables], spelling
        )


def _file(data: OpenData, name: str, tables: Sequence[tuple[Document, Table]], spelling: Spelling) -> CsvFile:
    rows = tuple(_rows(data, tables, spelling))
    languages = [d.metadata.language for d, _ in tables]
    fields = _fields(data, languages)
    kept = [n for n, f in enumerate(fields) if f.required or any(row[n] for row in rows)]
    first = tables[0][1]
    return CsvFile(
        f"tables/{re.sub(r'[^A-Za-z0-9_.-]', '_', name)}.csv",
        {d.metadata.language: _title(t) for d, t in tables},
        tuple(fields[n] for n in kept),
        tuple(tuple(row[n] for n in kept) for row in rows),
        ("row", "column"),
        tuple(_notes(tables, source=False)),
        tuple(_notes(tables, source=True)),
        tidy(first.label),
        {d.metadata.language: tidy(t.illustrative) for d, t in tables if t.illustrative},
    )


def _title(table: Table) -> str:
    return " ".join(p for p in (f"{tidy(table.label)}: {spoken(table.title)}.", spoken(table.headnote)) if p)


def _fields(data: OpenData, languages: Sequence[str]) -> list[Field]:
    """Those without a value in any row are left out of a file."""

    def said(name: str, key: str) -> list[Field]:
        return [Field(f"{name}_{language}", data.word(key), language=language) for language in languages]

    labels = {listed.name: listed.label for listed in data.lists}
    dimensions = [Field(d, labels.get(d, data.word("code")), codes=d if d in labels else "") for d in DIMENSIONS]
    return [
        *said("block", "csv_block"),
        Field("row", data.word("csv_row"), required=True),
        *said("row", "csv_row"),
        Field("column", data.word("data_column"), required=True),
        *said("column", "data_column"),
        Field("value", data.word("value"), "decimal", required=True),
        *said("text", "workbook_text"),
        Field("sign", data.word("signs"), several=True),
        Field("notes", data.word("notes"), several=True),
        Field("fact", data.word("data_fact")),
        Field("operation", data.word("data_operation")),
        Field("indicator", data.word("indicator"), codes="indicator"),
        *dimensions,
        Field("time_period", data.word("period")),
        Field("unit", data.word("unit"), codes="unit_measure"),
    ]


def _rows(data: OpenData, tables: Sequence[tuple[Document, Table]], spelling: Spelling) -> Iterator[tuple[str, ...]]:
    first = tables[0][1]
    lines = [list(_lines(t)) for _, t in tables]
    names = _unique(_key(line) for line in lines[0])
    columns = _unique(c.key for c in first.columns)
    heads = [[_head(t, n) for n in range(len(first.columns))] for _, t in tables]
    for at, name in enumerate(names):
        beside = [found[at] for found in lines]
        blocks = [spoken(line.block.label) if line.block else "" for line in beside]
        labels = [spoken(line.row.label) for line in beside]
        for n, column in enumerate(columns):
            cells = [line.row.cells[n] for line in beside]
            value, texts, sign = _said(cells, tables, first.columns[n].sign, spelling)
            place = data.places.get(cells[0].fact, NOWHERE)
            yield (
                *blocks,
                name,
                *labels,
                column,
                *(h[n] for h in heads),
                value,
                *texts,
                sign,
                " ".join(_marks(first, beside[0], n)),
                cells[0].fact,
                place.operation,
                place.indicator,
                *place.codes,
                place.period,
                place.unit,
            )


def _said(
    cells: Sequence[Cell], tables: Sequence[tuple[Document, Table]], head: str, spelling: Spelling
) -> tuple[str, list[str], str]:
    """Figure, words in each language where it is none alone, and signs; a figure is the same in all languages."""
    found, nothing = shown(cells[0], tables[0][0].metadata.decimal, spelling), [""] * len(cells)
    signs = [*found.signs, *spelling.spelt(head)]
    if cells[0].kind == "missing":
        return "", nothing, " ".join((found.text, *signs))
    if found.value is None:
        return "", [spoken(c.content) or tidy(c.text) for c in cells], " ".join(signs)
    words = [tidy(c.text) for c in cells] if '"' in found.code else nothing
    return f"{found.value:f}", words, " ".join(signs)


def _lines(table: Table) -> Iterator[Line]:
    block: Row | None = None
    for row in table.rows:
        if row.role == "block":
            block = row
        else:
            yield Line(block, row)


def _key(line: Line) -> str:
    return f"{line.block.key}/{line.row.key}" if line.block else line.row.key


def _unique(names: Iterator[str]) -> list[str]:
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return found


def _head(table: Table, place: int) -> str:
    over = [tidy(plain(head)) for head in heads_over(table, place)]
    return ": ".join(h for h in (*over, tidy(plain(table.columns[place].head))) if h)


def _marks(table: Table, line: Line, place: int) -> list[str]:
    """Of the cell, its row, its column and what stands over it, each once."""
    heads = [m for head in (table.columns[place].head, *heads_over(table, place)) for m in marked(head)]
    own = [m for m in (*line.row.cells[place].marks.split(","), *line.row.marks.split(",")) if m]
    return list(dict.fromkeys([*own, *marked(line.row.label), *heads]))


def _notes(tables: Sequence[tuple[Document, Table]], *, source: bool) -> Iterator[LocalText]:
    """In all languages; the legend of printed signs is left out, for here signs are spelt."""
    said: list[Mapping[str, str]] = []
    for document, table in tables:
        words = document.words
        sources = (words["source"], words["sources"])
        said.append(
            {
                note.id: spoken(note.content)
                for label, note in labelled(table.notes)
                if label != words["signs"] and (label in sources) is source
            }
        )
    for name in said[0]:
        yield {d.metadata.language: texts[name] for (d, _), texts in zip(tables, said, strict=True) if name in texts}
