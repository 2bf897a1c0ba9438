"""`bulletin verify OUT --rebuild PROJECT`: the edition built anew elsewhere and compared, with the reason where it is another."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulletin.errors import BulletinError, ConfigError
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline.build import build
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.swap import MANIFEST

NOT_INPUT = ("out", "work", "__pycache__")
"""Folders of a project that a build makes."""
_MOST = 6
"""Versions or files named in one message; the others are counted by `…`."""


@dataclass(frozen=True)
class Rebuilt:
    findings: tuple[Finding, ...]
    same: int
    """Files with the same bytes."""
    files: int
    content: bool
    """Facts, words and tables are the same."""


def rebuild(out: Path, project: Path, progress: Progress, *, jobs: int = 0) -> Rebuilt:
    """Changes neither folder. Raises BulletinError where `out` has no manifest that can be read, or the project cannot be built."""
    before = _manifest(out)
    with tempfile.TemporaryDirectory(prefix="bulletin-") as folder:
        again = Path(folder) / "out"
        options = _options(before)
        try:
            build(copied(project, Path(folder) / "project"), progress, output=again, jobs=jobs, **options)
        except BulletinError as error:
            raise type(error)([*_other_inputs(project, _inputs(before)), *error.findings]) from error
        return compared(out, again)


def _other_inputs(project: Path, known: Mapping[str, str]) -> Iterator[Finding]:
    """Files of the project that are not as the manifest says."""
    for path, digest in known.items():
        data = None if path.startswith("shipped:") else _bytes(project / path)
        if not path.startswith("shipped:") and (data is None or hashlib.sha256(data).hexdigest() != digest):
            yield Finding("rebuild-input", Severity.ERROR, Place(path), path, {"file": path})


def copied(project: Path, folder: Path) -> Path:
    """What a project is made from, without what was made of it."""
    shutil.copytree(project, folder, symlinks=True, ignore=_left_out(project))
    return folder


def _left_out(project: Path) -> Any:
    made = {project: set(NOT_INPUT), project / "review": {"out"}}

    def ignored(folder: str, names: list[str]) -> set[str]:
        return {n for n in names if n.startswith(".") or n in made.get(Path(folder), ())}

    return ignored


def compared(out: Path, again: Path) -> Rebuilt:
    """Two folders of one edition, each with its manifest."""
    old, new = _manifest(out), _manifest(again)
    names = sorted({*_digests(old), *_digests(new)})
    changed = [n for n in names if _bytes(out / n) != _bytes(again / n)]
    kept = [n for n in old.get("content", {}).get("files", {}) if _bytes(out / n) != _bytes(again / n)]
    content = bool(old.get("content")) and not kept and old["content"].get("sha256") == new["content"]["sha256"]
    return Rebuilt(tuple(_told(old, new, changed, content=content)), len(names) - len(changed), len(names), content)


def _told(old: Mapping[str, Any], new: Mapping[str, Any], changed: list[str], *, content: bool) -> Iterator[Finding]:
    """Why first, then what."""
    inputs = _unlike(_inputs(old), _inputs(new))
    versions = _unlike(_versions(old), _versions(new))
    for path in inputs:
        yield Finding("rebuild-input", Severity.ERROR, Place(path), path, {"file": path})
    named = ", ".join(f"{n} {_versions(old).get(n, '–')} → {_versions(new).get(n, '–')}" for n in versions[:_MOST])
    named += ", …" if len(versions) > _MOST else ""
    if versions and changed and content and not inputs:
        parameters: dict[str, str | int] = {"versions": named, "count": len(changed)}
        yield Finding("rebuild-versions", Severity.WARNING, Place(MANIFEST), parameters=parameters)
        return
    if versions and changed:
        yield Finding("rebuild-other-versions", Severity.WARNING, Place(MANIFEST), parameters={"versions": named})
    for name in changed:
        yield Finding("rebuild-differs", Severity.ERROR, Place(name), name, {"file": name})


def _unlike(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    return sorted(n for n in {*old, *new} if old.get(n) != new.get(n))


def _inputs(manifest: Mapping[str, Any]) -> dict[str, str]:
    return {str(i["path"]): str(i["sha256"]) for i in manifest.get("inputs", ())}


def _versions(manifest: Mapping[str, Any]) -> dict[str, str]:
    return {str(n): str(v) for n, v in manifest.get("versions", {}).items()}


def _digests(manifest: Mapping[str, Any]) -> dict[str, str]:
    return {str(a["path"]): str(a["sha256"]) for a in manifest["artifacts"]}


def _options(manifest: Mapping[str, Any]) -> dict[str, Any]:
    given = manifest.get("options") or {}
    known = {
        "languages": list,
        "formats": list,
        "layout": str,
        "outline": str,
        "docx_pages": bool,
        "for_review": bool,
        "pdf_engine": str,
    }
    return {name: given[name] for name, kind in known.items() if isinstance(given.get(name), kind)}


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        _digests(found), _inputs(found), _versions(found)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError([Finding("rebuild-no-manifest", Severity.ERROR, Place(MANIFEST))]) from error
    return found


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
