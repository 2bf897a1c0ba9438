"""Colours and markers of series: fixed per concept, so that colour is never the only cue."""

from __future__ import annotations

from bulletin.document.chart import Chart, Series
from bulletin.document.colours import colour, on, text_colour
from bulletin.draw.lettering import POINT
from bulletin.model.colour import contrast, luminance
from bulletin.model.theme import Theme

__all__ = ["colour", "compared", "luminance", "on", "reach", "shape", "shape_size", "text_colour", "texture"]

_SHAPES = ("o", "D", "s", "^")
_SIZES = {"o": 1.0, "D": 0.9, "s": 0.92, "^": 1.1}
"""Relative to a circle of the same weight."""


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


_APART = 1.4
"""Contrast at which two fills stay apart in grey print."""


def texture(theme: Theme, chart: Chart, series: Series) -> int:
    """Of filled places, by concept as the colour is: 2 or 3, beside a fill that is about as light; else 0."""
    own = series.colour % len(_SHAPES) if series.colour > 0 else 0
    others = (s for s in chart.series if s.colour != series.colour)
    return own if own > 1 and any(contrast(colour(theme, series), colour(theme, s)) < _APART for s in others) else 0
