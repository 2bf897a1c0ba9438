"""Broken formulas are told before data are read; a derived figure names what it was computed from."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin.derive.check import check_formulas
from bulletin.derive.derive import derive
from bulletin.derive.formulas import FORMULAS
from bulletin.derive.lineage import input_keys
from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.dataset import observation_key
from bulletin.model.indicator import Indicator
from factories import formula, indicator, observations, project, row, spoken

A = indicator("A", dimensions=("sex",))
B = indicator("B", dimensions=("sex",))
MONEY = indicator("MONEY", "amount")
DOLLARS = indicator("DOLLARS", "amount", "USD")
OVER = {"numerator": "A", "denominator": "B"}


def derived(made: Any, kind: str = "rate", **changes: Any) -> Indicator:
    return indicator("X", kind, formula=made, **changes)


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        (derived(formula("ratios", inputs=OVER)), "formula-unknown"),
        (derived(formula("ratio", inputs={"numerator": "A", "denominator": "C"})), "formula-input-unknown"),
        (derived(formula("ratio", inputs={"numerator": "A"})), "formula-role-missing"),
        (derived(formula("ratio", inputs={**OVER, "part": "A"})), "formula-role"),
        (derived(formula("growth", inputs={"one": "A", "two": "B"})), "formula-inputs"),
        (derived(formula("ratio", {"top": {"sex": "F"}}, OVER)), "formula-where"),
        (derived(formula("ratio", {"numerator": {"gender": "F"}}, OVER)), "formula-dimension-unknown"),
        (derived(formula("ratio", inputs=OVER, scala=100)), "formula-parameter"),
        (derived(formula("ratio", inputs=OVER, scale=1)), "formula-value"),
        (derived(formula("share", inputs={"part": "A"})), "formula-parameter-missing"),
        (derived(formula("index", inputs={"of": "A"}, base="20 15"), "index"), "formula-value"),
        (derived(formula("ratio", inputs={"numerator": "A", "denominator": "MONEY"})), "formula-unit"),
        (derived(formula("ratio", inputs={"numerator": "MONEY", "denominator": "DOLLARS"})), "formula-unit"),
        (derived(formula("sum", inputs={"a": "A", "b": "MONEY"}), "count"), "formula-unit"),
        (derived(formula("growth", inputs={"of": "RATE"})), "formula-unit"),
        (derived(formula("replacement", inputs={"benefit": "MONEY", "earnings": "DOLLARS"})), "formula-unit"),
        (derived(formula("payg_cost_rate", inputs={"expenditure": "MONEY", "earnings": "A"})), "formula-unit"),
        (derived(formula("average_benefit", inputs={"expenditure": "MONEY", "recipients": "MONEY"}), "amount"), "formula-unit"),
        (derived(formula("reserve_ratio", inputs={"reserve": "MONEY", "expenditure": "MONEY"})), "formula-unit"),
        (derived(formula("covered", inputs={"contributory": "A", "noncontributory": "MONEY"}), "count"), "formula-unit"),
        (derived(formula("ratio", inputs=OVER, when_over="stop")), "formula-choice"),
        (derived(formula("reserve_ratio", inputs={"reserve": "MONEY", "expenditure": "MONEY"}, at="noon"), "ratio"), "formula-choice"),
        (derived(formula("ratio", inputs={"numerator": "A", "denominator": "A"}), dimensions=("age",)), "formula-dimension"),
        (derived(formula("ratio", {r: {"sex": "F"} for r in OVER}, OVER), dimensions=("sex",)), "formula-dimension-fixed"),
        (derived(formula("growth", inputs={"of": "X"})), "formula-unit"),
        (derived(formula("difference", inputs={"minuend": "X", "subtrahend": "A"}), "count"), "formula-circular"),
    ],
)  # fmt: skip
def test_broken_formulas_are_named(broken: Indicator, expected: str) -> None:
    known = project(A, B, MONEY, DOLLARS, indicator("RATE", "rate"), broken).catalogue
    findings = spoken(check_formulas(known))
    assert expected in {f.rule for f in findings}
    assert all(f.key == "X" and (f.severity == "error" or f.rule == "overlap-undeclared") for f in findings)


def test_sound_formulas_pass() -> None:
    fixed = formula("ratio", {"denominator": {"age": "_T"}}, {"numerator": "C", "denominator": "A"})
    wide = indicator("C", dimensions=("sex", "age"))
    assert check_formulas(project(A, wide, derived(fixed, dimensions=("sex", "age"))).catalogue) == ()


def lineage_project() -> Any:
    rate = formula("ratio", {"denominator": {"ref_area": "_T"}}, OVER)
    return project(
        A, B, MONEY, indicator("CPI", "index"),
        indicator("RATE", "rate", dimensions=("sex",), formula=rate),
        indicator("GROWTH", "rate", dimensions=("sex",), formula=formula("growth", inputs={"of": "A"})),
        indicator("WHOLE", dimensions=("sex",), formula=formula("sum", inputs={"of": "A"}, over="ref_area")),
        indicator("REAL", "amount", formula=formula("deflate", inputs={"amount": "MONEY", "deflator": "CPI"}, base="first")),
        indicator("SHARE", "rate", dimensions=("sex",), formula=formula("share", inputs={"part": "A"}, along="sex")),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "at", "period", "expected"),
    [
        ("RATE", {"ref_area": "MZ-A", "sex": "F"}, "2024", ["A.MZ-A.sex=F@2024", "B.MZ.sex=F@2024"]),
        ("GROWTH", {"sex": "F"}, "2024-S1", ["A.MZ.sex=F@2024-S1", "A.MZ.sex=F@2023-S1"]),
        ("WHOLE", {}, "2024", ["A.MZ-A@2024", "A.MZ-Q@2024", "A.MZ-G@2024"]),
        ("REAL", {}, "2024", ["MONEY.MZ@2024", "CPI.MZ@2024", "CPI.MZ@2020"]),
        ("SHARE", {"sex": "F"}, "2024", ["A.MZ.sex=F@2024", "A.MZ@2024"]),
        ("SHARE", {}, "2024", ["A.MZ@2024"]),
        ("A", {}, "2024", []),
    ],
)  # fmt: skip
def test_inputs_of_a_derived_figure(name: str, at: dict[str, str], period: str, expected: list[str]) -> None:
    known = lineage_project()
    place = dict.fromkeys(DIMENSIONS, TOTAL) | {"ref_area": "MZ"} | at
    assert [observation_key(*k) for k in input_keys(name, place, period, known.catalogue, known)] == expected


def test_lineage_and_computation_agree() -> None:
    """Taking away any one input that lineage names takes the figure away."""
    known = lineage_project()
    rows = [
        row("A", 3 + n, y, sex=s, ref_area=a)
        for n, a in enumerate(("MZ", "MZ-A", "MZ-Q", "MZ-G"))
        for s in ("_T", "F")
        for y in (2023, 2024)
    ]
    rows += [row("B", 9, y, sex=s) for s in ("_T", "F") for y in (2023, 2024)]
    rows += [row(i, 5, y, unit=u) for i, u in (("MONEY", "XDC"), ("CPI", "INDEX")) for y in (2020, 2023, 2024)]
    place = dict.fromkeys(DIMENSIONS, TOTAL) | {"ref_area": "MZ"}
    for name in ("RATE", "GROWTH", "WHOLE", "REAL", "SHARE"):
        for key in input_keys(name, place, "2024", known.catalogue, known):
            left = [r for r in rows if observation_key(r["indicator"], r, r["period"]) != observation_key(*key)]
            assert len(left) == len(rows) - 1
            frame = derive(observations(*left), known)[0].frame
            at = (frame["indicator"] == name) & (frame["period"] == "2024") & (frame["ref_area"] == "MZ") & (frame["sex"] == "_T")
            assert not at.any(), (name, key)


def test_lineage_without_a_project_takes_the_country_from_the_place() -> None:
    place = dict.fromkeys(DIMENSIONS, TOTAL) | {"ref_area": "MZ-A"}
    found = input_keys("RATE", place, "2024", lineage_project().catalogue)
    assert [observation_key(*k) for k in found] == ["A.MZ-A@2024", "B.MZ@2024"]
    assert set(FORMULAS) >= {"ratio", "share", "growth", "average_growth", "per_head", "index", "deflate", "sum", "weighted_mean"}
