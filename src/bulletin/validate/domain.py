"""Rules of domain: counts are whole and not negative, rates lie between 0 and 100, values in their declared range."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bulletin.model.finding import Finding, Severity
from bulletin.model.indicator import Kind, TimeBasis
from bulletin.validate.evidence import number, plain

if TYPE_CHECKING:
    from bulletin.model.indicator import Indicator, RuleSpec
    from bulletin.validate.evidence import Evidence


def count_is_whole(evidence: Evidence, indicator: Indicator) -> Iterator[Finding]:
    """Averages may be broken numbers, never negative ones."""
    import numpy as np

    block = evidence.block(indicator.id)
    if indicator.kind is not Kind.COUNT:
        return
    if not any(r.rule == "range" for r in indicator.rules):
        for n in np.flatnonzero(block.value < 0).tolist():
            yield evidence.at("count-negative", Severity.ERROR, indicator.id, block, n, value=plain(block.value[n]))
    if indicator.time_basis is not TimeBasis.AVERAGE and not indicator.formula:
        for n in np.flatnonzero(np.abs(block.value - np.rint(block.value)) > 1e-6).tolist():
            yield evidence.at("count-not-whole", Severity.ERROR, indicator.id, block, n, value=plain(block.value[n]))


def rate_is_a_percentage(evidence: Evidence, indicator: Indicator) -> Iterator[Finding]:
    """Between 0 and 100 unless a range is declared."""
    if indicator.kind is not Kind.RATE or indicator.formula:
        return
    if not any(r.rule == "range" for r in indicator.rules):
        yield from _outside(evidence, indicator, Severity.ERROR, 0.0, 100.0)


def value_in_range(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Iterator[Finding]:
    """`min`, `max`: bounds included."""
    low, high = number(spec.parameters, "min", float("-inf")), number(spec.parameters, "max", float("inf"))
    yield from _outside(evidence, indicator, Severity(spec.severity), low, high)


def _outside(evidence: Evidence, indicator: Indicator, severity: Severity, low: float, high: float) -> Iterator[Finding]:
    import numpy as np

    block = evidence.block(indicator.id)
    for n in np.flatnonzero((block.value < low) | (block.value > high)).tolist():
        value = block.value[n]
        rule, bound = ("value-below", low) if value < low else ("value-above", high)
        yield evidence.at(rule, severity, indicator.id, block, n, value=plain(value), bound=plain(bound))
