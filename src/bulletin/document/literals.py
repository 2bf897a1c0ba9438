"""Numbers of running text that are no statistics: years, laws, ages, codes."""

from __future__ import annotations

import re
from functools import lru_cache

Literals = tuple[tuple[str, str], ...]
"""Kind and regular expression of the numbers that are no statistics, of one language; those of all languages follow."""

EVERYWHERE: Literals = (
    ("code", r"\b\d+\.[0-9a-z]+\.\d+[a-z]?\b|\b[1-9]\d?\.[a-z]\b"),
    ("code", r"\b[A-Z]{1,6}[-\u2011]?\d+(?:[.-]\d+)*\b"),
    ("period", r"\b(?:19|20)\d\d(?:\u2060?[–/-]\u2060?(?:(?:19|20)\d\d|\d\d))?(?![\d.,]\d|%)\b"),
)


@lru_cache(maxsize=16)
def literals_in(own: Literals) -> re.Pattern[str]:
    """Finds literals; the name of the group that matched, without its digits, is the kind (`kind_of`)."""
    return re.compile(_either(own))


@lru_cache(maxsize=16)
def numbers_in(own: Literals) -> re.Pattern[str]:
    """Literals, and every other number as a `label`."""
    return re.compile(_either(own) + r"|(?P<label99>\d[\d \u00a0\u202f.,/]*(?<=\d)%?)")


def kind_of(match: re.Match[str]) -> str:
    return (match.lastgroup or "label99").rstrip("0123456789")


def _either(own: Literals) -> str:
    return "|".join(f"(?P<{kind}{i}>{pattern})" for i, (kind, pattern) in enumerate((*own, *EVERYWHERE)))
