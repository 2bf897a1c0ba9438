"""The canonical table that a returned form becomes: a CSV file among the data, each figure with the cell it came from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

_COLUMNS = (
    *("REF_AREA", "INDICATOR", "SEX", "AGE", "SCHEME", "FUNCTION", "PROGRAMME", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE"),
    *("UNIT_MULT", "OBS_STATUS", "CONF_STATUS", "SOURCE", "REF_DATE"),
)


def canonical_csv(rows: Iterable[Mapping[str, str]], comments: Sequence[str]) -> bytes:
    """Rows by the headers of a data file, `comments` among them, as UTF-8 with line feeds."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, (*_COLUMNS, *comments, "ILLUSTRATIVE", "INGEST"), lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8")


def ingest(file: str, sheet: str, cell: str) -> str:
    """`forms/received/mz-inss-2024.xlsx!T01!G9`."""
    return f"{file}!{sheet}!{cell}"
