"""The cells that an outline prints, traced back to the figures an institution has to send for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from bulletin.model.cells import PERIODS as SERIES
from bulletin.model.cells import Block, Cells, cells, period_code, period_text
from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.indicator import TimeBasis
from bulletin.model.outline import Item, Level
from bulletin.model.outlined import NEWEST, Point, exists_in, inputs_of, place_of, points_of
from bulletin.model.period import Period

if TYPE_CHECKING:
    from bulletin.model.dataset import Observations
    from bulletin.model.indicator import Indicator
    from bulletin.model.project import Project


@dataclass(frozen=True, order=True)
class Expected:
    """A figure that somebody has to send."""

    indicator: str
    place: tuple[str, ...]
    """A code for each of DIMENSIONS."""
    period: str


class Reported:
    """Which figures the observations hold: by indicator and place, the periods, those with a value apart."""

    def __init__(self, observations: Observations) -> None:
        frame = observations.frame
        self.cells: Cells = cells(frame)
        self._received = frame["file"].astype(str).to_numpy() != ""
        self._known: dict[str, dict[tuple[str, ...], tuple[tuple[str, bool], ...]]] = {}

    def places(self, indicator: str) -> Mapping[tuple[str, ...], tuple[tuple[str, bool], ...]]:
        """Place to its periods, oldest first, each with whether there is a value."""
        if indicator not in self._known:
            self._known[indicator] = self._placed(self.cells.block(indicator))
        return self._known[indicator]

    def position(self, cell: Expected) -> int:
        """Row of the frame that holds the cell and was received, −1 where there is none."""
        coding = self.cells.coding
        digits = [coding.digits[d].get(code) for d, code in zip(DIMENSIONS, cell.place, strict=True)]
        if any(d is None for d in digits):
            return -1
        key = sum(d * coding.strides[n] for d, n in zip(digits, DIMENSIONS, strict=True) if d) + period_code(cell.period)
        import numpy as np

        block = self.cells.block(cell.indicator)
        found = int(block.find(np.array([key], dtype=np.int64))[0])
        return int(block.row[found]) if found >= 0 and self._received[block.row[found]] else -1

    def _placed(self, block: Block) -> dict[tuple[str, ...], tuple[tuple[str, bool], ...]]:
        import numpy as np

        coding = self.cells.coding
        found: dict[tuple[str, ...], tuple[tuple[str, bool], ...]] = {}
        bounds = [*np.flatnonzero(np.diff(block.key // SERIES, prepend=-1)).tolist(), len(block.key)]
        for first, end in pairwise(bounds):
            place = tuple(coding.coordinates(int(block.key[first])).values())
            periods = [
                (period_text(int(k) % SERIES), not bool(np.isnan(v)))
                for k, v in zip(block.key[first:end], block.value[first:end], strict=True)
            ]
            found[place] = tuple(sorted(periods, key=lambda p: Period.parse(p[0])))
        return found


def expected_cells(reported: Reported, project: Project) -> tuple[Expected, ...]:
    """Sorted, each once: the cells of all tables and charts, in the years of the edition.

    A computed figure stands for what it is computed from, unless it was received. Tables and charts that show only the periods
    with data are expected to have the reference year too.
    """
    found: dict[Expected, None] = {}
    for chapter in project.outline.chapters:
        for section in chapter.sections:
            for item in section.items:
                for cell in item_cells(reported, project, item):
                    found[cell] = None
    return tuple(sorted(found))


def item_cells(reported: Reported, project: Project, item: Item) -> Iterator[Expected]:
    """What one table or chart prints; may name a cell twice. Other items print no observations of their own."""
    years = project.edition.years
    for point in points_of(item, partial(_codes, reported, project)):
        if point.indicator not in project.catalogue:
            continue
        for period in _dated(reported, project, point):
            if years.first <= Period.parse(period).year <= years.last:
                place = place_of(project, dict(point.where))
                if _exists(project, reported, point.indicator, place):
                    yield from _sent(reported, project, Expected(point.indicator, place, period), frozenset())


def stock_at_end(indicator: Indicator) -> bool:
    """Whether the year's value may be the one given for its last month."""
    return indicator.time_basis in (TimeBasis.STOCK, TimeBasis.CUMULATIVE)


def _codes(reported: Reported, project: Project, level: Level, bases: Sequence[Point]) -> tuple[str, ...]:
    country = project.country
    if level.by == "period":
        return _periods(reported, project, level, bases)
    if level.codes:
        return tuple(country.code if level.by == "ref_area" and c == "country" else c for c in level.codes)
    if level.by == "ref_area":
        year = str(project.edition.year)
        places = [
            p.code
            for p in country.subdivisions
            if (not p.valid_from or p.valid_from[:4] <= year) and (not p.valid_to or year <= p.valid_to[:4])
        ]
        return (*places, *(() if level.total == "none" else (country.code,)))
    seen = {c for b in bases if b.indicator for c in _reported_codes(reported, project, level.by, b)}
    return (*sorted(seen - {TOTAL}), *(() if level.total == "none" else (TOTAL,)))


def _reported_codes(reported: Reported, project: Project, dimension: str, point: Point) -> Iterator[str]:
    at = DIMENSIONS.index(dimension)
    place = place_of(project, dict(point.where))
    return (p[at] for p in reported.places(point.indicator) if p[:at] + p[at + 1 :] == place[:at] + place[at + 1 :])


def _periods(reported: Reported, project: Project, level: Level, bases: Sequence[Point]) -> tuple[str, ...]:
    years = project.edition.years
    if level.codes:
        found = level.codes
    elif level.periods == "newest":
        return NEWEST[:1]
    elif level.periods == "years":
        found = tuple(str(y) for y in range(years.first, years.last + 1))
    else:
        known = {p for b in bases if b.indicator for p in _with_value(reported, project, b)}
        known -= {p for p in known if p.endswith("-12") and p[:4] in known}
        inside = sorted((p for p in known if years.first <= Period.parse(p).year <= years.last), key=Period.parse)
        shown = inside[-1:] if level.periods == "latest" else inside[-level.last :]
        return _with_reference_year(project, shown)
    return tuple(found[-level.last :])


def _with_value(reported: Reported, project: Project, point: Point) -> Iterator[str]:
    periods = reported.places(point.indicator).get(place_of(project, dict(point.where)), ())
    return (p for p, valued in periods if valued)


def _with_reference_year(project: Project, periods: Iterable[str]) -> tuple[str, ...]:
    found = tuple(periods)
    year = project.edition.year
    return found if any(Period.parse(p).year == year for p in found) else (*found, str(year))


def _dated(reported: Reported, project: Project, point: Point) -> tuple[str, ...]:
    if point.period:
        return (point.period,)
    last = project.edition.years.last
    known = [p for p in _with_value(reported, project, point) if Period.parse(p).year <= last]
    return _with_reference_year(project, known[-1:])


def _exists(project: Project, reported: Reported, indicator: str, place: tuple[str, ...]) -> bool:
    """Whether the codes belong to the country, or have data all the same."""
    return all(exists_in(project, d, c) for d, c in zip(DIMENSIONS, place, strict=True)) or place in reported.places(indicator)


def _sent(reported: Reported, project: Project, cell: Expected, above: frozenset[str]) -> Iterator[Expected]:
    indicator = project.catalogue[cell.indicator]
    if indicator.formula is None or cell.indicator in above or reported.position(cell) >= 0:
        yield cell
        return
    for name, place in inputs_of(project, indicator, cell.place):
        yield from _sent(reported, project, Expected(name, place, cell.period), above | {cell.indicator})
