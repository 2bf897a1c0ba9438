"""How far disclosure control reaches: remainders, identities, other sources, what rests on hidden cells, received results of formulas."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bulletin.derive.derive import derive
from bulletin.model.disclosure import Disclosure, Dominance
from bulletin.model.edition import SourceRef
from bulletin.model.project import Project
from bulletin.protect.component import system
from bulletin.protect.plan import Marked, resting, suppress
from bulletin.protect.relations import age_band
from factories import both, codelist, edition, formula, indicator, observations, project, row, rule

PEOPLE = indicator("PEOPLE", dimensions=("sex", "age", "scheme", "function"), unit_counted="persons")


def of(*indicators: Any, ages: tuple[str, ...] = (), **said: Any) -> Project:
    sources = {s: SourceRef(s, both(s), both(s), published=s != "S1") for s in ("S1", "S2", "S3")}
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
    rows = [row("PEOPLE", v, age=a) for a, v in (("Y0T14", 40), ("Y0T9", 38), ("Y20T29", 70), ("Y20T24", 67))]
    marked = suppress(observations(*rows), of(PEOPLE, ages=("Y0T9", "Y0T14", "Y20T24", "Y20T29")))
    assert sorted(w.key[14:16] for w in marked.log) == ["Y0", "Y2"]


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
    other = next(w for w in marked.log if w.rule == "complement")
    assert other.high is not None
    assert other.low is not None
    assert other.high - other.low == fitting.high - fitting.low  # the third is printed: what one gains the other gains or loses


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
        (row("FIRMS", 2, source="S1"), "F"),
        (row("PEOPLE", 2, 2023, source="S2;S3"), "F"),
        (row("PEOPLE", 2, 2023, source="S2;S1"), "C"),
    ]
    marked = suppress(observations(*rows, alternates=tuple(r for r, _ in others)), of(PEOPLE, indicator("FIRMS")))
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


@pytest.mark.parametrize(
    ("code", "band"),
    [
        ("Y5", (5, 6)), ("Y0T14", (0, 15)), ("Y_GE65", (65, 1000)), ("Y_GT64", (65, 1000)), ("Y_LT15", (0, 15)), ("Y_LE14", (0, 15)),
        ("_U", None), ("Y", None),
    ],
)  # fmt: skip
def test_a_band_of_age_goes_to_the_year_after_its_last(code: str, band: tuple[int, int] | None) -> None:
    assert age_band(code) == band


def test_a_sum_that_only_a_rule_declares_gives_away_its_part() -> None:
    lists = {**project().codelists, "scheme": codelist("SCHEME", "_T", "A", "A1", "A2")}
    said = rule("sum", over="scheme", total="A", parts=("A1", "A2"))
    for rules, count in (((), 0), ((said,), 1), ((rule("sum", over="sex", total="A", parts=("A1", "A2")),), 0)):
        people = indicator("PEOPLE", dimensions=("scheme",), unit_counted="persons", rules=rules)
        marked = suppress(
            observations(row("PEOPLE", 57, scheme="A1"), row("PEOPLE", 60, scheme="A")), project(people, codelists=lists)
        )
        assert len(marked.log) == count


def test_what_a_declared_sum_leaves_over_is_a_fault_and_no_figure() -> None:
    lists = {**project().codelists, "scheme": codelist("SCHEME", "_T", ("A", "_T"), ("B", "_T"), ("C", "_T"))}
    rows = [row("PEOPLE", v, scheme=s) for s, v in (("A", 58), ("B", 42), ("_T", 103))]
    for rules, count in (((), 1), ((rule("sum", over="scheme", parts=("A", "B")),), 0)):
        people = indicator("PEOPLE", dimensions=("scheme",), unit_counted="persons", rules=rules)
        marked = suppress(observations(*rows), project(people, codelists=lists))
        assert (len(marked.log), marked.findings) == (count, ())


def test_stocks_are_those_before_with_who_came_and_without_who_left() -> None:
    rules = (rule("stock-flow", entries="CAME", exits="LEFT"),)
    stock = indicator("STOCK", unit_counted="persons", rules=rules)
    flows = [indicator(n, unit_counted="persons", time_basis="flow") for n in ("CAME", "LEFT")]
    for before, now, came, left, public in ((3, 37, 40, 6, {"CAME", "LEFT"}), (100, 137, 40, 3, {"STOCK"})):
        rows = [row("STOCK", before, 2023), row("STOCK", now), row("CAME", came), row("LEFT", left)]
        marked = suppress(
            observations(*({**r, "source": "S2"} if r["indicator"] in public else r for r in rows)), of(stock, *flows)
        )
        assert (len(marked.log), marked.findings) == (2, ())
        small, other = sorted(marked.log, key=lambda w: w.rule, reverse=True)
        assert small.low is not None
        assert small.high is not None
        shift = (now if public != {"STOCK"} else came) - (before if public != {"STOCK"} else left)
        assert (other.low, other.high) == (small.low + shift, small.high + shift)


@pytest.mark.parametrize(("op", "hidden"), [("<=", 1), ("<", 1), (">=", 1), ("=", 2), ("==", 2), ("!=", 1)])
def test_an_equal_figure_is_hidden_too_and_a_bound_is_none_that_tells(op: str, hidden: int) -> None:
    less = indicator("LESS", unit_counted="persons", rules=(rule("compare", right="MORE", op=op),))
    more = indicator("MORE", unit_counted="persons")
    value = 3 if hidden == 2 else 900
    rows = [row("LESS", 3 if op != ">=" else 900), row("MORE", value if op != ">=" else 3)]
    log = suppress(observations(*rows), of(less, more)).log
    assert len(log) == hidden
    assert len({(w.low, w.high) for w in log}) == 1
    twice = indicator("LESS", unit_counted="persons", rules=(rule("compare", right="MORE", op=op, factor=2),))
    assert (
        len(suppress(observations(row("LESS", 3), row("MORE", 4 if hidden == 1 else 90)), of(twice, indicator("MORE"))).log) == 1
    )


def test_a_bound_that_places_a_hidden_figure_too_closely_is_hidden() -> None:
    """At most 4, says the other figure: 3 would be known to be from 0 to 4."""
    for names in (("LESS", "<=", "MORE"), ("MORE", ">=", "LESS"), ("LESS", "<", "MORE"), ("MORE", ">", "LESS")):
        rules = {names[0]: (rule("compare", right=names[2], op=names[1]),)}
        less, more = (
            indicator(n, unit_counted=c, rules=rules.get(n, ())) for n, c in (("LESS", "persons"), ("MORE", "enterprises"))
        )
        marked = suppress(observations(row("LESS", 3), row("MORE", 4)), of(less, more))
        assert reasons(marked) == {"LESS.MZ": "threshold", "MORE.MZ": "complement"}


def test_small_remainders_count_what_a_group_says_itself_before_its_parts() -> None:
    """A group printed larger than its printed parts: the third of the total's parts is what the group leaves."""
    lists = {
        **project().codelists,
        "scheme": codelist("SCHEME", "_T", ("P", "_T"), ("A", "P"), ("B", "P"), ("Q", "_T"), ("R", "_T")),
    }
    values = {"_T": 163, "P": 60, "A": 30, "B": 20, "Q": 100}
    rows = [row("PEOPLE", v, scheme=s, ref_area="MZ-A") for s, v in values.items()]
    rows += [row("PEOPLE", v, scheme=s, ref_area="MZ-Q") for s, v in {"_T": 300, "A": 90, "B": 80}.items()]
    marked = suppress(observations(*rows), project(PEOPLE, codelists=lists))
    assert [w.key.split(".")[1] for w in marked.log] == ["MZ-A"]


def test_nothing_is_nothing_and_falls_no_further() -> None:
    values = {("PEOPLE", 1): 0.0, ("PEOPLE", 2): 7.0}
    known: Any = SimpleNamespace(values=values, value=values.get)
    built = system(tuple(values), (), known, fixed=frozenset(), whole=frozenset(values), cost={})
    assert list(built.value - built.lowest) == [0.0, 7.0]


def test_every_table_with_a_small_figure_is_looked_at_however_many_the_first_one_has() -> None:
    rows = [row("PEOPLE", v, ref_area=a) for a, v in (("MZ-A", 2), ("MZ-Q", 3), ("MZ-G", 90), ("MZ", 95))]
    rows += [row("ZEAL", v, ref_area=a) for a, v in (("MZ-A", 3), ("MZ-Q", 80), ("MZ", 83))]
    found = reasons(suppress(observations(*rows), of(PEOPLE, indicator("ZEAL", unit_counted="persons"))))
    assert [r for k, r in found.items() if k.startswith("ZEAL")] == ["threshold", "complement"]
