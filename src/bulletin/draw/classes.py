"""Classes of a map: their colours and their key."""

from __future__ import annotations

from bulletin.document.chart import Chart, MapClass
from bulletin.draw.canvas import Canvas
from bulletin.draw.lettering import SMALL, Lettering
from bulletin.draw.shapes import hatching, square
from bulletin.model.theme import Theme

_CELL = 3.4
_ROW = 4.4


def class_of(chart: Chart, value: float) -> int:
    """Lower bounds included; −1 where there are no classes."""
    for i, one in enumerate(chart.classes):
        if (one.low is None or value >= one.low) and (one.high is None or value < one.high):
            return i
    return -1


def class_colour(chart: Chart, theme: Theme, index: int) -> str:
    """The sequence of the theme, spread over the classes there are."""
    shades = theme.colour.sequential
    if index < 0:
        return shades[-2]
    n = len(chart.classes)
    return shades[round(index * (len(shades) - 1) / (n - 1))] if n > 1 else shades[-1]


def fill_of(chart: Chart, theme: Theme, value: float) -> str:
    return class_colour(chart, theme, class_of(chart, value))


def signs_of_gaps(chart: Chart) -> str:
    """The signs of the places without a value, each once: what hatching means; empty where every place has one."""
    pairs = zip(chart.categories, chart.series[0].points, strict=True)
    found = dict.fromkeys(
        p.text or chart.words.get("missing", "..") for k, p in pairs if p.value is None and k.key != chart.country
    )
    return ", ".join(found)


def key_height(chart: Chart, letters: Lettering, width: float, gone: str) -> float:
    title = len(_title(chart, letters, width)) * 3.6 + (0.8 if chart.key_title else 0)
    if not chart.classes:
        return title + _ROW if gone else 0.0
    return title + (_CELL + 4.2 if _bounds_only(chart) else (len(chart.classes) + bool(gone)) * _ROW)


def draw_key(canvas: Canvas, x0: float, x1: float, top: float, gone: str) -> None:
    """With lower bounds alone: one strip with the bounds at its joints; with whole labels: one row per class."""
    chart, c = canvas.chart, canvas.theme.colour
    if not chart.classes and not gone:
        return
    y = top
    for line in _title(chart, canvas.letters, x1 - x0):
        canvas.text(x0, y + 1.8, line, c.ink_2, size=SMALL)
        y += 3.6
    y += 0.8 if chart.key_title else 0
    if chart.classes and _bounds_only(chart):
        _strip(canvas, x0, x1, y, gone)
        return
    for i, one in enumerate(chart.classes):
        canvas.rectangle(
            x0, y + 0.5, x0 + 6.4, y + 0.5 + _CELL, class_colour(chart, canvas.theme, i), edge=c.rule, edge_width=0.4
        )
        canvas.text(x0 + 8.2, y + 0.5 + _CELL / 2, one.label, c.ink_2, size=SMALL)
        y += _ROW
    if gone:
        _missing_cell(canvas, x0, y + 0.5, x0 + 6.4, y + 0.5 + _CELL)
        canvas.text(x0 + 8.2, y + 0.5 + _CELL / 2, gone, c.ink_2, size=SMALL)


def _strip(canvas: Canvas, x0: float, x1: float, y: float, gone: str) -> None:
    chart, c = canvas.chart, canvas.theme.colour
    n = len(chart.classes)
    cell = min((x1 - x0) / (n + (1.2 if gone else 0)), 12.0)
    for i, one in enumerate(chart.classes):
        canvas.rectangle(x0 + i * cell, y, x0 + (i + 1) * cell - 0.3, y + _CELL, class_colour(chart, canvas.theme, i))
        if i:
            size = SMALL if canvas.letters.widest([k.label for k in chart.classes], SMALL) < cell - 0.8 else 7.0
            canvas.text(x0 + i * cell - 0.15, y + _CELL + 2.2, one.label, c.ink_2, size=size, align="center")
    if gone:
        start = x0 + (n + 0.2) * cell
        _missing_cell(canvas, start, y, start + cell - 0.3, y + _CELL)
        canvas.text(start + cell / 2, y + _CELL + 2.2, gone, c.ink_2, size=SMALL, align="center")


def _missing_cell(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    fill, hatch = canvas.theme.colour.missing
    canvas.rectangle(x0, y0, x1, y1, fill, edge=hatch, edge_width=0.4)
    canvas.segments(hatching(square(x0, y0, x1, y1)), hatch, 0.5, order=2.1)


def _bounds_only(chart: Chart) -> bool:
    first: MapClass = chart.classes[0]
    return not first.label


def _title(chart: Chart, letters: Lettering, width: float) -> tuple[str, ...]:
    return letters.wrap(chart.key_title, width, SMALL) if chart.key_title else ()
