"""What a map of the outline is drawn on, the bounds of its classes, and what is printed below it about both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bulletin.compose.classing import bounds_for
from bulletin.compose.context import Context
from bulletin.compose.printing import rounded
from bulletin.document.chart import Chart, MapClass
from bulletin.model.dataset import Observation
from bulletin.model.geometry import Geometry, geometry_for
from bulletin.model.outline import ChartSpec
from bulletin.model.sealed import MapBounds

MAPS = {"choropleth", "tiles", "symbols"}
ON_LAND = {"choropleth", "symbols"}
"""Kinds that are drawn on boundaries where there are any that fit."""
_NAMED = 6


def boundaries_of(context: Context, spec: ChartSpec, codes: Iterable[str], valued: Sequence[Observation]) -> Geometry | None:
    """The first boundaries in force in the years of the figures that have every place."""
    places = set(codes) - {context.lookup.country.code}
    if spec.kind not in ON_LAND or not places:
        return None
    return geometry_for(context.project.geometries, places, {o.period[:4] for o in valued})


def kind_of(spec: ChartSpec, geometry: Geometry | None) -> str:
    """Areas become tiles without boundaries; symbols stand on tiles then."""
    return "tiles" if spec.kind == "choropleth" and geometry is None else spec.kind


def classes_of(
    context: Context, spec: ChartSpec, valued: Sequence[Observation], scale: int, decimals: int
) -> tuple[MapClass, ...]:
    """Each includes its lower bound."""
    values = [float(rounded(o.value, scale=scale, decimals=decimals)) for o in valued if o.value is not None]
    if spec.kind == "symbols":
        return ()
    inner = bounds_for(spec.classes, values, former_bounds(context, spec))
    bounds: list[float | None] = [None, *inner, None]
    digits = max((len(f"{b:g}".partition(".")[2]) for b in inner), default=0)
    return tuple(
        MapClass(low, high, "" if low is None else context.locale.number(low, digits, table=True))
        for low, high in pairwise(bounds)
    )


def former_bounds(context: Context, spec: ChartSpec) -> MapBounds | None:
    """Of the edition before, or of the one that this one puts right."""
    before = context.corrected or context.former
    return before.classes.get(spec.chart) if before else None


def map_notes(context: Context, spec: ChartSpec, chart: Chart, valued: Sequence[Observation]) -> list[str]:
    """Whose boundaries they are and that they have no legal value; of tiles, what they stand for and why there is no map."""
    on = next((g for g in context.project.geometries if g.file == chart.boundaries), None)
    if on is not None:
        notes = [context.word("boundaries_note").format(source=on.source, version=on.vintage)]
        if on.moved:
            notes.append(context.word("boundaries_moved"))
    else:
        notes = [context.word("tiles_note").format(place=context.lookup.country.subdivision_kind[context.language][0])]
        reason = _why_tiles(context, spec, chart, valued)
        if reason:
            notes.append(reason)
    printed, former = bounds_of(chart), former_bounds(context, spec)
    if (former.used != printed) if former else (spec.classes and chart.classes and printed != tuple(spec.classes)):
        notes.append(context.word("classes_adjusted"))
    return notes


def _why_tiles(context: Context, spec: ChartSpec, chart: Chart, valued: Sequence[Observation]) -> str:
    """Empty where tiles are what was asked for, or the country has no boundary file."""
    if spec.kind not in ON_LAND or not context.project.geometries:
        return ""
    nearest = context.project.geometries[0]
    lacking = without_area(nearest, [c.key for c in chart.categories], context.lookup.country.code)
    if lacking:
        names = [next(c.label for c in chart.categories if c.key == code) for code in lacking]
        shown = context.locale.enumerated(names) if len(names) <= _NAMED else str(len(names))
        return context.word("tiles_lacking").format(source=nearest.source, version=nearest.vintage, list=shown)
    years = sorted({o.period[:4] for o in valued if not nearest.is_valid(o.period[:4])})
    return context.word("tiles_vintage").format(
        source=nearest.source, version=nearest.vintage, list=context.locale.enumerated(years)
    )


def unsure_places(context: Context, chart: Chart) -> str:
    """By name, since areas and circles have no hollow form; empty where there are none."""
    points = zip(chart.categories, chart.series[0].points, strict=True)
    names = list(dict.fromkeys(c.label for c, p in points if p.provisional))
    return context.word("unsure_places").format(list=context.locale.enumerated(names)) if names else ""


def bounds_of(chart: Chart) -> tuple[float, ...]:
    return tuple(c.low for c in chart.classes if c.low is not None)


def without_area(geometry: Geometry, codes: Sequence[str], country: str) -> list[str]:
    return [code for code in codes if code != country and code not in geometry.units]
