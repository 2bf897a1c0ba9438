"""Ranges over the text, of bookmarks and of comments: what they cover in either view."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bulletin.model.reviewed import Mark, MarkState
from bulletin.review.paragraphs import Settled
from bulletin.review.pieces import Edge, Raw

_FAR = 60
"""Paragraphs that a range may cover; one that is longer identifies none of them, and a file could hold thousands of such."""


@dataclass(frozen=True, slots=True)
class Covered:
    """What a range covers of one raw paragraph: from and to, in characters of each view."""

    paragraph: int
    accepted: tuple[int, int]
    original: tuple[int, int]

    @property
    def words(self) -> int:
        """Length in the accepted view."""
        return self.accepted[1] - self.accepted[0]


@dataclass(frozen=True, slots=True)
class Range:
    name: str
    """Name of the bookmark, id of the comment."""
    parts: tuple[Covered, ...]
    first: int
    """Raw paragraphs of its two ends."""
    last: int


def ranges(paragraphs: Sequence[Raw], kind: str) -> Iterator[Range]:
    """Pairs of ends with one id, of one story each; ids are looked up among ends of the same kind, as programs use one number twice.

    A range whose end is missing is empty, at its start.
    """
    open_ends: dict[str, tuple[int, Edge]] = {}
    for index, raw in enumerate(paragraphs):
        for edge in raw.edges:
            if edge.kind != kind:
                continue
            if edge.start:
                if edge.id in open_ends:
                    yield _range(paragraphs, *open_ends.pop(edge.id), None)
                open_ends[edge.id] = (index, edge)
            elif edge.id in open_ends:
                yield _range(paragraphs, *open_ends.pop(edge.id), (index, edge))
    for begun in open_ends.values():
        yield _range(paragraphs, *begun, None)


def _range(paragraphs: Sequence[Raw], first: int, start: Edge, ended: tuple[int, Edge] | None) -> Range:
    last, end = ended or (first, start)
    name = start.name or start.id
    if paragraphs[last].story != paragraphs[first].story:
        last, end = first, start
    if last - first > _FAR:
        at = Covered(first, (start.accepted,) * 2, (start.original,) * 2)
        return Range(name, (at,), first, last)
    parts = []
    for index in range(first, last + 1):
        raw = paragraphs[index]
        if raw.story != paragraphs[first].story:
            continue
        accepted = (start.accepted if index == first else 0, end.accepted if index == last else raw.accepted_length)
        original = (start.original if index == first else 0, end.original if index == last else raw.original_length)
        parts.append(Covered(index, accepted, original))
    return Range(name, _telling(parts), first, last)


def _telling(parts: Sequence[Covered]) -> tuple[Covered, ...]:
    """Paragraphs that it only touches with an end are left out, unless it covers nothing anywhere."""
    for kept in (
        tuple(part for part in parts if part.words),
        tuple(part for part in parts if part.original[1] > part.original[0]),
    ):
        if kept:
            return kept
    return tuple(parts[:1])


def marks(
    found: Iterable[Range], paragraphs: Sequence[Raw], places: Mapping[int, Settled], texts: Sequence[str]
) -> Mapping[int, tuple[Mark, ...]]:
    """Of each paragraph read, by its number; pieces under one name are taken together. `texts`: their accepted views."""
    covered: dict[int, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        for part in one.parts:
            place = places[part.paragraph]
            shifted = (part.accepted[0] + place.accepted, part.accepted[1] + place.accepted)
            covered[place.index][one.name].append(shifted)
    return {
        index: tuple(_mark(name, spans, texts[index]) for name, spans in by_name.items()) for index, by_name in covered.items()
    }


def _mark(name: str, spans: Sequence[tuple[int, int]], text: str) -> Mark:
    at, gaps, words = 0, True, False
    for start, end in sorted(spans):
        gaps = gaps and not text[at:start].strip()
        words = words or bool(text[max(at, start) : end].strip())
        at = max(at, end)
    gaps = gaps and not text[at:].strip()
    state: MarkState = "empty" if not words else "whole" if gaps else "part"
    filled = [(start, end) for start, end in spans if end > start] or spans
    return Mark(name, state, min(s for s, _ in filled), max(e for _, e in filled))


def commented(paragraphs: Sequence[Raw]) -> Mapping[str, tuple[Covered, ...]]:
    """Comment id to what it stands on; a comment without a range stands where it is referred to."""
    found = {one.name: one.parts for one in ranges(paragraphs, "comment")}
    for index, raw in enumerate(paragraphs):
        for edge in raw.edges:
            if edge.kind == "reference":
                found.setdefault(edge.id, (Covered(index, (edge.accepted,) * 2, (edge.original,) * 2),))
    return found
