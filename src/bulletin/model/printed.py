"""The figures that an outline prints, before any data are there, and the figures they are computed from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.outline import ChartSpec, FigureSpec, FiguresSpec, Level, RowGroup, TableSpec, Where
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
    """Indicator to the chapter that explains it: the first whose tables print it, else the first that prints it at all."""
    found: dict[str, str] = {}
    for chapter_ in project.outline.chapters:
        items = [i for s in chapter_.sections for i in s.items if isinstance(i, TableSpec) and not chapter_.annex]
        for item in items:
            for indicator, _ in _table(item):
                found.setdefault(indicator, chapter_.chapter)
    for chapter, indicator, _ in _printed(project):
        found.setdefault(indicator, chapter)
    return found


def _printed(project: Project) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Chapter, indicator, coordinates of every place in tables, charts and key figures."""
    for chapter in project.outline.chapters:
        figures: list[FigureSpec] = list(chapter.figures)
        for section in chapter.sections:
            for item in section.items:
                match item:
                    case TableSpec():
                        for indicator, where in _table(item):
                            yield chapter.chapter, indicator, where
                    case ChartSpec():
                        levels = [level for level in (item.categories, item.series) if level]
                        for indicator, where in _combined(item.indicator, item.where, levels):
                            yield chapter.chapter, indicator, where
                    case FiguresSpec():
                        figures += item.items
                    case _:
                        pass
        for figure in figures:
            yield chapter.chapter, figure.indicator, figure.where


def _table(spec: TableSpec) -> Iterator[tuple[str, Mapping[str, str]]]:
    for group in spec.rows:
        levels = [*([group.level] if group.level else []), *spec.columns]
        yield from _combined(group.indicator or spec.indicator, {**spec.where, **_where(group)}, levels)


def _where(group: RowGroup) -> Where:
    return group.where


def _combined(indicator: str, where: Where, levels: list[Level]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every combination of the levels' codes; `period` is no coordinate of a cell."""
    axes: list[list[tuple[str, str, Mapping[str, str]]]] = []
    for level in levels:
        if level.by == "period":
            continue
        codes = level.codes or (_OPEN,)
        axes.append([(level.by, code, level.where.get(code, {})) for code in codes])
    for steps in product(*axes):
        own, coordinates = indicator, {k: v for k, v in where.items() if k in DIMENSIONS}
        for by, code, more in steps:
            if by == "indicator":
                own = code
            else:
                coordinates[by] = code
            own = more.get("indicator", own)
            coordinates |= {k: v for k, v in more.items() if k in DIMENSIONS}
        if own and own != _OPEN:
            yield own, coordinates


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
    if code == TOTAL:
        return True
    found = (
        next((c for c in project.codelists[dimension].codes if c.id == code), None) if dimension in project.codelists else None
    )
    return found is not None and (not found.countries or project.country.code in found.countries)


def _sources(project: Project, cell: Cell, above: tuple[str, ...]) -> Iterator[Cell]:
    """The cell itself where its indicator is received, else those its formula needs."""
    indicator = project.catalogue.get(cell[0])
    if indicator is None or indicator.id in above:
        return
    if indicator.formula is None:
        yield cell
        return
    coordinates = dict(zip(DIMENSIONS, cell[1:], strict=True))
    for role, name in indicator.formula.inputs.items():
        needed = project.catalogue.get(name)
        if needed is None:
            continue
        shared = {d: c for d, c in coordinates.items() if d == "ref_area" or d in needed.dimensions}
        fixed = {d: c for d, c in indicator.formula.where.get(role, {}).items() if d in DIMENSIONS}
        yield from _sources(project, cell_of(name, {**shared, **fixed}, project.country.code), (*above, indicator.id))
