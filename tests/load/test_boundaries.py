"""Boundary files as statistics offices send them: read whatever their habits, refused with the feature named when they cannot serve."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.load.geometry import read_boundaries
from bulletin.load.orientation import swapped
from bulletin.load.simplify import area, simplified
from bulletin.model.country import PlaceName
from bulletin.model.finding import Finding, Severity
from bulletin.model.geometry import Boundaries, Geometry, Moved
from factories import spoken

PLACES = (
    PlaceName("XX-A", {"pt": "Água Alta", "en": "Água Alta"}, aliases=("A. Alta",)),
    PlaceName("XX-B", {"pt": "Baixa", "en": "Baixa"}),
)
SAID = Boundaries("own.geojson", "Statistics office", "2025")


def square(x: float, y: float, side: float = 1.0) -> list[list[float]]:
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def feature(code: object, *rings: Any, name: str = "code", **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {name: code} | properties, "geometry": {"type": "Polygon", "coordinates": [*rings]}}


def content(*features: Any, encoding: str = "utf-8") -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": [*features]}, ensure_ascii=False).encode(encoding)


def read(data: bytes, boundaries: Boundaries = SAID) -> tuple[Geometry | None, list[Finding]]:
    geometry, findings = read_boundaries(data, boundaries, PLACES, "config/geo/own.geojson")
    spoken(findings)
    assert (geometry is None) == any(f.severity is Severity.ERROR for f in findings)
    return geometry, list(findings)


def rules(data: bytes, boundaries: Boundaries = SAID) -> list[str]:
    return [f.rule for f in read(data, boundaries)[1]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("value", ["XX-A", "xx-a", "Água Alta", "AGUA  ALTA", "A. Alta"])
def test_places_are_known_by_code_name_or_alias_in_any_encoding(value: str, encoding: str) -> None:
    said_ = Boundaries("own.geojson", "S", "1", code_property="NOME")
    data = content(feature(value, square(0, 0), name="NOME"), feature("Baixa", square(1, 0), name="NOME"), encoding=encoding)
    geometry, findings = read(data, said_)
    assert geometry is not None
    assert set(geometry.units) == {"XX-A", "XX-B"}
    assert findings == []


def test_rings_run_one_way_whatever_the_file_has_and_holes_the_other() -> None:
    for ring, hole in ((square(0, 0, 4), square(1, 1)), (square(0, 0, 4)[::-1], square(1, 1)[::-1])):
        geometry, _ = read(content(feature("XX-A", ring, hole)))
        assert geometry is not None
        outer, inner = (area(np.array(r[:-1])) for r in geometry.units["XX-A"].polygons[0])
        assert (outer, inner) == (16, -1)


def test_parts_and_third_coordinates_are_read_and_a_label_stands_inside() -> None:
    parts = [[[[*p, 7.0] for p in square(0, 0)]], [[[*p, 7.0] for p in square(5, 5, 3)]]]
    one = {"type": "Feature", "properties": {"code": "XX-A"}, "geometry": {"type": "MultiPolygon", "coordinates": parts}}
    geometry, _ = read(json.dumps(one).encode())
    assert geometry is not None
    unit = geometry.units["XX-A"]
    assert len(unit.polygons) == 2
    assert unit.label == pytest.approx((6.5, 6.5), abs=0.1)


def test_metres_are_drawn_as_they_are_and_mixtures_refused() -> None:
    metres, degrees = feature("XX-A", square(450_000, 8_200_000, 900)), feature("XX-B", square(33, -15))
    geometry, _ = read(content(metres))
    assert geometry is not None
    assert geometry.planar
    assert rules(content(metres, degrees)) == ["boundaries-mixed"]


def test_moved_places_are_drawn_elsewhere_with_their_label() -> None:
    moved = Boundaries("own.geojson", "S", "1", moved=(Moved(("XX-A",), (10.0, -2.0)),))
    geometry, _ = read(content(feature("XX-A", square(0, 0)), feature("XX-B", square(0, 0))), moved)
    assert geometry is not None
    assert geometry.moved
    assert geometry.units["XX-A"].label == pytest.approx((10.5, -1.5), abs=0.1)
    assert geometry.units["XX-B"].label == pytest.approx((0.5, 0.5), abs=0.1)


@pytest.mark.parametrize(
    ("data", "rule", "parameters"),
    [
        (b"PK\x03\x04rest", "boundaries-not-geojson", {"found": "ZIP"}),
        (b"\x00\x00\x27\x0a\x00", "boundaries-not-geojson", {"found": "shapefile (.shp)"}),
        (b'{"type": "Topology", "objects": {}}', "boundaries-not-geojson", {"found": "TopoJSON"}),
        (b'{"type": "FeatureCollection", "features": []}', "boundaries-not-geojson", {"found": "FeatureCollection"}),
        (b'{"type": "FeatureCollection",\n "fea', "boundaries-damaged", {"line": 2}),
        (b"", "boundaries-damaged", {"line": 1}),
        (content(feature("XX-A", square(0, 0)), feature("XX-A", square(2, 0))), "boundaries-repeated", {"first": 1, "number": 2}),
        (content(feature("1", square(0, 0)), feature("2", square(1, 0))), "boundaries-no-place", {"found": "1, 2"}),
        (content(feature("XX-A", [[0, 0], [1, 1], [2, 2], [0, 0]])), "boundaries-no-area", {"number": 1, "code": "XX-A"}),
        (content(feature("XX-A", [["a", 0], [1, 1], [2, 2]])), "boundaries-coordinates", {"number": 1, "code": "XX-A"}),
        (content(feature("XX-A", [[0, 0], [1e999, 1], [2, 2]])), "boundaries-coordinates", {"number": 1}),
        (content(feature("XX-A", [[10**400, 0], [1, 1], [2, 2]])), "boundaries-coordinates", {"number": 1}),
        (
            content({"properties": {"code": "XX-A"}, "geometry": {"type": "GeometryCollection", "geometries": 7}}),
            "boundaries-no-area",
            {"number": 1},
        ),
        (
            content({"properties": {"code": "XX-B"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}),
            "boundaries-no-area",
            {"number": 1, "found": "Point"},
        ),
    ],
)
def test_what_cannot_serve_is_refused_with_its_feature(data: bytes, rule: str, parameters: dict[str, object]) -> None:
    geometry, findings = read(data)
    assert geometry is None
    found = next(f for f in findings if f.rule == rule)
    assert dict(found.parameters).items() >= parameters.items()


def test_features_without_code_and_strangers_are_told_of_and_left_out() -> None:
    geometry, findings = read(
        content(feature("XX-A", square(0, 0)), feature(None, square(1, 0), ID=9), feature("Lago", square(2, 0)))
    )
    assert geometry is not None
    assert set(geometry.units) == {"XX-A"}
    assert [(f.rule, f.severity) for f in findings] == [
        ("boundaries-no-code", Severity.WARNING),
        ("boundaries-strangers", Severity.INFO),
    ]
    assert findings[0].parameters["number"] == 2


ANY = st.recursive(
    st.none() | st.integers() | st.floats() | st.text(max_size=4) | st.sampled_from(["XX-A", "Polygon", "FeatureCollection"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "features", "properties", "geometry", "coordinates", "geometries", "code", "label"]), inner
        )
    ),
    max_leaves=20,
)


@settings(max_examples=80, deadline=None)
@given(ANY, st.lists(ANY, max_size=3))
def test_no_content_is_a_crash(tree: object, features: list[object]) -> None:
    read(json.dumps(tree).encode())
    read(json.dumps({"type": "FeatureCollection", "features": features}).encode())
    read(json.dumps({"features": [{"properties": {"code": "XX-A"}, "geometry": g} for g in features]}).encode())


def wavy(across: int, down: int, steps: int, seed: int) -> dict[str, list[list[np.ndarray]]]:
    """A chequerboard of areas whose shared borders are fine wavy lines, drawn in either direction."""
    rng = np.random.default_rng(seed)
    t = np.linspace(0, 1, steps)
    lines = {}
    for x in range(across + 1):
        for y in range(down + 1):
            for dx, dy in ((1, 0), (0, 1)):
                bump = np.cumsum(rng.normal(0, 0.002, steps)) * np.sin(np.pi * t)
                lines[x, y, dx, dy] = np.column_stack([x + dx * t + dy * bump, y + dy * t + dx * bump])
    found = {}
    for x in range(across):
        for y in range(down):
            parts = [lines[x, y, 1, 0], lines[x + 1, y, 0, 1], lines[x, y + 1, 1, 0][::-1], lines[x, y, 0, 1][::-1]]
            ring = np.concatenate([p[:-1] for p in parts])
            ring = np.roll(ring, int(rng.integers(len(ring))), axis=0)
            found[f"{x}-{y}"] = [[ring[::-1] if (x + y) % 2 else ring]]
    return found


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 3), st.integers(1, 3), st.integers(60, 400), st.integers(0, 99))
def test_simplified_neighbours_keep_one_border(across: int, down: int, steps: int, seed: int) -> None:
    before = wavy(across, down, steps, seed)
    after = simplified(before)
    whole = sum(abs(area(r)) for p in after.values() for r in p[0])
    edges: dict[frozenset[tuple[float, float]], int] = {}
    for polygons in after.values():
        ring = [tuple(map(float, p)) for p in polygons[0][0]]
        for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
            edges[frozenset((a, b))] = edges.get(frozenset((a, b)), 0) + 1
    assert set(edges.values()) <= {1, 2}
    outer = [edge for edge, count in edges.items() if count == 1]
    ends = [p for edge in outer for p in edge]
    assert all(ends.count(p) == 2 for p in set(ends)), "the outline of the country is one closed line: no gaps between neighbours"
    assert whole == pytest.approx(sum(abs(area(p[0][0])) for p in before.values()), rel=0.01)
    assert sum(len(p[0][0]) for p in after.values()) < 0.8 * sum(len(p[0][0]) for p in before.values())


@pytest.mark.parametrize("east", [39.0, 125.0])
def test_latitude_before_longitude_is_told_by_the_boundaries_that_are_known(east: float) -> None:
    known, right, turned = (
        read(content(feature("XX-A", square(*p)), feature("XX-B", square(*p))))[0]
        for p in ((east, -16), (east + 0.2, -15.8), (-15.8, east + 0.2))
    )
    assert known is not None
    assert right is not None
    assert turned is not None
    assert swapped(right, known, "own") is None
    told = swapped(turned, known, "own")
    assert told is not None
    spoken([told])
    assert (told.rule, told.parameters["code"]) == ("boundaries-swapped", "XX-A")
