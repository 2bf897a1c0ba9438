"""Colours of a chart's series, the same in the drawn picture and in a chart that Word draws."""

from __future__ import annotations

from bulletin.document.chart import Series
from bulletin.model.theme import Theme


def colour(theme: Theme, series: Series) -> str:
    """For marks."""
    return theme.colour.context if series.colour < 0 else theme.colour.series[series.colour % len(theme.colour.series)]


def text_colour(theme: Theme, series: Series) -> str:
    """For words: the grey of context is too light to read."""
    return theme.colour.ink_2 if series.colour < 0 else colour(theme, series)


def on(theme: Theme, fill: str) -> str:
    """The one of paper and ink that stands out more on `fill`."""
    light, dark = luminance(theme.colour.paper), luminance(theme.colour.ink)
    own = luminance(fill)
    return theme.colour.paper if (light + 0.05) / (own + 0.05) >= (own + 0.05) / (dark + 0.05) else theme.colour.ink


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
