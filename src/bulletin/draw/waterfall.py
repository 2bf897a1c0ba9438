"""How one figure becomes another: horizontal steps from row to row."""

from __future__ import annotations

from bulletin.document.chart import Chart, Point
from bulletin.draw.axis import vertical_grid
from bulletin.draw.canvas import BACK, Canvas
from bulletin.draw.land import Land
from bulletin.draw.lettering import SIZE, Lettering
from bulletin.draw.rows import lay_rows
from bulletin.draw.scale import Scale, value_scale
from bulletin.model.theme import Theme

Step = tuple[float, float, bool]
"""From, to, whether it is a total."""


def draw_waterfall(chart: Chart, theme: Theme, land: Land) -> Canvas:
    """Points carry the step in `low` (from) and `high` (to); without them values are added up. A series named `total`, or a
    step that begins at zero again, is a total."""
    letters = Lettering(theme.font.text)
    steps = _steps(chart)
    top, foot = 0.4, 5.0 if chart.ticks else 0.4
    totals = frozenset(i for i, s in enumerate(steps) if s is not None and s[2])
    rows = lay_rows(chart, letters, pitch=7.2, margins=top + foot, least=5.4, bold=totals)
    canvas = Canvas(chart, theme, max(chart.height, rows.total + top + foot))
    points = [_point(chart, i) for i in range(len(chart.categories))]
    scale = _scale(chart, letters, rows.axis, steps, points)
    vertical_grid(canvas, scale, top, top + rows.total, labels_at=top + rows.total + 2.8)
    rows.draw_names(canvas, top)
    colours = theme.colour.series
    level: tuple[float, float] | None = None
    for i, (step, point) in enumerate(zip(steps, points, strict=True)):
        y, half = top + rows.middle(i), min(rows.heights[i] * 0.33, 2.8)
        if step is None:
            canvas.text(scale.zero + 1.2, y, point.text, theme.colour.ink_2, weight="semibold")
            continue
        start, end, total = step
        fill = colours[0] if total else colours[1 % len(colours)] if end < start else colours[2 % len(colours)]
        if level is not None:
            x = scale(level[0])
            canvas.line([x, x], [level[1], y - half], theme.colour.ink_2, 0.6, order=BACK, butt=True)
        x0, x1 = sorted((scale(start), scale(end)))
        canvas.bar(x0, y - half, max(x1, x0 + 0.2), y + half, fill, hollow=point.provisional)
        canvas.text(x1 + 1.4, y, point.text, weight="bold" if total else "regular", back=theme.colour.paper)
        level = end, y + half
    if scale.low <= 0:
        canvas.line([scale(0)] * 2, [top, top + rows.total], theme.colour.ink, 0.9, order=BACK + 0.1, butt=True)
    return canvas


def _point(chart: Chart, i: int) -> Point:
    valued = [s.points[i] for s in chart.series if s.points[i].value is not None]
    spoken = [s.points[i] for s in chart.series if s.points[i].text]
    return (valued or spoken or [chart.series[0].points[i]])[0]


def _steps(chart: Chart) -> list[Step | None]:
    found: list[Step | None] = []
    level = 0.0
    for i in range(len(chart.categories)):
        series = next((s for s in chart.series if s.points[i].value is not None), None)
        if series is None:
            found.append(None)
            continue
        point = series.points[i]
        value = point.value or 0.0
        total = series.key == "total"
        if point.low is not None and point.high is not None:
            start, end = point.low, point.high
            total = total or (start == 0 and end == value and level != 0)
        elif total:
            start, end = 0.0, value
        else:
            start, end = level, level + (-abs(value) if series.key == "negative" else value)
        level = end
        found.append((start, end, total))
    return found


def _scale(chart: Chart, letters: Lettering, axis: float, steps: list[Step | None], points: list[Point]) -> Scale:
    ends = [v for s in steps if s for v in s[:2]]
    scale = value_scale(chart, axis, chart.width - 2.0, ends)
    for _ in range(3):
        over = max(
            (
                scale(max(s[0], s[1])) + 1.8 + letters.width(p.text, SIZE, "bold") - chart.width
                for s, p in zip(steps, points, strict=True)
                if s
            ),
            default=0.0,
        )
        if over <= 0.05:
            break
        scale = Scale(scale.low, scale.high, scale.start, scale.end - over)
    return scale
