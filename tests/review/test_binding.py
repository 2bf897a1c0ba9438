"""Figures in edited words: bound where they stand, asked about where they are not as issued, never plain text in silence."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from edits import EDITS, outcomes, table, templates
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sent_back import issued, tongue

from bulletin.model.issued import IssuedBlock
from bulletin.model.override import pieces_of
from bulletin.review.bind import Bound, Known, as_issued, bind, known_of
from bulletin.review.names import names_of
from bulletin.review.numbers import grammar_of, numbers_in, readings
from bulletin.review.plain import tidy

PT, EN = (grammar_of(tongue(language)) for language in ("pt", "en"))
UNKNOWN = Known()
BLOCK = issued(
    "A população aumentou [2,5%|growth(POPULATION.MZ@2023, POPULATION.MZ@2024)] entre <2023> e <2024>, passando de "
    "[32,4 milhões|POPULATION.MZ@2023] para [33,2 milhões|POPULATION.MZ@2024] (Quadro 1.1|@people). A pobreza diminuiu "
    "[8,6|points(P.MZ@2008, P.MZ@2014)]\u00a0pontos percentuais. Em <Fevereiro de 2024> havia [124 598|PENSIONERS.MZ@2024-02] "
    "pensionistas em [dez|count(X)] províncias, nos termos da <Lei n.º 4/2007>."
)


def edited(old: str, new: str, block: IssuedBlock = BLOCK, known: Known = UNKNOWN) -> Bound:
    old = old if old in block.text else old.replace(" ", "\u00a0")
    assert old in block.text
    return bind([block], block.text.replace(old, new), (), grammar_of(tongue(block.language)), known)


def asked(bound: Bound) -> list[tuple[str, str, str]]:
    return [(q.kind, q.old.replace("\u00a0", " "), q.new.replace("\u00a0", " ")) for q in bound.queries]


def test_words_as_issued_give_the_same_placeholders() -> None:
    bound = bind([BLOCK], BLOCK.text, (), PT)
    assert bound.text == as_issued([BLOCK], PT)
    assert (bound.queries, bound.literals) == ((), ())
    assert bound.placeholders["ref_people"] == "@people"
    assert {f for f in bound.placeholders.values() if f[0] != "@"} == {s.ref for s in BLOCK.spans if s.kind == "number"}


@pytest.mark.parametrize("language", ["pt", "en"])
@pytest.mark.parametrize("styled", [True, False])
def test_every_kind_of_edit_is_bound_and_flagged(language: str, styled: bool) -> None:
    found = outcomes(templates(language), 12, 7, styled=styled)
    assert {o.kind for o in found} == set(EDITS)
    wrong = [(o.kind, o.edited.text, o.bound) for o in found if not (o.is_bound and o.is_flagged and o.is_quiet)]
    assert wrong == [], table(found)


@pytest.mark.parametrize(
    "said",
    ["124.598", "124 598", "124\u202f598", "124598", "124'598", "124,598"],
)
def test_other_marks_are_the_same_figure(said: str) -> None:
    assert edited("124 598", said) == bind([BLOCK], BLOCK.text, (), PT)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("124 598", "124 589", "number-changed"),
        ("124 598", "-124 598", "number-changed"),
        ("124 598", "cerca de 125 mil", "number-rounded"),
        ("33,2 milhões", "33 milhões", "number-rounded"),
        ("33,2 milhões", "33,2 mil milhões", "number-changed"),
        ("2,5%", "25%", "number-changed"),
        ("2,5%", "2,5 pontos percentuais", "number-changed"),
        ("8,6\u00a0pontos percentuais", "8,6%", "number-changed"),
        ("dez", "doze", "number-changed"),
        ("em dez províncias", "no país", "number-dropped"),
    ],
)
def test_a_figure_that_is_not_as_issued_is_asked_about(old: str, new: str, kind: str) -> None:
    bound = edited(old, new)
    assert [q[0] for q in asked(bound)] == [kind]
    if kind != "number-dropped":
        assert bound.placeholders.keys() == bind([BLOCK], BLOCK.text, (), PT).placeholders.keys(), "the data's value is printed"
        assert "pontos percentuais" in bound.text


def test_a_rounding_comes_with_the_form_that_would_print_it() -> None:
    assert edited("124 598", "perto de 125 mil").queries[0].detail == "{pensioners:thousands}"


def test_numbers_exchanged_keep_their_places() -> None:
    text = BLOCK.text.replace("32,4", "§").replace("33,2", "32,4").replace("§", "33,2")
    bound = bind([BLOCK], text, (), PT)
    assert [q[0] for q in asked(bound)] == ["number-swapped"]
    assert bound.text == as_issued([BLOCK], PT)


def test_equal_figures_that_nothing_tells_apart_are_asked_about() -> None:
    block = issued("Havia [12|MEN.MZ@2024] homens e [12|WOMEN.MZ@2024] mulheres.")
    assert asked(bind([block], block.text, (), PT)) == []
    assert [q[0] for q in asked(bind([block], "Os números foram 12 e 12.", (), PT))] == ["number-ambiguous"]
    told = bind([block], "Havia 12 mulheres e 12 homens.", (), PT)
    assert (told.text, asked(told)) == ("Havia {women} mulheres e {men} homens.", [])


def test_years_and_laws_are_literals_and_no_questions() -> None:
    bound = edited("nos termos da Lei n.º 4/2007", "nos termos da Lei n.º 4/2007 e do Decreto n.º 51/2017, desde 2018")
    assert (bound.literals, bound.queries) == (("Decreto n.º 51/2017", "2018"), ())


def test_a_year_in_the_place_of_another_is_asked_about() -> None:
    bound = edited("entre 2023", "entre 2022")
    assert asked(bound) == [("number-changed", "2023", "2022")]
    assert (bound.queries[0].detail, bound.literals) == ("period", ("2022",))


def test_a_reference_may_lead_elsewhere_but_not_nowhere() -> None:
    other = issued("Título", "people.sex", kind="title", lead="Quadro 1.2\t")
    known = known_of([BLOCK, other], "pt", PT)
    assert edited("Quadro 1.1", "Quadro 1.2", known=known).placeholders["ref_people_sex"] == "@people.sex"
    nowhere = edited("Quadro 1.1", "Quadro 9.9", known=known)
    assert asked(nowhere) == [("number-new", "", "Quadro 9.9")]
    assert nowhere.literals == ("Quadro 9.9",)


def test_a_figure_pasted_from_another_block_is_known_by_its_style() -> None:
    source = issued("A taxa era de [87,4%|RATE.MZ@2024].", "rate")
    known = known_of([BLOCK, source], "pt", PT)
    text = "Com uma taxa de 87,4%."
    assert bind([], text, ((16, 21),), PT, known).placeholders == {"rate": "RATE.MZ@2024"}
    typed = bind([], text, (), PT, known)
    assert (typed.text, typed.literals) == (text, ("87,4%",))
    assert [(q.kind, q.fact) for q in typed.queries] == [("number-new", "RATE.MZ@2024")]


def test_one_scale_for_several_figures() -> None:
    block = issued(
        "Nampula ([6,8 milhões|A.MZ-N@2024]), Zambézia ([6,2 milhões|A.MZ-Q@2024]) e Tete ([3,3 milhões|A.MZ-T@2024])."
    )
    bound = bind([block], "Nampula, Zambézia e Tete tinham 6,8, 6,2 e 3,3 milhões.", (), PT)
    assert (bound.text, bound.queries) == ("Nampula, Zambézia e Tete tinham {a_n}, {a_q} e {a_t}.", ())


def test_braces_of_a_reviewer_stay_braces() -> None:
    assert edited("A população", "A {população} {pensioners}").text.startswith("A {{população}} {{pensioners}} aumentou")


def test_names_do_not_depend_on_the_order_and_are_told_apart() -> None:
    facts = [
        "POPULATION.MZ@2023",
        "POPULATION.MZ@2024",
        "growth(POPULATION.MZ@2023, POPULATION.MZ@2024)",
        "P.MZ.sex=F@2024",
        "P.MZ.sex=M@2024",
    ]
    names = names_of(facts)
    assert names == names_of(facts[::-1])
    assert [names[f] for f in facts] == ["population_2023", "population_2024", "growth_population", "p_f", "p_m"]
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", n) for n in names_of(["1.2", "@a-b/c", "é(X)", "_", "@1"]).values())


@pytest.mark.parametrize(
    ("run", "decimal", "values"),
    [
        ("12 345", ",", ["12345"]), ("12.345", ",", ["12345", "12.345"]), ("12.345", ".", ["12.345", "12345"]), ("12,3", ".", ["12.3"]),
        ("1.234.567,8", ".", ["1234567.8"]), ("1,234,567.8", ",", ["1234567.8"]), ("1'234", ",", ["1234"]), ("31.12.2024", ",", []),
        ("0,345", ".", ["0.345"]), ("1 234,567", ".", ["1234.567"]), ("12,34,56", ",", []),
    ],
)  # fmt: skip
def test_what_digits_may_mean(run: str, decimal: str, values: list[str]) -> None:
    assert list(readings(run, decimal)) == [Decimal(v) for v in values]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("vinte e cinco mil pessoas", "25000", ""), ("3,4 mil milhões", "3400000000", ""), ("de \u22122,5 por cento", "-2.5", "%"),
        ("de -2,5%", "-2.5", "%"), ("entre 10\u201312 anos", "10", ""), ("um milhão de pessoas", "1000000", ""), ("8,6 p.p.", "8.6", "pp"),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(text: str, value: str, unit: str) -> None:
    first = numbers_in(text, PT)[0]
    assert (first.values[0], first.unit) == (Decimal(value), unit)


NUMBERS = st.sampled_from(
    [
        "2,5%",
        "2024",
        "124 598",
        "33,2 milhões",
        "1.234,5",
        "12 345",
        "7",
        "doze",
        "Quadro 1.1",
        "Lei n.º 4/2007",
        "0",
        "٣",
        "31.12.2024",
        "10%",
    ]
)
WORDS = st.sampled_from(
    [
        "a população",
        "aumentou",
        "e",
        "de",
        ", ",
        ". ",
        " ",
        "\u00ad",
        "\n",
        "{x}",
        "(",
        ")",
        "\u2212",
        "-",
        "COVID-19",
        "m²",
        "º",
        "\u00a0",
    ]
)
PIECES = st.lists(st.one_of(NUMBERS, WORDS, st.text(max_size=6)), max_size=14)


@st.composite
def sent(draw: st.DrawFn) -> IssuedBlock:
    marked = []
    for n, piece in enumerate(draw(PIECES)):
        piece = re.sub(r"[\[\]<>|(){}@]", "", piece)
        if re.search(r"\d", piece) and draw(st.booleans()):
            marked.append(f"[{piece}|F{n % 4}.MZ@202{n % 3}]")
        else:
            marked.append(piece)
    return issued(" ".join(marked), language=draw(st.sampled_from(["pt", "en"])))


@st.composite
def reviewed(draw: st.DrawFn) -> tuple[IssuedBlock, str, tuple[int, int]]:
    """A block, words in its place or pasted into it, and what of them is styled as a figure."""
    block, pasted = draw(sent()), " ".join(draw(PIECES))
    cut = draw(st.integers(0, len(block.text)))
    text = tidy(draw(st.sampled_from([pasted, block.text[:cut] + pasted + block.text[cut:]])))
    start = draw(st.integers(0, len(text)))
    return block, text, (start, draw(st.integers(start, len(text))))


@given(reviewed())
@example((issued("e e [2,5%|F0.MZ@2020] 2024"), "e e Quadro 1.12,5% 2024", (0, 0)))
@example((issued("[1 234|F0.MZ@2020] pessoas"), "Quadro 1.1 234 pessoas", (0, 0)))
@settings(max_examples=250)
def test_no_figure_becomes_plain_text_in_silence(came: tuple[IssuedBlock, str, tuple[int, int]]) -> None:
    """Digits outside placeholders are those that the issued text says outside its figures, or they are listed."""
    block, text, styled = came
    bound = bind([block], text, (styled,), grammar_of(tongue(block.language)))
    bare = block.text
    for span in block.spans:
        bare = bare[: span.start] + " " * len(span.text) + bare[span.end :] if span.kind == "number" else bare
    known = set(re.findall(r"\d+", bare)) | {d for words in bound.literals for d in re.findall(r"\d+", words)}
    said = list(pieces_of(bound.text))
    assert {kind for kind, _ in said} <= {"words", "name"}
    assert {d for kind, text in said if kind == "words" for d in re.findall(r"\d+", text)} <= known
    assert {name for kind, name in said if kind == "name"} == set(bound.placeholders)
