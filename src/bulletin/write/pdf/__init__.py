"""The PDF of a document: markup, rendering, then what the renderer gets wrong set right; bytes from values alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bulletin.write.html import write_html
from bulletin.write.pdf.assets import body_rows, collected, labels_of
from bulletin.write.pdf.fill import filled
from bulletin.write.pdf.mend import mended
from bulletin.write.pdf.render import rendered

if TYPE_CHECKING:
    from bulletin.document.chart import Image
    from bulletin.document.tree import Document
    from bulletin.model.theme import Theme


def write_pdf(document: Document, images: Mapping[str, Image], theme: Theme) -> bytes:
    """PDF/UA-1; raises OutputError when a picture, a glyph or a link target is missing."""
    document = filled(document, images)
    html = write_html(document, images, theme)
    return mended(rendered(html, collected(document, images, theme)), labels_of(document), body_rows(document))


def count_pages(data: bytes) -> int:
    """Pages of a finished PDF."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)
