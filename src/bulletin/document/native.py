"""The data of a chart that Word draws itself: one grid for its workbook, for what the file remembers of it and for the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal as OneOf

from bulletin.document.blocks import Figure
from bulletin.document.chart import SECOND, TOTALS, Category, Chart, Point, Series
from bulletin.document.inline import plain
from bulletin.document.number_format import Format, format_of
from bulletin.model.issued import IssuedChart

ACROSS = frozenset({"bar", "grouped", "share", "pyramid"})
"""Kinds whose bars lie."""
NATIVE = frozenset({*ACROSS, "column", "grouped_column", "stacked", "line"})
"""Kinds that Word can draw so that they say the same as the picture."""
BESIDE = " / "
"""Between the languages of lettering."""


@dataclass(frozen=True)
class Line:
    """A row of the workbook."""

    label: str
    points: tuple[Point | None, ...]
    """One per series; None in a row that parts the figures before a break from those after it."""
    key: str = ""


@dataclass(frozen=True)
class Sheet:
    heads: tuple[str, ...]
    """Names of the series; lines to compare with are the last ones."""
    lines: tuple[Line, ...]
    series: tuple[Series, ...]
    """Those of the chart, then one for each line to compare with."""


def hindrance(chart: Chart) -> OneOf["kind", "shape", ""]:
    """Why a chart stays a picture: its kind, or something in it that Word would show otherwise; empty: nothing does."""
    if chart.kind not in NATIVE:
        return "kind"
    if chart.references if chart.kind != "line" else not _evenly(chart):
        return "shape"
    if any(p.low is not None for s in chart.series for p in s.points):
        return "shape"
    spelled = format_of_chart(chart)
    if not all(spelled.spells(value, text) for value, text in _told(chart) if text):
        return "shape"
    if chart.kind == "pyramid" and (len(chart.series) != 2 or any((p.value or 0) < 0 for s in chart.series for p in s.points)):
        return "shape"
    if chart.kind == "bar" and any(sum(s.points[j].value is not None for s in chart.series) > 1 for j in _places(chart)):
        return "shape"
    if chart.kind in ("share", "stacked") and any((p.value or 0) < 0 for s in chart.series for p in s.points):
        return "shape"
    return ""


def format_of_chart(chart: Chart) -> Format:
    """One for all its series, as they share a scale."""
    return format_of(_told(chart))


def _told(chart: Chart) -> list[tuple[float, str]]:
    return [(p.value, p.text) for s in chart.series for p in s.points if p.value is not None]


def _places(chart: Chart) -> range:
    return range(len(chart.categories))


def _evenly(chart: Chart) -> bool:
    positions = [c.position for c in chart.categories]
    found = [p for p in positions if p is not None]
    steps = [b - a for a, b in pairwise(found)]
    return not found or (len(found) == len(positions) and max(steps, default=1) - min(steps, default=1) < 1e-6)


def sheet_of(figure: Figure) -> Sheet:
    """Categories down, series across. Missing and hidden figures are empty, with their sign after the name of their row; a break
    is a row of its own, as nothing else parts a line everywhere."""
    chart = figure.chart
    compared = tuple(
        Series(f"reference.{n}", one.label, tuple(Point(one.value, "", one.fact) for _ in chart.categories))
        for n, one in enumerate(chart.references)
    )
    series = (*chart.series, *compared)
    heads = tuple(said(s.label) or said(plain(figure.subtitle)) for s in series)
    return Sheet(heads, tuple(_lines(chart, series)), series)


def _lines(chart: Chart, series: tuple[Series, ...]) -> Iterator[Line]:
    breaks = {} if chart.kind in ACROSS else {_after(chart, b.after): said(b.label) for b in chart.breaks}
    for j, category in enumerate(chart.categories):
        if j in breaks:
            yield Line(breaks[j], (None,) * len(series))
        yield Line(_named(chart, category, j), tuple(s.points[j] for s in series), category.key)


def _after(chart: Chart, place: float) -> int:
    positions = [float(j) if c.position is None else c.position for j, c in enumerate(chart.categories)]
    return next((j for j, p in enumerate(positions) if p >= place), len(positions))


def _named(chart: Chart, category: Category, j: int) -> str:
    label = said(category.label)
    signs = _signs(chart, j)
    if not signs:
        return label
    if all(s.points[j].value is None for s in chart.series) and len({sign for _, sign in signs}) == 1:
        return f"{label} {signs[0][1]}"
    return f"{label} ({', '.join(f'{name} {sign}'.strip() for name, sign in signs)})"


def _signs(chart: Chart, j: int) -> list[tuple[str, str]]:
    """Names of series and what they print in place of a figure, where the picture prints it too."""
    gone = [s for s in chart.series if s.points[j].value is None and s.points[j].text]
    if any(s.points[j].value is not None for s in chart.series):
        if chart.kind in ("bar", "share", "stacked"):
            return []
        if chart.kind == "line":
            gone = [s for s in gone if _amid(s, j)]
    return [(said(s.label), s.points[j].text) for s in gone]


def _amid(series: Series, j: int) -> bool:
    """Missing between figures."""
    valued = [i for i, p in enumerate(series.points) if p.value is not None]
    return series.points[j].value is None and bool(valued) and valued[0] < j < valued[-1]


def said(lettering: str) -> str:
    """On one line, without the marks that only break lines or keep them."""
    return lettering.replace("\n" + SECOND, BESIDE).replace("\n", BESIDE).replace("\u2060", "")


def is_total(chart: Chart, series: Series) -> bool:
    return chart.kind == "stacked" and series.key in TOTALS


def issued_chart(figure: Figure) -> IssuedChart:
    sheet = sheet_of(figure)
    rows = [("", *sheet.heads)]
    facts = [("",) * len(rows[0])]
    for line in sheet.lines:
        rows.append((line.label, *("" if p is None or p.value is None else digits(p.value) for p in line.points)))
        facts.append(("", *("" if p is None or p.value is None else p.fact for p in line.points)))
    return IssuedChart(figure.chart.id, tuple(rows), tuple(facts))


def digits(value: float) -> str:
    """`45.3`, `12`: as a workbook keeps it, without an exponent or zeros at the end."""
    short = format(Decimal(f"{value:.15g}"), "f")
    return (short.rstrip("0").rstrip(".") if "." in short else short) or "0"
