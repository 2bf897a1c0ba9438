"""What stands where a chart has no value to show."""

from __future__ import annotations

from bulletin.document.chart import Chart
from bulletin.draw.canvas import Canvas
from bulletin.model.theme import Theme


def draw_empty(chart: Chart, theme: Theme) -> Canvas:
    """A quiet panel with the words given."""
    canvas = Canvas(chart, theme, chart.height or (14.0 if chart.kind == "spark" else 24.0))
    c = theme.colour
    if chart.kind != "spark":
        canvas.rectangle(0, 0, canvas.width, canvas.height, c.tint)
    words = chart.words.get("no_data", chart.words.get("missing", ""))
    lines = canvas.letters.balanced(words, canvas.width - 8) if words else ()
    canvas.lines(canvas.width / 2, canvas.height / 2, lines, c.ink_2, align="center")
    return canvas
