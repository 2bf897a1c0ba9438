"""The report of a check as a workbook: counts, a sheet of findings per institution, and the sheet on which institutions sign."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bulletin.model.report import LEVELS, Line, Report, counts, grouped
from bulletin.write.form_look import mixed

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from bulletin.model.theme import Theme

ANCHOR = "bulletin:approvals=1"
"""Cell A1 of the sheet to be signed begins so; edition and contents follow. Column A holds the ids of figures and fields."""
FIELDS = ("decision", "role", "date", "remark")
FIRST = 7
"""Column of the first institution on the sheet to be signed, from 0."""


def write_report(report: Report, theme: Theme) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        created = datetime.fromisoformat(report.date).replace(tzinfo=UTC)
        book.set_properties({"title": f"{report.title}: {report.texts['report_title']}", "created": created})
        book.set_custom_property("bulletin_edition", report.edition)
        book.set_custom_property("bulletin_contents", report.build)
        _summary(book, report)
        taken = {report.texts["report_summary"], report.texts["report_sign"]}
        for institution in _senders(report):
            lines = tuple(f for _, found in grouped(report.lines) for f in found if f.institution == institution)
            _findings(book, report, _sheet_name(institution or report.texts["report_nobody"], taken), lines, theme)
        if report.headlines and report.institutions:
            _sign(book, report, theme)
    return stream.getvalue()


def _senders(report: Report) -> tuple[str, ...]:
    """Those that approve first, in their order; nobody in particular last."""
    found = {f.institution for f in report.lines}
    first = [acronym for _, acronym in report.institutions if acronym in found]
    return (*first, *sorted(found - set(first) - {""}), *([""] if "" in found else []))


def _sheet_name(name: str, taken: set[str]) -> str:
    """At most 31 letters, none that a workbook forbids, each name once."""
    clean = re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:28] or "–"
    found, number = clean, 2
    while found.casefold() in {t.casefold() for t in taken}:
        found, number = f"{clean} {number}", number + 1
    taken.add(found)
    return found


def _style(book: Workbook, **changes: object) -> Format:
    return book.add_format({"valign": "top", "text_wrap": True, "font_size": 10, **changes})


def _page(book: Workbook, name: str, *, landscape: bool = True) -> Worksheet:
    page = book.add_worksheet(name)
    page.hide_gridlines(2)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5)
    if landscape:
        page.set_landscape()
    return page


def _summary(book: Workbook, report: Report) -> None:
    texts = report.texts
    page = _page(book, texts["report_summary"], landscape=False)
    page.set_column(0, 0, 34)
    page.set_column(1, len(LEVELS), 14)
    page.write_string(0, 0, f"{report.title}: {texts['report_title']}", _style(book, bold=True, font_size=14, text_wrap=False))
    plain = _style(book, text_wrap=False)
    page.write_string(1, 0, texts["report_edition"].format(edition=report.edition, build=report.build), plain)
    head = _style(book, bold=True, bottom=1)
    page.write_string(3, 0, texts["report_institution"], head)
    for column, level in enumerate(LEVELS, 1):
        page.write_string(3, column, texts[f"report_{level}"], _style(book, bold=True, bottom=1, align="right"))
    row = 4
    for institution in _senders(report):
        found = counts(tuple(f for f in report.lines if f.institution == institution))
        page.write_string(row, 0, institution or texts["report_nobody"], _style(book))
        for column, level in enumerate(LEVELS, 1):
            page.write_number(row, column, found[level], _style(book))
        row += 1
    page.write_string(row, 0, texts["report_all"], _style(book, bold=True, top=1))
    for column, level in enumerate(LEVELS, 1):
        page.write_number(row, column, counts(report.lines)[level], _style(book, bold=True, top=1))


def _findings(book: Workbook, report: Report, name: str, lines: tuple[Line, ...], theme: Theme) -> None:
    page = _page(book, name)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    heads = ("severity", "file", "sheet", "cell", "message", "rule", "key", "waived")
    for column, (head, width) in enumerate(zip(heads, (11, 28, 14, 9, 70, 20, 40, 36), strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, report.texts[f"report_{head}"], _style(book, bold=True, bottom=1))
    text, c = _style(book), theme.colour
    fills = {
        "error": mixed(c.accent_fill, c.paper, 0.4),
        "warning": mixed(c.accent_fill, c.paper, 0.15),
        "waived": c.tint,
        "info": c.paper,
    }
    for row, f in enumerate(lines, 1):
        level = report.texts.get(f"severity_{f.level}", f.level)
        page.write_string(row, 0, level, _style(book, bg_color=fills[f.level]))
        cell = f"{f.cell} ({f.column})" if f.column and f.cell else f.cell or f.column
        for column, value in enumerate((f.file, f.sheet, cell, f.message, f.rule, f.key, f.waived), 1):
            page.write_string(row, column, value, text)
    if lines:
        page.autofilter(0, 0, len(lines), len(heads) - 1)


def _sign(book: Workbook, report: Report, theme: Theme) -> None:
    texts, count = report.texts, len(report.institutions)
    page = _page(book, texts["report_sign"])
    page.write_string(0, 0, f"{ANCHOR};edition={report.edition};contents={report.build}")
    page.set_column(0, 0, 2, None, {"hidden": True})
    for column, width in ((1, 36), (2, 16), (3, 20), (4, 26), (5, 12), (6, 40)):
        page.set_column(column, column, width)
    page.set_column(FIRST, FIRST + count - 1, 16)
    page.write_string(0, 1, f"{report.title}: {texts['report_sign']}", _style(book, bold=True, font_size=14, text_wrap=False))
    page.merge_range(
        1, 1, 1, FIRST + count - 1, texts["report_how"].format(edition=report.edition, build=report.build), _style(book)
    )
    page.set_row(1, 48)
    head = _style(book, bold=True, bottom=1)
    for column, name in enumerate(("figure", "period", "value", "before", "change", "source"), 1):
        page.write_string(3, column, texts[f"report_{name}"], head)
    for n, (institution, acronym) in enumerate(report.institutions):
        page.write_string(2, FIRST + n, institution, _style(book, font_color=theme.colour.paper, font_size=8))
        page.write_string(3, FIRST + n, acronym, _style(book, bold=True, bottom=1, align="center"))
    page.set_row(2, 3)
    page.freeze_panes(4, 2)
    page.repeat_rows(3)
    entry = _style(
        book,
        bg_color=mixed(theme.colour.accent_fill, theme.colour.paper, 0.13),
        border=1,
        border_color=theme.colour.rule,
        align="center",
        locked=False,
    )
    yes, no = texts["report_yes"], texts["report_no"]
    row = 4
    for h in report.headlines:
        page.write_string(row, 0, h.id)
        for column, value in enumerate((h.label, h.period, h.value, h.before, h.change, h.source), 1):
            page.write_string(row, column, value, _style(book, bold=column == 3, bottom=4))
        page.set_row(row, 30 if len(h.source) < 50 else 44)
        for n in range(count):
            page.write_blank(row, FIRST + n, None, entry)
            page.data_validation(row, FIRST + n, row, FIRST + n, {"validate": "list", "source": [yes, no]})
        row += 1
    row += 1
    for field in FIELDS:
        page.write_string(row, 0, field)
        page.merge_range(row, 1, row, FIRST - 1, texts[f"report_{field}"], _style(book, bold=True, align="right"))
        page.set_row(row, 48 if field == "remark" else 24)
        for n in range(count):
            page.write_blank(row, FIRST + n, None, entry)
            if field == "decision":
                source = [texts["report_approve"], texts["report_refuse"]]
                page.data_validation(row, FIRST + n, row, FIRST + n, {"validate": "list", "source": source})
        row += 1
    page.protect()
