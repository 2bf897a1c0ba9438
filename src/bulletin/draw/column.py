"""Vertical columns over periods: single, in groups of up to three, or stacked."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from bulletin.document.chart import TOTALS, Chart, Series
from bulletin.draw.bar import draw_bar, draw_grouped
from bulletin.draw.canvas import MARK, Box, Canvas, text_box
from bulletin.draw.frame import (
    Frame,
    draw_ground,
    finish,
    frame_of,
    height_of_ends,
    open_scale,
    side_of,
    upright,
    with_room_for_breaks,
)
from bulletin.draw.land import Land
from bulletin.draw.legend import EndLabel, end_label, legend
from bulletin.draw.lettering import SIZE, SMALL, SMALLEST, Lettering
from bulletin.draw.marks import colour, on, text_colour, texture
from bulletin.draw.placing import Taken
from bulletin.draw.scale import Scale, value_scale
from bulletin.model.theme import Theme


def draw_column(chart: Chart, theme: Theme, land: Land) -> Canvas:
    """Labels too long for upright columns turn the chart into horizontal bars."""
    if len(chart.series) > 1:
        return draw_grouped_column(chart, theme, land)
    letters = Lettering(theme.font.text)
    side = side_of(letters, [r.label for r in chart.references])
    frame = frame_of(chart, letters, 5.5, side)
    series = chart.series[0]
    size = _fitting(letters, [p.text for p in series.points], frame.pitch - 0.6)
    if size is None or not upright(chart, frame):
        return draw_bar(replace(chart, ticks=(), breaks=()), theme, land)
    half = min(frame.pitch * 0.31, 7.5)
    frame = with_room_for_breaks(chart, letters, frame, half, partial(open_scale, chart), 0.0)
    canvas = Canvas(chart, theme, frame.height)
    scale = open_scale(chart, frame)
    draw_ground(canvas, frame, scale, half)
    for x, point in zip(frame.middles, series.points, strict=True):
        if point.value is None:
            canvas.text(x, scale.zero - 2.2, point.text, theme.colour.ink_2, weight="semibold", align="center")
            continue
        y = scale(point.value)
        canvas.bar(x - half, scale.zero, x + half, y, colour(theme, series), hollow=point.provisional)
        at = y + 2.3 if point.value < 0 else y - 2.3
        ink = text_colour(theme, series)
        canvas.text(x, at, point.text, ink, size=size, weight="semibold", align="center", back=theme.colour.paper)
    finish(canvas, frame, scale)
    return canvas


def draw_grouped_column(chart: Chart, theme: Theme, land: Land) -> Canvas:
    """Figures over columns where they fit; else the axis tells, and without an axis the chart turns into horizontal bars."""
    letters = Lettering(theme.font.text)
    n = len(chart.series)
    key = legend(letters, chart.series, chart.width)
    side = side_of(letters, [r.label for r in chart.references])
    frame = frame_of(chart, letters, key.height + 5.0, side)
    slot = min(frame.pitch * 0.8 / n, 11.0)
    scale = open_scale(chart, frame)
    size = next((z for z in (SIZE, SMALL, 7.5, SMALLEST) if _figures_free(chart, letters, frame, scale, slot, z)), None)
    if not upright(chart, frame) or (size is None and not chart.ticks):
        return draw_grouped(replace(chart, breaks=()), theme, land)
    frame = with_room_for_breaks(chart, letters, frame, slot * n / 2, partial(open_scale, chart), key.height)
    scale = open_scale(chart, frame)
    canvas = Canvas(chart, theme, frame.height)
    draw_ground(canvas, frame, scale, slot * n / 2, key.height)
    key.draw(canvas, frame.left, 0.0, mark="bar")
    for j, middle in enumerate(frame.middles):
        for k, series in enumerate(chart.series):
            x, point = middle + (k - (n - 1) / 2) * slot, series.points[j]
            ink = text_colour(theme, series)
            if point.value is None:
                small = _fitting(letters, [point.text], slot) or SMALLEST
                canvas.text(x, scale.zero - 2.2, point.text, ink, size=small, weight="semibold", align="center")
                continue
            y = scale(point.value)
            ends = (x - slot * 0.46, scale.zero, x + slot * 0.46, y)
            canvas.bar(*ends, colour(theme, series), hollow=point.provisional, texture=texture(theme, chart, series))
            if size is not None:
                at = y + 2.1 if point.value < 0 else y - 2.1
                canvas.text(x, at, point.text, ink, size=size, align="center", back=theme.colour.paper)
    finish(canvas, frame, scale)
    return canvas


def _figures_free(chart: Chart, letters: Lettering, frame: Frame, scale: Scale, slot: float, size: float) -> bool:
    """Whether all figures find room over their columns, clear of the neighbours and of each other."""
    n, taken, boxes = len(chart.series), Taken(), []
    for j, middle in enumerate(frame.middles):
        for k, series in enumerate(chart.series):
            x, point = middle + (k - (n - 1) / 2) * slot, series.points[j]
            if point.value is None:
                boxes.append(text_box(letters, x, scale.zero - 2.2, point.text, SMALLEST, "semibold", "center"))
                continue
            y = scale(point.value)
            taken.boxes.append(Box(x - slot * 0.46, min(y, scale.zero), x + slot * 0.46, max(y, scale.zero)))
            at = y + 2.1 if point.value < 0 else y - 2.1
            box = text_box(letters, x, at, point.text, size, "regular", "center")
            over = max(0.0, box.x1 - chart.width)
            boxes.append(Box(box.x0 - over, box.y0, box.x1 - over, box.y1))
    for box in boxes:
        if not taken.free(box, 0.25) or box.x1 > frame.right + 1 or box.x0 < frame.left - 1:
            return False
        taken.boxes.append(box)
    return True


def draw_stacked(chart: Chart, theme: Theme, land: Land) -> Canvas:
    """Parts from the base up in the order given, named at the right of the last column; totals above."""
    letters = Lettering(theme.font.text)
    parts = [s for s in chart.series if s.key not in TOTALS]
    totals = next((s for s in chart.series if s.key in TOTALS), None)
    names = [s.label for s in parts] + [r.label for r in chart.references]
    side = side_of(letters, names)
    frame = frame_of(chart, letters, 5.5, side, height_of_ends(letters, names, side - 2.4) if names else 0.0)
    if not upright(chart, frame):
        return draw_grouped(replace(chart, breaks=()), theme, land)
    sums = [sum(max(0.0, s.points[j].value or 0.0) for s in parts) for j in range(len(chart.categories))]
    below = [sum(min(0.0, s.points[j].value or 0.0) for s in parts) for j in range(len(chart.categories))]
    extra = [p.value for p in totals.points if p.value is not None] if totals else []

    def scale_of(frame: Frame) -> Scale:
        return value_scale(chart, frame.bottom, frame.top, [*sums, *below, *extra])

    half = min(frame.pitch * 0.33, 8.5)
    frame = with_room_for_breaks(chart, letters, frame, half, scale_of, 0.0)
    canvas = Canvas(chart, theme, frame.height)
    scale = scale_of(frame)
    draw_ground(canvas, frame, scale, half)
    labels: list[EndLabel] = []
    for j, x in enumerate(frame.middles):
        up = down = 0.0
        gone = all(s.points[j].value is None for s in parts)
        for series in parts:
            point = series.points[j]
            if point.value is None:
                if j == len(frame.middles) - 1:
                    wanted = scale(up)
                    labels.append(end_label(letters, wanted, series.label, point.text, text_colour(theme, series), side - 2.4))
                continue
            start = up if point.value >= 0 else down
            y0, y1 = scale(start), scale(start + point.value)
            if point.value >= 0:
                up += point.value
            else:
                down += point.value
            told = _segment(canvas, series, j, x, half, y0, y1)
            if j == len(frame.middles) - 1:
                room = chart.width - frame.right - 2.4
                value = "" if told else point.text
                labels.append(end_label(letters, (y0 + y1) / 2, series.label, value, text_colour(theme, series), room))
        if gone:
            text = next((s.points[j].text for s in parts if s.points[j].text), "")
            canvas.text(x, scale.zero - 2.2, text, theme.colour.ink_2, weight="semibold", align="center")
        elif totals is not None:
            canvas.text(
                x, scale(up) - 2.3, totals.points[j].text, weight="semibold", align="center", back=theme.colour.paper,
                size=_fitting(letters, [p.text for p in totals.points], frame.pitch - 0.4) or SMALLEST,
            )  # fmt: skip
    finish(canvas, frame, scale, labels)
    return canvas


def _segment(canvas: Canvas, series: Series, j: int, x: float, half: float, y0: float, y1: float) -> bool:
    """One part of a column; whether its figure found room inside."""
    point, fill = series.points[j], colour(canvas.theme, series)
    canvas.bar(x - half, y0, x + half, y1, fill, hollow=point.provisional, texture=texture(canvas.theme, canvas.chart, series))
    canvas.line([x - half, x + half], [y1, y1], canvas.theme.colour.paper, 0.7, order=MARK + 0.2, butt=True)
    size = _fitting(canvas.letters, [point.text], 2 * half - 0.6)
    if abs(y1 - y0) < 3.3 or size is None:
        return False
    ink = text_colour(canvas.theme, series) if point.provisional else on(canvas.theme, fill)
    if texture(canvas.theme, canvas.chart, series) > 1:
        canvas.plate(x, (y0 + y1) / 2, point.text, fill, size=min(size, SMALL), hollow=point.provisional)
    canvas.text(x, (y0 + y1) / 2, point.text, ink, size=min(size, SMALL), align="center")
    return bool(point.text)


def _fitting(letters: Lettering, texts: list[str], room: float) -> float | None:
    """The largest size at which all texts keep within `room`; None when not even the smallest does."""
    return next((s for s in (SIZE, SMALL, 7.5, SMALLEST) if letters.widest(texts, s, "semibold") <= room), None)
