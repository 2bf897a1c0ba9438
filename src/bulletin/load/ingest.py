"""Figures that came by form keep the cell of the workbook they were sent in: the column INGEST of the file that holds them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.model.dataset import Observations
from bulletin.model.project import InputFile

if TYPE_CHECKING:
    import pandas as pd

    from bulletin.load.table import Table

_ORIGIN = re.compile(r"(?P<file>.+?\.(?:xlsx|xlsm|ods))!(?P<sheet>.*)!(?P<cell>[A-Z]{1,3}[0-9]{1,7})", re.IGNORECASE)

Origins = Mapping[str, Mapping[str, tuple[str, str, str]]]
"""File, then its line, to file, sheet and cell of the workbook."""


def origins_of(table: Table) -> Mapping[str, tuple[str, str, str]]:
    """Lines of a table that say where they came from; a text of another form says nothing."""
    if not len(table.frame) or "ingest" not in table.frame:
        return {}
    found = {}
    for line, text in zip(table.frame["cell"].astype(str), table.frame["ingest"].astype(str), strict=True):
        origin = _ORIGIN.fullmatch(text.strip())
        if origin:
            found[line] = (origin["file"], origin["sheet"], origin["cell"])
    return found


def traced_back(observations: Observations, origins: Origins) -> Observations:
    """The same figures, with the workbook's cell as their origin."""
    if not any(origins.values()):
        return observations
    return Observations(_traced(observations.frame, origins), _traced(observations.alternates, origins))


def workbooks_sent(observations: Observations, root: Path, read: Sequence[InputFile]) -> tuple[InputFile, ...]:
    """The workbooks that figures came in, beside the files that were read; without a hash where the project does not hold them."""
    known = {i.path for i in read} | {""}
    files = {str(f) for frame in (observations.frame, observations.alternates) for f in frame["file"].unique()} - known
    return tuple(InputFile(file, _hash(root, file)) for file in sorted(files))


def _hash(root: Path, file: str) -> str:
    path = root / file
    inside = path.resolve().is_relative_to(root.resolve())
    return hashlib.sha256(path.read_bytes()).hexdigest() if inside and path.is_file() else ""


def _traced(frame: pd.DataFrame, origins: Origins) -> pd.DataFrame:
    import numpy as np

    rows = np.flatnonzero(frame["file"].isin([f for f, lines in origins.items() if lines]).to_numpy())
    if not len(rows):
        return frame
    columns = {name: frame[name].to_numpy(dtype=object).copy() for name in ("file", "sheet", "cell")}
    for row in rows.tolist():
        origin = origins[str(columns["file"][row])].get(str(columns["cell"][row]))
        if origin:
            columns["file"][row], columns["sheet"][row], columns["cell"][row] = origin
    changed = frame.copy()
    for name, values in columns.items():
        changed[name] = values
        changed[name] = changed[name].astype("str")
    return changed
