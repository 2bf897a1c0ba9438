"""One value per key: repeated rows are refused or dropped, and the preferred source is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.model.codes import DIMENSIONS
from bulletin.model.dataset import KEY, Observations, observation_key
from bulletin.model.edition import Edition
from bulletin.model.finding import Finding, Parameter, Place, Severity

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

_SHOWN = 20
_UNRANKED = 1_000


@dataclass(frozen=True)
class Choice:
    observations: Observations
    findings: tuple[Finding, ...]
    dropped: pd.DataFrame
    """Rows that only repeat another one."""


def key_codes(frame: pd.DataFrame, columns: Sequence[str]) -> npt.NDArray[np.int64]:
    """One integer per row, equal where all `columns` are equal."""
    import numpy as np
    import pandas as pd

    total = np.zeros(len(frame), dtype=np.int64)
    size = 1
    for column in columns:
        series = frame[column]
        if isinstance(series.dtype, pd.CategoricalDtype):
            codes, count = series.cat.codes.to_numpy().astype(np.int64), len(series.cat.categories)
        else:
            codes, distinct = pd.factorize(series)
            count = len(distinct)
        if size * max(count, 1) > 2**62:
            total, seen = pd.factorize(total)
            size = len(seen)
        total = total * max(count, 1) + codes
        size *= max(count, 1)
    return total


def choose(frame: pd.DataFrame, edition: Edition) -> Choice:
    """Frame with one row per key, the other sources' rows as alternates."""
    import pandas as pd

    findings: list[Finding] = []
    key = pd.Series(key_codes(frame, KEY))
    with_source = pd.Series(key_codes(frame, (*KEY, "source")))
    dropped = frame.iloc[:0]
    if with_source.duplicated().any():
        drop, found = _repeated(frame, with_source)
        findings += found
        dropped = frame[drop]
        frame, key = frame[~drop].reset_index(drop=True), key[~drop].reset_index(drop=True)
    if not key.duplicated().any():
        return Choice(Observations(frame, frame.iloc[:0]), tuple(findings), dropped)
    chosen, found = _preferred(frame, key, edition)
    findings += found
    observations = Observations(frame[chosen].reset_index(drop=True), frame[~chosen].reset_index(drop=True))
    return Choice(observations, tuple(findings), dropped)


def key_of(row: pd.Series) -> str:
    return observation_key(str(row["indicator"]), {d: str(row[d]) for d in DIMENSIONS}, str(row["period"]))


def _place(row: pd.Series) -> Place:
    return Place(str(row["file"]), str(row["sheet"]), str(row["cell"]))


def _repeated(frame: pd.DataFrame, key: pd.Series) -> tuple[npt.NDArray[np.bool_], list[Finding]]:
    """Rows to drop: the second and later of a key and source; an error where their values or statuses differ."""
    import numpy as np

    later = key.duplicated(keep="first").to_numpy()
    rows = np.flatnonzero(key.duplicated(keep=False).to_numpy())
    part = frame.iloc[rows][["value", "obs_status"]].assign(key=key.iloc[rows].to_numpy(), row=rows)
    part["same"] = part["value"].astype(str) + part["obs_status"].astype(str)
    kinds = part.groupby("key", sort=False)["same"].nunique()
    differing = set(kinds.index[kinds > 1])
    findings: list[Finding] = []
    groups = part[part["key"].isin(differing)].groupby("key", sort=False)["row"]
    for _, group in list(groups)[:_SHOWN]:
        first, second = (frame.iloc[int(n)] for n in group.iloc[:2])
        findings.append(
            Finding(
                "duplicate-differs",
                Severity.ERROR,
                _place(second),
                key_of(second),
                {"first": str(_place(first)), "value": _number(first["value"]), "other": _number(second["value"])},
            )
        )
    if len(differing) > _SHOWN:
        parameters: dict[str, Parameter] = {"rule": "duplicate-differs", "count": len(differing) - _SHOWN}
        findings.append(Finding("more-of-the-same", Severity.ERROR, parameters=parameters))
    same = later & ~key.isin(differing).to_numpy()
    if same.any():
        first_row = frame.iloc[int(np.flatnonzero(same)[0])]
        findings.append(Finding("duplicate-row", Severity.INFO, _place(first_row), key_of(first_row), {"count": int(same.sum())}))
    return later, findings


def _preferred(frame: pd.DataFrame, key: pd.Series, edition: Edition) -> tuple[npt.NDArray[np.bool_], list[Finding]]:
    """Which rows stand: the best source of `prefer:`; a published value before an illustrative one; else equal values only."""
    import numpy as np
    import pandas as pd

    ranks = {(p.indicator, source): n for p in edition.prefer for n, source in enumerate(p.order)}
    for indicator, source in edition.denominators.items():
        if not any(p.indicator == indicator for p in edition.prefer):
            ranks[(indicator, source)] = 0
    rows = np.flatnonzero(key.duplicated(keep=False).to_numpy())
    part = pd.DataFrame(
        {
            "key": key.iloc[rows].to_numpy(),
            "row": rows,
            "value": frame["value"].to_numpy()[rows],
            "indicator": frame["indicator"].astype(str).to_numpy()[rows],
            "source": frame["source"].astype(str).to_numpy()[rows],
            "illustrative": frame["illustrative"].to_numpy()[rows],
        }
    )
    pairs = part[["indicator", "source"]].drop_duplicates()
    pairs["rank"] = [ranks.get((i, s), ranks.get(("*", s), _UNRANKED)) for i, s in pairs.itertuples(index=False, name=None)]
    part = part.merge(pairs, on=["indicator", "source"], how="left")
    part["rank"] += np.where(part["illustrative"] & (part["rank"] >= _UNRANKED), 1, 0)
    part = part.sort_values(["key", "rank", "row"], kind="stable")
    first = ~part["key"].duplicated()
    best = part["key"].map(part[first].set_index("key")["rank"])
    level = part[(part["rank"] == best) & (best >= _UNRANKED)]
    text = level["value"].astype(str)
    kinds = text.groupby(level["key"], sort=False).nunique()
    conflicts = set(kinds.index[kinds > 1])
    findings: list[Finding] = []
    for _, group in list(level[level["key"].isin(conflicts)].groupby("key", sort=False))[:_SHOWN]:
        one, two = (frame.iloc[int(n)] for n in group["row"].iloc[:2])
        findings.append(
            Finding(
                "conflicting-sources",
                Severity.ERROR,
                _place(one),
                key_of(one),
                {
                    "source": str(one["source"]),
                    "other": str(two["source"]),
                    "value": _number(one["value"]),
                    "other_value": _number(two["value"]),
                    "indicator": str(one["indicator"]),
                },
            )
        )
    if len(conflicts) > _SHOWN:
        parameters: dict[str, Parameter] = {"rule": "conflicting-sources", "count": len(conflicts) - _SHOWN}
        findings.append(Finding("more-of-the-same", Severity.ERROR, parameters=parameters))
    chosen = np.ones(len(frame), dtype=bool)
    chosen[part.loc[~first, "row"].to_numpy()] = False
    return chosen, findings


def _number(value: float) -> Parameter:
    return "" if value != value else float(value)
