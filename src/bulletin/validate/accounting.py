"""Rules of accounting: parts add up to their total, and one indicator follows from others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.model.cells import LENGTHS, MONTHS, PERIODS, Block, breaks_between, earlier
from bulletin.model.codes import DIMENSIONS
from bulletin.model.finding import Severity
from bulletin.model.parts import Part, named_parts, total_code
from bulletin.validate.evidence import Verdict, each, gravity, names, number, plain, verdict

if TYPE_CHECKING:
    from bulletin.model.cells import Booleans, Floats, Integers
    from bulletin.model.indicator import Indicator, RuleSpec
    from bulletin.validate.evidence import Evidence


def allowed(spec: RuleSpec, values: Floats) -> Floats:
    """The greater of `tolerance` and `relative` per cent of the value, and what binary fractions need."""
    import numpy as np

    size = np.abs(values)
    return np.maximum(number(spec.parameters, "tolerance"), size * number(spec.parameters, "relative") / 100) + size * 1e-12


def parts_add_up(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict | None:
    """`over` a dimension, `parts` (codes, or `children`) against the code `total` (`_T`, the country), for every combination of
    the other coordinates that has all parts: the gap is reported, never repaired. Fewer parts must not exceed the total.
    A total that was sent without any breakdown is no case of the rule.
    """
    import numpy as np

    over = str(spec.parameters.get("over", ""))
    if over not in DIMENSIONS:
        return None
    total = total_code(evidence.project, over, str(spec.parameters["total"]))
    parts = named_parts(evidence.project, over, total, spec.parameters["parts"])
    block = evidence.block(indicator.id)
    where = np.flatnonzero(evidence.cells.coding.holds(block.key, over, total) & ~np.isnan(block.value))
    if not len(where) or not parts:
        return None
    sums, held, needed = _summed(evidence, block, block.key[where], over, parts)
    totals = block.value[where]
    gap = sums - totals
    whole = (held == needed) & (needed > 0)
    above = ~whole & (held > 0) & (totals >= 0) & (gap > allowed(spec, totals))
    findings = [
        evidence.at(
            rule, gravity(spec), indicator.id, block, int(where[n]),
            over=over, total=plain(totals[n]), parts=plain(sums[n]), difference=plain(gap[n]),
        )
        for rule, found in (("sum-of-parts", whole & (np.abs(gap) > allowed(spec, totals))), ("parts-above-total", above))
        for n in each(found)
    ]  # fmt: skip
    partial = np.flatnonzero(~whole & ~above & (held * 2 >= needed) & (held > 0))
    if len(partial):
        n = int(partial[0])
        findings.append(
            evidence.about(
                "sum-partial", Severity.INFO, indicator.id, block, int(where[n]), len(partial), over=over,
                held=int(held[n]), needed=int(needed[n]),
            )
        )  # fmt: skip
    return verdict(findings, whole | above, ~whole & ~above & (held > 0))


def _summed(
    evidence: Evidence, block: Block, keys: Integers, over: str, parts: tuple[Part, ...]
) -> tuple[Floats, Integers, Integers]:
    """Sum of the parts, how many have a value, how many exist at that time."""
    import numpy as np

    sums, lost = np.zeros(len(keys)), np.zeros(len(keys))
    held, needed = np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=np.int64)
    month = keys % MONTHS
    for part in parts:
        exists: Booleans = (month >= part.first) & (month <= part.last)
        value = block.values(evidence.cells.coding.at(keys, over, part.code))
        here = exists & ~np.isnan(value)
        added = np.where(here, value, 0.0)
        step = sums + added
        lost += np.where(np.abs(sums) >= np.abs(added), (sums - step) + added, (added - step) + sums)
        sums = step
        held += here
        needed += exists
    return sums + lost, held, needed


def follows_from_others(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict:
    """The value is that of all indicators in `plus` less those in `minus`, at the same coordinates; with `previous`, added to
    its own value so many months before.
    """
    import numpy as np

    block = evidence.block(indicator.id)
    plus, minus = names(spec.parameters, "plus"), names(spec.parameters, "minus")
    expected = np.zeros(len(block.key))
    months = round(number(spec.parameters, "previous"))
    if months:
        expected += block.values(earlier(block.key, months))
    for name in plus:
        expected += evidence.block(name).values(block.key)
    for name in minus:
        expected -= evidence.block(name).values(block.key)
    gap = block.value - expected
    here, known = ~np.isnan(block.value), ~np.isnan(expected)
    terms = " + ".join(plus) + "".join(f" − {m}" for m in minus)
    findings = (
        evidence.at(
            "stock-flow" if months else "identity", gravity(spec), indicator.id, block, n,
            value=plain(block.value[n]), expected=plain(expected[n]), difference=plain(gap[n]), terms=terms,
        )
        for n in each(here & known & (np.abs(gap) > allowed(spec, expected)))
    )  # fmt: skip
    return verdict(findings, here & known, here & ~known)


def stock_follows_flows(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict:
    """Stock = stock `lag` months before + `entries` − `exits`, the flows being those of the `lag` months up to the stock's own: a
    year's for two Decembers. The first period of a series has nothing before it and is no case, nor is one after a break.
    """
    import numpy as np

    block, lag = evidence.block(indicator.id), round(number(spec.parameters, "lag"))
    entries, exits = names(spec.parameters, "entries"), names(spec.parameters, "exits")
    before_keys = earlier(block.key, lag)
    before = block.values(before_keys)
    during = block.key // PERIODS * PERIODS + LENGTHS.index(lag) * MONTHS + block.key % MONTHS if lag in LENGTHS else block.key
    expected = before.copy()
    for sign, flows in ((1, entries), (-1, exits)):
        for name in flows:
            expected += sign * evidence.block(name).values(during)
    case = ~np.isnan(block.value) & ~np.isnan(before)
    case &= ~breaks_between(block, block.key, before_keys % PERIODS, block.key % PERIODS)
    known, gap = case & ~np.isnan(expected), block.value - expected
    terms = " + ".join(entries) + "".join(f" − {m}" for m in exits)
    findings = (
        evidence.at(
            "stock-flow", gravity(spec), indicator.id, block, n,
            value=plain(block.value[n]), expected=plain(expected[n]), difference=plain(gap[n]), terms=terms,
        )
        for n in each(known & (np.abs(gap) > allowed(spec, expected)))
    )  # fmt: skip
    return verdict(findings, known, case & ~known)
