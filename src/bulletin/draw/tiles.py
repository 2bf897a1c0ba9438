"""Tiles in place of a map: one square per unit, roughly where the unit lies, beside the ranked bars."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from bulletin.document.chart import Category, Chart, Point, leading_words
from bulletin.draw.canvas import Box, Canvas
from bulletin.draw.classes import draw_key, fill_of, signs_of_gaps
from bulletin.draw.land import Land
from bulletin.draw.layout import map_layout
from bulletin.draw.lettering import SIZE, SMALL, SMALLEST, Lettering, Weight, leading
from bulletin.draw.marks import on
from bulletin.draw.ranking import draw_ranking
from bulletin.draw.shapes import hatching, square
from bulletin.model.theme import Theme

_GAP, _MOST = 1.0, 26.0


def draw_tiles(chart: Chart, theme: Theme, land: Land, *, symbols: bool = False) -> Canvas:
    """`symbols`: tiles of one colour, with circles whose area is proportional to the value."""
    letters = Lettering(theme.font.text)
    pairs = [(k, p) for k, p in zip(chart.categories, chart.series[0].points, strict=True) if k.key != chart.country]
    tiles = grid([k.key for k, _ in pairs], land.tiles)
    placed = [(k, p, tiles[k.key]) for k, p in pairs]
    gone = "" if symbols else signs_of_gaps(chart)
    columns = [at[0] for _, _, at in placed] or [0]
    lines = [at[1] for _, _, at in placed] or [0]
    across, down = max(columns) - min(columns) + 1, max(lines) - min(lines) + 1
    layout = map_layout(chart, letters, across / down if placed else 1.0, gone)
    canvas = Canvas(chart, theme, layout.height)
    box = layout.picture
    side = min((box.x1 - box.x0) / across, (box.y1 - box.y0) / down, _MOST)
    left = (box.x0 + box.x1 - across * side) / 2 if across * side > 45 else box.x0
    most = max((p.value for _, p, _ in placed if p.value), default=1.0)
    size = _size(letters, [(k, p) for k, p, _ in placed], side - _GAP)
    for category, point, (column, line) in placed:
        x, y = left + (column - min(columns)) * side, box.y0 + (line - min(lines)) * side
        tile = Box(x, y, x + side - _GAP, y + side - _GAP)
        fill = _bubble(canvas, tile, point, most) if symbols else _shade(canvas, tile, point)
        _words(canvas, category, point, tile, size, fill)
    draw_ranking(canvas, layout.bars, plain=symbols)
    if not symbols:
        draw_key(canvas, layout.key.x0, layout.key.x1, layout.key.y0, gone)
    return canvas


def grid(codes: Sequence[str], tiles: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Column and row of every place: as given, and those without a tile, or with one that is taken, in order below the others."""
    found: dict[str, tuple[int, int]] = {}
    for code in codes:
        if code in tiles and tiles[code] not in found.values():
            found[code] = tiles[code]
    others = [code for code in codes if code not in found]
    across = max((c for c, _ in found.values()), default=math.ceil(len(codes) ** 0.5) - 1) + 1
    below = max((r for _, r in found.values()), default=-1) + 1
    return found | {code: (i % across, below + i // across) for i, code in enumerate(others)}


def _bubble(canvas: Canvas, box: Box, point: Point, most: float) -> str:
    """A pale circle that words can stand on, as wide as the tile for the largest value."""
    c = canvas.theme.colour
    canvas.rectangle(box.x0, box.y0, box.x1, box.y1, c.tint, edge=c.hair, edge_width=0.5, order=1)
    if point.value is None:
        canvas.segments(hatching(square(box.x0, box.y0, box.x1, box.y1)), c.missing[1], 0.5, order=1.1)
        return c.missing[0]
    radius = (box.x1 - box.x0) / 2 * (max(0.0, point.value) / most) ** 0.5
    if radius:
        canvas.circle((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, max(0.5, radius - 0.3), c.sequential[1])
    return ""


def _shade(canvas: Canvas, box: Box, point: Point) -> str:
    """The colour behind the words of a hatched tile."""
    c = canvas.theme.colour
    if point.value is None:
        shape = square(box.x0, box.y0, box.x1, box.y1)
        canvas.rectangle(box.x0, box.y0, box.x1, box.y1, c.missing[0], edge=c.missing[1], edge_width=0.5, order=1)
        canvas.segments(hatching(shape), c.missing[1], 0.5, order=1.1)
        return c.missing[0]
    canvas.rectangle(box.x0, box.y0, box.x1, box.y1, fill_of(canvas.chart, canvas.theme, point.value))
    return ""


def _words(canvas: Canvas, category: Category, point: Point, box: Box, size: float, back: str) -> None:
    letters, plain = canvas.letters, canvas.chart.kind == "symbols" or point.value is None
    ink = canvas.theme.colour.ink if plain else on(canvas.theme, fill_of(canvas.chart, canvas.theme, point.value or 0.0))
    room = box.x1 - box.x0 - 2.2
    middle = (box.x0 + box.x1) / 2
    name = letters.balanced(leading_words(category.label), room, size)
    most = max(1, int((box.y1 - box.y0 - 1.0) / leading(size)) - bool(point.text))
    lines = [*name[:most], point.text] if point.text else list(name[:most])
    y = (box.y0 + box.y1) / 2 - (len(lines) - 1) / 2 * leading(size)
    for i, line in enumerate(lines):
        last = bool(point.text) and i == len(lines) - 1
        weight: Weight = "semibold" if last else "regular"
        canvas.text(middle, y + i * leading(size), line, ink, size=size, weight=weight, align="center", back=back)


def _size(letters: Lettering, labelled: list[tuple[Category, Point]], side: float) -> float:
    """The largest size at which every tile holds its whole name and value."""
    room = side - 2.2
    for size in (SIZE, SMALL, 7.5):
        words = [word for category, _ in labelled for word in leading_words(category.label).split(" ")]
        lines = max((len(letters.wrap(leading_words(k.label), room, size)) + bool(p.text) for k, p in labelled), default=1)
        if letters.widest(words, size) <= room and lines * leading(size) + 1.0 <= side:
            return size
    return SMALLEST
