"""`bulletin check --explain`: every parsed cell of the data files as sent and as read, and what was left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletin.errors import ConfigError
from bulletin.load.account import FileAccount
from bulletin.load.explain import ParsedCell
from bulletin.model.finding import Finding, Severity
from bulletin.pipeline.progress import Progress


@dataclass(frozen=True)
class Explained:
    """Of the files asked for."""

    cells: tuple[ParsedCell, ...]
    accounting: tuple[FileAccount, ...]
    findings: tuple[Finding, ...]


def explain(root: Path, progress: Progress, files: Sequence[str] = ()) -> Explained:
    """Reads all files and tells of `files` (names or paths below `data/`; none: all). Raises ConfigError for an unknown name."""
    from bulletin.load.observations import load_observations
    from bulletin.load.project import load_project

    progress("load", "")
    project, _ = load_project(root)
    progress("explain", "")
    loaded = load_observations(project, explained=True)
    known = [a.file for a in loaded.accounting]
    wanted = {file for name in files for file in known if file == name or file.removeprefix("data/") == name}
    strange = [n for n in files if not {n, f"data/{n}"} & set(known)]
    if strange:
        listed = ", ".join(known)
        unknown = [Finding("explain-unknown-file", Severity.ERROR, parameters={"name": n, "files": listed}) for n in strange]
        raise ConfigError(unknown)
    kept = wanted or set(known)
    return Explained(
        tuple(c for c in loaded.cells if c.file in kept),
        tuple(a for a in loaded.accounting if a.file in kept),
        tuple(f for f in loaded.findings if f.place.file.removesuffix(".map.yaml") in kept or not files),
    )
