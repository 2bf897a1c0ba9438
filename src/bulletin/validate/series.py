"""Rules along time: leaps, values that repeat exactly, cumulative figures that fall, parts of a year above the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.model.cells import LENGTHS, MONTHS, PERIODS, breaks_between, earlier, has_status, period_text, series
from bulletin.model.codes import ObsStatus
from bulletin.model.indicator import Kind, TimeBasis
from bulletin.validate.evidence import Verdict, each, gravity, number, plain, verdict, with_values

if TYPE_CHECKING:
    from bulletin.model.cells import Integers
    from bulletin.model.indicator import Indicator, RuleSpec
    from bulletin.validate.evidence import Evidence


def leap(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict:
    """Change over `lag` months of more than `max_percent` from a base of at least `min_base`; for rates, of more than
    `max_points`. Not across a break. The first period of a series has nothing before it and is no case. With `lag` 0 the figure
    before is the last one there is, and a change over more than a year is taken per year.
    """
    import numpy as np

    block = evidence.block(indicator.id)
    lag = round(number(spec.parameters, "lag"))
    if lag:
        before_keys = earlier(block.key, lag)
    else:
        block = with_values(block)
        before_keys = np.full(len(block.key), -1, dtype=np.int64)
        before_keys[1:] = np.where(series(block.key[1:]) == series(block.key[:-1]), block.key[:-1], -1)
    before = block.values(before_keys)
    change = block.value - before
    smooth = ~breaks_between(block, block.key, before_keys % MONTHS, block.key % MONTHS)
    if indicator.kind is Kind.RATE:
        found = np.abs(change) > number(spec.parameters, "max_points")
        rule, size = "points-large", change
        checked = smooth & ~np.isnan(change)
    else:
        base = np.abs(before)
        with np.errstate(divide="ignore", invalid="ignore"):
            years = np.maximum((block.key - before_keys) / 12, 1)
            per_year = (lag == 0) & (years > 1) & (before_keys >= 0) & (block.value * before > 0)
            size = np.where(per_year, 100 * (np.abs(block.value / before) ** (1 / years) - 1), 100 * change / base)
        found = np.abs(size) > number(spec.parameters, "max_percent")
        rule = "growth-large"
        checked = smooth & ~np.isnan(change) & (base >= number(spec.parameters, "min_base"))
    findings = (
        evidence.at(
            rule, gravity(spec), indicator.id, block, n, value=plain(block.value[n]), before=plain(before[n]),
            since=period_text(int(before_keys[n]) % PERIODS), change=round(float(size[n]), 1),
        )
        for n in each(found & checked)
    )  # fmt: skip
    return verdict(findings, checked)


def repeated(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict | None:
    """The value of `lag` months before, exactly, where it is at least `min`; round ones, such as targets, may repeat."""
    if indicator.kind is not Kind.COUNT or indicator.formula:
        return None
    block, round_to = evidence.block(indicator.id), number(spec.parameters, "round")
    keys: Integers = earlier(block.key, round(number(spec.parameters, "lag")))
    before = block.values(keys)
    checked = (block.value >= number(spec.parameters, "min")) & (before == before)
    if round_to > 0:
        checked &= block.value % round_to != 0
    findings = (
        evidence.at(
            "value-repeated", gravity(spec), indicator.id, block, n, value=plain(block.value[n]),
            since=period_text(int(keys[n]) % PERIODS),
        )
        for n in each(checked & (before == block.value))
    )  # fmt: skip
    return verdict(findings, checked)


def never_falls(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict | None:
    """What is counted since the beginning does not become less, unless the series breaks."""
    if indicator.time_basis is not TimeBasis.CUMULATIVE or indicator.kind not in (Kind.COUNT, Kind.AMOUNT):
        return None
    block = with_values(evidence.block(indicator.id))
    same = series(block.key[1:]) == series(block.key[:-1])
    same &= ~has_status(block.status[1:], ObsStatus.BREAK)
    findings = (
        evidence.at(
            "cumulative-falls", gravity(spec), indicator.id, block, n + 1, value=plain(block.value[n + 1]),
            before=plain(block.value[n]), since=period_text(int(block.key[n]) % PERIODS),
        )
        for n in each(same & (block.value[1:] < block.value[:-1]))
    )  # fmt: skip
    return verdict(findings, same)


def year_of_its_parts(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict | None:
    """For flows: the months, quarters or half-years of a year add up to it when all are there, and none exceeds it."""
    import numpy as np

    if indicator.time_basis is not TimeBasis.FLOW or indicator.kind not in (Kind.COUNT, Kind.AMOUNT) or indicator.formula:
        return None
    block = with_values(evidence.block(indicator.id))
    years = (block.key % PERIODS) // MONTHS == 0
    keys, totals = block.key[years], block.value[years]
    if len(keys) == len(block.key):
        return None
    place = np.flatnonzero(years)
    findings, checked = [], 0
    for n, length in enumerate(LENGTHS[1:], start=1):
        parts = np.array([block.values(keys + n * MONTHS - back) for back in range(0, 12, length)])
        held = (~np.isnan(parts)).sum(axis=0)
        sums = np.nansum(parts, axis=0)
        slack = np.maximum(number(spec.parameters, "tolerance"), np.abs(totals) * number(spec.parameters, "relative") / 100)
        whole, some = held == 12 // length, held > 0
        wrong = (whole & (np.abs(sums - totals) > slack)) | (some & (totals >= 0) & (sums > totals + slack))
        checked += int(some.sum())
        findings += [
            evidence.at(
                "year-differs", gravity(spec), indicator.id, block, int(place[i]), value=plain(totals[i]), parts=plain(sums[i]),
                count=int(held[i]), months=length,
            )
            for i in each(wrong)
        ]  # fmt: skip
    return verdict(findings, checked)
