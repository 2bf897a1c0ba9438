"""Slips of a power of ten: a nought too many, a value in thousands among units, a share sent for a percentage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.model.cells import MONTHS, PERIODS, Block, has_status, period_text, series
from bulletin.model.codes import TOTAL, ObsStatus
from bulletin.model.indicator import Kind, TimeBasis
from bulletin.model.parts import parts_of, total_code
from bulletin.validate.evidence import Verdict, each, gravity, number, numbers, plain, verdict

if TYPE_CHECKING:
    from bulletin.model.cells import Booleans, Floats, Integers
    from bulletin.model.finding import Finding
    from bulletin.model.indicator import Indicator, RuleSpec
    from bulletin.validate.evidence import Evidence, Parameters


def unit_slip(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict | None:
    """A figure about 10, 100, 1000 … times its neighbours in time: between two that agree, at the end of a series, or where the
    series goes on at the other size. A break explains all of it; a movement that most places share explains that of one.
    """
    import numpy as np

    if indicator.formula:
        return None
    block = _in_time(evidence.block(indicator.id), stock=indicator.time_basis is TimeBasis.STOCK)
    if not len(block.key):
        return None
    steps = _steps(block, spec.parameters, indicator.kind, stock=indicator.time_basis is TimeBasis.STOCK)
    own = np.abs(steps.size - _common(evidence, block, steps, round(number(spec.parameters, "places"))))
    slip = steps.slip & (own > 1 - number(spec.parameters, "slack"))
    findings = (_slip(evidence, indicator, spec, block, n, int(steps.beside[n]), float(steps.size[n])) for n in each(slip))
    return verdict(findings, steps.judged, ~steps.judged)


@dataclass(frozen=True)
class _Steps:
    slip: Booleans
    size: Floats
    """Distance from its neighbours in time, as a decimal logarithm."""
    beside: Integers
    """Position of the neighbour it is compared with."""
    judged: Booleans


def _in_time(block: Block, *, stock: bool) -> Block:
    """Values other than nought; stocks by the month they stand for, whatever the length of the period."""
    import numpy as np

    here = ~np.isnan(block.value) & (block.value != 0)
    kept = Block(block.key[here], block.value[here], block.status[here], block.row[here])
    if not stock:
        return kept
    order = np.lexsort((kept.key % MONTHS, kept.key // PERIODS))
    return Block(kept.key[order], kept.value[order], kept.status[order], kept.row[order])


def _steps(block: Block, parameters: Parameters, kind: Kind, *, stock: bool) -> _Steps:
    import numpy as np

    value = np.abs(block.value)
    size = np.log10(value)
    line = block.key // PERIODS if stock else series(block.key)
    count = len(size)
    joined = np.zeros(count + 1, dtype=bool)
    # a rate that passes through nought is small on the way, and no larger or smaller by a factor
    same_side = np.sign(block.value[1:]) == np.sign(block.value[:-1])
    joined[1:-1] = (line[1:] == line[:-1]) & same_side & ~has_status(block.status[1:], ObsStatus.BREAK)
    before, after = joined[:-1], joined[1:]
    step = np.zeros(count + 1)
    step[1:-1] = size[1:] - size[:-1]
    step[~joined] = 0.0
    powers, slack = numbers(parameters, "powers"), number(parameters, "slack")
    least = number(parameters, "min_rate" if kind in (Kind.RATE, Kind.RATIO) else "min_base")
    since, until = step[:-1], -step[1:]  # how far it lies above what comes before, and above what comes after
    apart = np.where(before & after, (since + until) / 2, np.where(before, since, until))
    lowest = np.minimum(np.where(before, np.roll(value, 1), np.inf), np.where(after, np.roll(value, -1), np.inf))
    enough = lowest >= least
    between = before & after & (since * until > 0) & (np.minimum(np.abs(since), np.abs(until)) > number(parameters, "apart"))
    spike = between & enough & _power(apart, powers, slack)
    beside_spike = np.zeros(count, dtype=bool)
    beside_spike[1:] |= before[1:] & spike[:-1]
    beside_spike[:-1] |= after[:-1] & spike[1:]
    # at an end there is one neighbour; the trend that leads there is taken off
    lead = np.zeros(count)
    lead[2:] = np.where(before[1:-1], step[1:-2], 0.0)
    trail = np.zeros(count)
    trail[:-2] = np.where(after[1:-1], -step[2:-1], 0.0)
    usual = number(parameters, "trend")
    last, first = before & ~after, after & ~before
    ends = np.where(last, since - np.clip(lead, -usual, usual), until - np.clip(trail, -usual, usual))
    alone = np.zeros(count, dtype=bool)
    alone[:-1] = first[:-1] & last[1:]  # two observations: the later one is named
    end = (last | (first & ~alone)) & enough & ~beside_spike & _power(ends, powers, slack)
    after_end = np.zeros(count, dtype=bool)
    after_end[1:] = end[:-1] & first[:-1]
    stays = (
        before & after & enough & ~spike & ~beside_spike & ~after_end & _power(since, tuple(p for p in powers if p > 1), slack)
    )
    share = np.zeros(count, dtype=bool)
    if kind is Kind.RATE:
        small = np.where(before, np.minimum(value, np.roll(value, 1)), np.inf) <= 1
        share = before & small & _power(since, (2,), slack)
        share[1:] &= ~(share[:-1] & (since[1:] * since[:-1] < 0) & before[1:])
    slip = spike | end | stays | share
    distance = np.where(before & after, np.where(stays | share, since, apart), ends)
    beside = np.arange(count) + np.where(before, -1, 1)
    return _Steps(slip, distance, beside, before | after)


def _common(evidence: Evidence, block: Block, steps: _Steps, least: int) -> Floats:
    """Median distance of all places at the same time, for each figure of a place; 0 with fewer than `least` of them."""
    import numpy as np

    coding, country = evidence.cells.coding, evidence.project.country.code
    common = np.zeros(len(block.key))
    where = np.flatnonzero(~coding.holds(block.key, "ref_area", country) & steps.judged)
    group = coding.at(block.key[where], "ref_area", country)
    order = np.lexsort((steps.size[where], group))
    where, group = where[order], group[order]
    starts = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]])) if len(group) else np.empty(0, dtype=np.int64)
    counts = np.diff(np.append(starts, len(group)))
    size = steps.size[where]
    middle = (size[starts + (counts - 1) // 2] + size[starts + counts // 2]) / 2 if len(starts) else np.empty(0)
    common[where] = np.repeat(np.where(counts >= least, middle, 0.0), counts)
    return common


def _power(distance: Floats, powers: tuple[int, ...], slack: float) -> Booleans:
    import numpy as np

    found = np.zeros(len(distance), dtype=bool)
    for power in powers:
        found |= np.abs(np.abs(distance) - power) < slack
    return found


def _slip(evidence: Evidence, indicator: Indicator, spec: RuleSpec, block: Block, n: int, m: int, size: float) -> Finding:
    return evidence.at(
        "unit-slip", gravity(spec), indicator.id, block, n, value=plain(evidence.frame["value"].iloc[int(block.row[n])]),
        before=plain(evidence.frame["value"].iloc[int(block.row[m])]), since=period_text(int(block.key[m]) % PERIODS),
        factor=_power_of_ten(size),
    )  # fmt: skip


def _power_of_ten(size: float) -> int | float:
    """The nearest, never 1: 10, 100, … for a figure too large, 0.1, 0.01, … for one too small."""
    times = max(1, round(abs(size)))
    return 10**times if size > 0 else float(f"1e-{times}")


def part_above_whole(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict | None:
    """No single part exceeds the total it belongs to, also where a breakdown is given in part and for one period only."""
    import numpy as np

    if indicator.kind not in (Kind.COUNT, Kind.AMOUNT) or indicator.time_basis is TimeBasis.AVERAGE or indicator.formula:
        return None
    block, coding = evidence.block(indicator.id), evidence.cells.coding
    findings: list[Finding] = []
    judged = np.zeros(len(block.key), dtype=bool)
    for over in ("ref_area", *indicator.dimensions):
        total = total_code(evidence.project, over, TOTAL)
        summed = {str(r.parameters.get("over", "")) for r in indicator.rules if r.rule == "sum"}
        whole = block.values(coding.at(block.key, over, total))
        part = ~coding.holds(block.key, over, total) & ~np.isnan(block.value) & ~np.isnan(whole) & (whole >= 0)
        if over == "ref_area":
            within = [coding.digits[over].get(p.code, -1) for p in parts_of(evidence.project, over)]
            part &= np.isin(coding.digit(block.key, over), within)
        judged |= part
        if over in summed:
            continue
        slack = np.maximum(number(spec.parameters, "tolerance"), np.abs(whole) * number(spec.parameters, "relative") / 100)
        findings += [
            evidence.at(
                "part-above-total", gravity(spec), indicator.id, block, n, over=over, value=plain(block.value[n]),
                total=plain(whole[n]),
            )
            for n in each(part & (block.value > whole + slack))
        ]  # fmt: skip
    return verdict(findings, judged)
