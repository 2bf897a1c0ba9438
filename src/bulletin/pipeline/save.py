"""Writing an edition so that the output folder always holds a whole one: staged beside it, moved file by file, manifest last."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from bulletin.errors import OutputError
from bulletin.model.finding import Finding, Place, Severity

MANIFEST = "manifest.json"


def save(output: Path, files: Mapping[str, bytes], manifest: bytes) -> None:
    """Replaces what the last manifest in `output` lists by `files`. Raises OutputError, with `output` as it was, when a target
    cannot be written (on Windows: a file that Word holds open)."""
    staging = output.with_name(f".{output.name}.staging-{os.getpid()}")
    try:
        output.mkdir(parents=True, exist_ok=True)
        _sweep(output)
        staging.mkdir()
        everything = {**files, MANIFEST: manifest}
        for name, data in everything.items():
            _write(staging / name, data)
        _check_targets(output, everything)
        former = _listed(output)
        for name in (*files, MANIFEST):
            Path(staging / name).replace(output / name)
        for name in sorted(former - set(everything)):
            (output / name).unlink(missing_ok=True)
    except OSError as fault:
        raise cannot_write(fault, output) from fault
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def save_sealed(folder: Path, files: Mapping[str, bytes]) -> None:
    """A new folder that is there whole or not at all. Raises OutputError, and leaves what stands there, when it exists."""
    staging = folder.with_name(f".{folder.name}.staging-{os.getpid()}")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        if folder.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))
        staging.mkdir()
        for name, data in files.items():
            _write(staging / name, data)
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
    part = path.with_name(f".{path.name}.part")
    try:
        _write(part, data)
        part.replace(path)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise cannot_write(fault, path) from fault


def save_beside(folder: Path, files: Mapping[str, bytes]) -> None:
    """Files into a folder that holds others too, each whole or not at all; none is touched while one of them is held open."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _check_targets(folder, files)
        for name, data in files.items():
            part = folder / f".{name}.part"
            try:
                _write(part, data)
                Path(part).replace(folder / name)
            finally:
                part.unlink(missing_ok=True)
    except OSError as fault:
        raise cannot_write(fault, folder) from fault


def save_private(folder: Path, files: Mapping[str, bytes]) -> None:
    """Private files (`work/`), readable by the owner only."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            folder.chmod(0o700)
        for name, data in files.items():
            part = folder / f".{name}.part"
            _write(part, data)
            if os.name == "posix":
                part.chmod(0o600)
            Path(part).replace(folder / name)
    except OSError as fault:
        raise cannot_write(fault, folder) from fault


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _check_targets(output: Path, names: Mapping[str, bytes]) -> None:
    """Every target must be free before the first is touched."""
    held = []
    for name in names:
        target = output / name
        if not target.exists():
            continue
        try:
            with target.open("r+b"):
                pass
        except OSError as fault:
            held.append(_finding("file-held", fault, target))
    if held:
        raise OutputError(held)


def _listed(output: Path) -> set[str]:
    """Names the last manifest owns; nothing else in the folder is ever removed."""
    try:
        manifest = json.loads((output / MANIFEST).read_text(encoding="utf-8"))
        names = {str(a["path"]) for a in manifest["artifacts"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {n for n in names if "/" not in n and "\\" not in n}


def _sweep(output: Path) -> None:
    """Removes what an interrupted build of a process that is gone left beside the target."""
    for left in output.parent.glob(f".{output.name}.staging-*"):
        pid = left.name.rpartition("-")[2]
        if pid.isdigit() and not _alive(int(pid)):
            shutil.rmtree(left, ignore_errors=True)


def _alive(pid: int) -> bool:
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def cannot_write(fault: OSError, path: Path) -> OutputError:
    return OutputError([_finding("cannot-write", fault, path)])


def _finding(rule: str, fault: OSError, path: Path) -> Finding:
    """The reason as a name of errno (`ENOSPC`), which every language has words for."""
    reason = errno.errorcode.get(fault.errno or 0, str(fault))
    return Finding(rule, Severity.ERROR, Place(path.name), path.name, {"file": path.name, "reason": reason})


def save_together(files: Mapping[Path, bytes], former: Sequence[Path] = ()) -> None:
    """Files in several folders, all of them or none: what was replaced comes back when one cannot be written. `former` goes."""
    parts = {path: path.with_name(f".{path.name}.part") for path in files}
    kept: dict[Path, bytes | None] = {}
    made: list[Path] = []
    at = next(iter(files), Path())
    try:
        for path, data in files.items():
            at = path
            made += _folders(path.parent)
            _write(parts[path], data)
        for folder in {p.parent for p in files}:
            _check_targets(folder, {p.name: files[p] for p in files if p.parent == folder})
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
