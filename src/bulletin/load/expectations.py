"""What catches the eye in the values read: breakdowns without some of the places, shares that stand for percentages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.load.choice import key_codes
from bulletin.model.dataset import KEY
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.indicator import Kind
from bulletin.model.project import Project

if TYPE_CHECKING:
    import pandas as pd


def missing_places(frame: pd.DataFrame, project: Project) -> list[Finding]:
    """Breakdowns by place that lack some subdivisions: a warning where the same source is complete for another period of the
    series, else for information; one finding per indicator."""
    import numpy as np
    import pandas as pd

    places = [p.code for p in project.country.subdivisions]
    rows = frame["ref_area"].isin(places).to_numpy()
    if not rows.any() or len(places) < 2:
        return []
    part = frame.loc[rows, [*KEY, "source"]].reset_index(drop=True)
    part["length"] = part["period"].str.len()
    others = [c for c in KEY if c not in ("ref_area", "period")]
    series = key_codes(part, [*others, "source", "length"])
    group, _ = pd.factorize(key_codes(part, [*others, "period"]))
    counts = np.bincount(group)
    valid = {
        period: [p.code for p in project.country.subdivisions if _is_valid(p.valid_from, p.valid_to, str(period)[:4])]
        for period in part["period"].unique()
    }
    expected = part["period"].map({k: len(v) for k, v in valid.items()}).to_numpy(dtype=np.int64)
    incomplete = counts[group] < expected
    if not incomplete.any():
        return []
    complete_series = np.unique(series[~incomplete])
    is_warning = np.isin(series, complete_series)
    findings: list[Finding] = []
    indicators = part["indicator"].astype(str).to_numpy()
    for severity, mask in ((Severity.WARNING, incomplete & is_warning), (Severity.INFO, incomplete & ~is_warning)):
        for indicator in pd.unique(indicators[mask]):
            found = np.flatnonzero(mask & (indicators == indicator))
            first = int(found[0])
            period = str(part["period"].iloc[first])
            have = set(part["ref_area"].iloc[np.flatnonzero(group == group[first])].astype(str))
            missing = [code for code in valid[period] if code not in have]
            findings.append(
                Finding(
                    "missing-places",
                    severity,
                    Place(str(frame["file"].iloc[int(np.flatnonzero(rows)[first])])),
                    str(indicator),
                    {
                        "indicator": str(indicator),
                        "period": period,
                        "places": ", ".join(missing[:12]),
                        "count": len(np.unique(group[found])),
                    },
                )
            )
    return findings


def _is_valid(first: str, last: str, year: str) -> bool:
    return (not first or first[:4] <= year) and (not last or year <= last[:4])


def shares_for_percent(frame: pd.DataFrame, project: Project) -> list[Finding]:
    """Rates in per cent of which five or more values are known, all between −1 and 1: perhaps shares."""
    findings: list[Finding] = []
    rates = {i.id for i in project.catalogue.values() if i.kind is Kind.RATE and i.unit == "PT"}
    part = frame[frame["indicator"].isin(rates) & frame["value"].notna() & (frame["value"] != 0)]
    if part.empty:
        return findings
    for indicator, group in part.groupby("indicator", observed=True):
        if len(group) >= 5 and group["value"].abs().max() <= 1:
            row = group.iloc[0]
            findings.append(
                Finding(
                    "share-for-percent",
                    Severity.WARNING,
                    Place(str(row["file"]), str(row["sheet"]), str(row["cell"])),
                    str(indicator),
                    {"indicator": str(indicator), "value": float(row["value"])},
                )
            )
    return findings
