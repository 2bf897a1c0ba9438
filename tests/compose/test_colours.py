"""One concept, one colour through the whole bulletin, and every kind of chart in the example."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.document.blocks import Figure
from bulletin.document.tree import Document, walk
from bulletin.draw.draw import CHARTS
from bulletin.errors import ConfigError
from bulletin.load.project import load_project
from bulletin.model.concepts import MOST, ConceptColours
from bulletin.pipeline.edit import Composed
from bulletin.pipeline.prepare import Prepared
from factories import small_project

BESIDE_THE_FIGURES = {"spark", "cover"}
"""Kinds that stand in strips of key figures and on the cover, not as figures."""


def figures(document: Document) -> list[Figure]:
    return [b for b in walk(document.sections) if isinstance(b, Figure)]


@pytest.mark.slow
def test_a_concept_has_the_same_colour_in_every_chart_of_the_example(composed_example: tuple[Prepared, Composed]) -> None:
    document = composed_example[1].documents["pt"]
    found: dict[str, dict[int, str]] = {}
    for figure in figures(document):
        if figure.chart.kind == "multiples" or len(figure.chart.series) < 2:
            continue
        colours = [s.colour for s in figure.chart.series]
        assert len(set(colours)) == len(colours), figure.id
        for series in figure.chart.series:
            found.setdefault(series.key, {})[series.colour] = figure.id
    assert {key: where for key, where in found.items() if len(where) > 1} == {}
    assert {next(iter(found[key])) for key in ("M", "OLD_AGE", "INSS", "CONTRIB", "PSSB-IDOSO")} == {0}
    assert next(iter(found["INAS"])) == next(iter(found["NONCONTRIB"])) != 0


@pytest.mark.slow
def test_the_example_has_every_kind_of_chart(composed_example: tuple[Prepared, Composed]) -> None:
    assert {f.chart.kind for f in figures(composed_example[1].documents["pt"])} == set(CHARTS) - BESIDE_THE_FIGURES


@given(
    st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8),
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, MOST)),
)
def test_no_two_concepts_of_a_chart_share_a_colour_while_there_are_enough(codes: list[str], places: dict[str, int]) -> None:
    found = ConceptColours({"any": places}).of("any", codes)
    assert set(found) == set(codes)
    if len(codes) <= MOST:
        assert len(set(found.values())) == len(codes)
        assert max(found.values(), default=0) < MOST
    clear = [c for c in codes if c in places and sum(places.get(other) == places[c] for other in codes) == 1]
    assert all(found[c] == places[c] - 1 for c in clear)


def test_a_country_changes_single_concepts_and_a_place_that_no_theme_has_is_refused(tmp_path: Path) -> None:
    small_copy = small_project(tmp_path / "small")
    own = small_copy / "config" / "colours.yaml"
    own.write_text("colours: {sex: {M: 3}, scheme: {CNSS: 2}}\n", encoding="utf-8")
    project, _ = load_project(small_copy)
    assert project.colours.of("sex", ("M", "F")) == {"M": 2, "F": 1}
    assert project.colours.of("scheme", ("CNSS",)) == {"CNSS": 1}
    own.write_text("colours: {sex: {M: 5}}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_project(small_copy)
    assert [(f.rule, f.parameters["found"]) for f in caught.value.findings] == [("config-not-allowed", "5")]
