"""Bounds of the classes of a map: those of the outline while they tell places apart, else round ones that do."""

from __future__ import annotations

import math
from collections.abc import Sequence

MOST = 0.6
"""Share of the places that one class may hold."""
FEW = 5
"""With fewer places any bounds will do."""
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def bounds_for(given: Sequence[float], values: Sequence[float]) -> tuple[float, ...]:
    """Inner bounds, ascending; each belongs to the class above it."""
    if not given or len(values) < FEW or _fullest(given, values) <= MOST * len(values):
        return tuple(given)
    ordered = sorted(values)
    wanted = [ordered[round(i * (len(ordered) - 1) / 5)] for i in range(1, 5)]
    spread = (wanted[-1] - wanted[0]) / 4
    if spread <= 0:
        return tuple(given)
    magnitude = 10.0 ** math.floor(math.log10(spread))
    step = next(s for s in _STEPS if s * magnitude >= spread) * magnitude
    found = sorted({round(round(w / step) * step, 10) for w in wanted})
    inside = tuple(b for b in found if ordered[0] < b <= ordered[-1])
    return inside if inside and _fullest(inside, values) < _fullest(given, values) else tuple(given)


def _fullest(bounds: Sequence[float], values: Sequence[float]) -> int:
    places = [sum(v >= b for b in bounds) for v in values]
    return max(places.count(p) for p in set(places))
