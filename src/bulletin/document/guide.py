"""How a bulletin is made, as pages of the library: the program's own documentation in one language, in the order of its first page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class GuidePage:
    name: str
    """Of its file, without ending: the same in every language."""
    source: str
    """`primeiro-boletim.md`: links of other pages name it so."""
    title: str
    text: str
    """In Markdown, without its title."""
    step: str = ""
    """Heading of the first page under which this one is named."""


@dataclass(frozen=True)
class Guide:
    language: str
    pages: tuple[GuidePage, ...]
    """The first leads to all others."""
    pictures: Mapping[str, bytes]
    """By address from the folder of the documentation: `../pictures/review-how.png`."""

    @property
    def steps(self) -> tuple[tuple[str, tuple[GuidePage, ...]], ...]:
        """Pages by the heading under which the first page names them."""
        names = dict.fromkeys(page.step for page in self.pages[1:])
        return tuple((name, tuple(p for p in self.pages[1:] if p.step == name)) for name in names)
