"""Markup of a leaflet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bulletin.document.leaflet import halves, in_rows, in_strips
from bulletin.shipped import shipped
from bulletin.write.html import spelled
from bulletin.write.leaflet import THIRD, columns, is_below, logo_scale, semibold
from bulletin.write.measure import lines

if TYPE_CHECKING:
    from bulletin.document.blocks import KeyFigure
    from bulletin.document.chart import Image
    from bulletin.document.leaflet import Leaflet
    from bulletin.model.theme import Theme


def write_leaflet_html(leaflet: Leaflet, images: Mapping[str, Image], theme: Theme) -> str:
    """As `write_html`: pictures and faces are addressed by `asset:`."""
    from markupsafe import Markup

    def label_height(row: tuple[KeyFigure, ...]) -> float:
        return 4.4 * max(lines(item.label, semibold(theme), 9, THIRD - 1) for item in row)

    own = shipped("bulletin_templates", "html", "leaflet.css").read_text(encoding="utf-8")
    return spelled(
        "leaflet.html.j2",
        leaflet.document,
        images,
        theme,
        own_style=Markup(own),
        strips=in_strips(leaflet.figures),
        label_height=label_height,
        below=lambda item: is_below(item, theme),
        is_level=lambda row: any(is_below(item, theme) for item in row),
        messages=leaflet.messages,
        explained=leaflet.notes,
        first_charts=in_rows(leaflet.first_charts),
        charts=in_rows(leaflet.charts),
        table_block=leaflet.table,
        table_parts=halves(leaflet.table) if leaflet.table else (),
        logo_scale=logo_scale(leaflet),
        columns=columns(leaflet.about.items, theme) if leaflet.about else (),
    )
