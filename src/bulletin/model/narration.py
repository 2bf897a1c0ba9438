"""How the words of an edition are decided: limits of claims, weights of the planner, rotation of openings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Thresholds:
    """By which claims are decided; per cent unless said otherwise (statistics.md 2.2)."""

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
    halved: tuple[float, float] = (-52.5, -47.5)
    plain_change: float = 300
    """Above it the multiple is said instead of the percentage."""
    exact: float = 0.5
    """A rounded expression (a third, doubled) needs no hedge within this distance, relative to the anchor."""
    fraction: float = 2.5
    """Greatest relative distance at which a fraction may stand for a share."""
    fraction_points: float = 1.5
    """Greatest distance in points at which a fraction may stand for a share."""
    span_years: int = 3
    """No yearly average over fewer years."""
    streak: int = 3
    """Moves the same way, year after year, from which on they are counted."""
    record_points: int = 5
    """No highest or lowest value of a shorter series."""
    ranking_units: int = 5
    """No ranking of fewer places or groups."""
    ranking_long: int = 8
    """From so many units the first three are named, otherwise the first two."""
    sum_points: float = 0.5
    """Parts of a composition may miss the whole by so many points."""
    sum_change: float = 1.0
    """Changes of the parts may miss the change of the whole by so many per cent of it."""
    least_multiple: float = 1.1
    """The highest value is said to be a multiple of the lowest from here on."""
    named_places: int = 4
    """At most so many places are listed after a count of places."""


@dataclass(frozen=True)
class Weights:
    """What each reason to choose a key result counts for."""

    declared: float = 1.0
    """Times the importance that the outline gives the candidate, 0 to 3."""
    change: float = 1.0
    """Times how unusual the last change is in the series' own history, in standard deviations."""
    change_most: float = 3.0
    """A change counts as no more unusual than this."""
    headline: float = 1.0
    """For an indicator that is one of the edition's key figures."""
    novelty: float = 1.0
    """For a figure that the edition before did not have, or had otherwise."""
    national: float = 1.0
    """For a figure of the country as a whole, against one of a place."""


@dataclass(frozen=True)
class Planner:
    """How key results are chosen among the candidates of the outline."""

    most: int = 6
    required: tuple[str, ...] = ("coverage", "financing", "gender")
    """Domains of which at least one result is chosen where there is one."""
    history: int = 4
    """Changes that a series needs before one of them can be called unusual."""
    weights: Weights = field(default_factory=Weights)


@dataclass(frozen=True)
class Lexicon:
    """Words of one language that state something of figures; `*` at the end stands for any ending."""

    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    stable: tuple[str, ...] = ()
    rank: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    comparison: tuple[str, ...] = ()
    multiple: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    streak: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    number: tuple[str, ...] = ()
    """Words that count: *three*, *hundred*, *only one*. Not the article or pronoun *one*, nor ordinals."""
    plain: tuple[str, ...] = ()
    """Phrases that look like claims and are none: in definitions."""


@dataclass(frozen=True)
class Narration:
    thresholds: Thresholds = field(default_factory=Thresholds)
    planner: Planner = field(default_factory=Planner)
    openings: tuple[int, ...] = (0, 1, 2, 1)
    """The forms of a pattern in the order in which sentences take them; they come round again and again."""
    lexicon: Mapping[str, Lexicon] = field(default_factory=dict)
    """By language, from `config/lexicon/<language>.yaml`."""
