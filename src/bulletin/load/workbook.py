"""Workbooks read in a bounded child process, so that a hostile or damaged file cannot take the program down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from bulletin.isolated import LostError, Reader
from bulletin.load.csv_table import known_columns, other_count
from bulletin.load.lost import stopped
from bulletin.load.memory import recalled
from bulletin.load.sheet import CellKind, Sheet, SheetCell, address, letters
from bulletin.load.table import HEADERS, REQUIRED, Left, Table, counted, refused
from bulletin.load.text_file import FORBIDDEN
from bulletin.model.edition import DataFile
from bulletin.model.finding import Finding, Parameter, Place, Severity

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


def read_sheets(content: bytes, file: str, reader: Reader | None = None) -> tuple[tuple[Sheet, ...], list[Finding]]:
    """All sheets of an XLSX or ODS file; none when it is refused. `reader`: the process that reads, for several files the same."""
    # A refusal is not remembered: a file may have been too large for a busy machine only.
    return recalled("workbook", content, file, lambda: _read_sheets(content, file, reader), lambda answer: bool(answer[0]))


def _read_sheets(content: bytes, file: str, reader: Reader | None) -> tuple[tuple[Sheet, ...], list[Finding]]:
    rule = refused_at_sight(content)
    if rule:
        return (), [Finding(rule, Severity.ERROR, Place(file))]
    if reader is None:
        with Reader() as own:
            return read_sheets(content, file, own)
    try:
        answer = reader.call("bulletin.load.reader_book:read_book", "ods" if file.lower().endswith(".ods") else "xlsx", content)
    except LostError as lost:
        return (), [stopped(lost, file)]
    if "refused" in answer:
        return (), [Finding(answer["refused"], Severity.ERROR, Place(file), parameters=answer["parameters"])]
    findings = [Finding(rule, Severity.WARNING, Place(file)) for rule in answer["warnings"]]
    sheets = tuple(
        Sheet(
            s["name"],
            s["hidden"],
            tuple(_cell(*c) for c in s["cells"]),
            tuple(s["hidden_rows"]),
            tuple(s["hidden_columns"]),
        )
        for s in answer["sheets"]
    )
    return sheets, findings


def _cell(row: int, column: int, kind: CellKind, text: str, raised: Sequence[str] = (), formula: bool = False) -> SheetCell:
    return SheetCell(row, column, kind, text, tuple(raised), formula)


def faults(cells: Sequence[SheetCell], sheet: Sheet, file: str, *, percent: bool = False) -> list[Finding]:
    """Cells that must not pass for a value, by address: errors, formulas without value, per cent formats, hidden characters;
    for information, values that formulas gave."""
    findings: list[Finding] = []
    rules = {"e": "cell-error", "f": "formula-without-value"} | ({} if percent else {"p": "percent-format"})
    for kind, rule in rules.items():
        findings += _grouped(rule, [c for c in cells if c.kind == kind], sheet, file)
    findings += _grouped("forbidden-character", [c for c in cells if c.kind == "s" and FORBIDDEN.search(c.text)], sheet, file)
    computed = [c for c in cells if c.formula and c.kind in "npsbd"]
    if computed:
        shown: dict[str, Parameter] = {"count": len(computed), "cells": ", ".join(c.where for c in computed[:3])}
        place = Place(file, sheet.name, computed[0].where)
        findings.append(Finding("formula-values", Severity.INFO, place, parameters=shown))
    return findings


def out_of_sight(
    sheet: Sheet, cells: Iterable[SheetCell], declared: Literal["read", "skip"] | None, file: str
) -> tuple[frozenset[int], frozenset[int], list[Finding]]:
    """Hidden rows and columns among the cells of a table that are to be left out; an error where nobody said whether they count."""
    rows = frozenset(sheet.hidden_rows) & {c.row for c in cells}
    columns = frozenset(sheet.hidden_columns) & {c.column for c in cells}
    severity = Severity.INFO if declared else Severity.ERROR
    findings = []
    rules = (f"hidden-rows-{declared}", f"hidden-columns-{declared}") if declared else ("hidden-rows", "hidden-columns")
    for rule, names in zip(rules, ([str(r) for r in sorted(rows)], [letters(c) for c in sorted(columns)]), strict=True):
        if names:
            parameters: dict[str, Parameter] = {"count": len(names), "names": ", ".join(names[:8])}
            findings.append(Finding(rule, severity, Place(file, sheet.name, names[0]), parameters=parameters))
    return (rows, columns, findings) if declared != "read" else (frozenset(), frozenset(), findings)


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


def canonical_tables(sheets: Sequence[Sheet], file: str, declared: DataFile | None = None) -> tuple[Table, ...]:
    """One table per visible sheet whose first filled row is the canonical header."""
    tables: list[Table] = []
    findings: list[Finding] = []
    for sheet in sheets:
        rows = rows_of(sheet.cells)
        head = next(iter(rows.values()), {})
        names = {c.text.casefold() for c in head.values()}
        if not {h.casefold() for h in REQUIRED} & names:
            if sheet.cells:
                findings.append(Finding("sheet-ignored", Severity.INFO, Place(file, sheet.name)))
        elif sheet.hidden:
            findings.append(Finding("sheet-hidden", Severity.WARNING, Place(file, sheet.name)))
        else:
            tables.append(_canonical(sheet, rows, file, declared))
    if not tables:
        findings.append(Finding("not-canonical", Severity.ERROR, Place(file), parameters={"columns": ", ".join(REQUIRED)}))
    findings += other_count(sum(t.read - t.ignored.get("blank", 0) for t in tables), file, declared)
    return (*tables, refused(file, "", findings))


def rows_of(cells: Iterable[SheetCell]) -> dict[int, dict[int, SheetCell]]:
    """Row to column to cell, rows in order."""
    rows: dict[int, dict[int, SheetCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    return dict(sorted(rows.items()))


def _canonical(sheet: Sheet, rows: Mapping[int, Mapping[int, SheetCell]], file: str, declared: DataFile | None) -> Table:
    import numpy as np
    import pandas as pd

    first = next(iter(rows))
    head = rows[first]
    order = sorted(head)
    columns_, findings = known_columns([head[c].text for c in order], Place(file, sheet.name, str(first)))
    columns = {order[n]: column for n, column in columns_.items()}
    missing = [name for name in REQUIRED if HEADERS[name] not in columns.values()]
    used = [c for c in sheet.cells if c.column in columns]
    findings += faults(used, sheet, file)
    if missing:
        parameters = {"names": ", ".join(missing)}
        findings.append(Finding("missing-columns", Severity.ERROR, Place(file, sheet.name, str(first)), parameters=parameters))
        return refused(file, sheet.name, findings)
    choice = declared.hidden if declared else None
    hidden_rows, hidden_columns, found = out_of_sight(sheet, used, choice, file)
    findings += found
    if hidden_columns:
        # A canonical table without one of its columns would be another table.
        columns = {n: name for n, name in columns.items() if n not in hidden_columns}
    value_column = next((c for c, name in columns.items() if name == "value"), 0)
    if not value_column:
        return refused(file, sheet.name, findings)
    body = {row: cells for row, cells in rows.items() if row != first}
    data: dict[str, list[str]] = {name: [] for name in columns.values()}
    numbers: list[float] = []
    cells_: list[str] = []
    rejected: list[Left] = []
    ignored: list[Left] = []
    as_text: list[str] = []
    for row, cells in body.items():
        where = address(row, value_column)
        value = cells.get(value_column)
        said = value.text if value else ""
        if not any(c in columns for c in cells):
            ignored.append(Left(str(row), "blank", next(iter(cells.values())).text))
            continue
        if row in hidden_rows:
            (ignored if choice else rejected).append(Left(where, "hidden" if choice else "hidden-rows", said))
            continue
        fault = next(
            (rule for n, c in sorted(cells.items()) if n in columns and (rule := _fault(c, is_value=n == value_column))), ""
        )
        if fault:
            rejected.append(Left(where, fault, said))
            continue
        if value is not None and value.raised:
            rejected.append(Left(where, "superscript-mark", said))
            findings.append(_raised(value, sheet, file))
            continue
        typed = value is not None and value.kind == "n"
        numbers.append(float(said) if typed else np.nan)
        cells_.append(where)
        if value is not None and value.kind == "s" and any(ch.isdigit() for ch in value.text):
            as_text.append(where)
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
    by_rule, by_reason = (counted(one.reason for one in group) for group in (rejected, ignored))
    return Table(file, sheet.name, frame, len(body), by_rule, by_reason, tuple(findings), left=(*rejected, *ignored))


def _fault(cell: SheetCell, *, is_value: bool) -> str:
    rule = {"e": "cell-error", "f": "formula-without-value"}.get(cell.kind, "")
    return "percent-format" if cell.kind == "p" and is_value else rule


def _raised(cell: SheetCell, sheet: Sheet, file: str) -> Finding:
    parameters: dict[str, Parameter] = {"found": cell.text, "mark": " ".join(cell.raised)}
    return Finding("superscript-mark", Severity.ERROR, Place(file, sheet.name, cell.where), parameters=parameters)
