"""The files that a review writes beside its rounds: overrides, answers, and whether it is closed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.document.round_json import encode_decisions
from bulletin.load.overrides import OVERRIDES
from bulletin.load.review import CLOSED
from bulletin.pipeline.records import encoded

if TYPE_CHECKING:
    from bulletin.document.serial import Json
    from bulletin.model.override import Override
    from bulletin.model.round import Decision, Round

Entries = Mapping[str, Mapping[str, "Override"]]


def overrides_files(root: Path, edition: str, new: Entries, old: Entries) -> dict[str, bytes]:
    """Of the languages in which something changes; a file that says the same keeps the form that a person gave it."""
    from bulletin.write.overrides import write_overrides

    found: dict[str, bytes] = {}
    for language in sorted({*new, *old}):
        entries = new.get(language, {})
        if dict(entries) != dict(old.get(language, {})):
            name = f"{OVERRIDES}/{edition}/{language}.yaml"
            there = (root / name).read_text(encoding="utf-8") if (root / name).is_file() else ""
            found[name] = write_overrides(entries, there)
    return found


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
