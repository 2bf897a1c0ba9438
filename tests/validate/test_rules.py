"""What the rules find, and that they leave sound data alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.errors import ConfigError
from bulletin.load.project import load_project
from bulletin.model.country import PlaceName
from bulletin.model.dataset import Observations
from bulletin.model.edition import Waiver
from bulletin.model.finding import Finding
from bulletin.model.indicator import Indicator
from bulletin.validate.outlier import hidiroglou_berthelot, modified_z
from bulletin.validate.rules import RULES, check_rules, validate
from bulletin.validate.waive import waive
from factories import edition, formula, frame, indicator, observations, project, row, rule, small_project, spoken

FUNCTIONS = ("OLD_AGE", "SURVIVORS", "DISABILITY")
PENSIONERS = indicator(
    "PENSIONERS", dimensions=("scheme", "function", "sex"), rules=(rule("sum", over="function", parts=FUNCTIONS),)
)
PUBLISHED = [
    row("PENSIONERS", v, "2024-02", scheme="INSS", function=f, file="data/inss.xlsx", sheet="P", cell=c)
    for f, v, c in [("_T", 124598, "B2"), ("OLD_AGE", 45307, "B3"), ("SURVIVORS", 77568, "B4"), ("DISABILITY", 1613, "B5")]
]


def found(*rows: dict[str, Any], about: Indicator, others: tuple[Indicator, ...] = (), **changes: Any) -> tuple[Finding, ...]:
    return spoken(validate(observations(*rows), project(about, *others, **changes), "received")[0])


def said(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(f.rule, f.key) for f in findings]


def test_published_pensioners_do_not_add_up_until_waived() -> None:
    (finding,) = found(*PUBLISHED, about=PENSIONERS)
    assert (finding.rule, finding.severity, finding.key) == ("sum-of-parts", "error", "PENSIONERS.MZ.scheme=INSS@2024-02")
    assert str(finding.place) == "data/inss.xlsx [P]:B2"
    assert finding.parameters == {
        "indicator": "PENSIONERS",
        "over": "function",
        "total": 124598,
        "parts": 124488,
        "difference": -110,
    }
    reason = {"pt": "Assim publicado", "en": "As published"}
    accepted = Waiver("sum-of-parts", finding.key, reason, "Direcção", "2025-01-01")
    idle = Waiver("sum-of-parts", "PENSIONERS.MZ@1999", reason, "Direcção", "2025-01-01")
    old = Waiver("sum-of-parts", finding.key, reason, "Direcção", "2020-01-01", expires="mz-2020")
    one, two = spoken(waive([finding], edition(waivers=(accepted, idle))))
    assert one.waived == "Assim publicado"
    assert (two.rule, two.key) == ("waiver-unused", "PENSIONERS.MZ@1999")
    one, two = waive([finding], edition(waivers=(old,)))
    assert one.waived == ""
    assert two.rule == "waiver-expired"


@given(st.lists(st.integers(0, 10**7), min_size=3, max_size=3), st.integers(-3, 3), st.sampled_from([0, 0.5, 2]))
@settings(max_examples=50, deadline=None)
def test_sum_is_found_exactly_when_it_is_out_of_tolerance(parts: list[int], gap: int, tolerance: float) -> None:
    about = indicator("A", dimensions=("function",), rules=(rule("sum", over="function", parts=FUNCTIONS, tolerance=tolerance),))
    total = max(0, sum(parts) + gap)
    rows = [row("A", total)] + [row("A", p, function=f) for p, f in zip(parts, FUNCTIONS, strict=True)]
    findings = [f for f in found(*rows, about=about) if f.rule == "sum-of-parts"]
    assert bool(findings) == (abs(total - sum(parts)) > tolerance)
    assert all(f.parameters["difference"] == sum(parts) - total for f in findings)


def test_sum_waits_for_every_part_but_never_exceeds_the_total() -> None:
    findings = found(
        row("PENSIONERS", 10),
        row("PENSIONERS", 4, function="OLD_AGE"),
        row("PENSIONERS", 5, function="SURVIVORS"),
        about=PENSIONERS,
    )
    assert [(f.rule, f.severity) for f in findings] == [("sum-partial", "info")]
    findings = found(row("PENSIONERS", 10), row("PENSIONERS", 12, function="OLD_AGE"), about=PENSIONERS)
    assert [f.rule for f in findings] == ["parts-above-total"]
    rows = [row("PENSIONERS", 10), row("PENSIONERS", None, function="OLD_AGE"), row("PENSIONERS", 5, function="SURVIVORS")]
    assert found(*rows, row("PENSIONERS", 1, function="DISABILITY"), about=PENSIONERS)[0].rule == "sum-partial"


def test_children_are_the_provinces_that_exist_at_the_time() -> None:
    about = indicator("A", rules=(rule("sum", over="ref_area", parts="children"),))
    rows = [row("A", 6, y) for y in (2020, 2024)] + [
        row("A", v, 2020, ref_area=a) for a, v in [("MZ-A", 1), ("MZ-Q", 2), ("MZ-G", 3)]
    ]
    rows += [row("A", v, 2024, ref_area=a) for a, v in [("MZ-A", 1), ("MZ-Q", 2), ("MZ-G", 3), ("MZ-X", 7)]]
    assert said(found(*rows[:5], about=about)) == []
    country = project().country
    new = PlaceName("MZ-X", {"pt": "X", "en": "X"}, valid_from="2022")
    changed = type(country)(**{**vars(country), "subdivisions": (*country.subdivisions, new)})
    assert said(found(*rows, about=about, country=changed)) == [("sum-of-parts", "A.MZ@2024")]


@pytest.mark.parametrize(
    ("changes", "value", "expected"),
    [
        ({}, -1, ["count-negative"]), ({}, 1.5, ["count-not-whole"]), ({}, 0, []), ({"sex": "F"}, 1, ["dimension-undeclared"]),
        ({"unit": "HH"}, 1, ["unit-differs"]), ({}, None, []), ({"sex": "F", "unit": "HH"}, -0.5, None),
    ],
)  # fmt: skip
def test_what_holds_for_every_count(changes: dict[str, Any], value: float | None, expected: list[str] | None) -> None:
    rules = [f.rule for f in found(row("A", value, **changes), about=indicator("A"))]
    assert rules == expected if expected is not None else len(rules) == 4


def test_money_may_be_named_by_its_own_code() -> None:
    assert found(row("A", 1, unit="MZN"), about=indicator("A", "amount")) == ()


def test_rates_lie_between_0_and_100_unless_declared() -> None:
    rows = [row("A", v, y, unit="PT") for v, y in [(101, 2022), (-3, 2023), (50, 2024)]]
    assert said(found(*rows, about=indicator("A", "rate"))) == [("value-above", "A.MZ@2022"), ("value-below", "A.MZ@2023")]
    assert said(found(*rows, about=indicator("A", "rate", rules=(rule("range", min=-5),)))) == []


def test_compare_reads_the_other_at_its_total_where_it_has_no_such_dimension() -> None:
    about = indicator("ACTIVE", dimensions=("sex", "scheme"), rules=(rule("compare", op="<=", right="INSURED"),))
    rows = [
        row("ACTIVE", 5, scheme="INSS"),
        row("ACTIVE", 13),
        row("INSURED", 4),
        row("ACTIVE", 3, sex="F"),
        row("INSURED", 3, sex="F"),
    ]
    findings = found(*rows, about=about, others=(indicator("INSURED", dimensions=("sex",)),))
    assert said(findings) == [("compare", "ACTIVE.MZ@2024"), ("compare", "ACTIVE.MZ.scheme=INSS@2024")]


def test_identity_of_balances_and_stocks() -> None:
    money = tuple(indicator(i, "amount") for i in ("IN", "OUT"))
    about = indicator("NET", "amount", rules=(rule("identity", plus=("IN",), minus=("OUT",)),))
    rows = [row("IN", 10, unit="XDC"), row("OUT", 12, unit="XDC")]
    assert found(*rows, row("NET", -2, unit="XDC"), about=about, others=money) == ()
    (finding,) = found(*rows, row("NET", 2, unit="XDC"), about=about, others=money)
    assert (finding.rule, finding.parameters["expected"], finding.parameters["terms"]) == ("identity", -2, "IN − OUT")
    about = indicator("STOCK", rules=(rule("identity", "warning", plus=("NEW",), previous=12),))
    rows = [row("STOCK", 100, 2022), row("STOCK", 105, 2023), row("STOCK", 111, 2024), row("NEW", 5, 2023), row("NEW", 5, 2024)]
    assert said(found(*rows, about=about, others=(indicator("NEW"),))) == [("stock-flow", "STOCK.MZ@2024")]


def test_a_stock_of_december_takes_the_flows_of_its_year_and_stops_at_a_break() -> None:
    about = indicator("STOCK", rules=(rule("stock-flow", "warning", entries=("NEW",), exits=(), lag=12, relative=1),))
    rows = [
        row("STOCK", 1000, "2021-12"),
        row("STOCK", 1102, "2022-12"),
        row("STOCK", 1300, "2023-12"),
        row("STOCK", 900, "2024-12", obs_status="B"),
        *(row("NEW", 100, year) for year in (2021, 2022, 2023, 2024)),
    ]
    assert said(found(*rows, about=about, others=(indicator("NEW"),))) == [("stock-flow", "STOCK.MZ@2023-12")]


def test_leaps_are_found_but_not_across_a_break() -> None:
    about = indicator("A", rules=(rule("growth", "warning", max_percent=30, min_base=500),))
    rows = [
        row("A", 1000, 2021),
        row("A", 1500, 2022),
        row("A", 3000, 2023, obs_status="B"),
        row("A", 400, 2020),
        row("A", 3100, 2024),
    ]
    (finding,) = found(*rows, about=about)
    assert (finding.rule, finding.key, finding.parameters["change"]) == ("growth-large", "A.MZ@2022", 50.0)


def test_one_figure_in_thousands_is_one_finding() -> None:
    rows = [row("A", v, 2020 + n, unit="XDC") for n, v in enumerate([5.1e9, 5.4e6, 5.9e9, 6.1e9])]
    (finding,) = found(*rows, about=indicator("A", "amount"))
    assert (finding.rule, finding.key, finding.parameters["factor"]) == ("unit-slip", "A.MZ@2021", 0.001)


def test_share_sent_for_a_percentage() -> None:
    rows = [row("A", v, 2020 + n, unit="PT") for n, v in enumerate([12.1, 12.3, 0.125])]
    assert said(found(*rows, about=indicator("A", "rate"))) == [("unit-slip", "A.MZ@2022")]


def test_a_rate_that_passes_through_nought_is_no_slip() -> None:
    """Prices that fell by 1.4 per cent and rose by 0.1 the year after, as in Cabo Verde in 2016 and 2017."""
    rows = [row("A", v, 2020 + n, unit="PT") for n, v in enumerate([1.4, -1.41, 0.13, 1.3])]
    assert said(found(*rows, about=indicator("A", "rate", rules=(rule("range", min=-50),)))) == []


def test_large_counts_that_repeat() -> None:
    rows = [row("A", 45307, y) for y in (2023, 2024)] + [row("A", 20000, y, ref_area="MZ-A") for y in (2023, 2024)]
    assert said(found(*rows, about=indicator("A"))) == [("value-repeated", "A.MZ@2024")]


def test_presence_names_the_years_without_a_figure() -> None:
    about = indicator("A", rules=(rule("presence"),))
    (finding,) = found(row("A", 1, 2021), row("A", None, 2022), about=about)
    assert (finding.rule, finding.key, finding.parameters["periods"]) == ("figure-missing", "A.MZ@2020", "2020, 2023, 2024")
    none, _ = validate(Observations(frame(), frame()), project(about), "received")
    assert [f.parameters["count"] for f in none] == [5]


def test_each_rule_is_applied_in_one_stage() -> None:
    rate = indicator(
        "R", "rate", formula=formula("ratio", inputs={"numerator": "A", "denominator": "A"}), rules=(rule("range", max=50),)
    )
    known = project(indicator("A", rules=(rule("compare", op=">", right="R"), rule("range", max=0))), rate)
    rows = observations(row("A", 1), row("R", 100, unit="PT", file=""))
    assert [f.rule for f in validate(rows, known, "received")[0]] == ["value-above"]
    assert sorted(f.rule for f in validate(rows, known, "derived")[0]) == ["compare", "derived-above"]


def test_rules_are_checked_before_data() -> None:
    rules = (rule("summ"), rule("sum", over="age"), rule("compare", right="B", op="=<"), rule("range", maximum=3))
    faults = spoken(check_rules(project(indicator("A", rules=rules))))
    assert [f.rule for f in faults] == ["rule-unknown", "rule-value", "rule-indicator", "rule-value", "rule-parameter"]
    assert set(project().rules) == set(RULES)


def test_a_country_changes_one_threshold_and_keeps_the_others(tmp_path: Path) -> None:
    folder = small_project(tmp_path / "p")
    own = folder / "config" / "rules.yaml"
    own.write_text("rules:\n  - {id: growth, severity: info, parameters: {max_percent: 12.5}}\n", encoding="utf-8")
    growth = load_project(folder)[0].rules["growth"]
    assert growth.defaults == {**project().rules["growth"].defaults, "max_percent": 12.5}
    assert growth.severity == "info"
    own.write_text("rules:\n  - {id: grouth, parameters: {max_percent: 5}}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load_project(folder)
    errors = [f for f in spoken(raised.value.findings) if f.severity == "error"]
    assert [(f.rule, f.parameters["nearest"]) for f in errors] == [("rule-kind-unknown", "growth")]


def test_a_rule_that_cannot_be_evaluated_says_so_and_is_not_passed() -> None:
    about = indicator("ACTIVE", rules=(rule("compare", right="INSURED"), rule("sum", over="ref_area")))
    rows = [row("ACTIVE", 5, 2023), row("ACTIVE", 6, 2024), row("ACTIVE", 1, 2024, ref_area="MZ-A")]
    findings, outcomes = validate(observations(*rows), project(about, indicator("INSURED")), "received")
    by_rule = {o.rule: (o.checked, o.failed, o.not_evaluated) for o in outcomes}
    assert by_rule["compare"] == (0, 0, 3)
    assert by_rule["sum"] == (0, 0, 1)
    assert by_rule["domain"] == (3, 0, 0)
    said = {(f.parameters["rule"], f.parameters["count"]) for f in spoken(findings) if f.rule == "rule-not-evaluated"}
    assert said == {("compare", 3), ("sum", 1)}


@pytest.mark.parametrize("factor", [10, 100, 1000, 0.1, 0.01])
@pytest.mark.parametrize("position", range(5))
def test_one_slip_in_a_series_is_one_finding(factor: float, position: int) -> None:
    values = [103_500, 108_700, 116_000, 121_300, 124_600]
    values[position] = round(values[position] * factor)
    findings = found(*(row("A", v, 2020 + n) for n, v in enumerate(values)), about=indicator("A"))
    assert said(findings) == [("unit-slip", f"A.MZ@{2020 + position}")]


def test_a_slip_in_a_breakdown_of_one_period_and_what_all_places_share() -> None:
    places = ("MZ-A", "MZ-Q", "MZ-G")
    rows = [row("A", v, ref_area=p) for v, p in ((1_160_000, "MZ-A"), (52_000, "MZ-Q"))]
    assert said(found(row("A", 300_000), *rows, about=indicator("A"))) == [("part-above-total", "A.MZ-A@2024")]
    new = type(project().country.subdivisions[0])
    country = project().country
    four = type(country)(**{**vars(country), "subdivisions": (*country.subdivisions, new("MZ-T", {"pt": "T", "en": "T"}))})
    surge = [
        row("A", v * f, y, ref_area=p)
        for y, f in ((2022, 1), (2023, 12), (2024, 1))
        for v, p in zip((900, 800, 700, 600), (*places, "MZ-T"), strict=True)
    ]
    three = [r for r in surge if r["ref_area"] != "MZ-T"]
    assert len(found(*three, about=indicator("A"), country=four)) == 3
    assert said(found(*surge, about=indicator("A"), country=four)) == []


def test_hidiroglou_berthelot_and_the_modified_z_score_against_figures_worked_by_hand() -> None:
    now = np.array([[110.0, 210, 330, 420, 540, 3000]])
    before = np.array([[100.0, 200, 300, 400, 500, 600]])
    ratio, outliers, judged = hidiroglou_berthelot(now, before, 0.5, 0.05, 4, 5)
    middle = np.median(ratio)
    effect = np.where(ratio < middle, 1 - middle / ratio, ratio / middle - 1) * np.sqrt(np.maximum(now, before))
    low, median, high = np.quantile(effect, [0.25, 0.5, 0.75])
    expected = (effect < median - 4 * (median - low)) | (effect > median + 4 * (high - median))
    assert judged.all()
    assert outliers.tolist() == expected.tolist() == [[False] * 5 + [True]]
    score, _ = modified_z(np.array([[1.0, 2, 3, 4, 100, np.nan]]), 5)
    assert score[0, 4] == pytest.approx(0.6745 * 97 / 1)
    assert not modified_z(np.array([[1.0, 1, 1, 1, 9]]), 5)[1].any()


def test_a_published_figure_that_changes_much_asks_for_its_reason() -> None:
    former = frame(row("A", 1000, 2022), row("A", 1000, 2023, obs_status="P"), row("A", 1000))
    rows = observations(row("A", 1200, 2022), row("A", 1200, 2023), row("A", 1050))
    findings, _ = validate(rows, project(indicator("A")), "received", former)
    assert said(spoken(findings)) == [("revision-large", "A.MZ@2022")]


def test_two_tables_of_one_figure() -> None:
    rules = (rule("mirror", None, of="CASES", at=("scheme=INSS",), where=("function=OLD_AGE",)),)
    about, other = indicator("A", dimensions=("scheme",), rules=rules), indicator("CASES", dimensions=("scheme", "function"))
    rows = [row("A", 5, scheme="INSS"), row("A", 9, scheme="INPS"), row("CASES", 7, scheme="INSS", function="OLD_AGE")]
    assert said(found(*rows, about=about, others=(other,))) == [("mirror-differs", "A.MZ.scheme=INSS@2024")]
