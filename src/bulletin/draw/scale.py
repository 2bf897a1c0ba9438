"""Values and categories turned into millimetres."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.document.chart import Chart, Point


@dataclass(frozen=True)
class Scale:
    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    @property
    def zero(self) -> float:
        """Where bars begin: zero, or the nearer end of a scale without it."""
        return self(min(max(0.0, self.low), self.high))


def value_scale(chart: Chart, start: float, end: float, values: list[float] | None = None) -> Scale:
    """From the first to the last tick; without ticks from zero. Wide enough for every value and reference in any case."""
    found = (
        [v for s in chart.series for p in s.points if p.value is not None for v in ends_of(chart, p)]
        if values is None
        else values
    )
    found = found + [r.value for r in chart.references]
    ticks = [t.value for t in chart.ticks]
    low, high = (min(ticks), max(ticks)) if ticks else (0.0, 0.0)
    low, high = min([low, *found]), max([high, *found])
    return Scale(low, high if high > low else low + 1, start, end)


def ends_of(chart: Chart, point: Point) -> list[float]:
    """The value and, where a chart draws it, the interval around it."""
    found = [point.value, *((point.low, point.high) if chart.kind != "waterfall" else ())]
    return [v for v in found if v is not None]


def category_scale(chart: Chart, start: float, end: float) -> tuple[Scale, list[float]]:
    """The scale of the category axis and the place of each category on it: by position where all have one, else evenly."""
    positions = category_positions(chart)
    low, high = min(positions, default=0.0), max(positions, default=0.0)
    scale = Scale(low, high, start, end) if high > low else Scale(low - 1, low + 1, start, end)
    return scale, [scale(p) for p in positions]


def category_positions(chart: Chart) -> list[float]:
    given = [c.position for c in chart.categories if c.position is not None]
    return given if len(given) == len(chart.categories) else [float(i) for i in range(len(chart.categories))]
