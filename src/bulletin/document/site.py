"""A library of editions: what is published of each, and the figures of each indicator side by side, never joined."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bulletin.document.guide import Guide
from bulletin.document.pack import Pack
from bulletin.document.search import Entry
from bulletin.document.web import Tongue
from bulletin.model.codes import ObsStatus
from bulletin.model.period import Period
from bulletin.model.text import LocalText


def is_same(text: LocalText, other: LocalText) -> bool:
    """Texts that are the same in one language are: in another the countries' orthographies may set them apart."""
    return any(text[language] == other.get(language) for language in text)


def is_alike(text: LocalText, other: LocalText) -> bool:
    """Texts that say the same in every language that both are in: only the countries' orthographies set them apart."""
    shared = [language for language in text if language in other]
    return all(_sounds(text[n]) == _sounds(other[n]) for n in shared) and (bool(shared) or text == other)


def _sounds(text: str) -> str:
    """What the spellings of before and after the agreement of 1990 have in common: `Protecção` and `proteção`, `anti-social` and
    `antissocial`."""
    letters = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"([rs])\1", r"\1", re.sub(r"[cp](?=[ct])|[\s-]", "", letters))


def commonest(texts: Sequence[LocalText]) -> LocalText:
    """In each language what most of them say, of as many the first."""
    languages = dict.fromkeys(language for text in texts for language in text)
    said = {language: [text[language] for text in texts if language in text] for language in languages}
    return {language: max(dict.fromkeys(those), key=those.count) for language, those in said.items()}


@dataclass(frozen=True)
class File:
    """A published file of an edition, as it lies in the library."""

    path: str
    """From the root of the library."""
    format: str
    language: str
    """Empty: for all."""
    bytes: int
    leaflet: bool = False

    @property
    def ending(self) -> str:
        """`PDF`."""
        return self.path.rpartition(".")[2].upper()


@dataclass(frozen=True)
class Edition:
    id: str
    country: str
    year: int
    status: str
    """`draft`, `validation`, `final`."""
    release_date: str
    demonstration: bool
    languages: tuple[str, ...]
    title: LocalText
    country_name: LocalText
    """As the edition writes it."""
    publisher: LocalText
    banner: LocalText = field(default_factory=dict)
    """What its cover says of what it is not: empty for an edition that is final and official."""
    notice: LocalText = field(default_factory=dict)
    number: LocalText = field(default_factory=dict)
    files: tuple[File, ...] = ()
    """Those to download."""
    web: Mapping[str, str] = field(default_factory=dict)
    """Language to its first page, from the root of the library."""
    licence: str = ""
    """Address of the licence under which its data may be used, or its name; empty: it declares none."""
    data: bool = False
    """Whether its open data could be read: without them none of its figures stands in the library."""
    sealed: bool = False
    """A former edition of which the seal is kept, not its files."""
    corrects: str = ""
    corrections: tuple[LocalText, ...] = ()
    """Reasons."""


@dataclass(frozen=True)
class Value:
    """A figure as its edition publishes it."""

    text: str
    """Decimal in units of 1; empty: there is none."""
    decimals: int
    statuses: tuple[ObsStatus, ...]
    hidden: bool = False
    comment: LocalText = field(default_factory=dict)
    ref_date: str = ""
    former: tuple[tuple[str, str], ...] = ()
    """Earlier edition of the same country, and the other value that it printed for the same cell from the same source."""


@dataclass(frozen=True)
class Series:
    """Figures that may stand in one row: one edition, one place, one source, no break between them."""

    country: str
    edition: str
    place: str
    codes: tuple[tuple[str, str], ...]
    """Dimension and code, of those that are broken down, in the order of DIMENSIONS; the country itself is left out."""
    unit: str
    scale: int
    """Power of ten in which the edition prints it."""
    sources: tuple[str, ...]
    illustrative: bool
    part: int
    """0, or counted from 1 where breaks divide what would be one row."""
    outside: bool
    """An area of no country, to compare with: the world."""
    values: Mapping[str, Value]
    """By period."""
    quoted: tuple[str, ...] = ()
    """Of an area of no country: the editions that quote it so, this one among them."""


@dataclass(frozen=True)
class Board:
    """A table of an indicator: rows that are broken down alike, periods of one length."""

    by: tuple[str, ...]
    """Dimensions that are broken down; empty: whole countries."""
    outside: bool
    months: int
    """Length of the periods."""
    periods: tuple[str, ...]
    """In time; those in which some row has a figure or a sign."""
    rows: tuple[Series, ...]


@dataclass(frozen=True)
class Said:
    """Something that not all editions say alike."""

    text: LocalText
    editions: tuple[str, ...]
    """Those that say it."""


@dataclass(frozen=True)
class Measure:
    """An indicator, with all that the editions publish of it."""

    id: str
    name: LocalText
    theme: str
    """Of the shipped catalogue; empty: an indicator of a country's own."""
    definitions: tuple[Said, ...]
    limits: tuple[Said, ...]
    units: tuple[str, ...]
    time_basis: str
    """`stock`, `flow`, `cumulative`, `average`; empty: not said."""
    series: str
    """`national`, `international`, or empty."""
    sdg: str
    ilo: str
    boards: tuple[Board, ...]

    @property
    def countries(self) -> tuple[str, ...]:
        """Those with a figure that is not illustrative, in the order of their rows."""
        return tuple(dict.fromkeys(row.country for row in self._figured() if not row.illustrative))

    @property
    def illustrated(self) -> tuple[str, ...]:
        """Those whose figures are all illustrative."""
        real = self.countries
        return tuple(dict.fromkeys(row.country for row in self._figured() if row.country not in real))

    def periods(self, country: str = "") -> tuple[frozenset[str], frozenset[str]]:
        """Those in which a country, or any of them, has a figure; and those of years in which all its figures are illustrative."""
        rows = [row for row in self._figured() if country in ("", row.country)]
        real, unreal = (
            frozenset(p for row in rows if row.illustrative is kind for p, value in row.values.items() if value.text)
            for kind in (False, True)
        )
        years = {Period.parse(p).year for p in real}
        return real, frozenset(p for p in unreal if Period.parse(p).year not in years)

    @property
    def years(self) -> tuple[int, ...]:
        """Those of its figures, illustrative or not, in time."""
        return tuple(sorted({Period.parse(p).year for found in self.periods() for p in found}))

    def _figured(self) -> Iterator[Series]:
        """Rows of countries with a figure."""
        for board in self.boards:
            yield from (row for row in board.rows if not row.outside and any(v.text for v in row.values.values()))


@dataclass(frozen=True)
class Site:
    tongues: tuple[Tongue, ...]
    """Languages of the pages, in the order in which they are offered."""
    languages: Mapping[str, str]
    """All that an edition has, to what their speakers call them."""
    countries: Mapping[str, LocalText]
    """Code to name, of the countries with an edition."""
    editions: tuple[Edition, ...]
    """By country, the newest first."""
    measures: tuple[Measure, ...]
    themes: tuple[str, ...]
    """In the order of the bulletin."""
    names: Mapping[tuple[str, str, str], LocalText]
    """Edition, code list, code to name: `(boletim-2024, source, INE)`. Lists are named after their column, in small letters."""

    currencies: Mapping[str, LocalText] = field(default_factory=dict)
    """Country to the noun of its money, in the plural."""
    guides: tuple[Guide, ...] = ()
    """By language, in the order of preference for languages that have none."""
    packs: tuple[Pack, ...] = ()
    entries: Mapping[tuple[str, str], tuple[Entry, ...]] = field(default_factory=dict)
    """Edition and language to what can be looked for in it."""
    address: str = ""
    """Where it is published: `https://example.org/library`, without a slash at its end. Empty: not known, so that every address in it
    is relative."""

    def edition(self, name: str) -> Edition:
        return next(e for e in self.editions if e.id == name)

    def named(self, edition: str, listed: str, code: str) -> LocalText:
        return self.names.get((edition, listed, code), {})

    def editions_of(self, country: str) -> tuple[Edition, ...]:
        return tuple(e for e in self.editions if e.country == country)
