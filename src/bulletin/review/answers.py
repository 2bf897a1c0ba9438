"""Answers to questions, judged before they are kept: what may be said to which question, and what it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bulletin.model.finding import Finding, Parameter, Place, Severity
from bulletin.model.override import pieces_of
from bulletin.model.round import Asked, Decision, Remarked, Standing


@dataclass(frozen=True)
class Given:
    """As a person wrote it."""

    decision: Decision
    place: Place = field(default_factory=Place)


def judged(given: Sequence[Given], stands: Standing) -> tuple[tuple[Decision, ...], tuple[Finding, ...]]:
    """Those that can be kept, with what they were decided against, and everything that is wrong with the others."""
    questions: Mapping[str, Asked] = {a.id: a for a in stands.asked}
    remarks: Mapping[str, Remarked] = {r.id: r for r in stands.remarks}
    kept: list[Decision] = []
    findings: list[Finding] = []
    for each in given:
        name = each.decision.id
        if name in questions:
            found = _wrong(each, questions[name])
            findings += found
            if not found:
                kept.append(_based(each.decision, questions[name]))
        elif name in remarks:
            found = _wrong_reply(each)
            findings += found
            kept += [] if found else [each.decision]
        else:
            known = [*(a.id for a in stands.open), *(r.id for r in stands.remarks if r.is_open)]
            findings.append(_finding(each, "review-unknown-question", known=", ".join(known[:12]) or "–"))
    return tuple(kept), tuple(findings)


def joined(old: Sequence[Decision], new: Sequence[Decision]) -> tuple[Decision, ...]:
    """The newer answer to a question counts."""
    return tuple(sorted({d.id: d for d in (*old, *new)}.values(), key=lambda d: d.id))


def _wrong(each: Given, asked: Asked) -> list[Finding]:
    decision, known = each.decision, asked.answers
    if decision.answer not in known:
        return [_finding(each, "review-wrong-answer", answer=decision.answer, known=", ".join(known))]
    found = []
    if decision.answer == "verified" and not decision.note.strip():
        found.append(_finding(each, "review-needs-note"))
    if decision.answer == "edit":
        found += _wrong_text(each, asked)
    if decision.answer == "take" and asked.choices and not 0 < decision.choice <= len(asked.choices):
        choices = "; ".join(f"{n}: {text or '–'}" for n, text in enumerate(asked.choices, 1))
        found.append(_finding(each, "review-needs-choice", known=choices))
    return found


def _wrong_text(each: Given, asked: Asked) -> list[Finding]:
    text = each.decision.text.strip()
    if not text:
        return [_finding(each, "review-needs-text")]
    parts = list(pieces_of(text))
    known = ", ".join(f"{{{name}}}" for name in asked.placeholders) or "–"
    names = dict.fromkeys(said for kind, said in parts if kind == "name" and said not in asked.placeholders)
    found = [_finding(each, "review-unknown-name", name=f"{{{name}}}", known=known) for name in names]
    if any(kind == "stray" for kind, _ in parts):
        found.append(_finding(each, "review-text-braces"))
    return found


def _wrong_reply(each: Given) -> list[Finding]:
    if each.decision.answer != "reply":
        return [_finding(each, "review-wrong-answer", answer=each.decision.answer, known="reply")]
    return [] if each.decision.text.strip() else [_finding(each, "review-needs-text")]


def _based(decision: Decision, asked: Asked) -> Decision:
    """What is generated today, for the questions that are asked anew when it changes."""
    return replace(decision, base=asked.base) if decision.answer in ("take", "edit", "keep", "reject") else decision


def _finding(each: Given, rule: str, **parameters: Parameter) -> Finding:
    return Finding(rule, Severity.ERROR, each.place, each.decision.id, {"id": each.decision.id, **parameters})
