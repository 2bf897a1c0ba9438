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
