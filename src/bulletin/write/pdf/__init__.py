"""The PDF of a document: markup, rendering, then what the renderer gets wrong set right; bytes from values alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from bulletin.document.parallel import reordered
from bulletin.write.html import write_html
from bulletin.write.parallel import SPOKEN, write_parallel_html
from bulletin.write.pdf.assets import body_rows, collected, labels_of
from bulletin.write.pdf.fill import filled, single
from bulletin.write.pdf.mend import mended
from bulletin.write.pdf.parallel_heights import double
from bulletin.write.pdf.render import rendered

if TYPE_CHECKING:
    from bulletin.document.chart import Image
    from bulletin.document.parallel import Parallel
    from bulletin.document.tree import Document
    from bulletin.model.theme import Theme


NOTHING = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><rect width="1" height="1" fill="#fff"/></svg>'
"""Carries the words that describe a chart in the second language."""


def write_pdf(document: Document, images: Mapping[str, Image], theme: Theme) -> bytes:
    """PDF/UA-1; raises OutputError when a picture, a glyph or a link target is missing."""
    document = filled(document, single(images, theme.type, theme.spacing))
    html = write_html(document, images, theme)
    return mended(rendered(html, collected(document, images, theme)), labels_of(document), body_rows(document))


def write_parallel_pdf(parallel: Parallel, images: Mapping[str, Image], theme: Theme) -> bytes:
    """Both languages in one PDF/UA-1; raises as `write_pdf` does."""
    first = filled(parallel.first, double(parallel, images, theme.spacing))
    second = replace(parallel.second, sections=reordered(parallel.second.sections, first.sections))
    html = write_parallel_html(replace(parallel, first=first, second=second), images, theme)
    data = rendered(html, collected(first, images, theme) | {SPOKEN: NOTHING})
    return mended(data, labels_of(first), body_rows(first), second=parallel.second.metadata.tag)


def count_pages(data: bytes) -> int:
    """Pages of a finished PDF."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)
