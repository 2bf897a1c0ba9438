"""Where things stand in a chart that Word draws: millimetres, measured in the shipped fonts, turned into shares of its size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.write.docx.charts.drawingml import SIZE, SMALL, SMALLEST, layout
from bulletin.write.measure import lines, width

AXIS = 44.0
"""The vertical on which the page's titles stand."""
LEADING = 3.9
"""Of a line of names."""
_COLUMNS = ((AXIS, SIZE), (AXIS, SMALL), (58.0, SIZE), (70.0, SMALL), (80.0, SMALLEST))
"""Widths and sizes of a column of names, best first."""
_KEY = 4.8
"""Height of a row of the legend."""
_MARK = 11.0
"""Width of a legend's mark with the gaps around it."""


@dataclass(frozen=True)
class Sizes:
    family: str
    width: float
    height: float

    def width_of(self, text: str, size: float = SIZE) -> float:
        # Programs set the letters on whole pixels: a little wider than the faces say.
        return width(text, self.family, size) * 1.04

    def widest(self, texts: Sequence[str], size: float = SIZE) -> float:
        return max((self.width_of(t, size) for t in texts), default=0.0)

    def rows(self, text: str, room: float, size: float = SIZE) -> int:
        return lines(text, self.family, size * 1.04, room)

    def longest_word(self, texts: Sequence[str], size: float = SIZE) -> float:
        return self.widest([word for t in texts for word in t.split(" ")], size)

    def fitting(self, texts: Sequence[str], room: float) -> float | None:
        """The largest size at which all keep within `room`."""
        return next((s for s in (SIZE, SMALL, 7.5, SMALLEST) if self.widest(texts, s) <= room), None)


@dataclass(frozen=True)
class Frame:
    """The plot between its axes, millimetres from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float
    sizes: Sizes

    @property
    def across(self) -> float:
        return self.right - self.left

    @property
    def down(self) -> float:
        return self.bottom - self.top

    def plot(self) -> str:
        whole = self.sizes
        return layout(
            self.left / whole.width, self.top / whole.height, self.across / whole.width, self.down / whole.height, "inner"
        )


def key_height(sizes: Sizes, names: Sequence[str], room: float) -> float:
    """Of the legend: as many names to a row as fit; none for a single series."""
    if len(names) < 2:
        return 0.0
    rows, used = 1, 0.0
    for name in names:
        wide = min(sizes.width_of(name) + _MARK, room)
        if used and used + wide > room:
            rows, used = rows + 1, 0.0
        used += wide
    return rows * _KEY


def name_column(sizes: Sizes, names: Sequence[str], pitch: float) -> tuple[float, float]:
    """Width of the column of names at the left, and their size."""
    for wide, size in _COLUMNS:
        most = max(1, math.floor((pitch - 0.4) / (LEADING * size / SIZE)))
        if sizes.longest_word(names, size) <= wide - 3 and all(sizes.rows(n, wide - 3, size) <= most for n in names):
            return wide, size
    return _COLUMNS[-1]


def foot_rows(sizes: Sizes, names: Sequence[str], pitch: float) -> int:
    return max((sizes.rows(n, max(pitch - 1.0, 4.0)) for n in names), default=1)
