"""What each institution has sent of what the outline prints, by indicator and year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletin.model.codes import ObsStatus
from bulletin.model.expected import Expected, Reported, expected_cells, stock_at_end
from bulletin.model.period import Period
from bulletin.model.quality import Arrival, Availability
from bulletin.model.supply import collection_of, due_of, institution_id, responsible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulletin.model.dataset import Observations
    from bulletin.model.project import Project
    from bulletin.model.supply import Cell


@dataclass
class _Count:
    expected: int = 0
    answered: int = 0
    received: int = 0
    provisional: int = 0
    illustrative: int = 0


@dataclass(frozen=True)
class _Arrived:
    """What is known of an expected cell that has a row."""

    institution: str
    valued: bool
    provisional: bool
    illustrative: bool


@dataclass
class _Suppliers:
    """Who sent what, so that a cell without data finds its institution."""

    project: Project
    places: dict[Cell, Counter[str]] = field(default_factory=dict)
    indicators: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, cell: Expected, institution: str) -> None:
        self.places.setdefault((cell.indicator, *cell.place), Counter())[institution] += 1
        self.indicators.setdefault(cell.indicator, Counter())[institution] += 1

    def of(self, cell: Expected) -> str:
        series = (cell.indicator, *cell.place)
        declared = responsible(self.project, series, Period.parse(cell.period).year)
        if declared and collection_of(self.project, declared):
            return declared
        return _most_often(self.places.get(series)) or declared or _most_often(self.indicators.get(cell.indicator))


def _most_often(found: Counter[str] | None) -> str:
    return min(found, key=lambda name: (-found[name], name)) if found else ""


def availability(observations: Observations, project: Project, on: str = "") -> tuple[Availability, ...]:
    """One entry per institution, indicator and year of the edition in which the outline prints something, sorted.

    A cell belongs to the institution of its source; without data to the one that `collect` asks for it, else the one that supplied
    the series most often, the one that the country's file names, the one that supplied the indicator, or nobody (empty). `on` is
    the day for which dates are judged (ISO), the release date by default; only the reference year can be late. Illustrative values
    do not count as received, and illustrative rows without a value not as illustrative either: nothing stands in the place of what
    is missing. `observations` are taken before disclosure control: a hidden value has been received.
    """
    reported = Reported(observations)
    cells = expected_cells(reported, project)
    arrived = _arrived(observations, reported, project, cells)
    suppliers = _Suppliers(project)
    for cell, found in arrived.items():
        if found.institution:
            suppliers.add(cell, found.institution)
    counts: dict[tuple[str, str, int], _Count] = {}
    for cell in cells:
        found_cell = arrived.get(cell)
        institution = (found_cell.institution if found_cell else "") or suppliers.of(cell)
        count = counts.setdefault((institution, cell.indicator, Period.parse(cell.period).year), _Count())
        count.expected += 1
        if found_cell and not found_cell.illustrative:
            count.answered += 1
            count.received += found_cell.valued
            count.provisional += found_cell.valued and found_cell.provisional
        elif found_cell:
            count.illustrative += found_cell.valued
    day = on or project.edition.release_date
    return tuple(
        Availability(
            institution, indicator, year, _state(project, institution, year, count, day), count.expected, count.received,
            count.answered, count.illustrative,
        )
        for (institution, indicator, year), count in sorted(counts.items())
    )  # fmt: skip


def _state(project: Project, institution: str, year: int, count: _Count, day: str) -> Arrival:
    if count.received == count.expected:
        return Arrival.PROVISIONAL if count.provisional else Arrival.RECEIVED
    if count.received:
        return Arrival.PARTIAL
    due = due_of(project, institution) if year == project.edition.year else ""
    if due and due < day:
        return Arrival.LATE
    if due:
        return Arrival.NOT_DUE
    return Arrival.ILLUSTRATIVE if count.illustrative else Arrival.MISSING


def _arrived(
    observations: Observations, reported: Reported, project: Project, cells: Sequence[Expected]
) -> Mapping[Expected, _Arrived]:
    rows = {}
    for cell in cells:
        row = reported.position(cell)
        if row < 0 and len(cell.period) == 4 and stock_at_end(project.catalogue[cell.indicator]):
            row = reported.position(Expected(cell.indicator, cell.place, f"{cell.period}-12"))
        if row >= 0:
            rows[cell] = row
    frame = observations.frame.iloc[list(rows.values())]
    values, sources = frame["value"].notna().tolist(), frame["source"].astype(str).tolist()
    statuses = frame["obs_status"].astype(str).tolist()
    hidden = frame["conf_status"].astype(str).tolist()
    illustrative = frame["illustrative"].astype(bool).tolist()
    found = {}
    for cell, value, source, status, conf, made_up in zip(rows, values, sources, statuses, hidden, illustrative, strict=True):
        letters = status.split(";")
        known = project.sources.get(source)
        valued = value or conf not in ("", "F") or bool({"Q", "M"} & set(letters))
        name = known.institution if known and not made_up else ""
        institution = institution_id(project, name) or name
        found[cell] = _Arrived(institution, valued, ObsStatus.PROVISIONAL.value in letters, made_up)
    return found
