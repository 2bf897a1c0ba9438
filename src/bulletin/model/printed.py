"""The figures that an outline prints, before any data are there, and the figures they are computed from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.outline import FigureSpec, FiguresSpec, Level, TableSpec
from bulletin.model.outlined import Point, exists_in, inputs_of, points_of
from bulletin.model.supply import Cell, cell_of

if TYPE_CHECKING:
    from bulletin.model.project import Project

_OPEN = "*"
"""Stands for codes that only the data can tell."""


@dataclass(frozen=True)
class Printed:
    """A cell and the chapter that prints it first."""

    cell: Cell
    chapter: str


def received_cells(project: Project, known: frozenset[Cell] = frozenset()) -> tuple[Printed, ...]:
    """Cells that institutions have to send for the outline: those of received indicators, and for derived ones their inputs, in
    outline order, each once. `known`: cells that have data; they say which codes an open level has.
    """
    found: dict[Cell, str] = {}
    have: dict[str, set[Cell]] = {}
    for cell in known:
        have.setdefault(cell[0], set()).add(cell)
    for chapter, indicator, coordinates in _printed(project):
        for cell in _closed(project, indicator, coordinates, have):
            for source in _sources(project, cell, ()):
                found.setdefault(source, chapter)
    return tuple(Printed(cell, chapter) for cell, chapter in found.items())


def chapter_of_indicators(project: Project) -> Mapping[str, str]:
    """Indicator to the chapter that explains it: the first numbered one whose tables print it, else the first that prints it
    at all."""
    found: dict[str, str] = {}
    for chapter_ in project.outline.chapters:
        explains = chapter_.numbered and not chapter_.annex
        items = [i for s in chapter_.sections for i in s.items if isinstance(i, TableSpec)]
        for item in items if explains else ():
            for point in points_of(item, _open_codes):
                found.setdefault(point.indicator, chapter_.chapter)
    for chapter, indicator, _ in _printed(project):
        found.setdefault(indicator, chapter)
    return found


def _printed(project: Project) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Chapter, indicator, coordinates of every place in tables, charts and key figures."""
    for chapter in project.outline.chapters:
        figures: list[FigureSpec] = list(chapter.figures)
        for section in chapter.sections:
            for item in section.items:
                if isinstance(item, FiguresSpec):
                    figures += item.items
                for point in points_of(item, _open_codes):
                    if point.indicator:
                        yield chapter.chapter, point.indicator, {d: c for d, c in point.where if d in DIMENSIONS}
        for figure in figures:
            yield chapter.chapter, figure.indicator, figure.where


def _open_codes(level: Level, _: Sequence[Point]) -> Sequence[str]:
    """As the outline names them; a cell is the same in every period."""
    return ("",) if level.by == "period" else level.codes or (() if level.by == "indicator" else (_OPEN,))


def _closed(project: Project, indicator: str, coordinates: Mapping[str, str], have: Mapping[str, set[Cell]]) -> Iterator[Cell]:
    """Cells of the country's own places and codes; open levels take the codes with data and those that sum rules name."""
    country = project.country.code
    choices: dict[str, tuple[str, ...]] = {}
    for dimension, code in coordinates.items():
        if code == _OPEN:
            choices[dimension] = _codes(project, indicator, dimension, have)
        elif dimension == "ref_area":
            choices[dimension] = (country if code in ("country", TOTAL) else code,)
        else:
            choices[dimension] = (code,)
    places = {country, *(p.code for p in project.country.subdivisions)}
    for combination in product(*choices.values()):
        cell = cell_of(indicator, dict(zip(choices, combination, strict=True)), country)
        if cell[1] in places and all(_exists(project, d, c) for d, c in zip(DIMENSIONS[1:], cell[2:], strict=True)):
            yield cell


def _codes(project: Project, indicator: str, dimension: str, have: Mapping[str, set[Cell]]) -> tuple[str, ...]:
    if dimension == "ref_area":
        return (project.country.code, *(p.code for p in project.country.subdivisions))
    position = DIMENSIONS.index(dimension) + 1
    seen = {cell[position] for cell in have.get(indicator, ())}
    entry = project.catalogue.get(indicator)
    for rule in entry.rules if entry else ():
        parts = rule.parameters.get("parts")
        if rule.rule == "sum" and rule.parameters.get("over") == dimension and isinstance(parts, tuple | list):
            seen |= {TOTAL, *(str(p) for p in parts)}
    codes = project.codelists[dimension].codes if dimension in project.codelists else ()
    return tuple(c.id for c in codes if c.id in seen or not seen)


def _exists(project: Project, dimension: str, code: str) -> bool:
    """Whether the country has the code."""
    listed = project.codelists.get(dimension)
    return code == TOTAL or (listed is not None and listed.get(code) is not None and exists_in(project, dimension, code))


def _sources(project: Project, cell: Cell, above: tuple[str, ...]) -> Iterator[Cell]:
    """The cell itself where its indicator is received, else those its formula needs."""
    indicator = project.catalogue.get(cell[0])
    if indicator is None or indicator.id in above:
        return
    if indicator.formula is None:
        yield cell
    for name, place in inputs_of(project, indicator, cell[1:]):
        yield from _sources(project, (name, *place), (*above, indicator.id))
