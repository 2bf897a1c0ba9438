"""Vertical columns over periods: single, in groups of up to three, or stacked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bulletin.document.chart import TOTALS, BreakBand, Chart, Series
from bulletin.document.colours import reference_colour
from bulletin.draw.axis import CategoryLabels, category_labels, horizontal_grid, tick_room
from bulletin.draw.bands import ABOVE, Band, draw_bands
from bulletin.draw.bar import draw_bar, draw_grouped
from bulletin.draw.canvas import MARK, OVER, Box, Canvas, text_box
from bulletin.draw.land import Land
from bulletin.draw.legend import EndLabel, draw_end_labels, end_label, legend, room_for
from bulletin.draw.lettering import SIZE, SMALL, SMALLEST, Lettering
from bulletin.draw.marks import colour, on, text_colour, texture
from bulletin.draw.placing import Taken
from bulletin.draw.scale import Scale, value_scale
from bulletin.model.theme import Theme

HEIGHT = 61.2
_SIDE = 34.0
"""Most of the column at the right for labels of references and parts."""
_WIDEST = 14.0
"""Of bands."""


@dataclass(frozen=True)
class Frame:
    left: float
    right: float
    top: float
    bottom: float
    height: float
    pitch: float
    middles: tuple[float, ...]
    labels: CategoryLabels


def draw_column(chart: Chart, theme: Theme, land: Land) -> Canvas:
    """Labels too long for upright columns turn the chart into horizontal bars."""
    if len(chart.series) > 1:
        return draw_grouped_column(chart, theme, land)
    letters = Lettering(theme.font.text)
    side = _side(letters, [r.label for r in chart.references])
    frame = _frame(chart, letters, 5.5, side)
    series = chart.series[0]
    size = _fitting(letters, [p.text for p in series.points], frame.pitch - 0.6)
    if size is None or not _upright(chart, frame):
        return draw_bar(replace(chart, ticks=(), breaks=()), theme, land)
    canvas = Canvas(chart, theme, frame.height)
    scale = _open_scale(chart, frame)
    half = min(frame.pitch * 0.31, 7.5)
    _ground(canvas, frame, scale, half)
    for x, point in zip(frame.middles, series.points, strict=True):
        if point.value is None:
            canvas.text(x, scale.zero - 2.2, point.text, theme.colour.ink_2, weight="semibold", align="center")
            continue
        y = scale(point.value)
        canvas.bar(x - half, scale.zero, x + half, y, colour(theme, series), hollow=point.provisional)
        at = y + 2.3 if point.value < 0 else y - 2.3
        ink = text_colour(theme, series)
        canvas.text(x, at, point.text, ink, size=size, weight="semibold", align="center", back=theme.colour.paper)
    _finish(canvas, frame, scale)
    return canvas


def draw_grouped_column(chart: Chart, theme: Theme, land: Land) -> Canvas:
    """Figures over columns where they fit; else the axis tells, and without an axis the chart turns into horizontal bars."""
    letters = Lettering(theme.font.text)
    n = len(chart.series)
    key = legend(letters, chart.series, chart.width)
    side = _side(letters, [r.label for r in chart.references])
    frame = _frame(chart, letters, key.height + 5.0, side)
    slot = min(frame.pitch * 0.8 / n, 11.0)
    scale = _open_scale(chart, frame)
    size = next((z for z in (SIZE, SMALL, 7.5, SMALLEST) if _figures_free(chart, letters, frame, scale, slot, z)), None)
    if not _upright(chart, frame) or (size is None and not chart.ticks):
        return draw_grouped(replace(chart, breaks=()), theme, land)
    canvas = Canvas(chart, theme, frame.height)
    _ground(canvas, frame, scale, slot * n / 2)
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
    _finish(canvas, frame, scale)
    return canvas


def _figures_free(chart: Chart, letters: Lettering, frame: Frame, scale: Scale, slot: float, size: float) -> bool:
    """Whether all figures find room over their columns, clear of the neighbours and of each other."""
    n, taken, boxes = len(chart.series), Taken(), []
    for j, middle in enumerate(frame.middles):
        for k, series in enumerate(chart.series):
            x, point = middle + (k - (n - 1) / 2) * slot, series.points[j]
            if point.value is None:
                continue
            y = scale(point.value)
            taken.boxes.append(Box(x - slot * 0.46, min(y, scale.zero), x + slot * 0.46, max(y, scale.zero)))
            at = y + 2.1 if point.value < 0 else y - 2.1
            boxes.append(text_box(letters, x, at, point.text, size, "regular", "center"))
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
    frame = _frame(chart, letters, 5.5, _side(letters, names))
    if not _upright(chart, frame):
        return draw_grouped(replace(chart, breaks=()), theme, land)
    sums = [sum(max(0.0, s.points[j].value or 0.0) for s in parts) for j in range(len(chart.categories))]
    below = [sum(min(0.0, s.points[j].value or 0.0) for s in parts) for j in range(len(chart.categories))]
    canvas = Canvas(chart, theme, frame.height)
    extra = [p.value for p in totals.points if p.value is not None] if totals else []
    scale = value_scale(chart, frame.bottom, frame.top, [*sums, *below, *extra])
    half = min(frame.pitch * 0.33, 8.5)
    _ground(canvas, frame, scale, half)
    labels: list[EndLabel] = []
    for j, x in enumerate(frame.middles):
        up = down = 0.0
        gone = all(s.points[j].value is None for s in parts)
        for series in parts:
            point = series.points[j]
            if point.value is None:
                if j == len(frame.middles) - 1:
                    wanted = scale(up)
                    labels.append(end_label(letters, wanted, series.label, point.text, text_colour(theme, series), frame.right))
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
    _finish(canvas, frame, scale, labels)
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


def _frame(chart: Chart, letters: Lettering, top: float, side: float) -> Frame:
    left = tick_room(chart, letters)
    right = chart.width - side
    n = max(1, len(chart.categories))
    pitch = (right - left) / n
    middles = tuple(left + (i + 0.5) * pitch for i in range(n))
    labels = category_labels(letters, [c.label for c in chart.categories], middles, chart.width, thin=False)
    height = chart.height or HEIGHT
    return Frame(left, right, top, height - labels.height - 1.6, height, pitch, middles, labels)


def _upright(chart: Chart, frame: Frame) -> bool:
    """Whether the category labels stand well under columns."""
    return not any(line.endswith("-") for lines in frame.labels.lines for line in lines) and frame.labels.height < 18


def _open_scale(chart: Chart, frame: Frame) -> Scale:
    """Figures below negative columns keep above the category labels."""
    scale = value_scale(chart, frame.bottom, frame.top)
    values = [p.value for s in chart.series for p in s.points if p.value is not None]
    lowest = min(values, default=0.0)
    if lowest < 0 and scale(lowest) > frame.bottom - 4.4:
        scale = value_scale(chart, frame.bottom - 4.4, frame.top)
    return scale


def _ground(canvas: Canvas, frame: Frame, scale: Scale, half: float) -> None:
    """`half`: from the middle of a place to the side of its column or columns."""
    bands = [band for one in canvas.chart.breaks for band in _band(canvas.chart, frame, one, half)]
    taken = Taken(boxes=_marks(canvas, frame, scale, half))
    draw_bands(canvas, bands, frame.top, frame.bottom, taken, ABOVE)
    horizontal_grid(canvas, scale, frame.left, frame.right)


def _band(chart: Chart, frame: Frame, one: BreakBand, half: float) -> list[Band]:
    """Between the last column before the break and the first one after; over places without a value in between."""
    places = _places(chart)
    after = next((i for i, p in enumerate(places) if p >= one.after), None)
    if not after:
        return []
    before = max((i for i, p in enumerate(places) if p <= one.before), default=after - 1)
    if any(s.points[j].value is not None for s in chart.series for j in range(before + 1, after)):
        before = after - 1
    x0, x1 = frame.middles[before] + half, frame.middles[after] - half
    width = min(max(x1 - x0 - 0.8, 1.6), _WIDEST)
    return [Band((x0 + x1 - width) / 2, (x0 + x1 + width) / 2, one.label)]


def _marks(canvas: Canvas, frame: Frame, scale: Scale, half: float) -> list[Box]:
    """Columns with their figures, roughly: where a band's label must not stand."""
    chart = canvas.chart
    stacked = chart.kind == "stacked"
    found = []
    for j, x in enumerate(frame.middles):
        values = [s.points[j].value or 0.0 for s in chart.series if not (stacked and s.key in TOTALS)]
        figures = [s.points[j].text for s in chart.series if not stacked or s.key in TOTALS]
        across = max(half, canvas.letters.widest(figures, SIZE, "semibold") / 2)
        top = scale(sum(values) if stacked else max(values)) - 4.2
        found.append(Box(x - across, top, x + across, frame.bottom))
    return found


def _places(chart: Chart) -> list[float]:
    given = [c.position for c in chart.categories if c.position is not None]
    return given if len(given) == len(chart.categories) else [float(i) for i in range(len(chart.categories))]


def _finish(canvas: Canvas, frame: Frame, scale: Scale, labels: list[EndLabel] | None = None) -> None:
    accent = reference_colour(canvas.theme, canvas.chart)
    canvas.line([frame.left, frame.right], [scale.zero] * 2, canvas.theme.colour.ink, 0.9, order=MARK + 0.5, butt=True)
    frame.labels.draw(canvas, frame.middles, frame.bottom + 1.6)
    ends = list(labels or [])
    room = canvas.width - frame.right - 2.4
    for one in canvas.chart.references:
        y = scale(one.value)
        canvas.line([frame.left, frame.right], [y, y], accent, 1.0, dashes=(2, 1.6), order=OVER)
        ends.append(end_label(canvas.letters, y, one.label, "", accent, room))
    draw_end_labels(canvas, ends, frame.right + 2.4, 0.0, canvas.height)


def _side(letters: Lettering, names: list[str]) -> float:
    return room_for(letters, names, [], _SIDE) + 2.6 if names else 0.0


def _fitting(letters: Lettering, texts: list[str], room: float) -> float | None:
    """The largest size at which all texts keep within `room`; None when not even the smallest does."""
    return next((s for s in (SIZE, SMALL, 7.5, SMALLEST) if letters.widest(texts, s, "semibold") <= room), None)
