"""Direct labels of series: in their own colour and with their own marker, as a line above the plot or at the ends of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.document.chart import Series
from bulletin.draw.canvas import Canvas
from bulletin.draw.lettering import SIZE, Lettering, Weight, leading
from bulletin.draw.marks import colour, compared, shape, shape_size, text_colour, texture
from bulletin.draw.placing import dodge

ROW = 4.6
_MARK = 3.4
_GAP = 6.0


@dataclass(frozen=True)
class Legend:
    rows: tuple[tuple[tuple[float, Series, tuple[str, ...]], ...], ...]
    tops: tuple[float, ...]
    height: float

    def draw(self, canvas: Canvas, left: float, top: float, mark: str = "") -> None:
        """`mark`: `bar` for swatches, `line` for a stroke, `compare` for a dot against grey marks,
        `arrow` for a moment and a later one, else each series' marker."""
        for row, y in zip(self.rows, self.tops, strict=True):
            for x, series, lines in row:
                middle, at = top + y + ROW / 2, left + x
                k = canvas.chart.series.index(series)
                beside = mark == "compare" and k > 0
                fill = canvas.theme.colour.ink_2 if beside else colour(canvas.theme, series)
                ink = canvas.theme.colour.ink_2 if beside else text_colour(canvas.theme, series)
                if mark == "bar":
                    canvas.bar(
                        at, middle - 1.1, at + 2.2, middle + 1.1, fill, texture=texture(canvas.theme, canvas.chart, series)
                    )
                elif mark == "line":
                    canvas.line([at - 0.4, at + 2.4], [middle, middle], fill, 1.9)
                elif beside and compared(k):
                    canvas.marker(at + 1.1, middle, compared(k), 4.8, fill)
                elif beside:
                    canvas.line([at + 1.1] * 2, [middle - 1.6, middle + 1.6], fill, 2.2, butt=True)
                elif mark == "compare":
                    canvas.marker(at + 1.1, middle, "o", 6.0, fill)
                else:
                    mark_of = ">" if mark == "arrow" and k else shape(series)
                    canvas.marker(at + 1.1, middle, mark_of, shape_size(series, 5.4), fill)
                for i, text in enumerate(lines):
                    y_line = middle + i * leading(SIZE)
                    canvas.text(at + _MARK, y_line, text, ink, weight="semibold")


def legend(letters: Lettering, series: Sequence[Series], room: float) -> Legend:
    """Entries in reading order, as many to a row as fit; no height for a single series without a name."""
    rows: list[list[tuple[float, Series, tuple[str, ...]]]] = [[]]
    x = 0.0
    for one in series:
        if not one.label:
            continue
        lines = letters.balanced(one.label, room - _MARK, SIZE, "semibold")
        w = _MARK + letters.widest(list(lines), SIZE, "semibold")
        if rows[-1] and x + w > room:
            rows.append([])
            x = 0.0
        rows[-1].append((x, one, lines))
        x += w + _GAP
    tops, top = [], 0.0
    for row in rows:
        tops.append(top)
        top += ROW + (max((len(lines) for _, _, lines in row), default=1) - 1) * leading(SIZE)
    return Legend(tuple(tuple(r) for r in rows), tuple(tops), top if rows[0] else 0.0)


@dataclass(frozen=True)
class EndLabel:
    y: float
    """Where it is wanted."""
    lines: tuple[str, ...]
    weights: tuple[Weight, ...]
    colour: str

    @property
    def height(self) -> float:
        return len(self.lines) * leading(SIZE) + 1.0


def end_label(letters: Lettering, y: float, name: str, value: str, colour: str, room: float) -> EndLabel:
    """The name in the heavier weight, wrapped to `room`, the value below it."""
    lines = letters.balanced(name, room, SIZE, "semibold") if name else ()
    heavy: Weight = "semibold"
    weights: tuple[Weight, ...] = (heavy,) * len(lines)
    if value:
        last: Weight = "regular" if name else "semibold"
        lines, weights = (*lines, value), (*weights, last)
    return EndLabel(y, lines, weights, colour)


def room_for(letters: Lettering, names: Sequence[str], values: Sequence[str], most: float) -> float:
    """Width of a column of end labels: the widest line once names are wrapped to at most `most`."""
    lines = [line for name in names if name for line in letters.balanced(name, most, SIZE, "semibold")]
    return max(letters.widest(lines, SIZE, "semibold"), letters.widest(list(values)))


def draw_end_labels(canvas: Canvas, labels: Sequence[EndLabel], x: float, low: float, high: float) -> None:
    labels = [label for label in labels if label.lines]
    placed = dodge([label.y for label in labels], [label.height for label in labels], low, high)
    for label, y in zip(labels, placed, strict=True):
        canvas.lines(x, y, label.lines, label.colour, weights=label.weights)
