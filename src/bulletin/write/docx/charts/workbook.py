"""The workbook behind a chart."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from bulletin.document.native import Sheet

SHEET = "Sheet1"
"""Word looks for the data under this name when it makes them anew."""


def workbook(sheet: Sheet, code: str, date: str) -> bytes:
    """`code`: number format of the figures; `date`: ISO, stands in the properties in place of the clock's."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": datetime.fromisoformat(date).replace(tzinfo=UTC)})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        look = book.add_format({"num_format": code})
        page = book.add_worksheet(SHEET)
        page.set_column(0, 0, 30)
        page.set_column(1, len(sheet.heads), 16)
        for column, head in enumerate(sheet.heads, 1):
            page.write_string(0, column, head, bold)
        for row, line in enumerate(sheet.lines, 1):
            page.write_string(row, 0, line.label)
            for column, point in enumerate(line.points, 1):
                if point is not None and point.value is not None:
                    page.write_number(row, column, point.value, look)
    return stream.getvalue()
