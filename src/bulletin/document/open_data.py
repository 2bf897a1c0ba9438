"""What the open data of an edition are made of: all its languages, the observations that it publishes, and what their codes mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bulletin.document.tree import Document
from bulletin.document.workbook import Sign
from bulletin.model.dataset import Observation
from bulletin.model.edition import Licence
from bulletin.model.indicator import Indicator
from bulletin.model.text import LocalText


@dataclass(frozen=True)
class Listed:
    """A code list, with the codes that are used."""

    name: str
    """Of the column: `sex`."""
    label: LocalText
    codes: tuple[tuple[str, LocalText], ...]


@dataclass(frozen=True)
class Place:
    """Where a printed figure stands among all that can be known."""

    indicator: str
    codes: tuple[str, ...]
    """Of every dimension, in the order of `DIMENSIONS`."""
    period: str
    unit: str
    operation: str
    """Empty: an observation as received; `derived`; else what was computed for print."""


@dataclass(frozen=True)
class OpenData:
    documents: tuple[Document, ...]
    """In the order of the edition's languages."""
    signs: Mapping[str, tuple[Sign, ...]]
    """By language."""
    observations: tuple[Observation, ...]
    """Those that are printed, by key; a hidden one has no value any more."""
    places: Mapping[str, Place]
    """By id of the facts that are printed."""
    decimals: Mapping[str, int]
    """With which an indicator is printed."""
    lists: tuple[Listed, ...]
    structure: str
    """Identifier of what the columns are, for SDMX: `SPB:MZ(1.0)`."""
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    """Those that are printed: what they measure goes with their codes."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What goes in as it is: the facts, and the schema that describes them."""
    licence: Licence | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(d.metadata.language for d in self.documents)

    def word(self, key: str) -> LocalText:
        return {d.metadata.language: d.words[key] for d in self.documents}
