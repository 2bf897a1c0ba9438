"""Which cells are totals of which others: the sum rules of the catalogue, applied to a set of cells."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.model.cells import MONTHS, period_code
from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.parts import named_parts, total_code
from bulletin.model.supply import Cell

if TYPE_CHECKING:
    from bulletin.model.project import Project

NEAREST_FIRST = ("sex", "age", "function", "programme", "scheme", "ref_area")
"""A total of several breakdowns is filled from the one whose parts stand nearest to it."""


@dataclass(frozen=True)
class CellSum:
    total: Cell
    parts: tuple[Cell, ...]
    tolerance: float
    """In units of 1."""


def sums_of(project: Project, cells: Collection[Cell], period: str) -> tuple[CellSum, ...]:
    """Sums of which the total and every part existing in the period are among `cells`; of one total, the nearest first."""
    month = period_code(period) % MONTHS
    found: list[CellSum] = []
    for cell in cells:
        indicator = project.catalogue.get(cell[0])
        if indicator is None:
            continue
        rules = [r for r in indicator.rules if r.rule == "sum" and r.parameters.get("over") in DIMENSIONS]
        for rule in sorted(rules, key=lambda r: NEAREST_FIRST.index(str(r.parameters["over"]))):
            over = str(rule.parameters["over"])
            at = DIMENSIONS.index(over) + 1
            total = total_code(project, over, str(rule.parameters.get("total", TOTAL)))
            if cell[at] != total:
                continue
            parts = named_parts(project, over, total, rule.parameters.get("parts", "children"))
            own = tuple((*cell[:at], p.code, *cell[at + 1 :]) for p in parts if p.first <= month <= p.last)
            if own and all(part in cells for part in own):
                tolerance = rule.parameters.get("tolerance", 0.5)
                found.append(CellSum(cell, own, float(tolerance) if isinstance(tolerance, int | float) else 0.5))
    return tuple(found)
