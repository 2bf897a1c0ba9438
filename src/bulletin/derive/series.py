"""National and international series of one measure stay apart: no configuration and no data put one into the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bulletin.model.finding import Finding, Severity

if TYPE_CHECKING:
    from bulletin.model.dataset import Observations
    from bulletin.model.indicator import Catalogue
    from bulletin.model.project import Project

INTERNATIONAL, NATIONAL = "international", "national"


def check_series(catalogue: Catalogue) -> Iterator[Finding]:
    """A computed figure would fill the gaps of a published series; a formula over both would mix them.

    The difference between the two series is a figure of its own and is allowed.
    """
    for indicator in catalogue.values():
        if indicator.formula is None:
            continue
        kinds = {catalogue[i].series for i in indicator.formula.inputs.values() if i in catalogue} | {indicator.series}
        if indicator.series == INTERNATIONAL:
            yield Finding("series-computed", Severity.ERROR, key=indicator.id, parameters={"indicator": indicator.id})
        elif {INTERNATIONAL, NATIONAL} <= kinds and indicator.formula.name != "difference":
            inputs = ", ".join(dict.fromkeys(indicator.formula.inputs.values()))
            yield Finding(
                "series-formula", Severity.ERROR, key=indicator.id, parameters={"indicator": indicator.id, "inputs": inputs}
            )


def joined_series(observations: Observations, project: Project) -> tuple[Finding, ...]:
    """Figures of an indicator whose series is not that of their source, one finding for each indicator and source.

    Illustrative figures show the form of a table and join nothing.
    """
    found: Counter[tuple[str, str]] = Counter()
    apart = [i.id for i in project.catalogue.values() if i.series]
    for frame in (observations.frame, observations.alternates):
        rows = frame[frame["indicator"].isin(apart) & ~frame["illustrative"].astype(bool)]
        for pair in zip(rows["indicator"].astype(str), rows["source"].astype(str), strict=True):
            known = project.sources.get(pair[1])
            if known is not None and known.series != project.catalogue[pair[0]].series:
                found[pair] += 1
    return tuple(
        Finding(
            "series-source", Severity.ERROR, key=indicator,
            parameters={
                "indicator": indicator, "source": source, "count": count,
                "series": project.catalogue[indicator].series, "found": project.sources[source].series,
            },
        )
        for (indicator, source), count in sorted(found.items())
    )  # fmt: skip
