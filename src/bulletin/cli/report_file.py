"""Where a report goes: a name of its own or the one asked for, with the ending of its kind."""

from __future__ import annotations

from pathlib import Path

from bulletin.cli.console import Console, refuse

_ENDINGS = frozenset({".json", ".xlsx", ".html", ".htm", ".csv", ".ods", ".xls", ".txt", ".pdf", ".docx"})


def report_file(console: Console, kind: str | None, output: Path | None) -> Path | None:
    """The name asked for, the ending added where there is none (`r.2024` has none); another kind of file is refused."""
    if output is None:
        return None
    if kind is None:
        refuse(console, "usage-needs", name="--output", other="--report")
    ending = output.suffix.lower()
    if ending == f".{kind}":
        return output
    if ending in _ENDINGS:
        refuse(console, "usage-other-ending", name=output.name, kind=str(kind), wanted=output.with_suffix(f".{kind}").name)
    return output.with_name(f"{output.name}.{kind}")
