"""Puts what is wrong into a copy of the sender's own workbook: a comment on each cell, and a list in front."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

AUTHOR = "bulletin"
WIDTH, LINE = 46, 18
"""Characters to a line of a comment, and points to a line."""


@dataclass(frozen=True)
class Remark:
    """One thing to correct; without sheet and cell it concerns the whole form."""

    sheet: str
    cell: str
    text: str


def annotated(content: bytes, remarks: Sequence[Remark], title: str, heads: tuple[str, str, str], fill: str) -> bytes:
    """An XLSX workbook with its validations, formats, formulas and protection, and with our remarks instead of earlier ones.

    `title` names the sheet of remarks, `heads` its columns (sheet, cell, remark); `fill` is the colour of marked cells, `RRGGBB`.
    """
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content))
    _without_earlier(book, title)
    by_cell: dict[tuple[str, str], list[str]] = {}
    for remark in remarks:
        if remark.sheet in book.sheetnames and remark.cell:
            by_cell.setdefault((remark.sheet, remark.cell), []).append(remark.text)
    for (sheet, cell), texts in by_cell.items():
        _comment(book[sheet], cell, texts, fill)
    _list(book, remarks, title, heads)
    book.calculation.fullCalcOnLoad = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _without_earlier(book: Any, title: str) -> None:
    if title in book.sheetnames:
        del book[title]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == AUTHOR:
                    cell.comment = None


def _comment(sheet: Any, address: str, texts: Sequence[str], fill: str) -> None:
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = sheet[address]
    if isinstance(cell, MergedCell):
        return
    own = [cell.comment.text] if cell.comment is not None else []
    text = "\n\n".join([*own, *dict.fromkeys(texts)])
    lines = sum(1 + len(part) // WIDTH for part in text.split("\n"))
    cell.comment = Comment(text, AUTHOR, height=LINE * (lines + 1), width=330)
    cell.fill = PatternFill("solid", start_color=fill, end_color=fill)


def _list(book: Any, remarks: Sequence[Remark], title: str, heads: tuple[str, str, str]) -> None:
    from openpyxl.styles import Alignment, Font

    sheet = book.create_sheet(title, 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    for column, (head, width) in enumerate(zip(heads, (14, 10, 110), strict=True), 1):
        _text(sheet.cell(1, column), head)
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions["ABC"[column - 1]].width = width
    for row, remark in enumerate(remarks, 2):
        for column, text in enumerate((remark.sheet, remark.cell, remark.text), 1):
            _text(sheet.cell(row, column), text)
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = 15 * (1 + len(remark.text) // 105)
        if remark.cell and remark.sheet in book.sheetnames:
            name = remark.sheet.replace("'", "''")
            sheet.cell(row, 2).hyperlink = f"#'{name}'!{remark.cell}"
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _text(cell: Any, text: str) -> None:
    """As text, whatever it begins with: nothing from outside becomes a formula."""
    cell.value = text
    cell.data_type = "s"
