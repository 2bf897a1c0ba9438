"""Figures of the quality annex, counted by hand."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.model.codes import ConfStatus, ObsStatus
from bulletin.model.dataset import Observation
from bulletin.model.edition import Collection, SourceRef
from bulletin.model.finding import Place
from bulletin.model.quality import Amendment, Arrival, Availability, Cause, Revision, RowAccount, RuleOutcome
from bulletin.validate.measures import measures
from factories import both, edition, observations, project, row

SOURCES = {
    "S1": SourceRef("S1", both("S1"), both("S1"), institution="INSS"),
    "S2": SourceRef("S2", both("S2"), both("S2"), institution="INE"),
}
MADE = project(sources=SOURCES, edition=edition(release_date="2025-01-31", collect=(Collection("INSS", "2025-01-15"),)))
ARRIVED = (
    Availability("INSS", "A", 2024, Arrival.PARTIAL, 8, 5, 6, 1),
    Availability("INE", "B", 2024, Arrival.RECEIVED, 2, 2, 2),
    Availability("INSS", "C", 2024, Arrival.LATE, 2, 0, 0),
)
ROWS = (
    row("A", 10, 2024, obs_status="P", source="S1"),
    row("A", 10, 2023, obs_status="E;P", source="S1"),
    row("A", None, 2022, source="S1"),
    row("A", None, 2021, source="S1", obs_status="Q", conf_status="C"),
    row("B", 10, "2024-06", source="S2"),
    row("B", 10, 2025, obs_status="F", source="S2"),
    row("B", 10, 2024, illustrative=True, source="S2"),
)


def observation(value: float, source: str = "S1", file: str = "data/a.csv") -> Observation:
    return Observation(
        "A", {}, "2023", value, "PERS", (ObsStatus.NORMAL,), ConfStatus.FREE, source, "", {}, False, Place(file)
    )  # fmt: skip


def revision(old: float, new: float, file: str = "data/a.csv", kind: Amendment = Amendment.AMENDED) -> Revision:
    return Revision(
        "A.MZ@2023", kind, old, new, cause=Cause.SCHEDULED, before=observation(old), after=observation(new, file=file)
    )


def test_figures_of_the_edition_and_of_institutions() -> None:
    outcomes = (
        RuleOutcome("sum", "A", "error", 10, 2, 1),
        RuleOutcome("sum", "B", "error", 5, 0),
        RuleOutcome("growth", "A", "warning", 3, 3),
    )
    changed = (
        revision(100, 110),
        revision(50, 45),
        revision(10, 99, file=""),
        revision(0, 7),
        revision(1, 9, kind=Amendment.HIDDEN),
    )
    accounts = (RowAccount("data/a.csv", 9, 7, 1, 1), RowAccount("data/b.csv", 3, 3, 0, 0))
    found = {(m.name, m.subject): m.value for m in measures(observations(*ROWS), MADE, ARRIVED, outcomes, changed, accounts)}
    assert {k: found[k, ""] for k in ("expected", "received", "response", "values", "amended", "due", "late", "days", "rows", "rows_rejected")} == {
        "expected": 12, "received": 7, "response": 100 * 8 / 12, "values": 6, "amended": 2, "due": 1, "late": 1, "days": 31,
        "rows": 12, "rows_rejected": 1,
    }  # fmt: skip
    assert found["gaps", "INSS"] == 100 / 6
    assert (found["provisional", "INSS"], found["estimated", "INSS"]) == (200 / 3, 100 / 3)
    assert found["illustrative", ""] == 100 / 6
    assert (found["values", "INE"], found["forecast", "INE"], found["days", "INE"]) == (2, 50, 215)
    assert found["revision", "INSS"] == found["revision", ""] == 10
    assert ("revision", "INE") not in found
    assert [found[n, "sum"] for n in ("checked", "passed", "failed", "not_evaluated")] == [15, 13, 2, 1]
    assert [found[n, ""] for n in ("checked", "passed", "failed", "not_evaluated")] == [18, 13, 5, 1]
    assert [found[n, "data/a.csv"] for n in ("read", "used", "rejected", "ignored")] == [9, 7, 1, 1]


@settings(max_examples=40)
@given(st.lists(st.floats(1, 1e9), min_size=3, max_size=3))
def test_no_figure_depends_on_a_value(values: list[float]) -> None:
    changed = [
        r if r["value"] != r["value"] else replace_value(r, v) for r, v in zip(ROWS, [*values, *values, *values], strict=False)
    ]
    assert measures(observations(*changed), MADE, ARRIVED, (), (), ()) == measures(observations(*ROWS), MADE, ARRIVED, (), (), ())


def replace_value(one: dict, value: float) -> dict:
    return one | {"value": value}


def test_an_edition_without_data_says_so_in_counts() -> None:
    empty = tuple(replace(a, received=0, answered=0, state=Arrival.MISSING) for a in ARRIVED)
    found = {(m.name, m.subject): m.value for m in measures(observations(), MADE, empty, (), (), ())}
    assert (found["response", ""], found["values", ""]) == (0, 0)
    assert not {"gaps", "provisional", "days", "revision"} & {name for name, _ in found}
