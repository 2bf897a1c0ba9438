"""Scale and decimals of a chart, and the ticks of its value axis."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bulletin.compose.context import Context
from bulletin.model.dataset import Observation
from bulletin.model.indicator import Kind
from bulletin.model.outline import ChartSpec

_STEPS = (0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 2.5, 5.0)


def chart_scale(context: Context, spec: ChartSpec, valued: Sequence[Observation]) -> tuple[int, int]:
    """Power of ten and decimals: the outline's, else so that the largest figure has three or four digits."""
    indicator = context.lookup.catalogue[valued[0].indicator]
    largest = max(abs(o.value or 0) for o in valued)
    scale = spec.scale
    if scale is None:
        if indicator.kind is Kind.AMOUNT:
            scale = 9 if largest >= 1e10 else 6 if largest >= 1e6 else 0
        elif indicator.kind is Kind.COUNT:
            scale = 6 if largest >= 5e6 else 3 if largest >= 1e5 else 0
        else:
            scale = indicator.scale
    if spec.decimals is not None:
        return scale, spec.decimals
    if indicator.kind in (Kind.AMOUNT, Kind.COUNT):
        whole = all(float(o.value or 0) == int(o.value or 0) for o in valued)
        shown = largest / 10**scale
        return scale, 0 if (scale == 0 and whole) or shown >= 1000 else 1
    return scale, indicator.decimals


def nice_ticks(low: float, high: float) -> tuple[tuple[float, int], ...]:
    """Three to eight round ticks that span zero and all values with the least room to spare, with the decimals the step needs."""
    low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = 1.0
    magnitude = 10.0 ** math.floor(math.log10(high - low))
    best: tuple[float, int, int, float] | None = None
    for step in (m * magnitude for m in _STEPS):
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        count = last - first + 1
        if 3 <= count <= 8:
            spare = (last - first) * step / (high - low) + 0.02 * abs(count - 5)
            if best is None or spare < best[0]:
                best = (spare, first, last, step)
    assert best is not None
    _, first, last, step = best
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    if round(step / 10.0 ** math.floor(math.log10(step) + 1e-9), 6) == 2.5:
        decimals = max(0, 1 - math.floor(math.log10(step) + 1e-9))
    return tuple((round(i * step, 10), decimals) for i in range(first, last + 1))
