"""Rules along time: leaps, slips of unit, values that repeat exactly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bulletin.model.cells import MONTHS, PERIODS, Block, breaks_between, earlier, has_status, period_text, series
from bulletin.model.codes import ObsStatus
from bulletin.model.finding import Finding, Severity
from bulletin.model.indicator import Kind
from bulletin.validate.evidence import names, number, plain

if TYPE_CHECKING:
    from bulletin.model.cells import Booleans, Floats, Integers
    from bulletin.model.indicator import Indicator, RuleSpec
    from bulletin.validate.evidence import Evidence

POWERS = (3, 6, 9)
"""Slips looked for everywhere: thousands, millions and thousand millions taken for units, or the reverse."""
SLACK = 0.4
"""How far from a power of ten, as a logarithm, still looks like a slip."""
LEAST = 100.0
MANY = 1000.0


def leap(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Iterator[Finding]:
    """Change over `lag` months (12) of more than `max_percent` (30) from a base of at least `min_base` (500); for rates, of more
    than `max_points` (10). Not across a break.
    """
    import numpy as np

    block = evidence.block(indicator.id)
    before_keys = earlier(block.key, round(number(spec.parameters, "lag", 12)))
    before = block.values(before_keys)
    change = block.value - before
    smooth = ~breaks_between(block, block.key, before_keys % MONTHS, block.key % MONTHS)
    if indicator.kind is Kind.RATE:
        found = np.abs(change) > number(spec.parameters, "max_points", 10)
        rule, size = "points-large", change
    else:
        base = np.abs(before)
        with np.errstate(divide="ignore", invalid="ignore"):
            size = 100 * change / base
        found = (base >= number(spec.parameters, "min_base", 500)) & (np.abs(size) > number(spec.parameters, "max_percent", 30))
        rule = "growth-large"
    for n in np.flatnonzero(found & smooth).tolist():
        yield evidence.at(
            rule, Severity(spec.severity), indicator.id, block, n, value=plain(block.value[n]), before=plain(before[n]),
            since=period_text(int(before_keys[n]) % PERIODS), change=round(float(size[n]), 1),
        )  # fmt: skip


def unit_slip(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Iterator[Finding]:
    """A step from one observation to the next by about a power of ten named in `powers` (1, 2, 3 …)."""
    powers = tuple(int(p) for p in names(spec.parameters, "powers") if p.isdigit()) or POWERS
    yield from _slips(evidence, indicator, Severity(spec.severity), powers, number(spec.parameters, "min_base", LEAST))


def unit_slip_everywhere(evidence: Evidence, indicator: Indicator) -> Iterator[Finding]:
    """Counts and amounts by thousands; rates by a hundred, where a share was sent for a percentage."""
    if any(r.rule == "unit-slip" for r in indicator.rules):
        return
    if indicator.kind in (Kind.COUNT, Kind.AMOUNT):
        yield from _slips(evidence, indicator, Severity.WARNING, POWERS, LEAST)
    elif indicator.kind is Kind.RATE:
        yield from _slips(evidence, indicator, Severity.WARNING, (2,), 0.0, most_smaller=1.0)


def _slips(
    evidence: Evidence, indicator: Indicator, severity: Severity, powers: tuple[int, ...], least: float,
    most_smaller: float = float("inf"),
) -> Iterator[Finding]:  # fmt: skip
    import numpy as np

    block = _with_values(evidence.block(indicator.id))
    if len(block.key) < 2:
        return
    now, before = np.abs(block.value[1:]), np.abs(block.value[:-1])
    smaller = np.minimum(now, before)
    same = (series(block.key[1:]) == series(block.key[:-1])) & (smaller > 0) & (smaller >= least) & (smaller <= most_smaller)
    same &= ~has_status(block.status[1:], ObsStatus.BREAK)
    with np.errstate(divide="ignore", invalid="ignore"):
        step = np.where(same, np.log10(np.where(same, now, 1.0) / np.where(same, before, 1.0)), 0.0)
    found = np.zeros(len(step), dtype=bool)
    for power in powers:
        found |= np.abs(np.abs(step) - power) < SLACK
    returned = np.zeros(len(step), dtype=bool)
    # a single wrong figure steps up and down again: the second step is the right figure after it
    returned[1:] = found[:-1] & (step[1:] * step[:-1] < 0) & (series(block.key[2:]) == series(block.key[:-2]))
    for n in np.flatnonzero(found & ~returned).tolist():
        yield evidence.at(
            "unit-slip", severity, indicator.id, block, n + 1, value=plain(block.value[n + 1]), before=plain(block.value[n]),
            since=period_text(int(block.key[n]) % PERIODS), factor=10 ** round(abs(float(step[n]))),
        )  # fmt: skip


def repeated(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Iterator[Finding]:
    """The value of `lag` months (12) before, exactly, where it is at least `min` (1000)."""
    least, lag = number(spec.parameters, "min", MANY), round(number(spec.parameters, "lag", 12))
    block = evidence.block(indicator.id)
    yield from _repeats(evidence, indicator, Severity(spec.severity), lag, block.value >= least)


def repeated_everywhere(evidence: Evidence, indicator: Indicator) -> Iterator[Finding]:
    """Large counts do not repeat to the last digit; round ones, such as targets, may."""
    if indicator.kind is Kind.COUNT and not indicator.formula and not any(r.rule == "repeated" for r in indicator.rules):
        block = evidence.block(indicator.id)
        yield from _repeats(evidence, indicator, Severity.WARNING, 12, (block.value >= MANY) & (block.value % 100 != 0))


def _repeats(evidence: Evidence, indicator: Indicator, severity: Severity, lag: int, eligible: Booleans) -> Iterator[Finding]:
    import numpy as np

    block = evidence.block(indicator.id)
    keys: Integers = earlier(block.key, lag)
    before: Floats = block.values(keys)
    for n in np.flatnonzero(eligible & (before == block.value)).tolist():
        since = period_text(int(keys[n]) % PERIODS)
        yield evidence.at("value-repeated", severity, indicator.id, block, n, value=plain(block.value[n]), since=since)


def _with_values(block: Block) -> Block:
    import numpy as np

    here = ~np.isnan(block.value)
    return Block(block.key[here], block.value[here], block.status[here], block.row[here])
