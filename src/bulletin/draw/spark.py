"""The small line under a key figure: from zero, points only where something was observed."""

from __future__ import annotations

import itertools

import numpy as np

from bulletin.document.chart import Chart
from bulletin.draw.bands import break_bands
from bulletin.draw.canvas import GRID, Canvas
from bulletin.draw.land import Land
from bulletin.draw.lettering import SMALLEST
from bulletin.draw.line import runs
from bulletin.draw.scale import Scale, category_scale
from bulletin.model.theme import Theme

_EDGE, _FOOT = 1.4, 4.0


def draw_spark(chart: Chart, theme: Theme, land: Land) -> Canvas:
    """Values with a gap between them are joined by a dotted line, never across a break."""
    canvas = Canvas(chart, theme, chart.height or 14.0)
    c, series = theme.colour, chart.series[0]
    values = [p.value for p in series.points if p.value is not None]
    bottom = canvas.height - _FOOT
    x_scale, xs = category_scale(chart, _EDGE, chart.width - _EDGE)
    low, high = min(0.0, *values), max(0.0, *values)
    scale = Scale(low, high if high > low else low + 1, bottom, _EDGE + 0.2)
    for band in break_bands(chart, x_scale):
        canvas.rectangle(band.x0, _EDGE, band.x1, bottom, c.hair, order=GRID)
    found = runs(chart, series)
    for run in found:
        at, ys = [xs[j] for j in run], [scale(series.points[j].value or 0) for j in run]
        if len(run) > 1:
            outline = [(at[0], scale(0)), *zip(at, ys, strict=True), (at[-1], scale(0))]
            canvas.polygon([np.array([*outline, outline[0]])], c.tint, order=GRID - 0.2)
        canvas.line(at, ys, c.brand, 1.4)
    broken = [(b.before, b.after) for b in chart.breaks]
    for a, b in itertools.pairwise(found):
        i, j = a[-1], b[0]
        if j - i > 1 and not broken:
            ys = [scale(series.points[k].value or 0) for k in (i, j)]
            canvas.line([xs[i], xs[j]], ys, c.brand, 1.0, dashes=(1, 2))
    canvas.line([_EDGE, chart.width - _EDGE], [scale(0)] * 2, c.rule, 0.6, butt=True)
    last = max((j for j, p in enumerate(series.points) if p.value is not None), default=0)
    for j, point in enumerate(series.points):
        if point.value is not None:
            y = scale(point.value)
            if j == last:
                canvas.marker(xs[j], y, "o", 5.0, c.accent, hollow=1.3 if point.provisional else 0)
            elif len(series.points) <= 16:
                canvas.marker(xs[j], y, "o", 2.8, c.brand)
    labels = [k.label for k in chart.categories]
    y = canvas.height - 1.5
    if len(labels) > 1:
        canvas.text(0.3, y, labels[0], c.ink_2, size=SMALLEST)
    canvas.text(chart.width - 0.3, y, labels[-1], c.ink_2, size=SMALLEST, align="right")
    return canvas
