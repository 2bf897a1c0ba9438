"""From a derived observation to the observations it was computed from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.derive.formulas import FORMULAS
from bulletin.derive.terms import bare_scope, free_dimensions, project_scope, term_coordinates
from bulletin.model.cells import MONTHS, earlier, period_code, period_text
from bulletin.model.codes import DIMENSIONS, TOTAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulletin.model.indicator import Catalogue
    from bulletin.model.project import Project

InputKey = tuple[str, "Mapping[str, str]", str]
"""Indicator, coordinates (every dimension), period."""


def input_keys(
    indicator: str, coordinates: Mapping[str, str], period: str, catalogue: Catalogue, project: Project | None = None
) -> tuple[InputKey, ...]:
    """Direct inputs in the formula's order, each once; empty for an indicator without a formula.

    With `project`, parts named `children` are listed and words for periods resolved; without it the country is taken from the
    code of the place. An input that does not exist in the data (a part not yet created) is listed all the same.
    """
    import numpy as np

    formula = catalogue[indicator].formula if indicator in catalogue else None
    if formula is None or formula.name not in FORMULAS:
        return ()
    scope = project_scope(project) if project else bare_scope(coordinates["ref_area"].partition("-")[0])
    terms = FORMULAS[formula.name].terms(formula, scope)
    free = free_dimensions(catalogue[indicator], terms)
    month = period_code(period) % MONTHS
    found: dict[tuple[str, tuple[tuple[str, str], ...], str], InputKey] = {}
    for term in terms:
        if term.part is not None and not term.part.first <= month <= term.part.last:
            continue
        fixed = term_coordinates(term, free, scope)
        place = {d: fixed.get(d, coordinates.get(d, TOTAL)) for d in DIMENSIONS}
        at = term.period or period
        if term.back:
            code = int(earlier(np.array([period_code(period)]), term.back)[0])
            if code < 0:
                continue
            at = period_text(code)
        found.setdefault((term.indicator, tuple(place.items()), at), (term.indicator, place, at))
    return tuple(found.values())
