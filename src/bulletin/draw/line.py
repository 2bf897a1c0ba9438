"""Lines over time, labelled at their ends."""

from __future__ import annotations

import itertools

from bulletin.document.chart import Chart, Point, Series
from bulletin.document.colours import reference_colour
from bulletin.draw.axis import category_labels, horizontal_grid, tick_room
from bulletin.draw.bands import ABOVE, break_bands, draw_bands
from bulletin.draw.canvas import Box, Canvas, text_box
from bulletin.draw.land import Land
from bulletin.draw.legend import EndLabel, draw_end_labels, end_label, room_for
from bulletin.draw.lettering import SIZE, Lettering
from bulletin.draw.marks import colour, reach, shape, shape_size, text_colour
from bulletin.draw.placing import Taken
from bulletin.draw.scale import Scale, category_positions, category_scale, value_scale
from bulletin.model.theme import Theme

HEIGHT, TOP, LABELS = 61.2, 5.0, 42.0
_END = 3.4
"""From the last point to its label."""


def draw_line(chart: Chart, theme: Theme, land: Land) -> Canvas:
    letters = Lettering(theme.font.text)
    names = [s.label for s in chart.series] + [r.label for r in chart.references]
    room = room_for(letters, names, [s.points[-1].text for s in chart.series if s.points], LABELS - _END)
    left = tick_room(chart, letters)
    right = chart.width - room - _END - 0.2
    pad = 1.6 if chart.ticks else 1.0
    _, xs = category_scale(chart, left + pad, right)
    labels = category_labels(letters, [c.label for c in chart.categories], xs, chart.width)
    ends = [_end(letters, theme, s, 0.0, room) for s in chart.series]
    references = [end_label(letters, 0.0, r.label, "", reference_colour(theme, chart), room) for r in chart.references]
    least = sum(e.height for e in (*ends, *references)) + 4
    height = chart.height or max(HEIGHT, least + TOP + labels.height)
    bottom = height - labels.height - 1.6
    canvas = Canvas(chart, theme, height)
    scale = value_scale(chart, bottom, TOP)
    horizontal_grid(canvas, scale, left, right)
    taken = Taken()
    _lines(canvas, scale, xs, taken)
    x_scale, _ = category_scale(chart, left + pad, right)
    draw_bands(canvas, break_bands(chart, x_scale), (left, right + 1.0), TOP, bottom, taken, ABOVE)
    for reference in chart.references:
        y = scale(reference.value)
        canvas.line([left, right], [y, y], reference_colour(theme, chart), 1.0, dashes=(2, 1.6))
        taken.segments.append((left, y, right, y))
    labels.draw(canvas, xs, bottom + 1.6)
    _inner_labels(canvas, scale, xs, taken)
    _missing(canvas, xs, bottom, TOP, taken)
    wanted = [_end(letters, theme, s, _last_y(s, scale, bottom), room) for s in chart.series]
    wanted += [end_label(letters, scale(r.value), r.label, "", reference_colour(theme, chart), room) for r in chart.references]
    draw_end_labels(canvas, wanted, right + _END, 0.0, bottom + 1.6)
    return canvas


def runs(chart: Chart, series: Series) -> list[list[int]]:
    """Categories to be joined: consecutive values on the same side of every break."""
    positions = category_positions(chart)
    found: list[list[int]] = [[]]
    for j, point in enumerate(series.points):
        if point.value is None:
            found.append([])
            continue
        if found[-1] and any(positions[j - 1] <= b.before and b.after <= positions[j] for b in chart.breaks):
            found.append([])
        found[-1].append(j)
    return [run for run in found if run]


def _lines(canvas: Canvas, scale: Scale, xs: list[float], taken: Taken) -> None:
    ordered = sorted(canvas.chart.series, key=lambda s: s.colour >= 0)
    for series in ordered:
        fill = colour(canvas.theme, series)
        for run in runs(canvas.chart, series):
            for a, b in itertools.pairwise(run):
                y0, y1 = scale(series.points[a].value or 0), scale(series.points[b].value or 0)
                taken.segments.append((xs[a], y0, xs[b], y1))
            firm, dashed = _parts(run, series.points)
            for part, dashes in ((p, None) for p in firm):
                canvas.line([xs[j] for j in part], [scale(series.points[j].value or 0) for j in part], fill, 1.9, dashes=dashes)
            for part in dashed:
                ys = [scale(series.points[j].value or 0) for j in part]
                canvas.line([xs[j] for j in part], ys, fill, 1.9, dashes=(2.2, 1.6))
            for j in run:
                y = scale(series.points[j].value or 0)
                hollow = series.points[j].provisional
                size = shape_size(series, 5.6 if hollow else 3.8 if len(run) > 1 else 5.0)
                half = max(0.8, reach(series, size, 1.6 if hollow else 0))
                taken.boxes.append(Box(xs[j] - half, y - half, xs[j] + half, y + half))
                low, high = series.points[j].low, series.points[j].high
                if low is not None and high is not None:
                    canvas.interval((xs[j], scale(low)), (xs[j], scale(high)), fill)
                    taken.segments.append((xs[j], scale(low), xs[j], scale(high)))
                canvas.marker(xs[j], y, shape(series), size, fill, hollow=1.6 if hollow else 0)


def _parts(run: list[int], points: tuple[Point, ...]) -> tuple[list[list[int]], list[list[int]]]:
    """A run cut into firm stretches and the steps that lead to a provisional point."""
    firm: list[list[int]] = [[run[0]]]
    dashed = []
    for a, b in itertools.pairwise(run):
        if points[b].provisional:
            dashed.append([a, b])
            firm.append([b])
        else:
            firm[-1].append(b)
    return [part for part in firm if len(part) > 1], dashed


def _inner_labels(canvas: Canvas, scale: Scale, xs: list[float], taken: Taken) -> None:
    """The first value of every line; of a single line every value, where all of them find room."""
    series = [s for s in canvas.chart.series if any(p.value is not None for p in s.points)]
    if len(series) == 1 and len(xs) <= 14:
        last = len(xs) - 1
        shown = [j for j, p in enumerate(series[0].points) if p.value is not None and p.text and j != last]
        trial = Taken(list(taken.boxes), list(taken.segments))
        placed = [(j, _beside(canvas, series[0], j, scale, xs, trial)) for j in shown]
        if all(place is not None for _, place in placed):
            for j, place in placed:
                _say(canvas, series[0], j, place)
            taken.boxes[:] = trial.boxes
            return
    for one in series:
        first = next(j for j, p in enumerate(one.points) if p.value is not None)
        if first < len(xs) - 1 and one.points[first].text:
            _say(canvas, one, first, _beside(canvas, one, first, scale, xs, taken))


def _beside(canvas: Canvas, series: Series, j: int, scale: Scale, xs: list[float], taken: Taken) -> tuple[float, float] | None:
    """Above or below the point, on the side the line leaves free; farther off or to the right where that is taken."""
    text, y = series.points[j].text, scale(series.points[j].value or 0)
    around = [series.points[i].value for i in (j - 1, j + 1) if 0 <= i < len(xs)]
    level = sum(v for v in around if v is not None) / max(1, sum(v is not None for v in around))
    side = 1 if (series.points[j].value or 0) < level else -1
    half = canvas.letters.width(text) / 2
    middle = max(xs[j], half) if j else max(xs[j] + half - 1.0, half)
    off = 0.5 if series.points[j].provisional else 0.0
    candidates = [(middle, y + s * (d + off)) for d in (2.9, 3.6, 4.6) for s in (side, -side)]
    candidates += [(xs[j] + half + 1.8, y + d) for d in (0, 2, -2)]
    candidates += [(middle, y + s * d) for d in (6.2, 8) for s in (side, -side)]

    def box(place: tuple[float, float]) -> Box:
        return text_box(canvas.letters, place[0], place[1], text, SIZE, "regular", "center")

    inside = [c for c in candidates if box(c).y0 >= 0 and box(c).y1 <= max(scale.start, scale.end) - 0.3]
    return taken.first_free(inside, box)


def _say(canvas: Canvas, series: Series, j: int, place: tuple[float, float] | None) -> None:
    if place is not None:
        colour_ = text_colour(canvas.theme, series)
        canvas.text(*place, series.points[j].text, colour_, align="center", back=canvas.theme.colour.paper)


def _missing(canvas: Canvas, xs: list[float], bottom: float, top: float, taken: Taken) -> None:
    """The sign for a value that is missing between others, or for all series, at its place on the axis."""
    series = canvas.chart.series
    for j, x in enumerate(xs):
        gone = [s for s in series if s.points[j].value is None and s.points[j].text and _inside(s, j)]
        if all(s.points[j].value is None for s in series):
            gone = [s for s in series if s.points[j].text][:1] if j < len(xs) - 1 or len(series) == 0 else []
            tints = [canvas.theme.colour.ink_2] * len(gone)
        else:
            tints = [text_colour(canvas.theme, s) for s in gone]
        for one, tint in zip(gone, tints, strict=True):
            text = one.points[j].text
            rows = [(x, bottom - 2.0 - 3.0 * i) for i in range(5)] + [(x, top + 2.0 + 3.0 * i) for i in range(5)]

            def box(at: tuple[float, float], text: str = text) -> Box:
                return text_box(canvas.letters, at[0], at[1], text, 9.5, "semibold", "center")

            place = taken.first_free(rows, box)
            if place is not None:  # else the gap alone tells
                canvas.text(*place, text, tint, size=9.5, weight="semibold", align="center")


def _inside(series: Series, j: int) -> bool:
    valued = [i for i, p in enumerate(series.points) if p.value is not None]
    return bool(valued) and valued[0] < j < valued[-1]


def _last_y(series: Series, scale: Scale, bottom: float) -> float:
    return next((scale(p.value) for p in reversed(series.points) if p.value is not None), bottom)


def _end(letters: Lettering, theme: Theme, series: Series, y: float, room: float) -> EndLabel:
    value = series.points[-1].text if series.points else ""
    return end_label(letters, y, series.label, value, text_colour(theme, series), room)
