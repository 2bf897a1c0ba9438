"""Rules of structure: an observation has its indicator's unit and only the dimensions it declares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bulletin.model.cells import factorised
from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.finding import Finding, Severity

if TYPE_CHECKING:
    from bulletin.model.indicator import Indicator
    from bulletin.validate.evidence import Evidence

NATIONAL = "XDC"


def unit_matches(evidence: Evidence, indicator: Indicator) -> Iterator[Finding]:
    """One finding per wrong unit; the country's own currency may stand for XDC."""
    import numpy as np

    block = evidence.block(indicator.id)
    if not len(block.key):
        return
    codes, labels = factorised(evidence.frame["unit"].iloc[block.row])
    for code in np.unique(codes).tolist():
        unit = labels[code]
        if unit != indicator.unit and not (indicator.unit == NATIONAL and unit == evidence.project.country.currency.code):
            where = np.flatnonzero(codes == code)
            yield evidence.about(
                "unit-differs", Severity.ERROR, indicator.id, block, int(where[0]), len(where), unit=unit, expected=indicator.unit
            )


def dimension_declared(evidence: Evidence, indicator: Indicator) -> Iterator[Finding]:
    """One finding per dimension that is used and not declared."""
    import numpy as np

    block = evidence.block(indicator.id)
    for dimension in DIMENSIONS[1:]:
        if dimension not in indicator.dimensions:
            where = np.flatnonzero(~evidence.cells.coding.holds(block.key, dimension, TOTAL))
            if len(where):
                n = int(where[0])
                code = evidence.cells.coding.coordinates(int(block.key[n]))[dimension]
                yield evidence.about(
                    "dimension-undeclared", Severity.ERROR, indicator.id, block, n, len(where), dimension=dimension, code=code
                )
