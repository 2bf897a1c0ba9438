"""Every sentence pattern of every language, with every place of the six countries and numbers of every kind: nothing that a reader of
the language would strike out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from bulletin.compose.claims.statement import About, Figure, Item, Statement
from bulletin.compose.inline import Tokens
from bulletin.compose.wording import SubjectWish, Wording
from bulletin.compose.words import load_macros
from bulletin.load.lend import lend_texts
from bulletin.load.locale import make_locale
from bulletin.load.schema import validated
from bulletin.load.translations import lay_texts
from bulletin.load.yaml_text import Map, parse_yaml
from bulletin.model.codes import DIMENSIONS, TOTAL, ConfStatus
from bulletin.model.country import Country
from bulletin.model.fact import Fact
from bulletin.shipped import shipped
from factories import PORTUGUESE, shipped_pack
from factories import indicator as made

LANGUAGES = sorted(p.stem for p in shipped("config", "languages").glob("*.yaml"))
COUNTRIES = sorted(p.stem for p in shipped("config", "countries").glob("*.yaml"))
KNOWN = frozenset(LANGUAGES)
SUBJECTS = {
    "pt": {"ms": "o número de pensionistas", "fs": "a taxa de cobertura", "mp": "os pagamentos", "fp": "as despesas"},
    "en": {"ms": "the number of pensioners", "fs": "the coverage rate", "mp": "payments", "fp": "benefits paid"},
    "fr": {"ms": "le nombre de pensionnés", "fs": "l’indemnité moyenne", "mp": "les paiements", "fp": "les dépenses"},
    "tet": {"ms": "populasaun", "fs": "populasaun", "mp": "populasaun", "fp": "populasaun"},
}
OUTCOMES: dict[str, tuple[str, ...]] = {
    "level": ("stock", "flow", "money", "rate"),
    "change": (
        *("up", "down", "points_up", "points_down", "stable", "unchanged", "ratio_up", "ratio_down", "doubled", "tripled"),
        *("multiplied", "moved", "break", "insignificant"),
    ),
    "span": ("stable", "up", "points_down"),
    "streak": ("up", "down", "ended_up", "ended_down"),
    "record": ("highest", "lowest"),
    "real_change": ("up_up", "up_down", "up_stable", "down_up", "down_down", "down_stable"),
    "share": ("",), "composition": ("first", "tied"), "ranking": ("full", "partial", "partial_top"), "spread": ("points", "times"),
    "above_average": ("one", "several", "one_partial", "several_partial"), "contribution": ("share_up", "points_down"),
    "sex_gap": ("equal", "points_above", "percent_below"), "comparison": ("equal", "points", "percent"), "coverage": ("",),
    "money_gdp": ("",), "balance": ("surplus", "deficit", "even"), "ratio": ("",), "adequacy": ("",),
    "target": ("ahead_below", "missed_below", "missed_above", "ahead_above", "met", "passed"), "partial": ("one", "several"),
    "breaks": ("",),
    "provisional": ("provisional", "estimated", "forecast", "imputed", "differs", "unreliable", "unvalidated", "experimental"),
    "revised": ("",), "small": ("",),
}  # fmt: skip
PLACED = ("ranking", "composition", "comparison")
"""Patterns that name places: one outcome of each with all places, for the others four are enough."""
PERIODS = ("2024", "2024-S1", "2024-Q2", "2024-04")
NUMBERS = ("0", "1", "-1.5", "7", "45307", "1000000", "1500000", "2600000000")
WRONG = {
    "pt": r"\b(?:de|em) (?:o|os|as) \w|\b(?:por|a) (?:o|os) \w|(?<![\d,])1(?:,0)? (?:milhões|pontos|anos)\b|\bum mil\b",
    "en": r"\bthe the\b|\b(?:in|of) (?:in|of)\b|(?<![\d.])1(?:\.0)? (?:points|years)\b|\b(?:million|billion)s\b",
    "fr": r"\bde les?\b|\bà les?\b|\b(?:[DdLl]e|[Ll]a|[Qq]ue|[Nn]e) (?!onz|oui)[aeéèêiîoôuûœ]|(?<![\d,])[01](?:,\d)? (?:millions|milliards|points|ans)\b| [;:!?%]|'",
    "tet": r"\b(?:de|em|da|do) ",
}
"""What no sentence may hold, once its spaces that do not break are plain where a number or a unit follows."""
FEMININE = {
    "fr": r"(?<!pour )\b(?:resté|inchangé|passé|élevé|supérieur|réduit)(?=[ ,.])",
    "pt": r"(?<!valor mais )\b(?:inalterado|elevado|baixo|reduzido)s?\b(?! da série)",
}


def country(code: str, language: str) -> Country:
    path = shipped("config", "countries", f"{code}.yaml")
    tree = parse_yaml(path.read_bytes(), path.name).tree
    beside = shipped("config", "languages", language, "countries", f"{code}.yaml")
    if beside.is_file():
        texts = parse_yaml(beside.read_bytes(), beside.name).tree
        assert isinstance(tree, Map)
        assert isinstance(texts, Map)
        lay_texts(tree, texts, language, KNOWN)
    if shipped_pack(language).partial:
        lend_texts(tree, [language], ["pt"], KNOWN)
    found, faults = validated(Country, tree, ("", 0))
    assert found is not None, faults
    return found


def figure(value: str, form: str = "plain", scale: int = 0, unit: str = "PERS") -> Figure:
    fact = Fact("F.MZ@2024", "F", {}, "2024", 1.0, unit, (), ConfStatus.FREE, False, "", ())
    return Figure(fact, Decimal(value), form, scale, 1 if scale or form in ("percent", "points") else 0, unit)  # type: ignore[arg-type]


def sentences(language: str, land: Country) -> Iterator[tuple[str, str]]:
    """Every pattern and outcome with subjects, places and numbers in turn; the words of one are seen with each of the others."""
    pack = shipped_pack(language)
    locale = make_locale(pack, land, PORTUGUESE.signs)
    macros = load_macros(shipped("bulletin_templates", "narrative", language, "patterns.md.j2").read_text(encoding="utf-8"))
    places = [p.code for p in (*land.subdivisions, land.place)]
    turn = 0
    for name, outcomes in OUTCOMES.items():
        macro = getattr(macros, name, None)
        if macro is None:
            assert pack.partial
            continue
        for outcome in outcomes:
            for n, place in enumerate(
                places if outcome in outcomes[:1] and name in PLACED else places[: 4 if land.code == "AO" else 1]
            ):
                turn += 1
                tokens = Tokens()
                words = Wording(locale, land, {"F": made("F", subject={})}, {}, tokens)
                agrees = ("ms", "fs", "mp", "fp")[turn % 4]
                number, period = NUMBERS[turn % len(NUMBERS)], PERIODS[turn % 4]
                scale = 9 if len(number) > 9 else 6 if len(number) > 6 else 0
                amount, points = figure(number, "money" if scale else "plain", scale, "XDC"), figure(number[:2], "points")
                where = dict.fromkeys(DIMENSIONS, TOTAL) | {"ref_area": land.code}
                one, two = Item("ref_area", place, amount), Item("ref_area", places[n - 1], figure("12", "percent"))
                about = About("F", where)
                found = Statement(
                    name, outcome, about,
                    dict.fromkeys(("value", "old", "new", "before", "people", "amount", "revenue", "expenditure", "women", "men"), amount)
                    | dict.fromkeys(("delta", "gap", "growth", "nominal", "real"), points)
                    | {k: figure("12", "percent") for k in ("share", "rate", "aim")}
                    | {k: figure(str(turn % 13 + 1), "count") for k in ("known", "total")}
                    | {"count": figure("3", "ordinal" if name == "streak" else "count")},
                    {"when": period, "since": "2023" + period[4:], "changed": period, "due": period},
                    dict.fromkeys(("top", "low", "places"), (one, two)) | dict.fromkeys(("part", "high", "a", "first"), (one,)) | {"b": (two,)},
                    choices={"by": "ref_area", "hedge": "more" if turn % 2 else "", "fraction": "1/2" if turn % 3 else "", "note": ""},
                )  # fmt: skip
                wish = SubjectWish("", SUBJECTS[language][agrees], agrees)
                given: dict[str, Any] = words.arguments(found, wish)
                other = words.subject(about, wish)
                given |= dict.fromkeys(("whole", "spending", "rate_subject", "benchmark"), other) | {"variant": turn % 3}
                given |= dict.fromkeys(("of", "persons", "population", "many", "one", "reason"), "")
                low = {"low": given["b"]} if name == "spread" else {}
                for title in ("", "_title"):
                    said = getattr(macros, name + title, None)
                    if said is not None:
                        text = str(said(**{k: v for k, v in (given | low).items() if k in said.arguments}))
                        yield agrees, tokens.plain(locale.phrasing.fitted(text.strip()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_limps(language: str) -> None:
    heard = 0
    for code in COUNTRIES:
        for agrees, said in sentences(language, country(code, language)):
            if not said:
                assert shipped_pack(language).partial
                continue
            heard += 1
            text = re.sub(r"(?<=\d)\u00a0(?=\d)", "", said).replace("\u00a0:", ":").replace("\u00a0", " ")
            assert "  " not in text, text
            assert not re.search(r" [.,]|\bNone\b|[{}]|\(\)|\.\.", text), text
            assert re.fullmatch(r"[A-ZÀ-Ý].*\.", text), text
            assert not re.search(WRONG[language], text), text
            if agrees == "fs" and language in FEMININE and "mesma" not in text:
                assert not re.search(FEMININE[language], text), text
    assert heard > (10 if shipped_pack(language).partial else 700)
