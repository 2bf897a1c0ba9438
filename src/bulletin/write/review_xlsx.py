"""The questions of a review as a protected workbook: one a row, with a list of answers, a wording and a note to fill in."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bulletin.write.form_look import mixed

if TYPE_CHECKING:
    from bulletin.model.review_page import AskedLine
    from bulletin.model.theme import Theme

ANCHOR = "bulletin:decisions=1"
COLUMNS: Mapping[str, float] = {
    "kind": 16, "block": 22, "language": 8, "question": 46, "old": 36, "new": 36, "today": 24, "place": 26, "authors": 18,
    "answer": 14, "text": 40, "note": 30, "names": 30,
}  # fmt: skip
OPEN = ("answer", "text", "note")


def write_decisions(lines: Sequence[AskedLine], texts: Mapping[str, str], edition: str, date: str, theme: Theme) -> bytes:
    """`date`: ISO, stands in the properties in place of the clock's."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    c = theme.colour
    with xlsxwriter.Workbook(stream, options) as book:
        title = texts["review_sheet_title"]
        book.set_properties({"title": f"{title}: {edition}", "created": datetime.fromisoformat(date).replace(tzinfo=UTC)})
        style = {"valign": "top", "text_wrap": True, "font_size": 10, "border": 1, "border_color": c.hair}
        fixed = book.add_format(style)
        entry = book.add_format(
            {**style, "bg_color": mixed(c.accent_fill, c.paper, 0.13), "border_color": c.rule, "locked": False}
        )
        head = book.add_format({**style, "bold": True, "font_color": c.on_brand, "bg_color": c.brand})
        page = book.add_worksheet(title[:31])
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.write_string(0, 1, f"{title}: {edition}", book.add_format({"bold": True, "font_size": 14}))
        page.write_string(1, 1, texts["review_sheet_how"])
        page.write_string(2, 0, f"{ANCHOR};edition={edition}")
        page.set_row(2, None, None, {"hidden": True})
        page.set_column(0, 0, 12)
        page.write_string(3, 0, texts["review_sheet_id"], head)
        for column, (name, width) in enumerate(COLUMNS.items(), 1):
            page.set_column(column, column, width)
            page.write_string(2, column, name)
            page.write_string(3, column, texts[f"review_sheet_{name}"], head)
        page.freeze_panes(4, 2)
        page.repeat_rows(3)
        for row, line in enumerate(lines, 4):
            page.write_string(row, 0, line.id, fixed)
            for column, name in enumerate(COLUMNS, 1):
                page.write_string(row, column, _cell(line, name), entry if name in OPEN else fixed)
            at = 1 + list(COLUMNS).index("answer")
            page.data_validation(row, at, row, at, {"validate": "list", "source": list(line.answers)})
        page.protect(
            options={"format_cells": True, "format_columns": True, "format_rows": True, "sort": True, "autofilter": True}
        )
    return stream.getvalue()


def _cell(line: AskedLine, name: str) -> str:
    match name:
        case "kind":
            return line.label
        case "names":
            return "\n".join(line.names)
        case "question" if line.choices:
            return "\n".join([line.question, *(f"{n}: {text or '–'}" for n, text in enumerate(line.choices, 1))])
        case _:
            return str(getattr(line, name))
