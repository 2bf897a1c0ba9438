"""`bulletin review decide`: answers to questions and comments, one by one or on a sheet, kept and brought to the overrides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.document.round_json import encode_decisions
from bulletin.errors import ReviewError
from bulletin.limits import WORKBOOK_FILE
from bulletin.load.files import read_path
from bulletin.load.review import DECISIONS, ReviewFolder, read_review
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.review import Query
from bulletin.model.review_page import AskedLine
from bulletin.model.round import AnswerKind, Asked, Decision, Remarked, Standing
from bulletin.pipeline.progress import Progress
from bulletin.pipeline.review_files import overrides_files
from bulletin.pipeline.review_today import Today, stands_now, today
from bulletin.pipeline.review_words import asked_line
from bulletin.pipeline.save import save_together
from bulletin.review.answers import Given, joined, judged
from bulletin.review.standing import standing

if TYPE_CHECKING:
    from bulletin.load.decision_sheet import SheetRow

READ_ONLY = ("kind", "block", "language", "old", "new")
"""Columns of the sheet that say which question a row is; others tell of today and may differ tomorrow."""


@dataclass(frozen=True)
class Decided:
    standing: Standing
    decisions: tuple[Decision, ...]
    """Kept now."""
    files: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    """Wordings that have no place in the edition."""


@dataclass(frozen=True)
class _Ground:
    now: Today
    folder: ReviewFolder
    standing: Standing


def open_questions(root: Path, progress: Progress) -> Standing:
    return _ground(root, progress).standing


def decide(root: Path, progress: Progress, given: Decision) -> Decided:
    """Raises ReviewError when the answer cannot be kept."""
    return _kept(root, progress, _ground(root, progress), [Given(given)])


def write_sheet(root: Path, progress: Progress, texts: Mapping[str, str]) -> tuple[bytes, int]:
    """The workbook and how many questions it asks."""
    from bulletin.write.review_xlsx import write_decisions

    ground = _ground(root, progress)
    lines = sheet_lines(ground.standing, texts)
    project = ground.now.prepared.project
    return write_decisions(lines, texts, project.edition.id, project.edition.release_date, project.theme), len(lines)


def read_sheet(root: Path, progress: Progress, path: Path, words: Sequence[Mapping[str, str]], by: str, day: str) -> Decided:
    """`words`: messages of every language, so that an answer is understood in any. Raises ReviewError with all that is wrong."""
    from bulletin.load.decision_sheet import read_decisions

    sheet, faults = read_decisions(read_path(path, path.name, WORKBOOK_FILE), path.name)
    if sheet is None:
        raise ReviewError(faults)
    ground = _ground(root, progress)
    edition = ground.now.prepared.project.edition.id
    if sheet.edition != edition:
        said = {"found": sheet.edition, "expected": edition}
        raise ReviewError([Finding("review-sheet-other", Severity.ERROR, Place(path.name), path.name, said)])
    findings: list[Finding] = [f for f in faults if f.severity is Severity.ERROR]
    given: list[Given] = []
    lines = {a.id: asked_line(a, words[0]) for a in ground.standing.asked}
    lines |= {r.id: asked_line(remark_asked(r), words[0]) for r in ground.standing.remarks}
    for row in sheet.rows:
        if not row.fields.get("answer", ""):
            continue
        line = lines.get(row.id)
        findings += _changed(row, line, words) if line else ()
        answer, choice = _meant(row.fields["answer"], words)
        text, note = row.fields.get("text", ""), row.fields.get("note", "")
        given.append(Given(Decision(row.id, answer, choice, text, note, by, day), row.place))
    _, wrong = judged(given, ground.standing)
    findings += wrong
    if findings:
        raise ReviewError(findings)
    return _kept(root, progress, ground, given)


def sheet_lines(stands: Standing, texts: Mapping[str, str]) -> tuple[AskedLine, ...]:
    """Open questions, then open comments."""
    asked = [*stands.open, *(remark_asked(r) for r in stands.remarks if r.is_open)]
    return tuple(asked_line(a, texts) for a in asked)


def remark_asked(remarked: Remarked) -> Asked:
    """A comment in the form of a question."""
    r = remarked.remark
    query = Query("comment", r.block, r.language, r.quoted, r.text)  # type: ignore[arg-type]
    from bulletin.model.override import Reviewer

    return Asked(
        remarked.id,
        replace(query, authors=(Reviewer(r.author, r.date),)),
        "open",
        source=remarked.source,
        decision=remarked.decision,
    )


def answer_of(said: str, words: Sequence[Mapping[str, str]]) -> tuple[AnswerKind, int]:
    return _meant(said, words)


def _ground(root: Path, progress: Progress) -> _Ground:
    now = today(root, progress)
    folder = read_review(root, now.prepared.project.edition.id)
    return _Ground(now, folder, stands_now(folder, now))


def _kept(root: Path, progress: Progress, ground: _Ground, given: Sequence[Given]) -> Decided:
    decisions, findings = judged(given, ground.standing)
    findings = (*findings, *(_nobody(g) for g in given if not _is_signed(g.decision)))
    if findings:
        raise ReviewError(findings)
    every = joined(ground.folder.decisions, decisions)
    folder = ground.folder
    now = ground.now
    stands = standing(folder.rounds, every, now.said, folder.overrides, before=folder.decisions, trends=now.trends)
    written = overrides_files(now.prepared.project, stands.overrides, folder.overrides)
    # Answers last: until they are there the wording counts as written by hand, and stands.
    files = {**written.files, DECISIONS: encode_decisions(every)}
    progress("save", DECISIONS)
    save_together({root / name: data for name, data in files.items()})
    return Decided(stands, decisions, tuple(files), written.findings)


def _is_signed(decision: Decision) -> bool:
    try:
        return bool(decision.by.strip()) and date.fromisoformat(decision.date).isoformat() == decision.date
    except ValueError:
        return False


def _nobody(given: Given) -> Finding:
    return Finding("review-needs-by", Severity.ERROR, given.place, given.decision.id)


def _changed(row: SheetRow, line: AskedLine, words: Sequence[Mapping[str, str]]) -> tuple[Finding, ...]:
    """What the sheet says of the question, where it is not what the question says."""
    found = []
    for column in READ_ONLY:
        said = _bare(row.fields.get(column, ""))
        right = {_bare(w[f"review_kind_{line.kind}"]) for w in words} if column == "kind" else {_bare(getattr(line, column))}
        if said not in right:
            parameters = {"column": words[0][f"review_sheet_{column}"], "id": row.id}
            found.append(Finding("review-sheet-changed", Severity.ERROR, row.place, row.id, parameters))
    return tuple(found)


def _bare(text: str) -> str:
    return " ".join(text.split())


def _meant(said: str, words: Sequence[Mapping[str, str]]) -> tuple[AnswerKind, int]:
    """An answer in any language, or by its code; `take 2` names the second wording. What is none comes back as it is."""
    bare = " ".join(said.casefold().split())
    word, _, number = bare.rpartition(" ")
    if not number.isdecimal():
        word, number = bare, "0"
    if word.rpartition("-")[2].isdecimal():
        word, _, number = word.rpartition("-")
    for texts in words:
        for key, text in texts.items():
            if key.startswith("review_answer_") and word in (text.casefold(), key.removeprefix("review_answer_")):
                return key.removeprefix("review_answer_"), int(number)  # type: ignore[return-value]
    return said, 0  # type: ignore[return-value]
