"""Alternative texts: never too long, never cut inside a sentence, all they claim recorded, and the same said in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulletin.compose.alternatives import About, alternative_text, equal_alternatives
from bulletin.compose.context import Context
from bulletin.compose.facts import FactBook
from bulletin.compose.lookup import Lookup
from bulletin.document.alternatives import LIMIT, pointed, unsuited, without_table
from bulletin.document.blocks import Figure, Table
from bulletin.document.chart import BreakBand, Category, Chart, Point, ReferenceLine, Series
from bulletin.document.tree import Document, Manuscript, Section, walk
from bulletin.draw.draw import CHARTS
from bulletin.model.fact import Claim
from bulletin.pipeline.edit import Composed, compose_editions
from bulletin.pipeline.leaves import leaves_of
from bulletin.pipeline.pictures import repeated_colours
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent
from factories import small_project

KINDS = sorted(set(CHARTS) - {"cover", "spark"})
WORDS = st.text("abç éãA1(), ", min_size=1, max_size=90).map(lambda t: t.strip() or "x")


@cache
def contexts() -> dict[str, Context]:
    """No fixture: what Hypothesis is given it shows."""
    with TemporaryDirectory() as folder:
        prepared = prepare(small_project(Path(folder) / "small"), silent)
    lookup = Lookup(prepared.observations, prepared.project, ())
    book = FactBook(leaves_of(lookup, prepared.project))
    return {language: Context(prepared.project, lookup, book, locale) for language, locale in prepared.project.locales.items()}


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    over_time = draw(st.booleans())
    count, rows = draw(st.integers(1, 12)), draw(st.integers(1, 6))
    categories = tuple(
        Category(str(2010 + j), str(2010 + j), 2010.0 + j) if over_time else Category(f"c{j}", draw(WORDS)) for j in range(count)
    )
    values = st.none() | st.integers(-5, 5).map(float) | st.floats(-1e7, 1e7)

    def point() -> Point:
        value = draw(values)
        gap = Point(None, draw(st.sampled_from(("..", "c", "//"))))
        return gap if value is None else Point(value, f"{value:,.1f}", provisional=draw(st.booleans()))

    series = tuple(Series(f"s{k}", draw(WORDS), tuple(point() for _ in range(count)), k % 4 - 1) for k in range(rows))
    breaks = (BreakBand(2010.2, 2010.8, "quebra"),) if over_time and count > 1 and draw(st.booleans()) else ()
    references = (ReferenceLine(3.0, "Média 3,0"),) if draw(st.booleans()) else ()
    return Chart("any", draw(st.sampled_from(KINDS)), categories, series, breaks=breaks, references=references)


def said(context: Context, chart: Chart, about: About) -> tuple[str, list[Claim]]:
    context = replace(context, facts=FactBook({}))
    return alternative_text(context, chart, about), [
        claim for language, claim in context.facts.claims() if language == context.language
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(charts(), WORDS, st.text("abc ", max_size=200), WORDS)
def test_texts_are_short_whole_and_answered_for(chart: Chart, label: str, population: str, unit: str) -> None:
    about = About(label, population, "Moçambique", "2010–2021", unit)
    for context in contexts().values():
        text, claims = said(context, chart, about)
        assert 0 < len(text) <= LIMIT
        assert text.startswith(context.word(f"alt_kind_{chart.kind}"))
        assert text.endswith(context.word("alt_table"))
        place = 0
        for claim in claims:
            assert claim.sentence.endswith(".")
            place = text.replace("\u00a0", " ").index(claim.sentence, place) + len(claim.sentence)


def of(*values: float | None, kind: str = "line", **changes: object) -> Chart:
    categories = tuple(Category(str(2015 + j), str(2015 + j), 2015.0 + j) for j in range(len(values)))
    points = tuple(Point(v, ".." if v is None else f"{v:g}") for v in values)
    return replace(Chart("any", kind, categories, (Series("s", "", points),)), **changes)  # type: ignore[arg-type]


BREAK = (BreakBand(2016.3, 2016.7, "quebra"),)


@pytest.mark.parametrize(
    ("chart", "words"),
    [
        (of(1, 2, 4), "Steady rise, from 1 (2015) to 4 (2017)."),
        (of(4, 2, 1), "Steady fall, from 4 (2015) to 1 (2017)."),
        (of(1, 2), "From 1 (2015) to 2 (2016)."),
        (of(1, 2, 4, breaks=BREAK), "From 1 (2015) to 4 (2017). Break in the series between 2016 and 2017."),
        (of(1, None, 4, 5), "From 1 (2015) to 5 (2018). No data: 2016."),
        (of(1, 9, 0, 5), "From 1 (2015) to 5 (2018). Highest 9 (2016); lowest 0 (2017)."),
        (of(1, 9, 9, 9, 9, 5), "From 1 (2015) to 5 (2020). Values in the tables."),
        (of(*[1.0, *[None] * 6, 2.0]), "No data in 6 of 8."),
    ],
)
def test_a_line_is_told_as_it_runs(chart: Chart, words: str) -> None:
    assert words in said(contexts()["en"], chart, About("X", span="2015"))[0]


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> Composed:
    return compose_editions(prepare(small_project(tmp_path_factory.mktemp("pointed") / "small"), silent))


def test_the_table_pointed_to_prints_the_figures(composed: Composed) -> None:
    for language, document in composed.documents.items():
        tables = {b.label: b for b in walk(document.sections) if isinstance(b, Table)}
        found = [b for b in walk(document.sections) if isinstance(b, Figure)]
        assert found
        for figure in found:
            facts = {p.fact for s in figure.chart.series for p in s.points if p.fact}
            named = [t for label, t in tables.items() if figure.alt.endswith(f"{label}.")]
            assert len(named) == 1, figure.alt
            printed = {c.fact for row in named[0].rows for c in row.cells}
            whole = {"pt": "Valores no", "en": "Values in"}[language]
            assert (facts <= printed) == (f". {whole}" in figure.alt)


def test_without_a_table_nothing_is_pointed_to(composed: Composed) -> None:
    document = composed.documents["en"]
    words = document.words
    figure = next(b for b in walk(document.sections) if isinstance(b, Figure))
    alone = replace(document.sections[0], blocks=(replace(figure, alt=f"Chart. {words['alt_table']}"),), sections=())
    assert [b.alt for b in walk(pointed((alone,), words)) if isinstance(b, Figure)] == ["Chart."]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_every_language_says_the_same(data: st.DataObject) -> None:
    """Long names in one language leave no room for what another could say."""
    book = FactBook({})
    chart = data.draw(charts())
    manuscripts = {}
    for language, context in contexts().items():
        context = replace(context, facts=book)
        here = replace(chart, series=tuple(replace(s, label=data.draw(WORDS)) for s in chart.series))
        alt = alternative_text(context, here, About(data.draw(WORDS), span="2010", unit="%"))
        figure = Figure(chart.id, (), (), here, (), alt, "")
        section = Section("s", 1, (), (figure,), (), None, "number", False)
        manuscripts[language] = Manuscript(None, None, (section,), context.locale.words)  # type: ignore[arg-type]
    equal = equal_alternatives(manuscripts, book)
    claims = {language: {c.id for name, c in book.claims() if name == language} for language in equal}
    assert claims["pt"] == claims["en"]
    for language, manuscript in equal.items():
        figure = manuscript.sections[0].blocks[0]  # type: ignore[assignment]
        told = [c.sentence for name, c in book.claims() if name == language]
        text = figure.alt.replace("\u00a0", " ")
        assert all(sentence in text for sentence in told)
        assert text.endswith(contexts()[language].word("alt_table"))


def test_a_chart_whose_values_no_table_prints_is_told_of(composed: Composed) -> None:
    document = composed.documents["pt"]
    assert list(without_table(document)) == []
    alone = replace(document, sections=tuple(_only_charts(s) for s in document.sections))
    sections = pointed(tuple(_general(s, document.words) for s in alone.sections), document.words)
    told = list(without_table(replace(alone, sections=sections)))
    assert {f.rule for f in told} == {"chart-without-table"}
    assert {f.key for f in told} == {b.id for b in walk(document.sections) if isinstance(b, Figure)}


def _only_charts(section: Section) -> Section:
    return replace(
        section,
        blocks=tuple(b for b in section.blocks if isinstance(b, Figure)),
        sections=tuple(_only_charts(s) for s in section.sections),
    )


def _general(section: Section, words: Mapping[str, str]) -> Section:
    """As before tables have their numbers."""
    blocks = tuple(replace(b, alt=f"Chart. {words['alt_table']}") for b in section.blocks if isinstance(b, Figure))
    return replace(section, blocks=blocks, sections=tuple(_general(s, words) for s in section.sections))


def test_two_series_in_one_colour_are_told_of(composed: Composed) -> None:
    document = composed.documents["pt"]
    project = contexts()["pt"].project
    figure = next(b for b in walk(document.sections) if isinstance(b, Figure))
    points = figure.chart.series[0].points

    def told(count: int, colour: int, kind: str = "line") -> list[str]:
        series = tuple(Series(f"s{n}", f"s{n}", points, n if colour else -1) for n in range(count))
        spoilt = replace(figure, chart=replace(figure.chart, kind=kind, series=series))
        section = replace(document.sections[0], blocks=(spoilt,), sections=())
        return [f.rule for f in repeated_colours(project, replace(document, sections=(section,)))]

    most = len(project.theme.colour.series)
    assert told(most, 1) == []
    assert told(most + 1, 1) == ["chart-colours-repeated"]
    assert told(most + 1, 0) == []
    assert told(most + 1, 1, "multiples") == []


@pytest.mark.parametrize(
    ("alt", "rule"), [("", "alternative-missing"), (" ", "alternative-missing"), ("x" * 301, "alternative-too-long")]
)
def test_a_chart_without_a_text_or_with_a_long_one_is_not_built(composed: Composed, alt: str, rule: str) -> None:
    document: Document = composed.documents["pt"]
    figure = next(b for b in walk(document.sections) if isinstance(b, Figure))
    spoilt = replace(document, sections=(replace(document.sections[0], blocks=(replace(figure, alt=alt),), sections=()),))
    assert [f.rule for f in unsuited(spoilt)] == [rule]
    assert list(unsuited(document)) == []
