"""The observations as received that a derived one rests on."""

from __future__ import annotations

from collections.abc import Callable

from bulletin.compose.lookup import Lookup
from bulletin.derive.lineage import input_keys
from bulletin.model.dataset import Observation
from bulletin.model.project import Project


def leaves_of(lookup: Lookup, project: Project) -> Callable[[Observation], tuple[Observation, ...]]:
    """A function from an observation to its leaves, in the order of the formulas; a received one is its own leaf."""

    def leaves(obs: Observation) -> tuple[Observation, ...]:
        if obs.origin.file:
            return (obs,)
        found: dict[str, Observation] = {}
        for indicator, coordinates, period in input_keys(obs.indicator, obs.coordinates, obs.period, project.catalogue, project):
            given = lookup.get(indicator, period, coordinates)
            if given is not None:
                found.update({leaf.key: leaf for leaf in leaves(given)})
        return tuple(found.values())

    return leaves
