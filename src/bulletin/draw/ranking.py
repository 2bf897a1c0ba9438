"""The places of a map ranked beside it: name, value, bar, and the line of the country."""

from __future__ import annotations

from bulletin.document.chart import Category, Chart, Point, leading_words
from bulletin.draw.axis import MARKS_BASE
from bulletin.draw.canvas import OVER, Box, Canvas
from bulletin.draw.classes import fill_of
from bulletin.draw.lettering import SIZE, SMALL, SMALLEST, Lettering, leading
from bulletin.draw.references import STOREY, reference_room, reference_storeys
from bulletin.draw.scale import Scale

Ranked = list[tuple[Category, Point]]
_BETWEEN = "…"
"""In place of the places in the middle where there is no room for all; the map has them."""


def ranked(chart: Chart) -> Ranked:
    """Highest first, missing last; the country itself on top. A map's categories have no order of their own."""
    pairs = list(zip(chart.categories, chart.series[0].points, strict=True))
    return sorted(pairs, key=lambda p: (p[0].key != chart.country, p[1].value is None, -(p[1].value or 0.0)))


def least_height(chart: Chart, letters: Lettering, width: float, most: float) -> float:
    """Height the rows need, labels of references included; not above `most` where smaller letters or one language help."""
    size, lines = _names(chart, letters, width, most)
    return _height(chart, size, lines)


def _height(chart: Chart, size: float, names: list[tuple[str, ...]]) -> float:
    return sum(_row(size, n) for n in names) + reference_room(chart) + 1.0


def _row(size: float, lines: tuple[str, ...]) -> float:
    """Nothing for a place that has no room."""
    return (
        0.0 if not lines else max(4.6 if size > SMALLEST else 3.4, len(lines) * leading(size) + (1.0 if size > SMALLEST else 0.3))
    )


def draw_ranking(canvas: Canvas, box: Box, *, plain: bool = False) -> None:
    """`plain`: bars in the first series' colour instead of the classes'."""
    chart, theme, letters = canvas.chart, canvas.theme, canvas.letters
    c, pairs = theme.colour, ranked(chart)
    size, names = _names(chart, letters, box.x1 - box.x0, box.y1 - box.y0)
    values = letters.widest([p.text for _, p in pairs], size, "semibold")
    name_end = box.x0 + letters.widest([line for lines in names for line in lines], size, "bold")
    start = name_end + 2.6 + values + 2.6
    numbers = [p.value for _, p in pairs if p.value is not None] + [r.value for r in chart.references]
    low, high = min([0.0, *numbers]), max([0.0, *numbers])
    scale = Scale(low, high if high > low else low + 1, start, box.x1 - 1.0)
    storeys = reference_storeys(chart, letters, scale)
    top = box.y0 + (STOREY * (max(s for _, _, s in storeys) + 1) + 0.6 if storeys else 0.4)
    shown = [(pair, lines) for pair, lines in zip(pairs, names, strict=True) if lines]
    pairs, names = [pair for pair, _ in shown], [lines for _, lines in shown]
    least = [_row(size, n) for n in names]
    spare = max(0.0, min((box.y1 - top - sum(least)) / max(1, len(least)), 6.4))
    y = top
    for (category, point), lines, height in zip(pairs, names, least, strict=True):
        height += spare
        middle, half = y + height / 2, min(height * 0.31, 3.0)
        if lines == (_BETWEEN,):
            canvas.text(name_end, middle, _BETWEEN, c.ink_2, size=size, align="right")
            y += height
            continue
        own = category.key == chart.country
        if own:
            canvas.rectangle(box.x0 - 1.2, y, box.x1, y + height, c.tint, order=0.5)
        canvas.lines(name_end, middle, lines, size=size, align="right", weights=("bold" if own else "regular",))
        ink = c.ink if point.value is not None else c.ink_2
        canvas.text(start - 2.6, middle, point.text, ink, size=size, weight="bold" if own else "semibold", align="right")
        if point.value is not None:
            fill = c.series[0] if plain else fill_of(chart, theme, point.value)
            pale = fill in c.sequential[:2]
            x0, x1 = sorted((scale.zero, scale(point.value)))
            canvas.rectangle(x0, middle - half, x1, middle + half, fill, edge=c.rule if pale else "", edge_width=0.5)
        y += height
    canvas.line([scale.zero] * 2, [top, y], c.ink, 0.9, order=MARKS_BASE, butt=True)
    for one, (x, left, storey) in zip(sorted(chart.references, key=lambda r: r.value), storeys, strict=True):
        at = top - 2.3 - storey * STOREY
        canvas.line([x, x], [at + 1.9, y], c.accent, 1.0, dashes=(2, 1.6), order=OVER)
        canvas.text(left, at, one.label, c.accent, weight="semibold")


def _names(chart: Chart, letters: Lettering, width: float, most: float) -> tuple[float, list[tuple[str, ...]]]:
    """The size of the letters and the names in lines: the first way that is not higher than `most`, else the lowest."""
    first = SIZE if len(chart.categories) <= 18 else SMALL
    found: list[tuple[float, list[tuple[str, ...]]]] = []
    for size, both in ((first, True), (SMALL, True), (SMALL, False), (SMALLEST, False)):
        values = letters.widest([p.text for p in chart.series[0].points], size, "semibold")
        room = max(20.0, (width - values) * 0.52)
        texts = [category.label if both else leading_words(category.label) for category, _ in ranked(chart)]
        found.append((size, [letters.balanced(text, room, size, "bold") for text in texts]))
        if _height(chart, *found[-1]) <= most + 0.01:
            return found[-1]
    size, names = min(found, key=lambda way: _height(chart, *way))
    return size, _ends(chart, size, names, most)


def _ends(chart: Chart, size: float, names: list[tuple[str, ...]], most: float) -> list[tuple[str, ...]]:
    """As many of the highest and of the lowest as there is room for; the places between them have no lines."""
    kept, used = set[int](), _height(chart, size, []) + _row(size, (_BETWEEN,))
    for i in (j for pair in zip(range(len(names)), reversed(range(len(names))), strict=True) for j in pair):
        if i not in kept and used + _row(size, names[i]) > most:
            break
        used += 0.0 if i in kept else _row(size, names[i])
        kept.add(i)
    first = next((i for i in range(len(names)) if i not in kept), -1)
    return [lines if i in kept else (_BETWEEN,) if i == first else () for i, lines in enumerate(names)]
