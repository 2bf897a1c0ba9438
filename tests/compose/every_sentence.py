"""Every sentence that the patterns of a language can say: each outcome and form, with every place of six countries and every number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from bulletin.compose.claims.statement import _NOTES, About, Figure, Form, Item, shape
from bulletin.compose.inline import Tokens
from bulletin.compose.wording import SubjectWish, SubjectWords, Wording
from bulletin.compose.words import load_macros
from bulletin.load.lend import lend_texts
from bulletin.load.locale import make_locale
from bulletin.load.project import load_project
from bulletin.load.schema import validated
from bulletin.load.translations import lay_texts
from bulletin.load.yaml_text import Map, parse_yaml
from bulletin.model.codes import DIMENSIONS, TOTAL, ConfStatus
from bulletin.model.country import Country
from bulletin.model.fact import Fact
from bulletin.model.indicator import Kind
from bulletin.model.project import Project
from bulletin.shipped import shipped
from factories import PORTUGUESE, shipped_pack, small_project
from factories import indicator as made

LANGUAGES = sorted(p.stem for p in shipped("config", "languages").glob("*.yaml"))
COUNTRIES = sorted(p.stem for p in shipped("config", "countries").glob("*.yaml"))
OUTCOMES: dict[str, tuple[str, ...]] = {
    "level": ("stock", "flow", "money", "rate"),
    "levels": ("both", "apart", "first", "second"),
    "change": (
        *("up", "down", "points_up", "points_down", "stable", "unchanged", "ratio_up", "ratio_down", "doubled", "tripled"),
        *("multiplied", "moved", "break", "insignificant"),
    ),
    "span": ("stable", "up", "down", "points_up", "points_down"),
    "streak": ("up", "down", "ended_up", "ended_down"),
    "record": ("highest", "lowest"),
    "real_change": ("up_up", "up_down", "up_stable", "down_up", "down_down", "down_stable"),
    "share": ("share",),
    "composition": ("first", "tied"),
    "ranking": ("all", "all_top", "partial", "partial_top"),
    "spread": ("points", "times"),
    "above_average": ("one", "several", "one_partial", "several_partial"),
    "contribution": ("share_up", "share_down", "points_up", "points_down"),
    "sex_gap": ("equal", "points_above", "points_below", "percent_above", "percent_below"),
    "comparison": ("equal", "points", "plain"),
    "coverage": ("rate",),
    "money_gdp": ("rate",),
    "balance": ("surplus", "deficit", "equal"),
    "ratio": ("plain",),
    "adequacy": ("share",),
    "target": ("ahead_below", "ahead_above", "missed_below", "missed_above", "met", "beyond"),
    "partial": ("one", "several"),
    "breaks": ("break",),
    "provisional": ("provisional", "estimated", "forecast", "imputed", "differs", "unreliable", "unvalidated", "experimental"),
    "revised": ("up", "down"),
    "small": ("small",),
}
GROUPED = {"share": ("", "ref_area", "sex", "function"), "comparison": ("ref_area", "sex", "function")}
GROUPED |= dict.fromkeys(
    ("composition", "ranking", "spread", "contribution"), ("ref_area", "sex", "function", "programme", "age")
)
"""Patterns that name places or groups; the others speak of the country, or of the place itself."""
PERIODS = (("2024", "2023"), ("2024-S1", "2023-S1"), ("2024-Q2", "2023-Q2"), ("2024-04", "2023-04"), ("2024-08", "2023-10"))
NOTES = ("", *_NOTES.values())
WORDED: dict[str, dict[str, str]] = {
    "pt": {
        "persons": "pessoas recebiam uma pensão", "population": "da população", "many": "contribuintes", "one": "pensionista",
        "reason": "à mudança do registo", "of": "do orçamento", "here": "na velhice", "there": "na invalidez",
    },
    "en": {
        "persons": "people received a pension", "population": "of the population", "many": "contributors", "one": "pensioner",
        "reason": "the new register", "of": "of the budget", "here": "in old age", "there": "in disability",
    },
    "fr": {
        "persons": "personnes touchaient une pension", "population": "de la population", "many": "cotisants", "one": "retraité",
        "reason": "du nouveau registre", "of": "du budget", "here": "pour la vieillesse", "there": "pour l’invalidité",
    },
    "tet": {},
}  # fmt: skip
"""What a narrative may give a pattern in its own words; half of the sentences go without."""


@dataclass(frozen=True)
class Kinds:
    """An indicator of each form of figure, by which sizes and decimals are chosen as the program does."""

    plain: Any = field(default_factory=lambda: made("A"))
    money: Any = field(default_factory=lambda: made("B", Kind.AMOUNT, scale=6, decimals=1))
    percent: Any = field(default_factory=lambda: made("C", Kind.RATE, decimals=1))
    ratio: Any = field(default_factory=lambda: made("D", Kind.RATIO, decimals=1))


KINDS = Kinds()
SIZES = (
    *(0, 1, 2, -3, 49, 9999, 45307, 999_999, 1_000_000, 1_040_000, -1_500_000, 12_300_000, 999_600_000),
    *(1_000_000_000, 2_600_000_000, 48_000_000_000),
)
VALUES: tuple[tuple[Form, str, str], ...] = (
    *(("plain", str(v), "PERS") for v in SIZES),
    *(("money", str(v), unit) for v in SIZES for unit in ("XDC", "USD")),
    *(("percent", v, "PT") for v in ("0", "0.04", "1", "12.34", "99.96", "100", "-2.5")),
    *((form, v, form.upper()) for form in ("years", "months", "days") for v in ("0", "1", "2", "1.5")),  # type: ignore[misc]
    *(("plain", v, "RATIO") for v in ("1", "2.04", "0.5")),
)
MOVES: tuple[tuple[Form, str, str], ...] = (
    *(("points", v, "PP") for v in ("0.1", "0.96", "1", "1.04", "1.94", "2", "12.3", "100")),
    *(("percent", v, "PT") for v in ("0.1", "1", "12.34", "250")),
    *(("times", v, "RATIO") for v in ("1", "1.5", "2", "12")),
    *(v for v in VALUES if v[0] in ("money", "years") and not v[1].startswith("-") and v[1] != "0"),
)
"""Sizes of changes and distances: never negative, the words give the direction."""
COUNTS = (1, 2, 3, 4, 10, 11, 12, 21)
ORDINALS = (3, 4, 10, 11, 12, 13, 21, 22, 23, 101, 111)


@dataclass(frozen=True)
class Named:
    """A place or group that the sentence names, as the configuration has it."""

    name: str
    article: str


@dataclass(frozen=True)
class Said:
    text: str
    pattern: str
    outcome: str
    title: bool
    variant: int
    by: str
    subject: SubjectWords
    other: SubjectWords
    named: tuple[Named, ...]


@cache
def vocabulary(folder: Path, partial: str = "") -> Project:
    """Indicators and groups, with their words in the languages whose packs are whole, or in one that is not."""
    root = small_project(folder / f"words{partial}")
    path = root / "bulletin.yaml"
    text = path.read_text(encoding="utf-8").replace("status: final", "status: draft")
    text = text.replace("[pt, en]", f"[pt, {partial}]" if partial else "[pt, en, fr]")
    path.write_text(text.replace("en: Test project", "en: Test project, fr: Essai, tet: Ensaiu"), encoding="utf-8")
    return load_project(root)[0]


def country(code: str, language: str) -> Country:
    path = shipped("config", "countries", f"{code}.yaml")
    tree = parse_yaml(path.read_bytes(), path.name).tree
    known = frozenset(LANGUAGES)
    beside = shipped("config", "languages", language, "countries", f"{code}.yaml")
    if beside.is_file():
        texts = parse_yaml(beside.read_bytes(), beside.name).tree
        assert isinstance(tree, Map)
        assert isinstance(texts, Map)
        lay_texts(tree, texts, language, known)
    if shipped_pack(language).partial:
        lend_texts(tree, [language], ["pt"], known)
    found, faults = validated(Country, tree, ("", 0))
    assert found is not None, faults
    return found


def forms(language: str) -> Iterator[tuple[str, str, bool, int, str]]:
    """Pattern, outcome, whether a title, variant, and what its groups are."""
    source = patterns(language)
    for name, outcomes in OUTCOMES.items():
        body = re.search(rf"macro {name}\(.*?endmacro", source, re.DOTALL)
        if body is None:
            continue
        variants = {0, *(int(v) for v in re.findall(r"variant [!=]= (\d)", body[0]))}
        for outcome in outcomes:
            for by in GROUPED.get(name, ("",)):
                yield from ((name, outcome, False, v, by) for v in sorted(variants))
                if f"macro {name}_title(" in source:
                    yield name, outcome, True, 0, by


def patterns(language: str) -> str:
    return shipped("bulletin_templates", "narrative", language, "patterns.md.j2").read_text(encoding="utf-8")


class Voice:
    """One language in one country."""

    def __init__(self, language: str, land: Country, words: Project) -> None:
        self.language, self.land, self.tokens = language, land, Tokens()
        self.locale = make_locale(shipped_pack(language), land, PORTUGUESE.signs)
        self.macros = load_macros(patterns(language))
        self.codelists = words.codelists
        spoken = {i.id: i for i in words.catalogue.values() if language in i.subject}
        self.wording = Wording(self.locale, land, spoken, words.codelists, self.tokens)
        self.indicators = self._each_agreement(list(spoken))
        self.kept: dict[tuple[Any, ...], Any] = {}

    def _each_agreement(self, names: list[str]) -> list[str]:
        """Those of the rarer genders and numbers as often as the others."""
        classes: dict[str, list[str]] = {}
        for name in names:
            subject = self.wording.catalogue[name].subject.get(self.language)
            classes.setdefault(f"{subject.gender}{subject.number}" if subject else "", []).append(name)
        longest = max(len(c) for c in classes.values())
        return [found[n % len(found)] for n in range(longest) for found in classes.values()]

    def figure(self, turn: int, choices: Sequence[tuple[Form, str, str]], note: str = "") -> Any:
        form, value, unit = choices[turn % len(choices)]
        return self._kept(("figure", form, value, unit, note), lambda: self.wording.figure(_figure(form, value, unit, note)))

    def count(self, turn: int, choices: Sequence[int], form: Form = "count") -> Any:
        value = choices[turn % len(choices)]
        return self._kept((form, value), lambda: self.wording.figure(_figure(form, str(value), "")))

    def period(self, text: str) -> Any:
        return self._kept(("period", text), lambda: self.wording.period(text))

    def subject(self, name: str, area: str) -> SubjectWords:
        where = dict.fromkeys(DIMENSIONS, TOTAL) | {"ref_area": area}
        found: SubjectWords = self._kept(
            ("subject", name, area), lambda: self.wording.subject(About(name, where), SubjectWish(""))
        )
        return found

    def item(self, by: str, code: str, turn: int | None) -> Any:
        plain = self._kept(("item", by, code), lambda: self.wording.item(Item(by, code)))
        return plain if turn is None else type(plain)(plain.place, plain.kind, self.figure(turn, VALUES))

    def named(self, by: str, code: str) -> Named:
        if by == "ref_area":
            place = self.land.place_of(code)
            assert place is not None
            name = (place.inside or place.name).get(self.language, place.name["pt"])
            return Named(name, place.article.get(self.language, ""))
        found = self.codelists[by].get(code)
        assert found is not None
        return Named(self.wording.name(by, code), found.article.get(self.language, ""))

    def groups(self, by: str) -> list[str]:
        if by in ("ref_area", ""):
            return [p.code for p in (*self.land.subdivisions, self.land.place)]
        return [c.id for c in self.codelists[by].codes if c.id != TOTAL and self.language in c.label]

    def _kept(self, key: tuple[Any, ...], make: Any) -> Any:
        if key not in self.kept:
            self.kept[key] = make()
        return self.kept[key]

    def say(self, turn: int, form: tuple[str, str, bool, int, str], code: str, codes: Sequence[str]) -> Said | None:
        name, outcome, title, variant, by = form
        macro = getattr(self.macros, f"{name}_title" if title else name)
        dimension = by or "ref_area"
        placed = name in GROUPED or name in ("above_average", "partial")
        area = self.land.code if placed else code
        indicator = self.indicators[turn % len(self.indicators)]
        subject, other = self.subject(indicator, area), self.subject(self.indicators[(turn + 1) % len(self.indicators)], area)
        second = codes[(codes.index(code) + 1) % len(codes)]
        third = codes[(codes.index(code) + 2) % len(codes)]
        one, two = self.item(dimension, code, turn), self.item(dimension, second, turn + 7)
        several = (one, two, self.item(dimension, third, turn + 3))[: 1 + turn % 3]
        when, since = (self.period(p) for p in PERIODS[turn % len(PERIODS)])
        worded = WORDED[self.language] if turn % 2 else {}
        note, other_note = NOTES[turn % len(NOTES)], NOTES[turn // 3 % len(NOTES)] if turn % 4 else NOTES[turn % len(NOTES)]
        new, old = self.figure(turn, VALUES, note), self.figure(turn + turn // 9, VALUES, other_note)
        move = self.figure(turn, MOVES)
        given: dict[str, Any] = {
            "subject": subject, "outcome": outcome, "variant": variant, "by": by, "units": self.wording.units(), "when": when,
            "since": since if name != "provisional" or turn % 2 else "", "changed": when, "due": when, "also": since, "value": new, "beside": old, "new": new, "old": old,
            "before": old, "people": new, "amount": new, "revenue": new, "expenditure": old, "women": new, "men": old,
            "delta": move, "gap": move, "growth": move, "nominal": move, "real": move, "share": move if "points" in outcome else self.figure(turn, _SHARES),
            "rate": self.figure(turn, _SHARES, note), "aim": self.figure(turn, _SHARES), "hedge": ("", "nearly", "more", "about")[turn % 4],
            "fraction": ("", "1/2", "1/3", "2/3", "1/4", "3/4", "1/5", "2/5", "9/10")[turn % 9], "note": note,
            "count": self.count(turn, ORDINALS, "ordinal") if name == "streak" and not outcome.startswith("ended") else self.count(turn, _least(outcome)),
            "known": self.count(turn, COUNTS[1:]), "total": self.count(turn + 1, COUNTS[1:]), "top": several, "first": several, "part": (one,),
            "high": (one,), "low": (two,) if name == "spread" or turn % 2 else (), "a": (one,), "b": (two,),
            "places": tuple(self.item(dimension, c, None) for c in (code, second)) if turn % 3 else (),
            "whole": other, "spending": other, "rate_subject": other, "benchmark": other,
        }  # fmt: skip
        given |= {k: worded.get(k, "") for k in ("of", "persons", "population", "many", "one", "reason", "here", "there")}
        text = str(macro(**{k: v for k, v in given.items() if k in macro.arguments}))
        said = self.tokens.plain(self.locale.phrasing.fitted(text.strip()))
        named = tuple(self.named(dimension, c) for c in (code, second, third))
        return Said(said, name, outcome, title, variant, by, subject, other, named) if said else None


_SHARES: tuple[tuple[Form, str, str], ...] = tuple(("percent", v, "PT") for v in ("0.1", "1", "12.34", "100", "33.3"))


def _least(outcome: str) -> Sequence[int]:
    return COUNTS[:1] if outcome.startswith("one") else COUNTS[1:]


def _figure(form: Form, value: str, unit: str, note: str = "") -> Figure:
    fact = Fact("A.MZ@2024", "A", {}, "2024", 1.0, unit, (), ConfStatus.FREE, False, "", ())
    number = Decimal(value)
    if form in ("plain", "money"):
        scale, decimals = shape(KINDS.ratio if unit == "RATIO" else getattr(KINDS, form), number)
    else:
        scale, decimals = 0, 1 if form in ("points", "percent") else int(number != number.to_integral())
    return Figure(fact, number, form, scale, decimals, unit, note)


def sentences(language: str, folder: Path) -> Iterator[Said]:
    """Every pattern with every place and group: the first form of each with all, the others with every second one in turn. Numbers,
    subjects and periods go round, from another beginning for every form, so that each form meets each of them."""
    partial = shipped_pack(language).partial
    words = vocabulary(folder, language if partial else "")
    turn = 0
    for code in COUNTRIES:
        land = country(code, language)
        if partial and language not in land.languages:
            continue
        voice = Voice(language, land, words)
        seen: set[tuple[str, str]] = set()
        for start, form in enumerate(forms(language)):
            name, by = form[0], form[-1]
            if by not in ("", "ref_area") and code != COUNTRIES[0]:
                continue
            first = (name, by) not in seen
            seen.add((name, by))
            codes = voice.groups(by)
            for n, place in enumerate(codes):
                turn += 1
                if first or (n + start) % 2:
                    said = voice.say(turn, form, place, codes)
                    if said is not None:
                        yield said
