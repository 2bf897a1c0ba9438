"""Hides what is confidential before anything is composed: what compose does not get, no page, chart or file can show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bulletin.model.codes import ConfStatus, ObsStatus
from bulletin.model.dataset import BOUNDS, COMMENTS, KEY, Observations, observation_key
from bulletin.model.finding import Finding, Place, Severity

if TYPE_CHECKING:
    import pandas as pd

    from bulletin.model.project import Project

BLANKED = (*COMMENTS, *BOUNDS)
"""A remark may repeat the figure it stands beside."""


def protect(observations: Observations, project: Project) -> tuple[Observations, tuple[Finding, ...]]:
    """Every value whose CONF_STATUS is not F is taken out (status Q), derived ones included: derive passes the status on.

    Fails closed: an unknown status hides too. From here on nothing tells why a cell is hidden: all have CONF_STATUS C. The findings
    name each cell, without its value.
    """
    frame, alternates = observations.frame, observations.alternates
    hidden = _confidential(frame)
    # another source's value for a hidden cell would give it away
    beside = _confidential(alternates) | keys_of(alternates).isin(set(keys_of(frame[hidden])))
    columns = frame[hidden][[*KEY, "file", "sheet", "cell"]].astype("str")
    log = tuple(_suppressed(dict(zip(columns.columns, row, strict=True))) for row in columns.itertuples(index=False))
    return Observations(_blanked(frame, hidden), _blanked(alternates, beside)), log


def _confidential(frame: pd.DataFrame) -> pd.Series:
    return ~frame["conf_status"].astype("str").isin([ConfStatus.FREE.value, ""])


def keys_of(frame: pd.DataFrame) -> pd.Series:
    import pandas as pd

    if not len(frame):
        return pd.Series(dtype="str", index=frame.index)
    return frame[list(KEY)].astype("str").agg("|".join, axis=1)


def _suppressed(row: Mapping[str, str]) -> Finding:
    return Finding(
        "suppressed",
        Severity.INFO,
        Place(row["file"], row["sheet"], row["cell"]),
        observation_key(row["indicator"], row, row["period"]),
        {"indicator": row["indicator"]},
    )


def _blanked(frame: pd.DataFrame, hidden: pd.Series) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    if not hidden.any():
        return frame
    changed = frame.copy()
    changed["value"] = changed["value"].mask(hidden, np.nan)
    said = (("obs_status", ObsStatus.SUPPRESSED.value), ("conf_status", ConfStatus.CONFIDENTIAL.value))
    for column, text in (*said, *((c, "") for c in BLANKED)):
        if isinstance(changed[column].dtype, pd.CategoricalDtype) and text not in changed[column].cat.categories:
            changed[column] = changed[column].cat.add_categories([text])
        changed.loc[hidden, column] = text
    return changed
