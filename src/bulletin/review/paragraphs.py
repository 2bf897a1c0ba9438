"""Paragraphs of the file as they stand when all changes are taken: joined, split and removed ones told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bulletin.model.reviewed import BREAK, Call, Mark, ReadParagraph, Revision
from bulletin.review.pieces import Raw


@dataclass(frozen=True)
class Settled:
    """Where the words of a raw paragraph went."""

    index: int
    """Of the paragraph read."""
    accepted: int
    """Offset of its words in the accepted view of that paragraph."""
    original: int


@dataclass(frozen=True)
class Group:
    """Raw paragraphs, by their numbers, that make one paragraph; more than one where their marks were taken out."""

    members: tuple[int, ...]


def grouped(paragraphs: Sequence[Raw]) -> tuple[Group, ...]:
    """In the order of the file. A member without words that stay is a paragraph of its own: it was deleted, not joined."""
    groups: list[Group] = []
    chain: list[int] = []
    for index, raw in enumerate(paragraphs):
        chain.append(index)
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        # A chain through a text box or table is none: their paragraphs stand in rows of their own.
        if raw.mark_taken and following is not None and following.row == raw.row:
            continue
        groups += _parted(chain, paragraphs)
        chain = []
    return tuple(groups)


def _parted(chain: Sequence[int], paragraphs: Sequence[Raw]) -> Iterator[Group]:
    kept = tuple(index for index in chain if paragraphs[index].accepted_length)
    for index in chain:
        if not paragraphs[index].accepted_length:
            yield Group((index,))
        elif index == kept[0]:
            yield Group(kept)


def settled(groups: Sequence[Group], paragraphs: Sequence[Raw]) -> Mapping[int, Settled]:
    """By number of the raw paragraph."""
    places: dict[int, Settled] = {}
    for index, group in enumerate(groups):
        accepted = original = 0
        for member in group.members:
            places[member] = Settled(index, accepted, original)
            accepted += paragraphs[member].accepted_length
            original += paragraphs[member].original_length + len(BREAK)
    return places


def read_paragraphs(
    paragraphs: Sequence[Raw], groups: Sequence[Group], marks: Mapping[int, tuple[Mark, ...]]
) -> tuple[ReadParagraph, ...]:
    """`marks`: by number of the group."""
    notes = {name: n for n, name in enumerate(dict.fromkeys(raw.note for raw in paragraphs if raw.note), 1)}
    return tuple(
        _paragraph([paragraphs[member] for member in group.members], marks.get(index, ()), notes)
        for index, group in enumerate(groups)
    )


def _paragraph(members: Sequence[Raw], marks: tuple[Mark, ...], notes: Mapping[str, int]) -> ReadParagraph:
    accepted = "".join(raw.accepted for raw in members)
    # The properties of joined paragraphs are those of the last, as its mark is the one that stays.
    last = members[-1]
    pieces = [piece for raw in members for piece in raw.pieces]
    return ReadParagraph(
        accepted=accepted,
        original=BREAK.join(raw.original for raw in members),
        figures=_figures(members),
        marks=marks,
        revisions=tuple(_revisions(members)),
        style=last.style,
        cell=last.cell,
        note=last.story > 0,
        contents=any(raw.contents for raw in members),
        formatted=any(piece.formatted and piece.accepted.strip() for piece in pieces),
        calls=tuple(_calls(members, notes)),
        within=notes.get(last.note, 0),
    )


def _calls(members: Sequence[Raw], notes: Mapping[str, int]) -> Iterator[Call]:
    accepted = original = 0
    for raw in members:
        for edge in raw.edges:
            if edge.kind == "note" and edge.id in notes:
                change = edge.stamp.revision() if edge.stamp else None
                yield Call(notes[edge.id], accepted + edge.accepted, original + edge.original, change)
        accepted += raw.accepted_length
        original += raw.original_length + len(BREAK)


def _figures(members: Sequence[Raw]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    at = 0
    for raw in members:
        for piece in raw.pieces:
            length = len(piece.accepted)
            if piece.figure and length:
                if found and found[-1][1] == at:
                    found[-1] = (found[-1][0], at + length)
                else:
                    found.append((at, at + length))
            at += length
    return tuple(found)


def _revisions(members: Sequence[Raw]) -> Iterator[Revision]:
    """In the order of the text; neighbours of one kind, author and moment are one."""
    for raw in members:
        if raw.looks:
            yield raw.looks.revision()
        for stamp, pieces in groupby(raw.pieces, lambda piece: piece.put or piece.taken or piece.looks):
            if stamp:
                yield stamp.revision("".join(piece.text for piece in pieces))
        if raw.mark_put:
            yield raw.mark_put.revision()
        if raw.mark_taken:
            yield raw.mark_taken.revision()
