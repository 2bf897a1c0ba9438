"""Rules of presence: figures an edition cannot do without; load says which places a breakdown leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.model.cells import period_code
from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.dataset import observation_key
from bulletin.model.finding import Finding
from bulletin.validate.evidence import Verdict, gravity, names

if TYPE_CHECKING:
    from bulletin.model.indicator import Indicator, RuleSpec
    from bulletin.validate.evidence import Evidence


def present(evidence: Evidence, indicator: Indicator, spec: RuleSpec) -> Verdict:
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
    found = Finding(
        "figure-missing", gravity(spec), key=observation_key(indicator.id, place, missing[0] if missing else ""),
        parameters={"indicator": indicator.id, "periods": ", ".join(missing), "count": len(missing)},
    )  # fmt: skip
    return Verdict((found,) if missing else (), len(wanted), len(missing))
