"""Inline content: what stands inside a paragraph, a title, a note or a table cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal as OneOf

# XML 1.0 cannot hold these characters at all, so a stray one from a data file would make a whole Word file unreadable.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Number:
    """A printed text of a fact, unit words included where they are part of the figure (`3,4 mil milhões`, `12,3%`)."""

    text: str
    fact: str
    """Id of the fact."""


@dataclass(frozen=True)
class Literal:
    """A number that is no statistic: year, law, article, age limit, code."""

    text: str
    kind: OneOf["period", "legal", "age", "code", "label", "edition"]
    """`edition`: a figure about the edition itself, recorded under `quality` in facts.json."""


@dataclass(frozen=True)
class Strong:
    content: Inlines


@dataclass(frozen=True)
class Emphasis:
    content: Inlines


@dataclass(frozen=True)
class Reference:
    """A reference to a block by id; `text` ("Quadro 4.2") is filled in by `numbered`."""

    target: str
    text: str = ""


@dataclass(frozen=True)
class NoteMark:
    """A superscript that refers to a footnote of the same table or figure; filled in by compose."""

    mark: str


@dataclass(frozen=True)
class Footnote:
    """A note on the words before it, printed at the foot of the page; it stands in paragraphs and list items only."""

    content: Inlines
    id: str = ""
    """Its paragraph's and `.note.1`, given by compose."""
    number: str = ""
    """Filled in by `numbered`."""
    added: bool = False
    """A reviewer has put it into the paragraph: it belongs to the words of that paragraph when it comes back."""


@dataclass(frozen=True)
class Foreign:
    """Words in another language than the document's."""

    language: str
    content: Inlines


Inline = Text | Number | Literal | Strong | Emphasis | Reference | NoteMark | Footnote | Foreign
Inlines = tuple[Inline, ...]


def plain(content: Inlines) -> str:
    """The words alone, as a reader sees them; notes have words of their own."""
    parts = []
    for piece in content:
        match piece:
            case Text(text) | Number(text, _) | Literal(text, _) | Reference(_, text):
                parts.append(text)
            case NoteMark(_) | Footnote():
                pass
            case Strong(inner) | Emphasis(inner) | Foreign(_, inner):
                parts.append(plain(inner))
    return "".join(parts)
