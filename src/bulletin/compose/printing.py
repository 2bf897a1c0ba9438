"""How one observation is printed in a cell or beside a mark: figure or sign, status signs, and the fact behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bulletin.compose.context import Context
from bulletin.model.codes import ConfStatus, ObsStatus
from bulletin.model.dataset import Observation

_SIGNED = {
    ObsStatus.BREAK: "break",
    ObsStatus.SPECIAL: "special",
    ObsStatus.DEFINITION_DIFFERS: "definition_differs",
    ObsStatus.IN_ANOTHER: "included_elsewhere",
    ObsStatus.INCLUDES_ANOTHER: "includes_other",
    ObsStatus.IMPUTED: "estimated",
    ObsStatus.FORECAST: "forecast",
    ObsStatus.ESTIMATED: "estimated",
    ObsStatus.PROVISIONAL: "provisional",
    ObsStatus.NOT_SIGNIFICANT: "not_significant",
    ObsStatus.LOW_RELIABILITY: "low_reliability",
    ObsStatus.UNVALIDATED: "unvalidated",
    ObsStatus.EXPERIMENTAL: "experimental",
}
"""Statuses that qualify a figure and are printed after it."""


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
    """The cell of a table: `45 307`, `–` for an exact zero, `0,0` below half a unit, `..` not available, `//` not applicable, `c`."""
    signs = context.locale.signs
    if obs is None:
        return Printed(signs["missing"], "", True, ("missing",), ())
    if obs.value is None:
        context.facts.blank(obs, block)
        if obs.conf is not ConfStatus.FREE or ObsStatus.SUPPRESSED in obs.statuses:
            meaning = "confidential"
        elif ObsStatus.CANNOT_EXIST in obs.statuses:
            meaning = "not_applicable"
        else:
            meaning = "missing"
        return Printed(signs[meaning], "", True, (meaning,), ())
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
    """Keys of the status signs that follow a figure, in order of precedence."""
    found = dict.fromkeys(sign for status, sign in _SIGNED.items() if status in obs.statuses)
    return (*found, "revised") if obs.revised else tuple(found)


def signs_text(context: Context, statuses: tuple[str, ...]) -> str:
    return "".join(context.locale.signs[s] for s in statuses)
