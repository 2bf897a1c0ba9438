"""Bounds of the classes of a map: those of the outline while they tell places apart, else round ones that do; once published, kept."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bulletin.model.sealed import MapBounds

MOST = 0.6
"""Share of the places that one class may hold."""
KEPT = 0.8
"""Share up to which bounds that an edition published are kept: colours that compare are worth more than even classes."""
FEW = 5
"""With fewer places any bounds will do."""
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def bounds_for(given: Sequence[float], values: Sequence[float], former: MapBounds | None = None) -> tuple[float, ...]:
    """Inner bounds, ascending; each belongs to the class above it. `former`: those of the edition before, which hold while the
    outline asks for the same as then and the places do not all fall into one class or outside."""
    if former is not None and former.given == tuple(given) and _fit(former.used, values):
        return former.used
    if given and (len(values) < FEW or _fullest(given, values) <= MOST * len(values)):
        return tuple(given)
    proposed = _round_bounds(values)
    better = proposed and (not given or _fullest(proposed, values) < _fullest(given, values))
    return proposed if better else tuple(given)


def _fit(bounds: Sequence[float], values: Sequence[float]) -> bool:
    return bool(bounds) and (len(values) < FEW or _fullest(bounds, values) <= KEPT * len(values))


def _round_bounds(values: Sequence[float]) -> tuple[float, ...]:
    """At most four, near the quintiles; none where values hardly differ."""
    ordered = sorted(values)
    if not ordered:
        return ()
    wanted = [ordered[round(i * (len(ordered) - 1) / 5)] for i in range(1, 5)]
    spread = (wanted[-1] - wanted[0]) / 4
    if spread <= 0:
        return ()
    magnitude = 10.0 ** math.floor(math.log10(spread))
    step = next(s for s in _STEPS if s * magnitude >= spread) * magnitude
    found = sorted({round(round(w / step) * step, 10) for w in wanted})
    return tuple(b for b in found if ordered[0] < b <= ordered[-1])


def _fullest(bounds: Sequence[float], values: Sequence[float]) -> int:
    places = [sum(v >= b for b in bounds) for v in values]
    return max(places.count(p) for p in set(places))
