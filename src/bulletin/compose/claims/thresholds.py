"""The limits by which claims are decided, printed in the methodological note."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    """statistics.md 2.2; per cent unless said otherwise."""

    stable_percent: float = 1.0
    """A count or amount that moves less is broadly unchanged."""
    stable_points: float = 0.5
    """A rate that moves less, in percentage points, is broadly unchanged."""
    least_base: float = 50
    """No percentage change on a smaller count."""
    small_count: float = 50
    """Below it a count is called small."""
    doubled: tuple[float, float] = (95, 105)
    tripled: tuple[float, float] = (190, 210)
    plain_change: float = 300
    """Above it the multiple is said instead of the percentage."""
    exact: float = 0.5
    """A rounded expression (a third, doubled) needs no hedge within this distance, relative to the anchor."""
    fraction: float = 2.5
    """Greatest relative distance at which a fraction may stand for a share."""
    fraction_points: float = 1.5
    """Greatest distance in points at which a fraction may stand for a share."""
    span_years: int = 3
    streak: int = 3
    record_points: int = 5
    ranking_units: int = 5
    ranking_long: int = 8
    """From so many units the first three are named, otherwise the first two."""
    sum_points: float = 0.5
    """Parts of a composition may miss the whole by so many points."""
    named_places: int = 4
    """At most so many places are listed after a count of places."""
