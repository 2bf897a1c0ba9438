"""Horizontal bars: one per row with name and value in columns, or groups of up to three."""

from __future__ import annotations

from bulletin.document.chart import Chart, Point, Series
from bulletin.draw.axis import MARKS_BASE, vertical_grid
from bulletin.draw.canvas import OVER, Align, Canvas
from bulletin.draw.land import Land
from bulletin.draw.legend import legend
from bulletin.draw.lettering import SIZE, SMALL, SMALLEST, Lettering, leading
from bulletin.draw.marks import colour, text_colour, texture
from bulletin.draw.references import draw_references, reference_room
from bulletin.draw.rows import AXIS, lay_rows
from bulletin.draw.scale import Scale, value_scale
from bulletin.model.theme import Theme


def draw_bar(chart: Chart, theme: Theme, land: Land) -> Canvas:
    """Of several series the first with a value in a row gives the bar and its colour (focus against context)."""
    letters = Lettering(theme.font.text)
    top = reference_room(chart) + 0.2
    foot = 4.6 if chart.ticks else 0.2
    rows = lay_rows(chart, letters, pitch=6.2, margins=top + foot)
    shown = [_shown(chart, i) for i in range(len(chart.categories))]
    values = letters.widest([p.text for _, p in shown], SIZE, "semibold")
    start = rows.axis + values + 2.6
    height = chart.height or rows.total + top + foot
    canvas = Canvas(chart, theme, height)
    scale = value_scale(chart, start, chart.width - 2.0)
    vertical_grid(canvas, scale, top, top + rows.total, labels_at=top + rows.total + 2.6)
    rows.draw_names(canvas, top)
    for i, (series, point) in enumerate(shown):
        y = top + rows.middle(i)
        ink = theme.colour.ink_2 if point.value is None else theme.colour.ink
        canvas.text(rows.axis + values, y, point.text, ink, weight="bold" if rows.national[i] else "semibold", align="right")
        if point.value is not None:
            half = min(rows.heights[i] * 0.31, 2.6)
            fill = _national(chart, theme) if rows.national[i] and len(chart.series) == 1 else colour(theme, series)
            canvas.bar(scale.zero, y - half, scale(point.value), y + half, fill, hollow=point.provisional)
            if point.low is not None and point.high is not None:
                # in paper over the bar, in ink beyond it
                ends = (scale(point.low), y), (scale(point.high), y)
                canvas.interval(*ends, theme.colour.paper, OVER)
                beyond = max(min(ends[0][0], ends[1][0]), scale(point.value))
                canvas.interval((beyond, y), ends[1], theme.colour.ink, OVER + 0.1)
    canvas.line([scale.zero] * 2, [top, top + rows.total], theme.colour.ink, 0.9, order=MARKS_BASE, butt=True)
    draw_references(canvas, scale, top, top + rows.total)
    return canvas


def draw_grouped(chart: Chart, theme: Theme, land: Land) -> Canvas:
    letters = Lettering(theme.font.text)
    n = len(chart.series)
    key = legend(letters, chart.series, chart.width - AXIS)
    top = key.height + (1.4 if key.height else 0.6) + reference_room(chart) + (4.0 if chart.ticks else 0.0)
    thick = 3.5 if n < 3 else 3.1
    least = leading(SMALLEST) - 0.3
    rows = lay_rows(chart, letters, pitch=n * thick + 2.4, margins=top + 0.2, least=n * least + 1.2)
    height = chart.height or rows.total + top + 0.2
    canvas = Canvas(chart, theme, max(height, rows.total + top + 0.2))
    scale = _with_labels(chart, letters, rows.axis)
    vertical_grid(canvas, scale, top, top + rows.total, labels_at=top - 2.4)
    key.draw(canvas, AXIS, 0.0, mark="bar")
    rows.draw_names(canvas, top)
    for i in range(len(chart.categories)):
        slot = min(thick + 0.4, (rows.heights[i] - 1.1) / n)
        size = SMALL if slot >= leading(SMALL) - 0.3 else SMALLEST
        for k, series in enumerate(chart.series):
            point = series.points[i]
            y = top + rows.middle(i) + (k - (n - 1) / 2) * slot
            ink = text_colour(theme, series)
            if point.value is None:
                canvas.text(scale.zero + 1.2, y, point.text, ink, size=size)
                continue
            end = scale(point.value)
            ends = (scale.zero, y - slot * 0.42, end, y + slot * 0.42)
            canvas.bar(*ends, colour(theme, series), hollow=point.provisional, texture=texture(theme, chart, series))
            out = -1 if point.value < 0 else 1
            paper = theme.colour.tint if rows.national[i] else theme.colour.paper
            align: Align = "right" if out < 0 else "left"
            canvas.text(end + out * 1.2, y, point.text, ink, size=size, align=align, back=paper)
    canvas.line([scale.zero] * 2, [top, top + rows.total], theme.colour.ink, 0.9, order=MARKS_BASE, butt=True)
    draw_references(canvas, scale, top - (4.0 if chart.ticks else 0.0), top + rows.total, behind=True)
    return canvas


def _shown(chart: Chart, i: int) -> tuple[Series, Point]:
    valued = [(s, s.points[i]) for s in chart.series if s.points[i].value is not None]
    spoken = [(s, s.points[i]) for s in chart.series if s.points[i].text]
    return (valued or spoken or [(chart.series[0], chart.series[0].points[i])])[0]


def _national(chart: Chart, theme: Theme) -> str:
    return theme.colour.brand_deep if chart.series[0].colour == 0 else colour(theme, chart.series[0])


def _with_labels(chart: Chart, letters: Lettering, start: float) -> Scale:
    """A scale that leaves room for the figures beyond the ends of the bars."""
    scale = value_scale(chart, start, chart.width - 1.0)
    for _ in range(4):
        left = right = 0.0
        for series in chart.series:
            for point in series.points:
                if point.value is None:
                    continue
                w = letters.width(point.text, SMALL) + 1.6
                if point.value < 0:
                    left = max(left, start - (scale(point.value) - w))
                else:
                    right = max(right, scale(point.value) + w - chart.width)
        if left < 0.05 and right < 0.05:
            break
        scale = Scale(scale.low, scale.high, scale.start + left, scale.end - right)
    return scale
