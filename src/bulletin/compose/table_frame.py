"""What a table of the outline shows, before anything of it is printed: its rows, its columns and the observations where they cross."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bulletin.compose.axes import codes, divided_in, find, latest
from bulletin.compose.context import Context
from bulletin.compose.labels import is_total, level_label, unit_words
from bulletin.model.dataset import Observation
from bulletin.model.indicator import Kind
from bulletin.model.outline import Level, RowGroup, TableSpec
from bulletin.model.outlined import NEWEST, Point, start


@dataclass(frozen=True)
class Leaf:
    """A leaf column: its codes from outermost to innermost level, and where it stands."""

    codes: tuple[str, ...]
    point: Point


@dataclass(frozen=True)
class Line:
    """A row before it is printed."""

    key: str
    label: str
    point: Point
    role: str
    scale: int
    decimals: int
    note: str
    own: bool = False
    """The row, not the table, names the indicator or how it is printed."""


class Frame(NamedTuple):
    lines: list[Line]
    headings: dict[str, str]
    leaves: list[Leaf]
    grid: list[list[Observation | None]]


def frame_of(context: Context, spec: TableSpec) -> Frame:
    """Places are those of the country in the years of the figures, not in that of the edition."""
    base = start(spec.indicator, spec.where)
    frame = _framed(context, spec, base)
    years = divided_in(context, [o for row in frame.grid for o in row])
    return _framed(context, spec, base, years) if years else frame


def _framed(context: Context, spec: TableSpec, base: Point, years: Collection[str] = ()) -> Frame:
    """`years`: of the divisions of the country; empty: that of the edition."""
    lines, headings = _lines(context, spec, base, years)
    leaves = _leaves(context, spec, [line.point for line in lines] or [base], years)
    grid = [[_found(context, line.point.meet(leaf.point), leaf) for leaf in leaves] for line in lines]
    return Frame(lines, headings, leaves, grid)


def _lines(context: Context, spec: TableSpec, base: Point, years: Collection[str]) -> tuple[list[Line], dict[str, str]]:
    lines: list[Line] = []
    headings: dict[str, str] = {}
    for number, group in enumerate(spec.rows, 1):
        begin = base.meet(start(group.indicator, group.where))
        begun = len(lines)
        if group.level is None:
            lines.append(_line(context, spec, group, begin, f"g{number}", _row_label(context, group, begin), group.role))
        else:
            level = group.level
            for code in _ordered(context, level, codes(context, level, [begin], years=years), begin):
                point = begin.with_code(level, code)
                role = "total" if is_total(context, level.by, code) and level.total != "none" else group.role
                label = level_label(context, level, code)
                lines.append(_line(context, spec, group, point, f"g{number}.{code}", label, role))
        if group.heading and len(lines) > begun:
            headings[lines[begun].key] = context.said(group.heading)
    units = {(context.lookup.catalogue[line.point.indicator].unit, line.scale) for line in lines if line.point.indicator}
    if len(units) > 1 and not spec.headnote:
        lines = [_with_unit(context, line) for line in lines]
    return lines, headings


def _line(context: Context, spec: TableSpec, group: RowGroup, point: Point, key: str, label: str, role: str) -> Line:
    indicator = context.lookup.catalogue.get(point.indicator)
    scale = first(group.scale, spec.scale, indicator.scale if indicator else 0)
    decimals = first(group.decimals, spec.decimals, indicator.decimals if indicator else 0)
    own = bool(group.indicator) or (group.level is not None and group.level.by == "indicator")
    own = own or group.scale is not None or group.decimals is not None
    return Line(key, label, point, role, scale, decimals, context.said(group.note), own)


def first(*values: int | None) -> int:
    return next(v for v in values if v is not None)


def _row_label(context: Context, group: RowGroup, point: Point) -> str:
    if group.label:
        return context.said(group.label)
    return context.said(context.lookup.catalogue[point.indicator].label)


def _with_unit(context: Context, line: Line) -> Line:
    """In a table of several units each row names its own; what is counted, the row's words say already."""
    indicator = context.lookup.catalogue[line.point.indicator]
    if (
        (indicator.kind is Kind.COUNT and not line.scale)
        or indicator.unit == "INDEX"
        or (indicator.unit == "PT" and "%" in line.label)
    ):
        return line
    unit = unit_words(context, context.lookup.catalogue[line.point.indicator], line.scale)
    return replace(line, label=f"{line.label} ({unit})")


def _ordered(context: Context, level: Level, found: Sequence[str], begin: Point) -> tuple[str, ...]:
    """By value at the newest period of all of them when the level asks for it; totals keep their place."""
    if level.order == "given":
        return tuple(found)
    points = {c: begin.with_code(level, c) for c in found}
    newest = latest(context, [p for c, p in points.items() if not is_total(context, level.by, c)])

    def rank(code: str) -> tuple[bool, float]:
        obs = find(context, points[code] if points[code].period else replace(points[code], period=newest))
        value = obs.value if obs else None
        return (value is None, -(value or 0))

    totals = [c for c in found if is_total(context, level.by, c)]
    rest = sorted((c for c in found if c not in totals), key=rank)
    return tuple(totals + rest) if level.total == "first" else tuple(rest + totals)


def _leaves(context: Context, spec: TableSpec, bases: list[Point], years: Collection[str]) -> list[Leaf]:
    leaves = [Leaf((), Point())]
    for level in spec.columns:
        found = codes(context, level, bases, years=years)
        leaves = [Leaf((*leaf.codes, code), leaf.point.with_code(level, code)) for leaf in leaves for code in found]
    return leaves


def _found(context: Context, point: Point, leaf: Leaf) -> Observation | None:
    """At the newest period of its own series under a head that fixes none."""
    newest = leaf.codes and leaf.codes[-1] in NEWEST and not point.period
    return find(context, replace(point, period=latest(context, [point])) if newest else point)
