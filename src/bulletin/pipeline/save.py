"""Folders and files that are there whole or not at all; how an edition takes the place of the former one: `swap`."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from bulletin.pipeline.disk import PART, cannot_write, check_targets, staging_of, sweep, write, write_whole
from bulletin.pipeline.lock import alone


def save_sealed(folder: Path, files: Mapping[str, bytes]) -> None:
    """A new folder that is there whole or not at all. Raises OutputError, and leaves what stands there, when it exists."""
    staging = staging_of(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        if folder.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))
        staging.mkdir()
        for name, data in files.items():
            write(staging / name, data)
        staging.rename(folder)
    except OSError as fault:
        raise cannot_write(fault, folder) from fault
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def save_once(folder: Path, files: Mapping[str, bytes], free: Collection[str] = ()) -> tuple[str, ...]:
    """A new folder as `save_sealed` makes it. Where it stands already it stays as it is: returns the names of the files that are
    missing in it or other than given, those in `free` left out."""
    if folder.exists():
        return tuple(n for n in files if n not in free and _content(folder / n) != files[n])
    save_sealed(folder, files)
    return ()


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise cannot_write(fault, path) from fault


def save_file(path: Path, data: bytes) -> None:
    """One file, whole or as it was."""
    try:
        write_whole(path, data)
    except OSError as fault:
        raise cannot_write(fault, path) from fault


def save_beside(folder: Path, files: Mapping[str, bytes]) -> None:
    """Files into a folder that holds others too, each whole or not at all; none is touched while one of them is held open."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        check_targets(folder, files)
        for name, data in files.items():
            write_whole(folder / name, data)
    except OSError as fault:
        raise cannot_write(fault, folder) from fault


def save_private(folder: Path, files: Mapping[str, bytes]) -> None:
    """Private files (`work/`), readable by the owner only."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            folder.chmod(0o700)
        with alone(folder):
            sweep(folder)
            for name, data in files.items():
                write_whole(folder / name, data, private=True)
    except OSError as fault:
        raise cannot_write(fault, folder) from fault


def save_together(files: Mapping[Path, bytes], former: Sequence[Path] = ()) -> None:
    """Files in several folders, all of them or none: what was replaced comes back when one cannot be written. `former` goes."""
    parts = {path: path.with_name(f".{path.name}{PART}") for path in files}
    kept: dict[Path, bytes | None] = {}
    made: list[Path] = []
    at = next(iter(files), Path())
    try:
        for path, data in files.items():
            at = path
            made += _folders(path.parent)
            write(parts[path], data)
        for folder in {p.parent for p in files}:
            check_targets(folder, {p.name: files[p] for p in files if p.parent == folder})
        for path in (*files, *former):
            at = path
            kept[path] = path.read_bytes() if path.is_file() else None
            if path in files:
                parts[path].replace(path)
            else:
                path.unlink(missing_ok=True)
    except BaseException as fault:
        for path, before in kept.items():
            if before is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(before)
        for part in parts.values():
            part.unlink(missing_ok=True)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        if isinstance(fault, OSError):
            raise cannot_write(fault, at) from fault
        raise


def _folders(folder: Path) -> list[Path]:
    """Makes it, and says which were not there."""
    lacking = [p for p in (folder, *folder.parents) if not p.exists()][::-1]
    folder.mkdir(parents=True, exist_ok=True)
    return lacking
