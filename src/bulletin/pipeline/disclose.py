"""Disclosure control around derive: what is hidden is marked before, so that nothing computed from it is left open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bulletin.model.dataset import Observations
from bulletin.model.finding import Finding
from bulletin.model.project import Project
from bulletin.protect.plan import Marked

if TYPE_CHECKING:
    import pandas as pd


def marked_and_derived(
    received: Observations, project: Project, previous: pd.DataFrame | None = None
) -> tuple[Marked, Observations, tuple[Finding, ...]]:
    """Marks, all observations with their marks and values, findings of derive.

    A rate that was received beside its formula is hidden where the formula, computed on its own, reads a hidden figure.
    """
    from bulletin.derive.derive import derive
    from bulletin.protect.plan import formula_rows, resting, suppress

    marked = suppress(received, project, previous)
    if marked.log:
        given = formula_rows(marked.observations.frame, project)
        if given.any():
            bare = marked.observations.frame[~given].reset_index(drop=True)
            computed, _ = derive(Observations(bare, marked.observations.alternates), project)
            marked = replace(marked, observations=resting(marked.observations, computed, project))
    derived, faults = derive(marked.observations, project)
    return marked, derived, faults
