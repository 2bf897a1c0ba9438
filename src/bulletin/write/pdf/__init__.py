"""The PDF of a document: markup, rendering, what the renderer gets wrong set right, then what an archive asks for; bytes from values
alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bulletin.document.parallel import reordered
from bulletin.write.html import write_html
from bulletin.write.leaflet_html import write_leaflet_html
from bulletin.write.parallel import SPOKEN, write_parallel_html
from bulletin.write.pdf.assets import attachments_of, collected, labels_of, pictures
from bulletin.write.pdf.conform import Attachment, conform, saved
from bulletin.write.pdf.faces import check_faces
from bulletin.write.pdf.fill import filled, single
from bulletin.write.pdf.mend import mend
from bulletin.write.pdf.parallel_heights import double
from bulletin.write.pdf.parts import bare, cut, unnamed
from bulletin.write.pdf.render import rendered
from bulletin.write.pdf.volume import Volume, made

if TYPE_CHECKING:
    from bulletin.document.chart import Image
    from bulletin.document.leaflet import Leaflet
    from bulletin.document.parallel import Parallel
    from bulletin.document.tree import Document
    from bulletin.model.theme import Theme


NOTHING = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><rect width="1" height="1" fill="none"/></svg>'
"""Carries the words that describe a chart in the second language."""


def write_pdf(document: Document, images: Mapping[str, Image], theme: Theme) -> bytes:
    """PDF/UA-1 and PDF/A-3a, with the tables as CSV; raises OutputError when a picture, a glyph or a link target is missing."""
    return made(volume_of(document, images, theme))


def volume_of(document: Document, images: Mapping[str, Image], theme: Theme) -> Volume:
    arranged = filled(document, single(images, theme.type, theme.spacing))
    document = arranged.document
    cuts = cut(
        write_html(unnamed(document), images, bare(theme), arranged.cut),
        write_html(replace(document, sections=()), images, theme),
        pictures(document, images, theme),
    )
    return Volume(cuts, labels_of(document), attachments_of(document), document.metadata.release_date)


def write_leaflet_pdf(leaflet: Leaflet, images: Mapping[str, Image], theme: Theme) -> bytes:
    """Two pages; all else as `write_pdf`."""
    document = leaflet.document
    data = rendered(write_leaflet_html(leaflet, images, theme), collected(document, images, theme))
    return finished(data, document, attachments_of(document))


def write_parallel_pdf(parallel: Parallel, images: Mapping[str, Image], theme: Theme) -> bytes:
    """Both languages in one file; all else as `write_pdf`."""
    return made(parallel_volume_of(parallel, images, theme))


def parallel_volume_of(parallel: Parallel, images: Mapping[str, Image], theme: Theme) -> Volume:
    arranged = filled(parallel.first, double(parallel, images, theme.spacing))
    first = arranged.document
    second = replace(parallel.second, sections=reordered(parallel.second.sections, first.sections))
    both = replace(parallel, first=first, second=second)
    cuts = cut(
        write_parallel_html(replace(both, first=unnamed(first), second=unnamed(second)), images, bare(theme), arranged.cut),
        write_parallel_html(replace(both, first=replace(first, sections=()), second=replace(second, sections=())), images, theme),
        pictures(first, images, theme) | {SPOKEN: NOTHING},
    )
    return Volume(cuts, labels_of(second) | labels_of(first), attachments_of(first, second), first.metadata.release_date)


def finished(data: bytes, document: Document, attachments: Sequence[Attachment]) -> bytes:
    import io

    from pikepdf import Pdf

    with Pdf.open(io.BytesIO(data)) as pdf:
        check_faces(pdf)
        tables = [tag for tag in mend(pdf, labels_of(document)) if tag.S == "/Table"]
        conform(pdf, tables, attachments, document.metadata.release_date)
        return saved(pdf)


def count_pages(data: bytes) -> int:
    """Pages of a finished PDF."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)
