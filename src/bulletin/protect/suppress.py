"""Which further cells must be hidden so that the first ones cannot be computed: linear programmes over one system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.protect.audit import Evidence, unproven
from bulletin.protect.component import System

if TYPE_CHECKING:
    from bulletin.model.cells import Booleans, Floats

_NOTHING = 1e-7
_ROUNDS = 200


@dataclass(frozen=True)
class Solution:
    hidden: Booleans
    """Of the cells of the system, those never printed included."""
    evidence: Evidence
    widths: Mapping[int, float]
    """What had to be shown of each hidden cell."""
    failed: tuple[int, ...]
    """Cells that cannot be protected: what everybody knows gives them away."""


def solved(system: System, primary: Mapping[int, float], width_of: Mapping[int, float]) -> Solution:
    """Hides what is needed for every primary cell (place to width) and every cell hidden for its sake (`width_of`).

    Each cell that lacks protection gets it by the cheapest flow through the equations (least Σ cost × |flow|); the cells it runs
    through are hidden too. What turns out not to be needed is printed again. The audit has the last word.
    """

    hidden = system.free & ~system.fixed
    hidden[list(primary)] = True
    evidence = Evidence(system, hidden & ~system.fixed)
    failed: list[int] = [p for p in primary if system.fixed[p]]
    for _ in range(_ROUNDS):
        widths = _widths(system, evidence.hidden, primary, width_of)
        lacking = [p for p in unproven(evidence, widths) if p not in failed]
        if not lacking:
            break
        for place in sorted(lacking, key=lambda p: (-widths[p], p)):
            if evidence.proves(place, widths[place]):
                continue
            added = _spread(system, evidence.hidden, place, widths[place])
            evidence = evidence.with_(added)
            if not added.any() and not evidence.proves(place, widths[place]):
                failed.append(place)
    evidence = _thinned(system, evidence, primary, width_of, failed)
    widths = _widths(system, evidence.hidden, primary, width_of)
    failed = sorted({*failed, *(p for p in unproven(evidence, widths))})
    final = evidence.hidden.copy()
    final[list(primary)] = True
    return Solution(final, evidence, widths, tuple(failed))


def _widths(
    system: System, hidden: Booleans, primary: Mapping[int, float], width_of: Mapping[int, float]
) -> dict[int, float]:  # fmt: skip
    """Cells nobody prints need protection only where they are primary."""
    import numpy as np

    found = {}
    for place in np.flatnonzero(hidden).tolist():
        if place in primary:
            found[place] = primary[place]
        elif not system.free[place]:
            found[place] = width_of[place]
    return found


def _spread(system: System, hidden: Booleans, place: int, width: float) -> Booleans:
    """Cells to hide so that this one may be `width` apart: first how far it can fall, the rest by rising."""
    import numpy as np

    falls = min(width, system.value[place] - system.lowest[place])
    if system.whole[place]:
        width, falls = np.ceil(width), np.floor(falls)
    added = np.zeros(len(system.cells), dtype=bool)
    for step in (-falls, width - falls):
        if abs(step) > _NOTHING:
            flow = _flow(system, hidden | added, place, step)
            if flow is None:
                # the fall alone may not be possible: everything by rising, or nothing
                flow = _flow(system, hidden | added, place, width if step < 0 else -min(width, falls))
            if flow is not None:
                added |= np.abs(flow) > _NOTHING * max(1.0, abs(step))
    return added & ~hidden


def _flow(system: System, hidden: Booleans, place: int, step: float) -> Floats | None:
    """Changes of all cells that keep every equation and move one cell by `step`, at least cost."""
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import hstack

    scale = 1.0 if system.whole[place] else abs(step)
    size = len(system.cells)
    cost = np.where(hidden, 1e-3, system.cost)
    below = np.minimum((system.value - system.lowest) / scale, 1e12)
    up, down = np.full(size, np.inf), np.where(np.isinf(below), np.inf, np.maximum(below, 0))
    up[system.fixed], down[system.fixed] = 0, 0
    least_up, least_down = np.zeros(size), np.zeros(size)
    amount = step / scale
    if amount > 0:
        least_up[place] = up[place] = amount
        down[place] = 0
    else:
        least_down[place] = down[place] = -amount
        up[place] = 0
    bounds = np.column_stack([np.concatenate([least_up, least_down]), np.concatenate([up, down])])
    matrix = hstack([system.matrix, -system.matrix]).tocsr()
    found = linprog(np.concatenate([cost, cost]), A_eq=matrix if matrix.shape[0] else None,
                    b_eq=np.zeros(matrix.shape[0]) if matrix.shape[0] else None, bounds=bounds, method="highs-ds")  # fmt: skip
    if found.x is None or found.status != 0:
        return None
    change: Floats = (found.x[:size] - found.x[size:]) * scale
    return change


def _thinned(
    system: System, evidence: Evidence, primary: Mapping[int, float], width_of: Mapping[int, float], failed: list[int]
) -> Evidence:  # fmt: skip
    """Without the cells that nobody needs hidden, the dearest first."""
    import numpy as np

    extra = [p for p in np.flatnonzero(evidence.hidden & ~system.free).tolist() if p not in primary]
    for place in sorted(extra, key=lambda p: (-system.cost[p], -system.value[p], p)):
        less = evidence.without(place)
        widths = _widths(system, less.hidden, primary, width_of)
        if all(p in failed or less.proves(p, w) for p, w in widths.items()):
            evidence = less
    return evidence
