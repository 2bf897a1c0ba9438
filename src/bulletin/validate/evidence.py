"""What a rule looks at: the observations of a stage, coded, and how it says what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.model.cells import Block, Cells, coded, empty_block, split
from bulletin.model.finding import Finding, Parameter, Place, Severity
from bulletin.model.parts import parts_of

if TYPE_CHECKING:
    import pandas as pd

    from bulletin.model.cells import Booleans
    from bulletin.model.indicator import Indicator, ParameterValue, RuleSpec
    from bulletin.model.project import Project

Parameters = Mapping[str, "ParameterValue | tuple[str, ...]"]


@dataclass(frozen=True)
class Evidence:
    project: Project
    frame: pd.DataFrame
    cells: Cells
    others: Mapping[str, Block]
    """What other sources say, by indicator; one key may come several times."""
    other_frame: pd.DataFrame
    former: Mapping[str, Block] | None = None
    """Figures of the edition before; None where there is none."""

    def block(self, indicator: str) -> Block:
        return self.cells.block(indicator)

    def other(self, indicator: str) -> Block:
        return self.others.get(indicator) or empty_block()

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


@dataclass(frozen=True)
class Verdict:
    """What a rule says of one indicator: its findings, and of how many cells it could judge."""

    findings: tuple[Finding, ...]
    checked: int
    failed: int
    not_evaluated: int = 0
    """Cells it concerns for which what it needs is missing."""


Rule = Callable[["Evidence", "Indicator", "RuleSpec"], "Verdict | None"]
"""A rule about one indicator; None: it does not concern this one. The spec holds every parameter that has a default."""


def verdict(findings: Iterable[Finding], checked: int | Booleans, not_evaluated: int | Booleans = 0) -> Verdict:
    """Each finding that is more than information is one cell that failed."""
    found = tuple(findings)
    return Verdict(
        found, int(checked if isinstance(checked, int) else checked.sum()),
        sum(f.severity is not Severity.INFO for f in found),
        int(not_evaluated if isinstance(not_evaluated, int) else not_evaluated.sum()),
    )  # fmt: skip


def evidence(
    frame: pd.DataFrame, project: Project, alternates: pd.DataFrame | None = None, former: pd.DataFrame | None = None
) -> Evidence:
    """Codes that rules read at are known to the coding although no observation may have them."""
    codes = {d: [p.code for p in parts_of(project, d)] for d in project.codelists if d not in ("unit", "ref_area")}
    codes["ref_area"] = [project.country.code, *(p.code for p in project.country.subdivisions)]
    other = frame.iloc[:0] if alternates is None else alternates
    frames = [frame, other] if former is None else [frame, other, former]
    coding, keys = coded(frames, codes)
    blocks = [split(f, k) for f, k in zip(frames, keys, strict=True)]
    return Evidence(project, frame, Cells(coding, blocks[0]), blocks[1], other, blocks[2] if former is not None else None)


def gravity(spec: RuleSpec) -> Severity:
    return Severity(spec.severity or "error")


def with_values(block: Block) -> Block:
    import numpy as np

    here = ~np.isnan(block.value)
    return Block(block.key[here], block.value[here], block.status[here], block.row[here])


def each(found: Booleans) -> Iterator[int]:
    import numpy as np

    yield from np.flatnonzero(found).tolist()


def plain(value: float) -> int | float:
    """Whole numbers without a decimal mark, others without the noise of binary fractions."""
    return int(value) if float(value).is_integer() else float(f"{value:.12g}")


def number(parameters: Parameters, name: str, default: float = float("nan")) -> float:
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


def numbers(parameters: Parameters, name: str) -> tuple[int, ...]:
    """Whole numbers of a list; anything else in it counts for nothing."""
    value = parameters.get(name, ())
    listed = names(parameters, name) if not isinstance(value, (int, float)) else (str(int(value)),)
    return tuple(int(v) for v in listed if v.isdigit())
