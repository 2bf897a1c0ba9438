"""The observations that a chart of the outline shows, by series and category, before anything of them is printed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bulletin.compose.axes import codes, find, latest
from bulletin.compose.chart_marks import Axis
from bulletin.compose.chart_notes import Grid
from bulletin.compose.context import Context
from bulletin.compose.labels import is_total, level_label, unit_words
from bulletin.compose.scales import chart_scale
from bulletin.model.dataset import Observation
from bulletin.model.indicator import TimeBasis
from bulletin.model.outline import ChartSpec, Level
from bulletin.model.outlined import OVER_TIME, start
from bulletin.model.outlined import Point as Place
from bulletin.model.period import Period

_ADDED_UP = {"waterfall", "share", "stacked_bar"}
"""Kinds whose categories belong together, so that indicators side by side are shown for one period."""


@dataclass(frozen=True)
class Plot:
    rows: Axis
    """One per series."""
    columns: Axis
    """One per category."""
    grid: Grid
    mixed: str
    """Whose figures are of which period, where that differs; may be empty."""
    shown: bool
    """Whether there is enough of it to draw."""

    @property
    def valued(self) -> list[Observation]:
        return [o for series in self.grid for o in series if o is not None and o.value is not None]


def plot(context: Context, spec: ChartSpec) -> Plot:
    base = start(spec.indicator, spec.where)
    rows, columns = _axes(context, spec, base)
    dated = _dated(context, spec, rows, columns)
    shown = {p.period[:4] for points in dated for p in points}
    if shown and shown != {str(context.project.edition.year)}:
        rows, columns = _axes(context, spec, base, shown)
        dated = _dated(context, spec, rows, columns)
    grid = [[find(context, point) for point in points] for points in dated]
    mixed = _mixed_periods(context, rows, columns, grid)
    if spec.categories and spec.categories.order == "value":
        rows, columns, grid = _sorted(context, spec, rows, columns, grid)
    known = sum(o is not None and o.value is not None for series in grid for o in series)
    return Plot(rows, columns, grid, mixed, known > 0 and not (spec.kind == "waterfall" and known < len(columns)))


def shows_shares(spec: ChartSpec, valued: Sequence[Observation]) -> bool:
    """Whether counts or amounts are drawn as percentages of their category."""
    return spec.kind == "share" and valued[0].unit != "PT"


def unit_of(context: Context, spec: ChartSpec, valued: Sequence[Observation]) -> str:
    """Of what is printed; of several units, all."""
    if shows_shares(spec, valued):
        return context.word("per_cent")
    scale, _ = chart_scale(context, spec, valued)
    catalogue = context.lookup.catalogue
    return ", ".join(dict.fromkeys(unit_words(context, catalogue[o.indicator], scale) for o in valued))


def _axes(context: Context, spec: ChartSpec, base: Place, years: Collection[str] = ()) -> tuple[Axis, Axis]:
    """`years`: of the divisions of the country; empty: that of the edition."""
    level = spec.categories or (Level("period", periods="available") if spec.kind in OVER_TIME else Level("ref_area"))
    series = _axis(context, spec.series, [base], years) if spec.series else [(spec.indicator, base, _series_label(context, spec))]
    bases = [base.meet(place) for _, place, _ in series]
    columns = _axis(context, level, bases, years)
    if level.by == "period" and not level.codes:
        columns = _of_one_length(context, bases, columns)
    return [(c, base.meet(p), name) for c, p, name in series], columns


def _of_one_length(context: Context, bases: Sequence[Place], columns: Axis) -> Axis:
    """Flows of a part of the year do not stand beside those of whole years."""
    known = [context.lookup.catalogue.get(b.indicator) for b in bases]
    if not any(i is not None and i.time_basis in (TimeBasis.FLOW, TimeBasis.AVERAGE) for i in known):
        return columns
    longest = max((Period.parse(code).months for code, _, _ in columns), default=12)
    return [column for column in columns if Period.parse(column[0]).months == longest]


def _series_label(context: Context, spec: ChartSpec) -> str:
    """A single line or row of columns needs no name: title and subtitle have it."""
    if spec.kind in ("line", "column"):
        return ""
    return context.said(context.lookup.catalogue[spec.indicator].label) if spec.indicator else ""


def _axis(context: Context, level: Level, bases: Sequence[Place], years: Collection[str]) -> Axis:
    found = codes(context, level, bases, years=years)
    return [(code, Place().with_code(level, code), level_label(context, level, code, short=True)) for code in found]


def _dated(context: Context, spec: ChartSpec, rows: Axis, columns: Axis) -> list[list[Place]]:
    """The points of all series. Where neither axis fixes the period it is one for all of them: the newest in which any has a value
    (a total does not decide it), or the newest in which every series has one. Indicators set side by side each take their own,
    unless they are added up."""
    points = [[row.meet(place) for _, place, _ in columns] for _, row, _ in rows]
    level = spec.categories or Level("ref_area")
    singly = level.by == "indicator"
    parts = [[p for p, (code, _, _) in zip(row, columns, strict=True) if not is_total(context, level.by, code)] for row in points]
    groups = [[p] for row in points for p in row] if singly else [part or row for part, row in zip(parts, points, strict=True)]
    common = "" if singly and spec.kind not in _ADDED_UP else _common(context, groups)
    if singly and spec.kind in _ADDED_UP and not common:
        common = latest(context, [p for group in groups for p in group])

    def period(point: Place, group: list[Place]) -> str:
        return point.period or common or latest(context, group)

    return [
        [replace(p, period=period(p, [p] if singly else part or row)) for p in row]
        for part, row in zip(parts, points, strict=True)
    ]


def _common(context: Context, groups: Sequence[Sequence[Place]]) -> str:
    """The newest period in which every group with data has a value; empty when there is none."""
    last = context.project.edition.years.last
    known = [
        {p for one in group if one.indicator for p in context.lookup.periods(one.indicator, dict(one.where))} for group in groups
    ]
    shared = set.intersection(*(k for k in known if k)) if any(known) else set()
    return max((p for p in shared if Period.parse(p).year <= last), key=Period.parse, default="")


def _mixed_periods(context: Context, rows: Axis, columns: Axis, grid: Grid) -> str:
    """What a chart says that sets figures of different periods side by side: whose is which, as far as that is short."""
    if any(place.period for _, place, _ in (*rows, *columns)):
        return ""
    by_row = [{o.period for o in row if o is not None and o.value is not None} for row in grid]
    by_column = [{o.period for o in column if o is not None and o.value is not None} for column in zip(*grid, strict=True)]
    found = set().union(*by_row)
    if len(found) < 2:
        return ""
    named: list[str] = []
    for axis, periods in ((columns, by_column), (rows, by_row)):
        if all(len(p) < 2 for p in periods):
            named = [
                f"{label} ({context.locale.period_short(Period.parse(next(iter(p))))})"
                for (_, _, label), p in zip(axis, periods, strict=True)
                if p
            ]
    if not named or len(named) > 6:
        named = [context.locale.period_short(p) for p in sorted(Period.parse(p) for p in found)]
    return context.word("mixed_periods").format(list=context.locale.enumerated(named))


def _sorted(context: Context, spec: ChartSpec, rows: Axis, columns: Axis, grid: Grid) -> tuple[Axis, Axis, Grid]:
    def rank(j: int) -> tuple[bool, float]:
        values = [row[j].value for row in grid if row[j] is not None and row[j].value is not None]  # type: ignore[union-attr]
        return (not values, -sum(v for v in values if v is not None))

    order = sorted(range(len(columns)), key=rank)
    level = spec.categories
    if level is not None:
        totals = [j for j in order if is_total(context, level.by, columns[j][0])]
        order = totals + [j for j in order if j not in totals]
    return rows, [columns[j] for j in order], [[row[j] for j in order] for row in grid]
