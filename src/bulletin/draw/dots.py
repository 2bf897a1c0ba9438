"""Two values per row on one scale: the sexes as a dumbbell, or the country against a comparison."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bulletin.document.chart import Chart, Point, Series
from bulletin.draw.axis import MARKS_BASE, vertical_grid
from bulletin.draw.canvas import BACK, OVER, Align, Canvas
from bulletin.draw.land import Land
from bulletin.draw.legend import legend
from bulletin.draw.lettering import SIZE, Lettering, Weight
from bulletin.draw.marks import colour, compared, shape, shape_size, text_colour
from bulletin.draw.references import draw_references, reference_room
from bulletin.draw.rows import AXIS, Rows, lay_rows
from bulletin.draw.scale import Scale, value_scale
from bulletin.model.theme import Theme

_MOMENT = re.compile(r"(?:19|20)\d\d(?:-|$)")
_OFF = 2.3
"""From the middle of a mark to its figure."""
_APART = 2.0
"""Between figures that stand side by side."""
_NAME = 30.0
"""Widest name that is printed with the sign for a missing value."""


@dataclass(frozen=True)
class Label:
    series: Series
    point: Point
    x: float
    align: Align


def draw_dumbbell(chart: Chart, theme: Theme, land: Land) -> Canvas:
    return _draw(chart, theme, _dumbbell_labels, compare=False)


def is_change(chart: Chart) -> bool:
    """Of two moments: the later one has the head of an arrow for its mark."""
    return len(chart.series) == 2 and all(_MOMENT.match(s.key) for s in chart.series)


def draw_dots(chart: Chart, theme: Theme, land: Land) -> Canvas:
    """The first series as a dot, the second as an upright stroke, further ones as other grey marks."""
    return _draw(chart, theme, _dot_labels, compare=True)


def _draw(
    chart: Chart, theme: Theme, place: Callable[[Chart, Lettering, Scale, float, int], list[Label]], *, compare: bool
) -> Canvas:
    letters = Lettering(theme.font.text)
    key = legend(letters, chart.series, chart.width - AXIS)
    top = key.height + 1.0 + reference_room(chart) + (4.6 if chart.ticks else 0.6)
    rows = lay_rows(chart, letters, pitch=6.2, margins=top + 0.2)
    canvas = Canvas(chart, theme, max(chart.height, rows.total + top + 0.2))
    scale = _fit(chart, letters, rows.axis, place)
    vertical_grid(canvas, scale, top, top + rows.total, labels_at=top - 2.2)
    if scale.low <= 0 <= scale.high and chart.ticks:
        canvas.line([scale(0)] * 2, [top, top + rows.total], theme.colour.rule, 0.6, order=MARKS_BASE - 0.6, butt=True)
    key.draw(canvas, AXIS, 0.0, mark="compare" if compare else "arrow" if is_change(chart) else "")
    rows.draw_names(canvas, top)
    for i in range(len(chart.categories)):
        _row(canvas, rows, i, top + rows.middle(i), scale, place(chart, letters, scale, rows.axis, i), compare)
    draw_references(canvas, scale, top - (4.6 if chart.ticks else 0.0), top + rows.total, behind=True)
    return canvas


def _row(canvas: Canvas, rows: Rows, i: int, y: float, scale: Scale, labels: list[Label], compare: bool) -> None:
    theme, chart = canvas.theme, canvas.chart
    points = [(k, s, s.points[i]) for k, s in enumerate(chart.series)]
    valued = [scale(p.value) for _, _, p in points if p.value is not None]
    if len(valued) > 1:
        link = theme.colour.rule if rows.national[i] or not compare else theme.colour.hair
        canvas.line([min(valued), max(valued)], [y, y], link, 3.0, order=BACK + 0.2, butt=True)
    for k, series, point in reversed(points):
        if point.value is None:
            continue
        x, fill = scale(point.value), _fill(canvas, series, k, compare)
        if point.low is not None and point.high is not None:
            canvas.interval((scale(point.low), y), (scale(point.high), y), fill, BACK + 0.4)
        if compare and compared(k) and k:
            canvas.marker(x, y, compared(k), 5.0, fill, hollow=1.6 if point.provisional else 0, order=OVER)
        elif compare and k:
            canvas.line([x, x], [y - 1.6, y + 1.6], fill, 2.2, order=OVER, butt=True)
        else:
            size = 6.6 if compare else shape_size(series, 6.2)
            mark = "o" if compare else shape(series)
            if not compare and k and is_change(chart) and len(valued) > 1:
                mark = ">" if x >= min(valued) + max(valued) - x else "<"
            canvas.marker(x, y, mark, size, fill, hollow=1.6 if point.provisional else 0, order=OVER + 0.1)
    paper = theme.colour.tint if rows.national[i] else theme.colour.paper
    for label in labels:
        k = chart.series.index(label.series)
        ink = _ink(canvas, label.series, k, compare)
        weight: Weight = "semibold" if (compare and k == 0) or rows.national[i] else "regular"
        canvas.text(
            label.x, y, label.point.text, ink, weight=weight, align=label.align, back="" if _linked(label, valued) else paper
        )
        if _linked(label, valued):
            w = canvas.letters.width(label.point.text, SIZE, weight)
            canvas.rectangle(label.x - _OFF, y - 1.5, label.x + w + 0.5, y + 1.5, paper, order=BACK + 0.3)


def _linked(label: Label, valued: list[float]) -> bool:
    """Whether the figure stands on the line between the two marks."""
    return len(valued) > 1 and label.align == "left" and min(valued) < label.x < max(valued)


def _dumbbell_labels(chart: Chart, letters: Lettering, scale: Scale, axis: float, i: int) -> list[Label]:
    """The lower figure at the left, the higher at the right. A lower one that would lie across the zero line goes between the
    marks or, in the order of the marks, beyond them; signs for missing values to the axis or beyond the figures."""
    valued = sorted(((s.points[i].value or 0.0, k, s) for k, s in enumerate(chart.series) if s.points[i].value is not None))
    gone = [s for s in chart.series if s.points[i].value is None and s.points[i].text]
    found = []
    right = axis
    if valued:
        (low, _, lower), (high, _, higher) = valued[0], valued[-1]
        before, after = [lower] if len(valued) > 1 else [], [higher]
        if before and _across(letters, scale, lower.points[i], scale(low) - _OFF, "right"):
            before = []
            w = letters.width(lower.points[i].text, SIZE, "semibold")
            if scale(low) + 2 * _OFF + w < scale(high):
                found.append(Label(lower, lower.points[i], scale(low) + _OFF, "left"))
            else:
                after = [lower, higher]
        elif _across(letters, scale, higher.points[i], scale(high) + _OFF, "left"):
            before, after = [higher, *before], []
        left, right = scale(low) - _OFF, scale(high) + _OFF
        for series in before:
            found.append(Label(series, series.points[i], left, "right"))
            left -= letters.width(series.points[i].text, SIZE, "semibold") + _APART
        for series in after:
            found.append(Label(series, series.points[i], right, "left"))
            right += letters.width(series.points[i].text, SIZE, "semibold") + _APART
    for series in gone:
        found.append(Label(series, series.points[i], right, "left"))
        right += _APART + letters.width(series.points[i].text)
    return found


def _across(letters: Lettering, scale: Scale, point: Point, x: float, align: Align) -> bool:
    """Whether a figure beside its mark would lie on the zero line."""
    w = letters.width(point.text, SIZE, "semibold")
    start = x - w if align == "right" else x
    return scale.low <= 0 <= scale.high and start - 0.6 < scale(0) < start + w + 0.6


def _dot_labels(chart: Chart, letters: Lettering, scale: Scale, axis: float, i: int) -> list[Label]:
    """The figure right of each mark; the left one moves to the left where the other mark stands too near."""
    points = [(s, s.points[i]) for s in chart.series]
    valued = sorted([(scale(p.value), k) for k, (_, p) in enumerate(points) if p.value is not None])
    found: list[Label] = []
    for at, (_, k) in enumerate(valued):
        series, point = points[k]
        w = letters.width(point.text, SIZE, "semibold")
        left, right = _sides(scale, point)
        following = _sides(scale, points[valued[at + 1][1]][1])[0] + _OFF if at + 1 < len(valued) else None
        if following is None or right + w + 1.6 < following:
            found.append(Label(series, point, right, "left"))
        elif (
            left - w >= axis - 0.5
            and not (found and _end(found[-1], letters) > left - w)
            and not _across(letters, scale, point, left, "right")
        ):
            found.append(Label(series, point, left, "right"))
        else:
            found.append(Label(series, point, -1.0, "left"))
    for at, label in enumerate(found):
        if label.x < 0:
            # no room on either side: in the order of the marks, beyond the last one
            beyond = max(_end(other, letters) for other in found if other.x >= 0)
            found[at] = Label(label.series, label.point, beyond + _APART, "left")
    at_axis = not any(x < axis + 6 for x, _ in valued)
    for k, (series, point) in enumerate(points):
        if point.value is not None or not point.text:
            continue
        first = next(n for n, p in enumerate(series.points) if p.value is None and p.text)
        if k and letters.width(series.label) <= _NAME and (len(points) > 2 or i == first):
            # grey signs could be read as those of any comparison; of the only one it is enough to name the first
            point = replace(point, text=f"{series.label} {point.text}")
        x = axis + 1.0 if at_axis and not (k and found) else max((_end(f, letters) for f in found), default=axis - 1.0) + _APART
        at_axis = False
        found.append(Label(series, point, x, "left"))
    return found


def _sides(scale: Scale, point: Point) -> tuple[float, float]:
    """Where figures may begin left and right of a mark and of the interval around it."""
    x = scale(point.value or 0.0)
    low, high = (x if v is None else scale(v) for v in (point.low, point.high))
    return min(x - _OFF, low - 1.2), max(x + _OFF, high + 1.2)


def _end(label: Label, letters: Lettering) -> float:
    return label.x + (letters.width(label.point.text, SIZE, "semibold") if label.align == "left" else 0.0)


def _fit(
    chart: Chart, letters: Lettering, axis: float, place: Callable[[Chart, Lettering, Scale, float, int], list[Label]]
) -> Scale:
    """A scale on which every figure keeps between the axis and the edge."""
    scale = value_scale(chart, axis, chart.width - 4.0)
    for _ in range(5):
        left = right = 0.0
        for i in range(len(chart.categories)):
            for label in place(chart, letters, scale, axis, i):
                w = letters.width(label.point.text, SIZE, "semibold")
                if label.align == "right":
                    left = max(left, axis + 0.4 - (label.x - w))
                else:
                    right = max(right, label.x + w + 0.4 - chart.width)
        if left <= 0.05 and right <= 0.05:
            break
        scale = Scale(scale.low, scale.high, scale.start + max(0.0, left), scale.end - max(0.0, right))
    return scale


def _fill(canvas: Canvas, series: Series, k: int, compare: bool) -> str:
    if compare and k:
        return canvas.theme.colour.ink_2
    return colour(canvas.theme, series)


def _ink(canvas: Canvas, series: Series, k: int, compare: bool) -> str:
    return canvas.theme.colour.ink_2 if compare and k else text_colour(canvas.theme, series)
