"""ODS as cells, read one by one, because error values and percentages are lost by the general readers."""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from bulletin.limits import SHEET_CELLS, SHEET_COLUMNS, SHEET_ROWS, WORKBOOK_SHEETS
from bulletin.load.sheet import RefusedError, address, letters, number_text

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_OUT_OF_SIGHT = ("collapse", "filter")


def read_ods(archive: zipfile.ZipFile) -> dict[str, Any]:
    from xml.etree.ElementTree import ParseError, iterparse

    try:
        if b"manifest:encryption-data" in archive.read("META-INF/manifest.xml"):
            raise RefusedError("workbook-encrypted")
        stream = archive.open("content.xml")
    except KeyError as error:
        raise RefusedError("workbook-broken") from error
    sheets: list[dict[str, Any]] = []
    hidden_styles: set[str] = set()
    raised_styles: set[str] = set()
    sheet: dict[str, Any] = {}
    row, depth, column = 0, 0, 0
    try:
        for event, element in iterparse(stream, events=("start", "end")):
            tag = element.tag
            if event == "start":
                if tag == _TABLE + "table":
                    depth += 1
                    if depth == 1 and len(sheets) >= WORKBOOK_SHEETS.most:
                        raise RefusedError(WORKBOOK_SHEETS.rule, what="sheets", found=len(sheets) + 1)
                    if depth == 1:
                        name = element.get(_TABLE + "name", "")
                        hidden = element.get(_TABLE + "style-name", "") in hidden_styles
                        sheet = {"name": name, "hidden": hidden, "cells": [], "hidden_rows": [], "hidden_columns": []}
                        row, column = 0, 0
                continue
            if tag.endswith("}style"):
                name = next((v for k, v in element.attrib.items() if k.endswith("}name")), "")
                if any(c.get(_TABLE + "display") == "false" for c in element if c.tag.endswith("}table-properties")):
                    hidden_styles.add(name)
                if any(re.match("super|[1-9]", c.get(_STYLE + "text-position") or "") for c in element):
                    raised_styles.add(name)
            elif tag == _TABLE + "table-column" and depth == 1:
                repeat = int(element.get(_TABLE + "number-columns-repeated", "1"))
                if element.get(_TABLE + "visibility") in _OUT_OF_SIGHT:
                    sheet["hidden_columns"] += range(column + 1, min(column + repeat, SHEET_COLUMNS.most) + 1)
                column += repeat
            elif tag == _TABLE + "table-row" and depth == 1:
                row = _row(element, sheet, row, raised_styles)
                element.clear()
            elif tag == _TABLE + "table":
                depth -= 1
                if depth == 0:
                    reach = max((c[1] for c in sheet["cells"]), default=0)
                    sheet["hidden_columns"] = [c for c in sheet["hidden_columns"] if c <= reach]
                    sheets.append(sheet)
                    element.clear()
    except ParseError as error:
        raise RefusedError("workbook-broken") from error
    return {"sheets": sheets, "warnings": []}


def _row(element: Any, sheet: dict[str, Any], row: int, raised_styles: set[str]) -> int:
    """Adds the cells of a row, as often as it is repeated; the number of the last row."""
    repeat = int(element.get(_TABLE + "number-rows-repeated", "1"))
    cells = list(_cells(element, raised_styles))
    if cells and (row + repeat > SHEET_ROWS.most or repeat > 1000):
        raise RefusedError(SHEET_ROWS.rule, what=f"{sheet['name']}!{address(row + repeat, cells[-1][0])}", found=row + repeat)
    if len(sheet["cells"]) + len(cells) * repeat > SHEET_CELLS.most:
        raise RefusedError(SHEET_CELLS.rule, what=sheet["name"], found=len(sheet["cells"]) + len(cells) * repeat)
    if cells:
        for n in range(repeat):
            sheet["cells"] += [(row + 1 + n, *cell) for cell in cells]
            if element.get(_TABLE + "visibility") in _OUT_OF_SIGHT:
                sheet["hidden_rows"].append(row + 1 + n)
    return row + repeat


def _cells(row: Any, raised_styles: set[str]) -> Iterator[tuple[Any, ...]]:
    column = 0
    for cell in row:
        if cell.tag not in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            continue
        repeat = int(cell.get(_TABLE + "number-columns-repeated", "1"))
        found = _kind(cell)
        if found is not None:
            if column + repeat > SHEET_COLUMNS.most:
                raise RefusedError(SHEET_COLUMNS.rule, what=letters(min(column + repeat, 18_278)), found=column + repeat)
            raised = [
                text
                for span in cell.iter(_TEXT + "span")
                if span.get(_TEXT + "style-name") in raised_styles and (text := "".join(span.itertext()).strip())
            ]
            computed = cell.get(_TABLE + "formula") is not None and found[0] != "f"
            for n in range(repeat):
                yield (column + 1 + n, *found, raised, computed) if raised or computed else (column + 1 + n, *found)
        column += repeat


def _kind(cell: Any) -> tuple[str, str] | None:
    kind = cell.get(_OFFICE + "value-type", "")
    text = "\n".join("".join(_words(p)) for p in cell.findall(_TEXT + "p")).strip()
    formula = cell.get(_TABLE + "formula") is not None
    if cell.get(_CALC + "value-type") == "error" or (formula and text.startswith(("#", "Err:"))):
        return "e", text
    if kind in ("float", "percentage", "currency"):
        value = float(cell.get(_OFFICE + "value", "nan"))
        if not math.isfinite(value):
            return "e", cell.get(_OFFICE + "value", "")
        return ("p" if kind == "percentage" else "n"), number_text(value)
    if kind == "boolean":
        return "b", cell.get(_OFFICE + "boolean-value", "false")
    if kind == "date":
        return "d", cell.get(_OFFICE + "date-value", "").removesuffix("T00:00:00")
    if text:
        return "s", text
    return ("f", "") if formula and not kind else None


def _words(paragraph: Any) -> Iterator[str]:
    """Text of a paragraph; `text:s` stands for blanks, one unless it says how many."""
    if paragraph.text:
        yield paragraph.text
    for child in paragraph:
        if child.tag == _TEXT + "s":
            yield " " * min(int(child.get(_TEXT + "c", "1")), 1000)
        elif child.tag != _OFFICE + "annotation":
            yield from _words(child)
        if child.tail:
            yield child.tail
