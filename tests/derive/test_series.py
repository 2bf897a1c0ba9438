"""Coverage by the ILO's formulas from national data, and never in one series with what the ILO publishes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bulletin.derive.check import check_formulas
from bulletin.derive.derive import derive
from bulletin.load.schema import validated
from bulletin.load.yaml_text import Map, Seq, parse_yaml
from bulletin.model.edition import SourceRef
from bulletin.model.finding import Severity
from bulletin.model.indicator import Catalogue, Indicator
from bulletin.shipped import shipped
from factories import both, formula, indicator, observations, project, row, spoken


def shipped_catalogue() -> Catalogue:
    found: dict[str, Indicator] = {}
    for path in sorted(shipped("config", "indicators").glob("*.yaml")):
        tree = parse_yaml(path.read_bytes(), path.name).tree
        assert isinstance(tree, Map)
        listed = tree["indicators"]
        assert isinstance(listed, Seq)
        for node in listed:
            assert isinstance(node, Map)
            made, faults = validated(Indicator, node, node.own)
            assert made is not None, faults
            found[made.id] = made
    return found


FAMILY: dict[str, tuple[dict[str, float], float]] = {
    "COV_ANY": ({"COVERED_CONTRIBUTORY": 300, "COVERED_NONCONTRIBUTORY": 250, "COVERED_BOTH": 50, "POPULATION": 2000}, 25.0),
    "COV_MOTHERS": ({"MOTHERS_WITH_BENEFIT": 30, "LIVE_BIRTHS": 400}, 7.5),
    "COV_DISABILITY": ({"DISABILITY_RECIPIENTS": 13, "PERSONS_SEVERE_DISABILITY": 500}, 2.6),
    "COV_UNEMPLOYMENT": ({"UNEMPLOYMENT_RECIPIENTS": 0, "UNEMPLOYED": 100}, 0.0),
    "COV_WORK_INJURY": ({"WORK_INJURY_COVERED": 45, "EMPLOYED": 900}, 5.0),
    "COV_OLD_AGE": ({"OLD_AGE_RECIPIENTS": 173, "POPULATION_PENSIONABLE": 1000}, 17.3),
    "COV_VULNERABLE": (
        {"ASSISTANCE_RECIPIENTS": 82, "VULNERABLE_CHILDREN": 500, "VULNERABLE_ADULTS": 400, "VULNERABLE_OLDER": 100}, 8.2,
    ),
    "COV_POOR": ({"POOR_WITH_ASSISTANCE": 28, "POOR": 200}, 14.0),
}  # fmt: skip


def derived(rows: list[dict[str, Any]], name: str) -> list[float]:
    frame = derive(observations(*rows), replace(project(), catalogue=shipped_catalogue()))[0].frame
    return [float(v) for v in frame[frame["indicator"] == name]["value"].dropna()]


@pytest.mark.parametrize("name", FAMILY)
def test_national_rates_follow_the_formula_of_sdg_1_3_1(name: str) -> None:
    inputs, expected = FAMILY[name]
    units = {"LIVE_BIRTHS": "BIRTHS"}
    rows = [row(i, v, unit=units.get(i, "PERS")) for i, v in inputs.items()]
    assert derived(rows, name) == [pytest.approx(expected)]
    assert derived(rows[1:], name) == [], "one figure less, and there is no rate"


def test_children_are_compared_with_children() -> None:
    rows = [row("CHILDREN_WITH_BENEFIT", 15), row("POPULATION_AGE_SEX", 600, age="Y0T14"), row("POPULATION_AGE_SEX", 999)]
    assert derived(rows, "COV_CHILDREN") == [2.5]


def test_every_published_group_has_a_national_counterpart() -> None:
    catalogue = shipped_catalogue()
    groups = {"BENFTS", "CHLD", "MATNL", "DISAB", "UEMP", "WKINJRY", "PENSN", "VULN", "POOR"}
    assert {i.series for i in catalogue.values() if i.id.startswith("SI_COV_")} == {"international"}
    own = [i for i in catalogue.values() if i.series == "national" and i.sdg == "1.3.1" and i.formula]
    assert len(own) == len(groups)
    assert check_formulas(catalogue) == ()


THEIRS = indicator("SI_COV", "rate", series="international")
OURS = indicator("COV", "rate", series="national")


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (indicator("X", "rate", series="international", formula=formula("growth", inputs={"of": "PEOPLE"})), "series-computed"),
        (indicator("X", "rate", formula=formula("sum", inputs={"a": "SI_COV", "b": "COV"})), "series-formula"),
        (indicator("X", "rate", series="national", formula=formula("points", inputs={"of": "SI_COV"})), "series-formula"),
    ],
)
def test_no_formula_joins_the_two(made: Indicator, expected: str) -> None:
    known = project(THEIRS, OURS, indicator("PEOPLE"), made).catalogue
    assert expected in {f.rule for f in spoken(check_formulas(known))}


def test_the_gap_between_the_two_is_a_figure_of_its_own() -> None:
    gap = indicator("GAP", "rate", formula=formula("difference", inputs={"minuend": "COV", "subtrahend": "SI_COV"}))
    assert check_formulas(project(THEIRS, OURS, gap).catalogue) == ()


def test_figures_of_the_country_do_not_enter_the_published_series() -> None:
    sources = {
        "OWN": SourceRef("OWN", both("own"), both("own")),
        "ILO": SourceRef("ILO", both("ilo"), both("ilo"), series="international"),
    }
    known = replace(project(THEIRS, OURS), sources=sources)
    rows = [row("SI_COV", 10, 2016, source="ILO"), row("SI_COV", 12, 2020, source="OWN"), row("COV", 11, 2020, source="OWN")]
    rows += [row("SI_COV", 9, 2021, source="OWN", illustrative=True)]
    (found,) = spoken(derive(observations(*rows), known)[1])
    assert (found.rule, found.severity, found.parameters["source"]) == ("series-source", Severity.ERROR, "OWN")
