"""Maps of the six countries: whatever the figures, lettering keeps apart and inside, and tiles stand in where boundaries do not fit."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from gallery import points, theme
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lands import COUNTRIES, KINDS, geometries, land, mapped, maps, places, tiles

from bulletin.document.chart import Category, Chart, Point
from bulletin.draw.canvas import Box, Canvas
from bulletin.draw.draw import canvas_of
from bulletin.draw.shapes import fitted
from bulletin.draw.tiles import grid
from bulletin.model.geometry import Geometry, Unit

ALL = maps()
LOOK = theme()


def drawn(one: Chart) -> Canvas:
    return canvas_of(one, LOOK, *land(one))


def keeps_apart(canvas: Canvas) -> None:
    for box in canvas.texts:
        assert -0.05 <= box.x0 <= box.x1 <= canvas.width + 0.05, box
        assert -0.05 <= box.y0 <= box.y1 <= canvas.height + 0.05, box
    for a, b in combinations(canvas.texts, 2):
        assert not a.meets(b, -0.12), (a, b)


@pytest.mark.parametrize("name", ALL)
def test_lettering_of_every_map_keeps_apart_and_inside(name: str) -> None:
    keeps_apart(drawn(ALL[name]))


POINTS = st.one_of(
    st.builds(lambda v: points([v], decimals=0)[0], st.floats(-50, 9e6)),
    st.builds(lambda v: points([v])[0], st.floats(0, 99)),
    st.sampled_from([Point(None, ".."), Point(None, "c"), Point(0.0, "–"), Point(5.0, "5,0\u00a0(p)", provisional=True)]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(COUNTRIES), st.sampled_from(["choropleth", "symbols", "tiles"]), st.data())
def test_any_places_with_any_values_keep_apart(code: str, kind: str, data: st.DataObject) -> None:
    where = data.draw(st.lists(st.sampled_from(places(code)), min_size=1, unique=True))
    values = data.draw(st.lists(POINTS, min_size=len(where), max_size=len(where)))
    keeps_apart(drawn(mapped(kind, code, values, tuple(where))))


def test_older_figures_have_the_map_of_their_time_and_newer_ones_tiles() -> None:
    old, new = ALL["AO_choropleth_2024"], ALL["AO_choropleth"]
    assert land(old)[0] is not None
    assert land(new)[0] is None
    names = {t.text for t in drawn(new).texts}
    assert {"Cubango", "Cuando"} <= names


def test_every_place_of_a_map_of_islands_is_named_on_it() -> None:
    one = ALL["CV_choropleth"]
    said = " ".join(t.text for t in drawn(one).texts if t.x0 < 95)
    assert [c.label for c in one.categories if c.label.split()[-1] not in said] == []


def test_equal_areas_on_the_ground_are_equal_on_paper() -> None:
    def cell(south: float) -> tuple[tuple[float, float], ...]:
        return ((0.0, south), (1.0, south), (1.0, south + 1), (0.0, south + 1), (0.0, south))

    two = Geometry("", {s: Unit(s, ((cell(float(s)),),), (0.5, float(s) + 0.5)) for s in ("-18", "-5")})
    shapes = fitted(two, Box(0, 0, 100, 100))
    paper = {code: abs(_area(shape.rings[0])) for code, shape in shapes.items()}
    earth = {s: np.sin(np.radians(float(s) + 1)) - np.sin(np.radians(float(s))) for s in paper}
    assert paper["-18"] / paper["-5"] == pytest.approx(earth["-18"] / earth["-5"], rel=1e-6)


def _area(ring: np.ndarray) -> float:
    x, y = ring.T
    return float(np.dot(x, np.roll(y, -1)) - np.dot(np.roll(x, -1), y)) / 2


@given(st.lists(st.integers(0, 40), unique=True, max_size=30))
def test_every_place_has_a_tile_of_its_own(numbers: list[int]) -> None:
    codes = [f"x{n}" for n in numbers]
    found = grid(codes, {"x1": (0, 0), "x2": (3, 1), "x3": (1, 1), "x4": (3, 1)})
    assert set(found) == set(codes)
    assert len(set(found.values())) == len(codes)


def test_shipped_boundaries_of_a_country_cover_its_places() -> None:
    for code in COUNTRIES:
        for geometry in geometries(code):
            assert set(geometry.units) == {c.key for c in places(code, geometry.valid_to[:4] or "2025")}
        assert {c.key for c in places(code)} <= set(tiles(code))


@pytest.mark.parametrize("kind", KINDS)
def test_a_hundred_municipalities_keep_apart_on_one_page(kind: str) -> None:
    cells = {f"{x}-{y}": (float(x), float(y)) for x in range(10) for y in range(11)}
    ring = {c: ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)) for c, (x, y) in cells.items()}
    many = Geometry("", {c: Unit(c, ((r,),), (r[0][0] + 0.5, r[0][1] + 0.5)) for c, r in ring.items()})
    where = tuple(Category(c, f"Município de {c} do Norte") for c in cells)
    one = mapped(kind, "MZ", points([9.5 + 27 * ((i * 37) % 19) / 19 for i in range(len(where))]), where)
    canvas = canvas_of(one, LOOK, None if kind == "tiles" else many, {})
    keeps_apart(canvas)
    assert canvas.height <= 200
    assert any(t.text == "…" for t in canvas.texts)


def test_long_names_shrink_the_map_but_not_below_reading() -> None:
    one = ALL["MZ_choropleth"]
    wide = replace(one, categories=tuple(Category(c.key, c.label * 2) for c in one.categories))
    keeps_apart(drawn(wide))
