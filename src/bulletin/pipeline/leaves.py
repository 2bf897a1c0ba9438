"""The observations as received that a derived one rests on."""

from __future__ import annotations

from collections.abc import Callable

from bulletin.compose.lookup import Lookup
from bulletin.derive.formulas import FORMULAS
from bulletin.derive.lineage import input_keys
from bulletin.model.dataset import Observation
from bulletin.model.project import Project


def leaves_of(lookup: Lookup, project: Project) -> Callable[[Observation], tuple[Observation, ...]]:
    """A function from an observation to its leaves, in the order of the formulas; a received one is its own leaf."""

    def _below(indicator: str) -> int:
        """Place of the denominator among the inputs, −1 without one."""
        formula = project.catalogue[indicator].formula
        place = FORMULAS[formula.name].denominator if formula else None
        return -1 if place is None else place

    def _from_source(given: Observation, source: str) -> Observation:
        """The figure of the source that the edition declares for denominators, where another one stands in the tables."""
        if not source or given.source == source:
            return given
        return next((o for o in lookup.alternates(given) if o.source == source), given)

    def leaves(obs: Observation) -> tuple[Observation, ...]:
        if obs.origin.file:
            return (obs,)
        found: dict[str, Observation] = {}
        inputs = input_keys(obs.indicator, obs.coordinates, obs.period, project.catalogue, project)
        for n, (indicator, coordinates, period) in enumerate(inputs):
            given = lookup.get(indicator, period, coordinates)
            if given is not None and n == _below(obs.indicator) and indicator != inputs[0][0]:
                given = _from_source(given, project.edition.denominators.get(indicator, ""))
            if given is not None:
                found.update({leaf.key: leaf for leaf in leaves(given)})
        return tuple(found.values())

    return leaves
