"""Bands that mark a break in a series, with their label inside or above the plot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from bulletin.document.chart import Chart
from bulletin.draw.canvas import Box, Canvas, text_box
from bulletin.draw.lettering import SMALL, leading
from bulletin.draw.placing import Taken
from bulletin.draw.scale import Scale, category_positions

_GROUND = 0.5
"""Drawn under the grid."""


@dataclass(frozen=True)
class Band:
    x0: float
    x1: float
    label: str


def break_bands(chart: Chart, scale: Scale) -> list[Band]:
    """Bands keep off the points on both sides; a break that gives no width becomes a narrow band of 3 mm."""
    positions = set(category_positions(chart))
    found = []
    for one in chart.breaks:
        step = one.after - one.before
        before = one.before + (0.25 * step if one.before in positions else 0)
        after = one.after - (0.25 * step if one.after in positions else 0)
        x0, x1 = scale(before), scale(after)
        if x1 - x0 < 2.4:
            x0, x1 = (x0 + x1) / 2 - 1.2, (x0 + x1) / 2 + 1.2
        found.append(Band(x0, x1, one.label))
    return found


def draw_bands(canvas: Canvas, bands: list[Band], top: float, bottom: float, taken: Taken, above: float = 0.0) -> None:
    """Each word of a label under the other, at the head of its band where nothing stands, else at the first free height;
    in one line where there is room `above` the grid."""
    for band in bands:
        canvas.rectangle(band.x0, top - above, band.x1, bottom, canvas.theme.colour.tint, order=_GROUND)
        if not band.label:
            continue
        middle = (band.x0 + band.x1) / 2
        whole = text_box(canvas.letters, middle, top - above / 2, band.label, SMALL, "regular", "center")
        if above and taken.free(whole) and whole.x0 >= 0 and whole.x1 <= canvas.width:
            taken.boxes.append(whole)
            canvas.text(middle, top - above / 2, band.label, canvas.theme.colour.ink_2, size=SMALL, align="center")
            continue
        lines = canvas.letters.balanced(band.label, max(band.x1 - band.x0 - 0.6, 12.0), SMALL)
        step = leading(SMALL)
        height = len(lines) * step
        y = taken.first_free(_heights(top, bottom, height), partial(_block, canvas, middle, lines))
        if y is None:
            y = top + height / 2 + 0.8
            taken.boxes.append(_block(canvas, middle, lines, y))
        tint = canvas.theme.colour.tint
        canvas.lines(middle, y, lines, canvas.theme.colour.ink_2, size=SMALL, align="center", back=tint)


def _heights(top: float, bottom: float, height: float) -> list[float]:
    first, last = top + height / 2 + 0.8, bottom - height / 2 - 4.5
    count = max(1, int((last - first) / 2) + 1)
    return [first + 2.0 * i for i in range(count)]


def _block(canvas: Canvas, x: float, lines: tuple[str, ...], y: float) -> Box:
    boxes = [text_box(canvas.letters, x, y, line, SMALL, "regular", "center") for line in lines]
    half = len(lines) * leading(SMALL) / 2
    return Box(min(b.x0 for b in boxes), y - half, max(b.x1 for b in boxes), y + half)
