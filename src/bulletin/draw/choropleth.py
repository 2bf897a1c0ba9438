"""Maps: areas shaded by class, or circles as large as counts, each beside its ranked bars."""

from __future__ import annotations

from collections.abc import Mapping

from bulletin.document.chart import Chart
from bulletin.draw.canvas import GRID, OVER, Box, Canvas, text_box
from bulletin.draw.classes import draw_key, fill_of
from bulletin.draw.land import Land
from bulletin.draw.layout import Layout, map_layout
from bulletin.draw.lettering import SMALL, Lettering, leading
from bulletin.draw.marks import on
from bulletin.draw.place_labels import Labelled, MapLabel, place_labels
from bulletin.draw.placing import Taken
from bulletin.draw.ranking import draw_ranking
from bulletin.draw.shapes import Shape, fitted, hatching, proportion
from bulletin.draw.tiles import draw_tiles
from bulletin.model.geometry import Geometry
from bulletin.model.theme import Theme

_SMALL_UNITS = 12
"""With more units than this that cannot hold their label, tiles read better than a map."""


def draw_choropleth(chart: Chart, theme: Theme, land: Land) -> Canvas:
    """Tiles instead where there are no boundaries, or where most units are too small for a map."""
    prepared = _prepare(chart, theme, land)
    if prepared is None:
        return draw_tiles(chart, theme, land)
    canvas, layout, shapes, labels = prepared
    if sum(label.side != "in" for label in labels) > _SMALL_UNITS and all(label.category.key in land.tiles for label in labels):
        return draw_tiles(chart, theme, land)
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
        return draw_tiles(chart, theme, land)
    letters = Lettering(theme.font.text)
    layout = map_layout(chart, letters, proportion(land.geometry), False)
    canvas = Canvas(chart, theme, layout.height)
    box = layout.picture
    shapes = fitted(land.geometry, Box(box.x0 + 10, box.y0 + 1, box.x1 - 8, box.y1 - 1))
    c = theme.colour
    for shape in shapes.values():
        canvas.polygon(shape.rings, c.tint, edge=c.rule, edge_width=0.5, order=GRID)
    labelled = sorted(_labelled(chart, shapes), key=lambda q: -(q[1].value or 0.0))
    most = max((p.value for _, p in labelled if p.value is not None), default=1.0) or 1.0
    radii = {k.key: max(0.7, 7.5 * (max(0.0, p.value or 0.0) / most) ** 0.5) for k, p in labelled}
    taken = Taken(boxes=[_around(shapes[k.key].label, radii[k.key] * 0.86) for k, p in labelled if p.value is not None])
    for category, point in labelled:
        x, y = shapes[category.key].label
        radius = radii[category.key] if point.value is not None else 0.0
        if radius:
            canvas.circle(x, y, radius, c.series[0], edge=c.paper, edge_width=0.8)
        _circle_label(canvas, category.label, point.text, x, y, radius, taken, box)
    draw_ranking(canvas, layout.bars, plain=True)
    return canvas


def _prepare(chart: Chart, theme: Theme, land: Land) -> tuple[Canvas, Layout, Mapping[str, Shape], list[MapLabel]] | None:
    """Areas as large as they may be with all outside labels still on the canvas."""
    if land.geometry is None or not _units(chart, land.geometry):
        return None
    letters = Lettering(theme.font.text)
    gone = any(p.value is None for k, p in zip(chart.categories, chart.series[0].points, strict=True) if k.key != chart.country)
    layout = map_layout(chart, letters, proportion(land.geometry), gone)
    box = layout.picture
    inner = Box(box.x0 + 0.5, box.y0 + 0.6, box.x1 - 0.5, box.y1 - 0.6)
    for _ in range(6):
        shapes = fitted(land.geometry, inner)
        labels, over = place_labels(letters, shapes, _labelled(chart, shapes), box)
        if over < 0.1 or inner.x1 - inner.x0 < 40:
            break
        inner = Box(inner.x0 + min(over, 10) * 0.75, inner.y0, inner.x1 - min(over, 10) * 0.75, inner.y1)
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
    step = leading(label.size)
    if label.side == "in":
        if not fill:
            w, h = canvas.letters.widest(list(label.lines), label.size) / 2 + 0.7, len(label.lines) * step / 2
            canvas.rectangle(label.x - w, label.y - h, label.x + w, label.y + h, c.missing[0], order=GRID + 0.15)
        canvas.lines(label.x, label.y, label.lines, ink, size=label.size, align="center")
        return
    ax, ay = label.anchor
    dark = bool(fill) and on(canvas.theme, fill) == c.paper
    gap = 0.7 if label.side == "right" else -0.7
    canvas.line([ax, label.x - gap], [ay, label.y], c.ink_2, 0.6, order=OVER, butt=True)
    canvas.marker(ax, ay, "o", 2.4, c.paper if dark else c.ink_2, order=OVER + 0.1)
    canvas.lines(label.x, label.y, label.lines, ink, size=label.size, align="left" if label.side == "right" else "right")


def _circle_label(canvas: Canvas, name: str, value: str, x: float, y: float, radius: float, taken: Taken, box: Box) -> None:
    """The value inside a circle that holds it, the name beside; else both at the first free place around the circle."""
    inside = radius and canvas.letters.width(value, SMALL, "semibold") < 1.75 * radius
    if inside:
        canvas.text(x, y, value, canvas.theme.colour.paper, size=SMALL, weight="semibold", align="center")
    text = name if inside or not value else f"{name} {value}"
    w = canvas.letters.width(text, SMALL) / 2
    step = leading(SMALL)
    off = radius + 1.0
    places = [(x, y + off + step / 2), (x, y - off - step / 2), (x + off + w, y), (x - off - w, y)]
    places += [(x + sx * (off * 0.8 + w), y + sy * (off + k)) for k in (1, 3, 5, 8, 11) for sx in (1, -1) for sy in (1, -1)]
    fits = [p for p in places if box.x0 <= p[0] - w and p[0] + w <= box.x1 and box.y0 + 2 < p[1] < box.y1 - 2]
    place = taken.first_free(fits, lambda p: text_box(canvas.letters, p[0], p[1], text, SMALL, "regular", "center"))
    if place is not None:
        canvas.text(*place, text, size=SMALL, align="center")


def _around(point: tuple[float, float], radius: float) -> Box:
    return Box(point[0] - radius, point[1] - radius, point[0] + radius, point[1] + radius)


def _beside(canvas: Canvas, layout: Layout) -> None:
    gone = any(
        p.value is None
        for k, p in zip(canvas.chart.categories, canvas.chart.series[0].points, strict=True)
        if k.key != canvas.chart.country
    )
    draw_ranking(canvas, layout.bars)
    draw_key(canvas, layout.key.x0, layout.key.x1, layout.key.y0, gone)
