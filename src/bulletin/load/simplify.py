"""Boundaries made as coarse as print shows them, neighbours keeping one shared border, and where a label stands well in them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""x and y per row; rings without their repeated last point."""
Polygons = list[list[Points]]
_SHARE = 3_000
"""Parts of the country's extent that one step of print is: 0.05 mm of the tallest map."""


def area(ring: Points) -> float:
    """Positive when counter-clockwise."""
    x, y = (ring - ring[0]).T
    return float(np.dot(x, np.roll(y, -1)) - np.dot(np.roll(x, -1), y)) / 2


def simplified(shapes: Mapping[str, Polygons]) -> dict[str, Polygons]:
    """Every border is cut where areas meet, and each piece simplified once (Douglas and Peucker), so that no gap and no overlap
    comes between neighbours. Islands and holes too small to print are left out; the largest polygon of a place never."""
    rings = [ring for polygons in shapes.values() for polygon in polygons for ring in polygon]
    everything = np.concatenate(rings)
    extent = float((everything.max(axis=0) - everything.min(axis=0)).max())
    tolerance = extent / _SHARE
    coarse = iter(_coarse(rings, everything, tolerance, extent))
    found: dict[str, Polygons] = {}
    for code, polygons in shapes.items():
        made = [[next(coarse) for _ in polygon] for polygon in polygons]
        largest = max(range(len(polygons)), key=lambda i: abs(area(polygons[i][0])))
        kept = []
        for i, (polygon, old) in enumerate(zip(made, polygons, strict=True)):
            if _is_visible(polygon[0], tolerance):
                kept.append([polygon[0], *(hole for hole in polygon[1:] if _is_visible(hole, tolerance))])
            elif i == largest:
                kept.append(old)
        found[code] = kept
    return found


def _is_visible(ring: Points, tolerance: float) -> bool:
    return len(ring) > 2 and abs(area(ring)) > 4 * tolerance**2


def _coarse(rings: list[Points], everything: Points, tolerance: float, extent: float) -> list[Points]:
    grid = np.round(everything / (extent * 1e-8)).astype(np.int64)
    ids = np.unique(grid, axis=0, return_inverse=True)[1].reshape(-1)
    starts = np.concatenate([[0], np.cumsum([len(r) for r in rings])])
    numbered = [ids[a:b] for a, b in itertools.pairwise(starts)]
    meeting = _meeting(numbered, int(ids.max()) + 1)
    return [_ring(ring, n, meeting[n], tolerance) for ring, n in zip(rings, numbered, strict=True)]


def _meeting(numbered: list[NDArray[np.int64]], count: int) -> NDArray[np.bool_]:
    """Points with other neighbours in one ring than in another: there borders part."""
    low = np.full(count, np.iinfo(np.int64).max)
    high = np.full(count, -1)
    low_most, high_least = np.full(count, -1), np.full(count, np.iinfo(np.int64).max)
    for ids in numbered:
        before, after = np.roll(ids, 1), np.roll(ids, -1)
        small, large = np.minimum(before, after), np.maximum(before, after)
        np.minimum.at(low, ids, small)
        np.maximum.at(low_most, ids, small)
        np.minimum.at(high_least, ids, large)
        np.maximum.at(high, ids, large)
    parted: NDArray[np.bool_] = (low != low_most) | (high != high_least)
    return parted


def _ring(ring: Points, ids: NDArray[np.int64], cut: NDArray[np.bool_], tolerance: float) -> Points:
    nodes = np.flatnonzero(cut)
    if len(nodes) == 0:
        first = int(np.argmin(ids))
        far = int(np.argmax(((ring - ring[first]) ** 2).sum(axis=1)))
        nodes = np.unique([first, far])
    shift = int(nodes[0])
    ring, ids = np.roll(ring, -shift, axis=0), np.roll(ids, -shift)
    ends = [*(nodes - shift).tolist(), len(ring)]
    closed, closed_ids = np.concatenate([ring, ring[:1]]), np.concatenate([ids, ids[:1]])
    kept = []
    for a, b in itertools.pairwise(ends):
        piece, names = closed[a : b + 1], closed_ids[a : b + 1]
        backwards = (names[0], names[1]) > (names[-1], names[-2])
        line = _line(piece[::-1] if backwards else piece, tolerance)
        kept.append((line[::-1] if backwards else line)[:-1])
    return np.concatenate(kept)


def _line(points: Points, tolerance: float) -> Points:
    """The first and the last point stay. A piece that returns to its beginning is measured from there."""
    keep = np.zeros(len(points), dtype=bool)
    keep[[0, -1]] = True
    todo = [(0, len(points) - 1)]
    while todo:
        a, b = todo.pop()
        if b - a < 2:
            continue
        between, along = points[a + 1 : b] - points[a], points[b] - points[a]
        length = float(np.hypot(*along))
        if length:
            away = np.abs(along[0] * between[:, 1] - along[1] * between[:, 0]) / length
        else:
            away = np.hypot(between[:, 0], between[:, 1])
        far = int(np.argmax(away))
        if away[far] > tolerance:
            middle = a + 1 + far
            keep[middle] = True
            todo += [(a, middle), (middle, b)]
    return points[keep]


def inner_point(polygon: list[Points]) -> tuple[float, float]:
    """The point farthest from the border, on grids ever finer."""
    edges = np.concatenate([np.column_stack([ring, np.roll(ring, -1, axis=0)]) for ring in polygon])
    if len(edges) > 800:
        edges = np.concatenate(
            [np.column_stack([r, np.roll(r, -1, axis=0)]) for r in (q[:: len(edges) // 800 + 1] for q in polygon)]
        )
    low, high = polygon[0].min(axis=0), polygon[0].max(axis=0)
    best, depth = (low + high) / 2, -np.inf
    half = (high - low) / 2
    middle = best
    for _ in range(4):
        xs, ys = (np.linspace(middle[i] - half[i], middle[i] + half[i], 15) for i in (0, 1))
        grid = np.array([(x, y) for y in ys for x in xs])
        deep = _depth(grid, edges)
        at = int(np.argmax(deep))
        if deep[at] > depth:
            best, depth = grid[at], float(deep[at])
        middle, half = best, half / 5
    return float(best[0]), float(best[1])


def _depth(points: Points, edges: Points) -> NDArray[np.float64]:
    """Distance to the nearest edge, negative outside."""
    x0, y0, x1, y1 = edges.T[:, None, :]
    px, py = points[:, :1], points[:, 1:]
    dx, dy = x1 - x0, y1 - y0
    along = np.clip(((px - x0) * dx + (py - y0) * dy) / np.maximum(dx * dx + dy * dy, 1e-30), 0, 1)
    away = np.hypot(px - x0 - along * dx, py - y0 - along * dy).min(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossed = ((y0 <= py) != (y1 <= py)) & (px < x0 + (py - y0) / (y1 - y0) * dx)
    depth: NDArray[np.float64] = np.where(crossed.sum(axis=1) % 2 == 1, away, -away)
    return depth
