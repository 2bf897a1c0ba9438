"""What has to be known and counted while the text of a Word document is written: bookmarks, numbers in sequence, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from bulletin.document.anchors import bookmark, qualified
from bulletin.document.blocks import Figure, Table
from bulletin.document.chart import Image
from bulletin.document.for_review import ForReview
from bulletin.document.tree import Document, Section, walk
from bulletin.model.theme import Theme
from bulletin.write.docx.anchors import reference_target
from bulletin.write.docx.charts.part import ChartPart, chart_part
from bulletin.write.docx.fields import field as complex_field
from bulletin.write.docx.markup import styled
from bulletin.write.docx.properties import day_of
from bulletin.write.zipped import Content


@dataclass(frozen=True)
class Medium:
    """A picture's bytes in the package."""

    relation: str
    name: str
    content_type: str
    data: Content


@dataclass
class Story:
    """Counters of one document while it is being written; the only thing in this package that changes."""

    document: Document
    images: Mapping[str, Image]
    theme: Theme
    labels: Mapping[str, str]
    """Id of a table or figure to its label."""
    targets: frozenset[str]
    """Ids that references and contents can point at."""
    media: list[Medium] = field(default_factory=list)
    charts: list[ChartPart] = field(default_factory=list)
    footnotes: dict[str, str] = field(default_factory=dict)
    """Name to the note, in the order of the text."""
    review: ForReview | None = None
    """Of a file that is sent out for review."""
    tongue: str = ""
    """Tag of the language of all runs; empty: that of the document."""
    _names: set[str] = field(default_factory=set)
    _identities: Iterator[int] = field(default_factory=lambda: count(1))
    _sequences: dict[str, int] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.document.metadata.language

    def identity(self) -> int:
        """A number for a bookmark or a picture, unique in the document."""
        return next(self._identities)

    def marked(self, name: str, content: str) -> str:
        """`content` inside a bookmark; a name already taken is not given twice, as Word would drop one of the two."""
        if name in self._names:
            return content
        self._names.add(name)
        number = self.identity()
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'

    def block(self, block_id: str, content: str, parent: str = "") -> str:
        """All inline content of a block inside its hidden bookmark, by which a reviewed file is read back.

        `parent`: block of which it is a part; it tells parts apart whose ids are unique only inside their block.
        """
        name = bookmark(qualified(parent, block_id) if parent else block_id, self.language)
        return self.marked(name, content) if content else ""

    def medium(self, data: Content, extension: str) -> str:
        """Takes a picture in and returns its relationship id; the same bytes are stored once."""
        for known in self.media:
            if known.data == data:
                return known.relation
        number = len(self.media) + 1
        kind = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}[extension]
        self.media.append(Medium(f"rIdMedia{number}", f"image{number}.{extension}", kind, data))
        return self.media[-1].relation

    def chart(self, figure: Figure, image: Image) -> str:
        """Takes a chart in that Word draws itself, as large as its picture, and returns its relationship id."""
        metadata, number = self.document.metadata, len(self.charts) + 1
        self.charts.append(chart_part(figure, image, self.theme, metadata.tag, day_of(metadata), number))
        return self.charts[-1].relation

    def label(self, block_id: str, label: str) -> str:
        """`Quadro 5.1` in its bookmark, the last number as a sequence field."""
        parts = re.fullmatch(r"(?P<word>\S+)(?P<between>.*?)(?P<number>\d+)", label)
        if not parts:
            return self.marked(reference_target(block_id), styled("Label", label))
        word, number = parts["word"], int(parts["number"])
        instruction = f"SEQ {word} \\* ARABIC"
        if self._sequences.get(word, 0) + 1 != number:
            # A reset by number, not `\s 1`: LibreOffice ignores the latter and would count on through all chapters.
            instruction += f" \\r {number}"
        self._sequences[word] = number
        mark = '<w:rStyle w:val="Label"/>'
        inner = styled("Label", word + parts["between"]) + complex_field(instruction, styled("Label", parts["number"]), mark)
        return self.marked(reference_target(block_id), inner)


def beside(story: Story, second: Document) -> Story:
    """The second language of the same file: it shares what is counted, and its references are links, for the labels are the first's."""
    return replace(story, document=second, labels={}, tongue=second.metadata.tag)


def story_of(document: Document, images: Mapping[str, Image], theme: Theme, review: ForReview | None = None) -> Story:
    labels = {block.id: block.label for block in walk(document.sections) if isinstance(block, Table | Figure)}
    return Story(document, images, theme, labels, frozenset(labels) | frozenset(_section_ids(document.sections)), review=review)


def _section_ids(sections: tuple[Section, ...]) -> list[str]:
    found = []
    for section in sections:
        found.append(section.id)
        found += _section_ids(section.sections)
    return found
