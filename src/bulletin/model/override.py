"""A reviewer's wording for one block of an edition, with the digest of the wording that it replaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal as OneOf

from bulletin.model.finding import Place

NAME = re.compile(r"\{([^\W\d]\w*)\}")
"""A name that stands for a figure or a reference: `{cov}`."""

REFERENCE = "@"
"""Before the id of a block: a reference to it."""

_PIECE = re.compile(r"\{\{|\}\}|\{([^\W\d]\w*)\}|[{}]")
_EMPTY_LINE = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")

Format = OneOf[
    "", "decimals-0", "decimals-1", "decimals-2", "thousands", "thousands-1", "millions", "millions-1", "millions-2",
    "billions", "billions-1", "billions-2",
]  # fmt: skip
"""How a figure is printed, when not as in running text: with so many decimals; or in so many thousands, millions or thousands of
millions, as a figure alone, because the reviewer's words say which (`about {n} thousand`)."""

SCALES: Mapping[str, int] = {"thousands": 3, "millions": 6, "billions": 9}

Kind = OneOf["text", "item", "title", "heading", "note"]
"""Of block: paragraph of the narrative; item of a list; title of a table, chart, map; heading of a chapter, section, box; note under
a table or chart."""


@dataclass(frozen=True)
class Reviewer:
    author: str
    date: str = ""
    tracked: bool = False
    """The edit was recorded as a tracked change."""


@dataclass(frozen=True)
class Placeholder:
    ref: str
    """Id of a fact, as facts.json lists it, or `@` and the id of the table, chart, map or section that is referred to."""
    format: Format = ""


@dataclass(frozen=True)
class Typed:
    """A number in the text that stands for no fact."""

    text: str
    state: OneOf["unverified", "verified"] = "unverified"
    note: str = ""
    """Where it comes from; `verified` without it does not count."""


@dataclass(frozen=True)
class Alternative:
    """Another reviewer's wording of the same block, kept until a person has decided."""

    text: str
    placeholders: Mapping[str, str | Placeholder] = field(default_factory=dict)
    by: tuple[Reviewer, ...] = ()
    base: str = ""


@dataclass(frozen=True)
class Override:
    action: OneOf["replace", "drop", "insert-after", "move-after", "merge"]
    text: str = ""
    """Plain words, in which `{name}` stands for a figure or a reference, `{{` and `}}` for braces, `^[words]` for a footnote (`\\^[` for
    those signs, `\\[` and `\\]` for brackets inside it); nothing else in it has a meaning.
    An empty line parts it into paragraphs: the first keeps the block's id, the others are `<id>.2`, `<id>.3`, … Of `move-after` it
    may be empty: the generated words are moved."""
    base: str = ""
    """Digest of the generated wording that the reviewer saw, its figures left out."""
    placeholders: Mapping[str, str | Placeholder] = field(default_factory=dict)
    """Name to the id of a fact, as facts.json lists it, or to `@` and the id of a block."""
    by: tuple[Reviewer, ...] = ()
    state: OneOf["applied", "needs-decision", "rejected"] = "applied"
    after: str = ""
    """Of `insert-after` and `move-after`: the block after which this one stands; the id of a section is its head. Empty, of
    `insert-after`: the block under whose id the entry is."""
    into: str = ""
    """Of `merge`: the block whose reworded text has taken this one up; where that is not printed, this one is."""
    literals: tuple[Typed, ...] = ()
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True)
class Reviewed:
    """An override in its place."""

    id: str
    """Of the block that it says; a new one for `insert-after`."""
    target: str
    """Id of the generated block that it replaces, moves or takes out; of `insert-after` the one before it."""
    language: str
    chapter: str
    template: str
    """Id of the paragraph, or of the list, in the chapter's narrative; the target where there is none."""
    override: Override
    place: Place
    kind: Kind = "text"
    required: bool = False
    """The block may be reworded, but not taken out."""


def placeholder_of(said: str | Placeholder) -> Placeholder:
    return Placeholder(said) if isinstance(said, str) else said


def parts_of(text: str) -> tuple[str, ...]:
    """The paragraphs of a text."""
    return tuple(p for p in _EMPTY_LINE.split(text.strip()) if p.strip())


def part_id(block: str, number: int) -> str:
    """Of the paragraphs into which a block was split, from 1 on."""
    return block if number == 1 else f"{block}.{number}"


def pieces_of(text: str) -> Iterator[tuple[OneOf["words", "name", "stray"], str]]:
    """Words with doubled braces made single, names without theirs, and braces that mean nothing."""
    end = 0
    for match in _PIECE.finditer(text):
        if match.start() > end:
            yield "words", text[end : match.start()]
        if match[1]:
            yield "name", match[1]
        elif match[0] in ("{{", "}}"):
            yield "words", match[0][0]
        else:
            yield "stray", match[0]
        end = match.end()
    if end < len(text):
        yield "words", text[end:]
