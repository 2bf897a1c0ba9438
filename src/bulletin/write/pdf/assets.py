"""What a page may load, by address: drawn pictures, shipped faces, the draft mark; and the names of link targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bulletin.document.anchors import anchor
from bulletin.document.blocks import Figure, Table
from bulletin.document.inline import plain
from bulletin.document.tree import walk
from bulletin.shipped import shipped
from bulletin.write.html import ASSET, picture, references, sections_of

if TYPE_CHECKING:
    from bulletin.document.chart import Image
    from bulletin.document.tree import Document
    from bulletin.model.theme import Theme

WATERMARK = ASSET + "watermark.svg"


def collected(document: Document, images: Mapping[str, Image], theme: Theme) -> dict[str, bytes]:
    from bulletin.write.pdf.watermark import watermark

    assets = {picture(chart_id): image.svg for chart_id, image in images.items()}
    for path in sorted(shipped("config", "fonts").glob("*.ttf")):
        assets[f"{ASSET}fonts/{path.name}"] = path.read_bytes()
    if document.metadata.watermark:
        assets[WATERMARK] = watermark(document.metadata.watermark, theme.colour.hair)
    return assets


def labels_of(document: Document) -> dict[str, str]:
    """Anchor to what a link to it is called: number and title of a section, label and title of a table or figure."""
    labels = {anchor(reference.target): reference.text for reference in references(document)}
    labels |= {anchor(s.id): f"{s.number} {plain(s.title)}".strip() for s in sections_of(document.sections)}
    for block in walk(document.sections):
        if isinstance(block, Table | Figure):
            labels[anchor(block.id)] = f"{block.label}: {plain(block.title)}" if block.label else plain(block.title)
    return labels


def body_rows(document: Document) -> tuple[int, ...]:
    """Number of rows below the head of every printed table, in print order."""
    return tuple(len(block.rows) for block in walk(document.sections) if isinstance(block, Table))
