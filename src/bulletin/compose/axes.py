"""Levels of the outline turned into concrete codes: the columns and rows of a table, the categories and series of a chart."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bulletin.compose.context import Context
from bulletin.compose.labels import is_total
from bulletin.model.codes import TOTAL
from bulletin.model.dataset import Observation
from bulletin.model.indicator import TimeBasis
from bulletin.model.outline import Level
from bulletin.model.outlined import NEWEST, Point, exists_in
from bulletin.model.period import Period


def find(context: Context, point: Point) -> Observation | None:
    """The observation at a point. Of a stock, the year's value is the one at its end where none is given for the year itself."""
    if not point.indicator or not point.period:
        return None
    found = context.lookup.get(point.indicator, point.period, dict(point.where))
    if found is None and len(point.period) == 4 and _is_stock(context, point.indicator):
        return context.lookup.get(point.indicator, f"{point.period}-12", dict(point.where))
    return found


def _is_stock(context: Context, indicator: str) -> bool:
    known = context.lookup.catalogue.get(indicator)
    return known is not None and known.time_basis in (TimeBasis.STOCK, TimeBasis.CUMULATIVE)


def years(context: Context) -> tuple[str, ...]:
    span = context.project.edition.years
    return tuple(str(y) for y in range(span.first, span.last + 1))


def codes(
    context: Context, level: Level, bases: Iterable[Point], period: str = "", *, years: Collection[str] = ()
) -> tuple[str, ...]:
    """Codes of a level in print order; `bases` are the points it is crossed with, to see what has data; `years`: of the
    figures, whose newest division of the country places are of, with those of the others that have figures; empty: the edition's."""
    bases = tuple(bases)
    if level.by == "period":
        return _periods(context, level, bases)
    if level.codes and level.by == "ref_area":
        found = tuple(context.lookup.country.code if c == "country" else c for c in level.codes)
    elif level.codes:
        found = tuple(c for c in level.codes if _exists(context, level, c, bases))
    elif level.by == "ref_area":
        country = context.lookup.country
        newest = max(years, default=str(context.project.edition.year))
        found = (
            country.code,
            *(
                p.code
                for p in country.subdivisions
                if p.is_valid(newest) or (any(p.is_valid(y) for y in years) and _exists_in_data(context, level, p.code, bases))
            ),
        )
    else:
        reported = {
            c for b in bases if b.indicator for c in context.lookup.codes(b.indicator, level.by, period or None, dict(b.where))
        }
        listed = context.lookup.codelists.get(level.by)
        found = (TOTAL, *(c.id for c in listed.codes if c.id in reported)) if listed else (TOTAL,)
    if level.codes:
        return tuple(found)
    totals = tuple(c for c in found if is_total(context, level.by, c))
    rest = tuple(c for c in found if c not in totals)
    match level.total:
        case "first":
            return totals + rest
        case "last":
            return rest + totals
        case _:
            return rest


def _exists(context: Context, level: Level, code: str, bases: tuple[Point, ...]) -> bool:
    """Whether a code belongs to the country, or has data all the same."""
    return exists_in(context.project, level.by, code) or _exists_in_data(context, level, code, bases)


def _exists_in_data(context: Context, level: Level, code: str, bases: tuple[Point, ...]) -> bool:
    return any(b.indicator and code in context.lookup.codes(b.indicator, level.by, None, dict(b.where)) for b in bases)


def latest(context: Context, bases: Iterable[Point]) -> str:
    """Newest period not after the edition's year in which any of the points has a value; the edition's year otherwise."""
    last = context.project.edition.years.last
    found = [
        p
        for b in bases
        if b.indicator
        for p in context.lookup.periods(b.indicator, dict(b.where))
        if Period.parse(p).year <= last
    ]
    return max(found, key=Period.parse, default=str(last))


def _periods(context: Context, level: Level, bases: tuple[Point, ...]) -> tuple[str, ...]:
    if level.codes:
        found = level.codes
    elif level.periods == "newest":
        found = NEWEST
    elif level.periods == "years":
        found = years(context)
    else:
        span = context.project.edition.years
        known = {p for b in bases if b.indicator for p in context.lookup.periods(b.indicator, dict(b.where))}
        known -= {p for p in known if p.endswith("-12") and p[:4] in known}
        first = 0 if level.periods == "all" else span.first
        inside = sorted((p for p in known if first <= Period.parse(p).year <= span.last), key=Period.parse)
        found = tuple(inside) or (str(span.last),)
        if level.periods == "latest":
            found = found[-1:]
    return tuple(found[-level.last :]) if level.last else tuple(found)


def divided_in(context: Context, found: Iterable[Observation | None]) -> frozenset[str]:
    """Years of the figures of the country's parts, where its division was not always that of the edition's year; empty: nothing but
    that division is wanted."""
    country, own = context.lookup.country, str(context.project.edition.year)
    parts = {p.code for p in country.subdivisions if p.valid_from or p.valid_to} and {p.code for p in country.subdivisions}
    places = ((o, dict(o.coordinates)["ref_area"]) for o in found if o is not None and o.value is not None)
    years = frozenset(o.period[:4] for o, place in places if place in parts)
    return years if years != {own} else frozenset()
