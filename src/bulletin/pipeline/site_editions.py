"""Finds the finished editions in folders and reads them; one that is damaged, or not there, is told and never published."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.archive.published import TREE, Published, listed_files, placed, read_edition
from bulletin.errors import ConfigError
from bulletin.load.files import is_safe_name
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline.swap import MANIFEST, is_inside
from bulletin.pipeline.verify import check_whole
from bulletin.verify.open_data import check_open_data
from bulletin.verify.package import parts_of

SCHEMA = "bulletin-site/1"
EDITIONS = ("bulletin-manifest/1", "bulletin-edition/1")
"""Schemas of the manifests of what was built, and of what was sealed."""
FOLDER = "editions"
"""In a project: its sealed editions; in a library: the files of all."""
PROJECT = "bulletin.yaml"

Kept = tuple[Published, Mapping[str, bytes]]
"""An edition, and its files by their path in the library."""


@dataclass(frozen=True)
class _Folder:
    path: Path
    told: str
    """As messages name it."""


def read_editions(folders: Sequence[Path]) -> tuple[Kept, ...]:
    """Raises ConfigError with everything that stands against any of them."""
    findings: list[Finding] = []
    found: dict[Path, _Folder] = {}
    for folder in folders:
        for one in _editions_in(folder, findings):
            found.setdefault(one.path.resolve(), one)
    kept: list[tuple[_Folder, Kept]] = []
    for one in found.values():
        read = _read(one, findings)
        if read is not None:
            kept.append((one, read))
    known: dict[str, _Folder] = {}
    chosen = []
    for one, read in sorted(kept, key=lambda k: k[1][0].edition.sealed):
        name = read[0].edition.id
        former = known.setdefault(name, one)
        if former is one:
            chosen.append(read)
        elif not (read[0].edition.sealed and one.path.parent.parent == former.path.parent):
            # the seal of what stands built beside it says nothing new; any other edition of the same name is another one
            findings.append(_told("site-twice", one.told, id=name, other=former.told))
    if findings:
        raise ConfigError(findings)
    return tuple(chosen)


def schema_of(folder: Path) -> str:
    """Of the manifest in it; empty: none that can be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return str(manifest["schema"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _editions_in(folder: Path, findings: list[Finding]) -> Iterator[_Folder]:
    """The folder itself, or what the project in it has built and sealed."""
    told = folder.name or folder.resolve().name
    if schema_of(folder) in EDITIONS:
        yield _Folder(folder.absolute(), told)
    elif (folder / PROJECT).is_file():
        out = folder / "out"
        if schema_of(out) in EDITIONS:
            yield _Folder(out.absolute(), f"{told}/out")
        else:
            findings.append(_told("site-not-built", told))
        for path in sorted((folder / FOLDER).glob(f"*/{MANIFEST}")):
            if schema_of(path.parent) in EDITIONS:
                yield _Folder(path.parent.absolute(), f"{told}/{FOLDER}/{path.parent.name}")
    else:
        findings.append(_told("site-no-edition", told))


def _read(folder: _Folder, findings: list[Finding]) -> Kept | None:
    contents = dict(_contents(folder.path))
    wrong = [f for f in check_whole(folder.path, contents) if f.severity is Severity.ERROR]
    try:
        manifest = json.loads(contents[MANIFEST])
        listed = listed_files(manifest)
        name = str(manifest["edition"]["id"])
        (zipped,) = [a["path"] for a in listed if a["format"] == "data" and a["path"] in contents] or [""]
        wrong += check_open_data(zipped, contents[zipped]) if zipped else []
        if wrong:
            findings += [replace(f, place=Place(f"{folder.told}/{f.place.file}"), key=f"{folder.told}/{f.key}") for f in wrong]
            return None
        if not is_safe_name(name):
            raise ValueError(name)
        trees = {a["language"]: contents[a["path"]] for a in listed if _is_tree(a["path"], a["format"]) and a["path"] in contents}
        parts = parts_of(contents[zipped]) if zipped else {}
        at = f"{FOLDER}/{name}"
        published = replace(read_edition(manifest, trees, parts if isinstance(parts, dict) else {}, at), trees=trees)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, ArithmeticError) as error:
        findings.append(_told("site-unreadable", folder.told, reason=str(error)[:80] or type(error).__name__))
        return None
    places = {} if published.edition.sealed else placed(listed, at)
    return published, {place: contents[path] for path, place in places.items()}


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The manifest and what it lists, of what is there."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    listed = [*manifest.get("sealed", []), *manifest.get("artifacts", [])]
    names = [MANIFEST, *(str(a["path"]) for a in listed if isinstance(a, dict) and "path" in a)]
    for name in dict.fromkeys(names):
        if is_inside(name) and (folder / name).is_file():
            yield name, (folder / name).read_bytes()


def _is_tree(path: str, kind: str) -> bool:
    """Of the bulletin; leaflets have trees too."""
    return kind == TREE and path.startswith("document.")


def _told(rule: str, folder: str, **parameters: str) -> Finding:
    return Finding(rule, Severity.ERROR, Place(folder), folder, {"folder": folder, **parameters})
