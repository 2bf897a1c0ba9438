"""Ages mirrored by sex, both sides on one scale."""

from __future__ import annotations

from bulletin.document.chart import Chart
from bulletin.draw.axis import spaced
from bulletin.draw.canvas import GRID, Canvas
from bulletin.draw.land import Land
from bulletin.draw.lettering import SIZE, SMALL, SMALLEST, Lettering, leading
from bulletin.draw.marks import colour, text_colour
from bulletin.draw.scale import Scale
from bulletin.model.theme import Theme

_PITCH = 5.2
_HEAD = 6.0


def draw_pyramid(chart: Chart, theme: Theme, land: Land) -> Canvas:
    """First category at the foot, as on an axis; first series at the left."""
    letters = Lettering(theme.font.text)
    n = max(1, len(chart.categories))
    foot = 4.6 if chart.ticks else 0.4
    names = [letters.balanced(s.label, chart.width / 2 - 8.0, SIZE, "semibold") for s in chart.series]
    head = _HEAD + (max((len(lines) for lines in names), default=1) - 1) * leading(SIZE)
    pitch = (chart.height - head - foot) / n if chart.height else min(_PITCH, (198 - head - foot) / n)
    size = SIZE if pitch >= 4.0 else SMALL if pitch >= 3.6 else SMALLEST
    canvas = Canvas(chart, theme, chart.height or head + n * pitch + foot)
    middle = max(letters.widest([c.label for c in chart.categories], size) + 6.0, 12.0)
    values = [abs(p.value) for s in chart.series for p in s.points if p.value is not None]
    most = max([*values, *(abs(t.value) for t in chart.ticks)], default=1.0) or 1.0
    room = letters.widest([p.text for s in chart.series for p in s.points], min(size, SMALL)) + 1.6
    centre = chart.width / 2
    reach = centre - middle / 2 - room
    bottom = head + n * pitch
    shown = spaced([t for t in chart.ticks if t.value >= 0], Scale(0, most, 0, reach), letters, SMALL)
    for side, series, lines in zip((-1, 1), chart.series, names, strict=False):
        start = centre + side * middle / 2
        scale = Scale(0, most, start, start + side * reach)
        ink, align = text_colour(theme, series), "right" if side < 0 else "left"
        for k, line in enumerate(lines):
            canvas.text(start, 2.2 + k * leading(SIZE), line, ink, weight="semibold", align="right" if side < 0 else "left")
        for tick in chart.ticks:
            x = scale(abs(tick.value))
            if tick.value > 0:
                canvas.line([x, x], [head - 0.6, bottom], theme.colour.hair, 0.6, order=GRID, butt=True)
            if tick in shown:
                canvas.text(x, bottom + 3.0, tick.text, theme.colour.ink_2, size=SMALL, align="center")
        for i, point in enumerate(series.points):
            y = bottom - (i + 0.5) * pitch
            end = start
            if point.value is not None:
                end = scale(abs(point.value))
                canvas.bar(start, y - pitch * 0.4, end, y + pitch * 0.4, colour(theme, series), hollow=point.provisional)
            paper = theme.colour.paper
            small = min(size, SMALL)
            canvas.text(
                end + side * 1.2, y, point.text, ink, size=small, align="right" if align == "right" else "left", back=paper
            )
    for i, category in enumerate(chart.categories):
        canvas.text(centre, bottom - (i + 0.5) * pitch, category.label, size=size, align="center")
    return canvas
