"""Run as a process of its own with limits on memory and time: a workbook on standard input becomes JSON on standard output."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

from bulletin.load.sheet import MAX_COLUMNS, MAX_MEMBERS, MAX_RATIO, MAX_ROWS, MAX_UNPACKED, address

MEMORY, SECONDS = 2 * 1024**3, 60


class RefusedError(Exception):
    def __init__(self, rule: str, **parameters: str | int) -> None:
        super().__init__(rule)
        self.rule, self.parameters = rule, parameters


def limit_resources() -> None:
    """Where the system has them: no more than 2 GB and a minute of processor time."""
    try:
        import resource
    except ImportError:
        return
    for what, amount in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        try:
            _, hard = resource.getrlimit(what)
            amount = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
            resource.setrlimit(what, (amount, hard))
        except (ValueError, OSError):
            continue


def checked_archive(content: bytes) -> zipfile.ZipFile:
    """Refuses what unpacks to more than it should; bytes are counted while reading because declared sizes may lie."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise RefusedError("workbook-too-large", what="members", found=len(members))
        if any(m.flag_bits & 1 for m in members):
            raise RefusedError("workbook-encrypted")
        total = 0
        for member in members:
            if member.file_size > MAX_UNPACKED or member.file_size > MAX_RATIO * max(member.compress_size, 1000):
                raise RefusedError("workbook-too-large", what=member.filename[:60], found=member.file_size)
            with archive.open(member) as stream:
                head = b""
                while chunk := stream.read(1 << 20):
                    total += len(chunk)
                    if total > MAX_UNPACKED:
                        raise RefusedError("workbook-too-large", what=member.filename[:60], found=total)
                    if not head:
                        head = chunk[:4096]
                if member.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in head:
                    raise RefusedError("workbook-broken")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise RefusedError("workbook-broken") from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise RefusedError("workbook-broken") from error
        raise
    return archive


def read_xlsx(content: bytes, archive: zipfile.ZipFile) -> dict[str, Any]:
    """Values and formulas are both looked at: a formula whose value was never stored must not pass for an empty cell."""
    from openpyxl import load_workbook

    names = set(archive.namelist())
    warnings = []
    if any(n.endswith("vbaProject.bin") for n in names):
        warnings.append("workbook-macros")
    if any("externalLinks/" in n for n in names):
        warnings.append("workbook-links")
    formulas: dict[str, set[tuple[int, int]]] = {}
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    for sheet in book.worksheets:
        found = formulas.setdefault(sheet.title, set())
        for cell in _filled(sheet):
            if cell.data_type == "f":
                found.add((cell.row, cell.column))
    book.close()
    sheets = []
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        cells: list[tuple[int, int, str, str]] = []
        waiting = formulas[sheet.title]
        for cell in _filled(sheet):
            waiting.discard((cell.row, cell.column))
            kind, text = _kind(cell)
            if text or kind != "s":
                cells.append((cell.row, cell.column, kind, text))
            if cell.row > MAX_ROWS or cell.column > MAX_COLUMNS:
                raise RefusedError("workbook-too-large", what=f"{sheet.title}!{address(cell.row, cell.column)}", found=cell.row)
        cells += [(row, column, "f", "") for row, column in waiting]
        rows, columns = _hidden(archive, getattr(sheet, "_worksheet_path", ""))
        sheets.append(
            {
                "name": sheet.title,
                "hidden": sheet.sheet_state != "visible",
                "cells": sorted(cells),
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
    if isinstance(value, int | float):
        percent = "%" in re.sub(r'"[^"]*"|\\.', "", str(cell.number_format))
        return ("p" if percent else "n"), _number(value)
    if hasattr(value, "isoformat"):
        return "d", value.isoformat().removesuffix("T00:00:00")
    return "s", str(value).strip()


def _number(value: float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    return repr(float(value))


def _hidden(archive: zipfile.ZipFile, path: str) -> tuple[list[int], int]:
    """Hidden rows and the number of hidden columns of a sheet."""
    path = path.lstrip("/")
    if path not in archive.namelist():
        return [], 0
    raw = archive.read(path)
    rows = [
        int(number[1])
        for tag in re.findall(rb"<row [^>]*>", raw)
        if re.search(rb'hidden="(?:1|true)"', tag) and (number := re.search(rb' r="(\d+)"', tag))
    ]
    columns = sum(1 for tag in re.findall(rb"<col [^>]*>", raw) if re.search(rb'hidden="(?:1|true)"', tag))
    return rows, columns


_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"


def read_ods(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Read cell by cell, because error values and percentages are lost by the general readers."""
    from xml.etree.ElementTree import ParseError, iterparse

    try:
        if b"manifest:encryption-data" in archive.read("META-INF/manifest.xml"):
            raise RefusedError("workbook-encrypted")
        stream = archive.open("content.xml")
    except KeyError as error:
        raise RefusedError("workbook-broken") from error
    sheets: list[dict[str, Any]] = []
    hidden_styles: set[str] = set()
    sheet: dict[str, Any] = {}
    row, depth = 0, 0
    try:
        for event, element in iterparse(stream, events=("start", "end")):
            tag = element.tag
            if event == "start":
                if tag == _TABLE + "table":
                    depth += 1
                    if depth == 1:
                        name = element.get(_TABLE + "name", "")
                        hidden = element.get(_TABLE + "style-name", "") in hidden_styles
                        sheet = {"name": name, "hidden": hidden, "cells": [], "hidden_rows": [], "hidden_columns": 0}
                        row = 0
                continue
            if tag.endswith("}style") and any(
                child.get(_TABLE + "display") == "false" for child in element if child.tag.endswith("}table-properties")
            ):
                hidden_styles.add(next((v for k, v in element.attrib.items() if k.endswith("}name")), ""))
            elif tag == _TABLE + "table-row" and depth == 1:
                repeat = int(element.get(_TABLE + "number-rows-repeated", "1"))
                cells = list(_ods_cells(element))
                if cells and repeat > 1000:
                    raise RefusedError("workbook-too-large", what=f"{sheet['name']}!{row + 1}", found=repeat)
                if cells:
                    for n in range(repeat):
                        sheet["cells"] += [(row + 1 + n, column, kind, text) for column, kind, text in cells]
                    if element.get(_TABLE + "visibility") in ("collapse", "filter"):
                        sheet["hidden_rows"].append(row + 1)
                row += repeat
                if cells and (row > MAX_ROWS or cells[-1][0] > MAX_COLUMNS):
                    raise RefusedError("workbook-too-large", what=f"{sheet['name']}!{address(row, cells[-1][0])}", found=row)
                element.clear()
            elif tag == _TABLE + "table":
                depth -= 1
                if depth == 0:
                    sheets.append(sheet)
                    element.clear()
    except ParseError as error:
        raise RefusedError("workbook-broken") from error
    return {"sheets": sheets, "warnings": []}


def _ods_cells(row: Any) -> Iterator[tuple[int, str, str]]:
    column = 0
    for cell in row:
        if cell.tag not in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            continue
        repeat = int(cell.get(_TABLE + "number-columns-repeated", "1"))
        found = _ods_kind(cell)
        if found is not None:
            if repeat > 1000:
                raise RefusedError("workbook-too-large", what="table-cell", found=repeat)
            for n in range(repeat):
                yield column + 1 + n, *found
        column += repeat


def _ods_kind(cell: Any) -> tuple[str, str] | None:
    kind = cell.get(_OFFICE + "value-type", "")
    text = "\n".join("".join(p.itertext()) for p in cell.findall(_TEXT + "p")).strip()
    formula = cell.get(_TABLE + "formula") is not None
    if cell.get(_CALC + "value-type") == "error" or (formula and text.startswith(("#", "Err:"))):
        return "e", text
    if kind in ("float", "percentage", "currency"):
        return ("p" if kind == "percentage" else "n"), _number(float(cell.get(_OFFICE + "value", "nan")))
    if kind == "boolean":
        return "b", cell.get(_OFFICE + "boolean-value", "false")
    if kind == "date":
        return "d", cell.get(_OFFICE + "date-value", "").removesuffix("T00:00:00")
    if text:
        return "s", text
    return ("f", "") if formula and not kind else None


def main(kind: str) -> int:
    """Answers with one JSON object: sheets, or the rule by which the file was refused."""
    limit_resources()
    content = sys.stdin.buffer.read()
    answer: dict[str, Any]
    try:
        archive = checked_archive(content)
        answer = read_ods(archive) if kind == "ods" else read_xlsx(content, archive)
    except RefusedError as refused:
        answer = {"refused": refused.rule, "parameters": refused.parameters}
    except MemoryError:
        answer = {"refused": "workbook-too-large", "parameters": {"what": "memory", "found": MEMORY}}
    except Exception:
        # Whatever a damaged file makes the reader raise, the user is told the same: it cannot be read.
        answer = {"refused": "workbook-broken", "parameters": {}}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
