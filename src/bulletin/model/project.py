"""Everything that configuration says, read and validated: what the stages after load work with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bulletin.model.codes import CodeList
from bulletin.model.concepts import ConceptColours
from bulletin.model.country import Country
from bulletin.model.edition import Edition, Erratum, SourceRef
from bulletin.model.finding import Place
from bulletin.model.geometry import Geometry
from bulletin.model.glossary import Term
from bulletin.model.indicator import Catalogue
from bulletin.model.leaflet import LeafletSpec
from bulletin.model.locale import Locale
from bulletin.model.metadata import MetadataItem
from bulletin.model.narration import Narration
from bulletin.model.outline import Outline
from bulletin.model.override import Reviewed
from bulletin.model.rule import RuleKind
from bulletin.model.theme import Picture, Theme
from bulletin.model.translation import Translated


@dataclass(frozen=True)
class ParagraphTemplate:
    """One paragraph of a narrative file, before its values are known."""

    id: str
    text: str
    place: Place
    """File and line of its first line."""
    own: bool
    """True: from the country's own `text/`, so orthography is left alone."""
    language: str = ""
    """Of another language that lends it to one that lacks it; empty: its own."""
    unconfirmed: str = ""
    """Edition from which the paragraph was carried over and in which nobody has confirmed it yet: it is not printed."""
    required: bool = False
    """`{#id required}`: reviewers may reword it, but not take it out."""


@dataclass(frozen=True)
class InputFile:
    path: str
    """Relative to the project, with forward slashes; shipped files begin with `shipped:`."""
    sha256: str


@dataclass(frozen=True)
class Project:
    root: Path
    edition: Edition
    country: Country
    catalogue: Catalogue
    codelists: Mapping[str, CodeList]
    """By dimension name in lower case (`sex`, `age`, `scheme`, `function`, `programme`, `ref_area`, `unit`)."""
    outline: Outline
    """After `add`, `omit`, `change` of the country."""
    locales: Mapping[str, Locale]
    """By language of the edition, the country's style applied."""
    narrative: Mapping[str, Mapping[str, tuple[ParagraphTemplate, ...]]]
    """Language, chapter id, paragraphs in print order, the country's own laid over the shipped ones."""
    patterns: Mapping[str, str]
    """Language to the source of its `patterns.md.j2`."""
    sources: Mapping[str, SourceRef]
    glossary: tuple[Term, ...]
    theme: Theme
    geometries: tuple[Geometry, ...]
    """Boundaries, those to be tried first first; none: the country is drawn as a tile grid."""
    messages: Mapping[str, Mapping[str, str]]
    """Language to rule to message."""
    inputs: tuple[InputFile, ...]
    erratum: Erratum | None = None
    """Set when this edition puts a published one right."""
    rules: Mapping[str, RuleKind] = field(default_factory=dict)
    """Kinds of rule by name, with their thresholds."""
    metadata: tuple[MetadataItem, ...] = ()
    """Headings of the reference metadata in the order in which they are printed."""
    narration: Narration = field(default_factory=Narration)
    colours: ConceptColours = field(default_factory=ConceptColours)
    lenders: Mapping[str, Locale] = field(default_factory=dict)
    """Language that is not complete to the one that lends it words."""
    translated: tuple[Translated, ...] = ()
    """The project's own texts in all their languages."""
    overrides: tuple[Reviewed, ...] = ()
    """Reviewers' wording for this edition."""
    leaflets: tuple[LeafletSpec, ...] = ()
    alone: bool = False
    """The edition consists of its leaflet, and the bulletin itself is not published."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """Logos and picture of the cover: `cover.logo.1`, `cover.picture`."""
    spelt: Mapping[str, str] = field(default_factory=dict)
    """Meaning of a sign to how workbooks and data spell it: `missing: "[x]"`."""
