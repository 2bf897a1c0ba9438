"""Colours of a chart's series, the same in the drawn picture and in a chart that Word draws."""

from __future__ import annotations

from bulletin.document.chart import Chart, Series
from bulletin.model.colour import distance, luminance
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


_NEAR = 20.0
"""Difference (CIEDE2000) below which a line would be taken for a series."""


def reference_colour(theme: Theme, chart: Chart) -> str:
    """Of lines to compare with: the accent, unless a series of the chart has a colour like it."""
    accent = theme.colour.accent
    return theme.colour.ink if any(distance(accent, colour(theme, s)) < _NEAR for s in chart.series) else accent
