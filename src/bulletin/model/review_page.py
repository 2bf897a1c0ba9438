"""What the report of a reviewed file and the sheet of decisions show, said in the language of the messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class AskedLine:
    """A question as a person reads it."""

    id: str
    kind: str
    """`number-changed`, …; `comment`."""
    label: str
    block: str
    language: str
    question: str
    """Whole sentence."""
    old: str
    new: str
    today: str
    place: str
    """File, sheet and cell of the figure; cell of the table."""
    authors: str
    answers: tuple[str, ...]
    """What may be chosen, in words."""
    answer: str = ""
    """What was chosen, in words."""
    choices: tuple[str, ...] = ()
    """Wordings that stand against each other."""
    compared: tuple[tuple[tuple[str, str], ...], ...] = ()
    """The same, each with its words marked against those sent out: `=`, `-`, `+`."""
    names: tuple[str, ...] = ()
    """That a wording typed in may use: `{n1} = 12 345`."""
    state: str = "open"
    text: str = ""
    note: str = ""
    group: str = ""
    """Name of the round that first asks."""


@dataclass(frozen=True)
class ChangeLine:
    label: str
    block: str
    language: str
    pieces: tuple[tuple[str, str], ...]
    """`=`, `-`, `+` and words."""
    authors: str
    match: str
    """How the block was found; empty: by its bookmark."""


@dataclass(frozen=True)
class RemarkLine:
    id: str
    block: str
    language: str
    author: str
    date: str
    text: str
    quoted: str
    state: str
    """`open`, `resolved`, `answered`, `reply`."""
    answer: str = ""


@dataclass(frozen=True)
class ReviewPage:
    title: str
    language: str
    facts: tuple[tuple[str, str], ...]
    """Name and value: reviewer, date, file, build."""
    asked: tuple[AskedLine, ...]
    settled: tuple[AskedLine, ...]
    changes: tuple[ChangeLine, ...]
    remarks: tuple[RemarkLine, ...]
    lost: tuple[str, ...]
    """Blocks that the file no longer has, without a recorded deletion."""
    texts: Mapping[str, str]
