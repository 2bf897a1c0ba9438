"""Lines to compare bars with: dashed, in the accent colour, their labels in storeys above."""

from __future__ import annotations

from bulletin.document.chart import Chart
from bulletin.document.colours import reference_colour
from bulletin.draw.canvas import BACK, OVER, Canvas
from bulletin.draw.lettering import SIZE, Lettering
from bulletin.draw.scale import Scale

STOREY = 4.2


def reference_storeys(chart: Chart, letters: Lettering, scale: Scale) -> list[tuple[float, float, int]]:
    """Place of the line, left edge of its label, and storey from the bottom."""
    ends: list[float] = []
    found = []
    for one in sorted(chart.references, key=lambda r: r.value):
        w = letters.width(one.label, SIZE, "semibold")
        left = max(0.0, min(scale(one.value) - w / 2, chart.width - w))
        storey = next((i for i, end in enumerate(ends) if left > end + 1.5), len(ends))
        ends[storey:] = [left + w]
        found.append((scale(one.value), left, storey))
    return found


def reference_room(chart: Chart) -> float:
    """Height above the plot, on the safe side: every label on its own storey."""
    return STOREY * len(chart.references) + 0.6 if chart.references else 0.0


def draw_references(canvas: Canvas, scale: Scale, top: float, bottom: float, *, behind: bool = False) -> None:
    """Lines from `bottom` up to `top`, labels above `top`; `behind` bars and figures."""
    accent = reference_colour(canvas.theme, canvas.chart)
    ordered = sorted(canvas.chart.references, key=lambda r: r.value)
    for one, (x, left, storey) in zip(ordered, reference_storeys(canvas.chart, canvas.letters, scale), strict=True):
        y = top - 2.3 - storey * STOREY
        canvas.line([x, x], [y + 1.9, bottom], accent, 1.0, dashes=(2, 1.6), order=BACK - 0.05 if behind else OVER)
        canvas.text(left, y, one.label, accent, weight="semibold")
