"""The body of a mapped table, row by row: every filled cell is used, refused with a rule, or left out for a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from bulletin.load.map_heads import Heads, label
from bulletin.load.map_marks import joined, meaning, without_marks
from bulletin.load.nearest import fold
from bulletin.load.patterns import whole
from bulletin.load.sheet import SheetCell, address, letters
from bulletin.load.table import HEADERS, Left, Table, counted
from bulletin.load.table_map import IGNORE, TableMap
from bulletin.model.finding import Finding, Parameter, Place, Severity

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 20
NEEDED = ("INDICATOR", "REF_AREA", "SEX", "AGE", "SCHEME", "FUNCTION", "PROGRAMME", "TIME_PERIOD", "SOURCE")
"""Labels whose cell may not be empty where a column holds them: an unlabelled row would pass for a total."""


@dataclass
class MappedRows:
    """A table while it is read, row by row."""

    spec: TableMap
    heads: Heads
    place: Place
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    rows: list[dict[str, str]] = field(default_factory=list)
    numbers: list[float] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    taken: list[SheetCell] = field(default_factory=list)
    rejected: list[Left] = field(default_factory=list)
    ignored: list[Left] = field(default_factory=list)
    marks: list[tuple[str, str]] = field(default_factory=list)
    """Cell and mark taken off."""
    seen: int = 0
    above: dict[str, str] = field(default_factory=dict)
    _faults: list[Finding] = field(default_factory=list)

    def unread(self, body: Iterable[tuple[int, Mapping[int, SheetCell]]]) -> list[Finding]:
        """Columns with something in them that the map says nothing of: an error beside heads across, where they may be figures."""
        known = {*self.heads.stub.values(), *(h.column for h in self.heads.figures), *self.heads.dropped, *self.hidden_columns}
        first: dict[int, SheetCell] = {}
        for _, cells in body:
            for n, cell in cells.items():
                if n not in known and cell.text:
                    first.setdefault(n, cell)
        first = {n: c for n, c in first.items() if letters(n) not in self.spec.drop_columns}
        if not first:
            return []
        names: dict[str, Parameter] = {"names": ", ".join(letters(n) for n in sorted(first)[:8])}
        at = first[min(first)].where
        severity = Severity.ERROR if self.spec.across else Severity.INFO
        rule = "map-column-without-head" if self.spec.across else "map-columns-unread"
        return [Finding(rule, severity, Place(self.place.file, self.place.sheet, at), parameters=names)]

    def row(self, number: int, cells: Mapping[int, SheetCell]) -> None:
        spec = self.spec
        for n in sorted(self.heads.dropped & set(cells)):
            self._ignore(cells[n].where, "dropped-column", cells[n].text)
        kept = [h for h in self.heads.figures if h.column not in self.hidden_columns]
        for n in sorted(self.hidden_columns & set(cells)):
            self._hide(cells[n])
        filled = [cells[h.column] for h in kept if h.column in cells]
        first = next((cells[n] for n in sorted(cells) if cells[n].text), None)
        if first is None or set(cells) <= self.heads.dropped | self.hidden_columns:
            return
        texts = {first.text, without_marks(first, spec).text}
        if any(whole(d, text) for d in spec.drop for text in texts):
            for cell in filled or [first]:
                self._ignore(cell.where, "dropped", cell.text if filled else first.text)
            return
        if number in self.hidden_rows:
            for cell in filled or [first]:
                self._hide(cell)
            return
        labels, said, fault = self._labels(cells)
        if not filled and (not spec.empty or spec.empty == IGNORE):
            self._ignore(first.where, "no-figures", first.text)
            return
        for head in kept:
            self._figure(cells.get(head.column), address(number, head.column), {**labels, **head.values}, said, head.said, fault)

    def _labels(self, cells: Mapping[int, SheetCell]) -> tuple[dict[str, str], dict[str, str], tuple[str, str]]:
        """Labels of a row, what their marks say, and the rule and cell of a fault."""
        labels = dict(self.spec.constants)
        said: dict[str, str] = {}
        fault = ("", "")
        for name, column in self.heads.stub.items():
            if name == "OBS_VALUE":
                continue
            cell = cells.get(column)
            marked = without_marks(cell, self.spec)
            text = marked.text
            if not text and name in self.spec.fill_down:
                text = self.above.get(name, "")
            self.above[name] = text
            code = label(text, name, self.spec)
            if not code and name in NEEDED:
                fault = ("label-missing", "")
            if cell is not None:
                self.taken.append(cell)
                self.marks += [(cell.where, m) for m in marked.marks]
                if cell.kind in "ef":
                    fault = (_fault(cell), cell.where)
            more, unknown = meaning(marked.marks, self.spec)
            if unknown and cell is not None:
                fault = ("map-unknown-mark", cell.where)
            labels[name] = code
            said = joined(said, more)
        return labels, said, fault

    def _figure(
        self,
        cell: SheetCell | None,
        where: str,
        row: dict[str, str],
        of_row: Mapping[str, str],
        of_head: Mapping[str, str],
        fault: tuple[str, str],
    ) -> None:
        spec = self.spec
        sent = cell.text if cell else ""
        if not sent and (cell is None or cell.kind == "s") and spec.empty == IGNORE:
            self._ignore(where, "empty", "")
            return
        if fault[0] and not sent and not spec.empty:
            return
        self.seen += 1
        if cell is not None:
            self.taken.append(cell)
            if cell.kind in "ef" or (cell.kind == "p" and spec.percent == "refuse"):
                self.rejected.append(Left(where, _fault(cell), sent))
                return
        if fault[0]:
            self._refuse(fault[0], where, sent, fault[1])
            return
        value, number, status, marks, rule = _value(cell, spec)
        if rule:
            self._refuse(rule, where, sent, where)
            return
        if status == IGNORE:
            self.seen -= 1
            self._ignore(where, "empty", sent)
            return
        more, unknown = meaning(marks, spec)
        if unknown:
            self._refuse("map-unknown-mark", where, sent, where, unknown)
            return
        self.marks += [(where, m) for m in marks]
        full = joined(joined(joined({**row, "OBS_VALUE": value}, of_head), of_row), more)
        if status:
            full = joined(full, {"OBS_STATUS": status})
        self.rows.append(full)
        self.numbers.append(number)
        self.cells.append(where)
        self.sent.append(_shown(cell) if cell else "")

    def _ignore(self, where: str, reason: str, text: str) -> None:
        self.seen += 1
        self.ignored.append(Left(where, reason, text))

    def _hide(self, cell: SheetCell) -> None:
        self.seen += 1
        skipped = self.spec.hidden == "skip"
        (self.ignored if skipped else self.rejected).append(
            Left(
                cell.where,
                "hidden" if skipped else "hidden-rows" if cell.row in self.hidden_rows else "hidden-columns",
                cell.text,
            )
        )

    def _refuse(self, rule: str, where: str, sent: str, fault_at: str, mark: str = "") -> None:
        """`fault_at`: the cell at fault, which may be the label; cells of one row with a bad label are told once."""
        self.rejected.append(Left(where, rule, sent))
        told = Place(self.place.file, self.place.sheet, fault_at or where)
        if rule == "label-missing":
            told = Place(self.place.file, self.place.sheet, where)
        if any(f.rule == rule and f.place == told for f in self._faults):
            return
        parameters: dict[str, Parameter] = {"found": sent[:60], "mark": mark}
        self._faults.append(Finding(rule, Severity.ERROR, told, parameters=parameters))

    def findings(self) -> list[Finding]:
        """Faults of single cells, the marks that were taken off, rows of words."""
        found = self._faults[:_SHOWN]
        if len(self._faults) > _SHOWN:
            parameters: dict[str, Parameter] = {"rule": self._faults[_SHOWN].rule, "count": len(self._faults) - _SHOWN}
            found.append(Finding("more-of-the-same", Severity.ERROR, self.place, parameters=parameters))
        if self.marks:
            distinct = ", ".join(list(dict.fromkeys(m for _, m in self.marks))[:8])
            cells = ", ".join(list(dict.fromkeys(c for c, _ in self.marks))[:3])
            told: dict[str, Parameter] = {"count": len(self.marks), "marks": distinct, "cells": cells}
            found.append(Finding("marks-taken-off", Severity.INFO, self.place, parameters=told))
        words = [one for one in self.ignored if one.reason == "no-figures"]
        if words:
            told = {"count": len(words), "cells": ", ".join(w.cell for w in words[:3]), "found": words[0].text[:60]}
            found.append(Finding("rows-without-figures", Severity.INFO, self.place, parameters=told))
        if not self.rows and not self.rejected:
            found.append(Finding("no-rows", Severity.WARNING, self.place))
        return found

    def table(self, findings: Iterable[Finding]) -> Table:
        import numpy as np
        import pandas as pd

        names = [n for n in HEADERS if any(n in row for row in self.rows)]
        frame: pd.DataFrame = pd.DataFrame(
            {HEADERS[n]: pd.Series([row.get(n, "") for row in self.rows], dtype="category") for n in names}
        )
        frame["number"] = np.array(self.numbers, dtype=np.float64)
        frame["cell"] = pd.Series(self.cells, dtype=object)
        frame["sent"] = pd.Series(self.sent, dtype=object)
        spec, by_rule, by_reason = self.spec, counted(o.reason for o in self.rejected), counted(o.reason for o in self.ignored)
        return Table(
            self.place.file,
            self.place.sheet,
            frame,
            self.seen,
            by_rule,
            by_reason,
            tuple(findings),
            spec.decimal,
            spec.groups,
            (*self.rejected, *self.ignored),
        )


def _shown(cell: SheetCell) -> str:
    """The text as sent, raised signs told apart: `1 234 ^3`."""
    text = cell.text
    for run in reversed(cell.raised):
        text = text.removesuffix(run).rstrip()
    return " ^".join((text, *cell.raised))


def _fault(cell: SheetCell) -> str:
    return {"e": "cell-error", "f": "formula-without-value"}.get(cell.kind, "percent-format")


def _value(cell: SheetCell | None, spec: TableMap) -> tuple[str, float, str, tuple[str, ...], str]:
    """Text, number (NaN when it is text), the status of a missing value, the marks taken off, the rule by which it is refused."""
    nothing = float("nan")
    if cell is None or not cell.text:
        return "", nothing, spec.empty, (), ""
    if cell.kind == "n":
        return "", float(cell.text), "", (), ""
    if cell.kind == "p":
        return "", float(Decimal(cell.text).scaleb(2)), "", (), ""
    missing = {fold(mark): status for mark, status in spec.missing.items()}
    if not cell.raised and fold(cell.text) in missing:
        return "", nothing, missing[fold(cell.text)], (), ""
    marked = without_marks(cell, spec, figure=True)
    if marked.fault:
        return "", nothing, "", (), marked.fault
    if fold(marked.text) in missing:
        return "", nothing, missing[fold(marked.text)], marked.marks, ""
    zero = {fold(mark) for mark in spec.zero}
    return ("0" if fold(marked.text) in zero else marked.text), nothing, "", marked.marks, ""
