"""What a `data/<file>.map.yaml` may say of a table as an institution sends it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bulletin.limits import PATTERN
from bulletin.load.nearest import nearest
from bulletin.load.patterns import is_quick
from bulletin.load.table import HEADERS
from bulletin.model.finding import Finding, Place, Severity

IGNORE = "ignore"


@dataclass(frozen=True)
class Across:
    """A row of heads whose texts are codes of one canonical column, e.g. years across the page."""

    column: str
    """Canonical name: `TIME_PERIOD`, `SEX`, …"""
    row: int
    regex: str = ""
    """What to take from the head: the first group, or the whole match."""
    map: Mapping[str, str] = field(default_factory=dict)
    """Text of a head to its code."""
    fill: bool = True
    """An empty head repeats the one to its left, as under a merged cell."""


@dataclass(frozen=True)
class TableMap:
    """How one table of a file is read."""

    sheet: str = ""
    """Name of the sheet; empty: the only visible one."""
    header_rows: tuple[int, ...] = (1,)
    first_column: str = ""
    """Letter of the first column of the table, where another stands beside it."""
    last_column: str = ""
    first_row: int = 0
    """First row of figures; 0: the row after the heads."""
    last_row: int = 0
    until: str = ""
    """Reading stops at the first row whose first filled cell matches."""
    until_blank: bool = False
    """Reading stops at the first blank row."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Canonical name to the head (in one of the header rows) or the letter of the column that holds it."""
    across: tuple[Across, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    """Canonical name to the value that holds for the whole table."""
    regex: Mapping[str, str] = field(default_factory=dict)
    """Canonical name to what is taken from its text: the first group, or the whole match."""
    map: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Canonical name to text and code."""
    fill_down: tuple[str, ...] = ()
    """Canonical names whose empty cells repeat the one above."""
    drop: tuple[str, ...] = ()
    """Rows to leave out: patterns for the whole text of the first filled cell."""
    drop_columns: tuple[str, ...] = ()
    """Columns to leave out: letters, or patterns for the whole text of the head."""
    missing: Mapping[str, str] = field(default_factory=dict)
    """Text that stands for no value to the status that says why: `n.d.: O`, `x: M`; `ignore`: as if the cell were not there."""
    empty: str = ""
    """Status of an empty cell, or `ignore`; without it an empty cell is an error."""
    zero: tuple[str, ...] = ()
    """Texts that mean zero."""
    footnote: str = ""
    """What is taken off the end of figures, labels and heads: a pattern such as `\\(\\d\\)`. Digits that stand at the end of what
    is a number with them too are refused, not taken off."""
    superscript: Literal["note"] | None = None
    """Raised digits and letters at the end of a text are note marks; without it they are an error beside figures."""
    marks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What a mark taken off says: `p: {OBS_STATUS: P}`, `(1): {COMMENT_PT: …, COMMENT_EN: …}`; when given, all must be known."""
    hidden: Literal["read", "skip"] | None = None
    """Whether hidden rows and columns count; without it they are an error."""
    decimal: Literal[",", "."] | None = None
    groups: str | None = None
    """Characters between groups of three digits."""
    percent: Literal["refuse", "multiply"] = "refuse"
    """Cells formatted as per cent (0.125 shown as 12.5%): `multiply` takes 12.5."""
    encoding: Literal["utf-8", "cp1252", "utf-16"] | None = None
    separator: Literal[",", ";", "\t"] | None = None


def map_faults(spec: TableMap, map_file: str) -> list[Finding]:
    """Unknown canonical names, patterns that are none, columns that come from nowhere."""
    given = [*spec.columns, *spec.constants, *(a.column for a in spec.across)]
    said = [name for row in spec.marks.values() for name in row]
    used = [*given, *spec.regex, *spec.map, *spec.fill_down, *said]
    findings = [
        Finding(
            "map-unknown-column", Severity.ERROR, Place(map_file), parameters={"name": n, "nearest": nearest(n, HEADERS) or "?"}
        )
        for n in dict.fromkeys(used)
        if n not in HEADERS
    ]
    patterns = (spec.until, spec.footnote, *spec.drop, *spec.drop_columns, *spec.regex.values(), *(a.regex for a in spec.across))
    for pattern in patterns:
        try:
            re.compile(pattern)
        except (re.error, RecursionError, OverflowError):
            findings.append(Finding("map-bad-pattern", Severity.ERROR, Place(map_file), parameters={"found": pattern[:60]}))
        else:
            if not is_quick(pattern):
                findings.append(Finding(PATTERN.rule, Severity.ERROR, Place(map_file), parameters={"found": pattern[:60]}))
    needed = ["INDICATOR", "TIME_PERIOD", "SOURCE", *([] if spec.across else ["OBS_VALUE"])]
    return findings + [
        Finding("map-incomplete", Severity.ERROR, Place(map_file), parameters={"name": n}) for n in needed if n not in given
    ]
