"""What a review changes: wording that comes back as overrides, and questions that a person has to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal as OneOf

from bulletin.model.override import Reviewer

ChangeKind = OneOf["reworded", "split", "joined", "moved", "deleted", "new", "format", "table-cell", "structure", "chart-data"]
"""`joined` stands under the first block, `into` of the second names the first; `structure`: rows or columns of a table."""

QueryKind = OneOf[
    "number-changed",
    "number-new",
    "number-dropped",
    "number-swapped",
    "number-rounded",
    "number-ambiguous",
    "table-cell",
    "table-structure",
    "chart-data",
    "fixed-text",
    "uncertain-match",
    "required-block",
    "trend-words",
    "wording-changed",
    "reviewers-disagree",
    "block-gone",
]
"""The last three come from setting the review against today's build; `wording-changed`: the program's own words have changed since."""


@dataclass(frozen=True)
class Query:
    """A question to a person; figures are never taken from Word."""

    kind: QueryKind
    block: str
    language: str
    old: str = ""
    """As issued."""
    new: str = ""
    """As the reviewer has it."""
    fact: str = ""
    """Id of the fact in question."""
    cell: str = ""
    """Of a table or chart: row and column in words, `Maputo / 2024`."""
    detail: str = ""
    """What else helps to decide: a proposed format, the two wordings, the score."""
    authors: tuple[Reviewer, ...] = ()


@dataclass(frozen=True)
class Change:
    """What a reviewer did to one block."""

    kind: ChangeKind
    block: str
    """Id of the issued block; of a new one an id derived from the block before it."""
    language: str
    before: str = ""
    after: str = ""
    """Plain words as the reviewer left them."""
    text: str = ""
    """The same with `{name}` for every figure and reference that was recognised, literal braces doubled; paragraphs of a split
    parted by an empty line."""
    placeholders: Mapping[str, str] = field(default_factory=dict)
    """Name to fact id, or `@` and the id of the block that a reference names."""
    literals: tuple[str, ...] = ()
    """Numbers that were not there before and are no figures of the data."""
    follows: str = ""
    """Id of the block after which a new or moved one stands; empty: at the head of its section."""
    into: str = ""
    match: OneOf["bookmark", "text", "similarity", ""] = ""
    score: float = 1
    """Of the match by similarity, 0 to 1."""
    generated: str = ""
    """Digest of the generated wording at the time, from the issued block."""
    authors: tuple[Reviewer, ...] = ()
    queries: tuple[Query, ...] = ()


@dataclass(frozen=True)
class Remark:
    """A reviewer's comment, tied to its block."""

    id: str
    block: str
    language: str
    author: str
    date: str
    text: str
    quoted: str = ""
    resolved: bool = False
    parent: str = ""


@dataclass(frozen=True)
class Collected:
    """Everything that one reviewed file says."""

    changes: tuple[Change, ...]
    """In reading order; a block that was left alone has none."""
    remarks: tuple[Remark, ...]
    queries: tuple[Query, ...] = ()
    """Those that concern no change of words: cells, charts, fixed texts."""
    unmatched: tuple[str, ...] = ()
    """Ids of issued blocks that were neither found nor recorded as deleted, though their neighbours were: taken for deleted without
    a trace, and asked about."""


@dataclass(frozen=True)
class Answer:
    """What the editors answer to a reviewer's comment; it stands as a comment in the next file sent out."""

    block: str
    language: str
    text: str
    to: str = ""
    """Author of the comment."""
    asked: str = ""
    """Words of the comment."""
    author: str = ""
