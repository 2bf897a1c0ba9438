"""Rules of domain: counts are whole and not negative, rates lie between 0 and 100, values in their declared range."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from bulletin.model.finding import Finding
from bulletin.model.indicator import Kind, TimeBasis
from bulletin.validate.evidence import Verdict, each, gravity, number, plain, verdict, with_values

if TYPE_CHECKING:
    from bulletin.model.cells import Block, Booleans
    from bulletin.model.indicator import Indicator, RuleSpec
    from bulletin.validate.evidence import Evidence


def in_its_domain(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict | None:
    """What the kind of indicator allows; a declared range takes the place of the bounds. Averages may be broken numbers."""
    import numpy as np

    block, ranged = with_values(evidence.block(indicator.id)), any(r.rule == "range" for r in indicator.rules)
    broken = np.abs(block.value - np.rint(block.value)) > 1e-6

    def found(rule: str, where: Booleans) -> Iterator[Finding]:
        return (evidence.at(rule, gravity(spec), indicator.id, block, n, value=plain(block.value[n])) for n in each(where))

    if indicator.kind is Kind.COUNT:
        whole = indicator.time_basis is not TimeBasis.AVERAGE and not indicator.formula
        findings = (
            *(() if ranged else found("count-negative", block.value < 0)),
            *(found("count-not-whole", broken) if whole else ()),
        )
    elif indicator.kind is Kind.RATE and not indicator.formula and not ranged:
        findings = tuple(_outside(evidence, indicator, spec, block, 0.0, 100.0))
    else:
        return None
    return verdict(findings, len(block.key))


def value_in_range(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict:
    low, high = number(spec.parameters, "min", float("-inf")), number(spec.parameters, "max", float("inf"))
    block = with_values(evidence.block(indicator.id))
    return verdict(_outside(evidence, indicator, spec, block, low, high), len(block.key))


def _outside(
    evidence: Evidence, indicator: Indicator, spec: RuleSpec, block: Block, low: float, high: float
) -> Iterator[Finding]:
    for n in each((block.value < low) | (block.value > high)):
        value = block.value[n]
        rule, bound = ("value-below", low) if value < low else ("value-above", high)
        if evidence.place(int(block.row[n])).file:
            yield evidence.at(rule, gravity(spec), indicator.id, block, n, value=plain(value), bound=plain(bound))
            continue
        rule = "derived-below" if value < low else "derived-above"
        shown = _as_printed(indicator, value)
        said = {"value": plain(value if low <= shown <= high else shown), "bound": plain(bound), "unit": indicator.unit}
        yield evidence.at(rule, gravity(spec), indicator.id, block, n, **said)


def _as_printed(indicator: Indicator, value: float) -> float:
    """Rounded half away from zero to the decimals of the indicator, in units of 1: for a message."""
    exact = Decimal(repr(float(value))).scaleb(-indicator.scale)
    return float(exact.quantize(Decimal(1).scaleb(-indicator.decimals), ROUND_HALF_UP).scaleb(indicator.scale))
