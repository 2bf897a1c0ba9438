"""Observations: the frame that flows from load to protect, and the single observation that compose works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from bulletin.model.codes import DIMENSIONS, TOTAL, ConfStatus, ObsStatus
from bulletin.model.finding import Place
from bulletin.shipped import shipped

if TYPE_CHECKING:
    import pandas as pd

KEY = ("indicator", *DIMENSIONS, "period")
"""What makes an observation unique once one source is chosen."""

DERIVED = "DERIVED"
"""Column of a sealed table; an origin in it marks a figure that the bulletin calculated."""

LANGUAGES = tuple(sorted(p.stem for p in shipped("config", "languages").glob("*.yaml")))
"""Those of the packs that the program comes with."""

COMMENT = "comment_"
COMMENTS = tuple(COMMENT + language for language in LANGUAGES)

BOUNDS = ("lower", "upper")
"""Of the interval that the source gives for an estimate, in units of 1; empty where it gives none."""

COLUMNS = (
    *KEY,
    "value",
    "unit",
    "unit_mult",
    "obs_status",
    "conf_status",
    "source",
    "ref_date",
    *COMMENTS,
    *BOUNDS,
    "illustrative",
    "file",
    "sheet",
    "cell",
)
"""`value` float64, the quantity in units of 1 (load has applied `unit_mult`, which is kept to show how it was sent), missing =
NaN plus a status; `obs_status` letters joined by `;`; `illustrative` bool; `file`, `sheet`, `cell` the origin, empty file = derived.
All other columns are str (category allowed), never NaN: empty string."""


@dataclass(frozen=True)
class Observations:
    frame: pd.DataFrame
    """Columns COLUMNS, one row per KEY."""
    alternates: pd.DataFrame
    """Same columns: values of other sources for a key in `frame`, kept and named in notes."""


@dataclass(frozen=True)
class Observation:
    """One value with everything that is known of it; `value` in units of 1 (multiplier applied), None when missing."""

    indicator: str
    coordinates: Mapping[str, str]
    """Every dimension of DIMENSIONS."""
    period: str
    value: float | None
    unit: str
    statuses: tuple[ObsStatus, ...]
    conf: ConfStatus
    source: str
    ref_date: str
    comment: Mapping[str, str]
    illustrative: bool
    origin: Place
    """Empty file: derived."""
    lower: float | None = None
    upper: float | None = None
    """Both ends of the interval that the source gives, or none."""
    revised: bool = False
    """Published otherwise in an earlier edition."""

    @property
    def derived(self) -> bool:
        """Calculated by the bulletin, in this edition or in the sealed one it is read from."""
        return not self.origin.file or self.origin.column == DERIVED

    @property
    def hidden(self) -> bool:
        """Confidential: there is a value, but not in this program any more."""
        return self.conf is not ConfStatus.FREE or ObsStatus.SUPPRESSED in self.statuses

    @cached_property
    def key(self) -> str:
        return observation_key(self.indicator, self.coordinates, self.period)


def observation_key(indicator: str, coordinates: Mapping[str, str], period: str) -> str:
    """Stable id: `PENSIONERS.MZ.scheme=INSS@2024-02`; dimensions at their total are left out."""
    parts = [indicator, coordinates["ref_area"]]
    parts += [f"{d}={coordinates[d]}" for d in DIMENSIONS[1:] if coordinates.get(d, TOTAL) != TOTAL]
    return ".".join(parts) + f"@{period}"


def value_text(value: float) -> str:
    """Shortest decimal that gives the same number back, without exponent: `33244`, `12.5`, `0.00001`."""
    text = format(Decimal(repr(float(value))), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
