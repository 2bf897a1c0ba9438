"""The outcome of comparing the languages of an edition: every block side by side, and what was found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bulletin.model.finding import Finding


@dataclass(frozen=True)
class Pair:
    """One block in all languages."""

    block: str
    kind: str
    """`Paragraph`, `Table`, …"""
    section: str
    """Id of the chapter or section."""
    texts: Mapping[str, str]
    """Language to the words; for tables and charts their title. A language that lacks the block lacks the key."""
    figures: int
    """How many figures of the first language were compared with each other one."""
    facts: int
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Parity:
    languages: tuple[str, ...]
    """The first is the one with which the others are compared."""
    pairs: tuple[Pair, ...]
    """In reading order."""
    claims: int = 0
    """Statements compared."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(f for pair in self.pairs for f in pair.findings)


@dataclass(frozen=True)
class ParityPage:
    """What is shown to those who translate."""

    title: str
    language: str
    """Of the page's own words."""
    proof: Parity
    told: tuple[tuple[str, ...], ...]
    """The findings of each pair as sentences."""
    texts: Mapping[str, str]
    """Fixed words of the page."""
