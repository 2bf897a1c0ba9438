"""The Word document: the tree as named styles, fields with their results, tables, pictures, and anchors for review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bulletin.document.chart import Image
from bulletin.document.for_review import ForReview
from bulletin.document.inline import Foreign, Inlines, Text, plain
from bulletin.document.issued_json import encode_brief
from bulletin.document.parallel import Parallel
from bulletin.document.tree import Document
from bulletin.model.issued import Issued
from bulletin.model.theme import Theme

if TYPE_CHECKING:
    from bulletin.document.leaflet import Leaflet
    from bulletin.write.docx.pages import Furniture
    from bulletin.write.docx.story import Story
    from bulletin.write.docx.styles import Look


@dataclass(frozen=True)
class Written:
    data: bytes
    issued: Issued
    """What the file says, in its order."""


def write_parallel_docx(
    parallel: Parallel, images: Mapping[str, Image], theme: Theme, issued: Issued, review: ForReview | None = None
) -> Written:
    """Both languages in one file; the rest as for `write_docx`."""
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
    story = story_of(replace(first, metadata=about, cover=cover), images, theme, review)
    text, furniture = parallel_body(Pen(story, beside(story, second)), (parallel.numbers, parallel.second_numbers))
    return _written(story, text, furniture, issued, double=True)


def both(a: Inlines, b: Inlines, tongue: str) -> Inlines:
    """Words of both languages on one line, once where they are the same."""
    return a if not b or plain(a) == plain(b) else (*a, Text(" / "), Foreign(tongue, b))


def write_docx(
    document: Document, images: Mapping[str, Image], theme: Theme, issued: Issued, review: ForReview | None = None
) -> Written:
    """`images`: by chart id, for every chart in the tree; `issued`: record of the document, by which a reviewed file is read back;
    `review`: what it has beside the edition when it is sent out for review."""
    from bulletin.write.docx.chapters import body
    from bulletin.write.docx.story import story_of

    story = story_of(document, images, theme, review)
    text, furniture = body(story)
    return _written(story, text, furniture, issued)


def write_leaflet_docx(leaflet: Leaflet, images: Mapping[str, Image], theme: Theme, issued: Issued) -> Written:
    """Two pages; the rest as for `write_docx`."""
    from bulletin.write.docx.leaflet import leaflet_body
    from bulletin.write.docx.leaflet_looks import leaflet_looks
    from bulletin.write.docx.story import story_of

    story = story_of(leaflet.document, images, theme)
    text, furniture = leaflet_body(story, leaflet)
    return _written(story, text, furniture, issued, more=leaflet_looks(theme))


def _written(
    story: Story,
    text: str,
    furniture: tuple[Furniture, ...],
    issued: Issued,
    *,
    double: bool = False,
    more: tuple[Look, ...] = (),
) -> Written:
    from bulletin.write.docx.package import packed
    from bulletin.write.docx.record import fitted

    found = fitted(issued, "".join((text, *story.footnotes.values())))
    return Written(packed(story, text, furniture, encode_brief(found), issued.build, double=double, more=more), found)
