"""What became of every row of a file: `read = used + rejected + ignored`, with reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bulletin.model.finding import Finding, Place, Severity


@dataclass(frozen=True)
class FileAccount:
    """Rows of a canonical table, cells of a mapped one."""

    file: str
    read: int
    used: int
    rejected: int
    ignored: int
    rejected_by: Mapping[str, int] = field(default_factory=dict)
    """Rule to number of rows."""
    ignored_by: Mapping[str, int] = field(default_factory=dict)
    """Key of IGNORED to number of rows."""
    unread: bool = False
    """Nothing could be taken up: the findings say why."""


def account_of(file: str, parts: Iterable[tuple[int, int, Mapping[str, int], Mapping[str, int]]]) -> FileAccount:
    """Sums the tables of a file: rows seen, rows used, rejected and ignored by reason."""
    read = used = 0
    rejected: Counter[str] = Counter()
    ignored: Counter[str] = Counter()
    for seen, taken, by_rule, by_reason in parts:
        read, used = read + seen, used + taken
        rejected.update(by_rule)
        ignored.update(by_reason)
    by = (dict(sorted(rejected.items())), dict(sorted(ignored.items())))
    return FileAccount(file, read, used, rejected.total(), ignored.total(), *by, unread=read == 0)


def unaccounted(accounts: Iterable[FileAccount]) -> list[Finding]:
    """A file of which a row got lost between reading and using; never expected."""
    return [
        Finding(
            "rows-unaccounted",
            Severity.ERROR,
            Place(a.file),
            parameters={"read": a.read, "used": a.used, "rejected": a.rejected, "ignored": a.ignored},
        )
        for a in accounts
        if a.read != a.used + a.rejected + a.ignored
    ]
