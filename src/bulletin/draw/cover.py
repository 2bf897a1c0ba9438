"""The panel of the cover: lines across, which grow inside a unit with the rank of its value, so that the country appears."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bulletin.document.chart import Chart
from bulletin.draw.canvas import Box, Canvas
from bulletin.draw.land import Land
from bulletin.draw.lettering import POINT
from bulletin.draw.shapes import Shape, Span, fitted, square, union
from bulletin.model.theme import Theme

_PITCH, _FINE = 1.72, 1.05
"""Islands need finer lines."""
_SHORE, _BORDER = 0.9, 0.22
"""Kept free around the land and inside each unit."""
_THIN, _GROWTH = 0.30, 0.95
Line = tuple[float, float, float, float]


def draw_cover(chart: Chart, theme: Theme, land: Land) -> Canvas:
    canvas = Canvas(chart, theme, chart.height or 178.0)
    c = theme.colour
    canvas.background = c.brand_deep
    canvas.rectangle(0, 0, canvas.width, canvas.height, c.brand_deep, order=0)
    shapes = _shapes(canvas, land)
    pitch = _PITCH if _land_share(shapes, canvas) > 0.1 else _FINE
    growth = _growth(chart, shapes)
    sea: list[Line] = []
    lines: dict[str, list[Line]] = {code: [] for code in shapes}
    y = pitch / 2
    while y < canvas.height:
        everything: list[Span] = []
        for code, shape in shapes.items():
            spans = shape.spans(y)
            everything += spans
            lines[code] += [(a + _BORDER, y, b - _BORDER, y) for a, b in spans if b - a - 2 * _BORDER > 0.64 * pitch]
        shore = [s for dy in (-_SHORE, -_SHORE / 2, _SHORE / 2, _SHORE) for shape in shapes.values() for s in shape.spans(y + dy)]
        sea += [(a, y, b, y) for a, b in _between(union([*everything, *shore]), canvas.width)]
        y += pitch
    canvas.segments(sea, c.on_brand_2, 0.14 / POINT, alpha=0.34, order=1)
    for code, found in lines.items():
        weight = (_THIN + _GROWTH * growth[code]) * pitch / _PITCH
        canvas.segments(found, c.on_brand, weight / POINT, alpha=0.62 + 0.38 * growth[code])
    return canvas


def _shapes(canvas: Canvas, land: Land) -> Mapping[str, Shape]:
    """The country right of the middle, with room around it; in a low band, whose words stand beside it, farther right."""
    middle = canvas.width * (0.79 if canvas.width > 3 * canvas.height else 0.64)
    half = min((canvas.width - 70) / 2, canvas.width - 6 - middle)
    box = Box(middle - half, 5, middle + half, canvas.height - 5)
    if land.geometry is not None and land.geometry.units:
        return fitted(land.geometry, box)
    if not land.tiles:
        return {}
    columns, rows = [c for c, _ in land.tiles.values()], [r for _, r in land.tiles.values()]
    across, down = max(columns) - min(columns) + 1, max(rows) - min(rows) + 1
    side = min((box.x1 - box.x0) / across, (box.y1 - box.y0 - 20) / down, 34.0)
    left, top = middle - across * side / 2, canvas.height / 2 - down * side / 2
    found = {}
    for code, (column, row) in land.tiles.items():
        x, y = left + (column - min(columns)) * side, top + (row - min(rows)) * side
        found[code] = square(x + 0.6, y + 0.6, x + side - 0.6, y + side - 0.6)
    return found


def _growth(chart: Chart, shapes: Mapping[str, Shape]) -> Mapping[str, float]:
    """0 for the lowest value to 1 for the highest, by rank; units without a value stand at the foot."""
    values = {k.key: p.value for s in chart.series[:1] for k, p in zip(chart.categories, s.points, strict=True)}
    known = [code for code in shapes if values.get(code) is not None]
    order = sorted(known, key=lambda code: (values[code] or 0.0, code))
    return {code: order.index(code) / max(1, len(order) - 1) if code in order else 0.0 for code in shapes}


def _land_share(shapes: Mapping[str, Shape], canvas: Canvas) -> float:
    area = sum(b - a for shape in shapes.values() for y in range(1, int(canvas.height), 2) for a, b in shape.spans(float(y))) * 2
    return area / (canvas.width * canvas.height)


def _between(land: Iterable[Span], width: float) -> list[Span]:
    found, at = [], 0.0
    for a, b in land:
        if a - _SHORE - at > 0.3:
            found.append((at, a - _SHORE))
        at = max(at, b + _SHORE)
    if width - at > 0.3:
        found.append((at, width))
    return found
