"""Notes that reviewers have put in, taken into the words of the paragraphs that call them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bulletin.model.issued import Issued
from bulletin.model.noted import inside, note, typed
from bulletin.model.reviewed import Call, Mark, ReadFile, ReadParagraph, Revision
from bulletin.review.match import SURE
from bulletin.review.plain import likeness, same, tidy, words

_PUT = ("insert", "move-to")


@dataclass(frozen=True)
class _Piece:
    """What comes into a paragraph, before the character at `place`; `figures`: offsets in its text."""

    place: int
    text: str
    figures: tuple[tuple[int, int], ...] = ()


def with_notes(file: ReadFile, issued: Issued, tables: frozenset[int] = frozenset()) -> ReadFile:
    """Every note that is no issued block stands as `^[words]` at its word, and its own paragraphs are empty.

    `tables`: of data, in whose cells there is no room for a note: there it stays apart.
    """
    members: dict[int, list[int]] = {}
    for n, paragraph in enumerate(file.paragraphs):
        if paragraph.within:
            members.setdefault(paragraph.within, []).append(n)
    callers = {call.note: n for n, p in reversed(list(enumerate(file.paragraphs))) for call in p.calls}
    own = _own(file, issued, members)
    taken = {
        number: [file.paragraphs[n] for n in found]
        for number, found in members.items()
        if number not in own and number in callers and not _in_data(file.paragraphs[callers[number]], tables)
    }
    gone = {n: callers[number] for number in taken for n in members[number]}
    paragraphs = tuple(
        replace(p, accepted="", original="", figures=(), marks=(), revisions=()) if n in gone else _with(p, taken)
        for n, p in enumerate(file.paragraphs)
    )
    comments = tuple(replace(c, paragraph=gone.get(c.paragraph, c.paragraph)) for c in file.comments)
    return replace(file, paragraphs=paragraphs, comments=comments)


def _in_data(paragraph: ReadParagraph, tables: frozenset[int]) -> bool:
    return paragraph.cell is not None and paragraph.cell[0] in tables


def _own(file: ReadFile, issued: Issued, members: Mapping[int, Sequence[int]]) -> frozenset[int]:
    """Numbers of the notes that were sent out: by bookmark, or, where a program has lost that, by their words."""
    names = {b.bookmark for b in issued.blocks}
    marked = {number: {m.name for n in found for m in file.paragraphs[n].marks} & names for number, found in members.items()}
    own = {number for number, found in marked.items() if found}
    lost = [b for b in issued.blocks if b.kind == "note" and not any(b.bookmark in found for found in marked.values())]
    left = {b.bookmark for b in lost} - {m.name for p in file.paragraphs for m in p.marks}
    said = [words(b.text) for b in lost if b.bookmark in left and b.text]
    for number, found in members.items():
        if number in own:
            continue
        views = {same(view(file.paragraphs, found)) for view in (_accepted, _original)}
        near = next((s for s in said for v in views if likeness(s, words(v), SURE) >= SURE), None)
        if near is not None:
            said.remove(near)
            own.add(number)
    return frozenset(own)


def _accepted(paragraphs: Sequence[ReadParagraph], found: Sequence[int]) -> str:
    return " ".join(paragraphs[n].accepted.strip() for n in found)


def _original(paragraphs: Sequence[ReadParagraph], found: Sequence[int]) -> str:
    return " ".join(paragraphs[n].original.strip() for n in found)


def _with(paragraph: ReadParagraph, notes: Mapping[int, Sequence[ReadParagraph]]) -> ReadParagraph:
    calls = [call for call in paragraph.calls if call.note in notes]
    if not calls and "^[" not in paragraph.accepted + paragraph.original:
        return paragraph
    after = [*_typed(paragraph.accepted), *(p for c in calls if (p := _put(c, notes[c.note], accepted=True)))]
    before = [*_typed(paragraph.original), *(p for c in calls if (p := _put(c, notes[c.note], accepted=False)))]
    after.sort(key=lambda p: p.place)
    before.sort(key=lambda p: p.place)
    return replace(
        paragraph,
        accepted=_filled(paragraph.accepted, after),
        original=_filled(paragraph.original, before),
        figures=tuple(sorted((*(_moved(f, after) for f in paragraph.figures), *_figures(after)))),
        marks=tuple(_mark(m, after) for m in paragraph.marks),
        revisions=(*paragraph.revisions, *(r for c in calls for r in _revisions(c, notes[c.note]))),
        calls=tuple(c for c in paragraph.calls if c not in calls),
    )


def _typed(text: str) -> Iterator[_Piece]:
    """What makes a sign that somebody typed one that means nothing."""
    at = text.find("^[")
    while at >= 0:
        yield _Piece(at, typed("^[").removesuffix("^["))
        at = text.find("^[", at + 1)


def _put(call: Call, paragraphs: Sequence[ReadParagraph], *, accepted: bool) -> _Piece | None:
    """None in the view in which it is not."""
    if call.change and (call.change.kind in _PUT) != accepted:
        return None
    text, figures = "", list[tuple[int, int]]()
    for paragraph in paragraphs:
        said = paragraph.accepted if accepted else paragraph.original
        cut = len(said) - len(said.lstrip())
        start = len(text) + (1 if text and said.strip() else 0)
        text = f"{text} {said.strip()}".strip()
        if accepted:
            figures += [(a - cut + start, b - cut + start) for a, b in paragraph.figures if a >= cut]
    if not tidy(text):
        return None
    shifted = tuple((2 + len(inside(text[:a])), 2 + len(inside(text[:b]))) for a, b in figures)
    return _Piece(call.accepted if accepted else call.original, note(text), shifted)


def _filled(text: str, pieces: Sequence[_Piece]) -> str:
    places = [0, *(p.place for p in pieces), len(text)]
    between = [text[a:b] for a, b in pairwise(places)]
    return "".join(part + piece for part, piece in zip(between, [*(p.text for p in pieces), ""], strict=True))


def _moved(span: tuple[int, int], pieces: Sequence[_Piece]) -> tuple[int, int]:
    """A note after the last character of what is marked belongs to it, but not one before its first."""
    start, end = span
    return (
        start + sum(len(p.text) for p in pieces if p.place <= start),
        end + sum(len(p.text) for p in pieces if p.place < end),
    )


def _mark(mark: Mark, pieces: Sequence[_Piece]) -> Mark:
    start, end = _moved((mark.start, mark.end), pieces)
    return replace(mark, start=start, end=max(start, end))


def _figures(pieces: Sequence[_Piece]) -> Iterator[tuple[int, int]]:
    before = 0
    for piece in pieces:
        yield from ((a + piece.place + before, b + piece.place + before) for a, b in piece.figures)
        before += len(piece.text)


def _revisions(call: Call, paragraphs: Sequence[ReadParagraph]) -> Iterator[Revision]:
    if call.change:
        yield call.change
    for paragraph in paragraphs:
        yield from paragraph.revisions
