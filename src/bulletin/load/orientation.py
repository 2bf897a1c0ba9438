"""Whether boundaries have latitude and longitude the right way round, told by those that the program ships for the country."""

from __future__ import annotations

from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.geometry import Geometry

Corners = tuple[float, float, float, float]
"""West, south, east, north."""


def swapped(geometry: Geometry, known: Geometry, label: str) -> Finding | None:
    """An error when they lie off the country as they are and on it when turned; nothing is turned unasked."""
    here, there = _corners(geometry), _corners(known)
    if known.planar or _meet(here, there) or not _meet((here[1], here[0], here[3], here[2]), there):
        return None
    code = min(geometry.units)
    found, expected = ((u.label if (u := g.units.get(code)) else next(iter(g.units.values())).label) for g in (geometry, known))
    said: dict[str, str | int | float] = {"code": code, "found": _said(found), "expected": _said(expected)}
    return Finding("boundaries-swapped", Severity.ERROR, Place(label), parameters=said)


def _corners(geometry: Geometry) -> Corners:
    points = [p for u in geometry.units.values() for polygon in u.polygons for p in polygon[0]]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _meet(one: Corners, other: Corners) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _said(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f}, {point[1]:.1f}"
