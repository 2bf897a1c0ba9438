"""What a review must have found, from the list of edits and the record alone; the reader is not asked."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from bulletin.model.review import Change, Collected, Query
from office.script import Key, Script, Sent, Step

Outcome = Literal["recovered", "asked", "normalised", "undone", "lost"]
OUTCOMES: tuple[Outcome, ...] = ("recovered", "asked", "normalised", "undone", "lost")
"""`undone`: by the reviewer himself, who took the paragraph out or refused all changes in the end."""
_NO_WORDS = ("bold", "comment", "cell", "fixed")


@dataclass
class Place:
    """A paragraph as the reviewer left it."""

    owners: tuple[Key, ...]
    typed: str
    """As it stands in the file."""
    wanted: str
    """As it must be printed: what was a figure says what it said."""
    new: bool = False
    step: Step | None = None
    """That made it, of a new one."""


@dataclass
class Verdict:
    outcomes: list[tuple[str, Outcome]] = field(default_factory=list)
    """Kind of each edit and what became of it."""
    faults: list[str] = field(default_factory=list)


def plain(text: str) -> str:
    """Blanks are one kind; a capital at the beginning says nothing."""
    text = unicodedata.normalize("NFC", text).replace("\u2060", "")
    return re.sub(r"\s+", " ", text).strip()


def left(sent: Sent, script: Script) -> list[Place]:
    """Every paragraph of words, in order, after all edits."""
    places = [Place(((b.language, b.id),), b.text, b.text) for b in sent.record.blocks if b.text]
    if script.ending == "reject":
        return places
    for step in script.steps:
        if step.kind not in _NO_WORDS:
            _apply(places, step)
    return places


def _at(places: list[Place], key: Key) -> int:
    return next(n for n, p in enumerate(places) if key in p.owners and not p.new)


def _apply(places: list[Place], step: Step) -> None:
    n = _at(places, step.block)
    here = places[n]
    match step.kind:
        case "word" | "title" | "note" | "heading" | "respace" | "cut":
            here.typed = _once(here.typed, step.old, step.new)
            if step.kind != "respace":
                here.wanted = _once(here.wanted, step.old, step.new)
        case "number" | "rounded" | "drop-number":
            here.typed = _once(here.typed, step.old, step.new)
            if step.kind == "drop-number":
                here.wanted = _once(here.wanted, step.old, "")
            elif step.kind == "rounded":
                here.wanted = _once(here.wanted, step.old, re.match(r"\D*", step.new)[0] + step.old)  # type: ignore[index]
        case "swap":
            second, first = step.extra
            here.typed = _once(_once(_once(here.typed, first, "\u2042"), second, first), "\u2042", second)
        case "insert" | "blank":
            here.typed = _once(here.typed, step.old, step.new + step.old)
            here.wanted = _once(here.wanted, step.old, step.new + step.old)
        case "append" | "number-new":
            here.typed += step.new
            here.wanted += step.new
        case "clause":
            here.typed, here.wanted = (
                _once(_once(t, step.old, ""), step.extra[0], step.old + step.extra[0]) for t in (here.typed, here.wanted)
            )
        case "split":
            before, after = (t.split(step.old, 1) for t in (here.typed, here.wanted))
            places[n : n + 1] = [
                replace(here, typed=before[0], wanted=after[0]), replace(here, typed=step.old + before[1], wanted=step.old + after[1]),
            ]  # fmt: skip
        case "join":
            other = places.pop(_at(places, step.other))
            here.owners, here.typed, here.wanted = (
                here.owners + other.owners,
                here.typed + other.typed,
                here.wanted + other.wanted,
            )
        case "remove":
            del places[n]
        case "move":
            del places[n]
            places.insert(_at(places, step.other), here)
        case "copy":
            places.insert(_at(places, step.other), replace(here, new=True, step=step))
        case "replace" | "overwrite-all":
            here.typed = here.wanted = step.new
        case "new" | "new-number":
            places.insert(n + 1, Place((step.block,), step.new, step.new, new=True, step=step))


def _once(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, (text, old)
    return text.replace(old, new)


def judged(sent: Sent, script: Script, found: Collected) -> Verdict:
    verdict = Verdict()
    steps = () if script.ending == "reject" else script.steps
    places = left(sent, script)
    changes: dict[Key, list[Change]] = defaultdict(list)
    for change in found.changes:
        changes[change.language, change.block].append(change)
    queries = [*found.queries, *(q for c in found.changes for q in c.queries)]
    asked: dict[Key, list[Query]] = defaultdict(list)
    for query in queries:
        asked[query.language, query.block].append(query)
    _strangers(sent, steps, changes, asked, verdict)
    _same_page(sent, places, changes, verdict)
    for step in script.steps:
        if script.ending == "reject":
            verdict.outcomes.append((step.kind, "undone"))
            continue
        gone = any(s.kind == "remove" and s.block == step.block for s in steps) and step.kind != "remove"
        outcome = "undone" if gone else _outcome(sent, step, places, changes, asked, found)
        verdict.outcomes.append((step.kind, outcome))
        if outcome == "lost":
            verdict.faults.append(f"not recovered: {step}")
    return verdict


def _touched(sent: Sent, steps: tuple[Step, ...]) -> set[Key]:
    found = {s.block for s in steps} | {s.other for s in steps if s.kind == "join"}
    return found | {(language, key) for _, key in found for language in sent.record.languages if ("", key) in found}


def _strangers(
    sent: Sent, steps: tuple[Step, ...], changes: Mapping[Key, list[Change]], asked: Mapping[Key, list[Query]], verdict: Verdict
) -> None:
    """Nothing may be said of a block that nobody touched."""
    touched = _touched(sent, steps)
    quiet = {s.block for s in steps if s.kind in ("respace", "blank", "comment", "copy")}
    loud = {s.block for s in steps if s.kind not in ("respace", "blank", "comment", "copy")} | {
        s.other for s in steps if s.kind == "join"
    }
    for key in {*changes, *asked}:
        known = key in touched and (key in loud or key not in quiet)
        known = known or any(c.kind == "new" for c in changes.get(key, ()))
        if not known:
            verdict.faults.append(f"wrong block: {key} {changes.get(key)} {asked.get(key)}")


def _same_page(sent: Sent, places: list[Place], changes: Mapping[Key, list[Change]], verdict: Verdict) -> None:
    """The record with all changes laid into it is what the reviewer left, figures as they were."""
    for language in sent.record.languages:
        rebuilt = _rebuilt(sent, language, changes)
        wanted = [plain(p.wanted) for p in places if p.owners[0][0] == language and p.wanted.strip()]
        if rebuilt != wanted:
            for n, (one, two) in enumerate(zip([*rebuilt, "–"], [*wanted, "–"], strict=False)):
                if one != two:
                    verdict.faults.append(f"page differs at {n}: {rebuilt[n - 1 : n + 3]} for {wanted[n - 1 : n + 3]}")
                    return
            verdict.faults.append("page differs in length")


def _rebuilt(sent: Sent, language: str, changes: Mapping[Key, list[Change]]) -> list[str]:
    page: list[tuple[str, list[str]]] = []
    into: dict[str, str] = {}
    late: list[Change] = []
    for block in sent.record.blocks:
        if block.language != language or not block.text:
            continue
        texts = [block.text]
        gone = False
        for change in changes.get((language, block.id), ()):
            if change.into:
                into[block.id] = change.into
                gone = True
            elif change.kind == "deleted":
                gone = True
            elif change.text:
                texts = printed(sent, change).split("\n\n")
            if change.kind == "moved":
                late.append(change)
        if not gone and not any(c.block == block.id for c in late):
            page.append((block.id, texts))
    late += [c for found in changes.values() for c in found if c.kind == "new" and c.language == language]
    waiting = list(late)
    while waiting:
        ready = [(c, at) for c in waiting if (at := _after(into.get(c.follows, c.follows), [name for name, _ in page])) >= 0]
        if not ready:
            return [f"follows nothing: {waiting}"]
        change, at = ready[0]
        waiting.remove(change)
        text = printed(sent, change) if change.text else sent.block((language, change.block)).text
        page.insert(at, (change.block, text.split("\n\n")))
    return [plain(t) for _, texts in page for t in texts]


def _after(name: str, page: Sequence[str]) -> int:
    """The place behind a block, behind the heading of a section or behind the last line of a table or chart; -1: it is not there."""
    own = [n for n, other in enumerate(page) if other in (name, f"{name}.heading")]
    if not name or own:
        return own[0] + 1 if own else 0
    lines = [n for n, other in enumerate(page) if other.startswith(f"{name}.")]
    return lines[-1] + 1 if lines else -1


def printed(sent: Sent, change: Change) -> str:
    """A change's wording with the figures as they were issued."""
    own = [b for b in sent.record.blocks if b.language == change.language]
    here = [b for b in own if b.id == change.block]
    texts = {s.ref: s.text for b in (*own, *here) for s in b.spans if s.kind == "number"}
    labels = {b.id: b.lead.strip() for b in own if b.kind == "title"} | {
        s.ref: s.text for b in own for s in b.spans if s.kind == "reference"
    }

    def said(m: re.Match[str]) -> str:
        if m[0] in ("{{", "}}"):
            return m[0][0]
        ref = change.placeholders[m[1]]
        return labels[ref[1:]] if ref.startswith("@") else texts[ref]

    return re.sub(r"\{\{|\}\}|\{(\w+)\}", said, change.text)


def _outcome(
    sent: Sent,
    step: Step,
    places: list[Place],
    changes: Mapping[Key, list[Change]],
    asked: Mapping[Key, list[Query]],
    found: Collected,
) -> Outcome:
    own, questions = changes.get(step.block, []), list(asked.get(step.block, []))
    heads = {c.into for c in own if c.into}
    for head in heads:
        own = own + changes.get((step.block[0], head), [])
        questions += asked.get((step.block[0], head), [])
    match step.kind:
        case "respace" | "blank":
            return "normalised"
        case "bold":
            return "recovered" if any(c.kind == "format" for c in own) else "normalised"
        case "comment":
            block = sent.block(step.block)
            known = {step.block[1], *heads}
            right = [r for r in found.remarks if r.text == step.new and r.language == block.language and r.block in known]
            return "recovered" if right and step.old in right[0].quoted and right[0].author == step.author else "lost"
        case "cell":
            right_cell = any(
                q.kind == "table-cell" and (plain(q.old), plain(q.new)) == (plain(step.old), plain(step.new)) for q in questions
            )
            return "asked" if right_cell else "lost"
        case "fixed":
            return "asked" if any(q.kind == "fixed-text" and step.new in q.new for q in questions) else "lost"
        case "number" | "rounded" | "swap" | "drop-number":
            return _number(step, questions)
        case "copy" | "new" | "new-number":
            return _new(step, found, asked)
        case "number-new":
            told = any(q.kind == "number-new" and "15" in q.new for q in questions)
            return "asked" if told and any("15" in x for c in own for x in c.literals) else "lost"
    kept = any(_says(sent, c, places, step.block) for c in own)
    if kept and not any(q.kind == "uncertain-match" for q in questions):
        return "recovered"
    if step.kind == "remove" and any(c.kind == "deleted" for c in own):
        return "asked" if any(q.kind == "uncertain-match" for q in questions) else "recovered"
    return "asked" if any(q.kind == "uncertain-match" for q in questions) else "lost"


def _says(sent: Sent, change: Change, places: list[Place], key: Key) -> bool:
    """The change holds what the reviewer left of the block."""
    here = [p for p in places if key in p.owners and not p.new]
    text = printed(sent, change) if change.text else sent.block((change.language, change.block)).text
    return bool(here) and plain(text) == plain(" ".join(p.wanted for p in here))


def _number(step: Step, questions: list[Query]) -> Outcome:
    kinds = [q for q in questions if q.kind.startswith("number-")]
    if step.kind == "swap":
        both = [q for q in kinds if q.kind == "number-swapped" and step.old in q.old and step.new in q.old]
        each = [q for q in kinds if any(w in q.old or w in q.new for w in (step.old, step.new))]
        return "asked" if both or len(each) >= 2 else "lost"
    if step.kind == "drop-number":
        return "asked" if any(step.old in q.old and q.kind in ("number-dropped", "number-changed") for q in kinds) else "lost"
    digits = step.new.split()[-2] if step.kind == "rounded" else step.new
    named = [
        q for q in kinds if plain(digits) in plain(q.new) and (plain(step.old) in plain(q.old) or q.kind == "number-swapped")
    ]
    return "asked" if named else "lost"


def _new(step: Step, found: Collected, asked: Mapping[Key, list[Query]]) -> Outcome:
    if step.kind == "copy":
        return "recovered" if any(c.kind == "new" and c.language == step.block[0] for c in found.changes) else "lost"
    own = [c for c in found.changes if c.kind == "new" and plain(c.after) == plain(step.new)]
    if not own:
        return "lost"
    if step.kind == "new":
        return "recovered"
    told = any(q.kind == "number-new" and "750" in q.new for q in asked[own[0].language, own[0].block])
    return "asked" if told and any("750" in x for x in own[0].literals) else "lost"
