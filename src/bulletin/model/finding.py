"""What a rule found: its name, severity, place and parameters; the sentence is made later, in the user's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Parameter = str | int | float


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Place:
    """Where a value or a fault stands: file relative to the project, sheet and cell of a workbook, or line and column name."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    """Cell address (`B14`) in a workbook, line number in a text file."""
    column: str = ""

    def __str__(self) -> str:
        text = self.file
        if self.sheet:
            text += f" [{self.sheet}]"
        if self.cell:
            text += f":{self.cell}"
        if self.column:
            text += f" ({self.column})"
        return text


@dataclass(frozen=True)
class Finding:
    rule: str
    """Stable name, looked up in `config/messages/<language>.yaml` and used in `waivers:`."""
    severity: Severity
    place: Place = Place()
    key: str = ""
    """What it concerns, e.g. `PENSIONERS.MZ.scheme=INSS@2024-02`; a waiver names rule and key."""
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    waived: str = ""
    """The reason given in `waivers:`; a waived finding counts for no exit code."""


def by_severity(findings: Iterable[Finding]) -> dict[str, int]:
    """Counts of errors, warnings, information, and waived."""
    found = tuple(findings)
    counts = {s.value: sum(f.severity is s and not f.waived for f in found) for s in Severity}
    counts["waived"] = sum(bool(f.waived) for f in found)
    return counts
