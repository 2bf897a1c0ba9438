"""Colours and markers of series: fixed per concept, so that colour is never the only cue."""

from __future__ import annotations

from bulletin.document.chart import Series
from bulletin.draw.lettering import POINT
from bulletin.model.theme import Theme

_SHAPES = ("o", "D", "s", "^")
_SIZES = {"o": 1.0, "D": 0.9, "s": 0.92, "^": 1.1}
"""Relative to a circle of the same weight."""


def colour(theme: Theme, series: Series) -> str:
    """For marks."""
    return theme.colour.context if series.colour < 0 else theme.colour.series[series.colour % len(theme.colour.series)]


def text_colour(theme: Theme, series: Series) -> str:
    """For words: the grey of context is too light to read."""
    return theme.colour.ink_2 if series.colour < 0 else colour(theme, series)


def shape(series: Series) -> str:
    return "o" if series.colour < 0 else _SHAPES[series.colour % len(_SHAPES)]


def shape_size(series: Series, size: float) -> float:
    return size * _SIZES[shape(series)]


def reach(series: Series, size: float, outline: float = 0) -> float:
    """Millimetres from the middle of a marker of `size` points to its tips; diamonds stand on theirs."""
    return (size * (2**0.5 if shape(series) == "D" else 1) + outline) / 2 * POINT


def compared(k: int) -> str:
    """The marker of the k-th series of a comparison: a dot, then grey ones; empty: an upright stroke."""
    return ("o", "", "D", "^")[k % 4]


def on(theme: Theme, fill: str) -> str:
    """The one of paper and ink that stands out more on `fill`."""
    light, dark = luminance(theme.colour.paper), luminance(theme.colour.ink)
    own = luminance(fill)
    return theme.colour.paper if (light + 0.05) / (own + 0.05) >= (own + 0.05) / (dark + 0.05) else theme.colour.ink


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
