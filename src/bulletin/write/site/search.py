"""What the search page reads: entries of the library in one language, as a script, because a page of a disk may read nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from bulletin.document.search import KINDS, Entry
from bulletin.write.site.pages import DOWNLOADS, country_page, guide_page, measure_page

if TYPE_CHECKING:
    from bulletin.document.guide import Guide
    from bulletin.write.site.markdown import Article
    from bulletin.write.site.markup import Shelf

INDEX = "search-index.js"
ELSEWHERE = "guide"
"""Stands for an edition of no country and year where the guide is in another language than the page."""


def index_of(shelf: Shelf, guide: Guide | None, lessons: Mapping[str, Article]) -> bytes:
    """`lessons`: the articles of the guide, by name."""
    tags = {t.language: t.tag for t in shelf.site.tongues}
    editions: dict[str, tuple[str, int, str]] = {}
    if guide is not None and guide.language != shelf.language:
        editions[ELSEWHERE] = ("", 0, tags.get(guide.language, guide.language))
    entries = [*_library(shelf), *_guide(shelf, guide, lessons)]
    for edition in shelf.site.editions:
        language = next((n for n in (shelf.language, *edition.languages) if (edition.id, n) in shelf.site.entries), "")
        place = shelf.plain(shelf.site.countries[edition.country], edition.country)
        # of another language than the page only where the edition has no other
        tag = "" if language in ("", shelf.language) else tags.get(language, language)
        editions[edition.id] = (place, edition.year, tag)
        entries += shelf.site.entries.get((edition.id, language), ())
    return search_index(entries, editions)


def search_index(entries: Iterable[Entry], editions: Mapping[str, tuple[str, int, str]]) -> bytes:
    """`editions`: id to name of the country, year and BCP 47 tag of the language of its entries, empty: the page's. Addresses are from
    the folder of the language; what many entries share stands once."""
    order = list(editions)
    rows = [
        [KINDS.index(e.kind), order.index(e.edition) if e.edition else -1, e.title, f"../{e.address}", e.about, e.words]
        for e in entries
    ]
    held = {"editions": [list(editions[name]) for name in order], "rows": rows}
    return b"window.libraryIndex = " + json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode() + b";\n"


def _library(shelf: Shelf) -> Iterator[Entry]:
    """Editions, indicators and packs; an edition as its own language has it."""
    site, here = shelf.site, shelf.language
    for edition in site.editions:
        place = shelf.plain(site.countries[edition.country], edition.country)
        title = _plain(shelf.plain(edition.title, f"{place} {edition.year}"))
        where = f"{here}/{country_page(edition.country)}#{edition.id}"
        yield Entry("edition", title, where, edition.id, "", _plain(shelf.plain(edition.publisher)))
    for measure in site.measures:
        places = [shelf.plain(site.countries[c], c) for c in (*measure.countries, *measure.illustrated)]
        name = _plain(shelf.plain(measure.name, measure.id))
        said = _plain(shelf.plain(measure.definitions[0].text)) if measure.definitions else ""
        words = " ".join([measure.id, measure.sdg, measure.ilo, *places])
        yield Entry("indicator", name, f"{here}/{measure_page(measure)}", "", words, said)
    for pack in site.packs:
        held = " ".join(f"{form.acronym} {shelf.plain(form.institution)}" for form in pack.forms)
        title = f"{shelf.locale.words['site_pack']}: {shelf.plain(pack.country_name, pack.country)}"
        yield Entry("pack", title, f"{here}/{DOWNLOADS}#{pack.country.lower()}", "", held)


def _guide(shelf: Shelf, guide: Guide | None, lessons: Mapping[str, Article]) -> Iterator[Entry]:
    if guide is None:
        return
    apart = ELSEWHERE if guide.language != shelf.language else ""
    for page in guide.pages:
        made = lessons[page.name]
        heads = " ".join(h.title for h in made.heads)
        yield Entry("guide", page.title, f"{shelf.language}/{guide_page(page.name, guide)}", apart, heads, made.words)


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2060", "").split())
