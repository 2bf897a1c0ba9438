"""Axes: grid lines with their figures, and category labels that never touch."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin.document.chart import Chart, Tick
from bulletin.draw.canvas import GRID, OVER, Canvas
from bulletin.draw.lettering import SIZE, SMALL, SMALLEST, Lettering, leading
from bulletin.draw.scale import Scale


def tick_room(chart: Chart, letters: Lettering) -> float:
    """Width of the figures at a vertical axis, with the gap to the grid."""
    return letters.widest([t.text for t in chart.ticks]) + 2 if chart.ticks else 0.0


def horizontal_grid(canvas: Canvas, scale: Scale, left: float, right: float) -> None:
    """Lines across with their figures at the left; the zero line dark."""
    colour = canvas.theme.colour
    for tick in canvas.chart.ticks:
        y = scale(tick.value)
        if tick.value != 0:
            canvas.line([left, right], [y, y], colour.hair, 0.6, order=GRID, butt=True)
        canvas.text(left - 2, y, tick.text, colour.ink_2, align="right")
    if scale.low <= 0 <= scale.high:
        canvas.line([left, right], [scale(0), scale(0)], colour.ink, 0.9, order=MARKS_BASE, butt=True)


def vertical_grid(canvas: Canvas, scale: Scale, top: float, bottom: float, *, labels_at: float, mirrored: bool = False) -> None:
    """Lines down with their figures at the height `labels_at`; figures that would touch are thinned out evenly."""
    colour = canvas.theme.colour
    ticks = canvas.chart.ticks
    shown = spaced(ticks, scale, canvas.letters)
    for tick in ticks:
        x = scale(tick.value)
        if tick.value != 0:
            canvas.line([x, x], [top, bottom], colour.hair, 0.6, order=GRID, butt=True)
        if tick in shown and not (mirrored and tick.value == 0):
            canvas.text(x, labels_at, tick.text, colour.ink_2, align="center")


def spaced(ticks: Sequence[Tick], scale: Scale, letters: Lettering, size: float = SIZE) -> Sequence[Tick]:
    """Every first, second, … of them, so that their figures do not touch."""
    step = 1
    while step < len(ticks) and any(
        abs(scale(b.value) - scale(a.value)) < (letters.width(a.text, size) + letters.width(b.text, size)) / 2 + 1.2
        for a, b in zip(ticks[::step], ticks[step::step], strict=False)
    ):
        step += 1
    return ticks[::step]


MARKS_BASE = (GRID + OVER) / 2
"""Base lines lie over bars' feet and under labels."""
_SHORT = 5
"""Characters of a year, or of a month or quarter above one."""


@dataclass(frozen=True)
class CategoryLabels:
    """Lines per category, empty where thinned out; `level` 0 or 1 where labels stand in two storeys."""

    lines: tuple[tuple[str, ...], ...]
    levels: tuple[int, ...]
    size: float
    storey: float
    height: float

    def draw(self, canvas: Canvas, xs: Sequence[float], top: float) -> None:
        for x, lines, level in zip(xs, self.lines, self.levels, strict=True):
            for i, line in enumerate(lines):
                y = top + level * self.storey + (i + 0.5) * leading(self.size)
                canvas.text(x, y, line, canvas.theme.colour.ink_2, size=self.size, align="center")


def category_labels(
    letters: Lettering, labels: Sequence[str], xs: Sequence[float], width: float, *, thin: bool = True
) -> CategoryLabels:
    """The most readable arrangement that keeps labels apart: one line, several lines, smaller, two storeys, the first, the last
    and some between."""
    pitch = min((b - a for a, b in itertools.pairwise(xs)), default=width)
    plain: list[tuple[str, ...]] = [tuple(label.split("\n")) for label in labels]
    ground = [0] * len(labels)
    short = all(len(line) <= _SHORT for lines in plain for line in lines)
    trials: list[tuple[list[tuple[str, ...]], list[int], float]] = [(plain, ground, SIZE), (plain, ground, SMALL)]
    if not short:
        for storeys, rooms in ((1, (pitch - 1.2, 14.0, 20.0)), (2, (2 * pitch - 1.2, 16.0, 24.0))):
            for size in (SIZE, SMALL, SMALLEST):
                for room in rooms:
                    wrapped = [letters.balanced(label, max(room, 6.0), size) for label in labels]
                    trials.append((wrapped, ground if storeys == 1 else _storeys(letters, wrapped, size, xs), size))
    for lines, levels, size in trials:
        broken = any(line.endswith("-") for own in lines for line in own)
        if not broken and max((len(own) for own in lines), default=0) <= 4 and _apart(letters, lines, levels, size, xs, width):
            return _labels(lines, levels, size)
    if not thin:
        lines = [letters.wrap(label, max(pitch - 1.0, 5.0), SMALLEST) for label in labels]
        return _labels(lines, ground, SMALLEST)
    thinned = plain if short else [letters.balanced(label, 16, SMALL) for label in labels]
    for places in _thinnings(len(labels)):
        kept = [lines if i in places else () for i, lines in enumerate(thinned)]
        if _apart(letters, kept, ground, SMALL if not short else SIZE, xs, width):
            return _labels(kept, ground, SMALL if not short else SIZE)
    nothing: list[tuple[str, ...]] = [()] * (len(labels) - 1)
    return _labels(nothing + thinned[-1:], ground, SMALL)


def _thinnings(count: int) -> Iterator[frozenset[int]]:
    """Places of ever fewer labels, the first and the last always among them: at every nth place, where that divides them evenly or
    nearly; else counted from the last, and none so near the first that the gap there is narrower than the others."""
    last = count - 1
    steps = range(2, count)
    for step in steps:
        even = next((n for n in steps if step <= n <= step * 3 / 2 and last % n == 0), None)
        if even:
            yield frozenset(range(0, count, even))
        yield frozenset({0, *range(last, step - 1, -step)})


def _storeys(letters: Lettering, lines: Sequence[tuple[str, ...]], size: float, xs: Sequence[float]) -> list[int]:
    """Only a label that would touch the one before it in the upper storey goes to the lower."""
    levels, end = [], -1.0
    for x, own in zip(xs, lines, strict=True):
        half = letters.widest(list(own), size) / 2
        levels.append(0 if x - half >= end + 0.9 else 1)
        end = x + half if not levels[-1] else end
    return levels


def _apart(
    letters: Lettering, lines: Sequence[tuple[str, ...]], levels: Sequence[int], size: float, xs: Sequence[float], width: float
) -> bool:
    # Years in a row read as one long number where hardly more than a blank parts them.
    gap = 1.5 if all(len(line) <= _SHORT for own in lines for line in own) else 0.9
    for level in set(levels):
        end = -gap
        for x, own, at in zip(xs, lines, levels, strict=True):
            if at != level or not own:
                continue
            w = letters.widest(list(own), size)
            start = min(max(x - w / 2, 0.0), width - w)
            if start < end + gap:
                return False
            end = start + w
    return True


def _labels(lines: Sequence[tuple[str, ...]], levels: Sequence[int], size: float) -> CategoryLabels:
    storeys = [max((len(ls) for ls, at in zip(lines, levels, strict=True) if at == level), default=0) for level in (0, 1)]
    storey = storeys[0] * leading(size) + 0.4
    height = storey + (storeys[1] * leading(size) if storeys[1] else 0.0)
    return CategoryLabels(tuple(lines), tuple(levels), size, storey, height)
