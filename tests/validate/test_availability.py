"""What has arrived of what the outline prints: by institution, indicator and year."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bulletin.derive.derive import derive
from bulletin.model.country import Institution, Supply
from bulletin.model.edition import Collection, SourceRef, Years
from bulletin.model.outline import ChapterSpec, ChartSpec, Item, Level, Outline, RowGroup, SectionSpec, TableSpec
from bulletin.model.project import Project
from bulletin.model.quality import Arrival, Availability
from bulletin.validate.availability import availability
from factories import MOZAMBIQUE, both, edition, formula, indicator, observations, project, row

INSS = Institution("INSS", "INSS", both("INSS"), supplies=(Supply(where={"scheme": ("INSS",)}),))
INE = Institution("INE", "INE", both("INE"))
SOURCES = {
    "S1": SourceRef("S1", both("S1"), both("S1"), institution="inss"),
    "S2": SourceRef("S2", both("S2"), both("S2"), institution="World Bank"),
}
PENSIONERS = indicator("PENSIONERS", dimensions=("scheme", "sex"))
INSURED = indicator("INSURED", dimensions=("scheme",))
RATE = indicator("RATE", "rate", "PT", formula=formula("ratio", inputs={"numerator": "PENSIONERS", "denominator": "INSURED"}))
YEARS = Level("period")


def table(name: str, *levels: Level, **where: str) -> TableSpec:
    return TableSpec(f"t_{name}", both("T"), (RowGroup(level=levels[0]) if levels else RowGroup(),), (YEARS,), name, where)


def asked(*items: Item, collect: tuple[Collection, ...] = (), **changes: Any) -> Project:
    outline = Outline("test", both("B"), both(""), (ChapterSpec("c", both("C"), (SectionSpec("s", both("S"), items),)),))
    country = replace(MOZAMBIQUE, institutions=(INSS, INE))
    return project(
        PENSIONERS, INSURED, RATE, outline=outline, country=country, sources=SOURCES,
        edition=edition(years=Years(2023, 2024), collect=collect, **changes),
    )  # fmt: skip


def found(made: Project, *rows: dict[str, Any]) -> dict[tuple[str, str, int], Availability]:
    observed, _ = derive(observations(*rows), made)
    return {(a.institution, a.indicator, a.year): a for a in availability(observed, made)}


def test_cells_are_counted_by_institution_and_year() -> None:
    made = asked(table("PENSIONERS", Level("sex", codes=("_T", "M", "F")), scheme="INSS"))
    rows = [row("PENSIONERS", 9, 2023, scheme="INSS", sex=s) for s in ("_T", "M", "F")]
    rows += [row("PENSIONERS", 9, "2024-12", scheme="INSS"), row("PENSIONERS", None, 2024, scheme="INSS", sex="M")]
    counted = found(made, *rows)
    assert set(counted) == {("INSS", "PENSIONERS", 2023), ("INSS", "PENSIONERS", 2024)}
    whole, part = counted["INSS", "PENSIONERS", 2023], counted["INSS", "PENSIONERS", 2024]
    assert (whole.state, whole.expected, whole.received) == (Arrival.RECEIVED, 3, 3)
    assert (part.state, part.expected, part.received, part.answered) == (Arrival.PARTIAL, 3, 1, 2)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"obs_status": "P"}, Arrival.PROVISIONAL),
        ({"obs_status": "E;P"}, Arrival.PROVISIONAL),
        ({"obs_status": "E"}, Arrival.RECEIVED),
        ({"illustrative": True}, Arrival.ILLUSTRATIVE),
        ({"value": float("nan"), "obs_status": "Q", "conf_status": "C"}, Arrival.RECEIVED),
        ({"value": float("nan"), "obs_status": "O"}, Arrival.MISSING),
    ],
)
def test_state_of_one_cell(changes: dict[str, Any], state: Arrival) -> None:
    made = asked(table("PENSIONERS", scheme="INSS"))
    counted = found(made, row("PENSIONERS", 9, 2024, scheme="INSS", **changes))
    assert counted["INSS", "PENSIONERS", 2024].state is state


@pytest.mark.parametrize(
    ("due", "state"), [("2025-11-29", "late"), ("2025-11-30", "not_due"), ("2026-01-31", "not_due"), ("", "missing")]
)
def test_only_the_reference_year_can_be_late(due: str, state: str) -> None:
    made = asked(table("PENSIONERS", scheme="INSS"), collect=(Collection("INSS", due),))
    counted = found(made)
    assert counted["INSS", "PENSIONERS", 2024].state == state
    assert counted["INSS", "PENSIONERS", 2023].state == "missing"


def test_a_cell_without_data_falls_to_who_supplied_the_series_unless_another_is_asked_for_it() -> None:
    item = table("PENSIONERS", scheme="INSS")
    sent = row("PENSIONERS", 9, 2023, scheme="INSS", source="S2")
    assert set(found(asked(item), sent)) == {("World Bank", "PENSIONERS", 2023), ("World Bank", "PENSIONERS", 2024)}
    collected = asked(item, collect=(Collection("INSS"),))
    assert set(found(collected, sent)) == {("World Bank", "PENSIONERS", 2023), ("INSS", "PENSIONERS", 2024)}
    assert set(found(asked(table("INSURED")))) == {("", "INSURED", 2023), ("", "INSURED", 2024)}


def test_a_computed_figure_stands_for_what_it_is_made_from_unless_it_was_sent() -> None:
    counted = found(asked(table("RATE")), row("PENSIONERS", 9, 2024), row("INSURED", 90, 2024), row("RATE", 8, 2023, unit="PT"))
    assert {(i, y): a.state.value for (_, i, y), a in counted.items()} == {
        ("PENSIONERS", 2024): "received", ("INSURED", 2024): "received", ("RATE", 2023): "received",
    }  # fmt: skip


def test_exhibits_of_the_newest_figures_are_expected_to_have_the_reference_year() -> None:
    chart = ChartSpec("c", "bar", both("C"), "INSURED", categories=Level("scheme", total="none"))
    counted = found(asked(chart), row("INSURED", 5, 2023, scheme="INSS"))
    assert {(y, a.state.value) for (_, _, y), a in counted.items()} == {(2023, "received"), (2024, "missing")}


def test_a_cell_printed_twice_is_one_cell() -> None:
    made = asked(table("INSURED"), replace(table("INSURED"), table="again"))
    assert found(made, row("INSURED", 5, 2024))["INSS", "INSURED", 2024].expected == 1


def test_an_illustrative_row_without_a_value_stands_in_the_place_of_nothing() -> None:
    made = asked(table("PENSIONERS", scheme="INSS"))
    rows = [
        row("PENSIONERS", 9, 2023, scheme="INSS", illustrative=True),
        row("PENSIONERS", None, 2024, scheme="INSS", illustrative=True),
    ]
    counted = found(made, *rows)
    assert (counted["INSS", "PENSIONERS", 2023].state, counted["INSS", "PENSIONERS", 2024].state) == (
        Arrival.ILLUSTRATIVE,
        Arrival.MISSING,
    )
