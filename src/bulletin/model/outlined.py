"""The points that tables and charts of an outline are made of, and what computed figures need: shared by all who read an outline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.outline import ChartSpec, Item, Level, TableSpec
from bulletin.model.parts import named_parts, total_code

if TYPE_CHECKING:
    from bulletin.model.indicator import Indicator
    from bulletin.model.project import Project

OVER_TIME = {"line", "column", "grouped_column", "stacked", "multiples"}
"""Kinds of chart whose categories are periods unless the outline says otherwise."""

NEWEST = ("newest", "newest.period")
"""Codes of the two columns that show each row's newest value and its period."""


@dataclass(frozen=True)
class Point:
    """Coordinates of a cell, as far as one axis fixes them; without a period the newest one is meant."""

    indicator: str = ""
    period: str = ""
    where: tuple[tuple[str, str], ...] = ()

    def with_code(self, level: Level, code: str) -> Point:
        where = dict(self.where)
        where.update(level.where.get(code, {}))
        match level.by:
            case "period":
                return Point(self.indicator, "" if code in NEWEST else code, tuple(where.items()))
            case "indicator":
                return Point(code, self.period, tuple(where.items()))
            case dimension:
                return Point(self.indicator, self.period, tuple((where | {dimension: code}).items()))

    def meet(self, other: Point) -> Point:
        """Both axes together; the other one wins where both fix the same dimension."""
        return Point(
            other.indicator or self.indicator, other.period or self.period, tuple((dict(self.where) | dict(other.where)).items())
        )


def start(indicator: str, where: Mapping[str, str]) -> Point:
    """Where an axis begins: `period` among the coordinates fixes the period."""
    return Point(indicator, where.get("period", ""), tuple((d, c) for d, c in where.items() if d != "period"))


Codes = Callable[[Level, Sequence[Point]], Sequence[str]]
"""Codes of a level, crossed with the points: of the data, or without any."""


def points_of(item: Item, codes: Codes) -> Iterator[Point]:
    """What a table or chart prints, rows before columns; other items print no observations of their own."""
    match item:
        case TableSpec():
            yield from _of_table(item, codes)
        case ChartSpec():
            yield from _of_chart(item, codes)
        case _:
            return


def _of_table(spec: TableSpec, codes: Codes) -> Iterator[Point]:
    base = start(spec.indicator, spec.where)
    lines: list[Point] = []
    for group in spec.rows:
        begin = base.meet(start(group.indicator, group.where))
        level = group.level
        lines += [begin.with_code(level, c) for c in codes(level, [begin])] if level else [begin]
    leaves = [Point()]
    for level in spec.columns:
        found = codes(level, lines or [base])
        leaves = [leaf.with_code(level, code) for leaf in leaves for code in found]
    yield from (line.meet(leaf) for line in lines for leaf in leaves)


def _of_chart(spec: ChartSpec, codes: Codes) -> Iterator[Point]:
    base = start(spec.indicator, spec.where)
    level = spec.categories or (Level("period", periods="available") if spec.kind in OVER_TIME else Level("ref_area"))
    series = [base.with_code(spec.series, c) for c in codes(spec.series, [base])] if spec.series else [base]
    columns = [Point().with_code(level, code) for code in codes(level, series)]
    yield from (row.meet(column) for row in series for column in columns)


def exists_in(project: Project, dimension: str, code: str) -> bool:
    """Whether a code, if it is listed at all, is one of the country."""
    listed = project.codelists.get(dimension)
    known = listed.get(code) if listed else None
    return known is None or not known.countries or project.country.code in known.countries


def place_of(project: Project, where: Mapping[str, str]) -> tuple[str, ...]:
    """A code for each of DIMENSIONS; those not named at their total."""
    return tuple(total_code(project, d, where.get(d, TOTAL)) for d in DIMENSIONS)


def inputs_of(project: Project, indicator: Indicator, place: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Indicator and place of each figure that a formula computes the one at `place` from; nothing for what is received."""
    formula = indicator.formula
    if formula is None:
        return
    own, parameters = dict(zip(DIMENSIONS, place, strict=True)), formula.parameters
    for role, name in formula.inputs.items():
        source = project.catalogue.get(name)
        if source is None:
            continue
        shared = {d: own[d] for d in ("ref_area", *indicator.dimensions) if d == "ref_area" or d in source.dimensions}
        where = shared | dict(formula.where.get(role, {}))
        places = [where]
        over = str(parameters.get("over", ""))
        if over:
            total = str(parameters.get("total", TOTAL))
            places = [where | {over: p.code} for p in named_parts(project, over, total, parameters.get("parts"))]
        elif "along" in parameters:
            places.append(where | dict.fromkeys((d.strip() for d in str(parameters["along"]).split(",")), TOTAL))
        yield from ((name, place_of(project, at)) for at in places)
