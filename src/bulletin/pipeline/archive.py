"""`bulletin release --archive`: everything an edition was made from and everything published, in one ZIP for the office's safe."""

from __future__ import annotations

import importlib.metadata
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from bulletin.errors import ConfigError
from bulletin.limits import ARCHIVE, ARCHIVE_FILES, MB
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline.rebuild import NOT_INPUT
from bulletin.pipeline.release import Released
from bulletin.pipeline.save import save_private
from bulletin.shipped import shipped
from bulletin.write.zipped import zipped

ENDING = "-CONFIDENTIAL"
PROJECT, OUT, PROGRAM = "project", "out", "program"
"""Folders of the archive."""


def keep(root: Path, made: Released, *, output: Path | None = None) -> Path:
    """The path of the ZIP, in `work/`: never for publication, since inputs may hold what disclosure control hides. The same files
    and versions give the same bytes. Raises ConfigError where it would be larger than what can be checked later."""
    name = f"{made.folder.name}{ENDING}"
    published = output or root / "out"
    kept = {f"{OUT}/{p.relative_to(published).as_posix()}": p.read_bytes() for p in published.rglob("*") if p.is_file()}
    kept |= {f"{PROJECT}/{inside}": path.read_bytes() for inside, path in _inputs(root)}
    kept |= {f"{PROGRAM}/{inside}": path.read_bytes() for inside, path in _program()}
    kept["versions.txt"] = "".join(f"{line}\n" for line in _installed()).encode()
    kept["LEIA-ME README.txt"] = shipped("bulletin_templates", "archive", "README.txt").read_bytes()
    _refuse_too_large(f"{name}.zip", len(kept), sum(map(len, kept.values())))
    save_private(
        root / "work", {f"{name}.zip": zipped({f"{name}/{inside}": data for inside, data in kept.items()}, private=True)}
    )
    return root / "work" / f"{name}.zip"


def unpacked(archive: Path, folder: Path) -> tuple[Path, Path]:
    """The published folder and the project of an archive, below `folder`. Raises ConfigError where it is none, or is not to be trusted."""
    try:
        with zipfile.ZipFile(archive) as kept:
            entries = kept.infolist()
            names = [PurePosixPath(e.filename) for e in entries]
            odd = any(n.is_absolute() or ".." in n.parts or "\\" in str(n) or ":" in str(n) for n in names)
            if odd:
                raise ConfigError([_unreadable(archive)])
            _refuse_too_large(archive.name, len(entries), sum(e.file_size for e in entries))
            kept.extractall(folder, [e for e in entries if e.filename.partition("/")[2].startswith((f"{OUT}/", f"{PROJECT}/"))])
    except (OSError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise ConfigError([_unreadable(archive)]) from error
    tops = sorted(p for p in folder.iterdir() if (p / OUT).is_dir() and (p / PROJECT).is_dir())
    if len(tops) != 1:
        raise ConfigError([_unreadable(archive)])
    return tops[0] / OUT, tops[0] / PROJECT


def _refuse_too_large(file: str, files: int, size: int) -> None:
    if files > ARCHIVE_FILES.most or size > ARCHIVE.most:
        parameters = {"files": files, "megabytes": size // MB, "most": ARCHIVE_FILES.most, "largest": ARCHIVE.most // MB}
        raise ConfigError([Finding(ARCHIVE.rule, Severity.ERROR, Place(file), file, parameters)])


def _unreadable(archive: Path) -> Finding:
    return Finding("archive-unreadable", Severity.ERROR, Place(archive.name), archive.name, {"file": archive.name})


def _inputs(root: Path) -> Iterator[tuple[str, Path]]:
    """Everything of the project that no build makes."""
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        made = (
            inside.parts[0] in NOT_INPUT or inside.parts[:2] == ("review", "out") or any(p.startswith(".") for p in inside.parts)
        )
        if not made and path.is_file() and not path.is_symlink():
            yield inside.as_posix(), path


def _program() -> Iterator[tuple[str, Path]]:
    """The program itself, its words, configuration and fonts, and the lock of what it needs; laid out as in its repository."""
    package = Path(__file__).resolve().parents[1]
    folders = {"src/bulletin": package, **{n: shipped(n) for n in ("config", "bulletin_templates", "requirements")}}
    for name, folder in folders.items():
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if path.is_file() and not {"__pycache__", "_shipped"} & set(inside.parts):
                yield f"{name}/{inside.as_posix()}", path


def _installed() -> list[str]:
    """`name==version` of everything installed, as `pip freeze` says it."""
    named = {str(d.metadata["Name"]).lower(): d.version for d in importlib.metadata.distributions() if d.metadata["Name"]}
    return [f"{name}=={version}" for name, version in sorted(named.items())]
