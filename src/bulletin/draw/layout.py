"""How a map, its ranked bars and its key share a picture."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.document.chart import Chart
from bulletin.draw.canvas import Box
from bulletin.draw.classes import key_height
from bulletin.draw.lettering import Lettering
from bulletin.draw.ranking import least_height

HEIGHT, MOST = 139.2, 199.2
_BARS = 68.0
_GAP = 4.0


@dataclass(frozen=True)
class Layout:
    height: float
    picture: Box
    bars: Box
    key: Box


def map_layout(chart: Chart, letters: Lettering, aspect: float, gone: str) -> Layout:
    """Side by side; wide countries stand above their bars. `aspect`: width over height of the map."""
    key = key_height(chart, letters, _BARS, gone)
    under = key + (_GAP if key else 0.0)
    if aspect > 1.75:
        tall = min(chart.width / aspect, 92.0)
        wide = chart.width - (_BARS * 0.8 + 8 if key else 0.0)
        rows = least_height(chart, letters, wide, MOST - tall - 6)
        height = chart.height or min(MOST, tall + 6 + max(rows, key))
        picture = Box(0, 0, chart.width, height - 6 - max(rows, key))
        bars = Box(0, picture.y1 + 6, wide, height)
        return Layout(height, picture, bars, Box(wide + 8, bars.y0, chart.width, height))
    left = chart.width - _BARS
    rows = least_height(chart, letters, _BARS, MOST - under)
    height = chart.height or min(MOST, max(min(HEIGHT, (left - 8) / aspect + 4), rows + under, 70.0))
    bars = Box(left, 0, chart.width, height - under)
    return Layout(height, Box(0, 0, left - _GAP, height), bars, Box(left, height - key, chart.width, height))
