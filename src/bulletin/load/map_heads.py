"""The heads of a mapped table: which column holds labels, which figures, and what the heads across say of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bulletin.load.map_marks import joined, meaning, without_marks
from bulletin.load.nearest import fold, nearest
from bulletin.load.patterns import whole, within
from bulletin.load.sheet import SheetCell, column_number, letters
from bulletin.load.table_map import TableMap
from bulletin.model.finding import Finding, Parameter, Place, Severity

Grid = Mapping[int, Mapping[int, SheetCell]]
"""Row to column to cell."""


@dataclass(frozen=True)
class Head:
    column: int
    values: Mapping[str, str]
    """Canonical name to code, from the heads across."""
    said: Mapping[str, str] = field(default_factory=dict)
    """Canonical name to text, from the marks of the heads."""


@dataclass(frozen=True)
class Heads:
    stub: Mapping[str, int]
    """Canonical name to column number."""
    figures: tuple[Head, ...]
    dropped: frozenset[int]
    """Columns that `drop_columns` leaves out."""
    last: int
    """The last row of the heads."""


def read_heads(grid: Grid, spec: TableMap, where: Place) -> tuple[Heads, list[Finding]]:
    """`grid` holds what lies between the first and the last column of the table."""
    last = max(spec.header_rows, default=0)
    stub, findings = _stub(grid, spec, where)
    if not spec.across:
        number = stub.get("OBS_VALUE")
        return Heads(stub, (Head(number, {}),) if number else (), frozenset(), last), findings
    figures, dropped, found = _across(grid, spec, stub, last, where)
    return Heads(stub, figures, dropped, last), findings + found


def _stub(grid: Grid, spec: TableMap, where: Place) -> tuple[dict[str, int], list[Finding]]:
    by_text: dict[str, int] = {}
    for row in sorted(spec.header_rows, reverse=True):
        for n, cell in sorted(grid.get(row, {}).items()):
            for text in (cell.text, without_marks(cell, spec).text):
                by_text.setdefault(fold(text), n)
    found: dict[str, int] = {}
    findings: list[Finding] = []
    for name, said in spec.columns.items():
        number = by_text.get(fold(said)) or (column_number(said) if said.isupper() else 0)
        if number:
            found[name] = number
        else:
            texts = [c.text for row in spec.header_rows for c in grid.get(row, {}).values()]
            parameters: dict[str, Parameter] = {"name": said, "nearest": nearest(said, texts) or ", ".join(texts[:8])}
            findings.append(Finding("map-unknown-head", Severity.ERROR, where, parameters=parameters))
    return found, findings


def _across(
    grid: Grid, spec: TableMap, stub: Mapping[str, int], last: int, where: Place
) -> tuple[tuple[Head, ...], frozenset[int], list[Finding]]:
    """The columns that hold figures, those left out, and heads that give no code."""
    rows = {(a.row, a.fill): _filled_right(grid, spec, a.row, a.fill, set(stub.values()), last) for a in spec.across}
    columns = sorted({n for row in rows.values() for n in row} - set(stub.values()))
    heads: list[Head] = []
    dropped: set[int] = set()
    findings: list[Finding] = []
    for number in columns:
        cells = [rows[a.row, a.fill].get(number) for a in spec.across]
        marked = [without_marks(c, spec) for c in cells]
        words = " ".join(dict.fromkeys(m.text for m in marked)).strip()
        name = letters(number)
        if any(name == d or whole(d, words) for d in spec.drop_columns):
            dropped.add(number)
            continue
        values: dict[str, str] = {}
        said: dict[str, str] = {}
        for across, mark in zip(spec.across, marked, strict=True):
            code = coded(mark.text, across.regex, across.map)
            place = Place(where.file, where.sheet, f"{name}{across.row}")
            if not code:
                parameters: dict[str, Parameter] = {"found": words, "column": across.column}
                findings.append(Finding("map-head-not-understood", Severity.ERROR, place, parameters=parameters))
                break
            values[across.column] = code
            more, unknown = meaning(mark.marks, spec)
            if unknown:
                findings.append(Finding("map-unknown-mark", Severity.ERROR, place, parameters={"mark": unknown}))
                break
            said = joined(said, more)
        else:
            heads.append(Head(number, values, said))
    return tuple(heads), frozenset(dropped), findings


def _filled_right(grid: Grid, spec: TableMap, row: int, fill: bool, stub: set[int], last: int) -> dict[int, SheetCell]:
    """Heads by column, empty ones filled from the left as far as the other heads and the figures reach."""
    heads = {n: c for n, c in grid.get(row, {}).items() if c.text}
    if not fill or not heads:
        return heads
    reach = max(n for r in (*spec.header_rows, last + 1) for n in grid.get(r, {0: None}))
    filled: dict[int, SheetCell] = {}
    current: SheetCell | None = None
    for n in range(min(heads), reach + 1):
        if n in stub:
            current = None
            continue
        current = heads.get(n, current)
        if current:
            filled[n] = current
    return filled


_BILINGUAL = re.compile(r"\s*(?:/|\n|\||\s[-\u2013\u2014]\s)\s*")
"""What stands between the two languages of a head: `Homens/Men`, `Homens – Men`, two lines."""


def coded(text: str, regex: str, mapping: Mapping[str, str]) -> str | None:
    """Text through pattern and map; None when the pattern or the map does not know it."""
    if regex:
        found = within(regex, text)
        part = None if found is None else found[1] if found.re.groups else found[0]
        if part is None:
            return None
        text = part
    if not mapping:
        return text
    return in_map(text, mapping)


def in_map(text: str, mapping: Mapping[str, str]) -> str | None:
    """The code of a text, or of a text in two languages when the map knows both and they agree."""
    by_fold = {fold(k): v for k, v in mapping.items()}
    if fold(text) in by_fold:
        return by_fold[fold(text)]
    parts = [by_fold.get(fold(part)) for part in _BILINGUAL.split(text) if part]
    return parts[0] if len(parts) > 1 and len(set(parts)) == 1 else None


def label(text: str, name: str, spec: TableMap) -> str:
    """A label through its pattern and map; what they do not know stays, so that code lists can judge it."""
    code = coded(text, spec.regex.get(name, ""), {})
    text = text if code is None else code
    return in_map(text, spec.map.get(name, {})) or text


def first_text(cells: Mapping[int, SheetCell]) -> str:
    """The first filled cell of a row."""
    return next((cells[n].text for n in sorted(cells) if cells[n].text), "")
