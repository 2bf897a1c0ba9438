"""Totals of a returned form, added up anew: what a formula showed when the file was saved is not taken for granted."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from bulletin.form.sums import sums_of
from bulletin.model.supply import Cell

if TYPE_CHECKING:
    from bulletin.model.project import Project


def added_up(project: Project, values: Mapping[Cell, float], wanted: Collection[Cell], period: str) -> dict[Cell, float]:
    """Values of the `wanted` totals of which some breakdown is complete, from the nearest one; totals of totals too."""
    known = dict(values)
    sums = [s for s in sums_of(project, {*values, *wanted}, period) if s.total in wanted]
    found: dict[Cell, float] = {}
    for _ in range(len(wanted) + 1):
        fresh = {}
        for one in sums:
            if one.total not in found and one.total not in fresh and all(part in known for part in one.parts):
                fresh[one.total] = math.fsum(known[part] for part in one.parts)
        if not fresh:
            break
        found |= fresh
        known |= fresh
    return found
