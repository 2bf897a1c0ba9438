"""Figures that were to be charts of Word's own and stay pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.document.blocks import Figure
from bulletin.document.native import NATIVE, hindrance
from bulletin.document.tree import Document, walk
from bulletin.model.finding import Finding, Severity

if TYPE_CHECKING:
    from bulletin.model.project import Project


_ONE_COLOUR = {"multiples"}
"""Kinds whose series each have a frame of their own."""


def repeated_colours(project: Project, document: Document) -> tuple[Finding, ...]:
    """A warning for each chart of which two series have one colour: a reader cannot tell them apart (statistics.md 5)."""
    most = len(project.theme.colour.series)
    found = []
    for chart in (b.chart for b in walk(document.sections) if isinstance(b, Figure) and b.chart.kind not in _ONE_COLOUR):
        coloured = [s for s in chart.series if s.colour >= 0]
        if len({s.colour % most for s in coloured}) < len(coloured):
            said: dict[str, str | int | float] = {"chart": chart.id, "count": len(coloured), "most": most}
            found.append(Finding("chart-colours-repeated", Severity.WARNING, key=chart.id, parameters=said))
    return tuple(found)


def kept_as_pictures(project: Project, document: Document) -> tuple[Finding, ...]:
    """For information: one for each figure of which the outline says so, one for all others where the edition does."""
    asked = {spec.chart: spec.charts for spec in project.outline.charts}
    left = [b.chart for b in walk(document.sections) if isinstance(b, Figure) and not b.native]
    singly = [
        Finding(
            "chart-kind-picture" if hindrance(chart) == "kind" else "chart-shape-picture",
            Severity.INFO,
            key=chart.id,
            parameters={"chart": chart.id, "kind": chart.kind, "known": ", ".join(sorted(NATIVE))},
        )
        for chart in left
        if asked.get(chart.id) == "native"
    ]
    if project.edition.charts == "native":
        others = [chart.id for chart in left if asked.get(chart.id) is None]
        if others:
            said: dict[str, str | int | float] = {"count": len(others), "list": ", ".join(others)}
            singly.append(Finding("charts-pictures", Severity.INFO, key="charts", parameters=said))
    return tuple(singly)
