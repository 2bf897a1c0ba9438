"""The frame in which columns stand: their places, the names below them, bands of breaks, lines to compare with, labels at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bulletin.document.chart import TOTALS, BreakBand, Chart
from bulletin.document.colours import reference_colour
from bulletin.draw.axis import CategoryLabels, category_labels, horizontal_grid, tick_room
from bulletin.draw.bands import ABOVE, Band, bands_free, draw_bands
from bulletin.draw.canvas import BACK, MARK, Box, Canvas
from bulletin.draw.legend import EndLabel, draw_end_labels, end_label, room_for
from bulletin.draw.lettering import SIZE, Lettering
from bulletin.draw.placing import Taken
from bulletin.draw.scale import Scale, value_scale

HEIGHT = 61.2
_SIDE = 34.0
"""Most of the column at the right for labels of references and parts."""
_SHORT = 5
"""Letters of names that may be left out, as years may."""
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


def frame_of(chart: Chart, letters: Lettering, top: float, side: float, ends: float = 0.0) -> Frame:
    """`side`: width of the column at the right; `ends`: height of the labels in it."""
    left = tick_room(chart, letters)
    right = chart.width - side
    n = max(1, len(chart.categories))
    pitch = (right - left) / n
    middles = tuple(left + (i + 0.5) * pitch for i in range(n))
    names = [c.label for c in chart.categories]
    labels = category_labels(letters, names, middles, chart.width, thin=all(len(name) <= _SHORT for name in names))
    height = chart.height or max(HEIGHT, ends + labels.height)
    return Frame(left, right, top, height - labels.height - 1.6, height, pitch, middles, labels)


def with_room_for_breaks(
    chart: Chart, letters: Lettering, frame: Frame, half: float, scale_of: Callable[[Frame], Scale], ceiling: float
) -> Frame:
    """Lower by a storey where words of breaks would lie over figures. `ceiling`: what stands higher is taken."""
    bands = bands_of(chart, frame, half)
    taken = Taken(boxes=_marks(chart, letters, frame, scale_of(frame), half))
    if bands_free(letters, (frame.left, frame.right), bands, frame.top, frame.bottom, taken, frame.top - ceiling):
        return frame
    more = ABOVE + 0.6
    return replace(frame, top=frame.top + more, height=frame.height + more, bottom=frame.bottom + more)


def upright(chart: Chart, frame: Frame) -> bool:
    """Whether the category labels stand well under columns."""
    return not any(line.endswith("-") for lines in frame.labels.lines for line in lines) and frame.labels.height < 18


def open_scale(chart: Chart, frame: Frame) -> Scale:
    """Figures below negative columns keep above the category labels."""
    scale = value_scale(chart, frame.bottom, frame.top)
    values = [p.value for s in chart.series for p in s.points if p.value is not None]
    lowest = min(values, default=0.0)
    if lowest < 0 and scale(lowest) > frame.bottom - 4.4:
        scale = value_scale(chart, frame.bottom - 4.4, frame.top)
    return scale


def draw_ground(canvas: Canvas, frame: Frame, scale: Scale, half: float, ceiling: float = 0.0) -> None:
    """`half`: from the middle of a place to the side of its column or columns."""
    bands = bands_of(canvas.chart, frame, half)
    taken = Taken(boxes=_marks(canvas.chart, canvas.letters, frame, scale, half))
    draw_bands(canvas, bands, (frame.left, frame.right), frame.top, frame.bottom, taken, frame.top - ceiling)
    horizontal_grid(canvas, scale, frame.left, frame.right)


def bands_of(chart: Chart, frame: Frame, half: float) -> list[Band]:
    return [band for one in chart.breaks for band in _band(chart, frame, one, half)]


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


def _marks(chart: Chart, letters: Lettering, frame: Frame, scale: Scale, half: float) -> list[Box]:
    """Columns with their figures, roughly: where a band's label must not stand."""
    stacked = chart.kind == "stacked"
    found = []
    for j, x in enumerate(frame.middles):
        values = [s.points[j].value or 0.0 for s in chart.series if not (stacked and s.key in TOTALS)]
        figures = [s.points[j].text for s in chart.series if not stacked or s.key in TOTALS]
        across = max(half, letters.widest(figures, SIZE, "semibold") / 2)
        top = scale(sum(values) if stacked else max(values)) - 4.2
        found.append(Box(x - across, top, x + across, frame.bottom))
    return found


def _places(chart: Chart) -> list[float]:
    given = [c.position for c in chart.categories if c.position is not None]
    return given if len(given) == len(chart.categories) else [float(i) for i in range(len(chart.categories))]


def finish(canvas: Canvas, frame: Frame, scale: Scale, labels: list[EndLabel] | None = None) -> None:
    """Lines to compare with lie behind the columns and their figures."""
    accent = reference_colour(canvas.theme, canvas.chart)
    canvas.line([frame.left, frame.right], [scale.zero] * 2, canvas.theme.colour.ink, 0.9, order=MARK + 0.5, butt=True)
    frame.labels.draw(canvas, frame.middles, frame.bottom + 1.6)
    ends = list(labels or [])
    room = canvas.width - frame.right - 2.4
    for one in canvas.chart.references:
        y = scale(one.value)
        canvas.line([frame.left, frame.right], [y, y], accent, 1.0, dashes=(2, 1.6), order=BACK - 0.05)
        ends.append(end_label(canvas.letters, y, one.label, "", accent, room))
    draw_end_labels(canvas, ends, frame.right + 2.4, 0.0, frame.bottom + 1.6)


def side_of(letters: Lettering, names: list[str]) -> float:
    return room_for(letters, names, [], _SIDE) + 2.6 if names else 0.0


def height_of_ends(letters: Lettering, names: Sequence[str], room: float) -> float:
    """Of a column of labels with a figure below each."""
    return sum(end_label(letters, 0.0, name, "0", "", room).height for name in names) + 2.0
