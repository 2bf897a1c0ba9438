"""What a web edition in one language is made of: its tree, the other languages, and the places that can be followed through it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bulletin.document.blocks import Table
from bulletin.document.tree import Document
from bulletin.document.workbook import Sign


@dataclass(frozen=True)
class Tongue:
    """A language of the edition."""

    language: str
    tag: str
    """BCP 47."""
    name: str
    """As its speakers call it."""


@dataclass(frozen=True)
class Web:
    document: Document
    tongues: tuple[Tongue, ...]
    """All of the edition, its own too, in their order."""
    places: tuple[tuple[str, str], ...] = ()
    """Code and name of each part of the country."""
    whole: Mapping[str, Table] = field(default_factory=dict)
    """By id: tables of which the pages show only the first rows."""

    signs: tuple[Sign, ...] = ()
    """Those of the edition, for the workbooks beside the pages."""

    @property
    def language(self) -> str:
        return self.document.metadata.language


@dataclass(frozen=True)
class Download:
    """A file of the edition in another format."""

    name: str
    format: str
    """`pdf`, `docx`, …"""
    language: str
    """Empty: for all languages."""
    bytes: int
    leaflet: bool = False

    @property
    def ending(self) -> str:
        """`PDF`."""
        return self.name.rpartition(".")[2].upper()
