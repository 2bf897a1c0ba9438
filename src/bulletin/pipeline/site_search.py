"""What can be looked for in an edition: its chapters, tables, charts and maps, where its web edition shows them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from bulletin.archive.published import Published
from bulletin.document.blocks import Figure, Table
from bulletin.document.from_json import document_of
from bulletin.document.inline import plain
from bulletin.document.search import Entry
from bulletin.document.tree import Document, Section, walk
from bulletin.write.web.pages import address, addresses, pages_of

_WORD = re.compile(r"[^\W\d_]{3,}")
WORDS = 40
"""Of a table at most, beyond its title."""


def entries(published: Iterable[Published]) -> dict[tuple[str, str], tuple[Entry, ...]]:
    """By edition and language, of the web editions in the library. What an earlier version of the program wrote and this one cannot read
    is left out: the edition itself is found all the same."""
    found = {}
    for one in published:
        for language, page in one.edition.web.items():
            try:
                document = document_of(json.loads(one.trees[language]))
            except (KeyError, ValueError):
                continue
            found[one.edition.id, language] = tuple(entries_of(document, one.edition.id, page))
    return found


def entries_of(document: Document, edition: str, first_page: str) -> Iterator[Entry]:
    """`first_page`: of the web edition in this language, from the root of the library."""
    pages = pages_of(document)
    folder = first_page.rpartition("/")[0]
    known = addresses(pages)
    for page in pages:
        section = page.section
        lede = plain(section.opening.lede.content) if section.opening and section.opening.lede else ""
        yield Entry("chapter", _plain(page.title), f"{folder}/{page.name}", edition, _others(page.title, [lede]), _short(lede))
        yield from _parts(section, edition, folder, known)


def _parts(section: Section, edition: str, folder: str, known: Mapping[str, str]) -> Iterator[Entry]:
    for part in section.sections:
        title = _plain(f"{part.number} {plain(part.title)}")
        if title:
            yield Entry("chapter", title, f"{folder}/{address(part.id, known, '')}", edition)
    for block in walk((section,)):
        match block:
            case Table(part=""):
                heads = [plain(block.stubhead), *(plain(c.head) for c in block.columns), *(plain(r.label) for r in block.rows)]
                named = _named(block)
                where = f"{folder}/{address(block.id, known, '')}"
                yield Entry(
                    "table", named, where, edition, _others(named, heads), _plain(plain(block.headnote)), block.illustrative
                )
            case Figure():
                kind = "map" if block.series == "map" else "figure"
                where = f"{folder}/{address(block.id, known, '')}"
                yield Entry(kind, _named(block), where, edition, "", _plain(plain(block.subtitle)), block.illustrative)
            case _:
                pass


def _named(exhibit: Table | Figure) -> str:
    return _plain(". ".join(part for part in (exhibit.label, plain(exhibit.title)) if part))


def _plain(text: str) -> str:
    """Without what only typesetting needs."""
    return " ".join(text.replace("\u2060", "").split())


def _others(title: str, texts: list[str]) -> str:
    """Words that the title does not have, each once."""
    said = set(_WORD.findall(title.casefold()))
    found: dict[str, str] = {}
    for word in (w for text in texts for w in _WORD.findall(text)):
        if word.casefold() not in said:
            found.setdefault(word.casefold(), word)
    return " ".join(list(found.values())[:WORDS])


def _short(text: str) -> str:
    """The first sentence."""
    return re.split(r"(?<=[.!?])\s", _plain(text), maxsplit=1)[0]
