"""One printed table as one sheet: its title and how to read it in column A, then the table, marked as one, with nothing below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.document.blocks import Row, Table, heads_over
from bulletin.document.grid import tidy
from bulletin.document.parts import labelled, mark_of
from bulletin.write.xlsx.cells import Shown, Spelling, noted, said, shown
from bulletin.write.xlsx.looks import STRONG, TITLE, Looks, height, put
from bulletin.write.xlsx.names import heads, link

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from bulletin.document.tree import Document

STUB, NARROW, WIDE, REMARKS = 44, 13, 40, 60
"""Widths of columns, in letters."""


@dataclass(frozen=True)
class Around:
    """What a sheet says of the others."""

    contents: str
    signs: str
    notes: str
    place: int
    """Row of the notes of the table, from 0; −1: none."""


@dataclass(frozen=True)
class Line:
    """A row of the table as the sheet has it."""

    group: str
    label: str
    role: str
    cells: tuple[Shown, ...]
    remark: str


def write_table(sheet: Worksheet, table: Table, document: Document, spelling: Spelling, looks: Looks, around: Around) -> Marked:
    words, lines = document.words, tuple(_lines(table, document, spelling))
    grouped, remarked = any(row.role == "block" for row in table.rows), any(line.remark for line in lines)
    columns = tuple(_head(table, n, words["workbook_note"], spelling) for n in range(len(table.columns)))
    worded = [_is_words(lines, n) for n in range(len(columns))]
    before = [*([words["workbook_group"]] if grouped else []), said(table.stubhead, words["workbook_note"]) or words["csv_row"]]
    names = heads([*before, *columns, *([words["workbook_remarks"]] if remarked else [])])
    stubs = len(before)
    widths = [STUB] * stubs + [WIDE if w else _width(names[n], lines, n - stubs) for n, w in enumerate(worded, stubs)]
    widths += [REMARKS] if remarked else []
    head_looks = [
        *(looks.head() for _ in before),
        *(looks.head(right=not w, first=False) for w in worded),
        looks.head(first=False),
    ][: len(names)]
    top = _above(sheet, table, document, looks, around, spelled=_is_spelt(lines, columns))
    for place, (head, width, look) in enumerate(zip(names, widths, head_looks, strict=True)):
        sheet.set_column(place, place, width)
        put(sheet, top, place, head, look)
    sheet.set_row(top, height((head, width * 0.85) for head, width in zip(names, widths, strict=True)))
    for at, line in enumerate(lines, top + 1):
        remark = [line.remark or words["workbook_none"]] if remarked else []
        stub = [*([line.group] if grouped else []), line.label]
        texts = [*stub, *(c.text if w else "" for c, w in zip(line.cells, worded, strict=True)), *remark]
        sheet.set_row(at, height(zip(texts, widths, strict=True)))
        _write_line(sheet, at, line, stub, remark, table, worded, looks)
    sheet.freeze_panes(top + 1, stubs if not any(worded) else 0)
    printable(sheet, top)
    sheet.print_area(0, 0, top + len(lines), len(names) - 1)
    return Marked(top, len(lines), names, head_looks, table.summary)


@dataclass(frozen=True)
class Marked:
    """The cells that are one table, of which the first row is the head; `looks` of its cells."""

    top: int
    rows: int
    heads: Sequence[str]
    looks: Sequence[Format]
    summary: str
    """For those who do not see it."""


def mark(sheet: Worksheet, name: str, table: Marked) -> None:
    """Without filters and without a look of its own. A table has a row at least."""
    columns = [{"header": head, "header_format": look} for head, look in zip(table.heads, table.looks, strict=True)]
    options = {
        "name": name,
        "columns": columns,
        "autofilter": False,
        "style": None,
        "banded_rows": False,
        "description": table.summary,
    }
    fault = sheet.add_table(table.top, 0, table.top + max(table.rows, 1), len(table.heads) - 1, options)
    assert not fault, (name, fault)


def printable(sheet: Worksheet, top: int) -> None:
    """On paper: lying A4, as wide as a page, the head on every page; no running heads. On the screen text that is a number stays quiet."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _write_line(
    sheet: Worksheet,
    at: int,
    line: Line,
    stub: Sequence[str],
    remark: Sequence[str],
    table: Table,
    worded: Sequence[bool],
    looks: Looks,
) -> None:
    for place, text in enumerate(stub):
        put(sheet, at, place, text, looks.stub(line.role if place == len(stub) - 1 else "normal"))
    for n, (column, cell) in enumerate(zip(table.columns, line.cells, strict=True), len(stub)):
        strong = column.total or line.role in STRONG
        if cell.value is not None:
            sheet.write_number(at, n, float(cell.value), looks.figure(cell.code, strong=strong))
        else:
            look = looks.words(strong=strong) if worded[n - len(stub)] else looks.figure("@", strong=strong)
            put(sheet, at, n, cell.text, look)
    for text in remark:
        put(sheet, at, len(stub) + len(line.cells), text, looks.remark)


def _above(
    sheet: Worksheet, table: Table, document: Document, looks: Looks, around: Around, *, spelled: bool
) -> int:  # fmt: skip
    """A line each, none wrapped, because they stay in sight with the heads; returns the row of these."""
    words, cover = document.words, document.cover
    lines: list[tuple[str, str]] = []
    for text in (
        said(table.headnote, words["workbook_note"]),
        tidy(table.illustrative),
        f"{words['status']}: {tidy(cover.banner)}" if cover.banner else "",
        *(
            f"{label}: {said(note.content)}"
            for label, note in labelled(table.notes)
            if label in (words["source"], words["sources"])
        ),
    ):
        lines += [(text, "")] if text else []
    links = [(words["workbook_back"], link(around.contents))]
    if around.place >= 0:
        links.insert(0, (words["workbook_table_notes"], link(around.notes, f"A{around.place + 1}")))
    top = 2 + len(lines) + len(links)
    how = words["workbook_one_table"].format(cell=f"A{top + 1}")
    how += " " + words["workbook_spelt"].format(sheet=around.signs) if spelled and around.signs else ""
    sheet.set_row(0, TITLE)
    put(sheet, 0, 0, f"{tidy(table.label)}: {said(table.title, words['workbook_note'])}", looks.title)
    put(sheet, 1, 0, how, looks.line)
    for row, (text, target) in enumerate([*lines, *links], 2):
        if target:
            sheet.write_url(row, 0, target, looks.link, text)
        else:
            put(sheet, row, 0, text, looks.line)
    return top


def _lines(table: Table, document: Document, spelling: Spelling) -> Iterator[Line]:
    words, decimal = document.words, document.metadata.decimal
    columns = [_head(table, n, "", None) for n in range(len(table.columns))]
    group = words["workbook_no_group"]
    for row in table.rows:
        if row.role == "block":
            group = _label(row, words)
            continue
        cells = tuple(_full(shown(cell, decimal, spelling), words) for cell in row.cells)
        remarks = []
        for head, cell, found in zip(columns, row.cells, cells, strict=True):
            marks = noted([m for m in cell.marks.split(",") if m], words["workbook_note"]).strip()
            parts = " ".join(p for p in (*found.signs, marks) if p)
            remarks += [f"{head}: {parts}"] if parts else []
        yield Line(group, _label(row, words), row.role, cells, "; ".join(remarks))


def _full(cell: Shown, words: Mapping[str, str]) -> Shown:
    """No cell is empty: whoever hears the table must know that nothing stands there."""
    return cell if cell.value is not None or cell.text else Shown(words["workbook_blank"])


def _label(row: Row, words: Mapping[str, str]) -> str:
    marks = [m for m in row.marks.split(",") if m]
    return (said(row.label, words["workbook_note"]) or words["workbook_blank"]) + noted(marks, words["workbook_note"])


def _head(table: Table, place: int, note: str, spelling: Spelling | None) -> str:
    """Heads over a column on one line, outermost first, with their notes and the sign that holds for the whole column; without
    `spelling` the words alone."""
    column = table.columns[place]
    over = [said(head, note) for head in heads_over(table, place)]
    own = " ".join(p for p in (said(column.head, note), *(spelling.spelt(column.sign) if spelling else ())) if p)
    return ": ".join(h for h in (*over, own) if h)


def _is_spelt(lines: Sequence[Line], columns: Sequence[str]) -> bool:
    return any("[" in head for head in columns) or any(
        line.remark or any(c.text[:1] == "[" for c in line.cells) for line in lines
    )


def _is_words(lines: Sequence[Line], place: int) -> bool:
    """A column of words: wrapped and to the left."""
    texts = [line.cells[place] for line in lines]
    return any(c.value is None and len(c.text) > NARROW for c in texts) or not any(
        c.value is not None or c.text[:1] == "[" for c in texts
    )


def _width(head: str, lines: Sequence[Line], place: int) -> float:
    longest = max((len(line.cells[place].text) for line in lines), default=0)
    word = max(map(len, head.split()), default=0)
    return float(min(max(NARROW, longest + 3, word * 1.25 + 1), WIDE))


def notes_of(table: Table, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Name and text of every note but the legend of signs, which have a sheet of their own."""
    for label, note in labelled(table.notes):
        if label == words["signs"]:
            continue
        mark_ = mark_of(note)
        remark = label in (words["note"], words["notes"])
        name = words["workbook_note"].format(mark=mark_) if mark_ else words["workbook_general"] if remark else label
        yield name, said(note.content)
