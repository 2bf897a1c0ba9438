"""The files that a review writes beside its rounds: overrides, answers, and whether it is closed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.document.round_json import encode_decisions
from bulletin.errors import ReviewError
from bulletin.limits import TEXT_FILE
from bulletin.load.overrides import OVERRIDES, refused_entries
from bulletin.load.review import CLOSED
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline.records import encoded

if TYPE_CHECKING:
    from bulletin.document.serial import Json
    from bulletin.model.override import Override
    from bulletin.model.project import Project
    from bulletin.model.round import Decision, Round

Entries = Mapping[str, Mapping[str, "Override"]]


@dataclass(frozen=True)
class Written:
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    """Wordings for which the edition has no place: they stand in the file as rejected."""


def overrides_files(project: Project, new: Entries, old: Entries) -> Written:
    """Of the languages in which something changes; a file that says the same keeps the form that a person gave it. With what is
    written the project can always be read."""
    from bulletin.write.overrides import write_overrides

    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    for language in sorted({*new, *old}):
        entries = dict(new.get(language, {}))
        if entries == dict(old.get(language, {})):
            continue
        name = f"{OVERRIDES}/{project.edition.id}/{language}.yaml"
        path = project.root / name
        there = path.read_text(encoding="utf-8") if path.is_file() else ""
        content = write_overrides(entries, there)
        if language in project.edition.languages:
            while refused := {n: f for n, f in refused_entries(content, name, project).items() if n in entries}:
                changed = {n: f for n, f in refused.items() if entries[n].state != "rejected"}
                if not changed:
                    break
                for block, fault in changed.items():
                    said = {"name": block, "text": entries[block].text or "–", "rule": fault.rule}
                    findings.append(Finding("review-unplaced", Severity.WARNING, Place(name), block, said))
                    entries[block] = replace(entries[block], state="rejected")
                content = write_overrides(entries, there)
        if len(content) > TEXT_FILE.most:
            # It could be written, and no command would read the project any more.
            raise ReviewError([Finding(TEXT_FILE.rule, Severity.ERROR, Place(name), parameters={"limit": TEXT_FILE.most})])
        files[name] = content
    return Written(files, tuple(findings))


def closed_record(root: Path, edition: str, rounds: Sequence[Round], decisions: Sequence[Decision], by: str, day: str) -> bytes:
    builds: list[Json] = [*sorted({r.build for r in rounds})]
    files: list[Json] = [{"round": r.name, "sha256": r.source} for r in rounds]
    digest = hashlib.sha256(encode_decisions(tuple(decisions))).hexdigest()
    said: Json = {"builds": builds, "files": files, "decisions": digest, "by": by, "date": day}
    return _record({**_editions(root), edition: said})


def reopened(root: Path, edition: str) -> bytes:
    return _record({name: said for name, said in _editions(root).items() if name != edition})


def _editions(root: Path) -> dict[str, Json]:
    path = root / CLOSED
    return dict(json.loads(path.read_bytes())["editions"]) if path.is_file() else {}


def _record(editions: dict[str, Json]) -> bytes:
    return encoded({"schema": "bulletin-review-closed/1", "editions": dict(sorted(editions.items()))})
