"""A country: its names, orthography, places with article and order, institutions with dates of validity, currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bulletin.model.geometry import Boundaries
from bulletin.model.text import LocalText


@dataclass(frozen=True)
class PlaceName:
    """A country or one of its subdivisions."""

    code: str
    """ISO 3166-1 or 3166-2; `x-…` where ISO has none."""
    name: LocalText
    """As a label: `Cidade de Maputo`."""
    inside: LocalText | None = None
    """As written inside a sentence when it differs: `cidade de Maputo`."""
    article: LocalText = field(default_factory=dict)
    """Language to the class of noun in its pack: *no Niassa* is `pt: m`; `typed` says the kind first (*na região de Oio*). A language
    that is not named sets no article (*em Gaza*)."""
    kind: LocalText | None = None
    """`província`, `province`."""
    aliases: tuple[str, ...] = ()
    tile: tuple[int, int] | None = None
    """Column and row in the tile grid."""
    valid_from: str = ""
    valid_to: str = ""

    def is_valid(self, year: str) -> bool:
        return (not self.valid_from or self.valid_from[:4] <= year) and (not self.valid_to or year <= self.valid_to[:4])


@dataclass(frozen=True)
class Supply:
    """Figures that an institution is responsible for."""

    indicators: tuple[str, ...] = ()
    """Ids; a final `*` stands for any ending. Empty: all indicators."""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Dimension to the codes it covers; dimensions not named are covered whole."""


@dataclass(frozen=True)
class Institution:
    id: str
    acronym: str
    name: LocalText
    role: LocalText | None = None
    valid_from: str = ""
    valid_to: str = ""
    supplies: tuple[Supply, ...] = ()
    """What its collection form asks. A cell goes to the first institution that covers it, those that name its indicator first."""


@dataclass(frozen=True)
class Currency:
    code: str
    noun: LocalText
    """Plural, as in *milhões de meticais*; in English the ISO code is set before the number."""
    scale: int = 6
    """Power of ten in which tables print money by default."""


@dataclass(frozen=True)
class Country:
    code: str
    """ISO 3166-1 alpha-2, upper case."""
    iso3: str
    place: PlaceName
    orthography: Literal["pre1990", "ao90"]
    currency: Currency
    fiscal_year: Literal["calendar", "july-june"]
    subdivisions: tuple[PlaceName, ...]
    """In official order."""
    subdivision_kind: Mapping[str, tuple[str, str]]
    """Language to singular and plural: `pt: (província, províncias)`."""
    institutions: tuple[Institution, ...]
    programmes: tuple[Institution, ...] = ()
    languages: tuple[str, ...] = ()
    """Languages a new project is offered beside Portuguese and English: *fr* in Guiné-Bissau, *tet* in Timor-Leste."""
    geo: tuple[Boundaries, ...] = ()
    """Boundary files, the one to be tried first first; none: maps are drawn as tiles."""
    signs: str = "default"
    """Preset of printed signs, from `config/signs.yaml`."""
    style: Mapping[str, Mapping[str, str | int]] | None = None
    """Language to what this country prints otherwise than the language pack: decimal, group, month case, …"""

    def place_of(self, code: str) -> PlaceName | None:
        return self.place if code == self.code else next((p for p in self.subdivisions if p.code == code), None)
