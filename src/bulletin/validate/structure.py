"""Rules of structure: an observation has its indicator's unit, only the dimensions it declares, and a place that exists then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.model.cells import MONTHS, factorised
from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.parts import parts_of
from bulletin.validate.evidence import Verdict, each, gravity, verdict

if TYPE_CHECKING:
    from bulletin.model.indicator import Indicator, RuleSpec
    from bulletin.validate.evidence import Evidence

NATIONAL = "XDC"


def unit_matches(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict:
    """One finding per wrong unit; the country's own currency may stand for XDC."""
    import numpy as np

    block = evidence.block(indicator.id)
    codes, labels = factorised(evidence.frame["unit"].iloc[block.row])
    findings, failed = [], 0
    for code in np.unique(codes).tolist():
        unit = labels[code]
        if unit != indicator.unit and not (indicator.unit == NATIONAL and unit == evidence.project.country.currency.code):
            where = np.flatnonzero(codes == code)
            failed += len(where)
            findings.append(
                evidence.about(
                    "unit-differs", gravity(spec), indicator.id, block, int(where[0]), len(where), unit=unit,
                    expected=indicator.unit,
                )
            )  # fmt: skip
    return Verdict(tuple(findings), len(block.key), failed)


def dimension_declared(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict:
    """One finding per dimension that is used and not declared."""
    import numpy as np

    block = evidence.block(indicator.id)
    findings, wrong = [], np.zeros(len(block.key), dtype=bool)
    for dimension in DIMENSIONS[1:]:
        if dimension not in indicator.dimensions:
            used = ~evidence.cells.coding.holds(block.key, dimension, TOTAL)
            where = np.flatnonzero(used)
            wrong |= used
            if len(where):
                n = int(where[0])
                code = evidence.cells.coding.coordinates(int(block.key[n]))[dimension]
                findings.append(
                    evidence.about(
                        "dimension-undeclared", gravity(spec), indicator.id, block, n, len(where), dimension=dimension, code=code
                    )
                )
    return Verdict(tuple(findings), len(block.key), int(wrong.sum()))


def place_exists_then(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict | None:
    """A province that was made later, or no longer exists, has no figures of that time."""
    dated = [p for p in parts_of(evidence.project, "ref_area") if not p.always]
    block = evidence.block(indicator.id)
    if not dated or not len(block.key):
        return None
    month = block.key % MONTHS
    findings, checked = [], 0
    for part in dated:
        here = evidence.cells.coding.holds(block.key, "ref_area", part.code)
        checked += int(here.sum())
        findings += [
            evidence.at("place-out-of-time", gravity(spec), indicator.id, block, n, place=part.code)
            for n in each(here & ((month < part.first) | (month > part.last)))
        ]
    return verdict(findings, checked)
