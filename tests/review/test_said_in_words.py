"""Numbers and names said in words: numbers of several words, shares and multiples, names that change places beside their figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sent_back import issued, tongue

from bulletin.model.narration import Lexicon
from bulletin.review.bind import Bound, as_issued, bind
from bulletin.review.numbers import grammar_of, numbers_in

WORDS = {
    "pt": Lexicon(share=("metade", "um terço", "dois terços"), multiple=("dobro", "duplic*")),
    "en": Lexicon(share=("half", "two thirds"), multiple=("doubl*",)),
    "fr": Lexicon(share=("moitié",)),
}
BY = {language: grammar_of(tongue(language), words) for language, words in WORDS.items()}
BLOCK = issued(
    "Em <2024> havia [124 488|P@2024] pensionistas; a maior parcela correspondia à sobrevivência ([62,3%|share(S)]), seguida da "
    "velhice ([36,4%|share(O)]) e da invalidez ([1,3%|share(D)])."
)


def edited(old: str, new: str) -> Bound:
    text = BLOCK.text.replace("\u00a0", " ")
    assert old in text
    return bind([BLOCK], text.replace(old, new), (), BY["pt"])


def asked(bound: Bound) -> list[tuple[str, str]]:
    return [(q.kind, q.new) for q in bound.queries]


@pytest.mark.parametrize(
    ("language", "said", "value", "unit"),
    [
        ("pt", "cento e vinte e cinco mil", 125_000, ""),
        ("pt", "cento e vinte e quatro mil quatrocentos e oitenta e nove", 124_489, ""),
        ("pt", "dois mil e vinte e quatro", 2024, ""),
        ("pt", "dois milhões e trezentos mil", 2_300_000, ""),
        ("pt", "cento e cinco por cento", 105, "%"),
        ("en", "one hundred and twenty-five thousand", 125_000, ""),
        ("en", "two million three hundred and four thousand and twelve", 2_304_012, ""),
        ("en", "one hundred and five per cent", 105, "%"),
        ("fr", "cent vingt-quatre mille quatre cent quatre-vingt-neuf", 124_489, ""),
    ],
)
def test_a_number_of_several_words_is_one_number(language: str, said: str, value: int, unit: str) -> None:
    (found,) = numbers_in(f"x {said} y", BY[language])
    assert (found.values, found.unit, found.start, found.end) == ((Decimal(value),), unit, 2, 2 + len(said))


@pytest.mark.parametrize(("language", "said"), [("pt", "um e dois"), ("pt", "vinte e trinta"), ("en", "two and three")])
def test_a_list_is_no_number(language: str, said: str) -> None:
    assert len(numbers_in(f"x {said} y", BY[language])) == 2


def test_a_figure_written_out_goes_as_a_whole() -> None:
    bound = edited("124 488", "cento e vinte e quatro mil quatrocentos e oitenta e nove")
    assert asked(bound) == [("number-changed", "cento e vinte e quatro mil quatrocentos e oitenta e nove")]
    assert bound.text == as_issued([BLOCK], BY["pt"]), "nothing of it is left beside today's figure"


@pytest.mark.parametrize(
    ("new", "said"), [("mais de metade", "metade"), ("dois terços", "dois terços"), ("o dobro", "dobro"), ("quase ½", "½")]
)
def test_shares_and_multiples_in_words_are_asked_about(new: str, said: str) -> None:
    bound = edited("a maior parcela", new)
    assert asked(bound) == [("number-new", said)]
    assert bound.literals == (said,)


def test_what_the_issued_words_say_already_is_no_question() -> None:
    block = issued("Mais de metade ([62,3%|share(S)]) recebia a pensão mínima.")
    assert bind([block], "Mais de metade deles (62,3%) recebia a pensão mínima.", (), BY["pt"]).queries == ()
    again = bind([block], "Mais de metade (62,3%) recebia a pensão mínima, metade da máxima.", (), BY["pt"])
    assert asked(again) == [("number-new", "metade")]


def test_names_that_change_places_beside_their_figures_are_asked_about() -> None:
    bound = edited("à sobrevivência (62,3%), seguida da velhice", "à velhice (62,3%), seguida da sobrevivência")
    assert asked(bound) == [("number-swapped", "velhice (62,3%) … sobrevivência (36,4%) e da")]
    turned = edited(
        "à sobrevivência (62,3%), seguida da velhice (36,4%) e da invalidez",
        "à velhice (62,3%), seguida da invalidez (36,4%) e da sobrevivência",
    )
    assert [kind for kind, _ in asked(turned)] == ["number-swapped"]
    years = issued("De [116 000|P@2023] em <2023> passou-se para [124 488|P@2024] em <2024>.")
    bound = bind([years], "De 116 000 em 2024 passou-se para 124 488 em 2023.", (), BY["pt"])
    assert "number-swapped" in [kind for kind, _ in asked(bound)]


@pytest.mark.parametrize(
    "said",
    [
        "A invalidez (1,3%) e a velhice (36,4%) ficam atrás da sobrevivência (62,3%), entre 124 488 pensionistas em 2024.",
        "Em 2024 havia 124 488 pensionistas: 62,3% por sobrevivência, 36,4% por velhice e 1,3% por invalidez.",
        "Dos 124 488 pensionistas de 2024, a sobrevivência leva 62,3%; seguem-se a velhice, com 36,4%, e a invalidez, com 1,3%.",
    ],
)
def test_names_that_go_with_their_figures_are_no_question(said: str) -> None:
    assert bind([BLOCK], said, (), BY["pt"]).queries == ()


def test_a_figure_is_never_printed_backwards_nor_with_another_unit() -> None:
    assert edited("124 488", "\u202e124 488\u202c").text == as_issued([BLOCK], BY["pt"])
    assert asked(edited("62,3%", "62,3‰")) == [("number-changed", "62,3‰")]
