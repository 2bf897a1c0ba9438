"""Patterns of a map: those that could take hours over one cell are refused before they are used, and none is tried on endless texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from bulletin.limits import PATTERN, PATTERN_REPEATS, PATTERN_TEXT

_MANY = 10
"""A repeat of more counts as one without end."""


def is_quick(pattern: str) -> bool:
    """No repeat without end inside another, none over alternatives, and few of them. The pattern must be one."""
    return len(pattern) <= PATTERN.most and _count(pattern) <= PATTERN_REPEATS.most


@cache
def _count(pattern: str) -> int:
    from re import _parser  # type: ignore[attr-defined]

    try:
        return _repeats(_parser.parse(pattern), within=False)
    except RecursionError:
        return PATTERN_REPEATS.most + 1


def _repeats(tree: Iterable[Any], *, within: bool) -> int:
    """How many repeats without end; more than are allowed where one stands in another."""
    found = 0
    for operation, argument in tree:
        name = str(operation)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            low, high, inner = argument
            endless = int(high) > _MANY
            if (endless or (within and high > 1 and low != high)) and within:
                return PATTERN_REPEATS.most + 1
            found += endless + _repeats(inner, within=within or endless)
        elif name == "BRANCH":
            if within:
                return PATTERN_REPEATS.most + 1
            found += sum(_repeats(one, within=within) for one in argument[1])
        elif name in ("SUBPATTERN", "ATOMIC_GROUP", "ASSERT", "ASSERT_NOT", "GROUPREF_EXISTS"):
            parts = argument if isinstance(argument, tuple) else (argument,)
            found += sum(_repeats(p, within=within) for p in parts if hasattr(p, "data"))
        elif name == "GROUPREF" and within:
            return PATTERN_REPEATS.most + 1
    return found


def whole(pattern: str, text: str) -> bool:
    return _fits(pattern, text) and re.fullmatch(pattern, text) is not None


def begins(pattern: str, text: str) -> bool:
    return is_quick(pattern) and re.match(pattern, text if _fits(pattern, text) else text[: PATTERN_TEXT.most]) is not None


def within(pattern: str, text: str) -> re.Match[str] | None:
    return re.search(pattern, text) if _fits(pattern, text) else None


def _fits(pattern: str, text: str) -> bool:
    """A refused pattern fits nothing, whoever asks before it is told. With one repeat time grows as the text, or as its square; with more,
    long texts are not tried."""
    return is_quick(pattern) and len(text) <= PATTERN_TEXT.most * (8 if _count(pattern) <= 1 else 1)
