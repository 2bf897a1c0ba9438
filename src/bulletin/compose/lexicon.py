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

SPOKEN = ("who", "subject", "persons", "population", "many", "one", "reason", "of")
"""Arguments of patterns that hold words of the sentence."""


def unbound_words(text: str, lexicon: Lexicon, bound: Collection[str] = ()) -> tuple[str, ...]:
    """As written, each once. `bound`: classes for which a claim answers."""
    for phrase in sorted(lexicon.plain, key=len, reverse=True):
        text = re.sub(_pattern(phrase), GAP, text, flags=re.IGNORECASE)
    found: dict[int, str] = {}
    for name, pattern in _patterns(lexicon):
        if name not in bound:
            found.update({m.start(): m[0] for m in pattern.finditer(text)})
    return tuple(dict.fromkeys(found[at] for at in sorted(found)))


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
