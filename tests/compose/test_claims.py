"""Guards of the claims: what may not be said is left out or said otherwise."""

from __future__ import annotations

import pytest
from words_bench import CODES, contexts, places, rendered, said, series, words

from bulletin.compose import claims
from bulletin.compose.claims import Evidence, Statement
from factories import row


def evidence(*rows: dict) -> Evidence:  # type: ignore[type-arg]
    context = contexts(*rows)["pt"]
    return Evidence(context.lookup, context.facts)


def change(*rows: dict, name: str = "PEOPLE", **options: str) -> Statement | None:  # type: ignore[type-arg]
    return claims.change(evidence(*rows), name, {}, **options)


def outcome(statement: Statement | None) -> str:
    return statement.outcome if statement else ""


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("PEOPLE", 1000, 1009, "stable"),
        ("PEOPLE", 1000, 1010, "up"),
        ("PEOPLE", 1000, 985, "down"),
        ("PEOPLE", 1000, 1000, "unchanged"),
        ("PEOPLE", 49, 60, "moved"),
        ("PEOPLE", 50, 60, "up"),
        ("PEOPLE", 0, 60, "moved"),
        ("PEOPLE", 60, 0, "moved"),
        ("PEOPLE", 100, 200, "doubled"),
        ("PEOPLE", 100, 294, "tripled"),
        ("PEOPLE", 100, 320, "up"),
        ("PEOPLE", 100, 450, "multiplied"),
        ("SPENDING", -2e9, 3e9, "moved"),
        ("SPENDING", 3e9, -2e9, "moved"),
        ("SPENDING", 3.401e9, 3.449e9, "up"),
        ("SPENDING", 4.7e12, 4.7000001e12, "unchanged"),
        ("RATE", 20.0, 20.4, "stable"),
        ("RATE", 20.0, 20.5, "points_up"),
        ("RATE", 20.01, 20.04, "unchanged"),
        ("RATE", 20.0, 9.0, "points_down"),
        ("RATE", 0.0, 9.0, "points_up"),
        ("RATIO", 13.6, 12.2, "ratio_down"),
        ("CPI", 100, 110, "up"),
    ],
)
def test_direction_and_thresholds(name: str, old: float, new: float, expected: str) -> None:
    assert outcome(change(*series(name, {2023: old, 2024: new}), name=name)) == expected


def test_a_rate_never_changes_in_per_cent() -> None:
    for text in said('{{ change("RATE") }}', *series("RATE", {2023: 14.8, 2024: 22.1})).values():
        assert "49" not in text
        assert "7,3 pontos" in text or "7.3 percentage points" in text


def test_different_values_never_look_equal_while_said_to_move() -> None:
    for context in contexts(*series("SPENDING", {2023: 3.401e9, 2024: 3.449e9})).values():
        text = words(rendered('{{ change("SPENDING") }}', context)[0][0])
        assert text.count("3,40") + text.count("3.40") == 1
        assert text.count("3,45") + text.count("3.45") == 1


def test_computed_from_unrounded_values() -> None:
    statement = change(*series("RATE", {2023: 28.44, 2024: 31.36}), name="RATE")
    assert statement
    assert str(statement.figures["delta"].displayed) == "2.9"


@pytest.mark.parametrize("status", ["B", "B;P"])
def test_no_change_across_a_break(status: str) -> None:
    rows = (
        row("PEOPLE", 1000, 2021),
        row("PEOPLE", 1500, 2022, obs_status=status),
        row("PEOPLE", 1600, 2023),
        row("PEOPLE", 1700, 2024),
    )
    assert outcome(change(*rows, since="2021")) == "break"
    assert outcome(change(*rows, since="2022")) == "up"
    facts = evidence(*rows)
    assert claims.span(facts, "PEOPLE", {}, since="2021") is None
    assert claims.streak(facts, "PEOPLE", {}) is None
    assert claims.record(facts, "PEOPLE", {}) is None


def test_what_a_source_calls_not_significant_neither_rises_nor_falls() -> None:
    rows = (row("RATE", 20.0, 2023), row("RATE", 28.0, 2024, obs_status="N"))
    assert outcome(change(*rows, name="RATE")) == "insignificant"
    found = said('{{ change("RATE") }}', *rows)
    assert "sem diferença estatisticamente significativa face a 2023 (20,0%)" in found["pt"]
    assert "no statistically significant difference from 2023 (20.0%)" in found["en"]


@pytest.mark.parametrize(
    ("status", "pt", "en"),
    [
        ("P", "valor provisório", "provisional"),
        ("E", "estimativa", "estimate"),
        ("F", "projeção", "projection"),
        ("I", "valor imputado", "imputed"),
        ("D", "definição diferente", "different definition"),
        ("U", "valor pouco fiável", "low reliability"),
        ("V", "valor por validar", "not yet validated"),
        ("G", "valor experimental", "experimental"),
        ("P;U", "valor provisório", "provisional"),
        ("A", "", ""),
    ],
)
def test_a_sentence_says_what_its_figure_is(status: str, pt: str, en: str) -> None:
    found = said('{{ level("PEOPLE") }}', row("PEOPLE", 1000, 2024, obs_status=status))
    assert found["pt"].partition("(")[2].partition(")")[0] == pt
    assert found["en"].partition("(")[2].partition(")")[0] == en


def test_a_share_that_is_not_nothing_does_not_print_as_nothing() -> None:
    def shown(women: float) -> str:
        rows = (row("PEOPLE", 1000, 2024), row("PEOPLE", women, 2024, sex="F"))
        return said('{{ share("PEOPLE", part={"sex": "F"}) }}', *rows)["en"]

    assert "0.4%" in shown(4)
    assert "30% of" in shown(300)
    assert shown(0.2) == ""


def test_a_break_on_a_missing_year_counts() -> None:
    rows = (row("PEOPLE", 1000, 2022), row("PEOPLE", None, 2023, obs_status="B;O"), row("PEOPLE", 1700, 2024))
    assert outcome(change(*rows)) == "break"


def test_missing_means_silence() -> None:
    assert change(row("PEOPLE", 1000, 2023), at="2024") is None
    assert change(row("PEOPLE", 1000, 2024)) is None
    assert change(*series("PEOPLE", {2022: 900, 2023: 1000, 2024: None}), at="2024") is None
    assert said('{{ level("PEOPLE", at="2024") }}', row("PEOPLE", None, 2024)) == {"pt": "", "en": ""}


def test_a_missing_last_year_is_no_fall() -> None:
    found = said('{{ change("PEOPLE") }}', *series("PEOPLE", {2022: 900, 2023: 1000, 2024: None}))
    assert "2022 e 2023" in found["pt"]


def test_values_after_the_edition_are_not_the_newest() -> None:
    assert "2024" in said('{{ level("PEOPLE") }}', *series("PEOPLE", {2024: 10, 2025: 20}))["pt"]


def test_flows_within_a_year_are_compared_with_the_same_part_of_the_year_before() -> None:
    rows = series("CASES", {"2023-S1": 100, "2023-S2": 500, "2024-S1": 110})
    assert "1.º semestre de 2023 e o 1.º semestre de 2024" in said('{{ change("CASES") }}', *rows)["pt"]
    assert said('{{ change("CASES") }}', *series("CASES", {2023: 100, "2024-S1": 110}))["pt"] == ""


def test_streak_needs_consecutive_years() -> None:
    assert (
        claims.streak(evidence(*series("PEOPLE", {2019: 100, 2020: 110, 2022: 120, 2023: 130, 2024: 140})), "PEOPLE", {}) is None
    )
    assert claims.streak(evidence(*series("PEOPLE", {2021: 100, 2022: 110, 2023: 120})), "PEOPLE", {}) is None


def test_record_is_strict_at_printed_precision() -> None:
    values = {2020: 12.02, 2021: 9.0, 2022: 11.0, 2023: 10.5}
    assert claims.record(evidence(*series("RATE", {**values, 2024: 12.04})), "RATE", {}) is None
    assert outcome(claims.record(evidence(*series("RATE", {**values, 2024: 12.1})), "RATE", {})) == "highest"
    assert outcome(claims.record(evidence(*series("RATE", {**values, 2024: 8.0})), "RATE", {})) == "lowest"


def test_composition_only_when_parts_are_all_there_and_add_up() -> None:
    full: list[float | None] = [200, 100, 50, 50, 50, 50, 50, 50, 50, 50, 300]
    assert claims.composition(evidence(*places("PEOPLE", full, 1000)), "PEOPLE", "ref_area", {})
    assert claims.composition(evidence(*places("PEOPLE", [*full[:-1], None], 1000)), "PEOPLE", "ref_area", {}) is None
    assert claims.composition(evidence(*places("PEOPLE", full, 1200)), "PEOPLE", "ref_area", {}) is None
    assert claims.composition(evidence(*places("RATE", full, 1000)), "RATE", "ref_area", {}) is None


def test_parents_and_children_are_not_added_together() -> None:
    rows = [
        row("PEOPLE", v, 2024, programme=c) for c, v in (("PSSB", 60), ("PSSB-IDOSO", 40), ("PSSB-CRIANCA", 20), ("PASD", 40))
    ]
    found = claims.composition(evidence(*rows, row("PEOPLE", 100, 2024)), "PEOPLE", "programme", {})
    assert found
    assert [i.code for i in found.items["top"]] == ["PSSB", "PASD"]
    inside = claims.composition(evidence(*rows), "PEOPLE", "programme", {"programme": "PSSB"})
    assert inside
    assert [i.code for i in inside.items["top"]] == ["PSSB-IDOSO", "PSSB-CRIANCA"]


def test_ties_in_a_ranking() -> None:
    def tops(values: list[float | None]) -> tuple[str, int, int]:
        found = claims.ranking(evidence(*places("RATE", values)), "RATE", "ref_area", {})
        return (outcome(found), len(found.items["top"]), len(found.items["low"])) if found else ("", 0, 0)

    assert tops([9, 8, 7, 6, 5, 4, 3, 2, 1.5, 1.2, 1]) == ("all", 3, 1)
    assert tops([9, 8, 7.04, 7.02, 5, 4, 3, 2, 1.5, 1, 1]) == ("all", 2, 2)
    assert tops([9, 9, 9, 9, 5, 4, 3, 2, 1, 1, 1]) == ("all_top", 4, 0)
    assert tops([9, 9, 9, 9, 9, 4, 3, 2, 1, 1, 1]) == ("", 0, 0)
    assert tops([9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]) == ("", 0, 0)
    assert tops([9, 8, 7, 6, 5, None, None, None, None, None, None]) == ("partial", 2, 1)
    assert tops([9, 8, 7, 6, None, None, None, None, None, None, None]) == ("", 0, 0)


def test_above_average_is_for_rates() -> None:
    values: list[float | None] = [30, 20, 15, 21, 22, 23, 24, 20, 20, 35, 41]
    assert claims.above_average(evidence(*places("PEOPLE", values, 24)), "PEOPLE", {}) is None
    assert claims.above_average(evidence(*places("RATE", values)), "RATE", {}) is None
    assert claims.above_average(evidence(*places("RATE", values, 24.04)), "RATE", {})


def test_share_refuses_a_part_larger_than_its_whole() -> None:
    rows = (row("PEOPLE", 100, 2024), row("PEOPLE", 120, 2024, sex="F"))
    assert claims.share_of(evidence(*rows), "PEOPLE", {}, {"sex": "F"}, {}, "", "") is None


@pytest.mark.parametrize(
    ("part", "fraction", "hedge"),
    [
        (500, "1/2", ""),
        (490, "1/2", "nearly"),
        (333.3, "1/3", "about"),
        (340, "1/3", "more"),
        (374, "", ""),
        (105, "", ""),
        (20, "", ""),
    ],
)
def test_fractions_only_when_near(part: float, fraction: str, hedge: str) -> None:
    rows = (row("PEOPLE", 1000, 2024), row("PEOPLE", part, 2024, sex="F"))
    found = claims.share_of(evidence(*rows), "PEOPLE", {}, {"sex": "F"}, {}, "", "")
    assert found
    assert (found.choices["fraction"], found.choices["hedge"]) == (fraction, hedge)


def test_sex_gap_is_not_for_counts() -> None:
    rows = (row("PEOPLE", 10, 2024, sex="F"), row("PEOPLE", 20, 2024, sex="M"))
    assert claims.sex_gap(evidence(*rows), "PEOPLE", {}) is None
    equal = (row("RATE", 10.01, 2024, sex="F"), row("RATE", 10.04, 2024, sex="M"))
    assert outcome(claims.sex_gap(evidence(*equal), "RATE", {})) == "equal"


@pytest.mark.parametrize(
    ("value", "aim", "year", "expected"),
    [(27, 30, 2029, "ahead_below"), (27, 30, 2024, "missed_below"), (31, 30, 2024, "beyond"), (30.01, 30.04, 2029, "met")],
)
def test_target(value: float, aim: float, year: int, expected: str) -> None:
    assert outcome(claims.target(evidence(row("RATE", value, 2024), row("TARGET", aim, year)), "RATE", "TARGET", {})) == expected


def test_contribution_in_points_when_parts_moved_apart() -> None:
    rows = (
        *series("PEOPLE", {2023: 1000, 2024: 1200}), *series("PEOPLE", {2023: 400, 2024: 650}, sex="F"),
        *series("PEOPLE", {2023: 600, 2024: 550}, sex="M"),
    )  # fmt: skip
    found = claims.contribution(evidence(*rows), "PEOPLE", "sex", {})
    assert outcome(found) == "points_up"
    assert found
    assert str(found.figures["share"].displayed) == "25.0"


def test_inflation_rates_are_chained() -> None:
    rows = (*series("SPENDING", {2022: 1e9, 2024: 1.21e9}), *series("INFLATION", {2023: 10, 2024: 10}))
    found = claims.real_change(evidence(*rows), "SPENDING", "INFLATION", {}, since="2022")
    assert outcome(found) == "up_stable"
    gap = (*series("SPENDING", {2022: 1e9, 2024: 1.21e9}), *series("INFLATION", {2024: 10}))
    assert claims.real_change(evidence(*gap), "SPENDING", "INFLATION", {}, since="2022") is None


def test_facts_and_claims_are_registered_once_for_both_languages() -> None:
    rows = series("PEOPLE", {2023: 100_000, 2024: 107_700})
    both = contexts(*rows)
    for context in both.values():
        rendered('{{ change("PEOPLE") }}', context)
    book = both["pt"].facts
    growth = "growth(PEOPLE.MZ@2023, PEOPLE.MZ@2024)"
    assert {f.id for f in book.facts()} == {"PEOPLE.MZ@2023", "PEOPLE.MZ@2024", growth}
    assert book.texts(growth) == {"en": ("7.7%",), "pt": ("7,7%",)}
    assert book.places(growth) == ("p.one",)
    assert {(c.id, c.kind, c.outcome) for _, c in book.claims()} == {("p.one#1", "change", "up")}
    assert len(book.claims()) == 2


def test_every_place_of_the_bench_is_known() -> None:
    assert len(CODES) == 11
