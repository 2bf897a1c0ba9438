"""Numbers written in several words: `cento e vinte e cinco mil`, `one hundred and twenty-five thousand`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

_SCORE = 20
"""`quatre-vingts`: the four before it counts twenties."""
_THOUSANDS = {1000: 3, 10**6: 6}
"""Numbers that a language may have among its other words, and their powers of ten: `mille`."""


@dataclass(frozen=True)
class Phrase:
    value: Decimal
    core: int
    """Where its last scale word begins, without the blank, if it ends in one; else `end`."""
    end: int
    power: int
    """Of ten, of the scale word in which it ends."""


def phrase_at(
    text: str,
    start: int,
    word: re.Pattern[str],
    join: re.Pattern[str],
    values: Mapping[str, int],
    scales: Mapping[str, int],
    key: Callable[[str], str],
) -> Phrase | None:
    """The longest number that the words from `start` on make; None when it is no more than one word. `word`: one word of `values`
    or of `scales`; `join`: what may stand between two."""
    total, group, limit = Decimal(0), 0, 99
    power, count, place = 0, 0, start
    core = end = start
    while found := word.match(text, place):
        said = key(found[0])
        step = scales.get(said) or _THOUSANDS.get(values.get(said, 0), 0)
        if step and (group or not count) and step < limit:
            total += Decimal(group or 1).scaleb(step)
            power = limit = step
            core = end if count else found.end()
            group = 0
        elif said in values and (added := _within(group, values[said])) is not None:
            group, power = added, 0
            core = found.end()
        else:
            break
        count, end = count + 1, found.end()
        between = join.match(text, end)
        if not between:
            break
        place = between.end()
    return Phrase(total + group, core, end, power) if count > 1 else None


def _within(group: int, value: int) -> int | None:
    """A number below a thousand with one word more, the greater first; None where that is no number."""
    if not 0 < value < 1000:
        return None
    if not group:
        return value
    if value == 100:
        return group * 100 if group < 10 else None
    if value == _SCORE and group % 100 == 4:
        return group + 76
    if group % 100 == 0 and value < 100:
        return group + value
    tens = group % 100 >= 20 and group % 10 == 0
    return group + value if tens and (value < 10 or (value < 20 and group % 100 in (60, 80))) else None
