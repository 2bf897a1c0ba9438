"""Workbooks read in a bounded child process, so that a hostile or damaged file cannot take the program down."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bulletin.load.csv_table import known_columns
from bulletin.load.sheet import Sheet, SheetCell, address
from bulletin.load.table import HEADERS, REQUIRED, Table
from bulletin.load.text_file import FORBIDDEN
from bulletin.model.finding import Finding, Parameter, Place, Severity

if TYPE_CHECKING:
    import pandas as pd

SECONDS = 90
_SHOWN = 20


def refused_at_sight(content: bytes) -> str:
    """The rule by which the first bytes rule a file out, or an empty string."""
    if not content:
        return "empty-file"
    if content[:4] == b"\xd0\xcf\x11\xe0":
        return "workbook-encrypted" if "EncryptedPackage".encode("utf-16-le") in content else "old-workbook"
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        return "html-as-workbook"
    return "" if content[:2] == b"PK" else "workbook-broken"


def read_sheets(content: bytes, file: str) -> tuple[tuple[Sheet, ...], list[Finding]]:
    """All sheets of an XLSX or ODS file; none when it is refused."""
    rule = refused_at_sight(content)
    if rule:
        return (), [Finding(rule, Severity.ERROR, Place(file))]
    kind = "ods" if file.lower().endswith(".ods") else "xlsx"
    command = [sys.executable, "-m", "bulletin.load.reader_child", kind]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return (), [_too_large(file, "time")]
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        # Killed by the system at its limit of memory or time: nothing was answered.
        return (), [_too_large(file, "memory")]
    if "refused" in answer:
        return (), [Finding(answer["refused"], Severity.ERROR, Place(file), parameters=answer["parameters"])]
    findings = [Finding(rule, Severity.WARNING, Place(file)) for rule in answer["warnings"]]
    sheets = tuple(
        Sheet(
            s["name"],
            s["hidden"],
            tuple(SheetCell(row, column, kind, text) for row, column, kind, text in s["cells"]),
            tuple(s["hidden_rows"]),
            s["hidden_columns"],
        )
        for s in answer["sheets"]
    )
    return sheets, findings


def _too_large(file: str, what: str) -> Finding:
    return Finding("workbook-too-large", Severity.ERROR, Place(file), parameters={"what": what, "found": 0})


def faults(sheet: Sheet, file: str, *, percent: bool = False) -> list[Finding]:
    """Cells that must not pass for a value, by address: errors, formulas without value, per cent formats, hidden characters."""
    findings: list[Finding] = []
    rules = {"e": "cell-error", "f": "formula-without-value"} | ({} if percent else {"p": "percent-format"})
    for kind, rule in rules.items():
        cells = [c for c in sheet.cells if c.kind == kind]
        findings += _grouped(rule, cells, sheet, file)
    findings += _grouped(
        "forbidden-character", [c for c in sheet.cells if c.kind == "s" and FORBIDDEN.search(c.text)], sheet, file
    )
    rows = set(sheet.hidden_rows) & {c.row for c in sheet.cells}
    if rows:
        shown = ", ".join(str(r) for r in sorted(rows)[:5])
        findings.append(
            Finding(
                "hidden-rows", Severity.WARNING, Place(file, sheet.name, shown), parameters={"count": len(rows), "rows": shown}
            )
        )
    if sheet.hidden_columns:
        findings.append(
            Finding("hidden-columns", Severity.WARNING, Place(file, sheet.name), parameters={"count": sheet.hidden_columns})
        )
    return findings


def _grouped(rule: str, cells: Sequence[SheetCell], sheet: Sheet, file: str) -> list[Finding]:
    if not cells:
        return []
    findings = []
    for cell in cells[:_SHOWN]:
        parameters: dict[str, Parameter] = {"found": cell.text[:60]}
        bad = FORBIDDEN.search(cell.text)
        if bad:
            parameters = {"character": f"U+{ord(bad[0]):04X}"}
        findings.append(
            Finding(rule, Severity.ERROR, Place(file, sheet.name, address(cell.row, cell.column)), parameters=parameters)
        )
    if len(cells) > _SHOWN:
        more: Mapping[str, Parameter] = {"rule": rule, "count": len(cells) - _SHOWN}
        findings.append(Finding("more-of-the-same", Severity.ERROR, Place(file, sheet.name), parameters=more))
    return findings


def canonical_tables(sheets: Sequence[Sheet], file: str) -> tuple[Table, ...]:
    """One table per visible sheet whose first filled row is the canonical header."""
    tables: list[Table] = []
    findings: list[Finding] = []
    for sheet in sheets:
        rows = _rows(sheet)
        head = next(iter(rows.values()), {})
        names = {c.text.casefold() for c in head.values()}
        if not {h.casefold() for h in REQUIRED} & names:
            if sheet.cells:
                findings.append(Finding("sheet-ignored", Severity.INFO, Place(file, sheet.name)))
        elif sheet.hidden:
            findings.append(Finding("sheet-hidden", Severity.WARNING, Place(file, sheet.name)))
        else:
            tables.append(_canonical(sheet, rows, file))
    if not tables:
        findings.append(Finding("not-canonical", Severity.ERROR, Place(file), parameters={"columns": ", ".join(REQUIRED)}))
    return (*tables, Table(file, "", _empty(), 0, 0, 0, tuple(findings)))


def _empty() -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame()


def _rows(sheet: Sheet) -> dict[int, dict[int, SheetCell]]:
    rows: dict[int, dict[int, SheetCell]] = {}
    for cell in sheet.cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    return dict(sorted(rows.items()))


def _canonical(sheet: Sheet, rows: Mapping[int, Mapping[int, SheetCell]], file: str) -> Table:
    import numpy as np
    import pandas as pd

    first = next(iter(rows))
    head = rows[first]
    order = sorted(head)
    columns_, findings = known_columns([head[c].text for c in order], Place(file, sheet.name, str(first)))
    columns = {order[n]: column for n, column in columns_.items()}
    missing = [name for name in REQUIRED if HEADERS[name] not in columns.values()]
    findings += faults(sheet, file)
    if missing:
        parameters = {"names": ", ".join(missing)}
        findings.append(Finding("missing-columns", Severity.ERROR, Place(file, sheet.name, str(first)), parameters=parameters))
        return Table(file, sheet.name, _empty(), 0, 0, 0, tuple(findings))
    value_column = next(c for c, name in columns.items() if name == "value")
    body = {row: cells for row, cells in rows.items() if row != first}
    data: dict[str, list[str]] = {name: [] for name in columns.values()}
    numbers: list[float] = []
    cells_: list[str] = []
    rejected = ignored = 0
    as_text: list[str] = []
    for row, cells in body.items():
        if not any(c in columns for c in cells):
            ignored += 1
            continue
        if any(c.kind in "ef" or (c.kind == "p" and n == value_column) for n, c in cells.items() if n in columns):
            rejected += 1
            continue
        value = cells.get(value_column)
        typed = value is not None and value.kind == "n"
        numbers.append(float(value.text) if value is not None and typed else np.nan)
        cells_.append(address(row, value_column))
        if value is not None and value.kind == "s" and any(ch.isdigit() for ch in value.text):
            as_text.append(address(row, value_column))
        for number, name in columns.items():
            cell = cells.get(number)
            data[name].append("" if cell is None or (typed and number == value_column) else cell.text)
    if as_text:
        parameters_: dict[str, Parameter] = {"count": len(as_text), "cells": ", ".join(as_text[:3])}
        findings.append(Finding("number-as-text", Severity.WARNING, Place(file, sheet.name, as_text[0]), parameters=parameters_))
    if not cells_:
        findings.append(Finding("no-rows", Severity.WARNING, Place(file, sheet.name)))
    frame = pd.DataFrame({name: pd.Series(texts, dtype="category") for name, texts in data.items()})
    frame["number"] = np.array(numbers, dtype=np.float64)
    frame["cell"] = pd.Series(cells_, dtype=object)
    return Table(file, sheet.name, frame, len(body) - ignored, rejected, ignored, tuple(findings))
