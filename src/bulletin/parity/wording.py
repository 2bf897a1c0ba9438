"""Faults of wording that the data of a language pack can tell: singular and plural, opposites mixed up, placeholders left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bulletin.document.figures import Reader, number
from bulletin.document.phrases import matching
from bulletin.model.locale import Locale

_LEFT = re.compile(r"\{\{|\}\}|\{%|%\}|\{[a-z_][\w.]*\}|⟦|⟧|[\ue000-\uf8ff]|\b(?:TODO|FIXME|XXXX+|TBD)\b|%\([a-z_]+\)s")


def placeholders(text: str) -> tuple[str, ...]:
    return tuple(m[0] for m in _LEFT.finditer(text))


@dataclass(frozen=True)
class Counted:
    """What finds a figure with a counted noun."""

    pattern: re.Pattern[str]
    plurals: frozenset[str]
    below_two: bool


def counted(locale: Locale) -> Counted:
    scales = ((one, many) for one, many in locale.scales.values() if one != many)
    forms = (*locale.grammar.plurals, *scales)
    words = sorted({w for pair in forms for w in pair}, key=lambda w: (-len(w), w))
    said = "|".join(re.escape(w).replace("\\ ", "[ \u00a0]") for w in words) or "(?!)"
    run = r"(?<![\w.,/\u2060\u2013-])(?P<run>\d+(?:[.,]\d+|[\u00a0\u202f]\d{3})*)"
    pattern = re.compile(rf"{run}[ \u00a0](?P<said>{said})(?!\w)", re.IGNORECASE)
    return Counted(pattern, frozenset(many.lower() for _, many in forms), locale.grammar.singular == "below two")


def wrong_numbers(text: str, by: Reader, forms: Counted) -> Iterator[str]:
    """`2 milhão`, `1 pontos percentuais`: a figure before the wrong form of what is counted."""
    for match in forms.pattern.finditer(text):
        value = number(match["run"], by)
        if value is None:
            continue
        one = abs(value) < 2 if forms.below_two else value == 1
        if one == (_plain(match["said"]) in forms.plurals):
            yield match[0]


@dataclass(frozen=True)
class Group:
    """Opposites of which a text may name some."""

    name: str
    pattern: re.Pattern[str]
    words: tuple[tuple[str, str], ...]
    """Word, with `*` for any ending, and concept; the longest first."""


def groups(locale: Locale) -> tuple[Group, ...]:
    found = []
    for name, named in locale.grammar.concepts.items():
        words = sorted(((w.lower(), concept) for concept, ws in named.items() for w in ws), key=lambda p: (-len(p[0]), p))
        found.append(Group(name, matching(w for w, _ in words), tuple(words)))
    return tuple(found)


def opposites(text: str, among: Iterable[Group]) -> dict[str, Counter[str]]:
    """Group to those of its opposites that a text names, and how often; groups of which it names none are left out."""
    found: dict[str, Counter[str]] = {}
    for group in among:
        if named := [_meant(match[0], group) for match in group.pattern.finditer(text)]:
            found[group.name] = Counter(named)
    return found


def exchanged(one: Counter[str], two: Counter[str]) -> bool:
    """Whether two texts name different opposites, or one of them more often where the other is named less often."""
    return one.keys() != two.keys() or bool(one - two and two - one)


def _meant(said: str, group: Group) -> str:
    said = _plain(said)
    return next(c for word, c in group.words if said == word or (word.endswith("*") and said.startswith(word[:-1])))


def _plain(word: str) -> str:
    return word.replace("\u00a0", " ").lower()
