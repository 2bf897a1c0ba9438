"""`bulletin release`: seals a final edition under `editions/<id>/`: what was published, never to be written over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.errors import ConfigError, DataError
from bulletin.load.archive import EDITIONS
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline import records
from bulletin.pipeline.approve import explained, signed_off
from bulletin.pipeline.edit import Composed, compose_editions
from bulletin.pipeline.prepare import Prepared, prepare, stop_on_errors
from bulletin.pipeline.produce import FORMATS
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.save import MANIFEST, save_sealed

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
    built = _built(prepared, composed, output or root / "out")
    progress("seal", edition.id)
    files = sealed_files(prepared, composed)
    save_sealed(folder, {**files, MANIFEST: records.sealed_manifest(prepared, files, built)})
    figures = composed.facts.published(*composed.published())
    return Released(folder, files, len(figures), found)


def sealed_files(prepared: Prepared, composed: Composed) -> dict[str, bytes]:
    """The publishable table, the facts and the words by language."""
    edition = prepared.project.edition.id
    published = composed.published()
    files = {
        "table.csv": records.table(composed.facts.published(*published)),
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
    published = composed.published()
    wanted["table.csv"] = records.table(composed.facts.published(*published))
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
