"""Tables as institutions send them, read by `data/<file>.map.yaml`: every filled cell is used, refused or left out, and is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin.load.map_heads import Grid, first_text, read_heads
from bulletin.load.map_rows import MappedRows
from bulletin.load.nearest import fold, nearest
from bulletin.load.patterns import begins
from bulletin.load.sheet import Sheet, SheetCell, address, column_number
from bulletin.load.table import Left, Table, refused
from bulletin.load.table_map import TableMap, map_faults
from bulletin.load.workbook import faults, out_of_sight, rows_of
from bulletin.model.finding import Finding, Parameter, Place, Severity


def read_mapped(
    sheets: Sequence[Sheet], specs: Sequence[TableMap], file: str, map_file: str, *, text_file: bool
) -> tuple[Table, ...]:
    """One table per description, then one for what stands outside them; every value keeps its own cell."""
    tables: list[Table] = []
    inside: dict[str, set[tuple[int, int]]] = {}
    for spec in specs:
        sheet, findings = _sheet(sheets, spec, file)
        findings += map_faults(spec, map_file)
        if sheet is None or any(f.rule == "map-bad-pattern" for f in findings):
            tables.append(refused(file, spec.sheet, findings))
            continue
        table, cells = _read(sheet, spec, file, "" if text_file else sheet.name, findings)
        tables.append(table)
        inside.setdefault(sheet.name, set()).update(cells)
    if not any(f.severity is Severity.ERROR and f.rule.startswith("map-") for t in tables for f in t.findings):
        tables += _outside(sheets, inside, file, text_file=text_file)
    return tuple(tables)


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


def _outside(sheets: Sequence[Sheet], inside: Mapping[str, set[tuple[int, int]]], file: str, *, text_file: bool) -> list[Table]:
    """The rows that no table of a sheet covers, as ignored, and the sheets that no table names."""
    found: list[Table] = []
    for sheet in sheets:
        if sheet.name not in inside:
            if sheet.cells:
                finding = Finding("map-sheet-unread", Severity.INFO, Place(file, sheet.name))
                found.append(refused(file, sheet.name, [finding]))
            continue
        rest = rows_of(c for c in sheet.cells if c.text and (c.row, c.column) not in inside[sheet.name])
        left = tuple(Left(address(row, min(cells)), "outside", first_text(cells)) for row, cells in rest.items())
        if left:
            nothing = refused(file, "" if text_file else sheet.name, ())
            found.append(Table(nothing.file, nothing.sheet, nothing.frame, len(left), {}, {"outside": len(left)}, (), left=left))
    return found


def _read(sheet: Sheet, spec: TableMap, file: str, name: str, findings: list[Finding]) -> tuple[Table, set[tuple[int, int]]]:
    """The table, and all cells between its heads and its end."""
    first = column_number(spec.first_column) or 1
    last = column_number(spec.last_column) or 10**6
    grid: Grid = rows_of(c for c in sheet.cells if first <= c.column <= last)
    hidden = frozenset(sheet.hidden_columns) if spec.hidden == "skip" else frozenset()
    sight: Grid = {row: {n: c for n, c in cells.items() if n not in hidden} for row, cells in grid.items()}
    rows_ = ", ".join(str(r) for r in spec.header_rows)
    heads, found = read_heads(sight, spec, Place(file, name, rows_))
    findings += found
    body = _body(grid, spec, heads.last)
    numbers = [*spec.header_rows, *(number for number, _ in body)]
    inside = {(n, c) for n in numbers for c in grid.get(n, {})}
    if any(f.severity is Severity.ERROR and f.rule.startswith("map-") for f in findings):
        return refused(file, name, findings), inside
    # A column that the map names is a declared choice, hidden or not.
    named = heads.dropped | set(heads.stub.values())
    here = [c for _, cells in body for c in cells.values() if c.column not in named]
    hidden_rows, hidden_columns, found = out_of_sight(sheet, here, spec.hidden, file)
    findings += found
    reading = MappedRows(spec, heads, Place(file, name), hidden_rows, hidden_columns)
    findings += reading.unread(body)
    for number, cells in body:
        reading.row(number, cells)
    findings += faults(reading.taken, sheet, file, percent=spec.percent == "multiply")
    return reading.table((*findings, *reading.findings())), inside


def _body(grid: Grid, spec: TableMap, heads: int) -> list[tuple[int, Mapping[int, SheetCell]]]:
    rows: list[tuple[int, Mapping[int, SheetCell]]] = []
    former = 0
    for number in sorted(grid):
        if number < (spec.first_row or heads + 1) or (spec.last_row and number > spec.last_row):
            continue
        cells = grid[number]
        if spec.until and begins(spec.until, first_text(cells)):
            break
        if spec.until_blank and former and number > former + 1:
            break
        former = number
        rows.append((number, cells))
    return rows
