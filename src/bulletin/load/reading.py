"""A table while its columns are understood one after the other: findings, and which rule rejects which row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletin.load.table import HEADER_OF, Table
from bulletin.model.finding import Finding, Parameter, Place, Severity

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Codes = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]

SHOWN = 20
"""Findings of one rule in one column that are told one by one; the rest is counted."""


@dataclass
class Reading:
    table: Table
    fault: Codes
    """Per row 0, or the place from 1 in `rules` of the first rule that rejects it."""
    rules: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def bad(self) -> Mask:
        return self.fault > 0

    def reject(self, rule: str, rows: Mask) -> None:
        """Rows that a former rule has rejected stay with it."""
        if rule not in self.rules:
            self.rules.append(rule)
        self.fault[rows & (self.fault == 0)] = self.rules.index(rule) + 1

    def rejected(self) -> dict[str, int]:
        """Rule to number of rows."""
        import numpy as np

        counts = np.bincount(self.fault, minlength=len(self.rules) + 1)
        return {rule: int(counts[n + 1]) for n, rule in enumerate(self.rules) if counts[n + 1]}

    def reasons(self) -> list[str]:
        """Per row the rule that rejects it, or an empty text."""
        names = ["", *self.rules]
        return [names[n] for n in self.fault.tolist()]

    def report(
        self,
        rule: str,
        column: str,
        codes: Codes,
        texts: Sequence[str],
        wrong: Sequence[int],
        more: Callable[[str], Mapping[str, Parameter]] | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """One finding per distinct text `texts[k]`, k in `wrong`, with count and first cells; errors reject their rows."""
        import numpy as np

        if not len(wrong):
            return
        counts = np.bincount(codes[codes >= 0], minlength=len(texts))
        present = [k for k in wrong if counts[k]]
        if severity is Severity.ERROR:
            flags = np.zeros(len(texts) + 1, dtype=bool)
            flags[list(wrong)] = True
            self.reject(rule, flags[codes])
        cells = self.table.frame["cell"]
        for k in present[:SHOWN]:
            rows = np.flatnonzero(codes == k)[:3]
            shown = [str(cells.iloc[int(r)]) for r in rows]
            parameters: dict[str, Parameter] = {"found": texts[k][:60], "count": int(counts[k]), "cells": ", ".join(shown)}
            parameters |= more(texts[k]) if more else {}
            self.findings.append(Finding(rule, severity, self.place(shown[0], column), parameters=parameters))
        if len(present) > SHOWN:
            rest = int(sum(counts[k] for k in present[SHOWN:]))
            self.findings.append(
                Finding("more-of-the-same", severity, self.place("", column), parameters={"rule": rule, "count": rest})
            )

    def report_rows(self, rule: str, column: str, rows: Mask, severity: Severity = Severity.ERROR, **more: Parameter) -> None:
        """One finding for all rows of a mask."""
        import numpy as np

        found = np.flatnonzero(rows)
        if not len(found):
            return
        if severity is Severity.ERROR:
            self.reject(rule, rows)
        shown = [str(self.table.frame["cell"].iloc[int(r)]) for r in found[:3]]
        parameters: dict[str, Parameter] = {"count": len(found), "cells": ", ".join(shown), **more}
        self.findings.append(Finding(rule, severity, self.place(shown[0], column), parameters=parameters))

    def place(self, cell: str, column: str) -> Place:
        return Place(self.table.file, self.table.sheet, cell, HEADER_OF.get(column, column))

    def texts(self, column: str) -> tuple[Codes, list[str]]:
        """Code per row into the distinct texts of a column, blanks around them off; a column that is not there is empty."""
        import numpy as np
        import pandas as pd

        frame = self.table.frame
        if column not in frame:
            return np.zeros(len(frame), dtype=np.int64), [""]
        series = frame[column]
        if not isinstance(series.dtype, pd.CategoricalDtype):
            series = series.astype("category")
        codes = series.cat.codes.to_numpy().astype(np.int64)
        return codes, [str(t).strip() for t in series.cat.categories.to_numpy(dtype=object).tolist()]
