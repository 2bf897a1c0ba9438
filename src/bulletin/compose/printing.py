"""How one observation is printed in a cell or beside a mark: figure or sign, status signs, and the fact behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bulletin.compose.context import Context
from bulletin.model.dataset import Observation
from bulletin.model.signs import REVISED, sign_of_gap, signs_after


@dataclass(frozen=True)
class Printed:
    text: str
    fact: str
    """Empty when nothing is known: the sign stands for no fact."""
    missing: bool
    meanings: tuple[str, ...]
    """Keys of `Locale.signs` of everything printed: the sign that stands for the value, and status signs."""
    statuses: tuple[str, ...]
    """Keys of the status signs that follow the figure."""


def print_value(context: Context, obs: Observation | None, block: str, *, scale: int, decimals: int) -> Printed:
    """The cell of a table: `45 307`, `–` for an exact zero, `0,0` below half a unit, `..` not available, `//` not applicable, `c`;
    the signs are those of the edition's preset."""
    signs = context.locale.signs
    if obs is None:
        return Printed(signs["missing"], "", True, ("missing",), ())
    if obs.value is None:
        context.facts.blank(obs, block)
        meaning, after = sign_of_gap(obs.statuses, obs.conf), status_keys(obs)
        return Printed(signs[meaning], "", True, (meaning, *after), after)
    fact = context.facts.observation(obs)
    statuses = status_keys(obs)
    meanings = statuses
    if obs.value == 0:
        text = signs["zero"]
        meanings = ("zero", *statuses)
    else:
        text = print_number(context, obs.value, scale=scale, decimals=decimals)
        if not any(c in text for c in "123456789"):
            meanings = ("below_half", *statuses)
            text = text if signs["below_half"].isdigit() else signs["below_half"]
    context.facts.printed(fact, context.language, text, block)
    return Printed(text, fact.id, False, meanings, statuses)


def print_number(context: Context, value: float, *, scale: int, decimals: int) -> str:
    """At a table's scale and decimals, rounded once."""
    return context.locale.number(Decimal(repr(value)).scaleb(-scale), decimals, table=True)


def rounded(value: float, *, scale: int, decimals: int) -> Decimal:
    """The value as a reader sees it, to compare printed figures with each other."""
    return Decimal(repr(value)).scaleb(-scale).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def printed_alike(one: float, other: float, *, scale: int, decimals: int) -> bool:
    return rounded(one, scale=scale, decimals=decimals) == rounded(other, scale=scale, decimals=decimals)


def status_keys(obs: Observation) -> tuple[str, ...]:
    """Meanings of the status signs that follow a figure or the sign in its place, in order of precedence, revision last."""
    return signs_after(obs.statuses, missing=obs.value is None) + ((REVISED,) if obs.revised else ())


def signs_text(context: Context, meanings: tuple[str, ...]) -> str:
    """In the order given, a sign that two meanings share once."""
    return "".join(dict.fromkeys(context.locale.signs[m] for m in meanings))


def after_figure(context: Context, obs: Observation | None, statuses: tuple[str, ...], *, scale: int, decimals: int) -> str:
    """What hangs after the figure of a cell: `[40,3–43,9]`, the interval that the source gives around it, then status signs.

    In the cell and not in columns of its own, as sources give intervals for some figures of a table only.
    """
    signs = signs_text(context, statuses)
    if obs is None or obs.value is None or obs.lower is None or obs.upper is None:
        return signs
    low, high = (print_number(context, v, scale=scale, decimals=decimals) for v in (obs.lower, obs.upper))
    return f"[{low}{'; ' if obs.lower < 0 else '–'}{high}]{signs}"


def has_interval(observations: Iterable[Observation]) -> bool:
    return any(o.value is not None and o.lower is not None and o.upper is not None for o in observations)
