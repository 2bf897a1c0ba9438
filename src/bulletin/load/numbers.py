"""The number grammar: ASCII digits, one declared or unambiguous style per column, no locale library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

BLANKS = " \u00a0\u202f\u2009"
"""Blank, no-break, narrow no-break and thin blank: all may separate groups."""

_CLEAN = re.compile(r"(?m)^(?!-?[0-9]+(?:\.[0-9]+)?$)")
_MAYBE_GROUP = re.compile(r"(?m)^-?[1-9][0-9]{0,2}\.[0-9]{3}$")
_SURE_POINT = re.compile(r"(?m)^-?(?:0\.[0-9]+|[0-9]{4,}\.[0-9]+|[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,}))$")
_AMBIGUOUS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")


@dataclass(frozen=True)
class Style:
    decimal: str
    """`.` or `,`."""
    groups: str = BLANKS
    """Characters that may separate groups of three."""

    def matches(self, text: str) -> bool:
        return bool(_compiled(self).fullmatch(text))

    def pattern(self) -> re.Pattern[str]:
        groups = "".join(re.escape(g) for g in self.groups if g != self.decimal)
        point = re.escape(self.decimal)
        grouped = f"[1-9][0-9]{{0,2}}(?:([{groups}])[0-9]{{3}})(?:\\1[0-9]{{3}})*" if groups else "(?!)"
        return re.compile(f"[-\u2212]?(?:[0-9]+|{grouped})(?:{point}[0-9]+)?")


@cache
def _compiled(style: Style) -> re.Pattern[str]:
    return style.pattern()


POINT = Style(".")
COMMA = Style(",")


@dataclass(frozen=True)
class Read:
    """What a column's texts mean."""

    values: tuple[str | None, ...]
    """Canonical decimal strings (`-1234.5`), None where the text is no number in the column's style."""
    style: Style | None
    """None: ambiguous or mixed."""
    problem: str = ""
    """Empty, `ambiguous-number` or `mixed-decimals`."""
    examples: tuple[str, ...] = ()
    inferred: bool = False
    """The style was not declared and differs from a plain decimal point."""


def read_numbers(texts: Sequence[str], decimal: str | None = None, groups: str | None = None) -> Read:
    """Reads the distinct texts of one column.

    Without a declared decimal mark the column must show it: `12,5` or `1.234,5` does, `1.234` alone does not.
    """
    if decimal is None and groups is None:
        joined = "\n".join(texts)
        # a field in quotes may have several lines, each of them a number
        if not texts or (not _CLEAN.search(joined) and joined.count("\n") == len(texts) - 1):
            found = _MAYBE_GROUP.search(joined)
            if found and not _SURE_POINT.search(joined):
                return Read((None,) * len(texts), None, "ambiguous-number", (found[0],))
            return Read(tuple(texts), POINT)
        style, problem, examples = _inferred(texts)
        if style is None:
            return Read(_canonical(texts, POINT), None, problem, examples)
        return Read(_canonical(texts, style), style, inferred=style.decimal != "." or style.groups != BLANKS)
    point = decimal or "."
    style = Style(point, groups if groups is not None else BLANKS + (".,".replace(point, "")))
    return Read(_canonical(texts, style), style)


def _canonical(texts: Iterable[str], style: Style) -> tuple[str | None, ...]:
    fits = _compiled(style).fullmatch
    drop = {ord(g): None for g in style.groups if g != style.decimal} | {ord("\u2212"): "-"}
    if style.decimal != ".":
        drop[ord(style.decimal)] = "."
    return tuple(t.translate(drop) if fits(t) else None for t in texts)


_POINT_GROUPED = Style(".", BLANKS + ",")
_COMMA_GROUPED = Style(",", BLANKS + ".")


def _inferred(texts: Sequence[str]) -> tuple[Style | None, str, tuple[str, ...]]:
    """The one style that the column's unambiguous texts show."""
    point = comma = doubtful = ""
    for text in texts:
        if "." not in text and "," not in text:
            continue
        if _AMBIGUOUS.fullmatch(text.replace("\u2212", "-")):
            doubtful = doubtful or text
            continue
        as_point = _POINT_GROUPED.matches(text)
        as_comma = _COMMA_GROUPED.matches(text)
        if as_point and not as_comma:
            point = point or text
        elif as_comma and not as_point:
            comma = comma or text
    if point and comma:
        return None, "mixed-decimals", (point, comma)
    if point:
        return (_POINT_GROUPED if any("," in t for t in texts) else POINT), "", ()
    if comma:
        return (_COMMA_GROUPED if any("." in t for t in texts) else COMMA), "", ()
    if doubtful:
        return None, "ambiguous-number", (doubtful,)
    return POINT, "", ()
