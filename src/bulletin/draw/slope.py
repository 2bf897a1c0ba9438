"""Two moments side by side, joined per series."""

from __future__ import annotations

from bulletin.document.chart import Chart, Point, Series
from bulletin.draw.canvas import Canvas
from bulletin.draw.land import Land
from bulletin.draw.lettering import SIZE, Lettering, leading
from bulletin.draw.marks import colour, shape, shape_size, text_colour
from bulletin.draw.placing import dodge
from bulletin.draw.scale import Scale, value_scale
from bulletin.model.theme import Theme

_HEAD, _ROOM = 7.0, 56.0


def draw_slope(chart: Chart, theme: Theme, land: Land) -> Canvas:
    """Figures on both sides, names at the right; values that are missing print their sign below."""
    letters = Lettering(theme.font.text)
    first, last = 0, len(chart.categories) - 1
    names = {s.key: letters.balanced(s.label, _ROOM, SIZE, "semibold") for s in chart.series}
    heights = [max(1, len(names[s.key])) * leading(SIZE) + 0.5 for s in chart.series]
    canvas = Canvas(chart, theme, chart.height or min(198.0, max(77.2, sum(heights) + _HEAD + 8)))
    w0 = letters.widest([s.points[first].text for s in chart.series], SIZE, "semibold")
    w1 = letters.widest([s.points[last].text for s in chart.series], SIZE, "semibold")
    named = letters.widest([line for lines in names.values() for line in lines], SIZE, "semibold")
    x0, x1 = 44.0, chart.width - named - w1 - 6.5
    x0 = max(w0 + 4.0, min(x0, x1 - 50))
    bottom = canvas.height - 1.5
    scale = value_scale(chart, bottom - 3, _HEAD + 4)
    if not chart.ticks:
        found = [p.value for s in chart.series for p in s.points if p.value is not None]
        low, high = min(found), max(found)
        scale = Scale(low, high if high > low else low + 1, bottom - 3, _HEAD + 4)
    for x, category in ((x0, chart.categories[first]), (x1, chart.categories[last])):
        canvas.text(x, 2.4, category.label, theme.colour.ink_2, weight="semibold", align="center")
        canvas.line([x, x], [_HEAD, bottom], theme.colour.rule, 0.6, order=1, butt=True)
    for series in sorted(chart.series, key=lambda s: s.colour >= 0):
        _stroke(canvas, series, series.points[first], series.points[last], (x0, x1), scale)
    for j, x, side in ((first, x0, -1), (last, x1, 1)):
        wanted = [_y(s.points[j], scale, bottom) for s in chart.series]
        room = heights if side > 0 else [leading(SIZE)] * len(chart.series)
        placed = dodge(wanted, room, _HEAD, bottom + 1)
        for series, y in zip(chart.series, placed, strict=True):
            ink = text_colour(theme, series)
            canvas.text(x + side * 2.4 + (w1 if side > 0 else 0), y, series.points[j].text, ink, align="right", weight="semibold")
            if side > 0:
                canvas.lines(x + w1 + 4.6, y, names[series.key], ink)
    return canvas


def _y(point: Point, scale: Scale, bottom: float) -> float:
    return bottom if point.value is None else scale(point.value)


def _stroke(canvas: Canvas, series: Series, a: Point, b: Point, xs: tuple[float, float], scale: Scale) -> None:
    fill = colour(canvas.theme, series)
    if a.value is not None and b.value is not None:
        dashes = (2.2, 1.6) if b.provisional else None
        canvas.line(xs, [scale(a.value), scale(b.value)], fill, 1.9 if series.colour >= 0 else 1.2, dashes=dashes)
    for x, point in zip(xs, (a, b), strict=True):
        if point.value is not None:
            hollow = 1.4 if point.provisional else 0
            canvas.marker(x, scale(point.value), shape(series), shape_size(series, 4.6), fill, hollow=hollow)
