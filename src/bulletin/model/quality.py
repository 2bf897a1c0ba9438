"""What an edition says about itself: rules and their outcomes, what arrived, what changed since the edition before."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from bulletin.model.dataset import Observation
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
    ILLUSTRATIVE = "illustrative"
    """Nothing was sent; a program made values up to show the form of the page."""


@dataclass(frozen=True)
class Availability:
    """What one institution has sent for one indicator and year."""

    institution: str
    indicator: str
    year: int
    state: Arrival
    expected: int
    """Cells that the outline prints, or that what it prints is computed from."""
    received: int
    """Those with a value, a confidential one or one that cannot exist among them."""
    answered: int = 0
    """Those with a row, be it one that declares the value missing."""
    illustrative: int = 0
    """Those with a made-up value only."""


class Amendment(StrEnum):
    AMENDED = "amended"
    ADDED = "added"
    DELETED = "deleted"
    HIDDEN = "hidden"
    """Confidential in one of the two editions: never compared by value."""


class Cause(StrEnum):
    SCHEDULED = "scheduled"
    CORRECTION = "correction"
    CONSEQUENCE = "consequence"
    """Calculated from figures that were revised."""
    WINDOW = "window"
    """No longer printed because the years of the tables moved on."""
    UNEXPLAINED = "unexplained"
    NONE = ""
    """Added or hidden figures need no reason."""


@dataclass(frozen=True)
class Revision:
    """One published figure that differs from the edition before."""

    key: str
    """Key of the observation."""
    kind: Amendment
    old: float | None
    new: float | None
    reason: LocalText = field(default_factory=dict)
    cause: Cause = Cause.NONE
    before: Observation | None = None
    """As the earlier edition published it; None when it did not, and for what is hidden."""
    after: Observation | None = None

    @property
    def difference(self) -> float | None:
        """New less old, as the decimals that are written, without the noise of binary fractions; None across units."""
        if self.old is None or self.new is None or (self.before and self.after and self.before.unit != self.after.unit):
            return None
        return float(Decimal(repr(self.new)) - Decimal(repr(self.old)))


@dataclass(frozen=True)
class RowAccount:
    """What became of the rows of one data file: `read = used + rejected + ignored`."""

    file: str
    read: int
    used: int
    rejected: int
    ignored: int


ORIGIN = "from:"
"""Begins the subject of a measure of all files that come from the same institutions, which follow; `*`: illustrative rows."""


@dataclass(frozen=True)
class Measure:
    """A figure about the edition itself, made from counts of cells, never from hidden values."""

    name: str
    """`response`, `provisional`, `checked`, …; the documentation of the quality annex lists them."""
    subject: str
    """Institution, kind of rule or file that it is of, or ORIGIN and institutions joined by `;`; empty: the whole edition."""
    value: float
    unit: str
    """`COUNT`, `PT` (per cent), `DAYS`."""
