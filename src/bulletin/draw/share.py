"""Whole rows divided into shares, with the figures inside the parts."""

from __future__ import annotations

from bulletin.document.chart import Chart
from bulletin.draw.canvas import MARK, Canvas
from bulletin.draw.land import Land
from bulletin.draw.legend import legend
from bulletin.draw.lettering import SIZE, SMALL, SMALLEST, Lettering
from bulletin.draw.marks import colour, on, texture
from bulletin.draw.rows import AXIS, lay_rows
from bulletin.model.theme import Theme

LEAST = 0.05
"""Share of the row below which a part carries no figure."""


def draw_share(chart: Chart, theme: Theme, land: Land) -> Canvas:
    letters = Lettering(theme.font.text)
    key = legend(letters, chart.series, chart.width - AXIS)
    top = key.height + 1.2
    rows = lay_rows(chart, letters, pitch=7.4, margins=top + 0.2, least=5.6)
    canvas = Canvas(chart, theme, max(chart.height, rows.total + top + 0.2))
    key.draw(canvas, AXIS, 0.0, mark="bar")
    rows.draw_names(canvas, top)
    for i in range(len(chart.categories)):
        y, half = top + rows.middle(i), min(rows.heights[i] * 0.36, 3.0)
        values = [max(0.0, s.points[i].value or 0.0) for s in chart.series]
        whole, at = sum(values), rows.axis
        if not whole:
            text = next((s.points[i].text for s in chart.series if s.points[i].text), "")
            canvas.text(rows.axis, y, text, theme.colour.ink_2, weight="semibold")
            continue
        for series, value in zip(chart.series, values, strict=True):
            point, width = series.points[i], value / whole * (chart.width - rows.axis)
            if not value:
                continue
            fill = colour(theme, series)
            canvas.bar(at, y - half, at + width, y + half, fill, hollow=point.provisional, texture=texture(theme, chart, series))
            if at > rows.axis:
                canvas.line([at, at], [y - half, y + half], theme.colour.paper, 0.9, order=MARK + 0.2, butt=True)
            size = next((s for s in (SIZE, SMALL, SMALLEST) if letters.width(point.text, s) < width - 1.2), None)
            if value / whole >= LEAST and size is not None:
                ink = fill if point.provisional else on(theme, fill)
                if texture(theme, chart, series) > 1:
                    canvas.plate(at + width / 2, y, point.text, fill, size=size, hollow=point.provisional)
                canvas.text(at + width / 2, y, point.text, ink, size=size, align="center")
            at += width
    return canvas
