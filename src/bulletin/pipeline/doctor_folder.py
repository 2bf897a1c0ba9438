"""What the folder of a project allows: writing, room, names, copies kept elsewhere; and what the cache in it takes."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PureWindowsPath

from bulletin.cache import LIMIT
from bulletin.errors import OutputError
from bulletin.pipeline import disk
from bulletin.pipeline.examined import Item
from bulletin.pipeline.lock import alone

ROOM = 500_000_000
"""Bytes that two editions, their staging and the cache of a small bulletin take."""
LONGEST = 259
"""Characters of a path in Windows, unless it is told to allow more; Word keeps to it nevertheless."""
_SYNCED = re.compile(r"(?i)^(onedrive|dropbox|google ?drive|meu drive|my drive|icloud|box|nextcloud)\b")


def examine_folder(project: Path) -> Iterator[Item]:
    """In the order in which a build would meet them. Leaves nothing behind."""
    yield _writable(project)
    yield _room(project)
    yield _synced(project)
    yield _length(project)
    yield _case(project)
    yield _cache(project)


def _writable(project: Path) -> Item:
    """A folder is made, filled, renamed and removed beside `out`, as a build does it, under the lock."""
    probe = project / "out.doctor"
    try:
        with alone(probe, seconds=0):
            staging = disk.staging_of(probe)
            try:
                staging.mkdir()
                disk.write(staging / "a.docx", b"x")
                staging.rename(probe)
                (probe / "a.docx").replace(probe / "b.docx")
            finally:
                shutil.rmtree(staging, ignore_errors=True)
                shutil.rmtree(probe, ignore_errors=True)
    except OutputError as error:
        return Item("writable", "missing", f"{project.name}: {error.findings[0].parameters.get('reason', '')}")
    except OSError as fault:
        return Item("writable", "missing", f"{project.name}: {fault.strerror}")
    held = [name for name, _ in disk.held(project / "out", _files(project / "out"))]
    if held:
        return Item("held", "optional", ", ".join(held[:5]))
    return Item("writable", "ok", project.name)


def _files(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.is_file()) if folder.is_dir() else []


def _room(project: Path) -> Item:
    free = shutil.disk_usage(project).free
    return Item("room", "ok" if free >= ROOM else "missing", f"{free // 1_000_000} MB")


def _synced(project: Path) -> Item:
    """A folder that another program copies to a server while we write in it."""
    cloud = is_synced(str(project.absolute()), dict(os.environ))
    return Item("synced", "optional" if cloud else "ok", cloud or "–")


def is_synced(path: str, environment: dict[str, str]) -> str:
    """Name of the service, empty: none. `environment`: OneDrive says there where its folders are."""
    parts = PureWindowsPath(path).parts
    named = next((p for p in parts if _SYNCED.match(p)), "")
    if named:
        return named
    for key in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        root = environment.get(key, "")
        if root and PureWindowsPath(path).is_relative_to(PureWindowsPath(root)):
            return "OneDrive"
    return ""


def _length(project: Path) -> Item:
    """The longest path of the project, or of what a build puts beside it."""
    longest = longest_path(project)
    return Item("length", "optional" if longest > LONGEST and sys.platform == "win32" else "ok", f"{longest} / {LONGEST}")


def longest_path(project: Path) -> int:
    """Characters, as Windows counts them: those of its names beyond the first plane twice."""
    staged = f"{project.absolute()}/.out.staging-000000/boletim-{'x' * 20}-2024-highlights-draft-pt-en.docx"
    paths = [staged, *(str(p.absolute()) for p in project.rglob("*"))]
    return max(len(p.encode("utf-16-le", "surrogatepass")) // 2 for p in paths)


def _case(project: Path) -> Item:
    """Whether `A` and `a` are two files: what works here may miss its file on another system."""
    twins = sorted(names[0] for names in _alike(project) if len(names) > 1)
    if twins:
        return Item("case", "optional", ", ".join(twins[:5]))
    two = "–"
    with suppress(OSError), tempfile.TemporaryDirectory(prefix=".bulletin-", dir=project) as folder:
        (Path(folder) / "a").touch()
        two = "a = A" if (Path(folder) / "A").exists() else "a ≠ A"
    return Item("case", "ok", two)


def _alike(project: Path) -> list[list[str]]:
    """Names of one folder that differ in capitals alone."""
    found: dict[str, list[str]] = {}
    for path in sorted(project.rglob("*")):
        found.setdefault(str(path).casefold(), []).append(path.name)
    return list(found.values())


def _cache(project: Path) -> Item:
    size = 0
    for path in (project / "work" / "cache").rglob("*"):
        with suppress(OSError):
            size += path.stat().st_size
    return Item("cache", "ok", f"{size // 1_000_000} / {LIMIT // 1_000_000} MB")
