"""What a workbook of tables is made of, in one language: the edition, its tables, and how its signs are spelt where programs read them."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.document.blocks import Table
from bulletin.document.tree import Document


@dataclass(frozen=True)
class Sign:
    meaning: str
    """`missing`, `confidential`, `provisional`, …"""
    printed: str
    """In the bulletin: `..`."""
    spelt: str
    """In letters, for screen readers: `[x]`."""
    name: str
    """What it means, in words."""


@dataclass(frozen=True)
class Workbook:
    document: Document
    tables: tuple[Table, ...]
    """Whole, whatever part of them is printed."""
    signs: tuple[Sign, ...]
    """Those of the edition, in the order of legends."""
    others: tuple[tuple[str, str], ...] = ()
    """Name of another language of the edition, in this one, and its file."""
    extract: bool = False
    """Only the tables that are not printed whole, not all of the edition."""

    single: bool = False
    """One table, to go with the page that shows it."""

    @property
    def named(self) -> str:
        """Key of the words for what it holds."""
        return "workbook_single" if self.single else "workbook_title" if self.extract else "workbook_all"

    @property
    def about(self) -> str:
        """Key of the words that say more of it."""
        return "workbook_single_about" if self.single else "workbook_about" if self.extract else "workbook_all_about"

    @property
    def language(self) -> str:
        return self.document.metadata.language
