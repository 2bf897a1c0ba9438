"""Pictures by their texts and artists: everything is printed once, inside the canvas, without overlap, the same each time."""

from __future__ import annotations

import pickle
import re
import struct
from dataclasses import replace
from html import unescape
from io import BytesIO
from itertools import combinations, pairwise

import matplotlib.image
import numpy as np
import pytest
from gallery import TILES, geometry, hard, land_of, ordinary, say, theme
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.text import Text

from bulletin.compose.lists import LISTS
from bulletin.document.chart import Chart, Image, Point
from bulletin.draw.canvas import Canvas
from bulletin.draw.draw import CHARTS, canvas_of, draw
from bulletin.draw.lettering import Lettering
from bulletin.draw.marks import luminance, on
from bulletin.draw.placing import dodge
from bulletin.errors import ConfigError, DataError
from bulletin.model.outline import CHART_KINDS, LIST_KINDS
from bulletin.model.theme import Theme

ALL = ordinary() | hard()
PARTLY = {"share", "stacked", "multiples", "line", "slope", "cover", "spark", "symbols"}
"""Kinds that by design print only some of the values."""


@pytest.fixture(scope="module")
def look() -> Theme:
    return theme()


def canvas(one: Chart, look: Theme) -> Canvas:
    return canvas_of(one, look, *land_of(one))


def words(one: Canvas) -> str:
    """All texts in reading order of drawing, wrapped lines joined again."""
    return " ".join(b.text for b in one.texts)


def svg_texts(image: Image) -> list[str]:
    return [unescape(t) for t in re.findall(r"<text[^>]*>([^<]*)</text>", image.svg.decode("utf-8"))]


def test_gallery_shows_every_kind() -> None:
    assert {one.kind for one in ordinary().values()} == set(CHARTS)


def test_an_outline_may_ask_for_every_kind_but_those_of_the_program() -> None:
    assert set(CHART_KINDS) == set(CHARTS) - {"cover", "spark"}
    assert set(LIST_KINDS) == {*LISTS, "acronyms", "chart_values"}


@pytest.mark.parametrize("name", ALL)
def test_texts_stand_apart_and_inside(name: str, look: Theme) -> None:
    drawn = canvas(ALL[name], look)
    for box in drawn.texts:
        inside = -0.05 <= box.x0 <= box.x1 <= drawn.width + 0.05 and -0.05 <= box.y0 <= box.y1 <= drawn.height + 0.05
        assert inside, box
    for a, b in combinations(drawn.texts, 2):
        assert not a.meets(b, -0.12), (a, b)


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_drawn_outside_or_at_the_edge_or_too_small(name: str, look: Theme) -> None:
    drawn = canvas(ALL[name], look)
    png = drawn.image().png
    assert name == "cover" or min(edge_distances(png)) >= 2
    renderer = drawn.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    width, height = drawn.figure.canvas.get_width_height()
    for artist in drawn.figure.get_children():
        if artist is drawn.figure.patch:
            continue
        if isinstance(artist, Text):
            assert artist.get_fontsize() >= 7
        box = artist.get_window_extent(renderer)
        slack = artist.get_markersize() * 2 if isinstance(artist, Line2D) and artist.get_marker() != "None" else 5
        inside = -slack <= box.x0 <= box.x1 <= width + slack and -slack <= box.y0 <= box.y1 <= height + slack
        assert inside, artist
    assert drawn.height <= 232


def edge_distances(png: bytes) -> tuple[int, ...]:
    """Pixels of paper left, right, above and below the ink."""
    ink = np.argwhere((matplotlib.image.imread(BytesIO(png))[..., :3] < 0.97).any(axis=2))
    (top, left), (bottom, right) = ink.min(axis=0), ink.max(axis=0)
    width, height = struct.unpack(">II", png[16:24])
    return int(left), int(width - 1 - right), int(top), int(height - 1 - bottom)


@pytest.mark.parametrize("name", ["dumbbell", "dumbbell_close", "dumbbell_zero", "dots", "dots_close", "dots_three"])
def test_no_figure_lies_on_the_zero_line(name: str, look: Theme) -> None:
    drawn = canvas(ALL[name], look)
    zero = next(b for b in drawn.texts if b.text == say(0, 0))
    middle = (zero.x0 + zero.x1) / 2
    figures = [b for b in drawn.texts if b.y0 > zero.y1]
    assert [b for b in figures if b.x0 < middle < b.x1] == []


def test_figures_moved_to_one_side_keep_the_order_of_the_marks(look: Theme) -> None:
    drawn = canvas(ALL["dumbbell_zero"], look)
    at = {b.text: b.x0 for b in drawn.texts}
    assert at[say(2981, 0)] < at[say(4465, 0)]
    assert at[say(-52_000, 0)] < at[say(-1400, 0)]


def test_compared_series_have_marks_of_their_own_and_signs_say_whose_they_are(look: Theme) -> None:
    drawn = canvas(ALL["dots_three"], look)
    text = [b.text for b in drawn.texts]
    assert text.count("África ..") == 3
    assert text.count("Mundo ..") == 1
    marks = {a.get_marker() for a in drawn.figure.get_children() if isinstance(a, Line2D)} - {"None", ""}
    assert marks == {"o", "D"}


def test_a_change_points_to_the_later_moment(look: Theme) -> None:
    one = ALL["dumbbell_change"]
    marks = [a.get_marker() for a in canvas(one, look).figure.get_children() if isinstance(a, Line2D)]
    steps = [b.value - a.value for a, b in zip(*(s.points for s in one.series), strict=True) if a.value and b.value]
    assert marks.count("<") == sum(s < 0 for s in steps)
    assert marks.count(">") == sum(s >= 0 for s in steps) + 1  # and the key


@pytest.mark.parametrize("name", ["line", "line_close", "column", "stacked_break"])
def test_words_of_a_break_stand_on_its_colour_and_off_all_else(name: str, look: Theme) -> None:
    drawn = canvas(ALL[name], look)
    tint = to_rgba(look.colour.tint)
    grounds = [
        a.get_path().get_extents() for a in drawn.figure.get_children() if isinstance(a, PathPatch) and a.get_facecolor() == tint
    ]
    words_of_break = [b for b in drawn.texts if b.text in ("quebra de série", "quebra", "de série", "quebra de", "série")]
    assert words_of_break
    band = max(grounds, key=lambda g: g.height)
    for box in words_of_break:
        assert any(g.x0 <= box.x0 and box.x1 <= g.x1 and g.y0 <= box.y0 + 0.4 and box.y1 - 0.4 <= g.y1 for g in grounds), box
        assert band.x0 < (box.x0 + box.x1) / 2 < band.x1
        others = [b for b in drawn.texts if b not in words_of_break]
        assert not any(box.meets(b, 0.6) for b in others)


@pytest.mark.parametrize("name", ordinary())
def test_names_values_and_words_are_printed(name: str, look: Theme) -> None:
    one = ALL[name]
    text = words(canvas(one, look)).replace("\u00a0", " ")
    if one.kind == "cover":
        assert text == ""
        return
    labels = [r.label for r in one.references]
    if len(one.series) > 1 or one.kind == "line":
        labels += [s.label for s in one.series]
    if one.kind not in ("multiples", "spark"):
        labels += [c.label for c in one.categories] + [t.text for t in one.ticks]
    labels += [b.label for b in one.breaks]
    if one.kind not in PARTLY:
        labels += [p.text for s in one.series for p in s.points]
    for label in labels:
        assert label.replace("\u00a0", " ") in text, label


@pytest.mark.parametrize("name", ordinary())
def test_same_bytes_twice(name: str, look: Theme) -> None:
    first, second = (draw(ALL[name], look, *land_of(ALL[name])) for _ in range(2))
    assert first == second
    assert b"<dc:date>" not in first.svg
    assert b"Matplotlib" not in first.png
    width, height = struct.unpack(">II", first.png[16:24])
    assert abs(width - first.width / 25.4 * 200) <= 1
    assert abs(height - first.height / 25.4 * 200) <= 1


def test_words_stay_text_in_the_shipped_face(look: Theme) -> None:
    one = ALL["bar"]
    image = draw(one, look, None, {})
    assert set(svg_texts(image)) == {b.text for b in canvas(one, look).texts}
    assert b"'Source Sans 3'" in image.svg or b"Source Sans 3" in image.svg
    assert b"DejaVu" not in image.svg


def test_dollars_and_markup_are_plain_text(look: Theme) -> None:
    one = ALL["bar"]
    odd = replace(one, categories=(replace(one.categories[0], label="US$ 1 $x_2$ <b> & \\frac"), *one.categories[1:]))
    assert any("US$ 1 $x_2$" in t for t in svg_texts(draw(odd, look, None, {})))


def test_missing_glyph_is_a_finding(look: Theme) -> None:
    one = ALL["bar"]
    odd = replace(one, categories=(replace(one.categories[0], label="漢字 漢"), *one.categories[1:]))
    with pytest.raises(DataError) as caught:
        draw(odd, look, None, {})
    found = caught.value.findings
    assert [f.rule for f in found] == ["glyph-missing", "glyph-missing"]
    assert {f.parameters["character"] for f in found} == {"漢", "字"}
    assert found[0].key == one.id


def test_unknown_kind_is_a_finding(look: Theme) -> None:
    with pytest.raises(ConfigError) as caught:
        draw(replace(ALL["bar"], kind="pie"), look, None, {})
    assert caught.value.findings[0].rule == "chart-kind-unknown"


@pytest.mark.parametrize("kind", sorted(set(CHARTS) - {"cover"}))
def test_without_values_the_words_say_so(kind: str, look: Theme) -> None:
    one = next(c for c in ordinary().values() if c.kind == kind)
    empty = replace(one, series=tuple(replace(s, points=tuple(Point(None, "..") for _ in s.points)) for s in one.series))
    assert words(canvas(empty, look)) == "Sem dados publicados"


@pytest.mark.parametrize("kind", sorted(set(CHARTS) - {"cover"}))
def test_one_category_and_one_value_are_enough(kind: str, look: Theme) -> None:
    one = next(c for c in ordinary().values() if c.kind == kind)
    single = replace(
        one,
        categories=one.categories[:1],
        breaks=(),
        series=tuple(replace(s, points=(Point(3.0, "3,0"),)) for s in one.series[:2]),
    )
    draw(single, look, *land_of(single))


def test_map_becomes_tiles_without_boundaries_or_with_other_divisions(look: Theme) -> None:
    one = ALL["choropleth"]
    tiles = words(canvas_of(replace(one, kind="tiles"), look, None, TILES))
    assert words(canvas_of(one, look, None, TILES)) == tiles
    assert words(canvas_of(one, look, geometry("CV"), TILES)) == tiles


def test_map_prints_each_place_on_the_map_and_in_the_ranking(look: Theme) -> None:
    text = words(canvas(ALL["choropleth"], look))
    for category, point in zip(ALL["choropleth"].categories, ALL["choropleth"].series[0].points, strict=True):
        assert text.count(category.label) >= 2
        assert text.count(point.text) >= 2


def test_line_does_not_cross_a_gap_or_a_break(look: Theme) -> None:
    drawn = canvas(ALL["line"], look)
    blue = [a for a in drawn.figure.get_children() if isinstance(a, Line2D) and a.get_color() == look.colour.series[0]]
    spans = [(min(a.get_xdata()), max(a.get_xdata())) for a in blue if len(a.get_xdata()) > 1]
    first = next(b for b in drawn.texts if b.text == "2021")
    middle = (first.x0 + first.x1) / 2
    assert spans
    assert not any(a < middle < b for a, b in spans)


def test_provisional_point_is_hollow_and_dashed_towards(look: Theme) -> None:
    lines = [a for a in canvas(ALL["line"], look).figure.get_children() if isinstance(a, Line2D)]
    assert sum(a.get_markerfacecolor() == look.colour.paper for a in lines if a.get_marker() not in ("", "None")) == 3
    assert sum(a.is_dashed() for a in lines) == 3


def test_bars_begin_at_zero(look: Theme) -> None:
    drawn = canvas(ALL["grouped"], look)
    fills = {to_rgba(fill) for fill in look.colour.series}
    bars = [
        a.get_path().get_extents() for a in drawn.figure.get_children() if isinstance(a, PathPatch) and a.get_facecolor() in fills
    ]
    starts = {round(b.x0, 3) for b in bars if b.width > 5}
    assert len(starts) == 1


@pytest.mark.parametrize("name", ["indico", "acacia"])
def test_both_themes_draw_every_kind_with_readable_words_on_fills(name: str) -> None:
    look = theme(name)
    for one in ordinary().values():
        assert canvas(one, look).missing == ""
    for fill in (*look.colour.series, *look.colour.sequential):
        pair = sorted((luminance(fill), luminance(on(look, fill))))
        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.4


def test_drawing_can_be_sent_to_a_worker(look: Theme) -> None:
    assert pickle.loads(pickle.dumps((draw, ALL["line"], look)))[0] is draw


@given(st.lists(st.tuples(st.floats(-50, 150), st.floats(1, 9)), min_size=1, max_size=10))
def test_dodged_labels_keep_order_distance_and_limits(items: list[tuple[float, float]]) -> None:
    wanted, heights = [y for y, _ in items], [h for _, h in items]
    placed = dodge(wanted, heights, 0, 100)
    order = sorted(range(len(items)), key=lambda i: (wanted[i], i))
    for a, b in pairwise(order):
        assert placed[b] - placed[a] >= (heights[a] + heights[b]) / 2 - 1e-6
    assert min(p - h / 2 for p, h in zip(placed, heights, strict=True)) >= -1e-6
    assert max(p + h / 2 for p, h in zip(placed, heights, strict=True)) <= 100 + 1e-6


@given(st.text("abç ãé", min_size=1, max_size=90), st.floats(8, 60))
def test_wrapping_keeps_every_letter_and_the_width(text: str, room: float) -> None:
    letters = Lettering("Source Sans 3")
    lines = letters.wrap(text, room)
    assert "".join(lines).replace("-", "").replace(" ", "") == text.replace(" ", "")
    assert all(letters.width(line.strip()) <= room + 1e-6 or len(line.strip()) <= 4 for line in lines)
