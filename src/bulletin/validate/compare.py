"""Rules between indicators: active workers are no more than those registered."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.validate.evidence import Verdict, each, gravity, number, plain, verdict

if TYPE_CHECKING:
    from bulletin.model.indicator import Indicator, RuleSpec
    from bulletin.validate.evidence import Evidence

OPERATORS = {"<=": operator.le, "<": operator.lt, ">=": operator.ge, ">": operator.gt, "==": operator.eq}


def compares(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict | None:
    """`op` between the value and that of the indicator `right`, times `factor`, give or take `tolerance`.

    Same coordinates; a dimension that `right` does not have is read at its total.
    """
    import numpy as np

    right, sign = str(spec.parameters.get("right", "")), str(spec.parameters.get("op", "<="))
    other = evidence.project.catalogue.get(right)
    if other is None or sign not in OPERATORS:
        return None
    block, keys = evidence.block(indicator.id), evidence.block(indicator.id).key
    for dimension in DIMENSIONS[1:]:
        if dimension in indicator.dimensions and dimension not in other.dimensions:
            keys = evidence.cells.coding.at(keys, dimension, TOTAL)
    bound = evidence.block(right).values(keys) * number(spec.parameters, "factor")
    slack = number(spec.parameters, "tolerance") + np.abs(bound) * 1e-12
    holds = np.abs(block.value - bound) <= slack if sign in ("<=", ">=", "==") else np.zeros(len(keys), dtype=bool)
    if sign != "==":
        holds |= OPERATORS[sign](block.value, bound)
    here = ~np.isnan(block.value)
    both = here & ~np.isnan(bound)
    findings = (
        evidence.at(
            "compare", gravity(spec), indicator.id, block, n,
            value=plain(block.value[n]), op=sign, right=right, other=plain(bound[n]),
        )
        for n in each(~holds & both)
    )  # fmt: skip
    return verdict(findings, both, here & ~both)
