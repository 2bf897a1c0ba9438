"""Which pages a library has, the same in every language, and where they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletin.document.site import Measure, Site

START = "index.html"
"""The page before all languages, in the root; the first of a language has the same name in its folder."""
CATALOGUE, INDICATORS = "index.html", "indicators.html"

MENU = ((CATALOGUE, "site_catalogue"), (INDICATORS, "site_indicators"))
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


def _catalogue(site: Site) -> Iterator[Page]:
    yield Page(CATALOGUE, "catalogue.html.j2", CATALOGUE)


def _countries(site: Site) -> Iterator[Page]:
    for code in site.countries:
        yield Page(country_page(code), "country.html.j2", CATALOGUE, {"code": code})


def _indicators(site: Site) -> Iterator[Page]:
    yield Page(INDICATORS, "indicators.html.j2", INDICATORS)
    for measure in site.measures:
        yield Page(measure_page(measure), "indicator.html.j2", INDICATORS, {"measure": measure})


PAGES: tuple[Callable[[Site], Iterator[Page]], ...] = (_catalogue, _countries, _indicators)
"""Everything that is written in each language."""


def country_page(code: str) -> str:
    return f"country-{_named(code)}.html"


def measure_page(measure: Measure) -> str:
    return f"indicator-{_named(measure.id)}.html"


def _named(code: str) -> str:
    """As a part of a file's name on any system; codes hold capitals, digits and low lines, which stay apart."""
    return re.sub(r"[^a-z0-9_]+", "-", code.lower())
