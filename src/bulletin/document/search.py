"""What a reader may look for in a library: parts of editions and pages of the library, each with where it is."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("edition", "indicator", "chapter", "table", "figure", "map", "pack", "guide")
"""In the order in which those that suit equally well are offered."""


@dataclass(frozen=True)
class Entry:
    kind: str
    """One of KINDS."""
    title: str
    address: str
    """From the root of the library."""
    edition: str = ""
    """Empty: of the library itself."""
    words: str = ""
    """What else is in it."""
    about: str = ""
    """A line to be shown."""
    mark: str = ""
    """What its edition prints on it where its figures are illustrative."""
    codes: tuple[str, ...] = ()
    """Under which others know it, each a word: `1.3.1`."""
    countries: tuple[str, ...] = ()
    """Codes, beside that of its edition."""
    years: tuple[int, ...] = ()
    """Of its figures, where they are known."""
