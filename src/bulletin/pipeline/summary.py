"""What was asked of a build, and what a build says when it has ended."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bulletin.model.finding import Finding


@dataclass(frozen=True)
class Asked:
    """All that shapes an edition beside its project and the program."""

    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    strict: bool = False
    layout: str = ""
    for_review: bool = False
    outline: str = ""
    docx_pages: bool = False
    pdf_engine: str = ""


@dataclass(frozen=True)
class Written:
    """A document for readers."""

    name: str
    format: str
    language: str
    bytes: int
    pages: int
    """0 where the format has none."""


@dataclass(frozen=True)
class Summary:
    written: tuple[Written, ...]
    findings: tuple[Finding, ...]
    issued: str = ""
    """Id under which what was sent out for review is kept."""


@dataclass(frozen=True)
class Finished:
    """A finished edition, as it may be found again: names of its files to the digests of their contents."""

    summary: Summary
    public: dict[str, str]
    private: dict[str, str]
    """In `work/`."""


@dataclass(frozen=True)
class Reason:
    """Why something was made anew: key of its words, and what they tell."""

    key: str
    names: tuple[str, ...] = ()
    count: int = 0
    of: int = 0


@dataclass(frozen=True)
class Result:
    output: Path
    summary: Summary
    unchanged: bool = False
    healed: tuple[str, ...] = ()
    """Files that were not as the build had left them, and are again."""
    reasons: tuple[Reason, ...] = ()
    damaged: int = 0
    """Entries of the cache that could not be used."""
    unwritten: int = 0
    """Entries that could not be kept."""
    held: int = 0
    """Bytes in the cache."""
    limit: int = 0
