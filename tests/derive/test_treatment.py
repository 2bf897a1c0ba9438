"""Denominators that fail, parts above their whole, people counted twice: each is said, and treated as the formula declares."""

from __future__ import annotations

import math
from typing import Any

import pytest

from bulletin.derive.check import check_formulas
from bulletin.derive.derive import derive
from bulletin.model.finding import Severity
from factories import formula, indicator, observations, project, row, spoken

BOTH = {"contributory": "IN", "noncontributory": "OUT"}


def outcome(made: Any, *rows: Any, kind: str = "rate", unit: str = "") -> tuple[float | None, str, list[tuple[str, Severity]]]:
    """Value (None: missing, −1: no row), status and findings of the one derived figure of 2024."""
    known = project(
        *(indicator(i) for i in ("IN", "OUT", "BOTH", "PEOPLE")),
        *(indicator(i, "amount") for i in ("DUE", "PAID")),
        indicator("CPI", "index"),
        indicator("X", kind, unit, formula=made),
    )
    frame, findings = derive(observations(*rows), known)[0].frame, derive(observations(*rows), known)[1]
    found = frame[(frame["indicator"] == "X") & (frame["period"] == "2024")]
    said = [(f.rule, f.severity) for f in spoken(findings)]
    if found.empty:
        return -1, "", said
    value = float(found["value"].iloc[0])
    return None if math.isnan(value) else value, str(found["obs_status"].iloc[0]), said


def money(name: str, value: float | None, period: int = 2024) -> Any:
    return row(name, value, period, unit="XDC")


def test_coverage_takes_away_those_in_both_and_never_supposes_that_there_are_none() -> None:
    rows = [row("IN", 122), row("OUT", 148), row("PEOPLE", 1000)]
    counted = formula("coverage", inputs={**BOTH, "population": "PEOPLE", "overlap": "BOTH"})
    assert outcome(counted, *rows, row("BOTH", 20)) == (25.0, "A", [])
    assert outcome(counted, *rows) == (None, "O", [("overlap-missing", Severity.WARNING)])
    summed = formula("coverage", inputs={**BOTH, "population": "PEOPLE", "overlap": "BOTH"}, when_no_overlap="sum")
    assert outcome(summed, *rows) == (27.0, "A", [("overlap-summed", Severity.WARNING)])
    apart = formula("coverage", inputs={**BOTH, "population": "PEOPLE"}, overlap="none")
    assert outcome(apart, *rows) == (27.0, "A", [])
    assert outcome(counted, *rows, row("BOTH", 130)) == (None, "O", [("overlap-above-part", Severity.ERROR)])


@pytest.mark.parametrize(("parameters", "warned"), [({}, True), ({"overlap": "none"}, False)])
def test_a_formula_that_forgets_the_overlap_is_told_before_data_are_read(parameters: Any, warned: bool) -> None:
    made = indicator("X", formula=formula("covered", inputs=BOTH, **parameters))
    found = spoken(check_formulas(project(indicator("IN"), indicator("OUT"), made).catalogue))
    assert [(f.rule, f.severity) for f in found] == ([("overlap-undeclared", Severity.WARNING)] if warned else [])


@pytest.mark.parametrize(
    ("due", "parameters", "expected"),
    [
        (50, {}, (120.0, "A", [("rate-above-100", Severity.WARNING)])),
        (50, {"when_over": "cap"}, (100.0, "A", [("rate-capped", Severity.INFO)])),
        (50, {"when_over": "accept"}, (120.0, "A", [])),
        (50, {"when_over": "error"}, (120.0, "A", [("rate-above-100", Severity.ERROR)])),
        (0, {}, (None, "O", [("denominator-zero", Severity.WARNING)])),
        (-5, {"when_zero": "error"}, (None, "O", [("denominator-zero", Severity.ERROR)])),
        (None, {}, (None, "O", [("denominator-missing", Severity.INFO)])),
        (None, {"when_missing": "error"}, (None, "O", [("denominator-missing", Severity.ERROR)])),
    ],
)
def test_a_denominator_that_fails_is_said_and_treated_as_declared(due: float | None, parameters: Any, expected: Any) -> None:
    made = formula("collection_rate", inputs={"collected": "PAID", "due": "DUE"}, **parameters)
    assert outcome(made, money("PAID", 60), money("DUE", due)) == expected


def test_real_terms_need_their_base_year() -> None:
    made = formula("deflate", inputs={"amount": "PAID", "deflator": "CPI"}, base="2015")
    rows = [money("PAID", 300), row("CPI", 150, 2024, unit="INDEX")]
    assert outcome(made, *rows, row("CPI", 100, 2015, unit="INDEX"), kind="amount") == (200.0, "A", [])
    assert outcome(made, *rows, kind="amount") == (-1, "", [("denominator-missing", Severity.INFO)])
    assert outcome(made, *rows, row("CPI", 0, 2015, unit="INDEX"), kind="amount")[2] == [("denominator-zero", Severity.WARNING)]


def test_change_from_nothing_is_not_a_number_and_is_noted() -> None:
    made = formula("growth", inputs={"of": "DUE"})
    assert outcome(made, money("DUE", 5), money("DUE", -2, 2023)) == (None, "M", [("base-unusable", Severity.INFO)])


def test_reserve_at_the_start_of_the_year_is_that_of_the_end_of_the_year_before() -> None:
    made = formula("reserve_ratio", inputs={"reserve": "DUE", "expenditure": "PAID"}, at="start")
    rows = [money("DUE", 34, 2023), money("DUE", 99), money("PAID", 10)]
    assert outcome(made, *rows, kind="ratio", unit="YEARS") == (3.4, "A", [])


def test_statuses_of_all_inputs_pass_on() -> None:
    made = formula("payg_cost_rate", inputs={"expenditure": "PAID", "earnings": "DUE"})
    rows = [money("PAID", 5) | {"obs_status": "P"}, money("DUE", 100) | {"obs_status": "E"}]
    assert outcome(made, *rows) == (5.0, "E;P", [])


def test_weights_that_add_up_to_nothing_are_said() -> None:
    mean = formula("weighted_mean", inputs={"value": "RATE", "weight": "IN"}, over="sex", parts="F,M")
    known = project(
        indicator("IN", dimensions=("sex",)), indicator("RATE", "rate", dimensions=("sex",)), indicator("X", "rate", formula=mean)
    )
    rows = [row("RATE", 5, unit="PT", sex=s) for s in "FM"] + [row("IN", 0, sex=s) for s in "FM"]
    assert [f.rule for f in spoken(derive(observations(*rows), known)[1])] == ["denominator-zero"]
