"""Disclosure control: small cells, what gives them away, and a proof that does not trust the solver."""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.model.dataset import Observations
from bulletin.model.disclosure import Disclosure, Dominance
from bulletin.model.edition import SourceRef
from bulletin.model.project import Project
from bulletin.protect.plan import Marked, suppress
from bulletin.protect.protect import protect
from factories import both, codelist, edition, indicator, observations, project, row, rule, spoken

AREAS = ("MZ-A", "MZ-Q", "MZ-G")
PEOPLE = indicator("PEOPLE", dimensions=("sex", "age", "scheme", "function"), unit_counted="persons")


def of(*indicators: Any, **said: Any) -> Project:
    sources = {s: SourceRef(s, both(s), both(s), published=s == "S2") for s in ("S1", "S2")}
    return project(*indicators, edition=edition(disclosure=Disclosure(**said)), sources=sources)


def table(cells: dict[tuple[str, ...], int], dimensions: tuple[str, ...], totals: tuple[str, ...]) -> list[dict[str, Any]]:
    """Rows of a table with all its margins; `cells` by code of each dimension."""
    sums: dict[tuple[str, ...], int] = {}
    for codes, value in cells.items():
        for margin in itertools.product(*((c, t) for c, t in zip(codes, totals, strict=True))):
            sums[margin] = sums.get(margin, 0) + value
    return [row("PEOPLE", v, **dict(zip(dimensions, codes, strict=True))) for codes, v in sums.items()]


def hidden(marked: Marked) -> dict[str, str]:
    return {w.key.removeprefix("PEOPLE.").removesuffix("@2024"): w.rule for w in marked.log}


def worlds(
    marked: Marked, rows: list[dict[str, Any]], dimensions: tuple[str, ...], totals: tuple[str, ...]
) -> dict[str, set[int]]:
    """Every table of whole numbers that agrees with the printed cells, by trying them all: the values each hidden cell takes."""
    conf = dict(zip(map(position(dimensions), rows), marked.observations.frame["conf_status"].astype(str), strict=True))
    value = {position(dimensions)(r): int(r["value"]) for r in rows}
    inner = [c for c in value if not any(a == t for a, t in zip(c, totals, strict=True))]
    ceiling = 2 * max(value.values())
    printed = {c: v for c, v in value.items() if conf[c] == "F"}
    below = {
        m: [c for c in inner if all(t in (a, s) for a, s, t in zip(c, totals, m, strict=True))] for m in value if m not in inner
    }
    found: dict[str, set[int]] = {}
    unknown = [c for c in inner if c not in printed]
    chosen = {c: v for c, v in printed.items() if c in inner}

    def tried(n: int) -> None:
        if n == len(unknown):
            for m in (*inner, *below):
                if conf[m] != "F":
                    found.setdefault(str(m), set()).add(chosen[m] if m in chosen else sum(chosen[c] for c in below[m]))
            return
        left = set(unknown[n + 1 :])
        least, most = 0, ceiling
        for m, parts in below.items():
            if unknown[n] in parts and m in printed:
                rest = printed[m] - sum(chosen[c] for c in parts if c in chosen)
                most = min(most, rest)
                if not left & set(parts):
                    least = max(least, rest)
        for amount in range(least, most + 1):
            chosen[unknown[n]] = amount
            tried(n + 1)
            del chosen[unknown[n]]

    tried(0)
    return found


def position(dimensions: tuple[str, ...]) -> Any:
    return lambda r: tuple(str(r[d]) for d in dimensions)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=6, max_size=6))
def test_nobody_who_tries_every_table_comes_closer_than_the_interval(values: list[int]) -> None:
    dimensions, totals = ("ref_area", "sex"), ("MZ", "_T")
    rows = table(dict(zip(itertools.product(AREAS, "MF"), values, strict=True)), dimensions, totals)
    marked = suppress(observations(*rows), of(PEOPLE, group=False))
    assert marked.findings == ()
    shown = [r for r, c in zip(rows, marked.observations.frame["conf_status"].astype(str), strict=True) if c == "F"]
    assert not any(0 < r["value"] < 5 for r in shown)
    if 0 < sum(values) < 5 or len(shown) < 6:
        return  # nearly all is hidden: nothing to enumerate
    for key, seen in worlds(marked, rows, dimensions, totals).items():
        assert max(seen) - min(seen) >= 5, key


def checked(rows: list[dict[str, Any]], dimensions: tuple[str, ...], totals: tuple[str, ...], marked: Marked) -> None:
    """An audit of its own: bounds by linear programmes over inner cells alone, margins as sums."""
    import numpy as np
    from scipy.optimize import linprog

    at = position(dimensions)
    inner = [at(r) for r in rows if not any(a == t for a, t in zip(at(r), totals, strict=True))]
    sums = {at(r): [all(t in (a, s) for a, s, t in zip(c, totals, at(r), strict=True)) for c in inner] for r in rows}
    conf = dict(zip(map(at, rows), marked.observations.frame["conf_status"].astype(str), strict=True))
    shown = [r for r in rows if conf[at(r)] == "F"]
    matrix = np.array([sums[at(r)] for r in shown], dtype=float).reshape(len(shown), len(inner))
    right = np.array([r["value"] for r in shown])
    for r in rows:
        if conf[at(r)] == "F":
            assert not 0 < r["value"] < 5
            continue
        aim = np.array(sums[at(r)], dtype=float)

        # a margin whose parts are all printed would be known: the programme below finds that too
        def end(sign: int, aim: Any = aim) -> float:
            bound = {"A_eq": matrix, "b_eq": right} if len(shown) else {}
            return float(linprog(-sign * aim, bounds=(0, 1e6), **bound).fun) * -sign

        high = end(1)
        assert high - r["value"] >= 5 - 1e-6 or high - end(-1) >= 5 - 1e-6, at(r)


def random_table(rng: random.Random, three: bool) -> tuple[list[dict[str, Any]], tuple[str, ...], tuple[str, ...]]:
    dimensions: tuple[str, ...] = ("ref_area", "sex", "function") if three else ("ref_area", "function")
    axes = (AREAS, "MF", ("OLD_AGE", "SURVIVORS", "DISABILITY"))
    chosen = axes if three else (axes[0], axes[2])
    top = rng.choice((6, 30, 200))
    cells = {c: 0 if rng.random() < 0.1 else int(rng.expovariate(1) * top / 3) for c in itertools.product(*chosen)}
    totals = ("MZ", *("_T",) * (len(dimensions) - 1))
    return table(cells, dimensions, totals), dimensions, totals


def audited(seeds: Iterable[int]) -> None:
    for seed in seeds:
        rows, dimensions, totals = random_table(random.Random(seed), three=bool(seed % 2))
        marked = suppress(observations(*rows), of(PEOPLE))
        assert marked.findings == (), seed
        checked(rows, dimensions, totals, marked)


def test_random_tables_of_two_and_three_dimensions_keep_every_interval() -> None:
    """As many as BULLETIN_RANDOM_TABLES says: 1,000 where `.ci/run` calls it."""
    audited(range(int(os.environ.get("BULLETIN_RANDOM_TABLES", "16"))))


def test_the_cheapest_further_cells_are_hidden_and_the_nation_stays() -> None:
    cells = {("MZ-A", "F"): 2, ("MZ-A", "M"): 8, ("MZ-Q", "F"): 20, ("MZ-Q", "M"): 300, ("MZ-G", "F"): 45, ("MZ-G", "M"): 9}
    rows = table(cells, ("ref_area", "sex"), ("MZ", "_T"))
    one, two = (suppress(observations(*rows), of(PEOPLE)) for _ in range(2))
    assert hidden(one) == {
        "MZ-A.sex=F": "threshold", "MZ-A.sex=M": "complement", "MZ-G.sex=F": "complement", "MZ-G.sex=M": "complement",
    }  # fmt: skip
    assert one.log == two.log


def test_what_hidden_figures_make_together_is_not_small_either() -> None:
    """2 and 2 in a table without other small cells: their sum of 4 would say that both are small."""
    cells = {("MZ-A",): 2, ("MZ-Q",): 2, ("MZ-G",): 60, ("MZ-N",): 70}
    rows = table(cells, ("ref_area",), ("MZ",))
    for protection, least in ((0, 5), (10, 10)):
        marked = suppress(observations(*rows), of(PEOPLE, protection=protection))
        found = worlds(marked, rows, ("ref_area",), ("MZ",))
        together = sum(value for area, value in cells.items() if str(area) in found)
        assert together >= least
        assert all(max(values) - min(values) >= least and max(values) >= 5 for values in found.values())


def test_keep_moves_the_choice() -> None:
    cells = {("MZ-A", "F"): 2, ("MZ-A", "M"): 8, ("MZ-Q", "F"): 20, ("MZ-Q", "M"): 300, ("MZ-G", "F"): 45, ("MZ-G", "M"): 9}
    rows = table(cells, ("ref_area", "sex"), ("MZ", "_T"))
    marked = suppress(observations(*rows), of(PEOPLE, keep=("PEOPLE.MZ-G",)))
    assert set(hidden(marked)) == {"MZ-A.sex=F", "MZ-A.sex=M", "MZ-Q.sex=F", "MZ-Q.sex=M"}


def test_a_remainder_that_nobody_printed_counts() -> None:
    """Men and both sexes printed, women not: their number is a subtraction away."""
    marked = suppress(observations(row("PEOPLE", 98, sex="M"), row("PEOPLE", 100)), of(PEOPLE))
    assert set(hidden(marked).values()) == {"complement"}


def test_overlapping_ages_are_subtracted_from_each_other() -> None:
    rows = [row("PEOPLE", 40, age="Y_GE60"), row("PEOPLE", 37, age="Y_GE65"), row("PEOPLE", 500)]
    lists = {**project().codelists, "age": codelist("AGE", "_T", "Y_GE60", "Y_GE65")}
    subject = project(PEOPLE, codelists=lists)
    marked = suppress(observations(*rows), subject)
    assert len(marked.log) == 1
    assert marked.log[0].rule == "complement"


def test_a_hierarchy_of_schemes_is_one_table() -> None:
    lists = {**project().codelists, "scheme": codelist("SCHEME", "_T", ("A", "_T"), ("A1", "A"), ("A2", "A"), ("B", "_T"))}
    values = {"_T": 160, "A": 60, "A1": 2, "A2": 58, "B": 100}
    marked = suppress(observations(*(row("PEOPLE", v, scheme=s) for s, v in values.items())), project(PEOPLE, codelists=lists))
    assert hidden(marked) == {"MZ.scheme=A1": "threshold", "MZ.scheme=A2": "complement"}


def test_identities_between_indicators_give_nothing_away() -> None:
    all_, active, rest = (indicator(n, unit_counted="persons") for n in ("ALL", "ACTIVE", "REST"))
    all_ = indicator("ALL", unit_counted="persons", rules=(rule("identity", "error", plus=("ACTIVE", "REST")),))
    marked = suppress(observations(row("ALL", 90), row("ACTIVE", 87), row("REST", 3)), of(all_, active, rest))
    assert {w.key: w.rule for w in marked.log}["REST.MZ@2024"] == "threshold"
    assert len(marked.log) == 2


def test_months_add_up_to_their_year() -> None:
    flow = indicator("PEOPLE", unit_counted="persons", time_basis="flow")
    rows = [row("PEOPLE", v, p) for p, v in (("2024-S1", 3), ("2024-S2", 90), ("2024", 93))]
    assert len(suppress(observations(*rows), of(flow)).log) == 2


def test_figures_that_are_public_are_neither_hidden_nor_taken_for_secret() -> None:
    cells = {("MZ-A", "F"): 2, ("MZ-A", "M"): 8, ("MZ-Q", "F"): 20, ("MZ-Q", "M"): 300, ("MZ-G", "F"): 45, ("MZ-G", "M"): 9}
    rows = table(cells, ("ref_area", "sex"), ("MZ", "_T"))
    for r in rows:
        if r["ref_area"] == "MZ-G" and r["sex"] != "_T":
            r["source"] = "S2"
    marked = suppress(observations(*rows), of(PEOPLE))
    assert set(hidden(marked)) == {"MZ-A.sex=F", "MZ-A.sex=M", "MZ-Q.sex=F", "MZ-Q.sex=M"}
    public = suppress(observations(*({**r, "source": "S2"} for r in rows)), of(PEOPLE))
    assert public.log == ()


def test_what_the_public_knows_can_defeat_protection_and_that_is_an_error() -> None:
    rows = [row("PEOPLE", 3, ref_area="MZ-A"), row("PEOPLE", 8, ref_area="MZ-Q", source="S2"), row("PEOPLE", 11, source="S2")]
    marked = suppress(observations(*rows), of(PEOPLE))
    assert [f.rule for f in spoken(marked.findings)] == ["disclosure-unproven"]


def test_a_whole_group_in_one_category() -> None:
    cells = {("MZ-A", "F"): 9, ("MZ-A", "M"): 0, ("MZ-Q", "F"): 20, ("MZ-Q", "M"): 30, ("MZ-G", "F"): 45, ("MZ-G", "M"): 12}
    rows = table(cells, ("ref_area", "sex"), ("MZ", "_T"))
    assert hidden(suppress(observations(*rows), of(PEOPLE)))["MZ-A.sex=F"] == "group"
    assert hidden(suppress(observations(*rows), of(PEOPLE, group=False))) == {}


def test_the_edition_before_is_known() -> None:
    cells = {("MZ-A", "F"): 2, ("MZ-A", "M"): 8, ("MZ-Q", "F"): 20, ("MZ-Q", "M"): 300, ("MZ-G", "F"): 45, ("MZ-G", "M"): 9}
    rows = table(cells, ("ref_area", "sex"), ("MZ", "_T"))
    before = observations(*(r for r in rows if r["ref_area"] == "MZ-G")).frame
    marked = suppress(observations(*rows), of(PEOPLE), before)
    assert set(hidden(marked)) == {"MZ-A.sex=F", "MZ-A.sex=M", "MZ-Q.sex=F", "MZ-Q.sex=M"}
    # a line that the new edition leaves out still tells its secret together with the new total
    left = [r for r in rows if r["ref_area"] != "MZ-G"]
    assert set(hidden(suppress(observations(*left), of(PEOPLE), before))) == set(hidden(marked))


def test_what_the_edition_before_hid_stays_hidden() -> None:
    rows = table({("MZ-A", "F"): 7, ("MZ-A", "M"): 8, ("MZ-Q", "F"): 20, ("MZ-Q", "M"): 30}, ("ref_area", "sex"), ("MZ", "_T"))
    before = observations(row("PEOPLE", None, ref_area="MZ-A", sex="F", obs_status="Q", conf_status="C")).frame
    assert suppress(observations(*rows), of(PEOPLE)).log == ()
    marked = suppress(observations(*rows), of(PEOPLE), before)
    assert hidden(marked)["MZ-A.sex=F"] == "hidden-earlier"
    assert len(marked.log) == 4


def test_a_small_figure_of_the_edition_before_is_no_secret_any_more() -> None:
    rows = [row("PEOPLE", 3, ref_area="MZ-A"), row("PEOPLE", 80, ref_area="MZ-Q"), row("PEOPLE", 83)]
    marked = suppress(observations(*rows), of(PEOPLE), observations(rows[0]).frame)
    assert set(hidden(marked)) <= {"MZ-A"}


MONEY = tuple(indicator(n, "amount", unit_counted="money") for n in ("DEBT", "FIRST", "NEXT"))
RULE = (Dominance("DEBT", "FIRST", "NEXT"),)


def test_money_of_few_employers() -> None:
    def shares(area: str, total: int, first: int, second: int) -> list[dict[str, Any]]:
        values = {"DEBT": total, "FIRST": first, "NEXT": second}
        return [row(n, v, ref_area=area) for n, v in values.items()]

    rows = [*shares("MZ-A", 1000, 900, 90), *shares("MZ-Q", 5000, 900, 800), *shares("MZ-G", 9000, 900, 800)]
    rows += shares("MZ", 15000, 900, 900)
    marked = suppress(observations(*rows), of(*MONEY, dominance=RULE))
    rules = {w.key: w.rule for w in marked.log}
    assert rules["DEBT.MZ-A@2024"] == "dominance"
    assert sorted(rules.values()).count("complement") == 1
    assert sorted(rules.values()).count("contributor") == 8
    assert next(w for w in marked.log if w.rule == "dominance").width == pytest.approx(135)


def test_dominance_without_its_data_fails_closed() -> None:
    marked = suppress(observations(row("DEBT", 1000)), of(*MONEY, dominance=RULE))
    assert [f.rule for f in spoken(marked.findings)] == ["dominance-data-missing"]


def test_money_paid_to_hidden_people_is_hidden_too() -> None:
    paid = indicator("PAID", "amount", unit_counted="money", rests_on=("PEOPLE",))
    rows = [row("PEOPLE", v, ref_area=a) for a, v in (("MZ-A", 3), ("MZ-Q", 7), ("MZ-G", 90), ("MZ", 100))]
    rows += [row("PAID", 7500 * v, ref_area=a) for a, v in (("MZ-A", 3), ("MZ-Q", 7), ("MZ-G", 90), ("MZ", 100))]
    marked = suppress(observations(*rows), of(PEOPLE, paid))
    assert {w.key.partition("@")[0]: w.rule for w in marked.log} == {
        "PEOPLE.MZ-A": "threshold", "PEOPLE.MZ-Q": "complement", "PAID.MZ-A": "rests-on", "PAID.MZ-Q": "rests-on",
    }  # fmt: skip


def test_without_the_solver_nothing_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    rows = [row("PEOPLE", 3, ref_area="MZ-A"), row("PEOPLE", 80, ref_area="MZ-Q"), row("PEOPLE", 83)]
    marked = suppress(observations(*rows), of(PEOPLE))
    assert [f.rule for f in spoken(marked.findings)] == ["suppression-impossible"]


def test_populations_and_targets_are_left_alone() -> None:
    free = indicator("PEOPLE", unit_counted="persons", disclosure="free")
    assert suppress(observations(row("PEOPLE", 3)), of(free)).log == ()
    assert suppress(observations(row("PEOPLE", 3)), of(PEOPLE, free=("PEOPLE",))).log == ()
    assert suppress(observations(row("PEOPLE", 3)), of(PEOPLE, threshold=0)).log == ()


def test_nothing_tells_primary_from_secondary_afterwards() -> None:
    rows = table({("MZ-A", "F"): 2, ("MZ-A", "M"): 8, ("MZ-Q", "F"): 20, ("MZ-Q", "M"): 30}, ("ref_area", "sex"), ("MZ", "_T"))
    subject = of(PEOPLE)
    marked = suppress(observations(*rows), subject)
    safe, log = protect(Observations(marked.observations.frame, marked.observations.alternates), subject)
    gone = safe.frame[safe.frame["value"].isna()]
    assert len(gone) == 4
    assert set(gone["conf_status"]) == {"C"}
    assert len({tuple(f.parameters.items()) for f in log}) == 1
