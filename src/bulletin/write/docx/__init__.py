"""The Word document: the tree as named styles, fields with their results, tables, pictures, and anchors for review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bulletin.document.chart import Image
from bulletin.document.inline import Foreign, Inlines, Text, plain
from bulletin.document.parallel import Parallel
from bulletin.document.tree import Document
from bulletin.model.theme import Theme


def write_parallel_docx(parallel: Parallel, images: Mapping[str, Image], theme: Theme, manifest: bytes) -> bytes:
    """Both languages in one file; `images` and `manifest` as for `write_docx`."""
    from bulletin.write.docx.package import packed
    from bulletin.write.docx.parallel import parallel_body
    from bulletin.write.docx.parallel_blocks import Pen
    from bulletin.write.docx.story import beside, story_of
    from bulletin.write.parallel import joined

    first, second = parallel.first, parallel.second
    one, two = first.metadata, second.metadata
    about = replace(
        one,
        title=joined(one.title, two.title),
        running=joined(one.running, two.running),
        publisher=joined(one.publisher, two.publisher),
        description=joined(one.description, two.description),
        keywords=tuple(dict.fromkeys((*one.keywords, *two.keywords))),
    )
    tongue = two.tag
    cover = replace(
        first.cover,
        publisher=both(first.cover.publisher, second.cover.publisher, tongue),
        partners=both(first.cover.partners, second.cover.partners, tongue),
    )
    story = story_of(replace(first, metadata=about, cover=cover), images, theme)
    text, furniture = parallel_body(Pen(story, beside(story, second)), (parallel.numbers, parallel.second_numbers))
    return packed(story, text, furniture, manifest, double=True)


def both(a: Inlines, b: Inlines, tongue: str) -> Inlines:
    """Words of both languages on one line, once where they are the same."""
    return a if not b or plain(a) == plain(b) else (*a, Text(" / "), Foreign(tongue, b))


def write_docx(document: Document, images: Mapping[str, Image], theme: Theme, manifest: bytes) -> bytes:
    """`images`: by chart id, for every chart in the tree; `manifest`: JSON in UTF-8, kept inside the file for review."""
    from bulletin.write.docx.chapters import body
    from bulletin.write.docx.package import packed
    from bulletin.write.docx.story import story_of

    story = story_of(document, images, theme)
    text, furniture = body(story)
    return packed(story, text, furniture, manifest)
