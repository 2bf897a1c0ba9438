"""Printed numbers compared by what they say: `44 007`, `44.007` and `44,007` may be one figure, `1,2 milhões` is not `1,2`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bulletin.ledger.words import folded

_BLANKS = "\u00a0\u202f\u2009 "
_MINUS = "\u2212"
SIGNS = ("+", "-", _MINUS)
_NUMBER = re.compile(rf"([+\-{_MINUS}]?)\s?([0-9](?:[0-9.,'{_BLANKS}]*[0-9])?)(.*)", re.DOTALL)
_GROUPED = re.compile(rf"[0-9]{{1,3}}(?:([.,'{_BLANKS}])[0-9]{{3}})(?:\1[0-9]{{3}})*")


@dataclass(frozen=True)
class Marks:
    decimal: str
    group: str
    confidential: str = "c"
    """The sign of a hidden figure."""


@dataclass(frozen=True)
class Reading:
    """A number as somebody may have meant it."""

    sign: str
    """`+`, `-` or empty."""
    digits: str
    """Whole part and decimals with a point between, no groups."""
    words: str
    """What follows, folded: `%`, `milhoes`."""

    @property
    def value(self) -> Decimal:
        return Decimal(self.digits)


def readings(question: str) -> tuple[Reading, ...]:
    """Every way in which the text is a number; none when it is not one."""
    match = _NUMBER.fullmatch(question.strip())
    if not match:
        return ()
    sign, body, rest = match[1].replace(_MINUS, "-"), match[2], folded(match[3])
    return tuple(Reading(sign, digits, rest) for digits in dict.fromkeys(_meanings(body)))


def _meanings(body: str) -> Iterator[str]:
    """`44,007` is 44007 to one reader and 44.007 to another."""
    whole, mark, fraction = body, "", ""
    found = re.fullmatch(r"(.*[0-9])([.,])([0-9]+)", body)
    if _is_whole(body):
        yield re.sub(r"[^0-9]", "", body)
    if found:
        whole, mark, fraction = found.groups()
        if _is_whole(whole) and mark not in whole:
            yield re.sub(r"[^0-9]", "", whole) + "." + fraction


def _is_whole(body: str) -> bool:
    return body.isdigit() or bool(_GROUPED.fullmatch(body))


def reading_of(printed: str, marks: Marks) -> Reading | None:
    """A printed figure, in a language whose marks are known; None where it is a word."""
    match = _NUMBER.fullmatch(printed)
    if not match:
        return None
    body = re.sub(rf"[{_BLANKS}]", "", match[2])
    if marks.group.strip(_BLANKS):
        body = body.replace(marks.group, "")
    digits = body.replace(marks.decimal, ".")
    return Reading(match[1].replace(_MINUS, "-"), digits, folded(match[3])) if re.fullmatch(r"\d+(\.\d+)?", digits) else None


def fits(asked: Reading, printed: Reading) -> bool:
    """Whether the question may mean the printed figure: a sign or words that were not asked for do not matter."""
    return (
        asked.value == printed.value
        and asked.sign in ("", printed.sign)
        and (printed.words == asked.words or printed.words.startswith(f"{asked.words} ") or not asked.words)
    )


def spellings(asked: Reading, marks: Marks) -> tuple[str, ...]:
    """How the language prints the digits: grouped, and not."""
    whole, _, fraction = asked.digits.partition(".")
    ending = marks.decimal + fraction if fraction else ""
    grouped, rest = "", whole
    while len(rest) > 3:
        grouped, rest = marks.group + rest[-3:] + grouped, rest[:-3]
    return tuple(dict.fromkeys((rest + grouped + ending, whole + ending)))


def beginnings(asked: tuple[Reading, ...], marks: Mapping[str, Marks]) -> tuple[str, ...]:
    """How some language prints the digits, without sign and words."""
    return tuple(dict.fromkeys(s for a in asked for m in marks.values() for s in spellings(a, m)))
