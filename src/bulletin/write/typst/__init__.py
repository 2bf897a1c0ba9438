"""The PDF of a document through Typst: source from the same tree, compiled in memory, then the tags and names that an archive asks for.

Needs no library of the system. WeasyPrint's is the PDF of record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from bulletin.document.blocks import Figure, KeyFigures, Table
from bulletin.document.leaflet import halves
from bulletin.document.parallel import reordered
from bulletin.document.tree import walk
from bulletin.write.html import targets_of
from bulletin.write.pdf import NOTHING
from bulletin.write.pdf.assets import attachments_of, labels_of
from bulletin.write.pdf.fill import filled, single
from bulletin.write.pdf.parallel_heights import double
from bulletin.write.typst.compile import check_glyphs, compiled
from bulletin.write.typst.files import files_of
from bulletin.write.typst.finish import bookmarks_of, finished
from bulletin.write.typst.leaflet import leaflet_body
from bulletin.write.typst.pages import body
from bulletin.write.typst.parallel import parallel_body
from bulletin.write.typst.shape import Grid

if TYPE_CHECKING:
    from bulletin.document.chart import Image
    from bulletin.document.leaflet import Leaflet
    from bulletin.document.parallel import Parallel
    from bulletin.document.tree import Document
    from bulletin.model.theme import Theme

SPOKEN = "spoken.svg"
"""The picture that carries alternative texts in the second language."""


def write_typst_pdf(document: Document, images: Mapping[str, Image], theme: Theme) -> bytes:
    """As `write.pdf.write_pdf`: PDF/UA-1 and PDF/A-3a, with the tables as CSV; the same words in the same order."""
    arranged = filled(document, single(images, theme.type, theme.spacing))
    document = arranged.document
    source = body(document, images, arranged.cut)
    check_glyphs(source)
    data = compiled(files_of(source, document, images, theme), document.metadata.release_date)
    return finished(
        data, source, document, grids(document), attachments_of(document), labels_of(document), bookmarks_of(document)
    )


def write_typst_leaflet_pdf(leaflet: Leaflet, images: Mapping[str, Image], theme: Theme) -> bytes:
    """Two pages; all else as `write_typst_pdf`."""
    document = leaflet.document
    source = leaflet_body(leaflet, images, theme)
    check_glyphs(source)
    data = compiled(files_of(source, document, images, theme), document.metadata.release_date)
    parts = halves(leaflet.table) if leaflet.table else ()
    whole = [Grid(len(part.columns) + 1, leaflet.table.summary, len(part.rows)) for part in parts if leaflet.table]
    return finished(data, source, document, whole, attachments_of(document), labels_of(document), (document.cover.subtitle,))


def write_typst_parallel_pdf(parallel: Parallel, images: Mapping[str, Image], theme: Theme) -> bytes:
    """Both languages in one file; all else as `write_typst_pdf`."""
    arranged = filled(parallel.first, double(parallel, images, theme.spacing))
    first = arranged.document
    second = replace(parallel.second, sections=reordered(parallel.second.sections, first.sections))
    targets = targets_of(first) | targets_of(second)
    source = parallel_body(replace(parallel, first=first, second=second), images, arranged.cut, targets)
    check_glyphs(source)
    files = files_of(source, first, images, theme, second=second.metadata, foot=0.0) | {SPOKEN: NOTHING}
    data = compiled(files, first.metadata.release_date)
    labels = labels_of(second) | labels_of(first)
    said = dict.fromkeys(alternatives(second), second.metadata.tag)
    attachments, bookmarks = attachments_of(first, second), bookmarks_of(first, second)
    return finished(data, source, first, grids(first), attachments, labels, bookmarks, said)


def alternatives(document: Document) -> Iterator[str]:
    """Of charts and sparklines."""
    for block in walk(document.sections):
        match block:
            case Figure():
                yield block.alt
            case KeyFigures():
                yield from (item.spark_alt for item in block.items)
            case _:
                pass


def grids(document: Document) -> list[Grid]:
    return [Grid(len(t.columns) + 1, t.summary, len(t.rows)) for t in tables(document)]


def tables(document: Document) -> Iterable[Table]:
    return (block for block in walk(document.sections) if isinstance(block, Table))
