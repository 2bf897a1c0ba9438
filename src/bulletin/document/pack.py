"""What a country starts a bulletin from: a project folder as one file, and its blank collection forms."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.model.text import LocalText


@dataclass(frozen=True)
class BlankForm:
    name: str
    """Of its file."""
    acronym: str
    institution: LocalText
    tables: int
    cells: int
    data: bytes


@dataclass(frozen=True)
class Pack:
    country: str
    """ISO 3166-1 alpha-2, upper case."""
    country_name: LocalText
    year: int
    """Of reference, in the folder and its forms."""
    name: str
    """Of its file: a ZIP."""
    data: bytes
    forms: tuple[BlankForm, ...]
