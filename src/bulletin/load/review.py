"""The folder `review/` of a project: what was sent out, what came back, what was answered, and whether the review is closed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.document.round_json import decode_decisions, decode_round
from bulletin.errors import ConfigError
from bulletin.load.files import is_safe_name, read_path
from bulletin.load.overrides import OVERRIDES
from bulletin.load.schema import validated
from bulletin.load.yaml_text import Map, parse_yaml
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.override import Override
from bulletin.model.review import Answer
from bulletin.model.round import Decision, Round, remark_id

if TYPE_CHECKING:
    from bulletin.model.project import Project

REVIEW = "review"
ISSUED = "review/issued"
IMPORT = "import.json"
REPORT = "report.html"
DECISIONS = "review/decisions.json"
CLOSED = "review/closed.json"


@dataclass(frozen=True)
class Sent:
    """One build that was sent out."""

    build: str
    languages: tuple[str, ...]
    """One an entry for each file: `pt`, `en`, `pt-en`."""


@dataclass(frozen=True)
class ReviewFolder:
    rounds: tuple[Round, ...]
    """Of this edition, by date and name."""
    decisions: tuple[Decision, ...]
    sent: tuple[Sent, ...] = ()
    closed: bool = False
    """The review of this edition is closed."""
    overrides: dict[str, dict[str, Override]] = field(default_factory=dict)
    """Language to block to entry, as they stand in the files."""


def read_review(root: Path, edition: str) -> ReviewFolder:
    """Raises ConfigError with all findings when a file of the program's own cannot be read."""
    faults: list[Finding] = []
    rounds: list[Round] = []
    folder = root / REVIEW
    for path in sorted(folder.glob(f"*/{IMPORT}")) if folder.is_dir() else ():
        label = f"{REVIEW}/{path.parent.name}/{IMPORT}"
        try:
            rounds.append(decode_round(read_path(path, label)))
        except (ValueError, RecursionError) as fault:
            faults.append(_unreadable(label, fault))
    decisions: tuple[Decision, ...] = ()
    if (root / DECISIONS).is_file():
        try:
            decisions = decode_decisions(read_path(root / DECISIONS, DECISIONS))
        except (ValueError, RecursionError, KeyError) as fault:
            faults.append(_unreadable(DECISIONS, fault))
    overrides = _overrides(root, edition, faults)
    if faults:
        raise ConfigError(faults)
    own = sorted((r for r in rounds if r.edition == edition), key=lambda r: (r.date, r.name))
    return ReviewFolder(tuple(own), decisions, _sent(root), _is_closed(root, edition), overrides)


def read_answers(project: Project) -> tuple[Answer, ...]:
    """What the editors answered to reviewers' comments, by block; they go out with the next file."""
    folder = read_review(project.root, project.edition.id)
    replies = {d.id: d for d in folder.decisions if d.answer == "reply"}
    found: dict[str, Answer] = {}
    for each in folder.rounds:
        for remark in each.remarks:
            reply = replies.get(remark_id(remark))
            if reply is not None:
                found[reply.id] = Answer(remark.block, remark.language, reply.text, remark.author, remark.text, reply.by)
    return tuple(sorted(found.values(), key=lambda a: (a.language, a.block, a.asked)))


def _overrides(root: Path, edition: str, faults: list[Finding]) -> dict[str, dict[str, Override]]:
    found: dict[str, dict[str, Override]] = {}
    folder = root / OVERRIDES / edition
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
        label = f"{OVERRIDES}/{edition}/{path.name}"
        parsed = parse_yaml(read_path(path, label), label)
        faults += [f for f in parsed.findings if f.severity is Severity.ERROR]
        blocks = parsed.tree.get("blocks") if isinstance(parsed.tree, Map) else None
        if not isinstance(blocks, Map) or "-" in path.stem:
            continue
        for name, entry in blocks.items():
            override, wrong = validated(Override, entry, blocks.at[name])
            faults += wrong
            if override is not None:
                found.setdefault(path.stem, {})[name] = override
    return found


def _sent(root: Path) -> tuple[Sent, ...]:
    folder = root / ISSUED
    if not folder.is_dir():
        return ()
    found = []
    for path in sorted(p for p in folder.iterdir() if p.is_dir() and is_safe_name(p.name)):
        names = sorted(p.name.split(".")[1] for p in path.glob("issued.*.json"))
        found.append(Sent(path.name, tuple(names)))
    return tuple(found)


def _is_closed(root: Path, edition: str) -> bool:
    path = root / CLOSED
    if not path.is_file():
        return False
    try:
        return bool(edition in json.loads(read_path(path, CLOSED))["editions"])
    except (ValueError, KeyError, TypeError) as fault:
        raise ConfigError([_unreadable(CLOSED, fault)]) from fault


def _unreadable(label: str, fault: Exception) -> Finding:
    detail = f"{type(fault).__name__}: {fault}"[:120]
    return Finding("review-unreadable", Severity.ERROR, Place(label), label, {"file": label, "detail": detail})
