"""Words that state something of figures, found where no claim answers for them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields
from functools import lru_cache

from bulletin.compose.claims.stated import STATED
from bulletin.model.narration import Lexicon

GAP = "\x00"
"""Stands where a function prints something."""

NUMBER = "number"
"""The class of words that count."""

SPOKEN = ("who", "subject", "persons", "population", "many", "one", "reason", "of")
"""Arguments of patterns that hold words of the sentence."""


def unbound_words(text: str, lexicon: Lexicon, bound: Collection[str] = ()) -> tuple[str, ...]:
    """As written, each once. `bound`: classes for which a claim answers."""
    text = _without_plain(text, lexicon)
    found: dict[int, str] = {}
    for name, pattern in _patterns(lexicon):
        if name not in bound and name != NUMBER:
            found.update({m.start(): m[0] for m in pattern.finditer(text)})
    return tuple(dict.fromkeys(found[at] for at in sorted(found)))


def unbound_numbers(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Words that count, as written, each once; inside a phrase of another class (*two thirds*) they are that phrase's."""
    text = _without_plain(text, lexicon)
    patterns = dict(_patterns(lexicon))
    counting = patterns.pop(NUMBER, None)
    for pattern in patterns.values():
        text = pattern.sub(GAP, text)
    return tuple(dict.fromkeys(m[0] for m in counting.finditer(text))) if counting else ()


def _without_plain(text: str, lexicon: Lexicon) -> str:
    for pattern in _plain(lexicon.plain):
        text = pattern.sub(GAP, text)
    return text


@lru_cache(maxsize=8)
def _plain(phrases: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_pattern(phrase), re.IGNORECASE) for phrase in sorted(phrases, key=len, reverse=True))


def classes_bound(names: Sequence[str]) -> frozenset[str]:
    """By claims of these names."""
    return frozenset(c for name in names if name in STATED for c in STATED[name].binds)


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(_compiled(lexicon))


def _compiled(lexicon: Lexicon) -> Iterator[tuple[str, re.Pattern[str]]]:
    for field in fields(lexicon):
        words = sorted(getattr(lexicon, field.name), key=len, reverse=True)
        if words and field.name != "plain":
            yield field.name, re.compile("|".join(_pattern(w) for w in words), re.IGNORECASE)


def _pattern(phrase: str) -> str:
    return r"(?<!\w)" + re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") + r"(?!\w)"
