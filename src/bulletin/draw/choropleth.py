"""Maps: areas shaded by class, or circles as large as counts, each beside its ranked bars."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bulletin.document.chart import Chart, leading_words
from bulletin.draw.canvas import GRID, OVER, Box, Canvas, text_box
from bulletin.draw.classes import draw_key, fill_of, signs_of_gaps
from bulletin.draw.land import Land
from bulletin.draw.layout import Layout, map_layout
from bulletin.draw.lettering import SMALL, Lettering, leading
from bulletin.draw.marks import on
from bulletin.draw.place_labels import Labelled, MapLabel, place_labels
from bulletin.draw.placing import Taken
from bulletin.draw.ranking import draw_ranking
from bulletin.draw.shapes import Array, Shape, fitted, hatching, proportion
from bulletin.draw.tiles import draw_tiles
from bulletin.model.geometry import Geometry
from bulletin.model.theme import Theme


def draw_choropleth(chart: Chart, theme: Theme, land: Land) -> Canvas:
    """Tiles instead where there are no boundaries, or those of another division."""
    prepared = _prepare(chart, theme, land)
    if prepared is None:
        return draw_tiles(chart, theme, land)
    canvas, layout, shapes, labels = prepared
    values = {k.key: p for k, p in zip(chart.categories, chart.series[0].points, strict=True)}
    for code, shape in shapes.items():
        value = values[code].value if code in values else None
        _area(canvas, shape, "" if value is None else fill_of(chart, theme, value), code in values)
    for label in labels:
        _label(canvas, label, fill_of(chart, theme, label.point.value) if label.point.value is not None else "")
    _beside(canvas, layout)
    return canvas


def draw_symbols(chart: Chart, theme: Theme, land: Land) -> Canvas:
    """Circles whose area is proportional to the count."""
    if land.geometry is None or not _units(chart, land.geometry):
        return draw_tiles(chart, theme, land, symbols=True)
    letters = Lettering(theme.font.text)
    layout = map_layout(chart, letters, proportion(land.geometry), "")
    canvas = Canvas(chart, theme, layout.height)
    box = layout.picture
    shapes = fitted(land.geometry, Box(box.x0 + 10, box.y0 + 1, box.x1 - 8, box.y1 - 1))
    c = theme.colour
    for shape in shapes.values():
        canvas.polygon(shape.rings, c.tint, edge=c.rule, edge_width=0.5, order=GRID)
    labelled = sorted(_labelled(chart, shapes), key=lambda q: -(q[1].value or 0.0))
    values = {k.key: max(0.0, p.value) for k, p in labelled if p.value is not None}
    circles = _circles(values, shapes, box)
    taken = Taken(boxes=[_around((x, y), radius * 0.9) for x, y, radius in circles.values()])
    for category, point in labelled:
        x, y, radius = circles.get(category.key, (*shapes[category.key].label, 0.0))
        if radius:
            canvas.circle(x, y, radius, c.series[0], edge=c.paper, edge_width=0.8)
        _circle_label(canvas, leading_words(category.label), point.text, x, y, radius, taken, box)
    draw_ranking(canvas, layout.bars, plain=True)
    return canvas


def _circles(values: Mapping[str, float], shapes: Mapping[str, Shape], box: Box) -> dict[str, tuple[float, float, float]]:
    """Middles and radii, moved apart where circles would overlap; smaller where they cannot be."""
    codes, most = list(values), max(values.values(), default=1.0) or 1.0
    home = np.array([shapes[code].label for code in codes], dtype=float).reshape(-1, 2)
    largest, at, radii = 7.5, home, np.zeros(len(codes))
    for _ in range(6):
        radii = np.array([max(0.7, largest * (values[code] / most) ** 0.5) for code in codes])
        at, over = _apart(home, radii, box)
        if over < 0.4:
            break
        largest *= 0.85
    return {code: (float(x), float(y), float(r)) for code, (x, y), r in zip(codes, at, radii, strict=True)}


def _apart(home: Array, radii: Array, box: Box) -> tuple[Array, float]:
    """Circles pushed apart pair by pair and drawn a little back home; also the deepest overlap that is left."""
    at = home.copy()
    least = radii[:, None] + radii[None, :] + 0.4
    np.fill_diagonal(least, 0.0)
    over = 0.0
    for step in range(120):
        away = at[:, None, :] - at[None, :, :]
        distance = np.maximum(np.hypot(away[..., 0], away[..., 1]), 1e-6)
        lack = np.maximum(0.0, least - distance)
        over = float(lack.max(initial=0.0))
        if over < 0.05:
            break
        at = at + (away / distance[..., None] * lack[..., None]).sum(axis=1) * 0.45
        if step < 60:
            at = at + (home - at) * 0.02
        at[:, 0] = np.clip(at[:, 0], box.x0 + radii, box.x1 - radii)
        at[:, 1] = np.clip(at[:, 1], box.y0 + radii, box.y1 - radii)
    return at, over


def _prepare(chart: Chart, theme: Theme, land: Land) -> tuple[Canvas, Layout, Mapping[str, Shape], list[MapLabel]] | None:
    """Areas as large as they may be with all outside labels still on the canvas."""
    if land.geometry is None or not _units(chart, land.geometry):
        return None
    letters = Lettering(theme.font.text)
    gone = signs_of_gaps(chart)
    layout = map_layout(chart, letters, proportion(land.geometry), gone)
    box = layout.picture
    inner = Box(box.x0 + 0.5, box.y0 + 0.6, box.x1 - 0.5, box.y1 - 0.6)
    for _ in range(6):
        shapes = fitted(land.geometry, inner)
        labels, (left, right) = place_labels(letters, shapes, _labelled(chart, shapes), box)
        if left >= box.x0 - 0.05 and right <= box.x1 + 0.05:
            break
        bounds = [shape.bounds for shape in shapes.values()]
        before, after = min(b.x0 for b in bounds) - left, right - max(b.x1 for b in bounds)
        inner = Box(box.x0 + max(0.5, before + 0.2), inner.y0, max(box.x0 + 40, box.x1 - max(0.5, after + 0.2)), inner.y1)
    return Canvas(chart, theme, layout.height), layout, shapes, labels


def _units(chart: Chart, geometry: Geometry) -> bool:
    """Every place but the country has a unit; otherwise the boundaries are of another division."""
    codes = {k.key for k in chart.categories} - {chart.country}
    return bool(codes) and codes <= set(geometry.units)


def _labelled(chart: Chart, shapes: Mapping[str, Shape]) -> list[Labelled]:
    return [(k, p) for k, p in zip(chart.categories, chart.series[0].points, strict=True) if k.key in shapes]


def _area(canvas: Canvas, shape: Shape, fill: str, known: bool) -> None:
    c = canvas.theme.colour
    if fill:
        canvas.polygon(shape.rings, fill, edge=c.paper, edge_width=0.8)
        return
    canvas.polygon(shape.rings, c.missing[0], order=GRID)
    if known:
        canvas.segments(hatching(shape), c.missing[1], 0.5, order=GRID + 0.1)
    canvas.polygon(shape.rings, "", edge=c.missing[1], edge_width=0.5, order=GRID + 0.2)


def _label(canvas: Canvas, label: MapLabel, fill: str) -> None:
    c = canvas.theme.colour
    ink = on(canvas.theme, fill) if fill and label.side == "in" else c.ink
    if label.side == "in":
        canvas.lines(label.x, label.y, label.lines, ink, size=label.size, align="center", back="" if fill else c.missing[0])
        return
    ax, ay = label.anchor
    dark = bool(fill) and on(canvas.theme, fill) == c.paper
    gap = 0.7 if label.side == "right" else -0.7
    canvas.line([ax, label.x - gap], [ay, label.y], c.ink_2, 0.6, order=OVER, butt=True)
    canvas.marker(ax, ay, "o", 2.4, c.paper if dark else c.ink_2, order=OVER + 0.1)
    canvas.lines(label.x, label.y, label.lines, ink, size=label.size, align="left" if label.side == "right" else "right")


def _circle_label(canvas: Canvas, name: str, value: str, x: float, y: float, radius: float, taken: Taken, box: Box) -> None:
    """The value inside a circle that holds it, the name beside; else both at the first free place around the circle.
    At its side a label cannot be read as that of a circle above or below."""
    inside = radius and canvas.letters.width(value, SMALL, "semibold") < 1.6 * radius
    if inside:
        canvas.text(x, y, value, canvas.theme.colour.paper, size=SMALL, weight="semibold", align="center")
    text = name if inside or not value else f"{name} {value}"
    w = canvas.letters.width(text, SMALL) / 2
    step = leading(SMALL)
    off = radius + 1.0
    places = [(x + off + w, y), (x - off - w, y), (x, y + off + step / 2), (x, y - off - step / 2)]
    places += [(x + sx * (off * 0.8 + w), y + sy * (off + k)) for k in (1, 3, 5, 8, 11) for sx in (1, -1) for sy in (1, -1)]
    fits = [p for p in places if box.x0 <= p[0] - w and p[0] + w <= box.x1 and box.y0 + 2 < p[1] < box.y1 - 2]
    place = taken.first_free(fits, lambda p: text_box(canvas.letters, p[0], p[1], text, SMALL, "regular", "center"))
    if place is not None:
        canvas.text(*place, text, size=SMALL, align="center", back=canvas.theme.colour.tint)


def _around(point: tuple[float, float], radius: float) -> Box:
    return Box(point[0] - radius, point[1] - radius, point[0] + radius, point[1] + radius)


def _beside(canvas: Canvas, layout: Layout) -> None:
    draw_ranking(canvas, layout.bars)
    draw_key(canvas, layout.key.x0, layout.key.x1, layout.key.y0, signs_of_gaps(canvas.chart))
