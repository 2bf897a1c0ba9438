"""What the search page reads: entries of the library in one language, as a script, because a page of a disk may read nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from bulletin.document.search import KINDS, Entry
from bulletin.write.site.pages import DOWNLOADS, country_page, guide_page, measure_page

if TYPE_CHECKING:
    from bulletin.document.guide import Guide
    from bulletin.write.site.markdown import Article
    from bulletin.write.site.markup import Shelf

INDEX = "search-index.js"
Shown: TypeAlias = tuple[str, int, str, bool]
"""Of an edition: code of the country, year, BCP 47 tag of the language of its entries (empty: the page's), whether it is a
demonstration."""
ELSEWHERE = "guide"
"""Stands for an edition of no country and year where the guide is in another language than the page."""


def index_of(shelf: Shelf, guide: Guide | None, lessons: Mapping[str, Article]) -> bytes:
    """`lessons`: the articles of the guide, by name."""
    tags = {t.language: t.tag for t in shelf.site.tongues}
    editions: dict[str, Shown] = {}
    if guide is not None and guide.language != shelf.language:
        editions[ELSEWHERE] = ("", 0, tags.get(guide.language, guide.language), False)
    entries = [*_library(shelf), *_guide(shelf, guide, lessons)]
    for edition in shelf.site.editions:
        language = next((n for n in (shelf.language, *edition.languages) if (edition.id, n) in shelf.site.entries), "")
        # of another language than the page only where the edition has no other
        tag = "" if language in ("", shelf.language) else tags.get(language, language)
        editions[edition.id] = (edition.country, edition.year, tag, edition.demonstration)
        entries += shelf.site.entries.get((edition.id, language), ())
    countries = {code: shelf.plain(name, code) for code, name in shelf.site.countries.items()}
    return search_index(entries, editions, countries)


def search_index(entries: Iterable[Entry], editions: Mapping[str, Shown], countries: Mapping[str, str]) -> bytes:
    """`countries`: code to name. Addresses are from the folder of the language; what many entries share stands once, and what is empty
    at the end of a row is left out."""
    order = list(editions)
    rows = [_row(e, order.index(e.edition) if e.edition else -1) for e in entries]
    held = {"countries": dict(countries), "editions": [list(editions[name]) for name in order], "rows": rows}
    return b"window.libraryIndex = " + json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode() + b";\n"


def _row(entry: Entry, edition: int) -> list[object]:
    shown = [KINDS.index(entry.kind), edition, entry.title, f"../{entry.address}", entry.about, entry.words]
    apart = [entry.mark, list(entry.codes), list(entry.countries), list(entry.years)]
    while apart and not apart[-1]:
        apart.pop()
    return [*shown, *apart]


def _library(shelf: Shelf) -> Iterator[Entry]:
    """Editions, indicators and packs; an edition as its own language has it."""
    site, here = shelf.site, shelf.language
    for edition in site.editions:
        place = shelf.plain(site.countries[edition.country], edition.country)
        title = _plain(shelf.plain(edition.title, f"{place} {edition.year}"))
        where = f"{here}/{country_page(edition.country)}#{edition.id}"
        yield Entry("edition", title, where, edition.id, "", _plain(shelf.plain(edition.publisher)))
    for measure in site.measures:
        holders = (*measure.countries, *measure.illustrated)
        places = [shelf.plain(site.countries[c], c) for c in holders]
        name = _plain(shelf.plain(measure.name, measure.id))
        said = _plain(shelf.plain(measure.definitions[0].text)) if measure.definitions else ""
        words = " ".join([measure.id.replace("_", " "), *places])
        codes = tuple(dict.fromkeys(code for text in (measure.sdg, measure.ilo, measure.id) for code in text.split()))
        where = f"{here}/{measure_page(measure)}"
        mark = shelf.locale.words["illustrative"] if measure.illustrated and not measure.countries else ""
        yield Entry("indicator", name, where, "", words, said, mark, codes, holders, measure.years)
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
