"""`bulletin review import`: reviewed Word files become overrides, questions and a report; all of them, or nothing is written."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.document.issued_json import decode_issued
from bulletin.document.round_json import encode_round
from bulletin.errors import BulletinError, ReviewError
from bulletin.isolated import LostError, Reader
from bulletin.limits import DOCX_FILE, REVIEW_ADDED
from bulletin.load.files import is_safe_name, read_path
from bulletin.load.lost import stopped
from bulletin.load.review import CLOSED, IMPORT, ISSUED, REPORT, REVIEW, ReviewFolder, read_review
from bulletin.model.finding import Finding, Parameter, Place, Severity
from bulletin.pipeline.prepare import prepare_project
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.review_files import Written, overrides_files, reopened
from bulletin.pipeline.review_report import review_report
from bulletin.pipeline.review_required import required_blocks
from bulletin.pipeline.review_today import Today, today_in
from bulletin.pipeline.save import save_together
from bulletin.review.round import authors_of, day_of, round_of, with_places
from bulletin.review.standing import standing

if TYPE_CHECKING:
    from bulletin.model.issued import Issued
    from bulletin.model.project import Project
    from bulletin.model.reviewed import ReadFile
    from bulletin.model.round import Round, Standing

FACTS = "facts.json"


@dataclass(frozen=True)
class Imported:
    rounds: tuple[Round, ...]
    """Taken in now."""
    known: tuple[tuple[str, str], ...]
    """Files that had been taken in before, and under which name."""
    standing: Standing | None
    """None when nothing was new."""
    files: tuple[str, ...] = ()
    """Written, or to be written, relative to the project."""
    findings: tuple[Finding, ...] = ()
    """Wordings that have no place in the edition."""


@dataclass(frozen=True)
class _Asked:
    root: Path
    project: Project
    required: frozenset[str]
    who: str
    against: str
    day: str


def import_review(
    root: Path,
    files: Sequence[Path],
    progress: Progress,
    texts: Mapping[str, str],
    *,
    who: str = "",
    against: str = "",
    day: str = "",
    dry_run: bool = False,
    reopen: bool = False,
) -> Imported:
    """Raises ReviewError with what is wrong with every file. `texts`: messages in the language of the report."""
    from bulletin.load.project import load_project

    progress("load", "")
    project, warnings = load_project(root)
    folder = read_review(root, project.edition.id)
    given, known = _new(files, folder)
    if not given:
        return Imported((), known, None)
    if folder.closed and not reopen:
        raise ReviewError([Finding("review-closed", Severity.ERROR, Place(CLOSED), parameters={"edition": project.edition.id})])
    asked = _Asked(root, project, required_blocks(project), who, against, day)
    rounds: list[Round] = []
    faults: list[Finding] = []
    with Reader() as reader:
        for path, data in given:
            progress("review", path.name)
            try:
                rounds.append(_round(asked, path.name, data, {r.name for r in (*folder.rounds, *rounds)}, reader))
            except BulletinError as error:
                faults += error.findings
    if faults:
        raise ReviewError(faults)
    now = today_in(prepare_project(project, warnings, progress), progress)
    whole = (*folder.rounds, *rounds)
    stands = standing(whole, folder.decisions, now.said, folder.overrides, arriving={r.name for r in rounds}, trends=now.trends)
    entries = overrides_files(now.prepared.project, stands.overrides, folder.overrides)
    written = _files(root, rounds, stands, now, texts, folder, entries)
    if not dry_run:
        progress("save", REVIEW)
        save_together({root / name: data for name, data in written.items()})
    return Imported(tuple(rounds), known, stands, tuple(written), entries.findings)


def _new(files: Sequence[Path], folder: ReviewFolder) -> tuple[list[tuple[Path, bytes]], tuple[tuple[str, str], ...]]:
    """Files by content: one that is there already, or given twice, is not taken in again."""
    faults: list[Finding] = []
    seen = {r.source: r.name for r in folder.rounds}
    new: list[tuple[Path, bytes]] = []
    known: list[tuple[str, str]] = []
    for path in files:
        try:
            data = read_path(path, path.name, DOCX_FILE)
        except BulletinError as error:
            faults += error.findings
            continue
        source = hashlib.sha256(data).hexdigest()
        if source in seen:
            known.append((path.name, seen[source]))
        else:
            seen[source] = path.name
            new.append((path, data))
    if faults:
        raise ReviewError(faults)
    return new, tuple(known)


def _round(asked: _Asked, label: str, data: bytes, taken: set[str], reader: Reader) -> Round:
    from bulletin.review.collect import collect

    file = _apart(data, label, reader)
    issued = _issued(asked, file, label)
    date = day_of(file, issued.author) or asked.day
    name = asked.who or "; ".join(authors_of(file, issued.author)[:3])
    lacking = [rule for rule, said in (("review-no-date", date), ("review-no-name", name)) if not said]
    if lacking:
        raise ReviewError([Finding(rule, Severity.ERROR, Place(label), label) for rule in lacking])
    _bounded(sum(1 for p in file.paragraphs if p.accepted.strip() and not p.contents) - _most(issued), label)
    found = collect(issued, file, asked.project.locales, name, asked.project.narration.lexicon)
    _bounded(sum(1 for c in found.changes if c.kind == "new"), label)
    made = round_of(folder_name(date, name, taken), name, date, label, file, issued, found, asked.required)
    return with_places(made, _places(asked.root, issued.build, made))


def _most(issued: Issued) -> int:
    """Paragraphs that a file sent out can have: those of its blocks and of the cells of its tables."""
    return len(issued.blocks) + sum(len(row) for table in issued.tables for row in table.grid)


def _bounded(added: int, label: str) -> None:
    if added > REVIEW_ADDED.most:
        said: dict[str, Parameter] = {"found": added, "limit": REVIEW_ADDED.most}
        raise ReviewError([Finding(REVIEW_ADDED.rule, Severity.ERROR, Place(label), label, said)])


def _apart(data: bytes, label: str, reader: Reader) -> ReadFile:
    """A Word file from elsewhere, read in a process with limits."""
    from bulletin.model.reviewed import ReadFile

    try:
        file = reader.call("bulletin.review.read:read_docx", data, label)
    except LostError as lost:
        raise ReviewError([stopped(lost, label)]) from lost
    assert isinstance(file, ReadFile)
    return file


def _issued(asked: _Asked, file: ReadFile, label: str) -> Issued:
    """The record of what was sent out, by what the file carries or by what the command says."""
    carried = decode_issued(file.manifest, label) if file.manifest else None
    _same_bulletin(asked, carried, label)
    build = asked.against or (carried.build if carried else file.build)
    path = _record(asked.root, build, carried.languages if carried else _languages_of(file, asked.root, build))
    if path is None:
        known = ", ".join(sorted(p.name for p in (asked.root / ISSUED).glob("*") if p.is_dir())) or "–"
        raise ReviewError(
            [Finding("review-unknown-build", Severity.ERROR, Place(label), label, {"build": build or "–", "known": known})]
        )
    record = decode_issued(read_path(path, path.name), path.name)
    _same_bulletin(asked, record, label)
    return record


def _same_bulletin(asked: _Asked, record: Issued | None, label: str) -> None:
    own = (asked.project.edition.id, asked.project.edition.country)
    if record is not None and (record.edition, record.project) != own:
        said = {"found": f"{record.project} {record.edition}".strip(), "expected": f"{own[1]} {own[0]}"}
        raise ReviewError([Finding("review-other-bulletin", Severity.ERROR, Place(label), label, said)])


def _record(root: Path, name: str, languages: Sequence[str]) -> Path | None:
    if not name:
        return None
    if name.endswith(".json"):
        return Path(name) if Path(name).is_file() else None
    folder = root / ISSUED / name if is_safe_name(name) else Path(name)
    found = sorted(folder.glob("issued.*.json")) if folder.is_dir() else []
    wanted = f"issued.{'-'.join(languages)}.json"
    return next((p for p in found if p.name == wanted), found[0] if len(found) == 1 and not languages else None)


def _languages_of(file: ReadFile, root: Path, build: str) -> tuple[str, ...]:
    """Of a file that has lost its manifest: that of the record which speaks the language of most of its words."""
    folder = root / ISSUED / build if build and is_safe_name(build) else Path(build or ".")
    names = [p.name.split(".")[1] for p in sorted(folder.glob("issued.*.json"))] if build and folder.is_dir() else []
    spoken = [tongue.partition("-")[0] for tongue in file.languages]
    return tuple(next((n for tongue in spoken for n in names if n == tongue), names[0] if len(names) == 1 else "").split("-"))


def folder_name(date: str, who: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", who).encode("ascii", "ignore").decode().lower()
    name = f"{date}-{re.sub(r'[^a-z0-9]+', '-', plain).strip('-')[:40] or 'x'}"
    return next(n for n in (name, *(f"{name}-{i}" for i in range(2, 1000))) if n not in taken)


def _places(root: Path, build: str, made: Round) -> dict[str, Place]:
    """Fact to the first cell on which it rests, from the facts of the build that was sent out."""
    wanted = {q.fact for q in made.queries} | {q.fact for e in made.edits for q in e.change.queries}
    path = root / ISSUED / build / FACTS
    if not wanted - {""} or not path.is_file():
        return {}
    try:
        facts = json.loads(read_path(path, FACTS))
        inputs = [str(i["path"]) for i in facts["inputs"]]
        found: dict[str, Place] = {}
        for fact in facts["facts"]:
            if fact["id"] in wanted and fact["lineage"]:
                first = fact["lineage"][0]
                at = int(first["input"])
                found[fact["id"]] = Place(
                    inputs[at] if 0 <= at < len(inputs) else "", first["sheet"], first["cell"], first["column"]
                )
        return found
    except (ValueError, KeyError, TypeError, IndexError):
        return {}


def _files(
    root: Path,
    rounds: Sequence[Round],
    stands: Standing,
    now: Today,
    texts: Mapping[str, str],
    folder: ReviewFolder,
    entries: Written,
) -> dict[str, bytes]:
    """In the order in which they are put in their places: what was taken in counts as such when all it says is there."""
    found: dict[str, bytes] = {}
    if folder.closed:
        found[CLOSED] = reopened(root, now.prepared.project.edition.id)
    found |= entries.files
    for each in rounds:
        found[f"{REVIEW}/{each.name}/{REPORT}"] = review_report(now.prepared, each, stands, texts)
        found[f"{REVIEW}/{each.name}/{IMPORT}"] = encode_round(each)
    return found
