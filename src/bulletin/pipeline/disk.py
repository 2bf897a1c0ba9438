"""What every writing command does to the disk: bytes that are there when it says so, targets that are free, reasons why not."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from bulletin.errors import OutputError
from bulletin.model.finding import Finding, Place, Severity
from bulletin.running import is_running

PART = ".part"
"""Ends the name of a file that is not whole yet; it begins with a dot."""


def write(path: Path, data: bytes) -> None:
    """Returns when the bytes are on the disk and not only on their way to it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, data: bytes, *, private: bool = False) -> None:
    """One file, whole or as it was. `private`: for its owner only."""
    part = path.with_name(f".{path.name}{PART}")
    try:
        write(part, data)
        if private and os.name == "posix":
            part.chmod(0o600)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def settle_names(folder: Path) -> None:
    """Makes the names in a folder outlast a power cut, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def check_folder(folder: Path) -> None:
    """Raises OSError where `folder` cannot be made, or is there and nothing can be put into it."""
    there = next((p for p in (folder, *folder.absolute().parents) if os.path.lexists(p)), folder)
    if there.exists() and not there.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(there))
    if not os.access(there, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(there))


def held(folder: Path, names: Iterable[str]) -> list[tuple[str, OSError]]:
    """The targets that are there and may not be written now, with the reason."""
    found = []
    for name in names:
        target = folder / name
        if not target.exists():
            continue
        try:
            with target.open("r+b"):
                pass
        except OSError as fault:
            found.append((name, fault))
    return found


def check_targets(folder: Path, names: Iterable[str]) -> None:
    """Every target must be free before the first is touched."""
    if found := held(folder, names):
        raise OutputError([said("file-held", fault, folder / name) for name, fault in found])


def cannot_write(fault: OSError, path: Path) -> OutputError:
    return OutputError([said("cannot-write", fault, path)])


def said(rule: str, fault: OSError, path: Path) -> Finding:
    """The reason as a name of errno (`ENOSPC`), which every language has words for."""
    reason = errno.errorcode.get(fault.errno or 0, str(fault))
    return Finding(rule, Severity.ERROR, Place(path.name), path.name, {"file": path.name, "reason": reason})


def staging_of(folder: Path) -> Path:
    """Where what is to stand in `folder` is written first: beside it, hence on the same disk, unless it is a disk of its own."""
    return beside(folder, f"staging-{os.getpid()}")


def waiting_of(folder: Path) -> Path:
    """Where a whole edition waits until it stands in `folder`."""
    return beside(folder, "waiting")


def beside(folder: Path, kind: str) -> Path:
    """A name of our own near `folder`, which nobody takes for a part of it."""
    return folder / f".{kind}" if os.path.ismount(folder) else folder.with_name(f".{folder.name}.{kind}")


def sweep(folder: Path) -> None:
    """Removes what commands that were killed left in and beside `folder`; whoever calls it is alone there, see `lock`."""
    for left in _left(folder):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def is_swept(folder: Path) -> bool:
    """No command that was killed left anything in or beside `folder`."""
    return not (beside(folder, "lock").exists() or _left(folder))


def _left(folder: Path) -> list[Path]:
    own = staging_of(folder)
    begin = f"{own.name.rpartition('-')[0]}-"
    beside_it = own.parent.iterdir() if own.parent.is_dir() else ()
    staged = [p for p in beside_it if p.name.startswith(begin) and not is_running(p.name.rpartition("-")[2])]
    return [*staged, *folder.glob(f".*{PART}")]
