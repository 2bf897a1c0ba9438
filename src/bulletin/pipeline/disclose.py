"""Disclosure control around derive: what is hidden is marked before, so that nothing computed from it is left open."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from bulletin.model.codes import DIMENSIONS, ObsStatus
from bulletin.model.dataset import Observations
from bulletin.model.finding import Finding
from bulletin.model.project import Project
from bulletin.protect.plan import Marked

if TYPE_CHECKING:
    import pandas as pd


def marked_and_derived(
    received: Observations, project: Project
) -> tuple[Marked, Observations, tuple[Finding, ...]]:  # fmt: skip
    """Marks, all observations with their marks and values, findings of derive. What sealed editions of earlier date printed is known.

    A rate that was received beside its formula is hidden where the formula, computed on its own, reads a hidden figure.
    """
    from bulletin.derive.derive import derive
    from bulletin.protect.plan import formula_rows, resting, suppress

    marked = suppress(received, project, earlier_figures(project))
    if marked.log:
        given = formula_rows(marked.observations.frame, project)
        if given.any():
            bare = marked.observations.frame[~given].reset_index(drop=True)
            computed, _ = derive(Observations(bare, marked.observations.alternates), project)
            marked = replace(marked, observations=resting(marked.observations, computed, project))
    derived, faults = derive(marked.observations, project)
    return marked, derived, faults


def earlier_figures(project: Project) -> pd.DataFrame | None:
    """What sealed editions released before printed or hid, computed figures left out; None without one."""
    import pandas as pd

    from bulletin.load.archive import load_archive

    edition, corrects = project.edition, project.erratum.corrects if project.erratum else ""
    editions, _ = load_archive(project.root)
    known = [
        obs
        for sealed in editions
        if sealed.country == edition.country
        and sealed.release_date <= edition.release_date
        and (sealed.id != edition.id or sealed.id == corrects)
        for obs in sealed.figures.values()
        if not obs.derived
    ]
    if not known:
        return None
    columns = {
        "indicator": [o.indicator for o in known],
        **{d: [o.coordinates[d] for o in known] for d in DIMENSIONS},
        "period": [o.period for o in known],
        "value": [math.nan if o.value is None else o.value for o in known],
        "obs_status": [ObsStatus.SUPPRESSED.value if o.hidden else ";".join(s.value for s in o.statuses) for o in known],
    }
    return pd.DataFrame(
        {name: pd.Series(values, dtype="float64" if name == "value" else "str") for name, values in columns.items()}
    )
