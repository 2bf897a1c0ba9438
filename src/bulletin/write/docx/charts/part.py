"""A chart and the workbook behind it as parts of a Word file."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.document.blocks import Figure
from bulletin.document.chart import Image
from bulletin.document.native import format_of_chart, sheet_of
from bulletin.model.theme import Theme
from bulletin.write.docx.charts.drawingml import Lettering, layout, shape, stroke, val
from bulletin.write.docx.charts.plot import Plot, plot
from bulletin.write.docx.charts.room import AXIS, Sizes
from bulletin.write.docx.charts.series import Pen
from bulletin.write.docx.charts.workbook import workbook
from bulletin.write.docx.markup import DECLARATION, escape

WORKBOOK = "rId1"
"""Relationship of the chart to its workbook."""
_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


@dataclass(frozen=True)
class ChartPart:
    """Of the package."""

    relation: str
    number: int
    xml: bytes
    workbook: bytes


def chart_part(figure: Figure, image: Image, theme: Theme, tag: str, date: str, number: int) -> ChartPart:
    """As large as the picture `image`; `tag`: of the language; `number`: among the charts of the file."""
    sheet = sheet_of(figure)
    code = format_of_chart(figure.chart).code
    pen = Pen(sheet, theme, Lettering(theme.font.text, tag), code)
    sizes = Sizes(theme.font.text, image.width, image.height)
    found = plot(figure.chart, pen, sizes, 100 * number + 1)
    xml = (
        f"{DECLARATION}<c:chartSpace {_NAMESPACES}>{val('date1904', 0)}{val('lang', escape(tag))}{val('roundedCorners', 0)}"
        f"<c:chart>{val('autoTitleDeleted', 1)}<c:plotArea>{found.frame.plot()}{found.inner}{shape('', stroke(''))}</c:plotArea>"
        f"{_legend(found, pen, sizes)}{val('plotVisOnly', 1)}{val('dispBlanksAs', 'gap')}</c:chart>"
        f"{shape('', stroke(''))}{pen.letters.look(theme.colour.ink)}"
        f'<c:externalData r:id="{WORKBOOK}">{val("autoUpdate", 0)}</c:externalData></c:chartSpace>'
    )
    return ChartPart(f"rIdChart{number}", number, xml.encode(), workbook(sheet, code, date))


def _legend(found: Plot, pen: Pen, sizes: Sizes) -> str:
    """Above the plot, from the vertical of the page's titles where bars lie there."""
    if not found.key:
        return ""
    left = min(found.frame.left, AXIS)
    wide = min(sizes.width - left, sum(sizes.width_of(h) + 12.0 for h in pen.sheet.heads))
    entries = "".join(f"<c:legendEntry>{val('idx', n)}{val('delete', 1)}</c:legendEntry>" for n in found.unnamed)
    place = layout(left / sizes.width, 0.0, wide / sizes.width, found.key / sizes.height)
    return (
        f"<c:legend>{val('legendPos', 't')}{entries}{place}{val('overlay', 0)}{pen.letters.look(pen.theme.colour.ink)}</c:legend>"
    )
