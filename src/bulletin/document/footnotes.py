"""Notes in running text: their names, their numbers, and how they stay with the words they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bulletin.document.blocks import Block, Box, BulletList, Paragraph
from bulletin.document.inline import Emphasis, Footnote, Foreign, Inline, Inlines, Strong, Text, plain
from bulletin.document.tree import Section

_CONTEXT = (60, 30, 15, 6)
"""Characters before a note by which its place is found in other words; the longest that is found counts."""

Change = Callable[[Footnote], Footnote | None]


def footnotes(content: Inlines) -> Iterator[Footnote]:
    for piece in content:
        match piece:
            case Footnote():
                yield piece
            case Strong(inner) | Emphasis(inner) | Foreign(_, inner):
                yield from footnotes(inner)
            case _:
                pass


def footnotes_in(blocks: Iterable[object]) -> Iterator[Footnote]:
    """Of paragraphs and lists, boxes' included, as far as there are any."""
    for block in blocks:
        match block:
            case Paragraph():
                yield from footnotes(block.content)
            case BulletList():
                yield from footnotes_in(block.items)
            case Box():
                yield from footnotes_in(block.blocks)
            case _:
                pass


def notes_in(sections: Iterable[Section]) -> Iterator[Footnote]:
    """Of a whole edition, in reading order."""
    for section in sections:
        lede = section.opening.lede if section.opening else None
        yield from footnotes_in((lede, *section.blocks))
        yield from notes_in(section.sections)


def renoted(content: Inlines, change: Change) -> Inlines:
    """With each note as `change` gives it back; None takes it out."""
    out: list[Inline] = []
    for piece in content:
        match piece:
            case Footnote():
                found = change(piece)
                out += [found] if found is not None else []
            case Strong(inner):
                out.append(Strong(renoted(inner, change)))
            case Emphasis(inner):
                out.append(Emphasis(renoted(inner, change)))
            case Foreign(language, inner):
                out.append(Foreign(language, renoted(inner, change)))
            case _:
                out.append(piece)
    return tuple(out)


def without_footnotes(content: Inlines) -> Inlines:
    return renoted(content, lambda _: None)


def identified(section: Section) -> Section:
    """Each note named after its paragraph and counted in it: `coverage.level.note.1`."""

    def named(paragraph: Paragraph) -> Paragraph:
        names = iter(range(1, 1000))
        return _changed(paragraph, lambda note: replace(note, id=f"{paragraph.id}.note.{next(names)}"))

    return _on_paragraphs(section, named)


def counted(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Numbered from 1 through the whole edition, in reading order: a note is cited by its number alone."""
    numbers = iter(range(1, 100_000))

    def each(paragraph: Paragraph) -> Paragraph:
        return _changed(paragraph, lambda note: replace(note, number=str(next(numbers))))

    return tuple(_on_paragraphs(section, each) for section in sections)


def counted_together(first: Sequence[Section], second: Sequence[Section]) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """Two languages on one page: the notes of a paragraph, then those of the paragraph beside it, so that no number stands twice."""
    beside: dict[str, list[Footnote]] = {}

    def learnt(paragraph: Paragraph) -> Paragraph:
        beside[paragraph.id] = list(footnotes(paragraph.content))
        return paragraph

    for section in second:
        _on_paragraphs(section, learnt)
    numbers = iter(range(1, 100_000))
    others: dict[str, str] = {}

    def one(paragraph: Paragraph) -> Paragraph:
        found = _changed(paragraph, lambda note: replace(note, number=str(next(numbers))))
        others.update({note.id: str(next(numbers)) for note in beside.get(paragraph.id, ())})
        return found

    def two(paragraph: Paragraph) -> Paragraph:
        return _changed(paragraph, lambda note: replace(note, number=others.get(note.id, note.number)))

    numbered = tuple(_on_paragraphs(s, one) for s in first)
    return numbered, tuple(_on_paragraphs(s, two) for s in second)


def kept(old: Inlines, parts: Sequence[Inlines]) -> tuple[Inlines, ...]:
    """Other words for a paragraph, with the notes of the old ones: after the words that each followed, or else at the end."""
    found = list(parts)
    for note, before in _places(old):
        at, place = _place(before, found)
        found[at] = _inserted(found[at], place, note)
    return tuple(found)


def reworded(
    content: Inlines, words: Mapping[str, Inlines], gone: frozenset[str], parts: Mapping[str, Iterable[tuple[str, Inlines]]]
) -> Inlines:
    """With a reviewer's words for notes; what he parted stays one note."""

    def change(note: Footnote) -> Footnote | None:
        if note.id in gone:
            return None
        said = words.get(note.id, note.content)
        for _, more in parts.get(note.id, ()):
            said = (*said, Text(" "), *more)
        return replace(note, content=said)

    return renoted(content, change)


def _changed(paragraph: Paragraph, change: Change) -> Paragraph:
    if not any(True for _ in footnotes(paragraph.content)):
        return paragraph
    return replace(paragraph, content=renoted(paragraph.content, change))


def _on_paragraphs(section: Section, change: Callable[[Paragraph], Paragraph]) -> Section:
    def block(found: Block) -> Block:
        match found:
            case Paragraph():
                return change(found)
            case BulletList():
                return replace(found, items=tuple(change(item) for item in found.items))
            case Box():
                return replace(found, blocks=tuple(block(b) for b in found.blocks))  # type: ignore[misc]
            case _:
                return found

    opening = section.opening
    if opening and opening.lede:
        opening = replace(opening, lede=change(opening.lede))
    blocks = tuple(block(b) for b in section.blocks)
    return replace(section, opening=opening, blocks=blocks, sections=tuple(_on_paragraphs(s, change) for s in section.sections))


def _places(content: Inlines, before: str = "") -> Iterator[tuple[Footnote, str]]:
    """Each note with all words before it."""
    for piece in content:
        match piece:
            case Footnote():
                yield piece, before
            case Strong(inner) | Emphasis(inner) | Foreign(_, inner):
                yield from _places(inner, before)
            case _:
                pass
        before += plain((piece,))


def _place(before: str, parts: Sequence[Inlines]) -> tuple[int, int]:
    """Part and place in its words."""
    for length in _CONTEXT:
        said = before[-length:]
        for at, part in enumerate(parts):
            found = plain(part).find(said) if said.strip() else -1
            if found >= 0:
                return at, found + len(said)
    last = len(parts) - 1
    return last, len(plain(parts[last]))


def _inserted(content: Inlines, place: int, note: Footnote) -> Inlines:
    """A figure, a reference or marked words are not divided: the note stands after them."""
    out: list[Inline] = []
    at, waiting = 0, True
    for piece in content:
        length = len(plain((piece,)))
        if waiting and place <= at:
            if not isinstance(piece, Footnote):
                out.append(note)
                waiting = False
            out.append(piece)
        elif waiting and isinstance(piece, Text) and at < place < at + length:
            out += [Text(piece.text[: place - at]), note, Text(piece.text[place - at :])]
            waiting = False
        else:
            out.append(piece)
        at += length
    return (*out, note) if waiting else tuple(out)
