"""Tables as institutions send them, read by `data/<file>.map.yaml`: which column is what, years across, marks and constants."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from bulletin.load.nearest import fold, nearest
from bulletin.load.sheet import Sheet, SheetCell, address, column_number, letters
from bulletin.load.table import HEADERS, Table
from bulletin.load.workbook import faults
from bulletin.model.finding import Finding, Parameter, Place, Severity

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd


@dataclass(frozen=True)
class Across:
    """A row of heads whose texts are codes of one canonical column, e.g. years across the page."""

    column: str
    """Canonical name: `TIME_PERIOD`, `SEX`, …"""
    row: int
    regex: str = ""
    """What to take from the head: the first group, or the whole match."""
    map: Mapping[str, str] = field(default_factory=dict)
    """Text of a head to its code."""
    fill: bool = True
    """An empty head repeats the one to its left, as under a merged cell."""


@dataclass(frozen=True)
class TableMap:
    """How one table of a file is read."""

    sheet: str = ""
    """Name of the sheet; empty: the only visible one."""
    header_rows: tuple[int, ...] = (1,)
    first_row: int = 0
    """First row of figures; 0: the row after the heads."""
    last_row: int = 0
    until: str = ""
    """Reading stops at the first row whose first filled cell matches."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Canonical name to the head (in the last header row) or the letter of the column that holds it."""
    across: tuple[Across, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    """Canonical name to the value that holds for the whole table."""
    regex: Mapping[str, str] = field(default_factory=dict)
    """Canonical name to what is taken from its text: the first group, or the whole match."""
    map: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Canonical name to text and code."""
    fill_down: tuple[str, ...] = ()
    """Canonical names whose empty cells repeat the one above."""
    drop: tuple[str, ...] = ()
    """Rows to leave out: patterns for the whole text of the first filled cell."""
    drop_columns: tuple[str, ...] = ()
    """Columns to leave out: letters, or patterns for the whole text of the head."""
    missing: Mapping[str, str] = field(default_factory=dict)
    """Text that stands for no value to the status that says why: `n.d.: O`, `x: M`."""
    empty: str = ""
    """Status of an empty cell; without it an empty cell is an error."""
    zero: tuple[str, ...] = ()
    """Texts that mean zero."""
    footnote: str = ""
    """What is taken off the end of figures and labels: a pattern such as `\\(\\d\\)`."""
    decimal: Literal[",", "."] | None = None
    groups: str | None = None
    """Characters between groups of three digits."""
    percent: Literal["refuse", "multiply"] = "refuse"
    """Cells formatted as per cent (0.125 shown as 12.5%): `multiply` takes 12.5."""
    encoding: Literal["utf-8", "cp1252", "utf-16"] | None = None
    separator: Literal[",", ";", "\t"] | None = None


@dataclass(frozen=True)
class _Head:
    column: int
    text: str
    values: Mapping[str, str]
    """Canonical name to code, from the heads across."""


def read_mapped(sheets: Sequence[Sheet], spec: TableMap, file: str, map_file: str, *, text_file: bool) -> Table:
    """One table as long rows; every value keeps its own cell."""
    sheet, findings = _sheet(sheets, spec, file)
    findings = [*findings, *_unknown_names(spec, map_file)]
    if sheet is None or any(f.rule == "map-bad-pattern" for f in findings):
        return _refused(file, spec.sheet, findings)
    if not text_file:
        findings += faults(sheet, file, percent=spec.percent == "multiply")
    name = "" if text_file else sheet.name
    grid: dict[int, dict[int, SheetCell]] = {}
    for cell in sheet.cells:
        grid.setdefault(cell.row, {})[cell.column] = cell
    heads = max(spec.header_rows, default=0)
    stub, faults_ = _stub(grid.get(heads, {}), spec, Place(file, name, str(heads)))
    findings += faults_
    values, faults_ = _value_heads(grid, spec, stub, heads, Place(file, name, str(heads)))
    findings += faults_
    if any(f.severity is Severity.ERROR and f.rule.startswith("map-") for f in findings):
        return _refused(file, name, findings)
    rows = _body(grid, spec, heads)
    return _long(rows, spec, stub, values, Table(file, name, _empty(), 0, 0, 0, tuple(findings)))


def _sheet(sheets: Sequence[Sheet], spec: TableMap, file: str) -> tuple[Sheet | None, list[Finding]]:
    if spec.sheet:
        found = next((s for s in sheets if s.name == spec.sheet), None)
        found = found or next((s for s in sheets if fold(s.name) == fold(spec.sheet)), None)
        if found is None:
            names = [s.name for s in sheets]
            parameters: dict[str, Parameter] = {
                "name": spec.sheet,
                "nearest": nearest(spec.sheet, names) or ", ".join(names),
            }
            return None, [Finding("map-unknown-sheet", Severity.ERROR, Place(file), parameters=parameters)]
        return found, []
    visible = [s for s in sheets if not s.hidden and s.cells]
    if len(visible) == 1:
        return visible[0], []
    if not visible:
        return None, [Finding("empty-file", Severity.ERROR, Place(file))]
    names_ = ", ".join(s.name for s in visible)
    return None, [Finding("map-which-sheet", Severity.ERROR, Place(file), parameters={"names": names_})]


def _unknown_names(spec: TableMap, map_file: str) -> list[Finding]:
    used = [*spec.columns, *spec.constants, *spec.regex, *spec.map, *spec.fill_down, *(a.column for a in spec.across)]
    findings = [
        Finding(
            "map-unknown-column", Severity.ERROR, Place(map_file), parameters={"name": n, "nearest": nearest(n, HEADERS) or "?"}
        )
        for n in dict.fromkeys(used)
        if n not in HEADERS
    ]
    given = [*spec.columns, *spec.constants, *(a.column for a in spec.across)]
    patterns = (spec.until, spec.footnote, *spec.drop, *spec.drop_columns, *spec.regex.values(), *(a.regex for a in spec.across))
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error:
            findings.append(Finding("map-bad-pattern", Severity.ERROR, Place(map_file), parameters={"found": pattern[:60]}))
    needed = ["INDICATOR", "TIME_PERIOD", "SOURCE", *([] if spec.across else ["OBS_VALUE"])]
    absent = [
        Finding("map-incomplete", Severity.ERROR, Place(map_file), parameters={"name": n}) for n in needed if n not in given
    ]
    return findings + absent


def _stub(head: Mapping[int, SheetCell], spec: TableMap, where: Place) -> tuple[dict[str, int], list[Finding]]:
    """Canonical name to column number."""
    by_text = {fold(c.text): n for n, c in sorted(head.items(), reverse=True)}
    found: dict[str, int] = {}
    findings: list[Finding] = []
    for name, said in spec.columns.items():
        number = by_text.get(fold(said)) or (column_number(said) if said.isupper() else 0)
        if number:
            found[name] = number
        else:
            texts = [c.text for c in head.values()]
            parameters: dict[str, Parameter] = {"name": said, "nearest": nearest(said, texts) or ", ".join(texts[:8])}
            findings.append(Finding("map-unknown-head", Severity.ERROR, where, parameters=parameters))
    return found, findings


def _value_heads(
    grid: Mapping[int, Mapping[int, SheetCell]], spec: TableMap, stub: Mapping[str, int], last: int, where: Place
) -> tuple[list[_Head], list[Finding]]:
    """The columns that hold figures, with the codes of their heads."""
    if not spec.across:
        number = stub.get("OBS_VALUE")
        return ([_Head(number, "", {})] if number else []), []
    texts = {a.row: _filled_right(grid.get(a.row, {}), spec, a.fill, set(stub.values()), grid, last) for a in spec.across}
    columns = sorted({n for row in texts.values() for n in row} - set(stub.values()))
    heads: list[_Head] = []
    findings: list[Finding] = []
    for number in columns:
        words = " ".join(texts[a.row].get(number, "") for a in spec.across).strip()
        name = letters(number)
        if any(name == d or re.fullmatch(d, words) for d in spec.drop_columns):
            continue
        values: dict[str, str] = {}
        for across in spec.across:
            code = _code(texts[across.row].get(number, ""), across.regex, across.map)
            if code is None or code == "":
                parameters: dict[str, Parameter] = {"found": words, "column": across.column}
                findings.append(
                    Finding(
                        "map-head-not-understood",
                        Severity.ERROR,
                        Place(where.file, where.sheet, f"{name}{across.row}"),
                        parameters=parameters,
                    )
                )
                break
            values[across.column] = code
        else:
            heads.append(_Head(number, words, values))
    return heads, findings


def _filled_right(
    row: Mapping[int, SheetCell],
    spec: TableMap,
    fill: bool,
    stub: set[int],
    grid: Mapping[int, Mapping[int, SheetCell]],
    last: int,
) -> dict[int, str]:
    """Text of the heads by column, empty ones filled from the left as far as the other heads and the figures reach."""
    texts = {n: _without_footnote(c.text, spec) for n, c in row.items() if c.text}
    if not fill or not texts:
        return texts
    reach = max(n for r in (*spec.header_rows, last + 1) for n in grid.get(r, {0: None}))
    filled: dict[int, str] = {}
    current = ""
    for n in range(min(texts), reach + 1):
        if n in stub:
            current = ""
            continue
        current = texts.get(n, current)
        if current:
            filled[n] = current
    return filled


def _without_footnote(text: str, spec: TableMap) -> str:
    return re.sub(rf"\s*(?:{spec.footnote})\s*$", "", text) if spec.footnote else text


def _code(text: str, regex: str, mapping: Mapping[str, str]) -> str | None:
    """Text through pattern and map; None when the pattern or the map does not know it."""
    if regex:
        found = re.search(regex, text)
        if found is None:
            return None
        text = found[1] if found.re.groups else found[0]
    if mapping:
        by_fold = {fold(k): v for k, v in mapping.items()}
        return by_fold.get(fold(text), None if not regex else text)
    return text


def _body(grid: Mapping[int, Mapping[int, SheetCell]], spec: TableMap, heads: int) -> list[tuple[int, Mapping[int, SheetCell]]]:
    rows: list[tuple[int, Mapping[int, SheetCell]]] = []
    for number in sorted(grid):
        if number < (spec.first_row or heads + 1) or (spec.last_row and number > spec.last_row):
            continue
        cells = grid[number]
        label = _first_text(cells)
        if spec.until and re.match(spec.until, label):
            break
        rows.append((number, cells))
    return rows


def _first_text(cells: Mapping[int, SheetCell]) -> str:
    return next((cells[n].text for n in sorted(cells) if cells[n].text), "")


def _long(
    rows: Sequence[tuple[int, Mapping[int, SheetCell]]],
    spec: TableMap,
    stub: Mapping[str, int],
    heads: Sequence[_Head],
    head: Table,
) -> Table:
    import numpy as np
    import pandas as pd

    names = list(dict.fromkeys([*spec.constants, *stub, *(a.column for a in spec.across), "OBS_VALUE", "OBS_STATUS"]))
    data: dict[str, list[str]] = {HEADERS[n]: [] for n in names if n in HEADERS}
    numbers: list[float] = []
    cells_: list[str] = []
    ignored = rejected = 0
    above: dict[str, str] = {}
    missing = {fold(mark): status for mark, status in spec.missing.items()}
    zero = {fold(mark) for mark in spec.zero}
    for number, cells in rows:
        if any(re.fullmatch(d, _first_text(cells)) for d in spec.drop):
            ignored += 1
            continue
        labels: dict[str, str] = dict(spec.constants)
        for name, column in stub.items():
            if name == "OBS_VALUE":
                continue
            text = _without_footnote(cells[column].text if column in cells else "", spec)
            if not text and name in spec.fill_down:
                text = above.get(name, "")
            above[name] = text
            labels[name] = _mapped(text, name, spec)
        if not any(h.column in cells for h in heads):
            ignored += len(heads) if any(labels[n] for n in stub if n in labels) else 0
            continue
        for one in heads:
            cell = cells.get(one.column)
            if cell is not None and (cell.kind in ("e", "f") or (cell.kind == "p" and spec.percent == "refuse")):
                rejected += 1
                continue
            value, typed, status = _value(cell, spec, missing, zero)
            row = {**labels, **one.values, "OBS_VALUE": value}
            if status:
                row["OBS_STATUS"] = status
            for n in names:
                if n in HEADERS:
                    data[HEADERS[n]].append(row.get(n, ""))
            numbers.append(typed)
            cells_.append(address(number, one.column))
    findings = list(head.findings)
    if not cells_ and not rejected:
        findings.append(Finding("no-rows", Severity.WARNING, Place(head.file, head.sheet)))
    frame = pd.DataFrame({name: pd.Series(texts, dtype="category") for name, texts in data.items()})
    typed_numbers: npt.NDArray[np.float64] = np.array(numbers, dtype=np.float64)
    frame["number"] = typed_numbers
    frame["cell"] = pd.Series(cells_, dtype=object)
    read = len(cells_) + rejected
    return Table(head.file, head.sheet, frame, read, rejected, ignored, tuple(findings), spec.decimal, spec.groups)


def _mapped(text: str, name: str, spec: TableMap) -> str:
    """A label through its pattern and map; what the map does not know stays, so that code lists can judge it."""
    code = _code(text, spec.regex.get(name, ""), {})
    text = text if code is None else code
    table = {fold(k): v for k, v in spec.map.get(name, {}).items()}
    return table.get(fold(text), text)


def _value(cell: SheetCell | None, spec: TableMap, missing: Mapping[str, str], zero: set[str]) -> tuple[str, float, str]:
    """Text, number (NaN when it is text) and the status of a missing value."""
    nothing = float("nan")
    if cell is None or not cell.text:
        return "", nothing, spec.empty
    if cell.kind == "n":
        return "", float(cell.text), ""
    if cell.kind == "p":
        return "", float(f"{cell.text}e2"), ""
    text = cell.text.strip()
    if fold(text) in missing:
        return "", nothing, missing[fold(text)]
    text = _without_footnote(text, spec)
    if fold(text) in missing:
        return "", nothing, missing[fold(text)]
    return ("0" if fold(text) in zero else text), nothing, ""


def _empty() -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame()


def _refused(file: str, sheet: str, findings: list[Finding]) -> Table:
    return Table(file, sheet, _empty(), 0, 0, 0, tuple(findings))
