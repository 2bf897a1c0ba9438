"""Numbers of chapters, sections, tables, charts and maps, references to them, of footnotes, and the contents: the only way to a Document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from string import ascii_uppercase

from bulletin.document.alternatives import pointed
from bulletin.document.blocks import (
    Block,
    Box,
    BulletList,
    Contents,
    Definitions,
    Entry,
    Figure,
    KeyFigures,
    Notice,
    Paragraph,
    Table,
)
from bulletin.document.footnotes import counted
from bulletin.document.inline import Emphasis, Footnote, Foreign, Inline, Inlines, Reference, Strong, plain
from bulletin.document.tree import Document, Manuscript, Section


def numbered(manuscript: Manuscript) -> Document:
    """The same tree with numbers everywhere. Tables and charts count within their chapter: `Quadro 4.2`, `Quadro A.1`;
    those of an unnumbered chapter by themselves: `Gráfico 1`.

    Raises KeyError for a reference to a block that is not in the tree; compose has reported it.
    """
    words = manuscript.words
    sections = counted(_number_sections(manuscript.sections))
    labels: dict[str, str] = {}
    sections = tuple(_number_exhibits(s, words, labels) for s in sections)
    for section in sections:
        labels[section.id] = section.number
        labels.update({inner.id: inner.number for inner in section.sections})
    sections = pointed(tuple(_resolve(s, labels) for s in sections), words)
    entries = _entries(sections)
    return Document(manuscript.metadata, manuscript.cover, tuple(_fill_contents(s, entries) for s in sections), words)


def _number_sections(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    chapters = annexes = 0
    done = []
    for section in sections:
        number = ""
        match section.numbering:
            case "number":
                chapters += 1
                number = str(chapters)
            case "letter":
                number = ascii_uppercase[annexes]
                annexes += 1
            case "none":
                pass
        inner = tuple(replace(s, number=f"{number}.{i}" if number else "", running="") for i, s in enumerate(section.sections, 1))
        title = plain(section.title)
        done.append(replace(section, number=number, running=f"{number}\u2002{title}" if number else title, sections=inner))
    return tuple(done)


def _number_exhibits(section: Section, words: Mapping[str, str], labels: dict[str, str]) -> Section:
    counts: dict[str, int] = {}

    def label(kind: str, block_id: str) -> str:
        counts[kind] = counts.get(kind, 0) + 1
        number = f"{section.number}.{counts[kind]}" if section.number else str(counts[kind])
        labels[block_id] = f"{words[kind]}\u00a0{number}"
        return labels[block_id]

    def one(block: Block) -> Block:
        match block:
            case Table():
                found = label("table", block.id)
                return replace(block, label=found, continued=f"{found}\u2002{plain(block.title)} {words['continued']}")
            case Figure():
                return replace(block, label=label(block.series, block.id))
            case _:
                return block

    def walk(inner: Section) -> Section:
        blocks = tuple(one(b) for b in inner.blocks)
        return replace(inner, blocks=blocks, sections=tuple(walk(s) for s in inner.sections))

    return walk(section)


def _resolve(section: Section, labels: Mapping[str, str]) -> Section:
    def inlines(content: Inlines) -> Inlines:
        return tuple(inline(piece) for piece in content)

    def inline(piece: Inline) -> Inline:
        match piece:
            case Reference(target, _):
                return Reference(target, labels[target])
            case Strong(content):
                return Strong(inlines(content))
            case Emphasis(content):
                return Emphasis(inlines(content))
            case Footnote():
                return replace(piece, content=inlines(piece.content))
            case Foreign(language, content):
                return Foreign(language, inlines(content))
            case _:
                return piece

    def block(found: Block) -> Block:
        match found:
            case Paragraph() | Notice():
                return replace(found, content=inlines(found.content))
            case BulletList():
                return replace(found, items=tuple(replace(p, content=inlines(p.content)) for p in found.items))
            case Table() | Figure():
                notes = tuple(replace(n, content=inlines(n.content)) for n in found.notes)
                return replace(found, title=inlines(found.title), notes=notes)
            case Box():
                return replace(found, blocks=tuple(block(b) for b in found.blocks))  # type: ignore[misc]
            case Definitions():
                return replace(found, items=tuple(replace(d, content=inlines(d.content)) for d in found.items))
            case KeyFigures() | Contents():
                return found

    opening = section.opening
    if opening and opening.lede:
        opening = replace(opening, lede=replace(opening.lede, content=inlines(opening.lede.content)))
    return replace(
        section,
        opening=opening,
        blocks=tuple(block(b) for b in section.blocks),
        sections=tuple(_resolve(s, labels) for s in section.sections),
    )


def _entries(sections: tuple[Section, ...]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {"sections": [], "tables": [], "figures": [], "maps": []}

    def exhibits(section: Section) -> None:
        for block in section.blocks:
            match block:
                case Table():
                    found["tables"].append(Entry(block.id, block.label.rpartition("\u00a0")[2], block.title, 1))
                case Figure():
                    kind = "maps" if block.series == "map" else "figures"
                    found[kind].append(Entry(block.id, block.label.rpartition("\u00a0")[2], block.title, 1))
                case _:
                    pass
        for inner in section.sections:
            exhibits(inner)

    for section in sections:
        if any(isinstance(b, Contents) for b in section.blocks):
            continue
        found["sections"].append(Entry(section.id, section.number, section.title, 1))
        if section.number:
            found["sections"] += [Entry(s.id, s.number, s.title, 2) for s in section.sections if plain(s.title)]
        exhibits(section)
    return {kind: tuple(entries) for kind, entries in found.items()}


def _fill_contents(section: Section, entries: Mapping[str, tuple[Entry, ...]]) -> Section:
    blocks = tuple(replace(b, entries=entries[b.kind]) if isinstance(b, Contents) else b for b in section.blocks)
    kept = tuple(b for b in blocks if not isinstance(b, Contents) or b.entries)
    return replace(section, blocks=kept)
