"""Sentences compared forgivingly: accents, case, blanks and signs do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from bulletin.document.wording import sentences

_DROPPED = re.compile(r"[\u0300-\u036f\u2060]+")
_NO_WORD = re.compile(r"[^\w%]+")


def folded(text: str) -> str:
    """Lower case without accents, everything that is no letter, digit or % a single blank."""
    return _NO_WORD.sub(" ", _DROPPED.sub("", unicodedata.normalize("NFKD", text)).casefold()).strip()


def sentence_at(text: str, place: int) -> str:
    return next((s for start, s in reversed(sentences(text)) if start <= place), text)


def most_alike(asked: str, said: Iterable[tuple[str, str]], most: int = 3) -> tuple[str, ...]:
    """Of sentences with their folded words, those with at least half of the letters asked for in words of theirs, best first."""
    words = frozenset(folded(asked).split())
    total = sum(map(len, words))
    found: dict[str, int] = {}
    for sentence, own in said:
        score = sum(map(len, words.intersection(own.split())))
        if 2 * score >= total > 0:
            found.setdefault(sentence, score)
    return tuple(sorted(found, key=lambda s: -found[s])[:most])
