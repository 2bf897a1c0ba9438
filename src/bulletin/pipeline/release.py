"""`bulletin release`: seals a final edition under `editions/<id>/`: what was published, never to be written over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.archive.wording import reworded
from bulletin.document.serial import tree
from bulletin.document.wording import wording_of
from bulletin.errors import ConfigError, DataError
from bulletin.load.archive import EDITIONS, read_edition
from bulletin.load.errata import ERRATA
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline import records
from bulletin.pipeline.approve import explained, signed_off
from bulletin.pipeline.edit import Composed, compose_editions
from bulletin.pipeline.maps import map_bounds
from bulletin.pipeline.prepare import Prepared, prepare, stop_on_errors
from bulletin.pipeline.produce import FORMATS
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.save import save_sealed
from bulletin.pipeline.swap import MANIFEST

if TYPE_CHECKING:
    from bulletin.document.serial import Json


@dataclass(frozen=True)
class Released:
    folder: Path
    files: Mapping[str, bytes]
    figures: int
    findings: tuple[Finding, ...]


def release(root: Path, progress: Progress, *, output: Path | None = None) -> Released:
    """Seals what `output` holds, by default `out/`. Raises when the edition is not final or is sealed already, when a finding stands
    against it, or when the files are not what the project gives today."""
    prepared = prepare(root, progress)
    edition = prepared.project.edition
    folder = root / EDITIONS / edition.id
    place = Place("bulletin.yaml", column="status")
    if edition.status != "final":
        raise ConfigError([Finding("release-not-final", Severity.ERROR, place, edition.id, {"status": edition.status})])
    if folder.exists():
        where = Place(f"{EDITIONS}/{edition.id}")
        raise ConfigError([Finding("release-sealed", Severity.ERROR, where, edition.id, {"edition": edition.id})])
    stop_on_errors(prepared.findings, strict=False)
    progress("compose", "")
    composed = compose_editions(prepared)
    everything = explained(prepared, composed.findings)
    found = (*everything, *signed_off(prepared, composed, whole=True))
    stop_on_errors(found, strict=False)
    check_correction(prepared, composed)
    built = _built(prepared, composed, output or root / "out")
    progress("seal", edition.id)
    files = sealed_files(prepared, composed)
    save_sealed(folder, {**files, MANIFEST: records.sealed_manifest(prepared, files, built, map_bounds(prepared, composed))})
    figures = composed.facts.published(*composed.published())
    return Released(folder, files, len(figures), found)


def check_correction(prepared: Prepared, composed: Composed) -> None:
    """An erratum comes after what it corrects and changes something of it."""
    erratum, corrected = prepared.project.erratum, prepared.corrected
    if erratum is None:
        return
    date = prepared.project.edition.release_date
    if corrected is None:
        unknown = {"edition": erratum.corrects, "known": "–"}
        raise ConfigError([Finding("erratum-unknown", Severity.ERROR, Place(ERRATA), erratum.corrects, unknown)])
    if date < corrected.release_date:
        early = {"date": date, "edition": corrected.id, "former": corrected.release_date}
        raise ConfigError([Finding("erratum-date", Severity.ERROR, Place("bulletin.yaml", column="release_date"), "", early)])
    before = read_edition(prepared.project.root / EDITIONS / corrected.id).wording
    words = any(
        not w.block.startswith(_OF_THE_ISSUE)
        for language, document in composed.documents.items()
        for w in reworded(language, before.get(language, {}), wording_of(tree(document)))
    )
    if not prepared.corrections and not words:
        raise ConfigError([Finding("erratum-empty", Severity.ERROR, Place(ERRATA), corrected.id, {"edition": corrected.id})])


_OF_THE_ISSUE = ("erratum", "imprint", "approval", "revisions")
"""Blocks that differ from issue to issue although nothing is corrected."""


def sealed_files(prepared: Prepared, composed: Composed) -> dict[str, bytes]:
    """The publishable table, the facts and the words by language."""
    edition = prepared.project.edition.id
    published = composed.published()
    files = {
        "table.csv": records.table(composed.facts.published(*published), tuple(composed.documents)),
        "facts.json": records.facts(prepared, composed.facts, *published, brief=True),
    }
    for language, data in composed.trees().items():
        files[f"wording.{language}.json"] = records.wording(edition, language, json.loads(data))
    return files


def _built(prepared: Prepared, composed: Composed, output: Path) -> list[Json]:
    """The artifacts of the build's manifest, when all of them are there unchanged and say what the project says now."""
    edition = prepared.project.edition
    here = Place(output.name)
    try:
        manifest = json.loads((output / MANIFEST).read_text(encoding="utf-8"))
        artifacts = {str(a["path"]): a for a in manifest["artifacts"]}
        hashes = {name: str(a["sha256"]) for name, a in artifacts.items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError([Finding("release-not-built", Severity.ERROR, here, edition.id)]) from error
    wanted = {f"document.{language}.json": data for language, data in composed.trees().items()}
    for (leaflet, language), data in ({} if prepared.project.alone else composed.leaflet_trees()).items():
        wanted[f"{leaflet}.{language}.json"] = data
    published = composed.published()
    wanted["table.csv"] = records.table(composed.facts.published(*published), tuple(composed.documents))
    wanted["facts.json"] = records.facts(prepared, composed.facts, *published)
    differ = [name for name, data in wanted.items() if hashes.get(name) != hashlib.sha256(data).hexdigest()]
    differ += [name for name in hashes if name not in differ and not _is_whole(output / name, hashes[name])]
    finished = {str(a["language"]) for a in artifacts.values() if a["format"] in FORMATS}
    lacking = [language for language in edition.languages if language not in finished]
    if differ:
        names = ", ".join(sorted(differ))
        raise DataError([Finding("release-differs", Severity.ERROR, here, edition.id, {"files": names})])
    if lacking:
        raise DataError([Finding("release-not-built", Severity.ERROR, here, edition.id)])
    return [artifacts[name] for name in sorted(artifacts)]


def _is_whole(path: Path, digest: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False
