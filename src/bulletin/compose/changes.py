"""The change between two observations beside each other in a table or key figure, by the same rules as in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bulletin.compose.claims.series import broken
from bulletin.compose.claims.statement import Evidence, exact
from bulletin.compose.context import Context
from bulletin.model.codes import ObsStatus
from bulletin.model.dataset import Observation
from bulletin.model.fact import Fact
from bulletin.model.indicator import Kind, TimeBasis
from bulletin.model.period import Period


@dataclass(frozen=True)
class Change:
    fact: Fact
    size: Decimal
    """Per cent, or points for rates."""
    in_points: bool


def change_between(context: Context, before: Observation | None, after: Observation | None) -> Change | None:
    """None where a change has no meaning: a value missing, another series or unit, parts of the year that do not correspond,
    a break in between, a base that is not positive or tiny."""
    if before is None or after is None or before.value is None or after.value is None:
        return None
    evidence = context.evidence
    if not _comparable(evidence, before, after):
        return None
    if evidence.indicator(after.indicator).kind is Kind.RATE:
        points = exact(after.value) - exact(before.value)
        return Change(context.facts.computed("points", (before, after), float(points), "PP"), points, True)
    least = evidence.thresholds.least_base if evidence.indicator(after.indicator).kind is Kind.COUNT else 0
    if before.value <= 0 or before.value < least or after.value < 0:
        return None
    growth = 100 * (exact(after.value) / exact(before.value) - 1)
    return Change(context.facts.computed("growth", (before, after), float(growth), "PT"), growth, False)


def _comparable(evidence: Evidence, before: Observation, after: Observation) -> bool:
    if (before.indicator, before.coordinates, before.unit) != (after.indicator, after.coordinates, after.unit):
        return False
    old, new = Period.parse(before.period), Period.parse(after.period)
    if not old < new or ObsStatus.BREAK in after.statuses or broken(evidence, before, after):
        return False
    return evidence.indicator(after.indicator).time_basis in (TimeBasis.STOCK, TimeBasis.CUMULATIVE) or (
        old.months,
        old.month,
    ) == (new.months, new.month)
