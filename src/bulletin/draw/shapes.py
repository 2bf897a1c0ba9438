"""Areas of a country in millimetres: fitted into a box, cut by horizontal lines, hatched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import cos, radians

import numpy as np
from numpy.typing import NDArray

from bulletin.draw.canvas import Box
from bulletin.model.geometry import Geometry

Array = NDArray[np.float64]
Span = tuple[float, float]


@dataclass(frozen=True)
class Shape:
    rings: tuple[Array, ...]
    """Closed, x and y per row."""
    label: tuple[float, float]
    edges: Array
    """x0, y0, x1, y1 per row."""

    def spans(self, y: float) -> list[Span]:
        """Stretches inside the area at a height, by the even-odd rule."""
        x0, y0, x1, y1 = self.edges.T
        cut = (y0 <= y) != (y1 <= y)
        xs = np.sort(x0[cut] + (y - y0[cut]) / (y1[cut] - y0[cut]) * (x1[cut] - x0[cut]))
        return [(float(a), float(b)) for a, b in zip(xs[::2], xs[1::2], strict=False)]

    def holds(self, box: Box, margin: float) -> bool:
        """Whether the area has the whole box inside, with a margin at both sides."""
        heights = np.linspace(box.y0, box.y1, 9)
        return all(any(a <= box.x0 - margin and box.x1 + margin <= b for a, b in self.spans(float(y))) for y in heights)

    @property
    def bounds(self) -> Box:
        low, high = self.edges[:, :2].min(axis=0), self.edges[:, :2].max(axis=0)
        return Box(float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def proportion(geometry: Geometry) -> float:
    """Width over height as seen on the map."""
    x0, y0, x1, y1 = _extent(_projection(geometry), geometry)
    return (x1 - x0) / (y1 - y0)


def fitted(geometry: Geometry, box: Box) -> Mapping[str, Shape]:
    """Areas scaled into the box, in the middle of it, all on one scale."""
    project = _projection(geometry)
    x0, y0, x1, y1 = _extent(project, geometry)
    scale = min((box.x1 - box.x0) / (x1 - x0), (box.y1 - box.y0) / (y1 - y0))
    left = (box.x0 + box.x1) / 2 - scale * (x0 + x1) / 2
    top = (box.y0 + box.y1) / 2 + scale * (y0 + y1) / 2

    def place(points: Iterable[tuple[float, float]]) -> Array:
        found = project(np.array(list(points), dtype=float))
        return np.column_stack([left + scale * found[:, 0], top - scale * found[:, 1]])

    shapes = {}
    for code, unit in geometry.units.items():
        rings = tuple(place(ring) for polygon in unit.polygons for ring in polygon if len(ring) > 2)
        label = place([unit.label])[0]
        shapes[code] = Shape(rings, (float(label[0]), float(label[1])), _edges(rings))
    return shapes


def square(x0: float, y0: float, x1: float, y1: float) -> Shape:
    ring = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], dtype=float)
    return Shape((ring,), ((x0 + x1) / 2, (y0 + y1) / 2), _edges((ring,)))


def hatching(shape: Shape, pitch: float = 1.05) -> list[tuple[float, float, float, float]]:
    """Lines rising at 45 degrees over the area."""
    root = 0.5**0.5
    turn = np.array([[root, root], [-root, root]])
    turned = [ring @ turn for ring in shape.rings]
    slanted = Shape(tuple(turned), (0, 0), _edges(turned))
    low, high = float(slanted.edges[:, 1].min()), float(slanted.edges[:, 1].max())
    found = []
    for y in np.arange(np.ceil(low / pitch) * pitch, high, pitch):
        for a, b in slanted.spans(float(y)):
            (x0, y0), (x1, y1) = np.array([(a, y), (b, y)]) @ turn.T
            found.append((float(x0), float(y0), float(x1), float(y1)))
    return found


def union(spans: Iterable[Span], gap: float = 0.0) -> list[Span]:
    """Overlapping stretches, and those no farther apart than `gap`, as one."""
    found: list[Span] = []
    for a, b in sorted(spans):
        if found and a <= found[-1][1] + gap:
            found[-1] = (found[-1][0], max(found[-1][1], b))
        else:
            found.append((a, b))
    return found


def _edges(rings: Iterable[Array]) -> Array:
    parts = [np.column_stack([ring, np.roll(ring, -1, axis=0)]) for ring in rings]
    return np.concatenate(parts) if parts else np.zeros((1, 4))


def _points(geometry: Geometry) -> Array:
    return np.array([p for u in geometry.units.values() for polygon in u.polygons for ring in polygon for p in ring], dtype=float)


def _projection(geometry: Geometry) -> Callable[[Array], Array]:
    """Metres are drawn as they are. Degrees go through the cylindrical equal-area projection whose true parallel is the middle
    latitude of the country (Snyder, Map Projections, 1987, section 10): a shade has as much paper as its place has land, and at the
    size of our countries shapes are off by less than 4 %."""
    if geometry.planar:
        return lambda points: points
    latitudes = _points(geometry)[:, 1]
    k = cos(radians(float(latitudes.min() + latitudes.max()) / 2))

    def equal_area(points: Array) -> Array:
        return np.column_stack([np.radians(points[:, 0]) * k, np.sin(np.radians(points[:, 1])) / k])

    return equal_area


def _extent(project: Callable[[Array], Array], geometry: Geometry) -> tuple[float, float, float, float]:
    points = project(_points(geometry))
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return float(x0), float(y0), max(float(x1), float(x0) + 1e-12), max(float(y1), float(y0) + 1e-12)
