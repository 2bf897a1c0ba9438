"""Narrative files: sentence units, bullets, Markdown, typed numbers, and everything a template may not do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from words_bench import contexts, numbers, rendered, said, series, template, words

from bulletin.compose.inline import Tokens, escaped, parse_inline
from bulletin.compose.narrative import check_chapter, render_chapter, render_inline
from bulletin.document.blocks import BulletList, Paragraph
from bulletin.document.inline import Emphasis, Literal, Number, Reference, Strong, Text, plain
from bulletin.errors import TemplateError

ROWS = series("PEOPLE", {2023: 100_000, 2024: 107_700})


def one(text: str, language: str = "pt") -> Paragraph:
    (block,), _ = rendered(text, contexts(*ROWS)[language])
    assert isinstance(block, Paragraph)
    return block


def literals(text: str) -> list[tuple[str, str]]:
    return [(p.text, p.kind) for p in one(text).content if isinstance(p, Literal)]


def test_a_line_with_a_missing_value_is_left_out_and_the_others_stay() -> None:
    text = 'Havia {{ value("PEOPLE") }} pensionistas.\nA taxa era de {{ value("RATE") }}.\nNada mais há a dizer.'
    assert said(text, *ROWS)["pt"] == "Havia 107 700 pensionistas. Nada mais há a dizer."


def test_a_silent_pattern_takes_its_introduction_with_it() -> None:
    assert said('Além disso, {{ change("RATE") }}', *ROWS)["pt"] == ""
    assert said('{{ change("RATE") }} {{ level("PEOPLE") }}', *ROWS)["pt"] == "O número de pensionistas era de 107 700 em 2024."


def test_conditions_on_one_line() -> None:
    text = '{% if has("RATE") %}Sim.{% else %}Não.{% endif %}'
    assert said(text, *ROWS)["pt"] == "Não."


def test_an_empty_paragraph_is_left_out() -> None:
    found, _ = render_chapter([template('{{ level("RATE") }}', "p.a"), template("Fica.", "p.b")], contexts(*ROWS)["pt"])
    assert list(found) == ["p.b"]


def test_remarks_on_figures_that_do_not_exist_are_left_out_of_shipped_texts() -> None:
    text = '{{ level("RATE") }}\nEstes valores vêm de um inquérito.'
    assert said(text, *ROWS)["pt"] == ""
    own = replace(template(text), own=True)
    assert "p.one" in render_chapter([own], contexts(*ROWS)["pt"])[0]


def test_bullets_keep_the_ids_of_their_lines() -> None:
    (block,), _ = rendered('- Um ponto.\n- {{ level("RATE") }}\n- {{ level("PEOPLE") }}\n  Mais texto.', contexts(*ROWS)["pt"])
    assert isinstance(block, BulletList)
    assert [p.id for p in block.items] == ["p.one.1", "p.one.3"]
    assert words(block).endswith("era de 107\u00a0700 em 2024. Mais texto.")


def test_markdown_is_small() -> None:
    content = one("Um *grande* passo, **mesmo** a \\* b e c * d.").content
    assert [type(p) for p in content if not isinstance(p, Text)] == [Emphasis, Strong]
    assert plain(content) == "Um grande passo, mesmo a * b e c * d."


@given(st.text(alphabet="ab *\\_\ue000\ue010\ue001-", max_size=20))
def test_any_text_survives_escaping(text: str) -> None:
    clean = "".join(c for c in text if c < "\ue000")
    assert plain(parse_inline(escaped(clean), Tokens(), lambda _: None)) == clean


@given(st.text(alphabet="ab*\\ ", max_size=20))
def test_markup_never_fails(text: str) -> None:
    parse_inline(text, Tokens(), lambda _: None)


def test_inserted_words_are_not_markdown() -> None:
    assert one('{{ lit("12*3*4") }}').content == (Literal("12*3*4", "legal"),)
    assert plain(one('{{ label("sex", "F") }}, ver {{ when("2024-06") }}.').content) == "Mulheres, ver Junho de 2024."


def test_numbers_are_facts_with_their_words() -> None:
    (number,) = numbers((one('Havia {{ value("PEOPLE") }} pensionistas.'),))
    assert number == Number("107\u00a0700", "PEOPLE.MZ@2024")


def test_years_laws_and_ages_are_literals() -> None:
    assert literals("Desde 2019 e em 2015–2024.") == [("2019", "period"), ("2015–2024", "period")]
    assert literals("A Lei n.º 4/2007, de 7 de Fevereiro, e o Decreto 51/2017.") == [
        ("Lei n.º 4/2007, de 7 de Fevereiro", "legal"), ("Decreto 51/2017", "legal"),
    ]  # fmt: skip
    assert literals("A Convenção n.º 102 e a Recomendação n.º 202 da OIT; o ODS 1.3.1.") == [
        ("Convenção n.º 102", "legal"), ("Recomendação n.º 202", "legal"), ("ODS 1.3.1", "code"),
    ]  # fmt: skip
    assert literals("Pessoas com 60 anos, crianças de 0-2 anos, 60 ou mais anos.") == [
        ("60 anos", "age"), ("0-2 anos", "age"), ("60 ou mais anos", "age"),
    ]  # fmt: skip
    assert literals("A população dos 15 aos 64 anos.") == [("15 aos 64 anos", "age")]
    assert literals("Durante a COVID-19 e a 31 de Dezembro de 2024.") == [
        ("COVID-19", "code"),
        ("31 de Dezembro de 2024", "period"),
    ]


@pytest.mark.parametrize(
    "text", ["people aged 60 and over", "Law No. 4/2007", "children under 5", "Convention No. 102", "SDG 1.3.1", "in 2024"]
)
def test_english_literals_are_recognised(text: str) -> None:
    _, findings = rendered(text, contexts()["en"])
    assert findings == ()


@pytest.mark.parametrize("typed", ["124 598", "12,3%", "45.307", "15"])
def test_a_number_typed_by_hand_is_reported_with_its_line(typed: str) -> None:
    _, findings = rendered(f"Primeira linha.\nHavia {typed} pensionistas.", contexts(*ROWS)["pt"])
    (found,) = findings
    assert (found.rule, found.place.file, found.place.cell) == ("unbound-number", "text/pt/test.md", "11")
    assert found.parameters["number"] == typed


def test_a_number_in_an_argument_is_reported_too() -> None:
    _, findings = rendered('{{ level("PEOPLE", who="das 15 delegações") }}', contexts(*ROWS)["pt"])
    assert [f.rule for f in findings] == ["unbound-number"]


def test_things_are_counted_in_words_that_agree_with_them() -> None:
    """Places of the country, codes of a list, codes with a value (a fact), stubs of a table, and a number that a rule fixes."""
    rows = (*ROWS, *series("PEOPLE", {2024: 60_000}, sex="F"), *series("PEOPLE", {2024: 47_700}, sex="M"))
    text = 'São {{ count("sex", "f", ind="PEOPLE") }} partes, {{ count("sex") }} sexos, {{ count("ref_area", "f") }} províncias e {{ count(1, "f") }} lei.'
    assert said(text, *rows)["pt"] == "São duas partes, dois sexos, 11 províncias e uma lei."
    (block,), _ = rendered(text, contexts(*rows)["en"])
    (fact,) = numbers((block,))
    assert fact.fact == "count_known(PEOPLE.MZ.sex=M@2024, PEOPLE.MZ.sex=F@2024)"
    assert [(p.text, p.kind) for p in block.content if isinstance(p, Literal)] == [
        ("two", "edition"),
        ("11", "edition"),
        ("one", "label"),
    ]  # type: ignore[union-attr]
    counted = replace(contexts()["pt"], lists={"branches": ("C102, velhice", "C102, doença", "R202, crianças")})
    assert words(rendered('{{ count("branches", begins="C102") }} ramos', counted)[0][0]) == "dois ramos"
    assert rendered('{{ count("other") }} ramos', counted)[0] == ()


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("{% set x = 1 %}", "template-refused"),
        ('{{ value("PEOPLE") ~ "x" }}', "template-refused"),
        ("{{ 1 + 1 }}", "template-refused"),
        ("{{ -1 }}", "template-refused"),
        ('{{ value("PEOPLE")|upper }}', "template-refused"),
        ('{% import "x" as y %}', "template-refused"),
        ('{% include "x" %}', "template-refused"),
        ("{{ value.__globals__ }}", "template-refused"),
        ('{{ value("PEOPLE")[0] }}', "template-refused"),
        ("{% macro a() %}x{% endmacro %}", "template-refused"),
        ("{{ config }}", "template-unknown-function"),
        ('{{ valeu("PEOPLE") }}', "template-unknown-function"),
        ('{{ value("PEOPL") }}', "template-unknown-indicator"),
        ('{{ value("PEOPLE", sex="X") }}', "template-unknown-code"),
        ('{{ value("PEOPLE", colour="X") }}', "template-argument"),
        ("{{ value() }}", "template-argument"),
        ('{{ place("MZ-X") }}', "template-unknown-code"),
        ('{{ when("soon") }}', "template-argument"),
        ("{% if %}", "template-syntax"),
        ("{{ value(", "template-syntax"),
    ],
)
def test_refused(line: str, rule: str) -> None:
    with pytest.raises(TemplateError) as caught:
        rendered(f"Bem.\n{line}", contexts(*ROWS)["pt"])
    assert {(f.rule, f.place.cell) for f in caught.value.findings} == {(rule, "11")}


def test_all_faults_come_together_with_the_nearest_name() -> None:
    templates = [template('{{ valeu("PEOPLE") }}', "p.a"), template('{{ value("PEOPL") }}', "p.b")]
    context = contexts(*ROWS)["pt"]
    with pytest.raises(TemplateError) as caught:
        render_chapter(templates, context)
    assert [f.parameters["nearest"] for f in caught.value.findings] == ["value", "PEOPLE"]
    assert [f.rule for f in check_chapter(templates, context)] == [f.rule for f in caught.value.findings]


def test_chart_titles_lose_their_full_stop_and_count_for_the_chart() -> None:
    context = contexts(*ROWS)["pt"]
    content, _ = render_inline(template('{{ level("PEOPLE") }}', "chart.people"), context)
    assert plain(content).replace("\u00a0", " ") == "Em 2024, o número de pensionistas era de 107 700"
    assert context.facts.places("PEOPLE.MZ@2024") == ("people",)


def test_the_lede_belongs_to_its_chapter() -> None:
    context = contexts(*ROWS)["pt"]
    (block,), _ = rendered('{{ level("PEOPLE") }}', context, "lede")
    assert isinstance(block, Paragraph)
    assert block.role == "lede"
    assert context.facts.places("PEOPLE.MZ@2024") == ("test.lede",)


def test_references_wait_for_their_number() -> None:
    assert Reference("pensioners") in one('Ver {{ table("pensioners") }}.').content


def test_nothing_is_recorded_for_a_line_that_is_left_out() -> None:
    context = contexts(*ROWS)["pt"]
    rendered('{{ value("PEOPLE") }} e {{ value("RATE") }}.', context)
    assert context.facts.facts() == ()


def test_data_cannot_forge_a_token() -> None:
    text = plain(one('{{ lit("\ue000\ue010\ue001x") }}').content)
    assert text == "x"


def test_openings_rotate_and_are_the_same_on_every_run() -> None:
    text = "\n".join(['{{ change("PEOPLE") }}'] * 3)
    first, second = said(text, *ROWS), said(text, *ROWS)
    assert first == second
    openings = [s.split(" ")[0] for s in first["pt"].split(". ")]
    assert openings == ["O", "Entre", "Em"]


def test_titles_use_the_short_form_of_a_pattern() -> None:
    context = contexts(*ROWS)["pt"]
    whole, _ = rendered('{{ change("PEOPLE") }}', context)
    short, _ = render_inline(template('{{ change("PEOPLE") }}', "chart.people"), context)
    assert "passando de" in words(whole[0])
    assert plain(short) == "O número de pensionistas aumentou 7,7% entre 2023 e 2024"
