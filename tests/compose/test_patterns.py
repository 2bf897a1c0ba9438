"""Every sentence pattern in both languages: grammar, agreement, money, points, and the same numbers from the same facts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from words_bench import LOCALES, PATTERNS, contexts, numbers, places, rendered, said, series, value_of

from bulletin.compose.functions import PATTERNS as NAMES
from bulletin.compose.narrative import load_patterns
from bulletin.compose.places import place_words
from bulletin.model.country import PlaceName
from bulletin.model.phrasing import RELATIONS
from bulletin.shipped import shipped
from factories import row

P = '{{ change("PEOPLE") }}'

SENTENCES: list[tuple[str, tuple[dict[str, Any], ...], str, str]] = [
    ('{{ level("PEOPLE") }}', series("PEOPLE", {2024: 124598}),
     "Em 2024, o número de pensionistas era de 124 598.", "In 2024, the number of pensioners stood at 124,598."),
    ('{{ level("PEOPLE", ref_area="MZ-Q", sex="F") }}', (row("PEOPLE", 2345, 2024, ref_area="MZ-Q", sex="F"),),
     "Em 2024, o número de pensionistas (mulheres) na Zambézia era de 2345.", "In 2024, the number of pensioners (women) in Zambézia stood at 2,345."),
    ('{{ level("SPENDING") }}', series("SPENDING", {2024: 3.403e9}),
     "Em 2024, as despesas ascenderam a 3,4 mil milhões de meticais.", "In 2024, benefits paid amounted to MZN 3.4 billion."),
    ('{{ level("PEOPLE") }}', series("PEOPLE", {2024: 1_000_000}),
     "Em 2024, o número de pensionistas era de 1 milhão.", "In 2024, the number of pensioners stood at 1 million."),
    ('{{ level("PEOPLE") }}', series("PEOPLE", {"2024-S1": 999_600}),
     "No 1.º semestre de 2024, o número de pensionistas era de 999 600.", "In half-year 1 of 2024, the number of pensioners stood at 999,600."),
    (P, series("PEOPLE", {2023: 100_000, 2024: 107_700}),
     "O número de pensionistas aumentou 7,7% entre 2023 e 2024, passando de 100 000 para 107 700.",
     "The number of pensioners rose by 7.7% between 2023 and 2024, from 100,000 to 107,700."),
    ('{{ change("SPENDING") }}', series("SPENDING", {2023: 4e9, 2024: 3.4e9}),
     "As despesas diminuíram 15,0% entre 2023 e 2024, passando de 4,0 mil milhões para 3,4 mil milhões de meticais.",
     "Benefits paid fell by 15.0% between 2023 and 2024, from MZN 4.0 billion to MZN 3.4 billion."),
    ('{{ change("RATE") }}', series("RATE", {2023: 14.8, 2024: 22.1}),
     "A taxa de cobertura aumentou 7,3 pontos percentuais face a 2023, para 22,1% em 2024.",
     "The coverage rate rose by 7.3 percentage points compared with 2023, to 22.1% in 2024."),
    ('{{ change("RATE") }}', series("RATE", {2023: 21.1, 2024: 22.1}),
     "A taxa de cobertura aumentou 1,0 ponto percentual face a 2023, para 22,1% em 2024.",
     "The coverage rate rose by 1.0 percentage point compared with 2023, to 22.1% in 2024."),
    ('{{ change("RATE") }}', series("RATE", {2023: 21.9, 2024: 22.1}),
     "Em 2024, a taxa de cobertura manteve-se praticamente inalterada face a 2023 (22,1%).",
     "In 2024, the coverage rate was broadly unchanged from 2023 (22.1%)."),
    ('{{ change("SPENDING") }}', series("SPENDING", {2023: 5e9, 2024: 5e9}),
     "Em 2024, as despesas mantiveram-se inalteradas face a 2023 (5,0 mil milhões de meticais).",
     "In 2024, benefits paid were unchanged from 2023 (MZN 5.0 billion)."),
    (P, series("PEOPLE", {2019: 50_000, 2024: 101_000}),
     "O número de pensionistas mais do que duplicou entre 2019 e 2024, passando de 50 000 para 101 000.",
     "The number of pensioners more than doubled between 2019 and 2024, from 50,000 to 101,000."),
    (P, series("PEOPLE", {2015: 1200, 2024: 9000}),
     "O número de pensionistas passou de 1200 em 2015 para 9000 em 2024, 7,5 vezes o valor inicial.",
     "The number of pensioners went from 1,200 in 2015 to 9,000 in 2024, 7.5 times the initial figure."),
    (P, series("PEOPLE", {2023: 12, 2024: 31}),
     "O número de pensionistas passou de 12 em 2023 para 31 em 2024.", "The number of pensioners went from 12 in 2023 to 31 in 2024."),
    (P, (row("PEOPLE", 100_000, 2023), row("PEOPLE", 110_000, 2024, obs_status="P")),
     "O número de pensionistas aumentou 10,0% entre 2023 e 2024, passando de 100 000 para 110 000 (valor provisório).",
     "The number of pensioners rose by 10.0% between 2023 and 2024, from 100,000 to 110,000 (provisional)."),
    (P, (row("PEOPLE", 100_000, 2023), row("PEOPLE", 160_000, 2024, obs_status="B")),
     ("Em 2024, o número de pensionistas situou-se em 160 000; devido a uma quebra de série em 2024, este valor não é diretamente"
     " comparável com o de 2023."),
     ("In 2024, the number of pensioners stood at 160,000; because of a break in the series in 2024, this figure is not directly"
     " comparable with that for 2023.")),
    ('{{ span("PEOPLE") }}', series("PEOPLE", {2020: 100_000, 2022: 105_000, 2024: 121_551}),
     "O número de pensionistas aumentou em média 5,0% por ano entre 2020 e 2024, de 100 000 para 121 551.",
     "The number of pensioners rose by 5.0% a year on average between 2020 and 2024, from 100,000 to 121,551."),
    ('{{ streak("PEOPLE") }}', series("PEOPLE", {2020: 100, 2021: 110, 2022: 120, 2023: 130, 2024: 140}),
     "Em 2024, o número de pensionistas aumentou pelo 4.º ano consecutivo, para 140.",
     "In 2024, the number of pensioners rose for the 4th year in a row, to 140."),
    ('{{ streak("PEOPLE") }}', series("PEOPLE", {2020: 100, 2021: 110, 2022: 120, 2023: 130, 2024: 100}),
     "Em 2024, o número de pensionistas diminuiu para 100, após três anos consecutivos de aumento.",
     "In 2024, the number of pensioners fell to 100, after three consecutive years of growth."),
    ('{{ record("RATE") }}', series("RATE", {2020: 10.0, 2021: 9.0, 2022: 11.0, 2023: 10.5, 2024: 12.0}),
     "Em 2024, a taxa de cobertura atingiu 12,0%, o valor mais elevado da série iniciada em 2020.",
     "In 2024, the coverage rate reached 12.0%, the highest value in the series, which begins in 2020."),
    ('{{ share("PEOPLE", part={"sex": "F"}) }}', (row("PEOPLE", 1000, 2024), row("PEOPLE", 331, 2024, sex="F")),
     "Em 2024, as mulheres representavam quase um terço (33,1%) do número de pensionistas.",
     "In 2024, women accounted for nearly one third (33.1%) of the number of pensioners."),
    ('{{ share("PEOPLE", part={"ref_area": "MZ-A"}) }}', (row("PEOPLE", 1000, 2024), row("PEOPLE", 374, 2024, ref_area="MZ-A")),
     "Em 2024, o Niassa concentrava 37,4% do número de pensionistas.", "In 2024, Niassa accounted for 37.4% of the number of pensioners."),
    ('{{ ranking("RATE") }}', places("RATE", [30.1, 20, 14.9, 21, 22, 23, 24, 25, 26, 35.2, 41.3], 24.0),
     ("Em 2024, a taxa de cobertura era mais elevada na cidade de Maputo (41,3%), na província de Maputo (35,2%) e no Niassa (30,1%)"
     " e mais baixa em Nampula (14,9%)."),
     ("In 2024, the coverage rate was highest in Maputo City (41.3%), Maputo Province (35.2%) and Niassa (30.1%), and lowest in"
     " Nampula (14.9%).")),
    ('{{ spread("RATE") }}', places("RATE", [30.1, 20, 14.9, 21, 22, 23, 24, 25, 26, 35.2, 41.3], 24.0),
     "Em 2024, a taxa de cobertura variava entre 14,9% em Nampula e 41,3% na cidade de Maputo, uma diferença de 26,4 pontos percentuais.",
     "In 2024, the coverage rate ranged from 14.9% in Nampula to 41.3% in Maputo City, a gap of 26.4 percentage points."),
    ('{{ above_average("RATE") }}', places("RATE", [30.1, 20, 14.9, 21, 22, 23, 24, 20, 20, 35.2, 41.3], 24.0),
     ("Em 2024, a taxa de cobertura era superior à média nacional (24,0%) em 3 das 11 províncias (cidade de Maputo, província de"
     " Maputo e Niassa)."),
     ("In 2024, the coverage rate was above the national average (24.0%) in 3 of the 11 provinces (Maputo City, Maputo Province"
     " and Niassa).")),
    ('{{ partial("RATE") }}', places("RATE", [30.1, None, 14.9, 21, 22, 23, 24, 20, 20, 35.2, None], 24.0),
     "Não há dados de 2024 sobre a taxa de cobertura para 2 das 11 províncias (Cabo Delgado e cidade de Maputo).",
     "There are no data for 2024 on the coverage rate in 2 of the 11 provinces (Cabo Delgado and Maputo City)."),
    ('{{ composition("PEOPLE", by="ref_area") }}', places("PEOPLE", [200, 100, 50, 50, 50, 50, 50, 50, 50, 50, 300], 1000),
     ("Em 2024, a maior parcela do número de pensionistas cabia à cidade de Maputo (30,0%), seguida do Niassa (20,0%) e de Cabo Delgado"
     " (10,0%)."),
     ("In 2024, Maputo City had the largest share of the number of pensioners (30.0%), followed by Niassa (20.0%) and Cabo Delgado"
     " (10.0%).")),
    ('{{ sex_gap("RATE") }}', (row("RATE", 18.9, 2024, sex="F"), row("RATE", 25.1, 2024, sex="M")),
     "Em 2024, a taxa de cobertura era de 18,9% entre as mulheres, menos 6,2 pontos percentuais do que entre os homens (25,1%).",
     "In 2024, the coverage rate was 18.9% among women, 6.2 percentage points lower than among men (25.1%)."),
    ('{{ sex_gap("RATE") }}', (row("RATE", 18.94, 2024, sex="F"), row("RATE", 25.06, 2024, sex="M")),
     "Em 2024, a taxa de cobertura era de 18,9% entre as mulheres, menos 6,1 pontos percentuais (antes de arredondar) do que entre os homens (25,1%).",
     "In 2024, the coverage rate was 18.9% among women, 6.1 percentage points lower than among men (25.1%) before rounding."),
    ('{{ target("RATE", "TARGET") }}', (row("RATE", 27.0, 2024), row("TARGET", 28.0, 2024)),
     "Em 2024, a taxa de cobertura situou-se em 27,0% e ficou 1,0 ponto percentual abaixo da meta de 28,0% fixada para esse ano.",
     "In 2024, the coverage rate stood at 27.0%, which is 1.0 percentage point below the target of 28.0% set for that year."),
    ('{{ sex_gap("AVERAGE") }}', (row("AVERAGE", 4000, 2024, sex="F"), row("AVERAGE", 5000, 2024, sex="M")),
     "Em 2024, a prestação média era de 4000 meticais entre as mulheres, menos 20,0% do que entre os homens (5000 meticais).",
     "In 2024, the average benefit was MZN 4,000 among women, 20.0% lower than among men (MZN 5,000)."),
    ('{{ comparison("RATE", a={"ref_area": "MZ-A"}, b={"ref_area": "MZ-Q"}) }}',
     (row("RATE", 10.0, 2024, ref_area="MZ-A"), row("RATE", 12.5, 2024, ref_area="MZ-Q")),
     "Em 2024, a taxa de cobertura foi de 10,0% no Niassa e de 12,5% na Zambézia, uma diferença de 2,5 pontos percentuais.",
     "In 2024, the coverage rate was 10.0% in Niassa and 12.5% in Zambézia, a difference of 2.5 percentage points."),
    ('{{ levels("RATE", "RATE", a={"ref_area": "MZ-A"}, b={"ref_area": "MZ-Q"}, here="x", there="y") }}',
     (row("RATE", 10.0, 2024, ref_area="MZ-A", obs_status="E"), row("RATE", 12.5, 2024, ref_area="MZ-Q", obs_status="E")),
     "Em 2024, a taxa de cobertura era de 10,0% x e de 12,5% y (estimativas).",
     "In 2024, the coverage rate was 10.0% x and 12.5% y (both estimates)."),
    ('{{ levels("RATE", "RATE", a={"ref_area": "MZ-A"}, b={"ref_area": "MZ-Q"}, here="x", there="y") }}',
     (row("RATE", 10.0, 2023, ref_area="MZ-A", obs_status="E"), row("RATE", 12.5, 2024, ref_area="MZ-Q")),
     "A taxa de cobertura era de 10,0% (estimativa) x em 2023 e de 12,5% y em 2024.",
     "The coverage rate was 10.0% (estimate) x in 2023 and 12.5% y in 2024."),
    ('{{ levels("RATE", "RATE", a={"ref_area": "MZ-A"}, b={"ref_area": "MZ-Q"}, here="x", there="y") }}',
     (row("RATE", 12.5, 2024, ref_area="MZ-Q"),),
     "Em 2024, a taxa de cobertura era de 12,5% y.", "In 2024, the coverage rate was 12.5% y."),
    ('{{ coverage("PEOPLE", "RATE", persons="pessoas recebiam", population="da população") }}',
     (row("PEOPLE", 1, 2024), row("RATE", 27.0, 2024)),
     "Em 2024, o número de pensionistas foi de 1 e a taxa de cobertura situou-se em 27,0%.",
     "In 2024, the number of pensioners was 1 and the coverage rate stood at 27.0%."),
    ('{{ level("SPENDING") }}', (row("SPENDING", 1e9, 2024),),
     "Em 2024, as despesas ascenderam a mil milhões de meticais.", "In 2024, benefits paid amounted to MZN 1 billion."),
    ('{{ coverage("PEOPLE", "RATE") }}', (row("PEOPLE", 2_113_456, 2024), row("RATE", 27.0, 2024)),
     "Em 2024, o número de pensionistas foi de 2,11 milhões e a taxa de cobertura situou-se em 27,0%.",
     "In 2024, the number of pensioners was 2.11 million and the coverage rate stood at 27.0%."),
    ('{{ money_gdp("SPENDING", "RATE") }}', (row("SPENDING", 47.7e9, 2024), row("RATE", 2.8, 2024)),
     "Em 2024, as despesas ascenderam a 47,7 mil milhões de meticais, o equivalente a 2,8% do PIB.",
     "In 2024, benefits paid amounted to MZN 47.7 billion, equivalent to 2.8% of GDP."),
    ('{{ real_change("SPENDING", "CPI") }}', (*series("SPENDING", {2023: 1e9, 2024: 1.1e9}), *series("CPI", {2023: 100, 2024: 120})),
     "As despesas aumentaram 10,0% em termos nominais entre 2023 e 2024, mas, descontada a inflação, diminuíram 8,3%.",
     "Benefits paid rose by 10.0% in nominal terms between 2023 and 2024, but after inflation they fell by 8.3%."),
    ('{{ balance("REVENUE", "SPENDING") }}', (row("REVENUE", 3e9, 2024), row("SPENDING", 3.45e9, 2024)),
     "Em 2024, as despesas (3,45 mil milhões de meticais) excederam a receita (3,00 mil milhões de meticais) em 450 milhões de meticais.",
     "In 2024, benefits paid (MZN 3.45 billion) exceeded revenue (MZN 3.00 billion) by MZN 450 million."),
    ('{{ ratio("RATIO", many="x", one="y") }}', series("RATIO", {2024: 13.62}),
     "Em 2024, havia 13,6 x por cada y.", "In 2024, there were 13.6 x for each y."),
    ('{{ adequacy("AVERAGE", "WAGE") }}', (row("AVERAGE", 540, 2024), row("WAGE", 4390, 2024)),
     "Em 2024, a prestação média foi de 540 meticais, o equivalente a 12,3% do salário mínimo.",
     "In 2024, the average benefit was MZN 540, equivalent to 12.3% of the minimum wage."),
    ('{{ contribution("PEOPLE", by="sex") }}',
     (*series("PEOPLE", {2023: 1000, 2024: 1200}), *series("PEOPLE", {2023: 400, 2024: 550}, sex="F"),
      *series("PEOPLE", {2023: 600, 2024: 650}, sex="M")),
     "As mulheres representaram 75,0% do aumento do número de pensionistas entre 2023 e 2024.",
     "Women accounted for 75.0% of the rise in the number of pensioners between 2023 and 2024."),
    ('{{ target("RATE", "TARGET") }}', (row("RATE", 27.0, 2024), row("TARGET", 28.0, 2029)),
     "Em 2024, a taxa de cobertura situou-se em 27,0%; falta 1,0 ponto percentual para a meta de 28,0% fixada para 2029.",
     "In 2024, the coverage rate stood at 27.0%, which is 1.0 percentage point short of the target of 28.0% set for 2029."),
    ('{{ breaks("PEOPLE") }}', (row("PEOPLE", 10, 2021), row("PEOPLE", 20, 2022, obs_status="B;P")),
     ("Os dados relativos ao número de pensionistas apresentam uma quebra de série em 2022: a partir dessa data não são diretamente"
     " comparáveis com os anteriores."),
     ("Data on the number of pensioners have a break in the series in 2022: from then on they are not directly comparable with earlier"
     " data.")),
    ('{{ provisional("RATE") }}', (row("RATE", 10, 2024, obs_status="P"),),
     "Os dados de 2024 relativos à taxa de cobertura são provisórios.", "Data for 2024 on the coverage rate are provisional."),
    ('{{ small("CASES") }}', (row("CASES", 12, 2024),),
     "Em 2024, o número de casos era reduzido (12), pelo que as variações devem ser lidas com prudência.",
     "In 2024, the number of cases was small (12), so changes should be read with care."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows", "pt", "en"), SENTENCES)
def test_sentence(text: str, rows: tuple[dict[str, Any], ...], pt: str, en: str) -> None:
    assert said(text, *rows) == {"pt": pt, "en": en}


def test_every_pattern_has_a_sentence_here() -> None:
    """But the one that needs an earlier edition, which tests/archive has."""
    assert {name for name in NAMES if any(f"{name}(" in s[0] for s in SENTENCES)} == set(NAMES) - {"revised"}


@pytest.mark.parametrize(("text", "rows"), [s[:2] for s in SENTENCES])
def test_same_numbers_from_the_same_facts_in_every_variant(text: str, rows: tuple[dict[str, Any], ...]) -> None:
    both = contexts(*rows)
    for filler in range(3):
        lines = "\n".join(['{{ small("INFLATION") }}'] * filler + [text])
        found = {language: numbers(rendered(lines, c)[0]) for language, c in both.items()}
        facts = {language: sorted(n.fact for n in ns) for language, ns in found.items()}
        assert facts["pt"] == facts["en"]
        assert all(ns for ns in found.values()) or not any(found.values())
        values = {language: sorted(value_of(n.text, LOCALES[language]) for n in ns) for language, ns in found.items()}
        assert values["pt"] == values["en"]


@pytest.mark.parametrize(("text", "rows"), [s[:2] for s in SENTENCES])
def test_titles_are_sentences_too(text: str, rows: tuple[dict[str, Any], ...]) -> None:
    found = {language: rendered(text, c, "chart.x")[0] for language, c in contexts(*rows).items()}
    assert sorted(n.fact for n in numbers(found["pt"])) == sorted(n.fact for n in numbers(found["en"]))
    for title in (said_of(found[language])[0] for language in found):
        assert title[0].isupper()
        assert not title.endswith(".")
        assert "None" not in title
        assert "  " not in title


def test_titles_say_less() -> None:
    both = contexts(
        *places("RATE", [30.1, 20, 14.9, 21, 22, 23, 24, 25, 26, 35.2, 41.3], 24.0),
        *series("PEOPLE", {2023: 100_000, 2024: 107_700}),
    )
    titles = {
        language: [said_of(rendered(t, c, "chart.x")[0])[0] for t in ('{{ ranking("RATE") }}', P)] for language, c in both.items()
    }
    assert titles == {
        "pt": ["A taxa de cobertura é mais elevada na cidade de Maputo (41,3%)",
               "O número de pensionistas aumentou 7,7% entre 2023 e 2024"],
        "en": ["The coverage rate is highest in Maputo City (41.3%)",
               "The number of pensioners rose by 7.7% between 2023 and 2024"],
    }  # fmt: skip


def test_macros_have_the_same_names_and_arguments() -> None:
    signatures = {}
    for language, context in contexts().items():
        module = load_patterns(context)
        signatures[language] = {n: getattr(module, n).arguments for n in dir(module) if hasattr(getattr(module, n), "arguments")}
    assert signatures["pt"] == signatures["en"]
    titles = {n for n in signatures["pt"] if n.endswith("_title")}
    assert {n.removesuffix("_title") for n in titles} <= set(NAMES)
    assert set(signatures["pt"]) - titles == {*NAMES, "figure"}


def test_macros_hold_no_digits() -> None:
    for source in PATTERNS.values():
        words = re.sub(r"\{[#{%].*?[#}%]\}", "", source, flags=re.DOTALL)
        assert not re.search(r"\d", words)


amounts = st.one_of(st.just(0.0), st.floats(-5e12, 5e12, allow_nan=False), st.integers(-2000, 2_000_000).map(float))


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(["PEOPLE", "RATE", "SPENDING", "AVERAGE", "RATIO", "CPI"]),
    values=st.lists(amounts, min_size=6, max_size=6),
    status=st.sampled_from(["A", "P", "E", "F"]),
)
def test_no_leftovers_whatever_the_values(name: str, values: list[float], status: str) -> None:
    rows = [row(name, v, 2019 + i, obs_status=status) for i, v in enumerate(values)]
    text = "\n".join(f'{{{{ {p}("{name}") }}}}' for p in ("level", "change", "span", "streak", "record", "provisional", "small"))
    both = contexts(*rows)
    counts = set()
    for context in both.values():
        blocks, findings = rendered(text, context)
        assert not findings
        sentence = " ".join(n.text for n in numbers(blocks))
        assert "None" not in sentence
        printed = "".join(said_of(blocks))
        for leftover in ("None", "  ", " .", " ,", "()", "{{", "undefined", "−0 ", "\ue000"):
            assert leftover not in printed.replace("\u00a0", " ")
        assert printed.endswith(".")
        counts.add(tuple(sorted(n.fact for n in numbers(blocks))))
    assert len(counts) == 1


def said_of(blocks: Any) -> list[str]:
    from words_bench import words

    return [words(b) for b in blocks]


def _places() -> list[tuple[str, PlaceName]]:
    found = []
    for file in sorted(Path(shipped("config", "countries")).glob("*.yaml")):
        tree = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        for entry in (tree["place"], *tree["subdivisions"]):
            wanted = {k: entry[k] for k in ("code", "name", "inside", "article", "kind") if k in entry}
            found.append((file.stem, PlaceName(**wanted)))
    return found


def test_contractions_of_all_places_of_the_six_countries() -> None:
    forms = {"": "em", "m": "no", "f": "na", "mp": "nos", "fp": "nas"}
    known = {}
    for country, place in _places():
        words = place_words(place, LOCALES["pt"])
        known[place.code] = words
        assert words.at.startswith(forms[place.article.get("pt", "")] + " "), country
        for relation in RELATIONS:
            text = words.relation(relation)
            assert text == text.strip()
            assert not re.search(r"\b(em|de|a|por) (o|a|os|as) [A-ZÁÉÍÓÚ]", text)
            assert "None" not in text
            assert text.endswith(place_words(place, LOCALES["pt"]).name)
        assert place_words(place, LOCALES["en"]).at.startswith("in ")
    assert (known["MZ-A"].at, known["MZ-Q"].of, known["MZ-G"].at, known["MZ-MPM"].to) == (
        "no Niassa", "da Zambézia", "em Gaza", "à cidade de Maputo",
    )  # fmt: skip
    assert {known["MZ"].at, known["AO"].at, known["CV"].at, known["GW"].at, known["ST"].at, known["TL"].at} == {
        "em Moçambique", "em Angola", "em Cabo Verde", "na Guiné-Bissau", "em São Tomé e Príncipe", "em Timor-Leste",
    }  # fmt: skip
    typed = PlaceName("x", {"pt": "Oio", "en": "Oio"}, article={"pt": "typed"}, kind={"pt": "região", "en": "region"})
    assert (place_words(typed, LOCALES["pt"]).at, place_words(typed, LOCALES["pt"]).by) == (
        "na região de Oio",
        "pela região de Oio",
    )


def test_an_illustrative_sentence_is_marked_as_a_whole_and_not_only_its_last_figure() -> None:
    women, men = (row("RATE", value, 2024, sex=sex, illustrative=True) for sex, value in (("F", 18.9), ("M", 25.1)))
    found = said('{{ sex_gap("RATE") }}', women, men)
    assert found["pt"].endswith("(25,1%), segundo dados ilustrativos.")
    assert found["en"].endswith("(25.1%), according to illustrative data.")
    estimate = said('{{ level("RATE") }}', row("RATE", 18.9, 2024, obs_status="E", illustrative=True))
    assert estimate["pt"].endswith("18,9% (estimativa, com dados ilustrativos).")
    parts = [row("PEOPLE", value, 2024, sex=sex, obs_status="P", illustrative=True) for sex, value in (("_T", 1000), ("F", 374))]
    share = said('{{ share("PEOPLE", part={"sex": "F"}) }}', *parts)
    assert share["pt"] == "Em 2024 (dados provisórios e ilustrativos), as mulheres representavam 37,4% do número de pensionistas."
    assert share["en"] == "In 2024 (provisional and illustrative data), women accounted for 37.4% of the number of pensioners."


def test_one_of_a_currency_is_singular() -> None:
    one, half = (said('{{ level("AVERAGE") }}', row("AVERAGE", value, 2024)) for value in (1, 2))
    assert one["pt"] == "Em 2024, a prestação média foi de 1 metical."
    assert half["pt"] == "Em 2024, a prestação média foi de 2 meticais."
    assert one["en"] == "In 2024, the average benefit was MZN 1."
