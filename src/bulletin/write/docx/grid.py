"""Tables as WordprocessingML: properties of tables, rows and cells in schema order."""

from __future__ import annotations

from functools import lru_cache

from bulletin.write.docx.markup import escape, hexed, twips

Edge = tuple[int, str]
"""Eighths of a point, colour."""


def table(rows: str, widths: tuple[float, ...], *, caption: str, description: str, head: bool, indent: float = 0) -> str:
    """`widths` in millimetres; `head`: the first row and column are heads."""
    look = f'w:val="{"04A0" if head else "0400"}" w:firstRow="{int(head)}" w:lastRow="0" w:firstColumn="{int(head)}" '
    look += 'w:lastColumn="0" w:noHBand="1" w:noVBand="1"'
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="BulletinTable"/><w:tblW w:w="{sum(twips(w) for w in widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{twips(indent)}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook {look}/>'
        f'<w:tblCaption w:val="{escape(caption)}"/><w:tblDescription w:val="{escape(description)}"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def row(cells: str, *, head: bool = False, split: bool = False) -> str:
    """Not split over two pages unless `split`; head rows are repeated."""
    kept = ("" if split else "<w:cantSplit/>") + ("<w:tblHeader/>" if head else "")
    return f"<w:tr>{f'<w:trPr>{kept}</w:trPr>' if kept else ''}{cells}</w:tr>"


def cell(
    content: str,
    width: float,
    *,
    span: int = 1,
    merge: str = "",
    top: Edge | None = None,
    left: Edge | None = None,
    bottom: Edge | None = None,
    shade: str = "",
    align: str = "",
) -> str:
    """`merge`: `restart` or `continue` of a cell over several rows; `align`: vertical, `bottom` or `center`."""
    return f"<w:tc>{_properties(width, span, merge, top, left, bottom, shade, align)}{content}</w:tc>"


@lru_cache(maxsize=4096)
def _properties(
    width: float, span: int, merge: str, top: Edge | None, left: Edge | None, bottom: Edge | None, shade: str, align: str
) -> str:
    """Those of a cell: thousands share them."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{edge[0]}" w:space="0" w:color="{hexed(edge[1])}"/>'
        for side, edge in (("top", top), ("left", left), ("bottom", bottom))
        if edge
    )
    return (
        f'<w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + (f'<w:vMerge w:val="{merge}"/>' if merge else "")
        + (f"<w:tcBorders>{sides}</w:tcBorders>" if sides else "")
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{hexed(shade)}"/>' if shade else "")
        + (f'<w:vAlign w:val="{align}"/>' if align else "")
        + "</w:tcPr>"
    )
