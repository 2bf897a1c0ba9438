"""Tables as a workbook: cover, contents, notes, then one table a sheet, with nothing in it that is not published."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from bulletin.document.blocks import Cell, Row, Table
from bulletin.document.inline import Inlines, NoteMark, plain
from bulletin.document.parts import labelled, mark_of, marked

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from bulletin.document.tree import Document
    from bulletin.model.theme import Theme

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Looks:
    """Formats of cells."""

    title: Format
    text: Format
    link: Format
    head: Format
    stub: dict[str, Format]
    """By role of the row."""
    book: Workbook
    numbers: dict[tuple[str, bool], Format]

    def number(self, code: str, *, strong: bool) -> Format:
        if (code, strong) not in self.numbers:
            self.numbers[code, strong] = self.book.add_format({"num_format": code, "align": "right", "bold": strong})
        return self.numbers[code, strong]


def write_tables(document: Document, tables: Sequence[Table], theme: Theme) -> bytes:
    """After the model of the Government Statistical Service: no merged and no empty cells, one row of heads, frozen; figures are
    numbers with the decimals that are printed, signs that stand for a figure stand in its cell, other signs and marks of notes in a
    column of their own. The same tables give the same bytes."""
    import xlsxwriter

    about, words = document.metadata, document.words
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        title = f"{about.title}: {words['workbook_title'].lower()}"
        # a date of the edition, not of the clock; workbooks have no time zones
        book.set_properties(
            {"title": title, "author": about.publisher, "created": datetime.fromisoformat(about.release_date[:10])}
        )
        looks = _looks(book, theme)
        taken: set[str] = set()
        names = [_named(words[key], taken) for key in ("workbook_cover", "contents", "notes")]
        sheets = [_named(sheet_of(table), taken) for table in tables]
        cover, contents, notes = (book.add_worksheet(name) for name in names)
        _cover(cover, document, looks, names[1])
        _contents(contents, document, tables, sheets, looks)
        _notes(notes, document, tables, sheets, looks)
        for table, name in zip(tables, sheets, strict=True):
            _table(book.add_worksheet(name), table, document, looks, names)
    return stream.getvalue()


def sheet_of(table: Table) -> str:
    """`A.3`: the number of the table."""
    return table.label.rpartition("\u00a0")[2] or table.id


def _named(name: str, taken: set[str]) -> str:
    """At most 31 letters, none that a workbook forbids, each name once."""
    clean = re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:28] or "–"
    found, number = clean, 2
    while found.casefold() in taken:
        found, number = f"{clean} {number}", number + 1
    taken.add(found.casefold())
    return found


def _looks(book: Workbook, theme: Theme) -> Looks:
    colour = theme.colour
    text = {"valign": "top", "text_wrap": True}
    stub = {role: book.add_format({"text_wrap": True, "valign": "bottom", "indent": indent, "bold": bold}) for role, indent, bold in (
        ("normal", 0, False), ("total", 0, True), ("group", 0, True), ("sub", 1, False))}  # fmt: skip
    return Looks(
        book.add_format({"bold": True, "font_size": 14, "font_color": colour.brand}),
        book.add_format(text),
        book.add_format({**text, "font_color": colour.brand, "underline": 1}),
        book.add_format({"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1, "bottom_color": colour.ink}),
        stub,
        book,
        {},
    )


def _cover(sheet: Worksheet, document: Document, looks: Looks, contents: str) -> None:
    about, words = document.metadata, document.words
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, about.title, looks.title)
    for row, line in enumerate((words["workbook_title"], about.publisher, about.release_date, words["workbook_about"]), 1):
        sheet.write_string(row, 0, line, looks.text)
    sheet.write_url(5, 0, f"internal:'{contents}'!A1", looks.link, contents)


def _contents(sheet: Worksheet, document: Document, tables: Sequence[Table], sheets: Sequence[str], looks: Looks) -> None:
    words = document.words
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, words["contents"], looks.title)
    sheet.write_string(1, 0, words["workbook_sheet"], looks.head)
    sheet.write_string(1, 1, words["title_word"], looks.head)
    for row, (table, name) in enumerate(zip(tables, sheets, strict=True), 2):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", looks.link, name)
        sheet.write_string(row, 1, plain(table.title), looks.text)
    sheet.freeze_panes(2, 0)


def _notes(sheet: Worksheet, document: Document, tables: Sequence[Table], sheets: Sequence[str], looks: Looks) -> None:
    words = document.words
    sheet.set_column(0, 1, 14)
    sheet.set_column(2, 2, 100)
    sheet.write_string(0, 0, words["notes"], looks.title)
    for column, key in enumerate(("workbook_sheet", "note", "workbook_text")):
        sheet.write_string(1, column, words[key], looks.head)
    row = 2
    for table, name in zip(tables, sheets, strict=True):
        for label, note in labelled(table.notes):
            if label not in (words["note"], words["notes"]):
                continue
            for column, text in enumerate((name, mark_of(note) or words["workbook_general"], _said(note.content))):
                sheet.write_string(row, column, text, looks.text)
            row += 1
    sheet.freeze_panes(2, 0)


def _table(sheet: Worksheet, table: Table, document: Document, looks: Looks, names: Sequence[str]) -> None:
    top = _above(sheet, table, document, looks, names)
    words, decimal = document.words, document.metadata.decimal
    grouped = any(row.role == "block" for row in table.rows)
    stubs = 2 if grouped else 1
    note = words["note"].lower()
    remarked = [bool(c.sign) or any(_remark(row.cells[n], note) for _, row in _rows(table)) for n, c in enumerate(table.columns)]
    heads = [*([words["workbook_group"]] if grouped else []), plain(table.stubhead) or words["indicator"]]
    for n in range(len(table.columns)):
        head = " – ".join(_heads(table, n))
        heads += [head, words["workbook_signs"].format(head=head)] if remarked[n] else [head]
    for place, head in enumerate(heads):
        sheet.write_string(top, place, head, looks.head)
    sheet.set_column(0, stubs - 1, 42)
    sheet.set_column(stubs, len(heads) - 1, 14)
    sheet.freeze_panes(top + 1, stubs)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)
    for at, (group, line) in enumerate(_rows(table), top + 1):
        if grouped:
            sheet.write_string(at, 0, group, looks.stub["normal"])
        label = plain(line.label) + (f" ({note} {line.marks})" if line.marks else "")
        sheet.write_string(at, stubs - 1, label, looks.stub[line.role])
        place = stubs
        for n, (column, cell) in enumerate(zip(table.columns, line.cells, strict=True)):
            _figure(sheet, at, place, cell, decimal, looks, strong=column.total or line.role in ("total", "group"))
            place += 1
            if remarked[n]:
                found = "; ".join(part for part in (column.sign, _remark(cell, note)) if part)
                sheet.write_string(at, place, found or words["workbook_none"])
                place += 1


def _above(sheet: Worksheet, table: Table, document: Document, looks: Looks, names: Sequence[str]) -> int:
    """Title, unit, signs and source, a line each, and the ways to contents and notes; returns the row of the heads."""
    words = document.words
    remarks = (words["note"], words["notes"])
    lines = [f"{table.label}: {plain(table.title)}", *([plain(table.headnote)] if table.headnote else [])]
    lines += [f"{label}: {plain(note.content)}" for label, note in labelled(table.notes) if label not in remarks]
    lines += [table.illustrative] if table.illustrative else []
    for row, text in enumerate(lines):
        sheet.write_string(row, 0, text, looks.title if row == 0 else None)
    links = [(names[1], words["workbook_back"])]
    if any(label in remarks for label, _ in labelled(table.notes)):
        links.append((names[2], words["workbook_see_notes"]))
    for row, (name, text) in enumerate(links, len(lines)):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", looks.link, text)
    return len(lines) + len(links)


def _rows(table: Table) -> Iterator[tuple[str, Row]]:
    """Rows with the block they stand in."""
    group = "–"
    for row in table.rows:
        if row.role == "block":
            group = plain(row.label)
        else:
            yield group, row


def _heads(table: Table, place: int) -> Iterator[str]:
    """Heads over a column, outermost first, with their notes."""
    for level in table.spanners:
        yield from (_said(s.label) for s in level if s.start <= place < s.start + s.span)
    yield _said(table.columns[place].head)


def _said(content: Inlines) -> str:
    marks = () if content and isinstance(content[0], NoteMark) else tuple(marked(content))
    return plain(content).strip() + "".join(f" [{mark}]" for mark in marks)


def _remark(cell: Cell, note: str) -> str:
    marks = f"{note} {cell.marks}" if cell.marks else ""
    return "; ".join(part for part in (cell.signs, marks) if part)


def _figure(sheet: Worksheet, row: int, place: int, cell: Cell, decimal: str, looks: Looks, *, strong: bool) -> None:
    value = printed_value(cell, decimal)
    if value is None:
        sheet.write_string(row, place, plain(cell.content) or cell.text, looks.number("@", strong=strong))
        return
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    code = "#,##0" + ("." + "0" * decimals if decimals else "")
    zero = f';-{code};"{cell.text}"' if not any(c.isdigit() for c in cell.text) else ""
    sheet.write_number(row, place, float(value), looks.number(code + zero, strong=strong))


def printed_value(cell: Cell, decimal: str) -> Decimal | None:
    """The figure as it is printed, no digit more; None for words and for signs that stand for no figure."""
    if cell.kind != "number":
        return None
    text = re.sub("[\u00a0\u202f ]", "", cell.text).replace("\u2212", "-")
    if not any(c.isdigit() for c in text):
        return Decimal(0)
    text = text.replace("." if decimal == "," else ",", "").replace(decimal, ".")
    return Decimal(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None
