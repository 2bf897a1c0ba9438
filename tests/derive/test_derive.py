"""What a user sees of derived indicators: right values, nothing across a break, marks and sources passed on."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.derive.derive import derive
from bulletin.derive.formulas import FORMULAS
from bulletin.errors import ConfigError
from bulletin.model.dataset import COLUMNS, Observations
from bulletin.model.edition import Edition
from bulletin.model.finding import Finding
from bulletin.model.project import Project
from factories import formula, frame, indicator, observations, project, row, spoken

REAL = {"amount": "SPENT", "deflator": "CPI"}
MEAN = {"value": "POV", "weight": "WEIGHT"}
COUNTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=12)


def computed(given: Observations, known: Project) -> tuple[Observations, tuple[Finding, ...]]:
    derived, findings = derive(given, known)
    return derived, spoken(findings)


def result(derived: Observations, name: str) -> list[dict[str, Any]]:
    found = derived.frame[derived.frame["indicator"] == name]
    return [{str(k): v for k, v in r.items()} for r in found.to_dict("records")]


def values(derived: Observations, name: str, *by: str) -> dict[Any, float]:
    """Value by the named columns."""
    return {tuple(r[b] for b in by) if len(by) > 1 else r[by[0]]: r["value"] for r in result(derived, name)}


def rate(when_over: str = "", **changes: Any) -> Project:
    parameters = {"when_over": when_over} if when_over else {}
    inputs = {"numerator": "ACTIVE", "denominator": "REGISTERED"}
    return project(
        indicator("ACTIVE", dimensions=("sex",)),
        indicator("REGISTERED", dimensions=("sex",)),
        indicator("RATE", "rate", dimensions=("sex",), formula=formula("ratio", inputs=inputs, **parameters)),
        **changes,
    )


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(1, 10**9)), min_size=1, max_size=12), st.booleans())
@settings(max_examples=40, deadline=None)
def test_rate_is_the_exact_fraction(pairs: list[tuple[int, int]], category: bool) -> None:
    rows = [row("ACTIVE", n, 1950 + k) for k, (n, _) in enumerate(pairs)]
    rows += [row("REGISTERED", d, 1950 + k) for k, (_, d) in enumerate(pairs)]
    derived, _ = derive(observations(*rows, category=category), rate())
    assert values(derived, "RATE", "period") == {str(1950 + k): float(Fraction(100 * n, d)) for k, (n, d) in enumerate(pairs)}


@given(COUNTS)
@settings(max_examples=40, deadline=None)
def test_shares_add_up_and_are_exact(parts: list[int]) -> None:
    names = [f"F{n}" for n in range(len(parts))]
    rows = [row("PENSIONERS", p, function=name) for p, name in zip(parts, names, strict=True)] + [row("PENSIONERS", sum(parts))]
    share = indicator(
        "SHARE", "rate", dimensions=("function",), formula=formula("share", inputs={"part": "PENSIONERS"}, along="function")
    )
    derived, findings = computed(observations(*rows), project(indicator("PENSIONERS", dimensions=("function",)), share))
    found = values(derived, "SHARE", "function")
    if sum(parts) == 0:
        assert all(math.isnan(v) for v in found.values())
        assert not findings
    else:
        assert found == {
            n: float(Fraction(100 * p, sum(parts))) for n, p in [*zip(names, parts, strict=True), ("_T", sum(parts))]
        }


@given(st.lists(st.decimals(-(10**6), 10**6, places=2), min_size=2, max_size=5))
@settings(max_examples=60, deadline=None)
def test_sums_and_differences_are_decimal(numbers: list[Any]) -> None:
    ids = [f"A{n}" for n in range(len(numbers))]
    rows = [row(i, float(x), unit="XDC") for i, x in zip(ids, numbers, strict=True)]
    total = indicator("TOTAL", "amount", formula=formula("sum", inputs={i: i for i in ids}))
    less = indicator("LESS", "amount", formula=formula("difference", inputs={"minuend": "A0", "subtrahend": "A1"}))
    derived, _ = derive(observations(*rows), project(*(indicator(i, "amount") for i in ids), total, less))
    assert result(derived, "TOTAL")[0]["value"] == float(sum(numbers))
    assert result(derived, "LESS")[0]["value"] == float(numbers[0] - numbers[1])


def growth(name: str = "growth", kind: str = "count", **parameters: Any) -> Project:
    unit = {"count": "PERS", "rate": "PT"}[kind]
    return project(
        indicator("STOCK", kind, unit, ("sex",)),
        indicator("GROWTH", "rate", dimensions=("sex",), formula=formula(name, inputs={"of": "STOCK"}, **parameters)),
    )


@given(st.lists(st.tuples(st.integers(1, 10**9), st.booleans()), min_size=2, max_size=10))
@settings(max_examples=60, deadline=None)
def test_growth_is_exact_and_never_crosses_a_break(series: list[tuple[int, bool]]) -> None:
    rows = [row("STOCK", v, 2000 + n, obs_status="B" if b else "A") for n, (v, b) in enumerate(series)]
    derived, _ = derive(observations(*rows), growth())
    found = {r["period"]: r for r in result(derived, "GROWTH")}
    assert sorted(found) == [str(2000 + n) for n in range(1, len(series))]
    for n in range(1, len(series)):
        now, before, one = series[n], series[n - 1], found[str(2000 + n)]
        if now[1]:
            assert math.isnan(one["value"])
            assert one["obs_status"] == "M"
        else:
            assert one["value"] == float(Fraction(100 * (now[0] - before[0]), before[0]))
            assert one["obs_status"] == "A"


def test_growth_compares_equal_periods_only() -> None:
    rows = [row("STOCK", 100, "2020-06"), row("STOCK", 110, "2021-06"), row("STOCK", 500, "2021"), row("STOCK", 120, "2021-12")]
    derived, _ = derive(observations(*rows), growth())
    assert values(derived, "GROWTH", "period") == {"2021-06": 10.0}


def test_break_in_a_month_breaks_the_year_around_it() -> None:
    rows = [row("STOCK", 1, 2020), row("STOCK", 2, 2021), row("STOCK", 3, 2022), row("STOCK", 9, "2021-06", obs_status="B;P")]
    derived, _ = derive(observations(*rows), growth())
    found = values(derived, "GROWTH", "period")
    assert math.isnan(found["2021"])
    assert found["2022"] == 50.0


def test_average_growth_and_points() -> None:
    rows = [row("STOCK", 100, 2019), row("STOCK", 121, 2021), row("STOCK", 5, 2021, sex="F")]
    derived, _ = derive(observations(*rows), growth("average_growth", years=2))
    assert values(derived, "GROWTH", "period") == {"2021": pytest.approx(10.0)}
    derived, _ = derive(observations(*rows), growth("average_growth", since="2019"))
    assert values(derived, "GROWTH", "period") == {"2021": pytest.approx(10.0)}
    rows = [row("STOCK", 14.8, 2019, unit="PT"), row("STOCK", 22.1, 2020, unit="PT")]
    derived, _ = derive(observations(*rows), growth("points", "rate"))
    assert values(derived, "GROWTH", "period") == {"2020": 7.3}


def test_marks_sources_and_secrecy_pass_on() -> None:
    rows = [
        row("ACTIVE", 50, obs_status="P;B", source="INSS", illustrative=True, ref_date="2024-12-31"),
        row("REGISTERED", 100, obs_status="E", source="INE", ref_date="2024-12-31"),
        row("ACTIVE", 1, sex="F", conf_status="C"),
        row("REGISTERED", 4, sex="F", ref_date="2024-06-30"),
    ]
    derived, _ = derive(observations(*rows), rate())
    both, women = result(derived, "RATE")
    assert (both["obs_status"], both["source"], both["illustrative"], both["conf_status"]) == ("B;E;P", "INE;INSS", True, "F")
    assert (both["ref_date"], both["unit"], both["file"], both["unit_mult"]) == ("2024-12-31", "PT", "", "0")
    assert (women["conf_status"], women["value"], women["illustrative"], women["ref_date"]) == ("C", 25.0, False, "")
    assert list(derived.frame.columns) == list(COLUMNS)


def test_missing_input_gives_no_row_and_suppressed_input_a_suppressed_one() -> None:
    rows = [
        row("ACTIVE", None, 2021), row("REGISTERED", 5, 2021), row("ACTIVE", 4, 2022),
        row("ACTIVE", None, 2023, obs_status="Q"), row("REGISTERED", 5, 2023),
        row("ACTIVE", 3, 2024), row("REGISTERED", None, 2024),
    ]  # fmt: skip
    derived, findings = computed(observations(*rows), rate())
    assert {r["period"]: r["obs_status"] for r in result(derived, "RATE")} == {"2023": "Q", "2024": "O"}
    assert derived.frame.loc[derived.frame["indicator"] == "RATE", "value"].isna().all()
    assert [(f.rule, f.parameters["count"]) for f in findings] == [("denominator-missing", 2)]


def test_denominator_of_zero_is_said_and_nothing_of_nothing_is_not() -> None:
    rows = [
        row("ACTIVE", 3),
        row("REGISTERED", 0, file="data/r.csv", cell="7"),
        row("ACTIVE", 0, sex="F"),
        row("REGISTERED", 0, sex="F"),
    ]
    derived, findings = computed(observations(*rows), rate())
    assert [(f.rule, f.key, str(f.place)) for f in findings] == [("denominator-zero", "RATE.MZ@2024", "data/r.csv:7")]
    assert [r["obs_status"] for r in result(derived, "RATE")] == ["O", "M"]


def test_rate_above_100_is_said_unless_declared() -> None:
    rows = observations(row("ACTIVE", 6), row("REGISTERED", 5))
    derived, findings = computed(rows, rate())
    assert [f.rule for f in findings] == ["rate-above-100"]
    assert result(derived, "RATE")[0]["value"] == 120
    derived, findings = computed(rows, rate("cap"))
    assert [f.rule for f in findings] == ["rate-capped"]
    assert result(derived, "RATE")[0]["value"] == 100
    derived, findings = computed(rows, rate("accept"))
    assert findings == ()
    assert result(derived, "RATE")[0]["value"] == 120


def test_input_fixed_by_where_is_spread_over_the_others() -> None:
    spent = indicator("SPENT", "amount", dimensions=("scheme",))
    share = formula("ratio", {"denominator": {"ref_area": "_T", "scheme": "_T"}}, {"numerator": "SPENT", "denominator": "GDP"})
    rows = [
        row("SPENT", v, ref_area=a, scheme=s, unit="XDC")
        for a, s, v in [("MZ", "_T", 8), ("MZ-A", "INSS", 3), ("x-WORLD", "_T", 9)]
    ]
    derived, _ = derive(
        observations(*rows, row("GDP", 200, unit="XDC")),
        project(spent, indicator("GDP", "amount"), indicator("PC", "rate", dimensions=("scheme",), formula=share)),
    )
    assert values(derived, "PC", "ref_area", "scheme") == {("MZ", "_T"): 4.0, ("MZ-A", "INSS"): 1.5}


def test_undeclared_dimension_of_an_input_is_read_at_its_total() -> None:
    people = indicator("PEOPLE", dimensions=("sex",))
    rows = [row("PEOPLE", 100), row("PEOPLE", 60, sex="F"), row("SPENT", 500, unit="XDC")]
    head = indicator("HEAD", "amount", formula=formula("per_head", inputs={"amount": "SPENT", "population": "PEOPLE"}, divide=12))
    derived, _ = derive(observations(*rows), project(people, indicator("SPENT", "amount"), head))
    assert values(derived, "HEAD", "sex") == {"_T": 500 / 1200}


def test_chain_of_formulas_real_terms_index_dependency_mean() -> None:
    rows = [row("SPENT", v, y, unit="XDC") for y, v in [(2020, 100), (2024, 300)]]
    rows += [row("CPI", v, y, unit="INDEX") for y, v in [(2020, 100), (2024, 150)]]
    rows += [row("PEOPLE", v, 2024, age=a) for a, v in [("Y0T14", 45), ("Y15T64", 50), ("Y_GE65", 5)]]
    rows += [row("POV", v, 2024, unit="PT", ref_area=a) for a, v in [("MZ-A", 60), ("MZ-Q", 30), ("MZ-G", 10)]]
    rows += [row("WEIGHT", v, 2024, ref_area=a) for a, v in [("MZ-A", 1), ("MZ-Q", 1), ("MZ-G", 2)]]
    ages = {"working": "Y15T64", "young": "Y0T14", "old": "Y_GE65"}
    dependency = formula("dependency", {r: {"age": a} for r, a in ages.items()}, dict.fromkeys(ages, "PEOPLE"))
    derived, findings = computed(
        observations(*rows),
        project(
            indicator("REAL_INDEX", "index", formula=formula("index", inputs={"of": "REAL"}, base="2020")),
            indicator("REAL", "amount", formula=formula("deflate", inputs=REAL, base="edition")),
            indicator("SPENT", "amount"), indicator("CPI", "index"), indicator("PEOPLE", dimensions=("age",)),
            indicator("DEP", "ratio", formula=dependency), indicator("POV", "rate"), indicator("WEIGHT"),
            indicator("MEAN", "rate", formula=formula("weighted_mean", inputs=MEAN, over="ref_area")),
            indicator("WHOLE", formula=formula("sum", inputs={"of": "WEIGHT"}, over="ref_area", parts="children")),
        ),
    )  # fmt: skip
    assert findings == ()
    assert values(derived, "REAL", "period") == {"2020": 150.0, "2024": 300.0}
    assert values(derived, "REAL_INDEX", "period") == {"2020": 100.0, "2024": 200.0}
    assert [result(derived, i)[0]["value"] for i in ("DEP", "MEAN", "WHOLE")] == [100.0, 27.5, 4.0]
    assert result(derived, "WHOLE")[0]["ref_area"] == "MZ"


def test_sum_of_parts_needs_every_part() -> None:
    whole = indicator("WHOLE", formula=formula("sum", inputs={"of": "A"}, over="ref_area"))
    derived, _ = derive(observations(row("A", 1, ref_area="MZ-A"), row("A", 2, ref_area="MZ-Q")), project(indicator("A"), whole))
    assert result(derived, "WHOLE") == []


def test_received_figure_stands_beside_the_formula() -> None:
    rows = [row("ACTIVE", 223, y) for y in (2022, 2023, 2024)] + [row("REGISTERED", 1000, y) for y in (2022, 2023, 2024)]
    rows += [row("RATE", 22.3, 2022, unit="PT"), row("RATE", 31, 2023, unit="PT", cell="9"), row("RATE", None, 2024, unit="PT")]
    derived, findings = computed(observations(*rows), rate())
    assert values(derived, "RATE", "period") == {"2022": 22.3, "2023": 31.0, "2024": 22.3}
    assert [(f.rule, f.key, f.place.cell) for f in findings] == [("derived-differs", "RATE.MZ@2023", "9")]


def test_declared_denominator_source_is_used() -> None:
    rows = [row("ACTIVE", 5), row("REGISTERED", 10, source="S1")]
    other = row("REGISTERED", 20, source="S2")
    edition = rate().edition
    changed = Edition(**{**vars(edition), "denominators": {"REGISTERED": "S2"}})
    derived, _ = derive(observations(*rows, alternates=(other,)), rate(edition=changed))
    assert result(derived, "RATE")[0]["value"] == 25
    assert result(derived, "RATE")[0]["source"] == "S1;S2"


def test_no_data_and_broken_catalogue() -> None:
    empty = Observations(frame(), frame())
    assert derive(empty, rate()) == (empty, ())
    with pytest.raises(ConfigError):
        derive(empty, project(indicator("X", formula=formula("ratioo", inputs={"of": "X"}))))


def test_every_formula_says_what_it_does() -> None:
    assert all(r.compute.__doc__ or r.terms.__doc__ or name in ("sum", "difference") for name, r in FORMULAS.items())
