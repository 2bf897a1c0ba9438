"""What a rule looks at: the observations of a stage, coded, and how it says what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.model.cells import Block, Cells, cells
from bulletin.model.finding import Finding, Parameter, Place, Severity
from bulletin.model.parts import parts_of

if TYPE_CHECKING:
    import pandas as pd

    from bulletin.model.indicator import Indicator, ParameterValue, RuleSpec
    from bulletin.model.project import Project

Parameters = Mapping[str, "ParameterValue | tuple[str, ...]"]


@dataclass(frozen=True)
class Evidence:
    project: Project
    frame: pd.DataFrame
    cells: Cells

    def block(self, indicator: str) -> Block:
        return self.cells.block(indicator)

    def place(self, row: int) -> Place:
        file, sheet, cell = (str(self.frame[c].iloc[row]) for c in ("file", "sheet", "cell"))
        return Place(file, sheet, cell)

    def key(self, indicator: str, key: int) -> str:
        return self.cells.coding.key_text(indicator, key)

    def at(self, rule: str, severity: Severity, indicator: str, block: Block, n: int, **parameters: Parameter) -> Finding:
        """A finding about the n-th observation of a block."""
        key = self.key(indicator, int(block.key[n]))
        return Finding(rule, severity, self.place(int(block.row[n])), key, {"indicator": indicator, **parameters})

    def about(
        self, rule: str, severity: Severity, indicator: str, block: Block, n: int, count: int, **parameters: Parameter
    ) -> Finding:
        """One finding for many observations; the n-th of the block is the example."""
        found = self.at(rule, severity, indicator, block, n, count=count, **parameters)
        return Finding(rule, severity, found.place, found.key, {**found.parameters, "first": found.key})


Rule = Callable[["Evidence", "Indicator", "RuleSpec"], Iterator[Finding]]
"""A rule declared with an indicator."""
Universal = Callable[["Evidence", "Indicator"], Iterator[Finding]]
"""A rule that holds for every indicator, unless one of the same family is declared."""


def evidence(frame: pd.DataFrame, project: Project) -> Evidence:
    """Codes that rules read at are known to the coding although no observation may have them."""
    codes = {d: [p.code for p in parts_of(project, d)] for d in project.codelists if d not in ("unit", "ref_area")}
    codes["ref_area"] = [project.country.code, *(p.code for p in project.country.subdivisions)]
    return Evidence(project, frame, cells(frame, codes))


def plain(value: float) -> int | float:
    """Whole numbers without a decimal mark, others without the noise of binary fractions."""
    return int(value) if float(value).is_integer() else float(f"{value:.12g}")


def number(parameters: Parameters, name: str, default: float) -> float:
    value = parameters.get(name, default)
    try:
        return float(value) if isinstance(value, (int, float, str)) else default
    except ValueError:
        return default


def names(parameters: Parameters, name: str) -> tuple[str, ...]:
    """A list of codes, or codes joined by commas."""
    value = parameters.get(name, ())
    if isinstance(value, str):
        return tuple(v.strip() for v in value.split(",") if v.strip())
    return tuple(str(v) for v in value) if isinstance(value, tuple) else ()
