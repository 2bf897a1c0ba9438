"""A quick look at an edition: pages without tags, names and data, set again in a moment by a process that stays alive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from bulletin.write.pdf.fill import filled, single
from bulletin.write.typst.compile import check_glyphs, quickly
from bulletin.write.typst.files import files_of
from bulletin.write.typst.pages import body

if TYPE_CHECKING:
    from bulletin.document.chart import Image
    from bulletin.document.tree import Document
    from bulletin.model.theme import Theme


def previewed(
    document: Document, images: Mapping[str, Image], theme: Theme, form: Literal["pdf", "svg", "png"] = "pdf"
) -> tuple[bytes, ...]:
    """One PDF, or a picture of each page. Typst remembers what it has set: only what changed since the last call of this process, and
    what follows from it, is set again. Nothing to publish; raises OutputError as a build does."""
    arranged = filled(document, single(images, theme.type, theme.spacing))
    source = body(arranged.document, images, arranged.cut)
    check_glyphs(source)
    return quickly(files_of(source, arranged.document, images, theme), document.metadata.release_date, form)
