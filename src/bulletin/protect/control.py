"""Which indicators are under disclosure control, and which of their cells may not be printed for their own sake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.model.indicator import Kind, TimeBasis

if TYPE_CHECKING:
    from bulletin.model.disclosure import Disclosure
    from bulletin.model.indicator import Indicator
    from bulletin.model.project import Project

PEOPLE = frozenset({"persons", "households", "benefits", "payments"})
Key = tuple[str, int]
"""Indicator and key of its coding."""


@dataclass(frozen=True)
class Need:
    """Why a cell is hidden, and the width of the interval in which nobody may be able to place it."""

    rule: str
    width: float
    primary: bool = True


def controlled(project: Project) -> frozenset[str]:
    """Counts of people, households, benefits and payments that were observed: neither populations nor targets, which the catalogue
    frees, nor enterprises, which are no persons."""
    said = project.edition.disclosure
    return frozenset(i.id for i in project.catalogue.values() if is_controlled(i, said))


def is_controlled(indicator: Indicator, said: Disclosure) -> bool:
    if indicator.id in said.free or indicator.disclosure == "free":
        return False
    if indicator.id in said.control or indicator.disclosure == "control":
        return True
    return indicator.kind is Kind.COUNT and indicator.unit_counted in PEOPLE


def is_additive(indicator: Indicator | None) -> bool:
    """Whether its parts add up to a total, so that a total gives a part away."""
    if indicator is None or indicator.kind not in (Kind.COUNT, Kind.AMOUNT):
        return False
    return indicator.kind is Kind.COUNT or indicator.time_basis is not TimeBasis.AVERAGE


def is_small(value: float, threshold: int) -> bool:
    return 0 < value < threshold


def width_for(indicator: Indicator | None, value: float, said: Disclosure) -> float:
    """Protection of a cell hidden for another reason than its smallness."""
    if indicator is not None and indicator.kind is Kind.COUNT:
        return said.width
    return abs(value) * said.percent / 100


def dominant(total: float, largest: float, second: float, said: Disclosure) -> float | None:
    """The width to protect where the second largest contributor could estimate the largest within p %; else None.

    The p % rule: a cell is sensitive when what remains of it after its two largest contributors is less than p % of the largest.
    """
    if total <= 0 or total - largest - second >= largest * said.percent / 100:
        return None
    return max(largest * said.percent / 100, 1e-9 * total)


def companions(project: Project) -> Mapping[str, str]:
    """Indicators that carry contributions of single employers, and are never printed, to the indicator they belong to."""
    return {name: d.indicator for d in project.edition.disclosure.dominance for name in (d.largest, d.second)}
