"""Notes inside plain words, as reviewers' texts have them: `residents^[Those counted in the census.]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal as OneOf

OPEN, CLOSE = "^[", "]"

_TYPED = re.compile(r"\^\[")
_BRACKET = re.compile(r"[\[\]]")
_SIGN = re.compile(r"\\\^\[|\\[\[\]]|\^\[|\[|\]")


def typed(text: str) -> str:
    """Words in which somebody wrote the sign of a note and meant no note."""
    return _TYPED.sub(r"\\^[", text)


def note(text: str) -> str:
    """A note of these words; brackets in it do not end it."""
    return f"{OPEN}{inside(text)}{CLOSE}"


def inside(text: str) -> str:
    return _BRACKET.sub(lambda m: "\\" + m[0], text)


def noted(text: str) -> Iterator[tuple[OneOf["words", "note"], str]]:
    """The words, and the notes between them without their signs; a note without an end is words."""
    words, at = "", 0
    while (match := _SIGN.search(text, at)) is not None:
        end = _closing(text, match.end()) if match[0] == OPEN else 0
        if end:
            words += text[at : match.start()]
            if words:
                yield "words", words
            said = text[match.end() : end - 1]
            if said.strip():
                yield "note", re.sub(r"\\([\[\]])", r"\1", said).strip()
            words, at = "", end
        else:
            words += text[at : match.start()] + (OPEN if match[0] == "\\^[" else match[0])
            at = match.end()
    if words + text[at:]:
        yield "words", words + text[at:]


def _closing(text: str, at: int) -> int:
    """Behind the bracket that ends a note, brackets inside it in pairs; 0 where none does."""
    depth = 1
    for match in _SIGN.finditer(text, at):
        depth += {"[": 1, "^[": 1, "]": -1}.get(match[0], 0)
        if not depth:
            return match.end()
    return 0
