"""What a page may load, by address: drawn pictures, shipped faces, the draft mark; the names of link targets, and what goes with the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from bulletin.document.anchors import anchor
from bulletin.document.blocks import Figure, Table
from bulletin.document.footnotes import notes_in
from bulletin.document.inline import plain
from bulletin.document.parts import rejoined
from bulletin.document.tree import walk
from bulletin.shipped import shipped
from bulletin.write.html import ASSET, address, references, sections_of
from bulletin.write.pdf.conform import Attachment
from bulletin.write.table_csv import attachment_name, file_name, table_csv

if TYPE_CHECKING:
    from bulletin.document.chart import Image
    from bulletin.document.tree import Document
    from bulletin.model.theme import Theme

WATERMARK = ASSET + "watermark.svg"


def collected(document: Document, images: Mapping[str, Image], theme: Theme) -> dict[str, bytes]:
    """Faces and pictures."""
    return faces_shipped() | pictures(document, images, theme)


@cache
def _faces() -> tuple[tuple[str, bytes], ...]:
    return tuple((f"{ASSET}fonts/{path.name}", path.read_bytes()) for path in sorted(shipped("config", "fonts").glob("*.ttf")))


def faces_shipped() -> dict[str, bytes]:
    return dict(_faces())


def pictures(document: Document, images: Mapping[str, Image], theme: Theme) -> dict[str, bytes]:
    from bulletin.write.pdf.watermark import watermark

    assets = {address(identity, image): image.svg or image.png for identity, image in images.items()}
    if document.metadata.watermark:
        assets[WATERMARK] = watermark(document.metadata.watermark, theme.colour.hair)
    return assets


def labels_of(document: Document) -> dict[str, str]:
    """Anchor to what a link to it is called: number and title of a section, label and title of a table or figure."""
    labels = {anchor(reference.target): reference.text for reference in references(document)}
    labels |= {anchor(s.id): f"{s.number} {plain(s.title)}".strip() for s in sections_of(document.sections)}
    for note in notes_in(document.sections):
        name = f"{document.words['note']} {note.number}"
        labels |= {f"note-{note.number}": name, f"call-{note.number}": name}
    for block in walk(document.sections):
        if isinstance(block, Table | Figure):
            labels[anchor(block.id)] = f"{block.label}: {plain(block.title)}" if block.label else plain(block.title)
    return labels


def attachments_of(*documents: Document) -> tuple[Attachment, ...]:
    """Every printed table as CSV, in print order; of several languages one after the other. The parts of a table have one file, with
    all of it; no two tables have the same name."""
    found: list[Attachment] = []
    taken: set[str] = set()
    for document in documents:
        tables = [block for block in walk(document.sections) if isinstance(block, Table)]
        for place, table in enumerate(tables):
            if table.part_of:
                found.append(replace(found[-1], table=place))
                continue
            whole = rejoined((table, *(t for t in tables if t.part_of == table.id)))
            name = file_name(whole)
            while name in taken:
                name = f"{name.removesuffix('.csv')}-{document.metadata.language}.csv"
            taken.add(name)
            found.append(Attachment(name, attachment_name(whole, document), table_csv(whole, document), place))
    return tuple(found)
