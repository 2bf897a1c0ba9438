"""The Word document: the tree as named styles, fields with their results, tables, pictures, and anchors for review."""

from __future__ import annotations

from collections.abc import Mapping

from bulletin.document.chart import Image
from bulletin.document.tree import Document
from bulletin.model.theme import Theme


def write_docx(document: Document, images: Mapping[str, Image], theme: Theme, manifest: bytes) -> bytes:
    """`images`: by chart id, for every chart in the tree; `manifest`: JSON in UTF-8, kept inside the file for review."""
    from bulletin.write.docx.chapters import body
    from bulletin.write.docx.package import packed
    from bulletin.write.docx.story import story_of

    story = story_of(document, images, theme)
    text, furniture = body(story)
    return packed(story, text, furniture, manifest)
