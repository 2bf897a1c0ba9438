"""Every sentence that the program can say, in every language, read against the grammar; and a pattern without figures says nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from every_sentence import COUNTRIES, GROUPED, LANGUAGES, OUTCOMES, Named, Said, forms, patterns, sentences
from grammar_rules import BANNED, faults
from words_bench import CODES, INDICATORS, said

from bulletin.compose.functions import PATTERNS
from bulletin.compose.wording import SubjectWords
from bulletin.shipped import shipped
from factories import row, shipped_pack

WHOLE = [language for language in LANGUAGES if not shipped_pack(language).partial]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("words")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_limps(language: str, folder: Path) -> None:
    wrong, heard = [], set()
    for sentence in sentences(language, folder):
        heard.add((sentence.pattern, sentence.outcome, sentence.title, sentence.variant, sentence.by))
        wrong += [f"{told} in: {sentence.text}" for told in faults(language, sentence)]
    assert wrong == []
    if language in WHOLE:
        assert len(COUNTRIES) == 6
        assert heard == set(forms(language))
        assert {pattern for pattern, *_ in heard} == set(PATTERNS)
    else:
        assert {pattern for pattern, *_ in heard} == {p for p in PATTERNS if f"macro {p}(" in patterns(language)} != set()


def test_all_outcomes_are_heard() -> None:
    """Those the patterns of a language ask for, and those that the claims decide."""
    known = {outcome for outcomes in OUTCOMES.values() for outcome in outcomes}
    for language in WHOLE:
        asked = set()
        for condition in re.findall(r"outcome (?:==|in) (\"\w+\"|\([^)]*\))", patterns(language)):
            asked |= set(re.findall(r"\"(\w+)\"", condition))
        assert asked <= known
    decided = set()
    for path in (shipped("config").parent / "src" / "bulletin" / "compose" / "claims").glob("*.py"):
        decided |= set(re.findall(r"Statement\(\s*\"\w+\", \"(\w+)\"", path.read_text(encoding="utf-8")))
    assert decided
    assert decided <= known


def test_every_language_has_the_same_second_forms() -> None:
    """Openings rotate alike in all of them."""
    assert len({tuple((name, title, variant) for name, _, title, variant, _ in forms(language)) for language in WHOLE}) == 1
    assert any(variant for *_, variant, _ in forms("fr"))
    assert set(GROUPED) <= set(PATTERNS)


SUBJECTS = {
    "pt": SubjectWords("a taxa", "A taxa", "da taxa", "à taxa", "f", "s"),
    "en": SubjectWords("the rate", "The rate", "of the rate", "to the rate", "n", "s"),
    "fr": SubjectWords("les dépenses", "Les dépenses", "des dépenses", "aux dépenses", "f", "p"),
}
RIGHT = {
    "pt": "Em 2024, a taxa era mais elevada no Niassa (1,0\u00a0ponto percentual) e mais baixa em Gaza (1,2\u00a0milhões de meticais).",
    "en": "In 2024, the rate was highest in Niassa (1.0\u00a0percentage point) and lowest in Gaza (MZN\u00a01.2\u00a0million).",
    "fr": "En 2024, les dépenses étaient les plus élevées dans le Niassa (1,9\u00a0point de pourcentage)\u202f; à Inhambane, "
    "2\u00a0millions de meticais, soit 12\u202f% d’une année.",
}
LIMPING = {
    "pt": (
        ("no Niassa", "em o Niassa"), ("no Niassa", "na Niassa"), ("no Niassa", "em Niassa"), ("em Gaza", "na Gaza"),
        ("ponto percentual", "pontos percentuais"), ("1,0\u00a0", "0,9\u00a0"), ("milhões", "milhão"), (" de meticais", " meticais"),
        ("elevada", "elevado"), ("baixa", "baixas"), ("era", "eram"), ("Em 2024", "em 2024"), (").", ")"), (").", ").."),
        (" (1,0", "  (1,0"), ("era mais", "era mais mais"), ("a taxa era", "{subject} era"), ("a taxa era", "se situou a taxa e era"),
        ("e mais", "que manteve-se e mais"), ("Em 2024", "Pelo 3º ano"), ("1,2\u00a0milhões", "um mil\u00a0milhões"),
        ("1,2\u00a0milhões de", "45\u00a0307 de"), ("(1,0", "1,0"), ("em Gaza", "em duas dos distritos"),
    ),
    "en": (
        ("percentage point", "percentage points"), ("1.0\u00a0percentage point", "0.5\u00a0percentage point"), ("was", "were"),
        ("MZN\u00a01.2\u00a0million", "1.2\u00a0million MZN"), ("million", "millions"), ("highest in", "highest in in"),
        ("the rate was", "a increase in the rate was"), ("and lowest", "an rise and lowest"), ("In 2024", "For the 22th year"),
        ("In 2024", "For the 11st year"), ("In 2024", "in 2024"), (").", "),."), ("highest", "None"), (" and", " , and"),
    ),
    "fr": (
        ("étaient", "était"), ("élevées", "élevés"), ("dans le Niassa", "en Niassa"), ("dans le Niassa", "à le Niassa"),
        ("à Inhambane", "dans l’Inhambane"), ("point de", "points de"), ("2\u00a0", "1,2\u00a0"),
        ("\u202f;", ";"), ("\u202f%", "\u00a0%"), ("d’une", "de une"), ("d’une", "d'une"), ("d’une", "d’trois"), ("de meticais", "meticais"),
        ("soit", "à les"), ("soit", "de le"), ("En 2024", "Au 2ème semestre"), ("En 2024", "Au 1e semestre"), ("soit", "que il"),
        ("soit", "soit :"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", LIMPING)
def test_what_limps_is_heard(language: str) -> None:
    named = (Named("Niassa", "" if language == "en" else "m"), Named("Inhambane" if language == "fr" else "Gaza", ""))
    subject = SUBJECTS[language]
    sentence = Said(RIGHT[language], "ranking", "all", False, 0, "ref_area", subject, replace(subject), named)
    assert set(LIMPING) == set(BANNED)
    assert faults(language, sentence) == []
    for right, limping in LIMPING[language]:
        assert right in RIGHT[language]
        assert faults(language, replace(sentence, text=RIGHT[language].replace(right, limping, 1))), limping


CALLS = {
    "level": '"PEOPLE"', "levels": '"RATE", "RATIO"', "change": '"PEOPLE"', "span": '"PEOPLE"', "streak": '"PEOPLE"', "record": '"PEOPLE"',
    "share": '"PEOPLE", part={"sex": "F"}', "composition": '"PEOPLE", by="sex"', "ranking": '"RATE"', "spread": '"RATE"',
    "above_average": '"RATE"', "sex_gap": '"RATE"', "coverage": '"PEOPLE", "RATE"', "money_gdp": '"SPENDING", "RATE"',
    "real_change": '"SPENDING", "CPI"', "balance": '"REVENUE", "SPENDING"', "ratio": '"RATIO"', "adequacy": '"AVERAGE", "WAGE"',
    "contribution": '"PEOPLE", by="sex"', "target": '"RATE", "TARGET"', "partial": '"RATE"', "breaks": '"PEOPLE"',
    "provisional": '"PEOPLE"', "revised": '"PEOPLE"', "small": '"PEOPLE"',
    "comparison": '"RATE", a={"sex": "F"}, b={"sex": "M"}',
}  # fmt: skip


def test_what_is_missing_is_not_spoken_of() -> None:
    """Neither as zero nor as a fall: every pattern is silent without its figures."""
    assert set(CALLS) == set(PATTERNS)
    where = [{}, {"sex": "F"}, {"sex": "M"}, *({"ref_area": code} for code in CODES)]
    rows = [
        row(i.id, None, year, obs_status="P" if year == 2024 else "O", **w)
        for i in INDICATORS
        for year in (2023, 2024)
        for w in where
    ]
    text = "\n".join(f"{{{{ {name}({arguments}) }}}}" for name, arguments in CALLS.items())
    assert said(text, *rows) == {"pt": "", "en": ""}
