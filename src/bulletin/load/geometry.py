"""Boundaries of a country from GeoJSON as statistics offices write it: any property for the code, degrees or metres, fine or coarse."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bulletin.load.nearest import fold
from bulletin.load.simplify import Points, area, inner_point, simplified
from bulletin.model.country import PlaceName
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.geometry import Boundaries, Geometry, Ring, Unit

_OTHER = {
    b"PK\x03\x04": "ZIP",
    b"\x00\x00\x27\x0a": "shapefile (.shp)",
    b"SQLite format 3": "GeoPackage",
    b"<": "XML (KML, GML)",
    b"fgb": "FlatGeobuf",
}
"""How files that are something else begin."""
_FINE = 12_000
"""With more vertices than this a file holds more than print shows."""
Polygons = list[list[Points]]


@dataclass
class _Reading:
    label: str
    findings: list[Finding] = field(default_factory=list)

    def add(self, rule: str, severity: Severity = Severity.ERROR, **parameters: str | int) -> None:
        self.findings.append(Finding(rule, severity, Place(self.label), parameters=parameters))


def read_boundaries(
    content: bytes, said: Boundaries, places: Sequence[PlaceName], label: str
) -> tuple[Geometry | None, tuple[Finding, ...]]:
    """None when a finding is an error. `places`: whose codes, names and aliases the code property may hold; what is of no place,
    a lake or a neighbour, is left out. Too fine a file is simplified, neighbours keeping their shared border."""
    reading = _Reading(label)
    features = _features(content, reading)
    known = _names(places)
    found: dict[str, tuple[int, Polygons]] = {}
    labels: dict[str, Any] = {}
    strangers: list[str] = []
    for number, feature in enumerate(features, start=1):
        named = _code(feature, said.code_property, number, reading)
        code = known.get(fold(named), "") if named else ""
        if named and not code:
            strangers.append(named)
        if not code:
            continue
        if code in found:
            reading.add("boundaries-repeated", code=code, first=found[code][0], number=number, property=said.code_property)
            continue
        polygons = _polygons(feature, number, code, reading)
        if polygons:
            found[code] = number, polygons
            labels[code] = (feature.get("properties") or {}).get("label")
    if strangers and found:
        reading.add("boundaries-strangers", Severity.INFO, codes=", ".join(strangers[:8]), count=len(strangers))
    if features and not found and not any(f.severity is Severity.ERROR for f in reading.findings):
        some = ", ".join((strangers or list(_properties(features[0])))[:8])
        reading.add("boundaries-no-place", property=said.code_property, found=some, known=", ".join(p.code for p in places[:4]))
    planar = _planar({code: p for code, (_, p) in found.items()}, reading)
    if any(f.severity is Severity.ERROR for f in reading.findings):
        return None, tuple(reading.findings)
    return _geometry({c: p for c, (_, p) in found.items()}, labels, said, planar), tuple(reading.findings)


def _geometry(found: Mapping[str, Polygons], labels: Mapping[str, Any], said: Boundaries, planar: bool) -> Geometry:
    shapes = found
    if sum(len(r) for polygons in found.values() for p in polygons for r in p) > _FINE:
        shapes = simplified(found)
    away = {code: m.by for m in said.moved for code in m.units}
    units = {}
    for code, polygons in shapes.items():
        dx, dy = away.get(code, (0.0, 0.0))
        largest = max(polygons, key=lambda p: abs(area(p[0])))
        x, y = _point(labels[code]) or inner_point(largest)
        rings = tuple(tuple(_wound(ring, i == 0, dx, dy) for i, ring in enumerate(polygon)) for polygon in polygons)
        units[code] = Unit(code, rings, (x + dx, y + dy))
    return Geometry(
        said.vintage,
        units,
        file=said.file,
        source=said.source,
        licence=said.licence,
        valid_from=said.valid_from,
        valid_to=said.valid_to,
        planar=planar,
        moved=any(code in units for code in away),
    )


def _features(content: bytes, reading: _Reading) -> list[Any]:
    found = next((name for start, name in _OTHER.items() if content.lstrip()[: len(start)] == start), "")
    if found:
        reading.add("boundaries-not-geojson", found=found)
        return []
    try:
        tree = json.loads(_text(content))
    except (ValueError, RecursionError) as error:
        reading.add("boundaries-damaged", line=getattr(error, "lineno", 1), column=getattr(error, "colno", 1))
        return []
    kind = str(tree.get("type", "")) if isinstance(tree, dict) else ""
    features = [tree] if kind == "Feature" else tree.get("features") if isinstance(tree, dict) else None
    if kind == "Topology" or not isinstance(features, list) or not features:
        reading.add("boundaries-not-geojson", found={"Topology": "TopoJSON"}.get(kind, kind[:40] or "JSON"))
        return []
    return [f if isinstance(f, dict) else {} for f in features]


def _text(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _names(places: Sequence[PlaceName]) -> dict[str, str]:
    """Folded code, name or alias to code; what two places share names neither."""
    found: dict[str, set[str]] = {}
    for place in places:
        for name in (*place.name.values(), *(place.inside or {}).values(), *place.aliases):
            found.setdefault(fold(name), set()).add(place.code)
    return {n: next(iter(c)) for n, c in found.items() if len(c) == 1} | {fold(p.code): p.code for p in places}


def _properties(feature: Any) -> Mapping[str, Any]:
    properties = feature.get("properties")
    return properties if isinstance(properties, dict) else {}


def _code(feature: Any, name: str, number: int, reading: _Reading) -> str:
    value = _properties(feature).get(name)
    if value is None or isinstance(value, dict | list) or not str(value).strip():
        known = ", ".join(list(_properties(feature))[:8]) or "–"
        reading.add("boundaries-no-code", Severity.WARNING, number=number, property=name, known=known)
        return ""
    return str(value).strip()


def _polygons(feature: Any, number: int, code: str, reading: _Reading) -> Polygons:
    shape = feature.get("geometry")
    kind = str(shape.get("type", "")) if isinstance(shape, dict) else "null"
    parts = shape.get("geometries") if isinstance(shape, dict) and kind == "GeometryCollection" else [shape]
    if (
        not isinstance(parts, list)
        or not all(isinstance(p, dict) and p.get("type") in ("Polygon", "MultiPolygon") for p in parts)
        or not parts
    ):
        reading.add("boundaries-no-area", number=number, code=code, found=kind[:40])
        return []
    try:
        polygons = [q for p in parts for q in ([p["coordinates"]] if p["type"] == "Polygon" else p["coordinates"])]
        made = [[_ring(ring) for ring in polygon] for polygon in polygons]
    except (KeyError, TypeError, IndexError, ValueError, OverflowError):
        reading.add("boundaries-coordinates", number=number, code=code)
        return []
    kept = [[ring for ring in polygon if len(ring) > 2 and area(ring)] for polygon in made if polygon]
    kept = [polygon for polygon, old in zip(kept, (m for m in made if m), strict=True) if polygon and polygon[0] is old[0]]
    if not kept:
        reading.add("boundaries-no-area", number=number, code=code, found=kind[:40])
    return kept


def _ring(points: Any) -> Points:
    """Without the last point, which repeats the first."""
    ring = np.array([(float(p[0]), float(p[1])) for p in points], dtype=float).reshape(-1, 2)
    if not np.isfinite(ring).all():
        raise ValueError
    return ring[:-1] if len(ring) > 1 and (ring[0] == ring[-1]).all() else ring


def _wound(ring: Points, outer: bool, dx: float, dy: float) -> Ring:
    """Closed; outer rings counter-clockwise, holes clockwise, whatever the file has."""
    turned = ring if (area(ring) > 0) == outer else ring[::-1]
    closed = np.concatenate([turned, turned[:1]])
    return tuple((float(x) + dx, float(y) + dy) for x, y in closed)


def _point(label: Any) -> tuple[float, float] | None:
    if isinstance(label, list) and len(label) == 2 and all(isinstance(v, int | float) and math.isfinite(v) for v in label):
        return float(label[0]), float(label[1])
    return None


def _planar(found: Mapping[str, Polygons], reading: _Reading) -> bool:
    """Whether coordinates are metres; some of them degrees and others metres is an error."""
    beyond = {}
    for code, polygons in found.items():
        outer = np.concatenate([polygon[0] for polygon in polygons])
        beyond[code] = bool((np.abs(outer[:, 0]) > 180).any() or (np.abs(outer[:, 1]) > 90).any())
    if any(beyond.values()) and not all(beyond.values()):
        degrees, metres = (", ".join(sorted(c for c, b in beyond.items() if b is kind)[:6]) for kind in (False, True))
        reading.add("boundaries-mixed", degrees=degrees, metres=metres)
    return any(beyond.values())
