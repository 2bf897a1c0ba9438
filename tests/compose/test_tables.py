"""Tables: each row's newest value beside its period, units of the column's indicator, differences as published."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bulletin.compose.context import Context
from bulletin.compose.disagreements import alternates
from bulletin.compose.facts import FactBook
from bulletin.compose.lookup import Lookup
from bulletin.compose.tables import compose_table
from bulletin.document.blocks import Table
from bulletin.document.inline import plain
from bulletin.model.indicator import Kind
from bulletin.model.outline import Level, RowGroup, TableSpec
from factories import PORTUGUESE, both, edition, indicator, observations, project, row


class _Words(dict[str, str]):
    """Every word of the language pack by its key, where no test reads it."""

    def __missing__(self, key: str) -> str:
        return key


INDICATORS = (
    indicator("RATE_A", kind=Kind.RATE, unit="PT", decimals=1),
    indicator("RATE_B", kind=Kind.RATE, unit="PT", decimals=1),
    indicator("PEOPLE"),
)


def composed(spec: TableSpec, *rows: dict[str, Any]) -> Table:
    made = project(*INDICATORS, edition=edition())
    locale = replace(PORTUGUESE, words=_Words(PORTUGUESE.words))
    context = Context(made, Lookup(observations(*rows), made), FactBook(lambda o: (o,)), locale)
    return compose_table(context, spec)[0]


def cells(table: Table) -> list[list[str]]:
    return [[c.text for c in r.cells] for r in table.rows]


def test_each_row_shows_its_own_newest_value_and_says_when() -> None:
    spec = TableSpec(
        "t", both("Taxas"), (RowGroup(level=Level("indicator", ("RATE_A", "RATE_B"))),), (Level("period", periods="newest"),)
    )
    table = composed(spec, row("RATE_A", 10.9, 2016, unit="PT"), row("RATE_A", 9.0, 2012, unit="PT"))
    assert cells(table) == [["10,9", "2016"], ["..", ".."]]
    assert [c.kind for c in table.rows[0].cells] == ["number", "text"]


def test_periods_before_the_edition_only_when_all_are_asked_for() -> None:
    rows = (row("RATE_A", 10.9, 2016, unit="PT"), row("RATE_A", 12.0, 2024, unit="PT"))
    spec = TableSpec("t", both("Taxas"), (RowGroup("RATE_A"),), (Level("period", periods="available"),))
    assert cells(composed(spec, *rows)) == [["12,0"]]
    assert cells(composed(replace(spec, columns=(Level("period", periods="all"),)), *rows)) == [["10,9", "12,0"]]


def test_columns_that_name_the_indicator_print_in_its_decimals() -> None:
    spec = TableSpec(
        "t", both("Por {subdivision}"), (RowGroup(level=Level("ref_area")),),
        (Level("period", ("2024",)), Level("indicator", ("PEOPLE", "RATE_A"))),
    )  # fmt: skip
    table = composed(spec, row("PEOPLE", 1234), row("RATE_A", 5.04, unit="PT"))
    assert cells(table)[0] == ["1\u00a0234", "5,0"]
    assert plain(table.title).startswith("Por província")


def test_points_are_taken_from_the_figures_as_published() -> None:
    spec = TableSpec("t", both("Taxa"), (RowGroup("RATE_A"),), (Level("period", ("2022", "2023")),), changes=True)
    table = composed(spec, row("RATE_A", 10.28, 2022, unit="PT"), row("RATE_A", 7.13, 2023, unit="PT"))
    assert cells(table)[0][-1] == "\u22123,2"


def test_what_two_sources_differ_by_is_taken_from_the_figures_as_published() -> None:
    """0.35, which binary fractions make 0.3499…"""
    rows = observations(row("RATE_A", 3.20, 2024, unit="PT"), alternates=(row("RATE_A", 3.55, 2024, unit="PT", source="S2"),))
    lookup = Lookup(rows, project(*INDICATORS, edition=edition()))
    locale = replace(PORTUGUESE, words=_Words(PORTUGUESE.words))
    context = Context(project(*INDICATORS, edition=edition()), lookup, FactBook(lambda o: (o,)), locale)
    chosen = lookup.get("RATE_A", "2024", {})
    assert chosen is not None
    (table,) = alternates(context, [chosen])
    assert cells(table)[-1] == ["3,2", "3,6", "+0,4"]
