"""Every piece of words that a bulletin prints outside its tables, in reading order, under the id by which a reviewed file gives
it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.document.anchors import (
    detail_of,
    entry_of,
    heading_of,
    part_of,
    qualified,
    remark_of,
    subtitle_of,
    term_of,
    title_of,
)
from bulletin.document.blocks import (
    Block,
    Box,
    BulletList,
    Contents,
    Definition,
    Definitions,
    Figure,
    KeyFigure,
    KeyFigures,
    Notice,
    Paragraph,
    Table,
)
from bulletin.document.footnotes import footnotes_in
from bulletin.document.inline import Inlines, Literal, NoteMark, Text, plain
from bulletin.document.tree import Cover, Document, Manuscript, Section
from bulletin.model.issued import BlockKind
from bulletin.model.locale import NO_BREAK

MARK = "○" + NO_BREAK
"""Before the words that say that figures are illustrative."""


@dataclass(frozen=True)
class Piece:
    id: str
    kind: BlockKind
    content: Inlines
    section: str = ""


def pieces(document: Document | Manuscript) -> Iterator[Piece]:
    """Those without words are left out."""
    yield from (p for p in _all(document) if plain(p.content))


def _all(document: Document | Manuscript) -> Iterator[Piece]:
    yield from (Piece(name, "fixed", (Text(words),)) for name, words in cover_lines(document.cover))
    for section in document.sections:
        yield from _section(section)


def cover_lines(cover: Cover) -> tuple[tuple[str, str], ...]:
    """Publisher and partners stand in the foot of the page."""
    banner = (("cover.banner", cover.banner), ("cover.status", cover.banner_text)) if cover.banner else ()
    return (
        *banner,
        ("cover.country", cover.country),
        ("cover.year", cover.year),
        ("cover.title", cover.title),
        ("cover.subtitle", cover.subtitle),
        ("cover.edition", cover.edition),
    )


def _section(section: Section) -> Iterator[Piece]:
    name = section.id
    yield Piece(heading_of(name), "heading", section.title, name)
    opening = section.opening
    if opening:
        if opening.lede:
            yield Piece(opening.lede.id, "text", opening.lede.content, name)
            yield from _footnotes(opening.lede, name)
        if opening.figures:
            yield Piece(title_of(f"{name}.figures"), "fixed", (Text(opening.figures_title),), name)
        for figure in opening.figures:
            yield from _key_figure(figure, name, name)
        if opening.notice:
            yield Piece(opening.notice.id, "fixed", opening.notice.content, name)
        named = [inner for inner in section.sections if plain(inner.title)]
        if named:
            yield Piece(title_of(f"{name}.sections"), "fixed", (Text(opening.sections_title),), name)
        yield from (Piece(entry_of(inner.id), "fixed", inner.title, name) for inner in named)
    for block in section.blocks:
        yield from _block(block, name)
    for inner in section.sections:
        yield from _section(inner)


def _block(block: Block, section: str) -> Iterator[Piece]:
    match block:
        case Paragraph():
            yield Piece(block.id, "fixed" if block.role == "gap" else "text", block.content, section)
            yield from _footnotes(block, section)
        case BulletList():
            for point in block.items:
                yield Piece(point.id, "item", point.content, section)
                yield from _footnotes(point, section)
        case Notice():
            yield Piece(block.id, "fixed", block.content, section)
        case KeyFigures():
            for figure in block.items:
                yield from _key_figure(figure, block.id, section)
        case Table():
            yield from _exhibit(block, block.headnote, section)
        case Figure():
            yield from _exhibit(block, block.subtitle, section)
        case Box():
            yield Piece(block.id, "heading", block.title, section)
            for inner in block.blocks:
                yield from _block(inner, section)
        case Definitions():
            if block.title:
                yield Piece(title_of(block.id), "fixed", (Text(block.title),), section)
            for item in block.items:
                yield from _definition(item, block, section)
        case Contents():
            yield Piece(title_of(block.id), "fixed", (Text(block.title),), section)


def _footnotes(paragraph: Paragraph, section: str) -> Iterator[Piece]:
    return (Piece(note.id, "note", note.content, section) for note in footnotes_in((paragraph,)) if not note.added)


def _exhibit(block: Table | Figure, subtitle: Inlines, section: str) -> Iterator[Piece]:
    yield Piece(block.id, "title", block.title, section)
    if block.illustrative:
        yield Piece(remark_of(block.id), "fixed", (Text(illustrative(block.illustrative)),), section)
    yield Piece(subtitle_of(block.id), "fixed", subtitle, section)
    parent = (block.part_of if isinstance(block, Table) else "") or block.id
    yield from (Piece(qualified(parent, n.id), "note", without_mark(n.content)[1], section) for n in block.notes)


def illustrative(words: str) -> str:
    return MARK + words.removeprefix("○").strip()


def without_mark(content: Inlines) -> tuple[Inlines, Inlines]:
    """The mark that a note explains, with the blank after it, and the note's own words."""
    if not content or not isinstance(content[0], NoteMark):
        return (), content
    match content[1:2]:
        case (Text(text),) if text.startswith(NO_BREAK):
            rest = text.removeprefix(NO_BREAK)
            return (content[0], Text(NO_BREAK)), (*((Text(rest),) if rest else ()), *content[2:])
        case _:
            return content[:1], content[1:]


def _definition(item: Definition, block: Definitions, section: str) -> Iterator[Piece]:
    name = qualified(block.id, item.id)
    yield Piece(term_of(name), "fixed", headed(item) if block.layout == "sheets" else item.term, section)
    yield Piece(name, "fixed", item.content, section)
    for position, detail in enumerate(item.details, 1):
        yield Piece(detail_of(name, position), "fixed", detail.content, section)


def headed(item: Definition) -> Inlines:
    """The term, and its code where it has one."""
    return (*item.term, Text("  "), Literal(item.code, "code")) if item.code and item.term else item.term


def _key_figure(item: KeyFigure, parent: str, section: str) -> Iterator[Piece]:
    name = qualified(parent, item.id)
    said: tuple[tuple[str, Inlines], ...] = (
        (name, (Text(item.label),)),
        (part_of(name, "value"), item.value),
        (part_of(name, "unit"), (Text(item.unit),)),
        (part_of(name, "when"), (Text(item.when),)),
        (remark_of(name), (Text(illustrative(item.illustrative)),) if item.illustrative else ()),
        (part_of(name, "series"), (Text(item.no_series),)),
        (part_of(name, "change"), item.change),
        (part_of(name, "since"), item.since if item.change else ()),
    )
    yield from (Piece(part, "fixed", content, section) for part, content in said)
