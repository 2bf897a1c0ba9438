"""When two texts say the same: what a word processor changes by itself is no edit."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher

_DROPPED = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
"""Soft hyphens, joiners, and marks of direction, which could print a figure backwards."""
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "…": "...",
    }
)
_BLANKS = re.compile(r"\s+")
_DASHES = re.compile(r"--+")
_START = re.compile(r"(?:^|(?<=[.!?] )|(?<=\t))\w")
_WORD = re.compile(r"\w+(?:[-'.,]\w+)*|[^\w\s]")


def tidy(text: str) -> str:
    """The words as the reviewer wrote them, one blank between them, without invisible characters; no-break spaces are kept."""
    text = unicodedata.normalize("NFC", text).translate(_DROPPED)
    return re.sub(r"[ \t\r\n\f\v\u2028]+", " ", text).strip(" ")


def same(text: str) -> str:
    """What is equal for texts that differ only by autocorrection: kinds of blanks, quotes and dashes, a capital at the beginning."""
    text = unicodedata.normalize("NFC", text).translate(_DROPPED).translate(_ALIKE)
    text = _BLANKS.sub(" ", _DASHES.sub("-", text)).strip()
    return _START.sub(lambda m: m[0].lower(), text)


def words(text: str) -> tuple[str, ...]:
    """In lower case, marks apart; for comparing."""
    return tuple(_WORD.findall(same(text).casefold()))


def likeness(one: tuple[str, ...], two: tuple[str, ...], least: float = 0) -> float:
    """Share of words that both have in the same order, 0 to 1; what cannot reach `least` is 0 and found out quickly."""
    if not one or not two:
        return 0.0
    most = 2 * sum((Counter(one) & Counter(two)).values()) / (len(one) + len(two))
    if most < least or most == 0:
        return 0.0
    ratio = SequenceMatcher(None, one, two, autojunk=False).ratio()
    return ratio if ratio >= least else 0.0


def held(inner: tuple[str, ...], outer: tuple[str, ...]) -> float:
    """Share of the words of `inner` that `outer` has, in any order."""
    return sum((Counter(inner) & Counter(outer)).values()) / len(inner) if inner else 0.0
