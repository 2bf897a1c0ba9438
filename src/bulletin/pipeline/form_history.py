"""What earlier editions hold of each cell: the figures that stand in grey beside the cells of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.form.layout import History, Seen
from bulletin.model.codes import DIMENSIONS
from bulletin.model.period import Period
from bulletin.model.supply import Cell

if TYPE_CHECKING:
    import pandas as pd

    from bulletin.model.project import Project


def history_of(frame: pd.DataFrame, project: Project) -> History:
    """Received figures by cell, oldest first; a figure that may not be published is known by its period alone."""
    found: dict[Cell, list[Seen]] = {}
    received = frame[(frame["file"] != "").to_numpy()]
    columns = ["indicator", *DIMENSIONS, "period", "value", "unit_mult", "conf_status", "source"]
    periods: dict[str, Period] = {}
    for *cell, text, value, multiplier, conf, source in received[columns].itertuples(index=False, name=None):
        period = periods.get(text) or periods.setdefault(text, Period.parse(text))
        reference = project.sources.get(source)
        shown = float(value) if value == value and conf == "F" else None
        seen = Seen(period, shown, int(multiplier or 0), reference.institution if reference else "")
        found.setdefault(tuple(str(c) for c in cell), []).append(seen)
    return {cell: tuple(sorted(seen, key=lambda s: s.period)) for cell, seen in found.items()}
