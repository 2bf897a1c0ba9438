"""Puts a new edition in the place of the former one: staged whole beside it, moved file by file, manifest last, and
back if need be. Names of files may have folders in them, `web/pt/index.html`."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from bulletin.errors import OutputError
from bulletin.model.finding import Finding
from bulletin.pipeline import disk
from bulletin.pipeline.lock import alone

MANIFEST = "manifest.json"
FORMER = ".former"
"""In the waiting edition: second names of the files that it replaces."""
_PATIENCE = (0.1, 0.3, 0.6) if sys.platform == "win32" else ()
"""Seconds between attempts: virus scanners and OneDrive hold a file for a moment after it was written."""


def save(output: Path, files: Mapping[str, bytes], manifest: bytes) -> None:
    """Replaces what the last manifest in `output` lists by `files`.

    Raises OutputError with `output` as it was. When a target is held open (Word on Windows) the new edition waits beside it, and
    `settle` puts it in place. A process killed in between leaves `output` as it was, or the same waiting edition, which `verify` tells.
    """
    output = output.resolve() if output.is_symlink() else output
    staging = disk.staging_of(output)
    try:
        disk.check_folder(output)
        output.parent.mkdir(parents=True, exist_ok=True)
        with alone(output):
            disk.sweep(output)
            staging.mkdir()
            for name, data in {**files, MANIFEST: manifest}.items():
                (staging / name).parent.mkdir(parents=True, exist_ok=True)
                disk.write(staging / name, data)
            _settle_names(staging)
            _hand_in(staging, output)
            _put_in_place(output)
    except OSError as fault:
        raise disk.cannot_write(fault, output) from fault
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def settle(output: Path) -> bool:
    """Puts the edition in place that an interrupted or refused build left waiting, and says whether there was one. Raises
    OutputError where that cannot be done, and where nothing can be written at all."""
    output = output.resolve() if output.is_symlink() else output
    waiting = disk.waiting_of(output)
    try:
        disk.check_folder(output)
        if not waiting.exists():
            return False
        with alone(output):
            whole = (waiting / MANIFEST).exists()
            _put_in_place(output)
    except OSError as fault:
        raise disk.cannot_write(fault, output) from fault
    return whole


def _hand_in(staging: Path, output: Path) -> None:
    """The whole edition in `staging` becomes the one that waits; one that waited before has been overtaken."""
    waiting = disk.waiting_of(output)
    if (waiting / MANIFEST).exists() and (waiting / FORMER).exists():
        _put_in_place(output)  # its files may stand in `output` already: only finished can it be followed
    if waiting.exists():
        overtaken = staging.with_name(staging.name.replace("staging-", "staging-old-"))
        waiting.rename(overtaken)
        staging.rename(waiting)
        shutil.rmtree(overtaken, ignore_errors=True)
    else:
        staging.rename(waiting)
    disk.settle_names(waiting.parent)


def _put_in_place(output: Path) -> None:
    """Moves the waiting edition to `output`, or everything back; can be taken up again wherever it was cut off."""
    waiting = disk.waiting_of(output)
    if (waiting / MANIFEST).exists():
        if not output.exists():
            shutil.rmtree(waiting / FORMER, ignore_errors=True)
            waiting.rename(output)
            disk.settle_names(output.parent)
            return
        _exchange(waiting, output)
        _settle_names(output, _folders(listed(output)))
    shutil.rmtree(waiting, ignore_errors=True)


def _exchange(waiting: Path, output: Path) -> None:
    former, begun = waiting / FORMER, (waiting / FORMER).exists()
    coming = sorted(_within(waiting))
    new = {*coming, *listed(waiting), MANIFEST}
    going = sorted(listed(output) - new)
    if busy := disk.held(output, [*coming, *going, MANIFEST]):
        rule = "edition-between" if begun else "edition-held"
        raise OutputError([_told(rule, output / name, fault) for name, fault in busy])
    at = output
    try:
        _refuse_links(output, _folders(new))
        former.mkdir(exist_ok=True)
        for name in (*coming, *going, MANIFEST):
            at = output / name
            _keep(output / name, former / name)
        for name in coming:
            at = output / name
            _move(waiting / name, output / name)
        for name in going:
            at = output / name
            (output / name).unlink(missing_ok=True)
        _drop_empty(output, going)
        at = output / MANIFEST
        _move(waiting / MANIFEST, output / MANIFEST)
    except BaseException as fault:
        whole = _back(waiting, output, sorted(new - {MANIFEST}), going)
        if not isinstance(fault, OSError):
            raise
        rule = "edition-between" if not whole else "edition-held" if isinstance(fault, PermissionError) else "cannot-write"
        raise OutputError([_told(rule, at, fault)]) from fault


def _keep(path: Path, second: Path) -> None:
    """A second name for the same bytes, or a copy where the disk knows none; what was kept before an interruption stays."""
    if second.exists() or not path.exists():
        return
    second.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, second)
    except OSError:
        part = second.with_name(f"{second.name}.part")
        shutil.copy2(path, part)
        part.replace(second)


def _back(waiting: Path, output: Path, new: list[str], going: list[str]) -> bool:
    """Everything as it was; false where even that cannot be done."""
    former = waiting / FORMER
    try:
        for name in new:
            if not (waiting / name).exists() and (output / name).exists():
                _move(output / name, waiting / name)
        for name in (*new, *going):
            if (former / name).exists() and not (output / name).exists():
                _move(former / name, output / name)
    except OSError:
        return False
    _drop_empty(output, new)
    shutil.rmtree(former, ignore_errors=True)
    return True


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    for seconds in _PATIENCE:
        try:
            path.replace(target)
            return
        except PermissionError:
            time.sleep(seconds)
    path.replace(target)


def listed(folder: Path) -> set[str]:
    """Names that the manifest in it owns; nothing else is ever removed."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        names = {str(a["path"]) for a in manifest["artifacts"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {n for n in names if is_inside(n)}


def is_inside(name: str) -> bool:
    """A name that leads nowhere but below the folder it is given in, on any system."""
    return "\\" not in name and ":" not in name and all(part not in ("", ".", "..") for part in name.split("/"))


def _within(folder: Path) -> set[str]:
    """Names of the files of a waiting edition, with their folders."""
    paths = (p.relative_to(folder) for p in folder.rglob("*") if not p.is_dir())
    return {p.as_posix() for p in paths if p.parts[0] not in (MANIFEST, FORMER)}


def _folders(names: Iterable[str]) -> list[str]:
    """Those that the names stand in, the innermost first."""
    found = {parent.as_posix() for name in names for parent in PurePosixPath(name).parents} - {"."}
    return sorted(found, key=lambda name: (-name.count("/"), name))


def _refuse_links(output: Path, folders: Iterable[str]) -> None:
    """Raises OSError for a folder of the edition that leads elsewhere."""
    for name in folders:
        if (output / name).is_symlink():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(output / name))


def _drop_empty(output: Path, names: Iterable[str]) -> None:
    """Folders in which nothing stands any more, nobody's file among it."""
    for name in _folders(names):
        with suppress(OSError):
            (output / name).rmdir()


def _settle_names(folder: Path, inner: Iterable[str] | None = None) -> None:
    """`inner`: folders below it; by default all."""
    for path in [folder / name for name in inner] if inner is not None else [p for p in folder.rglob("*") if p.is_dir()]:
        disk.settle_names(path)
    disk.settle_names(folder)


def _told(rule: str, path: Path, fault: OSError) -> Finding:
    found = disk.said(rule, fault, path)
    return replace(found, parameters={**found.parameters, "kind": path.suffix.lstrip(".").lower()})
