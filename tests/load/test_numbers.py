"""The number grammar: what is read, what is refused, nothing guessed."""

from __future__ import annotations

import random
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.load.numbers import BLANKS, COMMA, POINT, Style, read_numbers


@pytest.mark.parametrize(
    ("texts", "decimal", "expected"),
    [
        (["12.5", "-3"], None, ["12.5", "-3"]),
        (["12,5", "1.234,5", "1.234"], None, ["12.5", "1234.5", "1234"]),
        (["1\u202f234", "\u22125", "1 234 567,25"], None, ["1234", "-5", "1234567.25"]),
        (["1.234"], ".", ["1.234"]),
        (["1.234"], ",", ["1234"]),
        (["1.234", "5.67"], None, ["1.234", "5.67"]),
        (["1.234.567"], None, ["1234567"]),
        (["0,123"], None, ["0.123"]),
        (["007"], None, ["007"]),
    ],
)
def test_reads_what_the_column_shows(texts: list[str], decimal: str | None, expected: list[str]) -> None:
    assert list(read_numbers(texts, decimal).values) == expected


@pytest.mark.parametrize(
    "text", ["1e5", "nan", "inf", "1_000", "\u0663", "+5", "5.", ".5", "12%", "1 23", "12 3456", "--1", "1,2,3", "0x10", "1 2343"]
)
def test_refuses_what_is_no_number(text: str) -> None:
    assert read_numbers([text, "7"]).values[0] is None


@pytest.mark.parametrize(
    ("texts", "style", "inferred"),
    [
        ([], POINT, False),
        (["12", "-7"], POINT, False),
        (["12.5"], POINT, False),
        (["1 234"], POINT, False),
        (["1 234", "5.5"], POINT, False),
        (["0.123", "1.234"], POINT, False),
        (["1234.567", "1.234"], POINT, False),
        (["12.3456", "1.234"], POINT, False),
        (["-0.5", "-1.234"], POINT, False),
        (["\u22121 234"], POINT, False),
        (["1,234.5", "7"], Style(".", BLANKS + ","), True),
        (["1,234.5", "12"], Style(".", BLANKS + ","), True),
        (["1,234,567"], Style(".", BLANKS + ","), True),
        (["12,5", "7"], COMMA, True),
        (["12,5", "1,234"], COMMA, True),
        (["7", "x", "12,5"], COMMA, True),
        (["1,234", "12,5", "5,678"], COMMA, True),
        (["0,234"], COMMA, True),
        (["1234,567"], COMMA, True),
        (["1.234,5", "7"], Style(",", BLANKS + "."), True),
        (["12,5", "1.234"], Style(",", BLANKS + "."), True),
        (["12,5", "n.d."], Style(",", BLANKS + "."), True),
        (["n.d.", "12.5"], POINT, False),
    ],
)
def test_the_style_is_the_one_that_the_column_shows(texts: list[str], style: Style, inferred: bool) -> None:
    read = read_numbers(texts)
    assert (read.style, read.inferred, read.problem, read.examples) == (style, inferred, "", ())
    assert [v for t, v in zip(texts, read.values, strict=True) if t not in ("x", "n.d.")].count(None) == 0


@pytest.mark.parametrize("decimal", [None, ".", ","])
def test_blanks_and_the_other_mark_set_thousands_apart_and_no_other_sign(decimal: str | None) -> None:
    signs = [chr(n) for n in (*range(32, 127), 0xA0, 0x2009, 0x202F, 0x2019, 0xB7, 0x66C, 0x3000) if not chr(n).isdigit()]
    found = {s for s in signs if read_numbers([f"1{s}234{s}567", "x"], decimal).values[0] == "1234567"}
    assert found == {*" \u00a0\u202f\u2009", *{None: ".,", ".": ",", ",": "."}[decimal]}


@pytest.mark.parametrize(
    ("texts", "problem", "examples"),
    [
        (["1.234"], "ambiguous-number", ("1.234",)),
        (["-1.234", "5"], "ambiguous-number", ("-1.234",)),
        (["7", "1.234", "5.678"], "ambiguous-number", ("1.234",)),
        (["999.999"], "ambiguous-number", ("999.999",)),
        (["1,234", "5,678"], "ambiguous-number", ("1,234",)),
        (["\u22121,234", "x"], "ambiguous-number", ("\u22121,234",)),
        (["12,5", "3.75", "4,5", "2.5"], "mixed-decimals", ("3.75", "12,5")),
        (["1.5", "1,5"], "mixed-decimals", ("1.5", "1,5")),
    ],
)
def test_what_could_be_read_in_two_ways_is_shown_as_it_stands(texts: list[str], problem: str, examples: tuple[str, ...]) -> None:
    read = read_numbers(texts)
    assert (read.style, read.problem, read.examples) == (None, problem, examples)
    assert [v for t, v in zip(texts, read.values, strict=True) if t in examples and "," in t] == [None] * sum(
        "," in e for e in examples
    )


def test_a_declared_mark_or_group_is_taken_at_its_word() -> None:
    assert read_numbers(["1,234"], groups=",") == read_numbers(["1,234"], ".", ",")
    assert read_numbers(["1,234"], groups=",").values == ("1234",)
    assert read_numbers(["1 234", "1.234", "1,5"], ",", " ").values == ("1234", None, "1.5")
    assert read_numbers(["1.234"], ",", ".").values == ("1234",)
    assert read_numbers(["1.234", "1,234"], ".", "").values == ("1.234", None)
    assert read_numbers(["1.234", "1 234", "1,5"], ",").style == Style(",", BLANKS + ".")
    assert read_numbers(["1,234.5"], ".").style == Style(".", BLANKS + ",")
    assert not read_numbers(["12,5"], ",").inferred


@pytest.mark.parametrize(
    "text",
    ["1 234\u00a0567", "1.234 567", "012 345", "0 123", "1  234", "1 234 ", " 1", "", "-", "5\n6", "12\n", "1 2345", "1 23 456"],
)
def test_one_separator_in_groups_of_three_and_nothing_else(text: str) -> None:
    for decimal in (None, ".", ","):
        assert read_numbers([text, "7"], decimal).values == (None, "7")


def test_one_thousand_or_one_point_two_is_never_guessed() -> None:
    assert read_numbers(["1.234", "5"]).problem == "ambiguous-number"
    assert read_numbers(["1.234", "5"]).values == (None, None)
    assert read_numbers(["1,234"]).problem == "ambiguous-number"


def test_mixed_marks_are_refused() -> None:
    assert read_numbers(["12,5", "3.7"]).problem == "mixed-decimals"


@given(
    st.integers(-(10**12), 10**12),
    st.integers(0, 6),
    st.sampled_from([".", ","]),
    st.sampled_from(["", " ", "\u00a0", "\u202f", "."]),
)
def test_what_is_written_in_a_declared_style_is_read_back(number: int, decimals: int, decimal: str, group: str) -> None:
    if group == decimal:
        group = ""
    value = Decimal(number).scaleb(-decimals)
    whole, _, fraction = f"{abs(value):f}".partition(".")
    grouped = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", group, whole)
    text = ("\u2212" if value < 0 else "") + grouped + (decimal + fraction if fraction else "")
    (read,) = read_numbers([text], decimal).values
    assert read is not None
    assert Decimal(read) == value


@given(st.text(max_size=12))
def test_nothing_outside_the_grammar_is_read(text: str) -> None:
    for decimal in (None, ".", ","):
        (read,) = read_numbers([text], decimal).values
        if read is not None:
            assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", read)
            assert re.fullmatch(r"[-\u22120-9., \u00a0\u202f\u2009]+", text)


def test_20000_values_written_in_a_declared_style_are_read_back_exactly() -> None:
    chance = random.Random(20_000)
    for decimal, group in [(d, g) for d in ".," for g in ("", " ", "\u00a0", "\u202f", "\u2009", ".,".replace(d, ""))]:
        values = [Decimal(chance.randrange(-(10**12), 10**12)).scaleb(-chance.randrange(7)) for _ in range(1700)]
        texts = [f"{v:,f}".replace(",", "\0").replace(".", decimal).replace("\0", group).replace("-", "\u2212") for v in values]
        assert [Decimal(t or "nan") for t in read_numbers(texts, decimal).values] == values


GRAMMAR = {
    (d, g): re.compile(rf"[-\u2212]?(\d{{1,3}}(?:[{re.escape(g)}]\d{{3}})*|\d+)({re.escape(d)}\d+)?", re.ASCII)
    for d, g in ((".", " ,"), (",", " ."))
}


def test_of_20000_strings_none_outside_the_grammar_is_read() -> None:
    chance = random.Random(4)
    for (decimal, groups), pattern in GRAMMAR.items():
        texts = [
            "".join(chance.choices("0123456789" * 2 + " .,-\u2212+eE_%x\u0663", k=chance.randrange(1, 9))) for _ in range(10_000)
        ]
        read = read_numbers(texts, decimal, groups).values
        accepted = [t for t, r in zip(texts, read, strict=True) if r is not None]
        assert [t for t in accepted if not pattern.fullmatch(t)] == []
        assert len(accepted) > 500
