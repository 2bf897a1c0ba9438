"""Which files below `data/` are read, in a fixed order, and which are strange or lacking."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bulletin.load.nearest import nearest
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.project import Project

MAP = ".map.yaml"
SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods")
NOTICES = ("leia-me", "leiame", "readme")
"""Names of explanations that may lie among the data."""


def data_files(root: Path) -> tuple[list[Path], list[Finding]]:
    """Data files in a fixed order; lock files of Excel and LibreOffice and hidden files do not count."""
    folder = root / "data"
    paths: list[Path] = []
    findings: list[Finding] = []
    if not folder.is_dir():
        return paths, findings
    for path in sorted(folder.rglob("*"), key=lambda p: p.relative_to(folder).as_posix()):
        name = path.name
        label = path.relative_to(root).as_posix()
        if not path.is_file() or name.startswith(("~$", ".~lock", ".")) or name.endswith((MAP, ".md")):
            continue
        if path.stem.casefold() in NOTICES:
            continue
        if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            findings.append(Finding("link-outside", Severity.ERROR, Place(label)))
        elif path.suffix.lower() in SUFFIXES:
            paths.append(path)
        elif path.suffix.lower() == ".xls":
            findings.append(Finding("old-workbook", Severity.ERROR, Place(label)))
        else:
            findings.append(Finding("file-ignored", Severity.INFO, Place(label)))
    return paths, findings


def declared_but_missing(project: Project, paths: Sequence[Path]) -> list[Finding]:
    have = {p.relative_to(project.root).as_posix() for p in paths}
    names = have | {h.removeprefix("data/") for h in have}
    return [
        Finding(
            "declared-file-missing",
            Severity.ERROR,
            Place("bulletin.yaml", column="files"),
            parameters={"name": f.file, "nearest": nearest(f.file, names) or "?"},
        )
        for f in project.edition.files
        if f.file not in names
    ] + [
        Finding("map-without-file", Severity.WARNING, Place(m.relative_to(project.root).as_posix()))
        for m in sorted((project.root / "data").rglob(f"*{MAP}"))
        if m.relative_to(project.root).as_posix().removesuffix(MAP) not in have
    ]
