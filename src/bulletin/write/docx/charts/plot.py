"""The plots that Word can draw, one function a kind: series, axes and frame with the pictures' scale, colours and labels."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bulletin.document.chart import Chart
from bulletin.document.colours import colour, on, reference_colour, text_colour
from bulletin.document.native import is_total
from bulletin.document.number_format import Format, format_of
from bulletin.write.docx.charts.axes import Values, category_axis, value_axis
from bulletin.write.docx.charts.drawingml import SIZE, SMALL, Label, val
from bulletin.write.docx.charts.room import AXIS, LEADING, Frame, Sizes, foot_rows, key_height, name_column
from bulletin.write.docx.charts.series import Pen, bars, compared, line

_LEAST = 0.05
"""Share of a row below which a part carries no figure."""


@dataclass(frozen=True)
class Plot:
    inner: str
    """Plots and axes."""
    frame: Frame
    key: float
    """Height of the legend; 0: there is none."""
    unnamed: tuple[int, ...] = ()
    """Entries of the legend to leave out."""


def plot(chart: Chart, pen: Pen, sizes: Sizes, first: int) -> Plot:
    """`first`: the number from which the axes are counted, unique in the file."""
    return _PLOTS[chart.kind](chart, pen, sizes, first)


def _bars(grouping: str, series: str, ids: tuple[int, int], gap: float, overlap: int, *, lying: bool) -> str:
    return (
        f"<c:barChart>{val('barDir', 'bar' if lying else 'col')}{val('grouping', grouping)}{val('varyColors', 0)}{series}"
        f"{val('gapWidth', min(500, max(0, round(gap))))}{val('overlap', overlap)}{val('axId', ids[0])}{val('axId', ids[1])}"
        "</c:barChart>"
    )


def _lines(series: str, ids: tuple[int, int]) -> str:
    return (
        f"<c:lineChart>{val('grouping', 'standard')}{val('varyColors', 0)}{series}{val('marker', 1)}"
        f"{val('axId', ids[0])}{val('axId', ids[1])}</c:lineChart>"
    )


def _own(chart: Chart) -> range:
    """Series of the chart itself, without lines to compare with."""
    return range(len(chart.series))


def _values(chart: Chart, found: list[float]) -> Values:
    """From the first to the last tick, or from zero; wide enough for every value."""
    found = [*found, *(r.value for r in chart.references)]
    ticks = [t.value for t in chart.ticks]
    low, high = min([0.0, *ticks, *found]), max([0.0, *ticks, *found])
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 0.0
    return Values(low, high if high > low else low + 1, step, _ticked(chart).code)


def _ticked(chart: Chart) -> Format:
    return format_of([(t.value, t.text) for t in chart.ticks])


def _valued(chart: Chart) -> list[float]:
    return [p.value for s in chart.series for p in s.points if p.value is not None]


def _names(pen: Pen) -> list[str]:
    return [one.label for one in pen.sheet.lines]


def _texts(chart: Chart) -> list[str]:
    return [p.text for s in chart.series for p in s.points if p.value is not None]


def _kept(found: list[Label | None]) -> list[Label]:
    return [one for one in found if one is not None]


# ---------------------------------------------------------------- lying bars


def _widened(values: Values, frame: Frame, wide: float) -> Values:
    """Room for the figures beyond the ends of the bars."""
    span = values.high - values.low
    share = min(0.6, (wide + 2.0) / frame.across)
    high = values.high + span * share / (1 - share) if values.high > 0 else values.high
    low = values.low - span * share / (1 - share) if values.low < 0 else values.low
    return Values(low, high, values.step, values.code)


def _lying(chart: Chart, pen: Pen, sizes: Sizes, key: float) -> tuple[Frame, float, float]:
    """Frame, height of a row and size of the names."""
    top = key + (1.4 if key else 0.6) + (4.0 if chart.ticks else 0.0)
    bottom = sizes.height - 0.6
    pitch = (bottom - top) / max(1, len(pen.sheet.lines))
    left, size = name_column(sizes, _names(pen), pitch)
    return Frame(left, top, sizes.width - 2.0, bottom, sizes), pitch, size


def _bar(chart: Chart, pen: Pen, sizes: Sizes, first: int) -> Plot:
    ids = (first, first + 1)
    frame, pitch, size = _lying(chart, pen, sizes, 0.0)
    values = _widened(_values(chart, _valued(chart)), frame, sizes.widest(_texts(chart)))
    theme = pen.theme
    series = ""
    for at in _own(chart):
        shown = [pen.label(at, n, "outEnd", theme.colour.ink, SIZE) for n in range(len(pen.sheet.lines))]
        national = [
            (n, theme.colour.brand_deep) for n, one in enumerate(pen.sheet.lines) if chart.country and one.key == chart.country
        ]
        single = len(chart.series) == 1 and chart.series[0].colour == 0
        series += bars(pen, at, _kept(shown), apart=national if single else ())
    thick = min(pitch * 0.62, 5.2)
    inner = _bars("clustered", series, ids, (pitch / thick - 1) * 100, 100, lying=True)
    inner += category_axis(theme, pen.letters, ids, upright=False, size=size)
    return Plot(inner + value_axis(theme, pen.letters, ids, values, upright=False), frame, 0.0)


def _grouped(chart: Chart, pen: Pen, sizes: Sizes, first: int) -> Plot:
    ids, count = (first, first + 1), len(chart.series)
    key = key_height(sizes, pen.sheet.heads, sizes.width - AXIS)
    frame, pitch, size = _lying(chart, pen, sizes, key)
    values = _widened(_values(chart, _valued(chart)), frame, sizes.widest(_texts(chart), SMALL))
    slot = min(3.9, (pitch - 1.1) / count)
    series = ""
    for at in _own(chart):
        ink = text_colour(pen.theme, chart.series[at])
        small = SMALL if slot >= 3.2 else 7.0
        series += bars(pen, at, _kept([pen.label(at, n, "outEnd", ink, small) for n in range(len(pen.sheet.lines))]))
    inner = _bars("clustered", series, ids, (pitch - count * slot) / slot * 100, -12, lying=True)
    inner += category_axis(pen.theme, pen.letters, ids, upright=False, size=size)
    return Plot(inner + value_axis(pen.theme, pen.letters, ids, values, upright=False), frame, key)


def _share(chart: Chart, pen: Pen, sizes: Sizes, first: int) -> Plot:
    ids = (first, first + 1)
    key = key_height(sizes, pen.sheet.heads, sizes.width - AXIS)
    frame, pitch, size = _lying(chart, pen, sizes, key)
    series = ""
    for at in _own(chart):
        fill = colour(pen.theme, chart.series[at])
        shown = []
        for n in range(len(pen.sheet.lines)):
            point, whole = pen.points(at)[n], sum(pen.values(other)[n] or 0.0 for other in _own(chart))
            share = (point.value or 0.0) / whole if point is not None and whole else 0.0
            if point is not None and share >= _LEAST and sizes.width_of(point.text) < share * frame.across - 1.2:
                shown.append(pen.label(at, n, "ctr", fill if point.provisional else on(pen.theme, fill), SIZE))
        series += bars(pen, at, _kept(shown), edge=pen.theme.colour.paper)
    thick = min(pitch * 0.72, 6.0)
    inner = _bars("percentStacked", series, ids, (pitch / thick - 1) * 100, 100, lying=True)
    inner += category_axis(pen.theme, pen.letters, ids, upright=False, size=size, drawn=False)
    return Plot(inner + value_axis(pen.theme, pen.letters, ids, Values(0, 1), upright=False), frame, key)


def _pyramid(chart: Chart, pen: Pen, sizes: Sizes, first: int) -> Plot:
    """The first side on an axis of its own that runs to the left: the workbook keeps plain figures, none is negative."""
    key = key_height(sizes, pen.sheet.heads, sizes.width - AXIS)
    foot = 5.0 if chart.ticks else 0.6
    top, bottom = key + 1.4, sizes.height - foot
    pitch = (bottom - top) / max(1, len(pen.sheet.lines))
    left = max(14.0, sizes.widest(_names(pen)) + 4.0)
    frame = Frame(left, top, sizes.width - 2.0, bottom, sizes)
    size = SIZE if pitch >= 4.0 else SMALL if pitch >= 3.6 else 7.0
    found = _values(chart, _valued(chart))
    half = Frame(0, 0, frame.across / 2, 1, sizes)
    most = _widened(Values(0, found.high), half, sizes.widest(_texts(chart))).high
    ticked, step = _ticked(chart), found.step
    if step:
        # Grid lines are counted from the end of the axis, and one stands in the middle.
        if round(step * 10**ticked.decimals) % 2 == 0:
            step /= 2
        most = math.ceil(most / step - 1e-9) * step
        step = found.step if most % found.step < step / 2 else step
    inner, axes = "", ""
    for side, at in ((1, 1), (0, 0)):
        ids = (first + 2 * at, first + 2 * at + 1)
        ink = text_colour(pen.theme, chart.series[at])
        shown = [pen.label(at, n, "outEnd", ink, min(size, SMALL)) for n in range(len(pen.sheet.lines))]
        inner += _bars("clustered", bars(pen, at, _kept(shown)), ids, 25, 100, lying=True)
        values = Values(-most, most, step, ticked.upwards, mirrored=not side)
        axes += category_axis(pen.theme, pen.letters, ids, upright=False, hidden=not side, reading=False, size=size)
        axes += value_axis(pen.theme, pen.letters, ids, values, upright=False)
    return Plot(inner + axes, frame, key)


# ---------------------------------------------------------------- upright


def _standing(chart: Chart, pen: Pen, sizes: Sizes, *, above: float) -> tuple[Frame, float, float]:
    """Frame, width of a place and height of the legend."""
    key = key_height(sizes, pen.sheet.heads, sizes.width)
    left = max(sizes.widest([t.text for t in chart.ticks]) + 3.0, 0.6) if chart.ticks else 0.6
    right = sizes.width - 1.0
    pitch = (right - left) / max(1, len(pen.sheet.lines))
    foot = foot_rows(sizes, _names(pen), pitch) * LEADING + 2.0
    return Frame(left, key + above, right, sizes.height - foot, sizes), pitch, key


def _is_upright(pen: Pen, sizes: Sizes, pitch: float) -> bool:
    """Whether the names stand well under columns."""
    return sizes.longest_word(_names(pen)) <= pitch - 0.8 and foot_rows(sizes, _names(pen), pitch) <= 4


def _column(chart: Chart, pen: Pen, sizes: Sizes, first: int) -> Plot:
    ids, count = (first, first + 1), len(chart.series)
    frame, pitch, key = _standing(chart, pen, sizes, above=5.0)
    slot = min(pitch * (0.62 if count == 1 else 0.8 / count), 15.0 if count == 1 else 11.0)
    size = sizes.fitting(_texts(chart), pitch - 0.6 if count == 1 else slot)
    if not _is_upright(pen, sizes, pitch) or (size is None and (count == 1 or not chart.ticks)):
        return (_bar if count == 1 else _grouped)(chart, pen, sizes, first)
    series = ""
    for at in _own(chart):
        ink = text_colour(pen.theme, chart.series[at])
        shown = [pen.label(at, n, "outEnd", ink, size) for n in range(len(pen.sheet.lines))] if size else []
        series += bars(pen, at, _kept(shown))
    inner = _bars("clustered", series, ids, (pitch - count * slot) / slot * 100, -8 if count > 1 else 0, lying=False)
    inner += category_axis(pen.theme, pen.letters, ids, upright=True)
    values = _values(chart, _valued(chart))
    return Plot(inner + value_axis(pen.theme, pen.letters, ids, values, upright=True), frame, key)


def _stacked(chart: Chart, pen: Pen, sizes: Sizes, first: int) -> Plot:
    ids = (first, first + 1)
    frame, pitch, key = _standing(chart, pen, sizes, above=5.0)
    if not _is_upright(pen, sizes, pitch):
        return _grouped(chart, pen, sizes, first)
    parts = [at for at in _own(chart) if not is_total(chart, chart.series[at])]
    totals = [at for at in _own(chart) if at not in parts]
    sums = [sum(pen.values(at)[n] or 0.0 for at in parts) for n in range(len(pen.sheet.lines))]
    values = _values(chart, [*sums, *(v for at in totals for v in pen.values(at) if v is not None)])
    thick = min(pitch * 0.66, 17.0)
    series = ""
    for at in parts:
        fill, shown = colour(pen.theme, chart.series[at]), []
        for n in range(len(pen.sheet.lines)):
            point = pen.points(at)[n]
            if point is None or point.value is None:
                continue
            tall = point.value / (values.high - values.low) * frame.down
            size = sizes.fitting([point.text], thick - 0.6)
            if tall >= 3.3 and size is not None:
                ink = text_colour(pen.theme, chart.series[at]) if point.provisional else on(pen.theme, fill)
                shown.append(pen.label(at, n, "ctr", ink, min(size, SMALL)))
        series += bars(pen, at, _kept(shown), edge=pen.theme.colour.paper if at != parts[0] else "")
    inner = _bars("stacked", series, ids, (pitch / thick - 1) * 100, 100, lying=False)
    over = ""
    for at in totals:
        size = sizes.fitting(_texts(chart), pitch - 0.4) or 7.0
        told = [pen.label(at, n, "t", pen.theme.colour.ink, size) for n in range(len(pen.sheet.lines))]
        over += compared(pen, at, "", _kept(told))
    inner += (_lines(over, ids) if over else "") + category_axis(pen.theme, pen.letters, ids, upright=True)
    unnamed = tuple(len(parts) + n for n in range(len(totals)))
    return Plot(inner + value_axis(pen.theme, pen.letters, ids, values, upright=True), frame, key, unnamed)


def _line(chart: Chart, pen: Pen, sizes: Sizes, first: int) -> Plot:
    ids = (first, first + 1)
    frame, pitch, key = _standing(chart, pen, sizes, above=5.0)
    wide = max((sizes.longest_word([n]) for n in _names(pen)), default=0.0)
    skip = 1
    while wide > skip * pitch - 1.0 and skip < len(pen.sheet.lines):
        skip += 1
    if skip > 1:
        frame = Frame(frame.left, frame.top, frame.right, sizes.height - LEADING - 2.0, sizes)
    values = _values(chart, _valued(chart))
    told = _line_labels(chart, pen, sizes, frame, values, pitch)
    series = "".join(line(pen, at, told[at]) for at in _own(chart))
    series += "".join(
        compared(pen, at, reference_colour(pen.theme, chart)) for at in range(len(chart.series), len(pen.sheet.series))
    )
    inner = _lines(series, ids) + category_axis(pen.theme, pen.letters, ids, upright=True, skip=skip)
    return Plot(inner + value_axis(pen.theme, pen.letters, ids, values, upright=True), frame, key)


def _line_labels(chart: Chart, pen: Pen, sizes: Sizes, frame: Frame, values: Values, pitch: float) -> dict[int, list[Label]]:
    """The last figure of every line at its right; of a single line all figures where they fit, else the first of each."""

    def height(value: float) -> float:
        return frame.bottom - (value - values.low) / (values.high - values.low) * frame.down

    found: dict[int, list[Label]] = {at: [] for at in _own(chart)}
    taken: list[float] = []
    for at in sorted(_own(chart), key=lambda at: -next((v for v in reversed(pen.values(at)) if v is not None), 0.0)):
        series, known = pen.values(at), [n for n, v in enumerate(pen.values(at)) if v is not None]
        if not known:
            continue
        ink, last = text_colour(pen.theme, chart.series[at]), known[-1]
        wanted = height(series[last] or 0.0)
        place = max([wanted, *(t + 3.5 for t in taken if t + 3.5 > wanted)])
        taken.append(place)
        found[at] += _kept([pen.label(at, last, "r", ink, SIZE, (place - wanted) / sizes.height)])
        every = len(chart.series) == 1 and sizes.widest(_texts(chart)) <= pitch - 0.8
        inner = known[:-1] if every else known[:1] if len(known) > 1 else []
        for n in inner:
            around = [series[m] for m in (n - 1, n + 1) if 0 <= m < len(series)]
            near = [v for v in around if v is not None]
            below = bool(near) and (series[n] or 0.0) < sum(near) / len(near)
            y = height(series[n] or 0.0) + (3.2 if below else -3.2)
            others = [height(v) for other in _own(chart) if other != at for v in [pen.values(other)[n]] if v is not None]
            if any(abs(y - o) < 2.6 for o in others) or y > frame.bottom - 1.2:
                below = not below
            found[at] += _kept([pen.label(at, n, "b" if below else "t", ink, SIZE)])
    return found


_PLOTS: Mapping[str, Callable[[Chart, Pen, Sizes, int], Plot]] = {
    "bar": _bar,
    "grouped": _grouped,
    "share": _share,
    "pyramid": _pyramid,
    "column": _column,
    "grouped_column": _column,
    "stacked": _stacked,
    "line": _line,
}
