"""`bulletin init --from`: the next edition of a project, a draft that builds at once and carries no old sentence unconfirmed."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.archive.advance import advanced, next_edition, to_confirm
from bulletin.archive.erratum import base_of
from bulletin.errors import BulletinError, ConfigError, OutputError
from bulletin.load.archive import EDITIONS
from bulletin.load.overrides import OVERRIDES, PROPOSALS
from bulletin.load.project import load_project
from bulletin.model.edition import Edition, Waiver
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline.disk import cannot_write
from bulletin.pipeline.prepare import Prepared, prepare
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.release import release

CARRIED = ("data", "config", "editions")
"""Folders that go on as they are: the old figures serve as history."""


@dataclass(frozen=True)
class Advance:
    folder: Path
    old: Edition
    new: Edition
    sealed: bool
    """The old edition stands in the archive of the new one."""
    paragraphs: int
    """Own paragraphs that wait to be confirmed."""
    waivers: tuple[Waiver, ...]
    """Those that expired."""
    dropped: tuple[str, ...]
    """Keys of bulletin.yaml that held for the old edition only."""
    proposals: tuple[str, ...]
    """Files of reviewers' wording, to be confirmed."""
    wanted: Mapping[str, tuple[str, ...]]
    """Institution (empty: not known) to the indicators to be collected from it."""
    prepared: Prepared


def init_from(project: Path, folder: Path | None, progress: Progress) -> Advance:
    """Makes `folder`, by default beside the project under the new edition's id. A final edition that is not sealed yet is sealed
    first. Raises ConfigError or OutputError, and leaves no folder behind, when that or the new project fails."""
    progress("load", "")
    loaded = load_project(project)[0]
    old = loaded.edition
    new = next_edition(replace(old, id=base_of(old.id)) if loaded.erratum else old)
    target = (folder or project.resolve().parent / new.id).resolve()
    if target.exists() and any(target.iterdir() if target.is_dir() else [target]):
        raise OutputError([Finding("project-exists", Severity.ERROR, Place(target.name), "", {"folder": target.name})])
    sealed = (project / EDITIONS / old.id).is_dir()
    if not sealed and old.status == "final":
        release(project, progress)
        sealed = True
    progress("save", str(target))
    made = not target.exists()
    try:
        reviewed = base_of(old.id) if loaded.erratum else old.id
        paragraphs, dropped, proposals = _written(project, target, old, new, reviewed)
        prepared = prepare(target, progress)
        _read_back(prepared.project.edition, new)
    except OSError as fault:
        _clear(target, made=made)
        raise cannot_write(fault, target) from fault
    except BulletinError:
        _clear(target, made=made)
        raise
    wanted = to_collect(prepared)
    return Advance(target, old, new, sealed, paragraphs, old.waivers, dropped, proposals, wanted, prepared)


def _written(
    project: Path, target: Path, old: Edition, new: Edition, reviewed: str
) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """Copies, marks and advances; the number of paragraphs to confirm, keys dropped, proposals. `reviewed`: the edition whose
    reviewers' wording is proposed."""
    target.mkdir(parents=True, exist_ok=True)
    for name in CARRIED:
        if (project / name).is_dir():
            shutil.copytree(project / name, target / name, ignore=shutil.ignore_patterns(".*"))
    for path in sorted(p for p in project.iterdir() if p.is_file() and p.name not in ("bulletin.yaml", "errata.yaml")):
        if path.suffix in (".yaml", ".md") or path.name == ".gitignore":
            shutil.copyfile(path, target / path.name)
    count = 0
    for path in sorted(p for p in (project / "text").rglob("*") if p.is_file() and not p.name.startswith(".")):
        copy = target / path.relative_to(project)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix != ".md":
            shutil.copyfile(path, copy)
            continue
        text, found = to_confirm(_decoded(path), old.id)
        copy.write_text(text, encoding="utf-8", newline="\n")
        count += found
    proposals = []
    for path in sorted((project / OVERRIDES / reviewed).glob("*.yaml")):
        copy = target / OVERRIDES / new.id / f"{PROPOSALS}{path.name}"
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        proposals.append(copy.relative_to(target).as_posix())
    made = advanced(_decoded(project / "bulletin.yaml"), new)
    (target / "bulletin.yaml").write_text(made.text, encoding="utf-8", newline="\n")
    return count, made.dropped, tuple(proposals)


def _decoded(path: Path) -> str:
    """Text of a file that load has read before."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _read_back(found: Edition, wanted: Edition) -> None:
    """The file is edited as text, so what it says now is read again."""
    for name in ("id", "year", "years", "number", "release_date", "status", "waivers", "revisions"):
        if getattr(found, name) != getattr(wanted, name):
            where = Place("bulletin.yaml", column=name)
            raise ConfigError([Finding("from-unchanged", Severity.ERROR, where, name, {"name": name})])


def _clear(target: Path, *, made: bool) -> None:
    if made:
        shutil.rmtree(target, ignore_errors=True)
        return
    for path in target.iterdir():
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def to_collect(prepared: Prepared) -> Mapping[str, tuple[str, ...]]:
    """Received indicators that the outline prints for the edition's year and that are not there yet, by institution."""
    edition, catalogue = prepared.project.edition, prepared.project.catalogue
    found: dict[str, dict[str, None]] = {}
    for a in prepared.availability:
        indicator = catalogue.get(a.indicator)
        if a.year == edition.year and a.received < a.expected and indicator is not None and indicator.formula is None:
            found.setdefault(a.institution, {})[a.indicator] = None
    return {name: tuple(found[name]) for name in sorted(found, key=lambda n: (not n, n))}
