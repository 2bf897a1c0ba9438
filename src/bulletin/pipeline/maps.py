"""What there is to tell about the maps of an edition: those drawn as tiles for want of boundaries, and the bounds of their classes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bulletin.compose.maps import ON_LAND, bounds_of, without_area
from bulletin.document.blocks import Figure
from bulletin.document.chart import Chart
from bulletin.document.tree import Document, walk
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.outline import ChartSpec
from bulletin.model.sealed import MapBounds

if TYPE_CHECKING:
    from bulletin.pipeline.edit import Composed
    from bulletin.pipeline.prepare import Prepared


def told_of_maps(prepared: Prepared, document: Document) -> tuple[Finding, ...]:
    """A map that is tiles although the country has boundaries, and one whose classes are no longer those of the edition before."""
    project, former = prepared.project, prepared.corrected or prepared.former
    found: list[Finding] = []
    for spec, chart in _maps(prepared, document):
        before = former.classes.get(chart.id) if former else None
        if before is not None and before.used != bounds_of(chart):
            found.append(Finding("classes-new", Severity.WARNING, key=chart.id, parameters={"chart": chart.id}))
        if spec.kind not in ON_LAND or chart.boundaries or not project.geometries:
            continue
        first = project.geometries[0]
        lacking = without_area(first, [c.key for c in chart.categories], chart.country)
        said: dict[str, str | int | float] = {"chart": chart.id, "file": first.file, "codes": ", ".join(lacking)}
        where = Place(f"config/geo/{first.file}")
        outdated = bool(first.valid_to or first.valid_from) and not first.is_valid(str(project.edition.year))
        rule, severity = ("map-vintage", Severity.INFO) if outdated or not lacking else ("map-lacks-places", Severity.WARNING)
        found.append(Finding(rule, severity, where, chart.id, said))
    return tuple(found)


def map_bounds(prepared: Prepared, composed: Composed) -> dict[str, MapBounds]:
    """By id of the chart."""
    document = next(iter(composed.documents.values()))
    return {c.id: MapBounds(tuple(s.classes), bounds_of(c)) for s, c in _maps(prepared, document) if bounds_of(c)}


def _maps(prepared: Prepared, document: Document) -> Iterator[tuple[ChartSpec, Chart]]:
    charts = {b.chart.id: b.chart for b in walk(document.sections) if isinstance(b, Figure) and b.series == "map"}
    for spec in prepared.project.outline.charts:
        if spec.chart in charts:
            yield spec, charts[spec.chart]
