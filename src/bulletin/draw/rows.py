"""Rows with a name at the left margin: the layout that bars, dots and dumbbells share."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.document.chart import Chart
from bulletin.draw.canvas import MARGIN, Canvas
from bulletin.draw.lettering import SIZE, SMALL, SMALLEST, Lettering, Weight, leading

AXIS = 44.0 - MARGIN
"""The vertical on which the page's titles stand."""
GUTTER = 3.0
MOST = 200.0
_BAND = 0.4
_COLUMNS = ((AXIS - GUTTER, SIZE), (AXIS - GUTTER, SMALL), (58.0, SIZE), (70.0, SMALL), (80.0, SMALLEST))
"""Widths and sizes of names, best first."""


@dataclass(frozen=True)
class Rows:
    names: tuple[tuple[str, ...], ...]
    weights: tuple[Weight, ...]
    size: float
    column: float
    """Width of the name column."""
    tops: tuple[float, ...]
    heights: tuple[float, ...]
    national: tuple[bool, ...]

    @property
    def axis(self) -> float:
        return self.column + GUTTER

    @property
    def total(self) -> float:
        return self.tops[-1] + self.heights[-1] if self.tops else 0.0

    def middle(self, i: int) -> float:
        return self.tops[i] + self.heights[i] / 2

    def draw_names(self, canvas: Canvas, top: float) -> None:
        for i, lines in enumerate(self.names):
            if self.national[i]:
                y = top + self.tops[i]
                canvas.rectangle(0, y, canvas.width, y + self.heights[i], canvas.theme.colour.tint, order=_BAND)
            weight = self.weights[i]
            canvas.lines(1.6 if any(self.national) else 0, top + self.middle(i), lines, size=self.size, weights=(weight,))


def lay_rows(
    chart: Chart, letters: Lettering, *, pitch: float, margins: float, least: float = 4.7, bold: frozenset[int] = frozenset()
) -> Rows:
    """Names wrapped in their column. Where the rows would not fit a page they move together down to `least`; then the names
    get smaller and their column wider. The row of the country itself is set off; `bold`: further rows to stress. `pitch`:
    height of a row of one line; `margins`: height taken above and below."""
    national = tuple(bool(chart.country) and c.key == chart.country for c in chart.categories)
    weights: tuple[Weight, ...] = tuple("bold" if n or i in bold else "regular" for i, n in enumerate(national))
    room = (chart.height or MOST) - margins
    made = []
    for column, size in _COLUMNS:
        rows = _rows(chart, letters, national, weights, column, size, pitch)
        spare = room - rows.total
        if spare < 0:
            rows = _rows(chart, letters, national, weights, column, size, max(least, pitch + spare / len(national)))
        elif chart.height:
            rows = _rows(chart, letters, national, weights, column, size, pitch + spare / len(national))
        if rows.total <= room + 0.05:
            return rows
        made.append(rows)
    return min(made, key=lambda r: round(r.total))


def _rows(
    chart: Chart,
    letters: Lettering,
    national: tuple[bool, ...],
    weights: tuple[Weight, ...],
    column: float,
    size: float,
    pitch: float,
) -> Rows:
    inset = 1.6 if any(national) else 0.0
    names = tuple(letters.balanced(c.label, column - inset, size, w) for c, w in zip(chart.categories, weights, strict=True))
    heights = tuple(max(pitch, len(lines) * leading(size) + 1.7) for lines in names)
    tops = []
    at = 0.0
    for i, height in enumerate(heights):
        tops.append(at)
        after_country = national[i] and i + 1 < len(heights)
        at += height + (1.2 if after_country else 0.0)
    return Rows(names, weights, size, column, tuple(tops), heights, national)
