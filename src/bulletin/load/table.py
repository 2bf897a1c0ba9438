"""A table as received: texts by canonical column, before codes and numbers are understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.model.dataset import BOUNDS, COMMENTS
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
    **{column.upper(): column for column in COMMENTS},
    **{column.upper(): column for column in BOUNDS},
    "ILLUSTRATIVE": "illustrative",
    "FREQ": "freq",
    "INGEST": "ingest",
}
"""Canonical header to the column of Observations; FREQ is only checked against the period, INGEST names the workbook's cell that a
figure read from a form came from."""

HEADER_OF: Mapping[str, str] = {column: header for header, column in HEADERS.items()}

REQUIRED = ("INDICATOR", "TIME_PERIOD", "OBS_VALUE")


@dataclass(frozen=True)
class Left:
    """A row or cell of a table that did not become an observation before its codes and numbers were looked at."""

    cell: str
    """Address, or line of a text file."""
    reason: str
    """Of a refused one, the rule; of an ignored one, a key of IGNORED."""
    text: str = ""


IGNORED = ("blank", "dropped", "dropped-column", "empty", "hidden", "no-figures", "outside", "repeated")
"""Why a row or cell is left aside without being wrong: it is blank; `drop`, `drop_columns`, `empty` or `hidden` of the map say so; a
row of words; what stands above, below or beside the tables; the same figure a second time."""


@dataclass(frozen=True)
class Table:
    file: str
    sheet: str
    frame: pd.DataFrame
    """Columns of HEADERS that the file has (category of str), `cell` (origin, str); for workbooks and maps `number` (float64; NaN
    where the cell holds text), for maps `sent` (text of the cell before marks were taken off)."""
    read: int
    """All rows seen (in a wide table: cells): those of `frame`, those of `rejected`, those of `ignored`."""
    rejected: Mapping[str, int]
    """Rule to number of rows."""
    ignored: Mapping[str, int]
    """Key of IGNORED to number of rows."""
    findings: tuple[Finding, ...]
    decimal: str | None = None
    groups: str | None = None
    left: tuple[Left, ...] = ()


def counted(reasons: Iterable[str]) -> Mapping[str, int]:
    """How often each occurs, by name."""
    return dict(sorted(Counter(reasons).items()))


def refused(file: str, sheet: str, findings: Iterable[Finding]) -> Table:
    """A table of which nothing was taken up."""
    import pandas as pd

    return Table(file, sheet, pd.DataFrame(), 0, {}, {}, tuple(findings))
