"""Bands that mark a break in a series, with labels that clearly belong to them."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.document.chart import Chart
from bulletin.draw.canvas import BACK, Box, Canvas
from bulletin.draw.lettering import SMALL, Lettering, leading
from bulletin.draw.placing import Taken
from bulletin.draw.scale import Scale, category_positions

_GROUND = 0.5
"""Drawn under the grid."""
ABOVE = 4.4
"""Height of a label above the grid."""
_PAD, _CLEAR = 0.4, 0.7
"""Around the letters on their plate; from the plate to anything else."""


Edges = tuple[float, float]
"""Of the plot, between which labels keep."""


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


def draw_bands(
    canvas: Canvas, bands: list[Band], edges: Edges, top: float, bottom: float, taken: Taken, above: float = 0.0
) -> None:
    """Labels stand inside their band where it is wide enough; else on a plate of the band's colour which hangs on it: `above`
    the grid in one line, or in two at the first free height. What one band says need not be said at the next where there is no
    room."""
    tint = canvas.theme.colour.tint
    said: set[str] = set()
    for band in bands:
        placed = _placed(canvas.letters, edges, band, top, bottom, taken, above) if band.label else None
        if placed is None and (not band.label or band.label in said):
            canvas.rectangle(band.x0, top, band.x1, bottom, tint, order=_GROUND)
            continue
        middle, lines, y = placed or _anyhow(canvas.letters, edges, band, top, bottom, above)
        said.add(band.label)
        plate = _plate(canvas.letters, middle, lines, y)
        # the clearance keeps labels that are placed later off the plate
        taken.boxes.append(Box(plate.x0 - _CLEAR, plate.y0 - _CLEAR, plate.x1 + _CLEAR, plate.y1 + _CLEAR))
        canvas.rectangle(band.x0, min(top, plate.y0), band.x1, bottom, tint, order=_GROUND)
        canvas.rectangle(plate.x0, plate.y0, plate.x1, plate.y1, tint, order=BACK)
        canvas.lines(middle, y, lines, canvas.theme.colour.ink_2, size=SMALL, align="center")


def bands_free(
    letters: Lettering, edges: Edges, bands: list[Band], top: float, bottom: float, taken: Taken, above: float
) -> bool:
    """Whether every label that must be said has a free place."""
    trial, said = Taken([*taken.boxes], [*taken.segments]), set()
    for band in bands:
        placed = _placed(letters, edges, band, top, bottom, trial, above)
        if placed is None and band.label not in said:
            return False
        said.add(band.label)
        if placed:
            trial.boxes.append(_plate(letters, *placed))
    return True


def _placed(
    letters: Lettering, edges: Edges, band: Band, top: float, bottom: float, taken: Taken, above: float
) -> tuple[float, tuple[str, ...], float] | None:
    """Middle, lines and height of a band's label where it is free."""
    for lines, y in _trials(letters, band, top, bottom, above):
        x = _inside(letters, edges, band, lines)
        if taken.free(_plate(letters, x, lines, y), _CLEAR):
            return x, lines, y
    return None


def _anyhow(
    letters: Lettering, edges: Edges, band: Band, top: float, bottom: float, above: float
) -> tuple[float, tuple[str, ...], float]:
    lines, y = _trials(letters, band, top, bottom, above)[0]
    return _inside(letters, edges, band, lines), lines, y


def _inside(letters: Lettering, edges: Edges, band: Band, lines: tuple[str, ...]) -> float:
    half = letters.widest(list(lines), SMALL) / 2 + _PAD
    low, high = edges
    return min(max((band.x0 + band.x1) / 2, low + half), high - half)


def _trials(letters: Lettering, band: Band, top: float, bottom: float, above: float) -> list[tuple[tuple[str, ...], float]]:
    inside = letters.balanced(band.label, max(band.x1 - band.x0 - 2 * _PAD, 1.0), SMALL)
    divided = letters.balanced(band.label, 12.0, SMALL)
    trials: list[tuple[tuple[str, ...], float]] = []
    whole = "-" not in {line[-1:] for line in inside} and len(inside) <= 2
    if whole and letters.widest(list(inside), SMALL) <= band.x1 - band.x0 - 2 * _PAD:
        trials += [(inside, y) for y in _heights(top, bottom, len(inside))]
    if above:
        trials += [((band.label,), y) for y in (top - ABOVE / 2, *([top - above + 2.0] if above > 2 * ABOVE else []))]
    return trials + [(divided, y) for y in _heights(top, bottom, len(divided))]


def _heights(top: float, bottom: float, lines: int) -> list[float]:
    """From the head of the band down; the foot is left to signs of missing values."""
    half = lines * leading(SMALL) / 2 + _PAD / 2
    count = max(1, int((bottom - 4.5 - top - 2 * half) / 2) + 1)
    return [top + half + 2.0 * i for i in range(count)]


def _plate(letters: Lettering, x: float, lines: tuple[str, ...], y: float) -> Box:
    across = letters.widest(list(lines), SMALL) / 2 + _PAD
    down = len(lines) * leading(SMALL) / 2 + _PAD / 2
    return Box(x - across, y - down, x + across, y + down)
