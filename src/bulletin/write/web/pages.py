"""Which pages a web edition has, what stands on each, and where a link to a block leads; the same in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bulletin.document.anchors import anchor
from bulletin.document.blocks import Box, BulletList, Contents, Definitions, KeyFigures
from bulletin.document.inline import plain
from bulletin.document.tree import Document, Section

INDEX = "index.html"
_RESERVED = frozenset({"index", "con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(10))})
"""Names that are taken, or that Windows gives no file."""


@dataclass(frozen=True)
class Page:
    name: str
    """Of the file."""
    section: Section

    @property
    def title(self) -> str:
        """`4 Segurança social básica`."""
        return " ".join(part for part in (self.section.number, plain(self.section.title)) if part)


def pages_of(document: Document) -> tuple[Page, ...]:
    """A page for each chapter; the contents are the first page of the edition, which is not among these."""
    taken = set(_RESERVED)
    found = []
    for section in document.sections:
        if is_contents(section):
            continue
        name = wanted = re.sub(r"[^a-z0-9]+", "-", section.id.lower()).strip("-") or "part"
        number = 2
        while name in taken:
            name, number = f"{wanted}-{number}", number + 1
        taken.add(name)
        found.append(Page(f"{name}.html", section))
    return tuple(found)


def is_contents(section: Section) -> bool:
    return bool(section.blocks) and not section.sections and all(isinstance(b, Contents) for b in section.blocks)


def addresses(pages: Sequence[Page]) -> Mapping[str, str]:
    """Id of everything a link may lead to, to the name of its page."""
    return {name: page.name for page in pages for name in _ids(page.section)}


def _ids(section: Section) -> Iterator[str]:
    yield section.id
    if section.opening and section.opening.lede:
        yield section.opening.lede.id
    for block in section.blocks:
        yield block.id
        match block:
            case Box(blocks=inner):
                yield from (b.id for b in inner)
            case BulletList(items=items) | KeyFigures(items=items) | Definitions(items=items):
                yield from (item.id for item in items)
            case _:
                pass
    for part in section.sections:
        yield from _ids(part)


def address(target: str, known: Mapping[str, str], here: str) -> str:
    """From the page `here`; what stands on no page leads to the contents."""
    page = known.get(target)
    if page is None:
        return INDEX
    return f"{'' if page == here else page}#{anchor(target)}"
