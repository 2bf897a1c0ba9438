"""What an edition says about itself: rules and their outcomes, what arrived, what changed since the edition before."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bulletin.model.text import LocalText


@dataclass(frozen=True)
class RuleOutcome:
    """How often one rule was applied to one indicator, and with what result; `passed = checked − failed`."""

    rule: str
    indicator: str
    severity: str
    checked: int
    failed: int
    not_evaluated: int = 0
    """Cells for which what the rule needs is missing: they count as not passed."""


class Arrival(StrEnum):
    RECEIVED = "received"
    PARTIAL = "partial"
    """Some of the expected cells have a value."""
    PROVISIONAL = "provisional"
    LATE = "late"
    """Not there, and the institution's date has passed."""
    MISSING = "missing"
    NOT_DUE = "not_due"


@dataclass(frozen=True)
class Availability:
    """What one institution has sent for one indicator and year."""

    institution: str
    indicator: str
    year: int
    state: Arrival
    expected: int
    """Cells that the outline prints."""
    received: int


class Amendment(StrEnum):
    AMENDED = "amended"
    ADDED = "added"
    DELETED = "deleted"


@dataclass(frozen=True)
class Revision:
    """One published figure that differs from the edition before."""

    key: str
    """Key of the observation."""
    kind: Amendment
    old: float | None
    new: float | None
    reason: LocalText = field(default_factory=dict)
