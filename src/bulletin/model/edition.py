"""One edition: identity, years, languages, status, and what it declares about sources and findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bulletin.limits import PRINTED_ROWS
from bulletin.model.country import Supply
from bulletin.model.disclosure import Disclosure
from bulletin.model.finding import Severity
from bulletin.model.geometry import Boundaries
from bulletin.model.text import MESSAGES, LocalText


@dataclass(frozen=True)
class Years:
    first: int
    last: int


@dataclass(frozen=True)
class SourceRef:
    """A source as printed: who, what, when."""

    id: str
    short: LocalText
    """For source lines: `INSS, Relatório e Contas 2022`."""
    full: LocalText
    """For the list of sources."""
    institution: str = ""
    series: Literal["national", "international"] = "national"
    """`international`: an international organisation publishes the figures for the country (ILO, World Bank, United Nations)."""
    published: bool = False
    """Its figures are public already: they are never hidden, and everybody is taken to know them."""


@dataclass(frozen=True)
class Preference:
    """Which source counts when several give the same figure."""

    indicator: str
    order: tuple[str, ...]
    """Source ids, best first."""


@dataclass(frozen=True)
class Waiver:
    rule: str
    key: str
    reason: LocalText
    role: str | LocalText
    """Function of the person who accepts it, never a name; one text for all languages or one per language."""
    date: str
    expires: str = ""
    """Edition id after which it no longer holds; empty: with this edition."""


@dataclass(frozen=True)
class RevisionReason:
    """Why figures differ from those of the edition before."""

    key: str
    """Key of an observation, an indicator, or a key with `*` for any text: `GDP.*`, `PENSIONERS.MZ.scheme=INSS@2021`."""
    reason: LocalText
    kind: Literal["scheduled", "correction"] = "scheduled"
    """`scheduled`: later or better data, as announced; `correction`: an error was put right."""


@dataclass(frozen=True)
class Erratum:
    """A corrected issue of an edition that has been published."""

    id: str
    """Of the corrected issue: `<edition>-r1`."""
    corrects: str
    """Id of the sealed edition that it puts right."""
    reason: LocalText


@dataclass(frozen=True)
class Approval:
    """An institution accepts the figures and words of this edition, as they were when it read them."""

    institution: str
    """Id or acronym of an institution of the country."""
    role: str | LocalText
    """Function of the person who approves, never a name."""
    date: str
    build: str
    """Id of the contents approved, as `bulletin check` tells it; with other contents it no longer holds."""


@dataclass(frozen=True)
class DataFile:
    """How a data file departs from the canonical form; most need no entry."""

    file: str
    encoding: Literal["utf-8", "cp1252", "utf-16"] | None = None
    separator: Literal[",", ";", "\t"] | None = None
    decimal: Literal[",", "."] | None = None
    rows: int | None = None
    """How many rows the sender says there are, the heading not counted: a file cut short is refused."""
    hidden: Literal["read", "skip"] | None = None
    """Whether hidden rows and columns of a workbook count; without it they are an error."""


@dataclass(frozen=True)
class Collection:
    """What one institution is asked for, and until when."""

    institution: str
    """Id of one of the country's institutions, or as `sources.yaml` names it."""
    due: str = ""
    """ISO date; empty: no date agreed."""
    source: str = ""
    """Source id under which its form is read back; needed where several sources are the institution's."""
    supplies: tuple[Supply, ...] = ()
    """Instead of what the country's file says that it supplies."""
    contact: LocalText | None = None
    """Where the form goes back to; the edition's contact otherwise."""
    illustrative: bool = False
    """The figures in its form are invented to show the bulletin's form."""


@dataclass(frozen=True)
class Licence:
    """The licence under which everybody may use the edition, its tables and its data again."""

    name: str
    """As the SPDX list of licences has it: `CC-BY-4.0`."""
    title: LocalText | None = None
    """In words; without it the name is printed alone."""
    path: str = ""
    """Address of its text on the web."""


@dataclass(frozen=True)
class Edition:
    id: str
    country: str
    """ISO alpha-2."""
    year: int
    """Reference year, printed on the cover."""
    years: Years
    """Years of the tables."""
    release_date: str
    """ISO date; every date in the files comes from it."""
    status: Literal["draft", "validation", "final"]
    languages: tuple[str, ...]
    publisher: LocalText
    number: str = ""
    """Roman numeral as printed; empty: not printed."""
    partners: LocalText | None = None
    contact: LocalText | None = None
    reproduction: LocalText | None = None
    """Without it, and without a licence, what the language says of reproduction is printed."""
    licence: Licence | None = None
    reference_date: LocalText | None = None
    demonstration: bool = False
    """Prints the banner "demonstration edition, not official" on the cover."""
    layout: Literal["separate", "side-by-side"] = "separate"
    """One file for each language, or one for two languages with their blocks side by side and one set of tables and charts."""
    formats: tuple[Literal["pdf", "docx", "xlsx", "html", "data"], ...] = ("pdf", "docx")
    """What is made of every language: `xlsx`, a workbook of all tables; `html`, pages for the web; `data`, open data of the
    whole edition."""
    geo: Boundaries | None = None
    """Boundary file to be tried before those of the country."""
    charts: Literal["native", "picture"] = "picture"
    """In Word, unless the outline says otherwise of a chart: `native`, with data that can be edited there, or `picture`."""
    docx_pages: bool = False
    """Page numbers in the contents of the Word files, from a layout by LibreOffice; without it Word adds them (F9)."""
    longest_table: int = PRINTED_ROWS.most
    """Rows up to which a table is printed whole; of a longer one the first rows, and the whole in a workbook beside the bulletin."""
    messages: str = MESSAGES
    theme: str = "indico"
    outline: str = "standard"
    also: tuple[str, ...] = ()
    """Leaflets made of the same facts beside the bulletin: `[highlights]`. One alone is an `outline`."""
    prefer: tuple[Preference, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    approvals: tuple[Approval, ...] = ()
    """Of the institutions whose figures are published; a final edition that is no demonstration needs all of them."""
    revisions: tuple[RevisionReason, ...] = ()
    """Reasons why figures of the edition before are revised in this one; the first that fits counts."""
    files: tuple[DataFile, ...] = ()
    collect: tuple[Collection, ...] = ()
    """Institutions that send figures by collection form."""
    denominators: Mapping[str, str] = field(default_factory=dict)
    """Indicator to the one source that serves as its denominator, e.g. `POPULATION: INE-PROJ-2017`."""
    signs: str = ""
    """Preset of printed signs, from `config/signs.yaml`; empty: the country's."""
    title: LocalText | None = None
    subtitle: LocalText | None = None
    disclosure: Disclosure = field(default_factory=Disclosure)

    @property
    def unfinished(self) -> Severity:
        """How grave it is that something is not finished: texts missing, stale or unequal may wait while the edition is a draft."""
        return Severity.WARNING if self.status == "draft" else Severity.ERROR
