"""Draws a chart: looks up its kind and makes SVG and PNG."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bulletin.document.chart import Chart, Image
from bulletin.draw.bar import draw_bar, draw_grouped
from bulletin.draw.canvas import Canvas, margin_of
from bulletin.draw.choropleth import draw_choropleth, draw_symbols
from bulletin.draw.column import draw_column, draw_grouped_column, draw_stacked
from bulletin.draw.cover import draw_cover
from bulletin.draw.dots import draw_dots, draw_dumbbell
from bulletin.draw.empty import draw_empty
from bulletin.draw.land import Land
from bulletin.draw.lettering import SIZE
from bulletin.draw.line import draw_line
from bulletin.draw.multiples import draw_multiples
from bulletin.draw.pyramid import draw_pyramid
from bulletin.draw.share import draw_share
from bulletin.draw.slope import draw_slope
from bulletin.draw.spark import draw_spark
from bulletin.draw.tiles import draw_tiles
from bulletin.draw.waterfall import draw_waterfall
from bulletin.errors import ConfigError
from bulletin.model.finding import Finding, Severity
from bulletin.model.geometry import Geometry
from bulletin.model.theme import Theme

CHARTS: Mapping[str, Callable[[Chart, Theme, Land], Canvas]] = {
    "line": draw_line,
    "column": draw_column,
    "bar": draw_bar,
    "grouped": draw_grouped,
    "grouped_column": draw_grouped_column,
    "stacked": draw_stacked,
    "share": draw_share,
    "dumbbell": draw_dumbbell,
    "dots": draw_dots,
    "pyramid": draw_pyramid,
    "multiples": draw_multiples,
    "waterfall": draw_waterfall,
    "slope": draw_slope,
    "choropleth": draw_choropleth,
    "tiles": draw_tiles,
    "symbols": draw_symbols,
    "spark": draw_spark,
    "cover": draw_cover,
}


def draw(
    chart: Chart, theme: Theme, geometry: Geometry | None, tiles: Mapping[str, tuple[int, int]], *, dots: bool = True
) -> Image:
    """`dots`: as PNG too. Raises DataError when the shipped faces lack a character, ConfigError when there is no such kind."""
    return canvas_of(chart, theme, geometry, tiles).image(enlarged(chart, theme), dots=dots)


def enlarged(chart: Chart, theme: Theme) -> float:
    """Charts are laid out for lettering of one size; a theme that wants it larger has them drawn smaller and printed larger."""
    return 1.0 if chart.kind == "cover" else theme.type.chart / SIZE


def canvas_of(chart: Chart, theme: Theme, geometry: Geometry | None, tiles: Mapping[str, tuple[int, int]]) -> Canvas:
    if chart.kind not in CHARTS:
        parameters = {"chart": chart.id, "kind": chart.kind, "known": ", ".join(CHARTS)}
        raise ConfigError([Finding("chart-kind-unknown", Severity.ERROR, key=chart.id, parameters=parameters)])
    off, scale = 2 * margin_of(chart), enlarged(chart, theme)
    inner = replace(chart, width=chart.width / scale - off, height=max(0.0, chart.height / scale - off))
    if chart.kind != "cover" and not any(p.value is not None for s in chart.series for p in s.points):
        return draw_empty(inner, theme)
    return CHARTS[chart.kind](inner, theme, Land(geometry, tiles))
