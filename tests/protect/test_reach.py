"""How far disclosure control reaches: remainders, identities, other sources, what rests on hidden cells, received results of formulas."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin.derive.derive import derive
from bulletin.model.disclosure import Disclosure, Dominance
from bulletin.model.edition import SourceRef
from bulletin.model.project import Project
from bulletin.protect.plan import Marked, resting, suppress
from factories import both, codelist, edition, formula, indicator, observations, project, row, rule

PEOPLE = indicator("PEOPLE", dimensions=("sex", "age", "scheme", "function"), unit_counted="persons")


def of(*indicators: Any, ages: tuple[str, ...] = (), **said: Any) -> Project:
    sources = {s: SourceRef(s, both(s), both(s), published=s == "S2") for s in ("S1", "S2")}
    lists = {**project().codelists, **({"age": codelist("AGE", "_T", *ages)} if ages else {})}
    return project(*indicators, edition=edition(disclosure=Disclosure(**said)), sources=sources, codelists=lists)


def reasons(marked: Marked) -> dict[str, str]:
    return {w.key.removesuffix("@2024"): w.rule for w in marked.log}


def test_a_small_remainder_of_a_large_total_is_found() -> None:
    """3 of 100,000 are nobody's line, and a subtraction away."""
    marked = suppress(observations(row("PEOPLE", 99_997, sex="M"), row("PEOPLE", 100_000)), of(PEOPLE))
    assert set(reasons(marked).values()) == {"complement"}


def test_a_small_remainder_of_a_year_is_found() -> None:
    flow = indicator("PEOPLE", unit_counted="persons", time_basis="flow")
    rows = [row("PEOPLE", 90, "2024-S1"), row("PEOPLE", 93, "2024")]
    assert [w.rule for w in suppress(observations(*rows), of(flow)).log] == ["complement"]


def test_a_small_remainder_of_a_declared_sum_is_found() -> None:
    parts = indicator(
        "PEOPLE", dimensions=("scheme",), unit_counted="persons", rules=(rule("sum", over="scheme", parts=("A", "B")),)
    )
    lists = {**project().codelists, "scheme": codelist("SCHEME", "_T", ("A", "_T"), ("B", "_T"))}
    marked = suppress(observations(row("PEOPLE", 58, scheme="A"), row("PEOPLE", 60)), project(parts, codelists=lists))
    assert [w.rule for w in marked.log] == ["complement"]


def test_people_of_unknown_age_are_no_part_of_any_band() -> None:
    ages = ("Y0T14", "Y_GE15", "_U")
    rows = [row("PEOPLE", v, age=a) for a, v in (("Y0T14", 40), ("Y_GE15", 57), ("_U", 300), ("_T", 397))]
    assert reasons(suppress(observations(*rows), of(PEOPLE, ages=ages, group=False))) == {}
    rows = [row("PEOPLE", v, age=a) for a, v in (("Y0T14", 40), ("_U", 300), ("_T", 343))]
    assert "complement" in reasons(suppress(observations(*rows), of(PEOPLE, ages=ages, group=False))).values()


def test_bands_of_age_that_do_not_meet_are_each_for_themselves() -> None:
    rows = [row("PEOPLE", v, age=a) for a, v in (("Y0T14", 40), ("Y0T9", 38), ("Y20T29", 70), ("Y20T24", 30))]
    marked = suppress(observations(*rows), of(PEOPLE, ages=("Y0T9", "Y0T14", "Y20T24", "Y20T29")))
    assert len(marked.log) == 1
    assert next(iter(reasons(marked))).startswith("PEOPLE.MZ.age=Y0T")


@pytest.mark.parametrize(("name", "roles"), [("difference", ("minuend", "subtrahend")), ("sum", ("a", "b"))])
def test_received_results_of_sums_and_differences_are_equations(name: str, roles: tuple[str, str]) -> None:
    """All three are received: hiding the small one alone would tell it."""
    inputs = dict(zip(roles, ("ALL", "LEFT"), strict=True))
    rest = indicator("REST", unit_counted="persons", formula=formula(name, inputs=inputs))
    people = [indicator(n, unit_counted="persons") for n in ("ALL", "LEFT")]
    values = {"ALL": 90, "LEFT": 87, "REST": 3} if name == "difference" else {"ALL": 3, "LEFT": 87, "REST": 90}
    marked = suppress(observations(*(row(n, v) for n, v in values.items())), of(*people, rest))
    assert sorted(reasons(marked).values()) == ["complement", "threshold"]
    fitting = next(w for w in marked.log if w.rule == "threshold")
    assert fitting.high is not None
    assert fitting.low is not None
    assert fitting.high - fitting.low >= 5


def test_the_marks_tell_primary_from_secondary_until_protect() -> None:
    rows = [row("PEOPLE", v, ref_area=a) for a, v in (("MZ-A", 3), ("MZ-Q", 7), ("MZ-G", 90), ("MZ", 100))]
    rows.append(row("PEOPLE", 40, ref_area="MZ-N", conf_status="N"))
    rows[3]["value"] = 140.0
    marked = suppress(observations(*rows), of(PEOPLE))
    assert list(marked.observations.frame["conf_status"])[:1] == ["C"]
    assert list(marked.observations.frame["conf_status"])[4] == "N"
    plain = suppress(observations(*({**r, "value": 100.0} if r["ref_area"] == "MZ" else r for r in rows[:4])), of(PEOPLE))
    assert list(plain.observations.frame["conf_status"]) == ["C", "S", "F", "F"]


def test_what_rests_on_money_that_rests_on_people_is_hidden_in_any_order_of_the_catalogue() -> None:
    mean = indicator("MEAN", "amount", unit_counted="money", time_basis="average", rests_on=("PAID",))
    paid = indicator("PAID", "amount", unit_counted="money", rests_on=("PEOPLE",))
    rows = [
        row(n, v * f, ref_area=a)
        for n, f in (("PEOPLE", 1), ("PAID", 7500), ("MEAN", 10))
        for a, v in (("MZ-A", 3), ("MZ-G", 90))
    ]
    found = reasons(suppress(observations(*rows), of(mean, paid, PEOPLE)))
    assert found == {"PEOPLE.MZ-A": "threshold", "PAID.MZ-A": "rests-on", "MEAN.MZ-A": "rests-on"}


def test_dominance_counts_both_employers_and_looks_at_its_own_cells_alone() -> None:
    money = [indicator(n, "amount", unit_counted="money") for n in ("DEBT", "FIRST", "NEXT")]
    subject = of(
        *money, indicator("FIRMS", unit_counted="enterprises"), dominance=(Dominance("DEBT", "FIRST", "NEXT"),), percent=15
    )

    def found(total: float | None, first: float | None, second: float | None, **place: str) -> tuple[list[str], list[str]]:
        values = {"DEBT": total, "FIRST": first, "NEXT": second, "FIRMS": 12}
        marked = suppress(observations(*(row(n, v, **place) for n, v in values.items())), subject)
        return sorted(w.key for w in marked.log if w.rule != "contributor"), [f.rule for f in marked.findings]

    assert found(1000, 700, 290) == (["DEBT.MZ@2024"], [])
    assert found(115, 100, 0) == ([], [])
    assert found(None, None, None) == ([], [])
    assert found(1000, 700, None)[1] == ["dominance-data-missing"]
    assert found(1000, 700, 290, source="S2") == ([], [])


def test_other_sources_say_nothing_about_what_is_hidden() -> None:
    """Hidden cells, what equations connect with them and small figures are withheld in other sources too; what is public stays."""
    values = {"MZ-A": 3, "MZ-Q": 7, "MZ-G": 90, "MZ": 100}
    rows = [row("PEOPLE", v, ref_area=a) for a, v in values.items()] + [row("PEOPLE", 50, 2023)]
    others = [
        (row("PEOPLE", 6, ref_area="MZ-A", source="S2"), "C"),
        (row("PEOPLE", 90, ref_area="MZ-G", source="S1"), "C"),
        (row("PEOPLE", 90, ref_area="MZ-G", source="S1", conf_status="N"), "N"),
        (row("PEOPLE", 90, ref_area="MZ-G", source="S2"), "F"),
        (row("PEOPLE", 2, 2023, source="S1"), "C"),
        (row("PEOPLE", 2, 2023, source="S2"), "F"),
        (row("PEOPLE", 51, 2023, source="S1"), "F"),
    ]
    marked = suppress(observations(*rows, alternates=tuple(r for r, _ in others)), of(PEOPLE))
    assert list(marked.observations.alternates["conf_status"]) == [c for _, c in others]


def test_received_rates_are_hidden_where_their_formula_reads_a_hidden_cell() -> None:
    rate = indicator("RATE", "rate", dimensions=("sex",), formula=formula("ratio", inputs={"numerator": "A", "denominator": "B"}))
    total = indicator("BOTH", dimensions=("sex",), formula=formula("sum", inputs={"a": "A", "b": "B"}))
    subject = of(indicator("A", dimensions=("sex",)), indicator("B", dimensions=("sex",)), rate, total)
    base = [row("A", 3, sex="F", conf_status="C"), row("A", 30), row("B", 60), row("B", 9, sex="F")]
    derived, _ = derive(observations(*base), subject)
    received = [
        (row("RATE", 33.3, sex="F"), "S"),
        (row("RATE", 33.3, sex="F", conf_status="N"), "N"),
        (row("RATE", 33.3, sex="F", source="S2"), "F"),
        (row("RATE", 50.0), "F"),
        (row("BOTH", 12, sex="F"), "F"),
    ]
    given = observations(*base, *(r for r, _ in received))
    marked = resting(given, derived, subject)
    assert list(marked.frame["conf_status"]) == ["C", "F", "F", "F", *(c for _, c in received)]
    free, _ = derive(observations(*({**r, "conf_status": "F"} for r in base)), subject)
    assert resting(given, free, subject) is given
