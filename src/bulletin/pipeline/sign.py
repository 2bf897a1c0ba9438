"""`bulletin check --approvals`: what institutions answered on the sheets they were sent, as lines for `approvals:`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bulletin.limits import WORKBOOK_FILE
from bulletin.load.files import read_path
from bulletin.load.sign_off import Answer, SignOff, read_sign_off
from bulletin.model.edition import Approval
from bulletin.model.finding import Finding, Place, Severity
from bulletin.pipeline.approve import contents_id
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import Progress

FIELDS = ("decision", "role", "date", "remark")


@dataclass(frozen=True)
class Signed:
    approvals: tuple[Approval, ...]
    findings: tuple[Finding, ...]


def read_signed(root: Path, files: Sequence[Path], progress: Progress, words: Sequence[Mapping[str, str]]) -> Signed:
    """`words`: messages of every language, so that an answer is understood in any. Approvals of other contents are refused; those
    that already stand in bulletin.yaml for these contents stay.
    """
    prepared = prepare(root, progress)
    build = contents_id(prepared, compose_editions(prepared))
    approvals = {a.institution: a for a in prepared.project.edition.approvals if a.build == build}
    findings: list[Finding] = []
    for path in files:
        read, found = read_sign_off(read_path(path, path.name, WORKBOOK_FILE), path.name, FIELDS)
        findings += found
        if read is None:
            continue
        if (read.edition, read.contents) != (prepared.project.edition.id, build):
            findings.append(_other(read, path.name, build))
            continue
        for answer in read.answers:
            approval, found = _judged(answer, build, words)
            findings += found
            if approval:
                approvals[approval.institution] = approval
    return Signed(tuple(approvals.values()), tuple(findings))


def _other(read: SignOff, file: str, build: str) -> Finding:
    said = {"edition": read.edition, "approved": read.contents, "build": build}
    return Finding("sign-off-other", Severity.ERROR, Place(file), file, said)


def _judged(answer: Answer, build: str, words: Sequence[Mapping[str, str]]) -> tuple[Approval | None, tuple[Finding, ...]]:
    name = answer.institution
    if not answer.fields and not answer.boxes:
        return None, ()
    refused = _meant(words, "report_no")
    doubted = [figure for figure, text in answer.boxes.items() if text.casefold() in refused]
    decision = answer.fields.get("decision", "").casefold()
    if decision in _meant(words, "report_refuse") or doubted:
        said = {"institution": name, "figures": ", ".join(doubted) or "–", "remark": answer.fields.get("remark", "–")}
        return None, (Finding("sign-off-refused", Severity.WARNING, answer.place, name, said),)
    day = answer.fields.get("date", "")[:10]
    lacking = [field for field in ("decision", "role", "date") if not answer.fields.get(field)]
    if "decision" not in lacking and decision not in _meant(words, "report_approve"):
        lacking.append("decision")
    if "date" not in lacking and not _is_date(day):
        lacking.append("date")
    if lacking:
        fields = ", ".join(words[0][f"report_{field}"] for field in lacking)
        return None, (
            Finding("sign-off-incomplete", Severity.WARNING, answer.place, name, {"institution": name, "fields": fields}),
        )
    return Approval(name, answer.fields["role"], day, build), ()


def _meant(words: Sequence[Mapping[str, str]], key: str) -> set[str]:
    return {w[key].casefold() for w in words}


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
