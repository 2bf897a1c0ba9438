"""A table as received: texts by canonical column, before codes and numbers are understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.model.finding import Finding

if TYPE_CHECKING:
    import pandas as pd

HEADERS: Mapping[str, str] = {
    "REF_AREA": "ref_area",
    "INDICATOR": "indicator",
    "SEX": "sex",
    "AGE": "age",
    "SCHEME": "scheme",
    "FUNCTION": "function",
    "PROGRAMME": "programme",
    "TIME_PERIOD": "period",
    "OBS_VALUE": "value",
    "UNIT_MEASURE": "unit",
    "UNIT_MULT": "unit_mult",
    "OBS_STATUS": "obs_status",
    "CONF_STATUS": "conf_status",
    "SOURCE": "source",
    "REF_DATE": "ref_date",
    "COMMENT_PT": "comment_pt",
    "COMMENT_EN": "comment_en",
    "ILLUSTRATIVE": "illustrative",
    "FREQ": "freq",
}
"""Canonical header to the column of Observations; FREQ is only checked against the period."""

HEADER_OF: Mapping[str, str] = {column: header for header, column in HEADERS.items()}

REQUIRED = ("INDICATOR", "TIME_PERIOD", "OBS_VALUE")


@dataclass(frozen=True)
class Table:
    file: str
    sheet: str
    frame: pd.DataFrame
    """Columns of HEADERS that the file has (category of str), `cell` (origin, str), and for workbooks `number` (float64; NaN
    where the cell holds text)."""
    read: int
    """Rows (in a wide table: cells) that were taken up, `rejected` among them, `ignored` not."""
    rejected: int
    ignored: int
    findings: tuple[Finding, ...]
    decimal: str | None = None
    groups: str | None = None
