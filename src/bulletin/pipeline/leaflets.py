"""The leaflets of an edition, made to fit their two pages: the same blocks in every language and in every format."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from bulletin.document.leaflet import in_rows, with_lower_charts, with_row_in_front, without, without_last_message
from bulletin.errors import OutputError
from bulletin.model.finding import Finding, Place, Severity
from bulletin.write.leaflet import ROOM, back, front, row_of_charts

if TYPE_CHECKING:
    from bulletin.document.leaflet import Leaflet
    from bulletin.model.theme import Theme
    from bulletin.pipeline.produce import Product

Measure = Callable[["Leaflet", "Theme"], float]
Leaflets = Mapping[str, Mapping[str, "Leaflet"]]
"""Name and language."""
PAGES = 2
PLOTS = ("line", "column", "grouped_column", "stacked")
"""Kinds of charts that can be lower than usual."""
LOWER = (48.0, 44.0, 40.0)
"""Millimetres of such charts where the second page is too full."""


def fitted(leaflets: Leaflets, theme: Theme) -> tuple[Leaflets, tuple[Finding, ...]]:
    """Where a page is too full in one language, what stands last leaves it in all: a message from the first, a chart from the
    second (after its charts are made lower), until it fits. What still does not fit is an error. Where the first page has room left, charts of the second stand there."""
    made: dict[str, Mapping[str, Leaflet]] = {}
    findings: list[Finding] = []
    for name, languages in leaflets.items():
        made[name], found = _fitted(name, languages, theme)
        findings += found
    return made, tuple(findings)


def _fitted(name: str, languages: Mapping[str, Leaflet], theme: Theme) -> tuple[Mapping[str, Leaflet], list[Finding]]:
    left_out: list[str] = []
    now = dict(languages)
    first = next(iter(now))
    while _over(now, front, ROOM[0], theme) and (messages := now[first].messages):
        left_out.append(messages[1].items[-1].id)
        now = {language: without_last_message(leaflet) for language, leaflet in now.items()}
    for height in LOWER:
        if _over(now, back, ROOM[1], theme):
            now = {language: with_lower_charts(leaflet, height, PLOTS) for language, leaflet in now.items()}
    while _over(now, back, ROOM[1], theme) and (charts := now[first].charts):
        left_out.append(charts[-1].id)
        now = {language: without(leaflet, charts[-1].id) for language, leaflet in now.items()}
    while _finds_room(now, theme):
        now = {language: with_row_in_front(leaflet) for language, leaflet in now.items()}
    findings = []
    if left_out:
        said: dict[str, str | int | float] = {"leaflet": name, "count": len(left_out), "list": ", ".join(left_out)}
        findings.append(Finding("leaflet-shortened", Severity.INFO, Place("bulletin.yaml", column="also"), name, said))
    for page, (measure, room) in enumerate(zip((front, back), ROOM, strict=True), 1):
        if over := _over(now, measure, room, theme):
            said = {"leaflet": name, "page": page, "language": over, "millimetres": math.ceil(measure(now[over], theme) - room)}
            findings.append(Finding("leaflet-too-long", Severity.ERROR, Place("bulletin.yaml", column="also"), name, said))
    return now, findings


def _finds_room(leaflets: Mapping[str, Leaflet], theme: Theme) -> bool:
    """Whether the first of several rows of charts fits below what the first page holds, in every language."""
    rows = {language: in_rows(leaflet.charts) for language, leaflet in leaflets.items()}
    return all(
        len(rows[language]) > 1 and front(leaflet, theme) + row_of_charts(rows[language][0], theme) <= ROOM[0]
        for language, leaflet in leaflets.items()
    )


def check_pages(products: Sequence[Product]) -> None:
    """Raises OutputError for a leaflet that its PDF shows to take more than its two pages."""
    wrong = [p for p in products if p.leaflet and p.format == "pdf" and p.pages != PAGES]
    if wrong:
        where = Place("bulletin.yaml", column="also")
        raise OutputError(
            [
                Finding(
                    "leaflet-pages",
                    Severity.ERROR,
                    where,
                    p.leaflet,
                    {"leaflet": p.leaflet, "pages": p.pages, "language": p.language},
                )
                for p in wrong
            ]
        )


def _over(leaflets: Mapping[str, Leaflet], measure: Measure, room: float, theme: Theme) -> str:
    """The first language in which the page is too full."""
    return next((language for language, leaflet in leaflets.items() if measure(leaflet, theme) > room), "")
