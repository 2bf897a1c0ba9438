"""Figures that a source states and that follow from others: a change, a share, a coverage total without its overlap, a ceiling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.model.cells import PERIODS, breaks_between, earlier, period_text
from bulletin.model.codes import TOTAL
from bulletin.model.dataset import COMMENTS
from bulletin.model.indicator import Kind
from bulletin.model.parts import total_code
from bulletin.validate.evidence import Verdict, each, gravity, names, number, plain, verdict
from bulletin.validate.mirror import coordinates

if TYPE_CHECKING:
    from bulletin.model.cells import Floats, Integers
    from bulletin.model.indicator import Indicator, RuleSpec
    from bulletin.validate.evidence import Evidence


def change_as_stated(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict:
    """A stated change (`as: percent` or `points`) is that of the indicator `of` over `lag` months, and a per cent is no point."""
    import numpy as np

    block, of = evidence.block(indicator.id), evidence.block(str(spec.parameters["of"]))
    now_keys = _placed(evidence, block.key, spec)
    before_keys = earlier(now_keys, round(number(spec.parameters, "lag")))
    now, before = of.values(now_keys), of.values(before_keys)
    points = now - before
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = np.where(before != 0, 100 * points / np.abs(before), np.nan)
    slack = number(spec.parameters, "tolerance")
    as_points = str(spec.parameters["as"]) == "points"
    meant, mistaken = (points, percent) if as_points else (percent, points)
    here = ~np.isnan(block.value)
    known = here & ~np.isnan(meant) & ~breaks_between(of, now_keys, before_keys % PERIODS, now_keys % PERIODS)
    wrong = known & ~(np.abs(block.value - meant) <= slack)
    swapped = wrong & (np.abs(block.value - mistaken) <= slack)
    swapped &= evidence.project.catalogue[str(spec.parameters["of"])].kind is Kind.RATE
    findings = (
        evidence.at(
            "points-for-percent" if swapped[n] else "change-differs", gravity(spec), indicator.id, block, n,
            value=plain(block.value[n]), of=str(spec.parameters["of"]), before=plain(before[n]), now=plain(now[n]),
            since=period_text(int(before_keys[n]) % PERIODS), percent=round(float(percent[n]), 1),
            points=round(float(points[n]), 1),
        )
        for n in each(wrong)
    )  # fmt: skip
    return verdict(findings, known, here & ~known)


def ratio_as_stated(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict:
    """A stated share or rate is `numerator` / `denominator` × `scale`, and neither of the two is missing."""
    import numpy as np

    block = evidence.block(indicator.id)
    keys = _placed(evidence, block.key, spec)
    over = evidence.block(str(spec.parameters["numerator"])).values(keys)
    under = evidence.block(str(spec.parameters["denominator"])).values(keys)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.where(under > 0, number(spec.parameters, "scale") * over / under, np.nan)
    here = ~np.isnan(block.value)
    known = here & ~np.isnan(expected)
    findings = (
        evidence.at(
            "ratio-differs", gravity(spec), indicator.id, block, n, value=plain(block.value[n]), numerator=plain(over[n]),
            denominator=plain(under[n]), expected=float(f"{expected[n]:.4g}"),
        )
        for n in each(known & (np.abs(block.value - expected) > number(spec.parameters, "tolerance")))
    )  # fmt: skip
    return verdict(findings, known, here & ~known)


def _placed(evidence: Evidence, keys: Integers, spec: RuleSpec) -> Integers:
    for dimension, code in coordinates(spec, "where").items():
        keys = evidence.cells.coding.at(keys, dimension, total_code(evidence.project, dimension, code))
    return keys


def overlap_is_told(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict:
    """A total of persons that is exactly the sum of its systems counts whoever is in two of them twice, unless `overlap` is given.

    The systems are the codes `parts` of the dimension `over`, or the indicators `plus`.
    """
    import numpy as np

    block, coding = evidence.block(indicator.id), evidence.cells.coding
    over = str(spec.parameters.get("over", ""))
    if over:
        parts = [block.values(coding.at(block.key, over, code)) for code in names(spec.parameters, "parts")]
        total = coding.holds(block.key, over, total_code(evidence.project, over, TOTAL))
    else:
        parts = [evidence.block(name).values(block.key) for name in names(spec.parameters, "plus")]
        total = np.ones(len(block.key), dtype=bool)
    here = total & ~np.isnan(block.value)
    sums: Floats = np.sum(parts, axis=0) if parts else np.full(len(block.key), np.nan)
    several = np.sum([np.nan_to_num(p) > 0 for p in parts], axis=0) > 1 if parts else np.zeros(len(block.key), dtype=bool)
    overlap = str(spec.parameters.get("overlap", ""))
    told = ~np.isnan(evidence.block(overlap).values(block.key)) if overlap else np.zeros(len(block.key), dtype=bool)
    known = here & ~np.isnan(sums) & several
    findings = (
        evidence.at(
            "overlap-exact", gravity(spec), indicator.id, block, n, value=plain(block.value[n]),
            count=len(parts),
        )
        for n in each(known & ~told & (np.abs(block.value - sums) <= number(spec.parameters, "tolerance")))
    )  # fmt: skip
    return verdict(findings, known, here & ~known & ~np.isnan(sums))


def ceiling_is_explained(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict | None:
    """A rate of exactly `at` is mostly one that was capped: a remark beside the figure says what numerator and denominator are."""
    if indicator.kind is not Kind.RATE:
        return None
    block = evidence.block(indicator.id)
    reached = block.value == number(spec.parameters, "at")
    comments = evidence.frame[list(COMMENTS)]
    findings = (
        evidence.at("rate-at-ceiling", gravity(spec), indicator.id, block, n, value=plain(block.value[n]))
        for n in each(reached)
        if not any(str(text) for text in comments.iloc[int(block.row[n])])
    )
    return verdict(findings, block.value == block.value)


def part_is_named(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict:
    """A figure at the total of `over` stands beside those of its parts: alone, nobody knows which of them it holds."""
    import numpy as np

    over = str(spec.parameters["over"])
    block, coding = evidence.block(indicator.id), evidence.cells.coding
    total = total_code(evidence.project, over, TOTAL)
    at_total = coding.holds(block.key, over, total)
    here = at_total & ~np.isnan(block.value)
    named = np.isin(block.key, coding.at(block.key[~at_total & ~np.isnan(block.value)], over, total))
    findings = (
        evidence.at("part-unnamed", gravity(spec), indicator.id, block, n, over=over, value=plain(block.value[n]))
        for n in each(here & ~named)
    )
    return verdict(findings, here)
