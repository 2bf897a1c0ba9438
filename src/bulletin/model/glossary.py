"""Terms and acronyms that the annexes of an edition explain."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.model.text import LocalText


@dataclass(frozen=True)
class Term:
    id: str
    term: LocalText
    definition: LocalText | None = None
    """None: an acronym only."""
    acronym: LocalText | None = None
    source: str = ""
    countries: tuple[str, ...] = ()
    """ISO alpha-2 codes of the countries whose editions explain it; empty: all."""
    avoid: tuple[tuple[str, str], ...] = ()
    """Language and words that must not stand for the concept, `*` for any ending."""
