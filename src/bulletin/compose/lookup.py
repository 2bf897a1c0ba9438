"""Single observations out of the protected frame, by indicator, coordinates and period."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bulletin.model.codes import DIMENSIONS, TOTAL, ConfStatus, ObsStatus
from bulletin.model.dataset import BOUNDS, COMMENT, COMMENTS, Observation, Observations
from bulletin.model.finding import Place
from bulletin.model.period import Period
from bulletin.model.quality import Amendment

if TYPE_CHECKING:
    import pandas as pd

    from bulletin.model.codes import CodeList
    from bulletin.model.country import Country
    from bulletin.model.edition import Edition
    from bulletin.model.indicator import Catalogue
    from bulletin.model.project import Project
    from bulletin.model.quality import Revision

_Key = tuple[str, ...]

_TEXTS = (
    *DIMENSIONS, "period", "unit", "obs_status", "conf_status", "source", "ref_date", *COMMENTS, *BOUNDS, "file", "sheet", "cell",
)  # fmt: skip

_OVER_TIME = ("growth", "average_growth", "points", "index")
"""Formulas that compare a figure with itself at another time: there is no result across a break, and none of its own."""


class Lookup:
    """The last reader of the frame: compose asks it for one value at a time. An indicator is indexed when first asked for."""

    def __init__(
        self, observations: Observations, project: Project, revisions: Sequence[Revision] = (), before: Lookup | None = None
    ) -> None:
        """`before`: one of a former reading; where it was made of the very same observations, they need not be indexed again."""
        self.catalogue: Catalogue = project.catalogue
        self.country: Country = project.country
        self.edition: Edition = project.edition
        self.codelists: Mapping[str, CodeList] = project.codelists
        self._observations = observations
        self._former = {r.key: r.before for r in revisions if r.kind is Amendment.AMENDED and r.before is not None}
        same = before if before and before._observations is observations and before._former == self._former else None
        self._rows: _Rows = same._rows if same else _Rows(observations.frame)
        self._alternates: _Rows = same._alternates if same else _Rows(observations.alternates)
        self._index: dict[str, dict[_Key, Observation]] = same._index if same else {}
        self._broken: dict[str, tuple[_Key, ...]] = same._broken if same else {}
        self._periods: dict[str, dict[_Key, tuple[str, ...]]] = same._periods if same else {}
        self._others: dict[str, dict[_Key, tuple[Observation, ...]]] = same._others if same else {}

    def complete(self, coordinates: Mapping[str, str]) -> dict[str, str]:
        """All dimensions in order; those not named stand at their total, `ref_area` at the country."""
        return {d: coordinates.get(d, self.country.code if d == "ref_area" else TOTAL) for d in DIMENSIONS}

    def get(self, indicator: str, period: str, coordinates: Mapping[str, str] | None = None) -> Observation | None:
        """The observation, which may be a missing value with a status, or None when nothing was reported."""
        return self._of(indicator).get((*self.complete(coordinates or {}).values(), period))

    def former(self, observation: Observation) -> Observation | None:
        """What an earlier edition published for the same figure, where it is another value."""
        return self._former.get(observation.key)

    def alternates(self, observation: Observation) -> tuple[Observation, ...]:
        """What other sources give for the same figure."""
        if observation.indicator not in self._others:
            grouped: dict[_Key, list[Observation]] = {}
            for found in _observations(self._alternates.of(observation.indicator), observation.indicator):
                grouped.setdefault((*found.coordinates.values(), found.period), []).append(found)
            self._others[observation.indicator] = {k: tuple(v) for k, v in grouped.items()}
        return self._others[observation.indicator].get((*observation.coordinates.values(), observation.period), ())

    def periods(self, indicator: str, coordinates: Mapping[str, str] | None = None) -> tuple[str, ...]:
        """Periods with a value, oldest first."""
        wanted = tuple(self.complete(coordinates or {}).values())
        if indicator not in self._periods:
            valued: dict[_Key, list[str]] = {}
            for key, o in self._of(indicator).items():
                if o.value is not None:
                    valued.setdefault(key[:-1], []).append(key[-1])
            self._periods[indicator] = {k: tuple(sorted(found, key=Period.parse)) for k, found in valued.items()}
        return self._periods[indicator].get(wanted, ())

    def breaks(self, indicator: str, coordinates: Mapping[str, str] | None = None) -> tuple[str, ...]:
        """Periods at which the series breaks, or one that it is computed from, oldest first; the figure itself may be missing."""
        complete = self.complete(coordinates or {})
        wanted = tuple(complete.values())
        found = {k[-1] for k in self._breaks(indicator) if k[:-1] == wanted}
        formula = self.catalogue[indicator].formula if indicator in self.catalogue else None
        if formula and formula.name not in _OVER_TIME:
            for role, name in formula.inputs.items():
                fixed = formula.where.get(role, {})
                area = {"ref_area": self.country.code} if fixed.get("ref_area") == TOTAL else {}
                if role != "deflator":
                    found.update(self.breaks(name, {**complete, **fixed, **area}))
        return tuple(sorted(found, key=Period.parse))

    def codes(
        self, indicator: str, dimension: str, period: str | None = None, coordinates: Mapping[str, str] | None = None
    ) -> tuple[str, ...]:
        """Codes of a dimension that were reported (value or status) beside the other coordinates, in the order of the code list
        or of the country's subdivisions; the total is not among them."""
        at = DIMENSIONS.index(dimension)
        wanted = tuple(self.complete(coordinates or {}).values())
        rest = wanted[:at] + wanted[at + 1 :]
        found = {
            k[at] for k in self._of(indicator) if k[:at] + k[at + 1 : -1] == rest and (period is None or k[-1] == period)
        } - {TOTAL, self.country.code}
        return tuple(sorted(found, key=self._rank(dimension)))

    def observations(self, indicator: str) -> tuple[Observation, ...]:
        return tuple(self._of(indicator).values())

    def _breaks(self, indicator: str) -> tuple[_Key, ...]:
        if indicator not in self._broken:
            self._broken[indicator] = tuple(k for k, o in self._of(indicator).items() if ObsStatus.BREAK in o.statuses)
        return self._broken[indicator]

    def _rank(self, dimension: str):  # type: ignore[no-untyped-def]
        if dimension == "ref_area":
            order = {p.code: i for i, p in enumerate(self.country.subdivisions)}
        else:
            listed = self.codelists.get(dimension)
            order = {c.id: i for i, c in enumerate(listed.codes)} if listed else {}
        return lambda code: (order.get(code, len(order)), code)

    def _of(self, indicator: str) -> dict[_Key, Observation]:
        if indicator not in self._index:
            found = _observations(self._rows.of(indicator), indicator)
            if self._former:
                found = tuple(replace(o, revised=True) if o.key in self._former else o for o in found)
            self._index[indicator] = {(*o.coordinates.values(), o.period): o for o in found}
        return self._index[indicator]


class _Rows:
    """Of a frame, by indicator: comparing all names with each costs more than reading the rows."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame
        self._at: dict[str, list[int]] = {}
        for n, name in enumerate(frame["indicator"].tolist()):
            self._at.setdefault(str(name), []).append(n)

    def of(self, indicator: str) -> pd.DataFrame | None:
        at = self._at.get(indicator)
        return self._frame.iloc[at] if at else None


def _observations(rows: pd.DataFrame | None, indicator: str) -> tuple[Observation, ...]:
    if rows is None:
        return ()
    # Column by column: the named tuples of pandas cost more than what is read with them.
    told = {c: [str(v) for v in rows[c].tolist()] for c in _TEXTS}
    return tuple(
        Observation(
            indicator=indicator,
            coordinates={d: told[d][n] for d in DIMENSIONS},
            period=told["period"][n],
            value=None if math.isnan(value) else float(value),
            unit=told["unit"][n],
            statuses=tuple(ObsStatus(s) for s in told["obs_status"][n].split(";") if s),
            conf=ConfStatus(told["conf_status"][n] or "F"),
            source=told["source"][n],
            ref_date=told["ref_date"][n],
            comment={c.removeprefix(COMMENT): t for c in COMMENTS if (t := told[c][n])},
            lower=float(told["lower"][n]) if told["lower"][n] else None,
            upper=float(told["upper"][n]) if told["upper"][n] else None,
            illustrative=bool(illustrative),
            origin=Place(told["file"][n], told["sheet"][n], cell := told["cell"][n], "OBS_VALUE" if cell.isdigit() else ""),
        )
        for n, (value, illustrative) in enumerate(
            zip(rows["value"].to_numpy(dtype=float), rows["illustrative"].tolist(), strict=True)
        )
    )
