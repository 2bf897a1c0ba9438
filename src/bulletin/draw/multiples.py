"""One small panel per series on a shared scale, with the series of context in grey in every panel."""

from __future__ import annotations

from math import ceil

from bulletin.document.chart import Chart, Series
from bulletin.draw.canvas import GRID, Box, Canvas, text_box
from bulletin.draw.land import Land
from bulletin.draw.legend import ROW, legend
from bulletin.draw.lettering import SMALL, SMALLEST, Lettering, leading
from bulletin.draw.line import runs
from bulletin.draw.marks import colour, text_colour
from bulletin.draw.placing import Taken
from bulletin.draw.scale import Scale, category_scale, value_scale
from bulletin.model.theme import Theme

_ACROSS, _GUTTER = 4, 5.0
_PLOT, _FOOT, _BETWEEN = 15.5, 4.4, 4.0
_SWATCH = 3.0


def draw_multiples(chart: Chart, theme: Theme, land: Land) -> Canvas:
    letters = Lettering(theme.font.text)
    context = [s for s in chart.series if s.colour < 0]
    panels = [s for s in chart.series if s.colour >= 0] or context
    context = context if len(context) < len(chart.series) else []
    broken = next((b.label for b in chart.breaks if b.label), "")
    across = min(_ACROSS, max(1, len(panels)))
    spare = len(panels) % across > 0
    left = letters.widest([t.text for t in chart.ticks], SMALL) + 1.6 if chart.ticks else 0.0
    key = legend(letters, context, chart.width - left - (letters.width(broken) + 10 if broken and not spare else 0))
    top = max(key.height, ROW if broken and not spare else 0.0) + 0.2
    width = (chart.width - left - (across - 1) * _GUTTER) / across
    titles = [letters.balanced(s.label, width, SMALL, "semibold") for s in panels]
    head = max((len(lines) for lines in titles), default=1) * leading(SMALL) + 4.0
    down = ceil(len(panels) / across)
    room = (chart.height or 200.0) - top
    plot = min(_PLOT, room / down - head - _FOOT - _BETWEEN) if not chart.height else room / down - head - _FOOT - _BETWEEN
    plot = max(plot, 9.0)
    step = head + plot + _FOOT + _BETWEEN
    canvas = Canvas(chart, theme, max(chart.height, top + down * step - _BETWEEN))
    key.draw(canvas, left, 0.0, mark="line")
    if broken:
        # the bands are too narrow for their words: a swatch in the first empty place, else above
        x = left + (len(panels) % across) * (width + _GUTTER) if spare else chart.width - letters.width(broken) - _SWATCH - 1.4
        y = top + (down - 1) * step + 0.5 * leading(SMALL) if spare else ROW / 2
        canvas.rectangle(x, y - 1.7, x + _SWATCH, y + 1.7, theme.colour.tint, edge=theme.colour.hair, edge_width=0.5)
        canvas.text(x + _SWATCH + 1.4, y, broken, theme.colour.ink_2)
    for i, series in enumerate(panels):
        x0 = left + (i % across) * (width + _GUTTER)
        y0 = top + (i // across) * step
        for k, line in enumerate(titles[i]):
            canvas.text(x0, y0 + (k + 0.5) * leading(SMALL), line, size=SMALL, weight="semibold")
        scale = value_scale(chart, y0 + head + plot, y0 + head)
        _panel(canvas, series, context, x0, x0 + width, scale, figures=i % across == 0)
    return canvas


def _panel(canvas: Canvas, series: Series, context: list[Series], x0: float, x1: float, scale: Scale, *, figures: bool) -> None:
    c, chart = canvas.theme.colour, canvas.chart
    ticks = chart.ticks
    while len(ticks) > 2 and abs(scale(ticks[1].value) - scale(ticks[0].value)) < 3.4:
        ticks = (ticks[0], *ticks[2::2])
    for tick in ticks:
        y = scale(tick.value)
        zero = tick.value == 0
        canvas.line([x0, x1], [y, y], c.ink if zero else c.hair, 0.8 if zero else 0.6, order=GRID, butt=True)
        if figures:
            canvas.text(x0 - 1.6, y, tick.text, c.ink_2, size=SMALL, align="right")
    if not any(t.value == 0 for t in ticks):
        canvas.line([x0, x1], [scale.start] * 2, c.rule, 0.6, order=GRID, butt=True)
    x_scale, xs = category_scale(chart, x0 + 1.2, x1 - 1.2)
    for band in chart.breaks:
        canvas.rectangle(x_scale(band.before), scale.end, x_scale(band.after), scale.start, c.tint, order=0.5)
    taken = Taken(segments=[(x0, scale(0), x1, scale(0))] if scale.low <= 0 <= scale.high else [])
    for one in (*context, series):
        fill = colour(canvas.theme, one) if one in context or series.colour >= 0 else c.context
        for run in runs(chart, one):
            ys = [scale(one.points[j].value or 0) for j in run]
            at = [xs[j] for j in run]
            canvas.line(at, ys, fill, 1.2 if one in context else 1.8)
            taken.segments += [(at[k], ys[k], at[k + 1], ys[k + 1]) for k in range(len(at) - 1)]
            if len(run) == 1:
                canvas.marker(at[0], ys[0], "o", 3.6 if one is series else 2.6, fill)
    _figures(canvas, series, xs, scale, (x0, x1), taken)
    labels = [c_.label for c_ in chart.categories]
    y = scale.start + 2.6
    canvas.text(x0, y, labels[0], c.ink_2, size=SMALLEST + 0.5)
    if len(labels) > 1:
        canvas.text(x1, y, labels[-1], c.ink_2, size=SMALLEST + 0.5, align="right")


def _figures(canvas: Canvas, series: Series, xs: list[float], scale: Scale, edges: tuple[float, float], taken: Taken) -> None:
    """The first and the last value; the sign where the panel has none."""
    ink = text_colour(canvas.theme, series)
    valued = [j for j, p in enumerate(series.points) if p.value is not None]
    if not valued:
        text = series.points[-1].text
        canvas.text(
            sum(edges) / 2, (scale.start + scale.end) / 2, text, canvas.theme.colour.ink_2, weight="semibold", align="center"
        )
        return
    last = valued[-1]
    canvas.marker(
        xs[last], scale(series.points[last].value or 0), "o", 4.2, ink, hollow=1.4 if series.points[last].provisional else 0
    )
    for j in dict.fromkeys((last, valued[0])):
        point = series.points[j]
        if not point.text:
            continue
        y, w = scale(point.value or 0), canvas.letters.width(point.text, SMALL, "semibold")
        middle = min(max(xs[j], edges[0] + w / 2), edges[1] - w / 2)
        places = [(middle, y + d) for d in (-2.8, 2.8, -3.8, 3.8, -5.2, 5.2, -7, 7)]

        def box(place: tuple[float, float], text: str = point.text) -> Box:
            return text_box(canvas.letters, place[0], place[1], text, SMALL, "semibold", "center")

        place = taken.first_free([p for p in places if scale.end - 4.2 <= p[1] <= scale.start - 1.6], box)
        if place is None and j == last:
            place = (middle, scale.end - 2.6)
        if place is not None:
            canvas.text(*place, point.text, ink, size=SMALL, weight="semibold", align="center", back=canvas.theme.colour.paper)
