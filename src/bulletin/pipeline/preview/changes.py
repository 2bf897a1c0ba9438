"""Which blocks of a web edition say something else than before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bulletin.document.blocks import Box, BulletList, Definitions, KeyFigures
from bulletin.document.tree import Section, walk
from bulletin.document.web import Web


def changed_blocks(before: Mapping[str, Web], now: Mapping[str, Web]) -> dict[str, tuple[str, ...]]:
    """Language to the ids of blocks that are new or other, the smallest parts that have an id, in reading order."""
    return {language: _changed(before[language], web) for language, web in now.items() if language in before}


def _changed(before: Web, now: Web) -> tuple[str, ...]:
    known = {(name, type(part)): part for name, part in _parts(before.document.sections)}  # a section may be called as its table
    found = (name for name, part in _parts(now.document.sections) if known.get((name, type(part))) != part)
    return tuple(dict.fromkeys(found))


def _parts(sections: tuple[Section, ...]) -> Iterator[tuple[str, object]]:
    """Id and content of every part that says something of its own, in reading order."""
    for section in sections:
        yield section.id, (section.title, section.number)
        if section.opening and section.opening.lede:
            yield section.opening.lede.id, section.opening.lede
        for block in walk((replace(section, sections=()),)):
            match block:
                case BulletList(items=items) | KeyFigures(items=items) | Definitions(items=items):
                    yield from ((item.id, item) for item in items)
                case Box(title=title):
                    yield block.id, title
                case _:
                    yield block.id, block
        yield from _parts(section.sections)
