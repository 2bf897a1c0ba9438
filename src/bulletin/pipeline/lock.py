"""One command at a time writes a folder: a lock that the system drops when its holder ends, however it ends."""

from __future__ import annotations

import errno
import json
import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from bulletin.errors import OutputError
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline.disk import beside, cannot_write

WAIT = 5.0
"""Seconds for which a command waits for another to end."""
_STEP = 0.1
_UNSUPPORTED = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL})
"""A share of the network that knows no locks: what is written there is still written whole."""
_FAR = 1 << 20
"""Byte that Windows locks; what stands before it can be read by others."""

_held: set[Path] = set()
"""Of this process, which may enter again."""


@contextmanager
def alone(folder: Path, seconds: float = WAIT) -> Iterator[None]:
    """Nobody else who asks is in here for `folder`, whose parent exists. Raises OutputError that names the holder after `seconds`."""
    path = beside(folder.absolute(), "lock")
    if path in _held:
        yield
        return
    try:
        descriptor = _take(path, folder.absolute().name, seconds)
    except OSError as fault:
        raise cannot_write(fault, folder) from fault
    _held.add(path)
    try:
        yield
    finally:
        _held.discard(path)
        _leave(path, descriptor)


def _take(path: Path, name: str, seconds: float) -> int:
    end = time.monotonic() + seconds
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0), 0o666)
        try:
            # Who held it before may have removed the file just now: then this lock is on a file that nobody else will see.
            if _lock(descriptor) and _is_still(path, descriptor):
                os.ftruncate(descriptor, 0)
                os.write(descriptor, json.dumps({"pid": os.getpid(), "host": platform.node()}).encode())
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if time.monotonic() >= end:
            raise OutputError([_running(path, name)])
        time.sleep(_STEP)


def _leave(path: Path, descriptor: int) -> None:
    if sys.platform == "win32":
        os.close(descriptor)
        with suppress(OSError):  # somebody has it open by now
            path.unlink()
    else:
        with suppress(OSError):
            path.unlink()
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """False: somebody else has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        if fault.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            return False
        if fault.errno not in _UNSUPPORTED:
            raise
    return True


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _running(path: Path, folder: str) -> Finding:
    pid = host = since = "?"
    with suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads(path.read_text(encoding="utf-8"))
        pid, host = str(told["pid"]), str(told["host"])
        since = datetime.fromtimestamp(path.stat().st_mtime).astimezone().strftime("%Y-%m-%d %H:%M")
    parameters = {"folder": folder, "pid": pid, "host": host, "since": since}
    return Finding("build-running", Severity.ERROR, Place(folder), folder, parameters)
