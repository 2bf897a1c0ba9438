"""Texts of a tree replaced, taken out, parted, moved and added, by id of their block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bulletin.document.anchors import heading_of, qualified
from bulletin.document.blocks import Block, Box, BulletList, Figure, Note, Paragraph, Table
from bulletin.document.footnotes import footnotes, footnotes_in, reworded
from bulletin.document.inline import Inlines
from bulletin.document.pieces import without_mark
from bulletin.document.tree import Section

Part = tuple[str, Inlines]
"""Id and words."""


@dataclass(frozen=True)
class Rewrite:
    words: Mapping[str, Inlines] = field(default_factory=dict)
    """Id of a paragraph, item, note or heading, of a table, figure or box (its title), to its new words."""
    gone: frozenset[str] = frozenset()
    """What followed them stays."""
    moved: frozenset[str] = frozenset()
    """No longer at their place: they stand in `after`, and what follows them goes with them."""
    parts: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    """Further paragraphs into which a text is parted."""
    after: Mapping[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    """Id to the paragraphs that stand after the block; after the id of a section or its heading, at its head. In a list they are
    items."""
    labels: tuple[str, str] = ("", "")
    """Before one note under a table or chart, and before several."""


def texts_of(sections: Sequence[Section]) -> dict[str, Inlines]:
    """Id to words of all that `rewritten` can reword, in reading order; notes without their marks. Ids are those of the bookmarks in
    a Word file."""
    return dict(_texts(sections))


def rewritten(sections: Sequence[Section], changes: Rewrite) -> tuple[Section, ...]:
    """A list, box or section that loses all it had is left out."""
    found = (_section(section, changes) for section in sections)
    return tuple(s for s in found if s is not None)


def _texts(sections: Sequence[Section]) -> Iterator[Part]:
    for section in sections:
        yield heading_of(section.id), section.title
        if section.opening and section.opening.lede:
            yield from _texts_in(section.opening.lede)
        for block in section.blocks:
            yield from _texts_in(block)
        yield from _texts(section.sections)


def _texts_in(block: Block) -> Iterator[Part]:
    match block:
        case Paragraph():
            yield block.id, block.content
            yield from ((note.id, note.content) for note in footnotes_in((block,)))
        case BulletList():
            for item in block.items:
                yield from _texts_in(item)
        case Table() | Figure():
            yield block.id, block.title
            yield from ((qualified(block.id, note.id), without_mark(note.content)[1]) for note in block.notes)
        case Box():
            yield block.id, block.title
            for inner in block.blocks:
                yield from _texts_in(inner)
        case _:
            pass


def _section(section: Section, changes: Rewrite) -> Section | None:
    head: list[Block] = []
    opening = section.opening
    if opening and opening.lede:
        first, *rest = _paragraph(opening.lede, changes) or (None,)
        kept = first is not None and first.id == opening.lede.id
        opening = replace(opening, lede=first if kept else None)
        head += rest if kept else [p for p in (first, *rest) if p is not None]
    blocks = [b for block in section.blocks for b in _block(block, changes)]
    leads = 1 if section.blocks and isinstance(section.blocks[0], Paragraph) and section.blocks[0].role == "lede" else 0
    at = len(_block(section.blocks[0], changes)) if leads else 0
    blocks[at:at] = (*_followers(section.id, changes), *_followers(heading_of(section.id), changes))
    inner = rewritten(section.sections, changes)
    if not (head or blocks or inner) and (section.blocks or section.sections):
        return None
    title = changes.words.get(heading_of(section.id), section.title)
    return replace(section, title=title, opening=opening, blocks=(*head, *blocks), sections=inner)


def _block(block: Block, changes: Rewrite) -> tuple[Block, ...]:
    match block:
        case Paragraph():
            return _paragraph(block, changes)
        case BulletList():
            items = tuple(p for item in block.items for p in _paragraph(item, changes))
            kept: tuple[Block, ...] = (replace(block, items=items),) if items else ()
            return (*kept, *_followers(block.id, changes))
        case Table() | Figure():
            followers = [
                p for name in (block.id, *(qualified(block.id, n.id) for n in block.notes)) for p in _followers(name, changes)
            ]
            title = changes.words.get(block.id, block.title)
            return (replace(block, title=title, notes=_notes(block, changes)), *followers)
        case Box():
            inner = tuple(b for found in block.blocks for b in _block(found, changes) if isinstance(b, (Paragraph, BulletList)))
            title = changes.words.get(block.id, block.title)
            boxed: tuple[Block, ...] = (replace(block, title=title, blocks=inner),) if inner else ()
            return (*boxed, *_followers(block.id, changes))
        case _:
            return (block, *_followers(block.id, changes))


def _paragraph(paragraph: Paragraph, changes: Rewrite) -> tuple[Paragraph, ...]:
    if paragraph.id in changes.moved:
        return ()
    said = () if paragraph.id in changes.gone else _parted(paragraph, changes)
    noted = (p for note in footnotes(paragraph.content) for p in _followers(note.id, changes))
    return (*said, *noted, *_followers(paragraph.id, changes))


def _parted(paragraph: Paragraph, changes: Rewrite) -> tuple[Paragraph, ...]:
    first, *further = _pieces(paragraph, changes)
    return (first, *(p for part in further for p in (part, *_followers(part.id, changes))))


def _pieces(paragraph: Paragraph, changes: Rewrite) -> tuple[Paragraph, ...]:
    """The paragraph and those into which it was split."""
    words = changes.words.get(paragraph.id, paragraph.content)
    further = (Paragraph(name, _noted(words, changes)) for name, words in changes.parts.get(paragraph.id, ()))
    return (replace(paragraph, content=_noted(words, changes)), *further)


def _noted(content: Inlines, changes: Rewrite) -> Inlines:
    return reworded(content, changes.words, changes.gone, changes.parts)


def _followers(block: str, changes: Rewrite) -> tuple[Paragraph, ...]:
    """What stands after the block, each with what stands after it: new paragraphs make long chains, hence no recursion."""
    found: list[Paragraph] = []
    waiting = [(p, True) for p in reversed(changes.after.get(block, ()))]
    while waiting:
        paragraph, whole = waiting.pop()
        parts = _pieces(paragraph, changes) if whole else (paragraph,)
        found.append(parts[0])
        waiting += [(p, True) for p in reversed(changes.after.get(paragraph.id, ()))]
        waiting += [(part, False) for part in reversed(parts[1:])]
    return tuple(found)


def _notes(block: Table | Figure, changes: Rewrite) -> tuple[Note, ...]:
    """A label goes on to the next note where its own is taken out; the mark to which cells refer stays."""
    found: list[Note] = []
    label = ""
    for note in block.notes:
        name = qualified(block.id, note.id)
        if name in changes.gone:
            label = note.label or label
            continue
        mark, words = without_mark(note.content)
        found.append(replace(note, label=note.label or label, content=(*mark, *changes.words.get(name, words))))
        found += [Note(part, "", more) for part, more in changes.parts.get(name, ())]
        label = ""
    return tuple(_counted(found, changes.labels)) if len(found) != len(block.notes) else tuple(found)


def _counted(notes: Sequence[Note], labels: tuple[str, str]) -> Iterator[Note]:
    """`Nota` and `Notas` as there are one or several."""
    for at, note in enumerate(notes):
        several = at + 1 < len(notes) and not notes[at + 1].label
        yield replace(note, label=labels[several]) if note.label in labels and note.label else note
