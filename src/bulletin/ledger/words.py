"""Sentences compared forgivingly: accents, case, blanks and signs do not matter."""

from __future__ import annotations

import re
import unicodedata

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý«\"“])")
_DROPPED = re.compile(r"[\u0300-\u036f\u2060]+")
_NO_WORD = re.compile(r"[^\w%]+")


def folded(text: str) -> str:
    """Lower case without accents, everything that is no letter, digit or % a single blank."""
    return _NO_WORD.sub(" ", _DROPPED.sub("", unicodedata.normalize("NFKD", text)).casefold()).strip()


def sentences(text: str) -> list[tuple[int, str]]:
    """Where each begins, and its words."""
    found, start = [], 0
    for match in _SENTENCE.finditer(text):
        found.append((start, text[start : match.start()]))
        start = match.end()
    return [*found, (start, text[start:])] if text[start:].strip() else found


def sentence_at(text: str, place: int) -> str:
    return next((s for start, s in reversed(sentences(text)) if start <= place), text)


def likeness(asked: str, said: str) -> float:
    """Share of the words asked for, long ones counting more, that stand in what is said; both folded."""
    have = set(said.split())
    words = set(asked.split())
    total = sum(len(w) for w in words)
    return sum(len(w) for w in words if w in have) / total if total else 0.0
