"""`bulletin impact`: what other data would change in an edition, before anything is built; writes nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletin.document.lines import read_blocks, read_items
from bulletin.document.serial import Json
from bulletin.errors import ConfigError
from bulletin.ledger.answer import ClaimSeen
from bulletin.ledger.book import Book
from bulletin.ledger.impact import Impact, State
from bulletin.ledger.impact import impact as compared
from bulletin.ledger.printed import Pages
from bulletin.load.archive import MANIFEST
from bulletin.load.changes import DataChange
from bulletin.load.data_files import data_files
from bulletin.load.files import read_path
from bulletin.load.nearest import nearest
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline import records
from bulletin.pipeline.approve import explained, signed_off
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.prepare import prepare, stands_against
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.trace import read_edition, read_findings
from bulletin.protect.findings import public_findings

_CHANGE = re.compile(
    r"(?P<file>[^\[\]!=]+?\.\w+)\s*(?:\[(?P<sheet>[^\]]*)\])?\s*(?:[:!]\s*(?P<cell>[A-Za-z]{0,3}[0-9]+))?"
    r"\s*(?:\((?P<column>[^()]+)\))?\s*(?:=(?P<new>.*))?",
    re.DOTALL,
)


@dataclass(frozen=True)
class Foreseen:
    """What would change, and which findings would come and go."""

    changes: tuple[str, ...]
    impact: Impact
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    since_build: bool = False
    """Compared with the built edition, not with the data as they are."""
    refused: bool = False
    """Whether an edition with the changes would not be built; findings that stand now already count."""


def impact(root: Path, changes: Sequence[str], progress: Progress, *, languages: Sequence[str] = ()) -> Foreseen:
    """`changes`: `FILE=OTHER` for another file in its place, `FILE:LINE=TEXT` or `FILE[SHEET]!CELL=TEXT` for a cell, a file with the
    name of one of the data files for that file's place, `FILE` alone for a data file that has changed since the build. Raises
    ConfigError for a change that cannot be made, and for a broken set-up."""
    paths, _ = data_files(root)
    known = {p.relative_to(root).as_posix(): p for p in paths}
    parsed = [_parsed(root, change, known) for change in changes]
    wanted = [c for c in parsed if c is not None]
    since_build = len(wanted) < len(parsed)
    built = _built(root) if since_build else None
    # What cannot be changed is told before the time for the other state is spent.
    after, later = _state(root, progress, languages, wanted)
    before, found = built or _state(root, progress, languages, ())
    pages = {language: p for language, p in before.pages.items() if language in after.pages}
    # A build files its findings as they may be published; these are compared, and the new ones told in full.
    new = _difference(later, found, public=since_build)
    gone = _difference(found, later, public=since_build) if not (since_build and languages) else ()
    told = tuple(f.own for f in new), tuple(f.own for f in gone)
    refused = stands_against(tuple(f.own for f in later), strict=False)
    return Foreseen(tuple(changes), compared(State(before.book, pages), after), *told, since_build, refused)


@dataclass(frozen=True)
class _Told:
    own: Finding
    public: Finding
    """As the edition files it."""


def _parsed(root: Path, change: str, known: Mapping[str, Path]) -> DataChange | None:
    """None: a data file as it is now, against the build."""
    match = _CHANGE.fullmatch(change.strip())
    if match is None:
        raise ConfigError([Finding("impact-not-understood", Severity.ERROR, Place(), change, {"change": change})])
    name, cell, new = match["file"].strip(), match["cell"], match["new"]
    file = _label(root, name, known)
    if cell and match["column"] and not cell.isdigit():
        raise ConfigError([Finding("impact-not-understood", Severity.ERROR, Place(), change, {"change": change})])
    if cell:
        place = Place(file, match["sheet"] or "", cell.upper(), (match["column"] or "").strip())
        if new is None:
            raise ConfigError([Finding("impact-not-understood", Severity.ERROR, Place(), change, {"change": change})])
        return DataChange(place, new.strip())
    other = Path(new.strip()) if new else Path(name)
    if new is None and (not other.is_file() or other.resolve() == known[file].resolve()):
        return None
    content = read_path(other, other.name)
    if other.suffix.lower() != known[file].suffix.lower():
        parameters = {"other": other.name, "suffix": known[file].suffix}
        raise ConfigError([Finding("impact-other-kind", Severity.ERROR, Place(file), file, parameters)])
    return DataChange(Place(file), content=content)


def _label(root: Path, name: str, known: Mapping[str, Path]) -> str:
    """Of the data file that a path, a name in the project or a bare name means."""
    asked = name.replace("\\", "/")
    path = Path(name)
    if path.is_file() and path.resolve().is_relative_to(root.resolve()):
        asked = path.resolve().relative_to(root.resolve()).as_posix()
    same = [f for f in known if f in (asked, f"data/{asked}")] or [
        f for f in known if f.rpartition("/")[2] == asked.rpartition("/")[2]
    ]
    if len(same) != 1:
        parameters = {"name": name, "nearest": nearest(asked, same or known) or ", ".join(list(known)[:5]) or "–"}
        raise ConfigError([Finding("impact-unknown-file", Severity.ERROR, Place(), name, parameters)])
    return same[0]


def _state(
    root: Path, progress: Progress, languages: Sequence[str], changes: Sequence[DataChange]
) -> tuple[State, tuple[_Told, ...]]:
    """Composed in memory, with everything that a build would find."""
    prepared = prepare(root, progress, tuple(languages), changes=changes)
    progress("compose", "")
    composed = compose_editions(prepared)
    published = composed.published()
    book = Book(read_items(records.facts(prepared, composed.facts, *published)))
    pages = {language: Pages(language, read_blocks(data)) for language, data in composed.trees().items()}
    # Institutions approve the whole edition: of some languages alone their approval cannot be judged.
    signed = () if languages else signed_off(prepared, composed, whole=True)
    found = (*explained(prepared, composed.findings), *signed)
    public = public_findings(found, prepared.observations)
    return State(book, pages), tuple(_Told(*pair) for pair in zip(found, public, strict=True))


def _built(root: Path) -> tuple[State, tuple[_Told, ...]]:
    if not (root / "out" / MANIFEST).is_file():
        name = root.resolve().name
        raise ConfigError([Finding("impact-not-built", Severity.ERROR, Place(name), name)])
    edition = read_edition(root / "out")
    return State(edition.book, {p.language: p for p in edition.pages}), tuple(_Told(f, f) for f in read_findings(root / "out"))


def _difference(some: Sequence[_Told], others: Sequence[_Told], *, public: bool) -> tuple[_Told, ...]:
    have = Counter(_essence(f, public) for f in others)
    found = []
    for f in some:
        essence = _essence(f, public)
        if have[essence]:
            have[essence] -= 1
        elif f.own.severity is not Severity.INFO:
            found.append(f)
    return tuple(found)


def _essence(told: _Told, public: bool) -> str:
    """Without the id of the contents: an approval that is missing is missing of either."""
    f = told.public if public else told.own
    parameters = sorted((k, v) for k, v in f.parameters.items() if k != "build")
    return repr((f.rule, f.severity, str(f.place), f.key, parameters, f.waived))


def as_json(found: Foreseen) -> dict[str, Json]:
    seen = found.impact
    return {
        "schema": "bulletin-impact/1",
        "changes": list(found.changes),
        "since_build": found.since_build,
        "refused": found.refused,
        "figures": [
            {
                "id": f.id,
                "old": f.values[0],
                "new": f.values[1],
                "texts_old": {k: list(v) for k, v in f.old.items()},
                "texts_new": {k: list(v) for k, v in f.new.items()},
                "status_old": list(f.statuses[0]),
                "status_new": list(f.statuses[1]),
                "blocks": list(f.blocks),
            }
            for f in seen.figures
        ],
        "claims": [{"id": c.id, "languages": list(c.languages), "old": _claim(c.old), "new": _claim(c.new)} for c in seen.claims],
        "sentences": [
            {"language": w.language, "block": w.block, "section": w.where, "old": list(w.old), "new": list(w.new)}
            for w in seen.words
        ],
        "exhibits": [
            {
                "language": e.language,
                "block": e.block,
                "kind": e.kind,
                "title": e.title,
                "cells": [{"place": p, "old": old, "new": new} for p, old, new in e.cells],
            }
            for e in seen.exhibits
        ],
        "findings": {"new": [_finding(f) for f in found.new], "gone": [_finding(f) for f in found.gone]},
    }


def _claim(c: ClaimSeen | None) -> Json:
    return None if c is None else {"kind": c.kind, "outcome": c.outcome, "parameters": dict(c.parameters), "sentence": c.sentence}


def _finding(f: Finding) -> Json:
    return {"rule": f.rule, "severity": f.severity.value, "key": f.key, "place": str(f.place), "waived": f.waived}
