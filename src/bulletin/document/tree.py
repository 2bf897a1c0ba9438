"""The composed tree: `Manuscript` open to overrides, `Document` numbered and final."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal as OneOf

from bulletin.document.blocks import Block, KeyFigure, Notice, Paragraph
from bulletin.document.chart import Chart
from bulletin.document.inline import Inlines


@dataclass(frozen=True)
class Opening:
    """What stands on a chapter's first page."""

    lede: Paragraph | None
    figures: tuple[KeyFigure, ...]
    notice: Notice | None
    figures_title: str
    """`Números-chave`."""
    sections_title: str
    """`Neste capítulo`."""


@dataclass(frozen=True)
class Section:
    id: str
    level: int
    """1: chapter; 2: section."""
    title: Inlines
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    opening: Opening | None = None
    """Chapters with an opening page."""
    numbering: OneOf["number", "letter", "none"] = "number"
    front: bool = False
    number: str = ""
    """`5`, `5.2`, `A`; by `numbered`."""
    running: str = ""
    """Running head; by `numbered`."""


@dataclass(frozen=True)
class Mark:
    """A picture that comes with the project."""

    id: str
    alt: str


@dataclass(frozen=True)
class Cover:
    country: str
    year: str
    title: str
    subtitle: str
    publisher: Inlines
    partners: Inlines
    banner: str
    """`EDIÇÃO DE DEMONSTRAÇÃO`, or the status of a draft; empty for a final edition."""
    banner_text: str
    edition: str
    """`VIII edição`; may be empty."""
    art: Chart | None
    logos: tuple[Mark, ...] = ()
    picture: Mark | None = None
    """Instead of the art."""
    focus: tuple[float, float] = (0.5, 0.5)
    """Of the picture, for where it is cropped: shares of width and height."""
    foot: float = 0.0
    """Millimetres that the logos take."""


@dataclass(frozen=True)
class Metadata:
    edition: str
    language: str
    tag: str
    """BCP 47."""
    title: str
    """`Boletim Estatístico sobre Protecção Social. Moçambique 2024`."""
    running: str
    """Publication line of the running feet."""
    publisher: str
    description: str
    keywords: tuple[str, ...]
    release_date: str
    status: str
    watermark: str
    """Printed across the pages of a draft; empty otherwise."""
    contents_title: str
    """`Índice`."""
    decimal: str = ","
    """Mark of the language."""


@dataclass(frozen=True)
class Manuscript:
    metadata: Metadata
    cover: Cover
    sections: tuple[Section, ...]
    words: Mapping[str, str]
    """Fixed words numbering and writers need: `table`, `figure`, `map`, `continued`, `page`, `margin_illustrative`, …"""


@dataclass(frozen=True)
class Document:
    """Only `numbered` makes one; writers take nothing else."""

    metadata: Metadata
    cover: Cover
    sections: tuple[Section, ...]
    words: Mapping[str, str]


def walk(sections: tuple[Section, ...]) -> Iterator[Block]:
    """All blocks in reading order, boxes' inner paragraphs included after their box."""
    from bulletin.document.blocks import Box

    for section in sections:
        for block in section.blocks:
            yield block
            if isinstance(block, Box):
                yield from block.blocks
        yield from walk(section.sections)
