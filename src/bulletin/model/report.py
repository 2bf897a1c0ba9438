"""What `bulletin check` hands to institutions and machines: findings with their place, and headline figures to be signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bulletin.model.finding import Severity


@dataclass(frozen=True)
class Line:
    """One finding as it may be shown to anybody."""

    rule: str
    level: str
    """`error`, `warning`, `info`, or `waived`."""
    file: str
    sheet: str
    cell: str
    column: str
    key: str
    message: str
    """Without its place."""
    institution: str
    """Acronym of who sent the figure; empty: nobody in particular."""
    waived: str


@dataclass(frozen=True)
class Headline:
    id: str
    label: str
    period: str
    value: str
    before: str
    """The figure it is compared with: `face a Junho de 2021 (103 540)`; empty: none."""
    change: str
    source: str


@dataclass(frozen=True)
class Report:
    edition: str
    title: str
    date: str
    """Of release, ISO."""
    build: str
    """Id of the contents."""
    language: str
    lines: tuple[Line, ...]
    """By file, sheet and cell; files with errors first."""
    headlines: tuple[Headline, ...]
    institutions: tuple[tuple[str, str], ...]
    """Id and acronym of those that approve the edition."""
    texts: Mapping[str, str]
    """Fixed words of the report in its language."""


def level_of(severity: Severity, waived: str) -> str:
    return "waived" if waived else severity.value


LEVELS = ("error", "warning", "waived", "info")
"""Most severe first."""


def grouped(lines: tuple[Line, ...]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """By file, the file with the most severe finding first; inside by severity, sheet and cell."""
    files: dict[str, list[Line]] = {}
    for line in lines:
        files.setdefault(line.file, []).append(line)
    ordered = {name: tuple(sorted(found, key=_order)) for name, found in files.items()}
    return tuple(sorted(ordered.items(), key=lambda g: (LEVELS.index(g[1][0].level), not g[0], g[0])))


def counts(lines: tuple[Line, ...]) -> dict[str, int]:
    return {level: sum(line.level == level for line in lines) for level in LEVELS}


def _order(line: Line) -> tuple[int, str, int, str, str, str]:
    number = "".join(c for c in line.cell if c.isdigit())
    return LEVELS.index(line.level), line.sheet, int(number or 0), line.cell, line.rule, line.key
