"""A comparison of two editions as a workbook: plain sheets, no formulas."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime

Value = str | float | None


@dataclass(frozen=True)
class Sheet:
    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    widths: tuple[float, ...]


def write_workbook(sheets: tuple[Sheet, ...], title: str, date: str) -> bytes:
    """`date`: ISO, stands in the properties in place of the clock's. Texts are never read as formulas or addresses."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": title, "created": datetime.fromisoformat(date).replace(tzinfo=UTC)})
        bold = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
        text = book.add_format({"valign": "top", "text_wrap": True})
        number = book.add_format({"valign": "top", "num_format": "#,##0.##########"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:31])
            page.freeze_panes(1, 1)
            for column, (head, width) in enumerate(zip(sheet.head, sheet.widths, strict=True)):
                page.set_column(column, column, width)
                page.write_string(0, column, head, bold)
            for line, row in enumerate(sheet.rows, 1):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        page.write_string(line, column, value, text)
                    elif value is not None:
                        page.write_number(line, column, value, number)
            if sheet.rows:
                page.autofilter(0, 0, len(sheet.rows), len(sheet.head) - 1)
    return stream.getvalue()
