"""What is printed is the value rounded once, half away from zero, with the marks of the language."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from bulletin.compose.printing import print_number, printed_alike, rounded
from bulletin.document.number_format import Format, format_of
from bulletin.model.locale import Locale, marked
from factories import ENGLISH as EN
from factories import PORTUGUESE as PT


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (0.5, 0, "1"), (1.5, 0, "2"), (2.5, 0, "3"), (-0.5, 0, "−1"), (-2.5, 0, "−3"), (0.49, 0, "0"), (-0.49, 0, "0"), (0.05, 1, "0,1"),
        (2.675, 2, "2,68"), (1.005, 2, "1,01"), (0.15, 1, "0,2"), (0.25, 1, "0,3"), (-0.25, 1, "−0,3"), (99.95, 1, "100,0"), (1e-9, 3, "0,000"),
        (-0.0, 0, "0"), (-0.0, 2, "0,00"), (1234, 0, "1234"), (12345, 0, "12 345"), (1234567.891, 2, "1 234 567,89"), (-12345.6, 0, "−12 346"),
        (9999.5, 0, "10 000"), (999.5, 0, "1000"), (1e15, 0, "1 000 000 000 000 000"), (123456789012345.67, 1, "123 456 789 012 345,7"),
        (Decimal("2.5"), 0, "3"), (Decimal("0.30000000000000004"), 16, "0,3000000000000000"), (7, 3, "7,000"),
    ],
)  # fmt: skip
def test_half_goes_away_from_zero(value: float | Decimal, decimals: int, printed: str) -> None:
    assert PT.number(value, decimals).replace("\u00a0", " ").replace("\u202f", " ") == printed


@pytest.mark.parametrize(
    ("least", "table", "said"),
    [(4, False, "1.234"), (5, False, "1234"), (5, True, "1.234"), (6, False, "1234"), (6, True, "1.234")],
)
def test_thousands_are_set_apart_from_as_many_digits_as_the_language_says(least: int, table: bool, said: str) -> None:
    own: Locale = replace(PT, group=".", min_group=least)
    assert own.number(1234.4, 0, table=table) == said
    assert own.number(999, 0, table=table) == "999"
    assert own.number(-999, 1, table=table) == "−999,0"


@pytest.mark.parametrize(
    ("digits", "printed"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("-0.00", "0;00"),
        ("-0.01", "−0;01"),
        ("-1000", "−1_000"),
        ("999.5", "999;5"),
        ("1000000.5", "1_000_000;5"),
        ("12", "12"),
    ],
)
def test_marks_of_a_language(digits: str, printed: str) -> None:
    assert marked(digits, ";", "_", 4) == printed


def test_10000_random_figures_are_rounded_as_fractions_are() -> None:
    chance = random.Random(10_000)
    for _ in range(10_000):
        decimals, scale = chance.randrange(5), chance.choice((0, 0, 3, 6))
        value = chance.choice(
            (chance.uniform(-1e6, 1e6), chance.randrange(-(10**7), 10**7) / 8, chance.randrange(-(10**6), 10**6) / 1000)
        )
        exact = Fraction(repr(value)) / 10**scale * 10**decimals
        whole = int(abs(exact) + Fraction(1, 2)) * (1 if exact >= 0 else -1)
        with localcontext() as context:
            context.prec = 60
            expected = Decimal(whole).scaleb(-decimals)
            assert rounded(value, scale=scale, decimals=decimals) == expected
            text = EN.number(Decimal(repr(value)).scaleb(-scale), decimals).replace(",", "").replace("−", "-")
            assert Decimal(text) == expected
            assert len(text.partition(".")[2]) == decimals


def test_two_figures_are_alike_when_a_reader_sees_the_same() -> None:
    assert printed_alike(1499.0, 1001.0, scale=3, decimals=0)
    assert not printed_alike(1500.0, 1499.0, scale=3, decimals=0)
    assert not printed_alike(1.24, 1.25, scale=0, decimals=1)
    assert printed_alike(1.25, 1.34, scale=0, decimals=1)
    assert rounded(1500.0, scale=3, decimals=0) == 2
    assert rounded(-1250.0, scale=3, decimals=1) == Decimal("-1.3")


def test_a_table_prints_in_its_own_power_of_ten_and_sets_thousands_apart_from_four_digits() -> None:
    context: Any = SimpleNamespace(locale=PT)
    assert print_number(context, 1_234_567.0, scale=3, decimals=1) == "1\u00a0234,6"
    assert print_number(context, 0.5, scale=0, decimals=0) == "1"


@pytest.mark.parametrize("group", ["\u00a0", "\u202f", ",", "."])
@pytest.mark.parametrize("mark", [",", "."])
def test_every_pair_of_marks_is_known(group: str, mark: str) -> None:
    if group != mark:
        found = format_of([(1234.5, f"1{group}234{mark}5"), (7654321.5, f"7{group}654{group}321{mark}5")])
        assert (found.decimals, found.group, found.mark, found.least) == (1, group, mark, 4)


NARROW = Format(1, "\u00a0", ",", 4, 5e4)


@pytest.mark.parametrize(
    ("form", "code", "upwards"),
    [
        (Format(0, ",", ".", 4, 100), '0;"−"0', "0;;0"),
        (Format(2, ",", ".", 4, 100, "–"), '0.00;"−"0.00;"–"', "0.00;;0.00"),
        (Format(0, ",", ".", 4, 5000), '#,##0;"−"#,##0', "#,##0;;#,##0"),
        (Format(0, ",", ".", 4, 999), '0;"−"0', "0;;0"),
        (Format(0, ",", ".", 4, 1000), '#,##0;"−"#,##0', "#,##0;;#,##0"),
        (Format(0, ",", ".", 5, 9999), '0;"−"0', "0;;0"),
        (Format(1, ".", ",", 5, 10000), "[>=10000]#,##0.0;0.0", '[>=10000]#,##0.0;[<0]"";0.0'),
        (Format(1, ".", ",", 5, 10000, "–"), '[>=10000]#,##0.0;[=0]"–";0.0', '[>=10000]#,##0.0;[<0]"";0.0'),
        (NARROW, '[>=1000]#"\u00a0"##0.0;0.0', '[>=1000]#"\u00a0"##0.0;[<0]"";0.0'),
        (replace(NARROW, largest=999_999), '[>=1000]#"\u00a0"##0.0;0.0', '[>=1000]#"\u00a0"##0.0;[<0]"";0.0'),
        (
            replace(NARROW, largest=1e6),
            '[>=1000000]#"\u00a0"###"\u00a0"##0.0;[>=1000]#"\u00a0"##0.0;0.0',
            '[>=1000]#"\u00a0"##0.0;[<0]"";0.0',
        ),
    ],
)
def test_the_format_of_a_workbook_spells_what_is_printed(form: Format, code: str, upwards: str) -> None:
    assert (form.code, form.upwards) == (code, upwards)


def test_a_format_is_the_one_that_spells_most_figures() -> None:
    said = [(1234.5, "1 234,5"), (-0.5, "−0,5"), (0.0, "–"), (12.0, "12,0"), (7.0, "")]
    found = format_of([(v, t.replace(" ", "\u00a0")) for v, t in said])
    assert found == Format(1, "\u00a0", ",", 4, 1234.5, "–")
    assert found.spells(1234.5, "1\u00a0234,5")
    assert not found.spells(1234.5, "1 234,5")
    assert found.spells(0.0, "–")
    assert not found.spells(0.0, "0,0")
    assert format_of([(12345.0, "12,345"), (1234.0, "1234")]) == Format(0, ",", ".", 5, 12345.0)
    assert format_of([(1.25, "1.25"), (0.0, "0.00")]).decimals == 2
    assert format_of([(0.0, "–"), (0.0, "..")]).zero == ""
    assert format_of([(0.0, "–"), (5.0, ".."), (7.0, "7")]).zero == "–"
    assert format_of([(0.0, "0"), (7.0, "7")]).zero == ""
    assert format_of([(1.125, "1.125")]).spells(1.125, "1.125")
    assert not format_of([(1.0625, "1.0625")]).spells(1.0625, "1.0625")  # no label has four decimals: such a chart is a picture
    assert format_of([(-2e6, ""), (1.0, "1")]).largest == 2e6
    assert format_of([]).largest == 0
    many = Format(0, "\u00a0", ",", 4, 2e6, "–")
    assert not many.spells(5.0, "5")
    assert replace(many, zero="").spells(5.0, "5")
    assert not Format(1, ".", ",", 5, 10000, "–").spells(0.0, "0,0")
    assert Format(1, ".", ",", 5, 10000, "–").spells(5.0, "5,0")
