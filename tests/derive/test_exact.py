"""Every formula against exact fractions, worked out here from its definition and nothing else."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.derive.derive import derive
from bulletin.derive.formulas import FORMULAS
from factories import formula, indicator, observations, project, row

F = Fraction
Exact = Callable[[Sequence[Fraction]], Fraction | None]
"""From the values in the order of `cells` to the value expected; None: there is no such figure."""


def over(above: Fraction, under: Fraction, factor: int | Fraction = 1) -> Fraction | None:
    return factor * above / under if under > 0 else None


def once(v: Sequence[Fraction]) -> Fraction | None:
    return v[0] + v[1] - v[2] if v[2] <= min(v[0], v[1]) else None


AGES = {"working": "Y15T64", "young": "Y0T14", "old": "Y_GE65"}
PEOPLE = {"contributory": "A", "noncontributory": "B", "overlap": "C"}
Cell = tuple[str, dict[str, Any]]
"""Indicator and coordinates beside the period 2024."""
OF = {"of": "A"}
CASES: dict[str, tuple[Any, str, list[Cell], Exact]] = {
    "ratio": (formula("ratio", inputs={"numerator": "A", "denominator": "B"}), "rate", [("A", {}), ("B", {})],
              lambda v: over(v[0], v[1], 100)),
    "per_head": (formula("per_head", inputs={"amount": "M", "population": "B"}, divide=12), "amount", [("M", {}), ("B", {})],
                 lambda v: over(v[0], v[1], F(1, 12))),
    "share": (formula("share", inputs=OF, along="sex"), "rate", [("A", {"sex": "F"}), ("A", {})],
              lambda v: over(v[0], v[1], 100)),
    "growth": (formula("growth", inputs=OF), "rate", [("A", {}), ("A", {"period": "2023"})],
               lambda v: over(v[0] - v[1], v[1], 100)),
    "average_growth": (formula("average_growth", inputs=OF, years=1), "rate", [("A", {}), ("A", {"period": "2023"})],
                       lambda v: over(v[0] - v[1], v[1], 100)),
    "points": (formula("points", inputs={"of": "R"}), "rate", [("R", {}), ("R", {"period": "2023"})], lambda v: v[0] - v[1]),
    "index": (formula("index", inputs=OF, base="2020"), "index", [("A", {}), ("A", {"period": "2020"})],
              lambda v: over(v[0], v[1], 100)),
    "deflate": (formula("deflate", inputs={"amount": "M", "deflator": "I"}, base="2020"), "amount",
                [("M", {}), ("I", {}), ("I", {"period": "2020"})],
                lambda v: v[0] * v[2] / v[1] if v[1] > 0 and v[2] > 0 else None),
    "sum": (formula("sum", inputs={"a": "A", "b": "B", "c": "C"}), "count", [("A", {}), ("B", {}), ("C", {})], sum),
    "difference": (formula("difference", inputs={"minuend": "A", "subtrahend": "B"}), "count", [("A", {}), ("B", {})],
                   lambda v: v[0] - v[1]),
    "product": (formula("product", inputs={"value": "A", "factor": "B"}), "count", [("A", {}), ("B", {})],
                lambda v: v[0] * v[1]),
    "weighted_mean": (formula("weighted_mean", inputs={"value": "R", "weight": "A"}, over="ref_area", parts="MZ-A,MZ-Q"), "rate",
                      [(i, {"ref_area": a}) for a in ("MZ-A", "MZ-Q") for i in ("R", "A")],
                      lambda v: over(v[0] * v[1] + v[2] * v[3], v[1] + v[3])),
    "dependency": (formula("dependency", {r: {"age": a} for r, a in AGES.items()}, dict.fromkeys(AGES, "A")), "ratio",
                   [("A", {"age": a}) for a in AGES.values()], lambda v: over(v[1] + v[2], v[0], 100)),
    "average_benefit": (formula("average_benefit", inputs={"expenditure": "M", "recipients": "B"}), "amount",
                        [("M", {}), ("B", {})], lambda v: over(v[0], v[1], F(1, 12))),
    "replacement": (formula("replacement", inputs={"benefit": "M", "earnings": "N"}), "rate", [("M", {}), ("N", {})],
                    lambda v: over(v[0], v[1], 100)),
    "adequacy": (formula("adequacy", inputs={"benefit": "M", "standard": "N"}), "rate", [("M", {}), ("N", {})],
                 lambda v: over(v[0], v[1], 100)),
    "reserve_ratio": (formula("reserve_ratio", inputs={"reserve": "M", "expenditure": "N"}, at="start"), "ratio",
                      [("M", {"period": "2023"}), ("N", {})], lambda v: over(v[0], v[1])),
    "payg_cost_rate": (formula("payg_cost_rate", inputs={"expenditure": "M", "earnings": "N"}), "rate", [("M", {}), ("N", {})],
                       lambda v: over(v[0], v[1], 100)),
    "collection_rate": (formula("collection_rate", inputs={"collected": "M", "due": "N"}, when_over="cap"), "rate",
                        [("M", {}), ("N", {})],
                        lambda v: min(F(100), x) if (x := over(v[0], v[1], 100)) is not None else None),
    "covered": (formula("covered", inputs=PEOPLE), "count", [("A", {}), ("B", {}), ("C", {})], once),
    "coverage": (formula("coverage", inputs={**PEOPLE, "population": "D"}), "rate",
                 [("A", {}), ("B", {}), ("C", {}), ("D", {})],
                 lambda v: over(c, v[3], 100) if (c := once(v)) is not None else None),
}  # fmt: skip
BROAD = ("sex", "age")
KNOWN = (
    *(indicator(i, dimensions=BROAD) for i in "ABCD"),
    *(indicator(i, "amount", dimensions=BROAD) for i in "MN"),
    indicator("R", "rate", dimensions=BROAD),
    indicator("I", "index", dimensions=BROAD),
)
UNITS = {**dict.fromkeys("ABCD", "PERS"), **dict.fromkeys("MN", "XDC"), "R": "PT", "I": "INDEX"}


def test_every_formula_is_here() -> None:
    assert set(CASES) == set(FORMULAS)


@pytest.mark.parametrize("name", CASES)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_formula_is_the_exact_fraction(name: str, data: st.DataObject) -> None:
    made, kind, cells, exact = CASES[name]
    values = [data.draw(st.integers(0, 10**9)) for _ in cells]
    unit = "YEARS" if name == "reserve_ratio" else ""
    dimensions = ("sex",) if name == "share" else ()
    rows = [row(i, v, at.get("period", 2024), unit=UNITS[i], **{k: c for k, c in at.items() if k != "period"})
            for (i, at), v in zip(cells, values, strict=True)]  # fmt: skip
    known = project(*KNOWN, indicator("X", kind, unit, dimensions, made))
    frame = derive(observations(*rows), known)[0].frame
    found = frame[(frame["indicator"] == "X") & (frame["period"] == "2024") & (frame["sex"] == cells[0][1].get("sex", "_T"))]
    expected = exact([Fraction(v) for v in values])
    if expected is None:
        assert found["value"].isna().all()
        assert len(found) == 1
    else:
        (value,) = found["value"]
        assert math.isclose(value, float(expected), rel_tol=1e-12, abs_tol=1e-9)
        assert found["obs_status"].tolist() == ["A"]
