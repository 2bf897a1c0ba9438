"""The audit: proof, by figures that fit everything printed, that no hidden cell can be placed more closely than it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletin.protect.component import System

if TYPE_CHECKING:
    from bulletin.model.cells import Booleans, Floats, Integers

ROOM = 4
"""So many times the width to prove is looked for around the true value; beyond, an interval is wide enough."""
SECONDS = 20.0
"""For one search among whole numbers."""


@dataclass
class Evidence:
    """Possible worlds: values of all cells that agree with what is printed while these cells are hidden.

    Every world is checked with whole numbers, without the solver: what it shows is proven, whoever found it.
    """

    system: System
    hidden: Booleans
    worlds: list[Floats] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.worlds = [self.system.value, *self.worlds]
        self.alone = _alone(self.system, self.hidden)

    def without(self, place: int) -> Evidence:
        """With one cell printed after all: worlds that differ there are none any more."""
        hidden = self.hidden.copy()
        hidden[place] = False
        kept = [w for w in self.worlds[1:] if w[place] == self.system.value[place]]
        return Evidence(self.system, hidden, kept)

    def with_(self, places: Booleans) -> Evidence:
        return Evidence(self.system, self.hidden | places, self.worlds[1:])

    def interval(self, place: int) -> tuple[float, float]:
        seen = [w[place] for w in self.worlds]
        return float(min(seen)), float(max(seen))

    def proves(self, place: int, width: float) -> bool:
        """Looks for worlds in which the cell is so far apart; those found stand for the other cells too."""
        low, high = self.interval(place)
        if high - low >= width or self.alone[place]:
            return high - low >= width
        for sign in (1, -1):
            world = self._extreme(place, sign, width)
            if world is not None:
                self.worlds.append(world)
            low, high = self.interval(place)
            if high - low >= width:
                return True
        return False

    def _extreme(self, place: int, sign: int, width: float) -> Floats | None:
        """The world in which the cell is greatest (sign 1) or least; None where no valid one was found."""
        import numpy as np

        system = self.system
        columns = np.flatnonzero(self.hidden)
        at = int(np.flatnonzero(columns == place)[0])
        shift = _solved(system, columns, at, sign, width, whole=False)
        if shift is None:
            return None
        world = _applied(system, columns, shift)
        if world is None and system.whole[columns].any():
            shift = _solved(system, columns, at, sign, width, whole=True)
            world = None if shift is None else _applied(system, columns, shift)
        return world


def _alone(system: System, hidden: Booleans) -> Booleans:
    """Cells that are the only hidden one of an equation: a subtraction tells them, no programme is needed."""
    import numpy as np

    touched = abs(system.matrix)
    single = np.flatnonzero(touched @ hidden.astype(float) == 1)
    found: Booleans = (touched[single].sum(axis=0) > 0) & hidden
    return np.asarray(found).reshape(-1)


def _solved(system: System, columns: Integers, at: int, sign: int, width: float, *, whole: bool) -> Floats | None:
    """Greatest or least difference of one hidden cell from its value, as differences of all hidden cells."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, linprog, milp

    matrix = system.matrix[:, columns]
    matrix = matrix[np.flatnonzero(np.diff(matrix.indptr))]
    lower = system.lowest[columns] - system.value[columns]
    upper = np.full(len(columns), np.inf)
    scale = 1.0 if system.whole[columns].any() else max(width, 1e-9)
    lower, room = lower / scale, ROOM * width / scale
    lower[at], upper[at] = max(lower[at], -room), room
    aim = np.zeros(len(columns))
    aim[at] = -sign
    if not whole:
        found = linprog(aim, A_eq=matrix if matrix.shape[0] else None, b_eq=np.zeros(matrix.shape[0]) if matrix.shape[0] else None,
                        bounds=np.column_stack([lower, upper]), method="highs-ds")  # fmt: skip
    else:
        conditions = LinearConstraint(matrix, 0, 0) if matrix.shape[0] else None
        found = milp(aim, integrality=system.whole[columns].astype(int), bounds=Bounds(lower, upper), constraints=conditions,
                     options={"time_limit": SECONDS})  # fmt: skip
    return None if found.x is None else np.asarray(found.x) * scale


def _applied(system: System, columns: Integers, shift: Floats) -> Floats | None:
    """The world so changed, if it is one: whole numbers where counts are, nothing below zero, every equation kept."""
    import numpy as np

    world = system.value.copy()
    rounded = np.where(system.whole[columns], np.rint(shift), shift)
    world[columns] = system.value[columns] + rounded
    changed = world - system.value
    if np.any(world < system.lowest - 1e-9 * (1 + np.abs(system.value))):
        return None
    sides = system.matrix @ changed
    tolerance = 1e-7 * (1 + np.abs(system.matrix) @ np.abs(changed)) if not system.whole[columns].all() else 0.0
    return world if np.all(np.abs(sides) <= tolerance) else None


def unproven(evidence: Evidence, widths: Mapping[int, float]) -> list[int]:
    """Places whose protection could not be shown."""
    return [place for place, width in widths.items() if not evidence.proves(place, width)]
