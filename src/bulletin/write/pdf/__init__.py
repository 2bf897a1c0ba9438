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
from bulletin.write.pdf.assets import attachments_of, collected, labels_of
from bulletin.write.pdf.conform import Attachment, conform, saved
from bulletin.write.pdf.faces import check_faces
from bulletin.write.pdf.fill import filled, single
from bulletin.write.pdf.mend import mend
from bulletin.write.pdf.parallel_heights import double
from bulletin.write.pdf.render import rendered

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
    arranged = filled(document, single(images, theme.type, theme.spacing))
    document = arranged.document
    data = rendered(write_html(document, images, theme, arranged.cut), collected(document, images, theme))
    return _finished(data, document, attachments_of(document))


def write_leaflet_pdf(leaflet: Leaflet, images: Mapping[str, Image], theme: Theme) -> bytes:
    """Two pages; all else as `write_pdf`."""
    document = leaflet.document
    data = rendered(write_leaflet_html(leaflet, images, theme), collected(document, images, theme))
    return _finished(data, document, attachments_of(document))


def write_parallel_pdf(parallel: Parallel, images: Mapping[str, Image], theme: Theme) -> bytes:
    """Both languages in one file; all else as `write_pdf`."""
    arranged = filled(parallel.first, double(parallel, images, theme.spacing))
    first = arranged.document
    second = replace(parallel.second, sections=reordered(parallel.second.sections, first.sections))
    html = write_parallel_html(replace(parallel, first=first, second=second), images, theme, arranged.cut)
    data = rendered(html, collected(first, images, theme) | {SPOKEN: NOTHING})
    return _finished(data, first, attachments_of(first, second), labels_of(second))


def _finished(
    data: bytes, document: Document, attachments: Sequence[Attachment], others: Mapping[str, str] | None = None
) -> bytes:
    """`others`: names of link targets in a second language, for those that only it has."""
    import io

    from pikepdf import Pdf

    with Pdf.open(io.BytesIO(data)) as pdf:
        check_faces(pdf)
        tables = mend(pdf, {**(others or {}), **labels_of(document)})
        conform(pdf, tables, attachments, document.metadata.release_date)
        return saved(pdf)


def count_pages(data: bytes) -> int:
    """Pages of a finished PDF."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)
