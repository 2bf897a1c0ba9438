"""What a paragraph of the file consists of before its views are told apart: pieces of text and ends of ranges."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bulletin.model.reviewed import Revision

RevisionKind = Literal["insert", "delete", "move-from", "move-to", "format", "split", "join"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who recorded a change, and when."""

    kind: RevisionKind
    author: str
    date: str

    def revision(self, text: str = "", kind: RevisionKind | None = None) -> Revision:
        return Revision(kind or self.kind, self.author, self.date, text)


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one look and one fate; those that are in neither view are not kept."""

    text: str
    put: Stamp | None = None
    taken: Stamp | None = None
    looks: Stamp | None = None
    """A recorded change of their look."""
    figure: bool = False
    formatted: bool = False

    @property
    def accepted(self) -> str:
        return "" if self.taken else self.text

    @property
    def original(self) -> str:
        return "" if self.put else self.text


@dataclass(frozen=True, slots=True)
class Edge:
    """One end of a range, at its place in both views of its paragraph."""

    kind: Literal["bookmark", "comment", "reference", "note"]
    id: str
    start: bool
    accepted: int
    original: int
    name: str = ""
    stamp: Stamp | None = None
    """Of a note's call that was put in or taken out."""


@dataclass(slots=True)
class Raw:
    """A `w:p` as it stands in the file; filled while it is read, then left alone."""

    row: int
    """Number of the run of neighbouring paragraphs in which it stands: only inside one can paragraphs be joined."""
    story: int
    """0: the text and its tables; others: a note, text box, header or footer each."""
    style: str = ""
    cell: tuple[int, int, int] | None = None
    pieces: list[Piece] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    mark_put: Stamp | None = None
    """Its end was put in: a split."""
    mark_taken: Stamp | None = None
    """Its end was taken out: it is joined with the next."""
    looks: Stamp | None = None
    contents: bool = False
    note: str = ""
    """Kind and id of the footnote or endnote in which it stands."""
    accepted_length: int = 0
    original_length: int = 0

    @property
    def accepted(self) -> str:
        return "".join(p.accepted for p in self.pieces)

    @property
    def original(self) -> str:
        return "".join(p.original for p in self.pieces)

    def add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.accepted_length += len(piece.accepted)
        self.original_length += len(piece.original)
