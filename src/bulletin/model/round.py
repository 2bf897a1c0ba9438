"""A round of review: what each reviewed file brought back, kept as it was read, and what people answered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal as OneOf

from bulletin.model.finding import Place
from bulletin.model.override import Override, Reviewer
from bulletin.model.review import Change, Query, Remark

AnswerKind = OneOf["keep", "take", "verified", "at-source", "edit", "reject", "reply"]
"""`keep`: the program's words and figures stand; `take`: the reviewer's wording; `verified`: a number that is no figure of the data,
checked against its source; `at-source`: will be put right in the data; `edit`: a wording of one's own; `reply`: to a comment."""

ANSWERS: Mapping[str, tuple[AnswerKind, ...]] = {
    "number-changed": ("keep", "at-source", "edit", "reject"),
    "number-new": ("verified", "edit", "keep", "reject"),
    "number-dropped": ("take", "edit", "keep", "reject"),
    "number-swapped": ("keep", "at-source", "edit", "reject"),
    "number-rounded": ("keep", "verified", "edit", "reject"),
    "number-ambiguous": ("take", "edit", "keep", "reject"),
    "table-cell": ("keep", "at-source"),
    "table-structure": ("keep", "at-source"),
    "chart-data": ("keep", "at-source"),
    "fixed-text": ("keep", "at-source"),
    "uncertain-match": ("take", "edit", "keep", "reject"),
    "required-block": ("keep", "edit"),
    "trend-words": ("keep", "take", "edit", "reject"),
    "wording-changed": ("keep", "take", "edit", "reject"),
    "reviewers-disagree": ("keep", "take", "edit", "reject"),
    "block-gone": ("keep", "reject"),
    "comment": ("reply",),
}
"""What may be answered to each kind of question."""


@dataclass(frozen=True)
class Edit:
    """A change with the wording that it departs from."""

    change: Change
    issued: str = ""
    """What the reviewer saw, with `{name}` for every figure and reference; empty for a new block."""
    placeholders: Mapping[str, str] = field(default_factory=dict)
    """Of `issued`."""
    required: bool = False
    """The block cannot be left out: a title, a heading."""


@dataclass(frozen=True)
class Round:
    """One reviewed file."""

    name: str
    """Of its folder: `2025-02-03-inss`."""
    who: str
    date: str
    """From the file, never from the clock."""
    file: str
    source: str
    """SHA-256 of the file."""
    build: str
    edition: str
    languages: tuple[str, ...]
    application: str = ""
    edits: tuple[Edit, ...] = ()
    queries: tuple[Query, ...] = ()
    """Those that concern no change of words."""
    remarks: tuple[Remark, ...] = ()
    unmatched: tuple[str, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    """Id of a fact in question to the first cell on which it rests."""


@dataclass(frozen=True)
class Decision:
    """What a person answered to a question or a comment."""

    id: str
    answer: AnswerKind
    choice: int = 0
    """Of `take` where several wordings stand against each other: which, from 1."""
    text: str = ""
    """Of `edit` the wording, with `{name}` for figures; of `reply` the answer."""
    note: str = ""
    by: str = ""
    date: str = ""
    base: str = ""
    """Digest of the generated wording on the day of the answer: with another one it is asked anew."""


@dataclass(frozen=True)
class Asked:
    """A question as it stands today."""

    id: str
    query: Query
    state: OneOf["open", "decided", "agreed"]
    """`agreed`: today's data say what the reviewer says."""
    today: str = ""
    """The figure, or the generated wording, as printed today."""
    place: Place = field(default_factory=Place)
    """Where the figure in question comes from."""
    source: str = ""
    """Name of the round that first asks."""
    choices: tuple[str, ...] = ()
    """Wordings that stand against each other."""
    placeholders: Mapping[str, str] = field(default_factory=dict)
    """Names that an `edit` may use."""
    decision: Decision | None = None
    waits: bool = False
    """Answered, but open until the data say so."""
    base: str = ""
    """Digest of the wording generated today."""
    worded: bool = True
    """A reviewer's wording goes with it, which an answer may change."""

    @property
    def answers(self) -> tuple[AnswerKind, ...]:
        """What may be answered."""
        return tuple(a for a in ANSWERS[self.query.kind] if self.worded or a != "edit")


@dataclass(frozen=True)
class Remarked:
    """A comment as it stands today."""

    id: str
    remark: Remark
    source: str
    decision: Decision | None = None
    reply: bool = False
    """To another reviewer's comment, which is the one to be answered."""

    @property
    def is_open(self) -> bool:
        return not self.remark.resolved and not self.reply and self.decision is None


@dataclass(frozen=True)
class Standing:
    """Where a review stands: a function of the rounds, the answers, the overrides in their files and today's edition."""

    overrides: Mapping[str, Mapping[str, Override]]
    """Language to block to entry, of every entry that belongs in the file."""
    asked: tuple[Asked, ...]
    remarks: tuple[Remarked, ...]

    @property
    def open(self) -> tuple[Asked, ...]:
        return tuple(a for a in self.asked if a.state == "open")


def query_id(query: Query) -> str:
    """Short and the same for the same question, whoever asks it."""
    return "q-" + _digest(query.kind, query.block, query.language, query.cell, query.old, query.new)


def remark_id(remark: Remark) -> str:
    return "c-" + _digest(remark.block, remark.language, remark.author, remark.date, remark.text)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).replace("\u00a0", " ").encode()).hexdigest()[:8]


def joined_authors(*groups: tuple[Reviewer, ...]) -> tuple[Reviewer, ...]:
    """Each once, by name and date."""
    return tuple(sorted({r for group in groups for r in group}, key=lambda r: (r.author, r.date, r.tracked)))
