"""XLSX as cells: kind, text, superscript runs, formulas, hidden rows and columns."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from bulletin.limits import SHEET_COLUMNS, SHEET_ROWS
from bulletin.load.reader_scan import Scan
from bulletin.load.sheet import RefusedError, address, column_number, number_text

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_xlsx(content: bytes, archive: zipfile.ZipFile, scans: Mapping[str, Scan]) -> dict[str, Any]:
    """Values and formulas are both looked at: a formula whose value was never stored must not pass for an empty cell."""
    from openpyxl import load_workbook

    names = set(archive.namelist())
    warnings = []
    if any(n.endswith("vbaProject.bin") for n in names):
        warnings.append("workbook-macros")
    if any("externalLinks/" in n for n in names):
        warnings.append("workbook-links")
    sheets = []
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False, rich_text=True)
    for sheet in book.worksheets:
        path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
        if path not in scans:
            raise RefusedError("workbook-broken")
        raw = archive.read(path)
        inline = _raised_inline(raw)
        cells: list[tuple[Any, ...]] = []
        waiting = set(scans[path].formulas)
        for cell in _filled(sheet):
            at = (cell.row, cell.column)
            computed = at in waiting
            waiting.discard(at)
            kind, text = _kind(cell)
            raised = inline.get(at) or _raised(cell.value)
            if text or kind != "s":
                cells.append((*at, kind, text, raised, computed) if raised or computed else (*at, kind, text))
            if cell.row > SHEET_ROWS.most or cell.column > SHEET_COLUMNS.most:
                raise RefusedError(SHEET_ROWS.rule, what=f"{sheet.title}!{address(cell.row, cell.column)}", found=cell.row)
        cells += [(row, column, "f", "") for row, column in waiting]
        rows, columns = _hidden(raw, max((c[1] for c in cells), default=0))
        sheets.append(
            {
                "name": sheet.title,
                "hidden": sheet.sheet_state != "visible",
                "cells": sorted(cells, key=lambda c: c[:2]),
                "hidden_rows": rows,
                "hidden_columns": columns,
            }
        )
    return {"sheets": sheets, "warnings": warnings}


def _filled(sheet: Any) -> Iterator[Any]:
    """Cells that hold something; declared dimensions are not believed."""
    sheet.reset_dimensions()
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                yield cell


def _kind(cell: Any) -> tuple[str, str]:
    value = cell.value
    if cell.data_type == "e":
        return "e", str(value)
    if isinstance(value, bool):
        return "b", "true" if value else "false"
    if isinstance(value, int | float) and not math.isfinite(value):
        return "e", str(value)
    if isinstance(value, int | float):
        percent = "%" in re.sub(r'"[^"]*"|\\.', "", str(cell.number_format))
        return ("p" if percent else "n"), number_text(value)
    if hasattr(value, "isoformat"):
        return "d", value.isoformat().removesuffix("T00:00:00")
    return "s", str(value).strip()


def _raised(value: Any) -> list[str]:
    """Superscript runs of a rich text."""
    runs = value if isinstance(value, list) else ()
    raised = [str(r).strip() for r in runs if getattr(getattr(r, "font", None), "vertAlign", None) == "superscript"]
    return [text for text in raised if text]


def _raised_inline(raw: bytes) -> dict[tuple[int, int], list[str]]:
    """Superscript runs of texts that stand in the sheet itself, which the reader gives as plain text."""
    if b"vertAlign" not in raw:
        return {}
    from xml.etree.ElementTree import iterparse

    found: dict[tuple[int, int], list[str]] = {}
    for _, cell in iterparse(io.BytesIO(raw)):
        if cell.tag != _MAIN + "c":
            continue
        runs = [
            text
            for run in cell.iter(_MAIN + "r")
            if any(a.get("val") == "superscript" for a in run.iter(_MAIN + "vertAlign"))
            and (text := "".join(t.text or "" for t in run.iter(_MAIN + "t")).strip())
        ]
        place = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", ""))
        if runs and place:
            found[int(place[2]), column_number(place[1])] = runs
        cell.clear()
    return found


def _hidden(raw: bytes, reach: int) -> tuple[list[int], list[int]]:
    """Hidden rows, and hidden columns as far as cells reach."""
    rows = [
        int(number[1])
        for tag in re.findall(rb"<row [^>]*>", raw)
        if re.search(rb'hidden="(?:1|true)"', tag) and (number := re.search(rb' r="(\d+)"', tag))
    ]
    columns: list[int] = []
    for tag in re.findall(rb"<col [^>]*>", raw):
        if not re.search(rb'hidden="(?:1|true)"', tag):
            continue
        first, last = (int(n[1]) if (n := re.search(rb" " + name + rb'="(\d+)"', tag)) else 0 for name in (b"min", b"max"))
        columns += range(first, min(last, reach) + 1)
    return rows, columns
