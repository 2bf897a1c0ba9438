"""Boundaries of a country from GeoJSON."""

from __future__ import annotations

import json
from typing import Any

from bulletin.model.geometry import Geometry, Ring, Unit


def read_geometry(content: bytes, vintage: str) -> Geometry:
    """Raises ValueError when the file is not GeoJSON with polygons and a `code` per feature."""
    try:
        features = json.loads(content.decode("utf-8-sig"))["features"]
        units = [_unit(feature) for feature in features]
    except (KeyError, TypeError, IndexError, UnicodeDecodeError) as error:
        raise ValueError("geojson") from error
    return Geometry(vintage, {unit.code: unit for unit in units})


def _unit(feature: Any) -> Unit:
    properties, shape = feature["properties"], feature["geometry"]
    if shape["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(shape["type"])
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    rings = tuple(tuple(_ring(ring) for ring in polygon) for polygon in polygons)
    label = properties.get("label")
    centre = (float(label[0]), float(label[1])) if label else _middle(max((p[0] for p in rings), key=len))
    return Unit(str(properties["code"]), rings, centre)


def _ring(points: Any) -> Ring:
    return tuple((float(p[0]), float(p[1])) for p in points)


def _middle(ring: Ring) -> tuple[float, float]:
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
