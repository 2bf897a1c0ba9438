"""Rules of presence: figures an edition cannot do without, and places left out of a breakdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bulletin.model.cells import MONTHS, PERIODS, period_code, period_text
from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.dataset import observation_key
from bulletin.model.finding import Finding, Severity
from bulletin.model.parts import parts_of
from bulletin.validate.evidence import names

if TYPE_CHECKING:
    from bulletin.model.indicator import Indicator, RuleSpec
    from bulletin.validate.evidence import Evidence

ENOUGH = 2 / 3
"""From this share of the places on, a breakdown is taken as meant to be complete."""


def present(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Iterator[Finding]:
    """A row for the country's total in every year of the edition, in its reference year (`periods: latest`) or in the periods
    listed; a value declared missing counts as present.
    """
    import numpy as np

    edition, country = evidence.project.edition, evidence.project.country.code
    listed = names(spec.parameters, "periods")
    years = [str(y) for y in range(edition.years.first, edition.years.last + 1)]
    wanted = {("latest",): [str(edition.year)], ("years",): years, (): years}.get(listed, list(listed))
    place = dict.fromkeys(DIMENSIONS, TOTAL) | {"ref_area": country}
    coding = evidence.cells.coding
    start = sum(coding.digits[d][code] * coding.strides[d] for d, code in place.items())
    keys = np.array([start + period_code(p) for p in wanted], dtype=np.int64)
    missing = [p for p, n in zip(wanted, evidence.block(indicator.id).find(keys).tolist(), strict=True) if n < 0]
    if missing:
        yield Finding(
            "figure-missing", Severity(spec.severity), key=observation_key(indicator.id, place, missing[0]),
            parameters={"indicator": indicator.id, "periods": ", ".join(missing), "count": len(missing)},
        )  # fmt: skip


def places_complete(evidence: Evidence, indicator: Indicator) -> Iterator[Finding]:
    """Where most subdivisions have a row, all should; a value declared missing counts as a row."""
    import numpy as np

    if indicator.formula:
        return
    block, coding, project = evidence.block(indicator.id), evidence.cells.coding, evidence.project
    parts = parts_of(project, "ref_area")
    digits = [coding.digits["ref_area"][p.code] for p in parts]
    inside = np.flatnonzero(np.isin(coding.digit(block.key, "ref_area"), digits))
    if not len(inside) or len(parts) < 2:
        return
    groups, first, counts = np.unique(
        coding.at(block.key[inside], "ref_area", project.country.code), return_index=True, return_counts=True
    )
    month = groups % MONTHS
    exist = sum(((month >= p.first) & (month <= p.last)).astype(np.int64) for p in parts)
    short = np.flatnonzero((counts < exist) & (counts >= ENOUGH * exist))
    if len(short):
        n = int(short[0])
        absent = [
            p.code for p in parts
            if p.first <= month[n] <= p.last and block.find(coding.at(groups[n : n + 1], "ref_area", p.code))[0] < 0
        ]  # fmt: skip
        yield evidence.about(
            "places-missing", Severity.WARNING, indicator.id, block, int(inside[first[n]]), len(short),
            places=", ".join(absent), period=period_text(int(groups[n]) % PERIODS),
        )  # fmt: skip
