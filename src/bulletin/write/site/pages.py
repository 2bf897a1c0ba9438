"""Which pages a library has, the same in every language, and where they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletin.document.guide import Guide
    from bulletin.document.site import Measure, Site

START = "index.html"
"""The page before all languages, in the root; the first of a language has the same name in its folder."""
CATALOGUE, INDICATORS = "index.html", "indicators.html"
GUIDE, DOWNLOADS, SEARCH = "guide.html", "downloads.html", "search.html"

MENU = (
    (CATALOGUE, "site_catalogue"),
    (INDICATORS, "site_indicators"),
    (GUIDE, "site_guide"),
    (DOWNLOADS, "site_downloads"),
    (SEARCH, "site_search"),
)
"""Pages that every page leads to, with the word that names them; a page is one of them or stands below one."""


@dataclass(frozen=True)
class Page:
    name: str
    """Of the file, in the folder of the language."""
    template: str
    section: str
    """The page of the menu that it is, or stands below."""
    given: Mapping[str, object] = field(default_factory=dict)
    """For the template, beside what all pages have."""


def pages_of(site: Site) -> tuple[Page, ...]:
    return tuple(page for make in PAGES for page in make(site))


def menu_of(site: Site) -> tuple[tuple[str, str], ...]:
    """Of the pages that there are."""
    names = {page.name for page in pages_of(site)}
    return tuple((name, key) for name, key in MENU if name in names)


def _catalogue(site: Site) -> Iterator[Page]:
    yield Page(CATALOGUE, "catalogue.html.j2", CATALOGUE)


def _countries(site: Site) -> Iterator[Page]:
    for code in site.countries:
        yield Page(country_page(code), "country.html.j2", CATALOGUE, {"code": code})


def _indicators(site: Site) -> Iterator[Page]:
    yield Page(INDICATORS, "indicators.html.j2", INDICATORS)
    for measure in site.measures:
        yield Page(measure_page(measure), "indicator.html.j2", INDICATORS, {"measure": measure})


def _guide(site: Site) -> Iterator[Page]:
    for guide in site.guides[:1]:
        for number, page in enumerate(guide.pages):
            yield Page(guide_page(page.name, guide), "guide.html.j2", GUIDE, {"number": number})


def _downloads(site: Site) -> Iterator[Page]:
    if site.packs:
        yield Page(DOWNLOADS, "downloads.html.j2", DOWNLOADS)


def _search(_: Site) -> Iterator[Page]:
    yield Page(SEARCH, "search.html.j2", SEARCH)


PAGES: tuple[Callable[[Site], Iterator[Page]], ...] = (_catalogue, _countries, _indicators, _guide, _downloads, _search)
"""Everything that is written in each language."""


def guide_page(name: str, guide: Guide) -> str:
    return GUIDE if name == guide.pages[0].name else f"guide-{name}.html"


def country_page(code: str) -> str:
    return f"country-{_named(code)}.html"


def measure_page(measure: Measure) -> str:
    return f"indicator-{_named(measure.id)}.html"


def _named(code: str) -> str:
    """As a part of a file's name on any system; codes hold capitals, digits and low lines, which stay apart."""
    return re.sub(r"[^a-z0-9_]+", "-", code.lower())
