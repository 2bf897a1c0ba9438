"""Rules of accounting: parts add up to their total, and one indicator follows from others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bulletin.model.cells import MONTHS, Block, earlier
from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.finding import Finding, Severity
from bulletin.model.parts import Part, named_parts, total_code
from bulletin.validate.evidence import names, number, plain

if TYPE_CHECKING:
    from bulletin.model.cells import Booleans, Floats, Integers
    from bulletin.model.indicator import Indicator, RuleSpec
    from bulletin.validate.evidence import Evidence

TOLERANCE = 0.5


def allowed(spec: RuleSpec, values: Floats) -> Floats:
    """The greater of `tolerance` and `relative` per cent of the value, and what binary fractions need."""
    import numpy as np

    size = np.abs(values)
    relative = size * number(spec.parameters, "relative", 0) / 100
    return np.maximum(number(spec.parameters, "tolerance", TOLERANCE), relative) + size * 1e-12


def parts_add_up(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Iterator[Finding]:
    """`over` a dimension, `parts` (codes, or `children`) against the code `total` (`_T`, the country), for every combination of
    the other coordinates that has all parts: the gap is reported, never repaired. Fewer parts must not exceed the total.
    """
    import numpy as np

    over = str(spec.parameters.get("over", ""))
    if over not in DIMENSIONS:
        return
    total = total_code(evidence.project, over, str(spec.parameters.get("total", TOTAL)))
    parts = named_parts(evidence.project, over, total, spec.parameters.get("parts", "children"))
    block, severity = evidence.block(indicator.id), Severity(spec.severity)
    where = np.flatnonzero(evidence.cells.coding.holds(block.key, over, total) & ~np.isnan(block.value))
    if not len(where) or not parts:
        return
    sums, held, needed = _summed(evidence, block, block.key[where], over, parts)
    totals = block.value[where]
    gap = sums - totals
    whole = held == needed
    unequal = whole & (np.abs(gap) > allowed(spec, totals)) & (needed > 0)
    above = ~whole & (held > 0) & (totals >= 0) & (gap > allowed(spec, totals))
    for rule, found in (("sum-of-parts", unequal), ("parts-above-total", above)):
        for n in np.flatnonzero(found).tolist():
            yield evidence.at(
                rule, severity, indicator.id, block, int(where[n]),
                over=over, total=plain(totals[n]), parts=plain(sums[n]), difference=plain(gap[n]),
            )  # fmt: skip
    partial = np.flatnonzero(~whole & ~above & (held * 2 >= needed) & (held > 0))
    if len(partial):
        n = int(partial[0])
        yield evidence.about(
            "sum-partial", Severity.INFO, indicator.id, block, int(where[n]), len(partial), over=over,
            held=int(held[n]), needed=int(needed[n]),
        )  # fmt: skip


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


def follows_from_others(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Iterator[Finding]:
    """The value is that of all indicators in `plus` less those in `minus`, at the same coordinates; with `previous`, added to
    its own value so many months before (stock = stock before + entries − exits).
    """
    import numpy as np

    block = evidence.block(indicator.id)
    plus, minus = names(spec.parameters, "plus"), names(spec.parameters, "minus")
    expected = np.zeros(len(block.key))
    months = round(number(spec.parameters, "previous", 0))
    if months:
        expected += block.values(earlier(block.key, months))
    for name in plus:
        expected += evidence.block(name).values(block.key)
    for name in minus:
        expected -= evidence.block(name).values(block.key)
    gap = block.value - expected
    terms = " + ".join(plus) + "".join(f" − {m}" for m in minus)
    for n in np.flatnonzero(np.abs(gap) > allowed(spec, expected)).tolist():
        yield evidence.at(
            "identity", Severity(spec.severity), indicator.id, block, n,
            value=plain(block.value[n]), expected=plain(expected[n]), difference=plain(gap[n]), terms=terms,
        )  # fmt: skip
