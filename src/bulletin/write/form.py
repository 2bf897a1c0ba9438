"""Writes a collection form as an XLSX workbook: the one output with formulas, all of them ours."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from bulletin.model.form import (
    ANSWER,
    CODE,
    COMMENT,
    CONTACTS,
    EXPECTED,
    NOTES,
    PREVIOUS,
    SIGNATURE,
    STATUS,
    STATUSES,
    VERSION,
    Form,
    FormRow,
    FormSum,
    FormTable,
    anchor,
)
from bulletin.write.form_look import Look

if TYPE_CHECKING:
    from bulletin.model.text import LocalText
    from bulletin.model.theme import Theme

LISTS, META = "_listas", "_meta"
ANCHORS, HEADS, BODY = 2, 4, 6
"""Rows of a table sheet, from 0: after two lines of title the hidden anchors of the columns, the institution, two lines of heads,
the first block."""
LABEL = 26
"""Width of a label column, in characters."""


def write_form(form: Form, theme: Theme) -> bytes:
    """The workbook; the same form gives the same bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    created = datetime.fromisoformat(form.created).replace(tzinfo=UTC).replace(tzinfo=None)
    book.set_properties({
        "title": _line(form, {lang: form.words[lang]["form_title"] for lang in form.languages}) + f" {form.year}",
        "subject": _line(form, form.publication),
        "company": _line(form, form.name),
        "created": created,
    })  # fmt: skip
    for name, value in (
        ("bulletin_form", f"{form.edition}/{form.institution}/{form.year}"),
        ("bulletin_form_version", VERSION),
        ("bulletin_form_country", form.country),
    ):
        book.set_custom_property(name, value, "text")
    _Writing(book, form, Look(book, theme)).all()
    book.close()
    return buffer.getvalue()


def _line(form: Form, text: LocalText, between: str = " | ") -> str:
    """The languages side by side; once where they agree."""
    return between.join(dict.fromkeys(t for lang in form.languages if (t := text.get(lang, ""))))


def letters(column: int) -> str:
    """Name of a column counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


class _Writing:
    """One workbook while it is written."""

    def __init__(self, book: Any, form: Form, look: Look) -> None:
        self.book, self.form, self.look = book, form, look
        self.sheets: dict[str, Any] = {}

    def word(self, key: str, between: str = " | ", **parts: LocalText) -> str:
        texts = {}
        for lang in self.form.languages:
            texts[lang] = self.form.words[lang][key].format(**{k: v.get(lang, "") for k, v in parts.items()})
        return _line(self.form, texts, between)

    def all(self) -> None:
        form = self.form
        instructions = self.sheet(self.word("form_sheet_instructions"))
        contacts = self.sheet(self.word("form_sheet_contacts"))
        tables = [(table, self.sheet(table.id)) for table in form.tables]
        notes = self.sheet(self.word("form_sheet_notes"))
        self.lists(self.book.add_worksheet(LISTS))
        self.meta(self.book.add_worksheet(META))
        self.instructions(instructions)
        self.contacts(contacts)
        for table, sheet in tables:
            self.table(table, sheet)
        self.notes(notes)
        instructions.activate()

    def sheet(self, name: str) -> Any:
        sheet = self.book.add_worksheet(name[:31])
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L&8{self.form.institution} · {self.form.year} · &A&R&8" + self.word("form_page"))
        sheet.set_column(0, 0, 4, None, {"hidden": True})
        sheet.write_string(0, 0, self.form.anchor)
        options = {"format_columns": True, "format_rows": True, "format_cells": True, "insert_rows": True, "insert_columns": True}
        sheet.protect("", options)
        return sheet

    def lists(self, sheet: Any) -> None:
        """Texts of the drop-down lists."""
        for n, letter in enumerate(STATUSES):
            sheet.write_string(n, 0, self.status(letter))
        for n, language in enumerate(self.form.languages):
            sheet.write_string(n, 1, language)
        for n, table in enumerate(self.form.tables):
            sheet.write_string(n, 2, table.id)
        counts = (("bulletin_status", "A", len(STATUSES)), ("bulletin_language", "B", len(self.form.languages)))
        for name, column, count in (*counts, ("bulletin_table", "C", max(1, len(self.form.tables)))):
            self.book.define_name(name, f"={LISTS}!${column}$1:${column}${count}")
        sheet.hide()
        sheet.protect()

    def status(self, letter: str) -> str:
        return f"{letter} – " + self.word(f"form_status_{letter}")

    def meta(self, sheet: Any) -> None:
        """What was sent out, so that what is missing is noticed: every table, column and row by its anchor."""
        sheet.write_string(0, 0, self.form.anchor)
        lines = [("illustrative", str(self.form.illustrative).lower(), ""), ("reply", self.form.reply, "")]
        for table in self.form.tables:
            lines += [("table", table.id, table.anchor)]
            lines += [("column", table.id, c.anchor) for c in table.columns]
            lines += [("row", table.id, r.anchor) for r in table.rows]
        for n, line in enumerate(lines, 1):
            for k, text in enumerate(line):
                sheet.write_string(n, k, text.replace(SIGNATURE, EXPECTED))
        sheet.hide()
        sheet.protect()

    # Sheets for people

    def head(self, sheet: Any, width: int) -> int:
        """Title lines of the first sheets; the next free row."""
        form, look = self.form, self.look
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_row(1, 26)
        sheet.write_string(1, 1, self.word("form_title"), look("title"))
        sheet.write_string(2, 1, _line(form, form.name) + f" ({form.institution})", look("subtitle"))
        sheet.write_string(3, 1, _line(form, form.publication) + " · " + _line(form, form.country_name), look("quiet"))
        row = 4
        year = dict.fromkeys(form.languages, str(form.year))
        lines = [self.word("form_year", year=year)]
        if form.due:
            lines.append(self.word("form_due", date=form.due))
        if form.contact:
            lines.append(self.word("form_return", contact=form.contact))
        for line in lines:
            sheet.write_string(row, 1, line, look("fact"))
            row += 1
        if form.illustrative:
            sheet.merge_range(row, 1, row, width, "", look("warning"))
            sheet.write_string(row, 1, self.word("form_illustrative"), look("warning"))
            row += 1
        return row + 1

    def instructions(self, sheet: Any) -> None:
        form, look = self.form, self.look
        languages = form.languages
        sheet.set_column(1, 1, 5)
        sheet.set_column(2, 1 + len(languages), 64)
        sheet.fit_to_pages(1, 1)
        row = self.head(sheet, 1 + len(languages))
        for k, language in enumerate(languages):
            sheet.write_string(row, 2 + k, form.words[language]["form_sheet_instructions"], look("head_left"))
        sheet.write_blank(row, 1, None, look("head_left"))
        for n in range(1, 9):
            row += 1
            texts = [form.words[language][f"form_step_{n}"] for language in languages]
            sheet.set_row(row, 14.5 * max(lines_of(t, 66) for t in texts) + 5)
            sheet.write_number(row, 1, n, look("step"))
            for k, text in enumerate(texts):
                sheet.write_string(row, 2 + k, text, look("prose"))
        row += 2
        sheet.write_string(row, 2, self.word("form_legend"), look("section"))
        for kind in ("input", "total", "previous", "fault"):
            row += 1
            sheet.write_blank(row, 1, None, look("total_input" if kind == "total" else kind))
            sheet.write_string(row, 2, self.word(f"form_legend_{kind}"), look("quiet"))
        row += 2
        sheet.write_string(row, 2, self.word("form_tables"), look("section"))
        sheet.write_string(row, 3 if len(languages) > 1 else 2, self.word("form_cells"), look("section_right"))
        for table in form.tables:
            row += 1
            sheet.write_url(row, 1, f"internal:'{table.id}'!B1", look("link"), table.id)
            sheet.write_string(row, 2, _line(form, table.title), look("text"))
            sheet.write_number(row, 3, table.asked, look("count"))
        sheet.print_area(0, 0, row, 1 + len(languages))

    def contacts(self, sheet: Any) -> None:
        look = self.look
        sheet.set_column(1, 1, 44)
        sheet.set_column(2, 2, 60)
        sheet.write_string(0, 2, anchor("column", field=ANSWER))
        row = self.head(sheet, 2)
        sheet.write_string(row, 1, self.word("form_contact_institution"), look("label"))
        sheet.write_string(row, 2, _line(self.form, self.form.name), look("label"))
        for field in CONTACTS:
            row += 1
            sheet.set_row(row, 20)
            sheet.write_string(row, 0, anchor("row", field=field))
            sheet.write_string(row, 1, self.word(f"form_contact_{field}"), look("label"))
            sheet.write_blank(row, 2, None, look("input_text"))
            if field == "language":
                sheet.write_string(row, 2, self.form.reply, look("input_text"))
                sheet.data_validation(row, 2, row, 2, {"validate": "list", "source": "=bulletin_language"})
        sheet.print_area(0, 0, row, 2)

    def notes(self, sheet: Any) -> None:
        look = self.look
        sheet.set_column(1, 1, 10)
        sheet.set_column(2, 2, 110)
        sheet.write_string(0, 2, anchor("column", field=ANSWER))
        row = self.head(sheet, 2)
        sheet.write_string(row, 1, self.word("form_note_table"), look("head_left"))
        sheet.write_string(row, 2, self.word("form_note_text"), look("head_left"))
        for n in range(1, NOTES + 1):
            sheet.set_row(row + n, 24)
            sheet.write_string(row + n, 0, anchor("row", field=f"note{n}"))
            sheet.write_blank(row + n, 1, None, look("input_text"))
            sheet.write_blank(row + n, 2, None, look("input_text"))
        sheet.data_validation(row + 1, 1, row + NOTES, 1, {"validate": "list", "source": "=bulletin_table"})
        sheet.print_area(0, 0, row + NOTES, 2)

    def table(self, table: FormTable, sheet: Any) -> None:
        _TableWriting(self, table, sheet).all()


class _TableWriting:
    """One table sheet: code, label in each language, last figures, cells to fill in, status, comment, check."""

    def __init__(self, writing: _Writing, table: FormTable, sheet: Any) -> None:
        self.writing, self.form, self.look = writing, writing.form, writing.look
        self.table, self.sheet = table, sheet
        count = len(table.columns)
        self.label = 2
        self.period = self.label + len(self.form.languages)
        self.old = self.period + 1
        self.new = self.old + count
        self.status = self.new + count
        self.comment = self.status + 1
        self.check = self.comment + 1
        self.totals: dict[tuple[int, int], list[FormSum]] = {
            at: list(found) for at, found in groupby(sorted(table.sums, key=lambda s: s.total), key=lambda s: s.total)
        }
        self.place: dict[int, int] = {}
        """Row of the table to row of the sheet."""

    def all(self) -> None:
        self.columns()
        self.heads()
        last = self.body()
        self.lists(last)
        for at, sums in self.totals.items():
            self.formulas(at, sums)
        self.checks()
        self.sheet.freeze_panes(BODY, self.period)
        self.sheet.repeat_rows(0, BODY - 1)
        self.sheet.print_area(0, 0, last, self.check)

    def columns(self) -> None:
        sheet, languages = self.sheet, self.form.languages
        sheet.set_column(1, 1, 13)
        sheet.set_column(self.label, self.period - 1, 34 if len(languages) == 1 else LABEL)
        sheet.set_column(self.period, self.period, 9)
        sheet.set_column(self.old, self.new - 1, 11)
        sheet.set_column(self.new, self.status - 1, 14)
        sheet.set_column(self.status, self.status, 16)
        sheet.set_column(self.comment, self.comment, 30)
        sheet.set_column(self.check, self.check, 16)
        sheet.set_row(ANCHORS, None, None, {"hidden": True})
        sheet.write_string(ANCHORS, 0, self.table.anchor)
        sheet.write_string(ANCHORS, 1, anchor("column", field=CODE))
        for k, column in enumerate(self.table.columns):
            sheet.write_string(ANCHORS, self.old + k, anchor("column", field=PREVIOUS))
            sheet.write_string(ANCHORS, self.new + k, column.anchor)
        sheet.write_string(ANCHORS, self.status, anchor("column", field=STATUS))
        sheet.write_string(ANCHORS, self.comment, anchor("column", field=COMMENT))

    def heads(self) -> None:
        form, look, sheet, word = self.form, self.look, self.sheet, self.writing.word
        first, *others = dict.fromkeys(t for lang in form.languages if (t := self.table.title.get(lang, "")))
        sheet.set_row(0, 24)
        sheet.write_string(0, 1, f"{self.table.id} · {first}", look("title"))
        sheet.write_string(1, 1, " | ".join(others), look("subtitle"))
        about = f"{_line(form, form.name)} · " + word("form_year", year=dict.fromkeys(form.languages, str(form.year)))
        sheet.write_string(3, 1, about, look("quiet"))
        if form.illustrative:
            sheet.write_string(3, self.status, word("form_illustrative"), look("warning_line"))
        top, low = HEADS, HEADS + 1
        sheet.set_row(top, 31)
        sheet.set_row(low, 32)
        for column in (1, *range(self.label, self.period), self.status, self.comment, self.check):
            sheet.write_blank(top, column, None, look("head"))
        period = form.periods[self.table.columns[0].period]
        several = len(self.table.columns) > 1
        fill = {lang: form.words[lang]["form_new"] + (f": {period[lang]}" if several else "") for lang in form.languages}
        self.across(top, self.period, self.new - 1, word("form_last", "\n"), "head_old")
        self.across(top, self.new, self.status - 1, _line(form, fill, "\n"), "head_new")
        sheet.write_string(low, 1, word("form_code", "\n"), look("head"))
        for k, lang in enumerate(form.languages):
            sheet.write_string(low, self.label + k, form.words[lang]["form_row"], look("head"))
        sheet.write_string(low, self.period, word("form_last_period", "\n"), look("head_old"))
        for k, column in enumerate(self.table.columns):
            head = _line(form, column.head, "\n")
            sheet.write_string(low, self.old + k, head, look("head_old"))
            sheet.write_string(low, self.new + k, head if several else _line(form, period, "\n"), look("head_new"))
        for column, name in ((self.status, "form_status"), (self.comment, "form_comment"), (self.check, "form_check")):
            sheet.write_string(low, column, word(name, "\n"), look("head"))

    def across(self, row: int, first: int, last: int, text: str, format_name: str) -> None:
        if first < last:
            self.sheet.merge_range(row, first, row, last, "", self.look(format_name))
        self.sheet.write_string(row, first, text, self.look(format_name))

    def body(self) -> int:
        """Writes the blocks; the last row used."""
        form, look, sheet = self.form, self.look, self.sheet
        at, n = BODY, 0
        for block in self.table.blocks:
            sheet.set_row(at, 19)
            for column in range(1, self.check + 1):
                sheet.write_blank(at, column, None, look("band"))
            unit = self.writing.word("form_unit", unit=block.unit)
            sheet.write_string(at, 1, f"{_line(form, block.label)}  ({block.indicator}) · {unit}", look("band"))
            width = LABEL * len(form.languages) + 13 + 9 + 25 * len(self.table.columns) + 16 + 30 + 11
            definition = _line(form, block.definition)
            sheet.set_row(at + 1, 12.5 * lines_of(definition, round(width * 1.15)) + 3)
            sheet.merge_range(at + 1, 1, at + 1, self.check, "", look("definition"))
            sheet.write_string(at + 1, 1, definition, look("definition"))
            at += 2
            for row in block.rows:
                self.place[n] = at
                self.row(row, at, n)
                at += 1
                n += 1
        return at - 1

    def row(self, row: FormRow, at: int, n: int) -> None:
        form, look, sheet = self.form, self.look, self.sheet
        is_total = any((n, k) in self.totals for k in range(len(self.table.columns))) and row.level == 0
        name = "total" if is_total else "label"
        sheet.set_row(
            at, max(16, 14 * max(lines_of(row.label.get(lang, ""), LABEL - 2 - 2 * row.level) for lang in form.languages) + 2)
        )
        sheet.write_string(at, 0, row.anchor)
        sheet.write_string(at, 1, row.code, look("code"))
        for k, lang in enumerate(form.languages):
            sheet.write_string(at, self.label + k, row.label.get(lang, ""), look(name, indent=row.level))
        sheet.write_string(at, self.period, row.previous_period, look("previous_text"))
        shape = "#,##0" + ("." + "0" * row.decimals if row.decimals else "")
        for k, value in enumerate(row.previous):
            if value is None:
                sheet.write_blank(at, self.old + k, None, look("previous", number=shape))
            else:
                sheet.write_number(at, self.old + k, value, look("previous", number=shape))
            if row.asked[k]:
                kind = "total_input" if (n, k) in self.totals else "input"
                sheet.write_blank(at, self.new + k, None, look(kind, number=shape if row.decimals == 0 else shape + "##"))
                self.validation(row, at, self.new + k)
            else:
                sheet.write_blank(at, self.new + k, None, look("closed"))
        sheet.write_blank(at, self.status, None, look("input_text"))
        sheet.write_blank(at, self.comment, None, look("input_text"))
        sheet.write_blank(at, self.check, None, look("check"))

    def validation(self, row: FormRow, at: int, column: int) -> None:
        word = self.writing.word
        limits: dict[str, object] = {"criteria": "between", "minimum": -1e15, "maximum": 1e15}
        if row.least is not None:
            limits["minimum"] = row.least / 10**row.multiplier
        if row.greatest is not None:
            limits["maximum"] = row.greatest / 10**row.multiplier
        title = self.table.id
        self.sheet.data_validation(at, column, at, column, {
            "validate": "decimal", **limits, "ignore_blank": True, "input_title": title, "input_message": word("form_prompt", "\n")[:255],
            "error_title": title, "error_message": word("form_refused", "\n")[:255], "error_type": "stop",
        })  # fmt: skip

    def lists(self, last: int) -> None:
        options = {"validate": "list", "source": "=bulletin_status", "ignore_blank": True}
        self.sheet.data_validation(BODY, self.status, last, self.status, options)

    def address(self, at: tuple[int, int]) -> str:
        return f"{letters(self.new + at[1])}{self.place[at[0]] + 1}"

    def ranges(self, parts: Sequence[tuple[int, int]]) -> str:
        """Addresses joined where they follow each other down a column."""
        pieces: list[str] = []
        cells = sorted((k, self.place[n]) for n, k in parts)
        for (column, _), run in groupby(enumerate(cells), key=lambda p: (p[1][0], p[1][1] - p[0])):
            rows = [row for _, (_, row) in run]
            name = letters(self.new + column)
            first, last = f"{name}{rows[0] + 1}", f"{name}{rows[-1] + 1}"
            pieces.append(first if first == last else f"{first}:{last}")
        return ",".join(pieces)

    def fault(self, total: FormSum) -> str:
        """Condition under which a total does not agree with parts that are all there."""
        own, parts = self.address(total.total), self.ranges(total.parts)
        return f"AND(ISNUMBER({own}),COUNT({parts})={len(total.parts)},ABS(N({own})-SUM({parts}))>{total.tolerance:.15g})"

    def formulas(self, at: tuple[int, int], sums: Sequence[FormSum]) -> None:
        """The total from the nearest breakdown, and its colour when any breakdown does not agree."""
        row = list(self.table.rows)[at[0]]
        shape = "#,##0" + ("." + "0" * row.decimals + "##" if row.decimals else "")
        parts = self.ranges(sums[0].parts)
        line, column = self.place[at[0]], self.new + at[1]
        formula = f'=IF(COUNT({parts})={len(sums[0].parts)},SUM({parts}),"")'
        self.sheet.write_formula(line, column, formula, self.look("total_input", number=shape), "")
        for one in sums:
            rule = {"type": "formula", "criteria": f"={self.fault(one)}", "format": self.look("fault_rule")}
            self.sheet.conditional_format(line, column, line, column, rule)

    def checks(self) -> None:
        """The same in words, since colour alone does not speak to everyone."""
        by_row: dict[int, list[FormSum]] = {}
        for sums in self.totals.values():
            for one in sums:
                by_row.setdefault(one.total[0], []).append(one)
        text = self.writing.word("form_check_fault").replace('"', "'")
        for n, sums in by_row.items():
            faults = ",".join(self.fault(one) for one in sums)
            formula = f'=IF(OR({faults}),"{text}","")'
            self.sheet.write_formula(self.place[n], self.check, formula, self.look("check"), "")


def lines_of(text: str, width: int) -> int:
    """Lines that a text needs in a column so many characters wide."""
    return sum(max(1, math.ceil(len(part) / max(width, 1))) for part in text.split("\n"))
