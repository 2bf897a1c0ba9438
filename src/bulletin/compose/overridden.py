"""Reviewers' wording laid over the composed chapters of one language, and the register of facts brought in line with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bulletin.compose.claims.recorded import figures_given
from bulletin.compose.facts import FactBook
from bulletin.compose.narrative import numbers_in
from bulletin.compose.override_text import key_of, severity_of, worded
from bulletin.compose.words import WordsContext
from bulletin.document.anchors import qualified
from bulletin.document.blocks import Figure, Paragraph, Table
from bulletin.document.digest import digest_of
from bulletin.document.footnotes import kept as with_notes
from bulletin.document.inline import Inlines, plain
from bulletin.document.pieces import without_mark
from bulletin.document.rewrite import Rewrite, rewritten, texts_of
from bulletin.document.serial import facts_used
from bulletin.document.tree import Section, walk
from bulletin.model.finding import Finding, Parameter
from bulletin.model.locale import NO_BREAK
from bulletin.model.override import Reviewed, part_id


@dataclass(frozen=True)
class Overridden:
    sections: tuple[Section, ...]
    generated: Mapping[str, Inlines]
    """By id of the block for which there is a reviewer's wording: the program's own words today."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Edit:
    """An override that can be carried out."""

    reviewed: Reviewed
    generated: Inlines
    """Empty for what is inserted."""
    parts: tuple[Inlines, ...]
    """Empty for what goes, and for what is only moved."""

    @property
    def action(self) -> str:
        return self.reviewed.override.action

    @property
    def named(self) -> tuple[tuple[str, Inlines], ...]:
        return tuple((part_id(self.reviewed.id, n), content) for n, content in enumerate(self.parts, 1))


def overridden(sections: Sequence[Section], reviewed: Sequence[Reviewed], words: WordsContext) -> Overridden:
    """What cannot be printed as the reviewer wrote it leaves the generated words where they are, and says so."""
    if not reviewed:
        return Overridden(tuple(sections), {}, ())
    texts = texts_of(sections)
    findings: list[Finding] = []
    found = [_found(each, texts, reviewed) for each in reviewed]
    generated = {each.target: texts[each.target] for each in found if each.target in texts and _replaces(each)}
    targets, referred = _targets(sections), _referred(sections)
    edits: list[_Edit] = []
    for each in found:
        edit = _edit(each, texts, words, targets, referred, findings)
        if edit is not None:
            edits.append(edit)
    anchors = frozenset((*texts, *(block.id for block in walk(tuple(sections)))))
    edits = _anchored(_without_broken_merges(edits), anchors, words, findings)
    after = rewritten(sections, replace(_rewrite(edits, texts), labels=(words.locale.words["note"], words.locale.words["notes"])))
    _settle(edits, after, words.facts)
    return Overridden(after, generated, tuple(findings))


def _found(each: Reviewed, texts: Mapping[str, Inlines], reviewed: Sequence[Reviewed]) -> Reviewed:
    """A note is known by its words: notes are counted, and those before it may have come or gone."""
    base = each.override.base
    if each.kind != "note" or not base or (each.target in texts and digest_of(texts[each.target]) == base):
        return each
    exhibit = each.target.rpartition(".")[0]
    taken = {r.target for r in reviewed if r.target in texts and digest_of(texts[r.target]) == r.override.base}
    same = (n for n, t in texts.items() if n.rpartition(".")[0] == exhibit and n not in taken and digest_of(t) == base)
    name = next(same, each.target)
    return replace(each, id=name, target=name)


def _targets(sections: Sequence[Section]) -> frozenset[str]:
    """What has a number or a label: references can name it."""
    blocks = {b.id for b in walk(tuple(sections)) if isinstance(b, (Table, Figure))}
    numbered = [s for s in sections if s.numbering != "none"]
    return frozenset(blocks | {s.id for s in numbered} | {inner.id for s in numbered for inner in s.sections})


def _referred(sections: Sequence[Section]) -> frozenset[str]:
    exhibits = (b for b in walk(tuple(sections)) if isinstance(b, (Table, Figure)))
    return frozenset(qualified(b.id, n.id) for b in exhibits for n in b.notes if without_mark(n.content)[0])


def _replaces(each: Reviewed) -> bool:
    return each.override.action != "insert-after"


def _edit(
    each: Reviewed,
    texts: Mapping[str, Inlines],
    words: WordsContext,
    targets: frozenset[str],
    referred: frozenset[str],
    findings: list[Finding],
) -> _Edit | None:
    """`referred`: notes to which cells refer."""
    override, generated = each.override, texts.get(each.target, ())
    if _replaces(each) and each.target not in texts:
        findings.append(_orphan(each, words))
        return None
    findings += _questions(each, generated, words)
    if override.action in ("drop", "merge"):
        if each.required or each.target in referred:
            findings.append(Finding("override-required", severity_of(words), each.place, key_of(each), {"name": each.target}))
            return None
        return _Edit(each, generated, ())
    if not override.text.strip():
        return _Edit(each, generated, ()) if override.action == "move-after" else None
    made = worded(each, generated if _replaces(each) else (), words, targets)
    findings += made.findings
    if made.parts is None:
        return None
    return _Edit(each, generated, with_notes(generated, made.parts)) if _replaces(each) else _Edit(each, (), made.parts)


def _without_broken_merges(edits: Sequence[_Edit]) -> list[_Edit]:
    """A block that another one has taken up is printed where that one is not."""
    reworded = {e.reviewed.target for e in edits if e.parts}
    return [e for e in edits if e.action != "merge" or e.reviewed.override.into in reworded]


def _anchored(edits: Sequence[_Edit], anchors: frozenset[str], words: WordsContext, findings: list[Finding]) -> list[_Edit]:
    """Without what has no place to go to: there a moved block stays, and a new one is not printed."""
    kept = list(edits)
    while True:
        holds = _holding(kept, anchors)
        lost = [e for e in kept if _anchor(e) and not holds(_anchor(e))]
        if not lost:
            return kept
        for edit in lost:
            each = edit.reviewed
            if _replaces(each):
                said: dict[str, Parameter] = {"name": each.target, "after": each.override.after}
                findings.append(Finding("override-no-place", severity_of(words), each.place, key_of(each), said))
                kept[kept.index(edit)] = replace(edit, reviewed=replace(each, override=replace(each.override, action="replace")))
            else:
                findings.append(_orphan(each, words))
                kept.remove(edit)
        kept = [e for e in kept if e.parts or e.action != "replace"]


def _anchor(edit: _Edit) -> str:
    override = edit.reviewed.override
    return (edit.reviewed.target if override.action == "insert-after" else override.after) if override.action in _MOVES else ""


_MOVES = ("insert-after", "move-after")


def _holding(edits: Sequence[_Edit], anchors: frozenset[str]) -> Callable[[str], bool]:
    """Whether a block, or the blocks after which it stands, come to one that keeps its place."""
    moving = {e.reviewed.id: e for e in edits if e.action in _MOVES}
    parts = {name: e.reviewed.id for e in edits for name, _ in e.named}
    known: dict[str, bool] = {}

    def holds(at: str) -> bool:
        passed: dict[str, None] = {}
        while at not in passed and at not in known:
            passed[at] = None
            whole = parts.get(at, at)
            if whole not in moving:
                known[at] = whole in anchors
            else:
                at = _anchor(moving[whole])
        known.update(dict.fromkeys(passed, known.get(at, False)))
        return known[at]

    return holds


def _rewrite(edits: Sequence[_Edit], texts: Mapping[str, Inlines]) -> Rewrite:
    said: dict[str, Inlines] = {}
    parts: dict[str, tuple[tuple[str, Inlines], ...]] = {}
    gone: set[str] = set()
    moved: set[str] = set()
    after: dict[str, list[Paragraph]] = {}
    for edit in edits:
        name = edit.reviewed.id
        if edit.parts:
            said[name] = edit.parts[0]
            parts[name] = edit.named[1:]
        match edit.action:
            case "drop" | "merge":
                gone.add(name)
            case "insert-after" | "move-after":
                if edit.action == "move-after":
                    moved.add(name)
                after.setdefault(_anchor(edit), []).append(Paragraph(name, said.get(name, texts.get(name, ()))))
            case _:
                pass
    return Rewrite(said, frozenset(gone), frozenset(moved), parts, {name: tuple(found) for name, found in after.items()})


def _settle(edits: Sequence[_Edit], sections: tuple[Section, ...], facts: FactBook) -> None:
    """The register of facts learns what is printed now; what is only moved stays as it was recorded. It comes after the key results
    were chosen, for they are chosen by the generated claims."""
    texts = texts_of(sections)
    exhibits = {b.id: frozenset(facts_used(b)) for b in walk(sections) if isinstance(b, (Table, Figure))}
    changed = [e for e in edits if e.parts or e.action in ("drop", "merge")]
    own = {name for e in changed for name in (e.reviewed.id, *(n for n, _ in e.named))}
    for edit in changed:
        each = edit.reviewed
        if edit.generated:
            record, whole = _recorded(each)
            # By the table or chart itself, or by the other items of a list.
            items = [name for name in texts if each.kind == "item" and name.startswith(f"{record}.") and name not in own]
            still = {(n.fact, n.text) for name in items for n in numbers_in(texts[name])} | exhibits.get(record, frozenset())
            gone = {(n.fact, n.text) for n in numbers_in(edit.generated)} - still
            said = plain(edit.generated).replace(NO_BREAK, " ")
            claims = [
                c.id
                for language, c in facts.claims()
                if language == each.language and c.id.rpartition("#")[0] == record and (whole or c.sentence.rstrip(".") in said)
            ]
            facts.withdraw(each.language, record, sorted(gone), claims)
    for edit in changed:
        for name, content in edit.named:
            numbers = numbers_in(content)
            for number in numbers:
                facts.printed(facts.get(number.fact), edit.reviewed.language, number.text, name)
            if numbers:
                given = [facts.get(i) for i in dict.fromkeys(n.fact for n in numbers)]
                sentence = plain(content).replace(NO_BREAK, " ")
                facts.claim(edit.reviewed.language, figures_given(f"{name}#line1", given, sentence))


def _recorded(each: Reviewed) -> tuple[str, bool]:
    """The id under which the generated figures and claims were recorded, and whether nothing else was recorded there."""
    match each.kind:
        case "item":
            return each.template, False
        case "note":
            return each.target.rpartition(".note.")[0], False
        case "title":
            return each.target, False
        case _:
            return each.target, True


def _questions(each: Reviewed, generated: Inlines, words: WordsContext) -> list[Finding]:
    """What a person has to decide before the edition is final."""
    override, now = each.override, digest_of(generated)
    said: dict[str, Parameter] = {
        "name": each.target,
        "base": now,
        "generated": plain(generated),
        "text": override.text.strip() or "–",
    }
    rules = []
    rests = bool(generated) and (override.action != "move-after" or bool(override.text.strip()))
    if override.base and override.base != now and rests:
        rules.append("override-outdated")
    elif not override.base and rests and _replaces(each):
        rules.append("override-unbased")
    if override.state == "needs-decision":
        rules.append("override-undecided")
        said["others"] = " / ".join(f"“{other.text.strip()}”" for other in override.alternatives) or "–"
    return [Finding(rule, severity_of(words), each.place, key_of(each), said) for rule in rules]


def _orphan(each: Reviewed, words: WordsContext) -> Finding:
    said: dict[str, Parameter] = {"name": each.target, "text": each.override.text.strip() or "–"}
    return Finding("override-orphan", severity_of(words), each.place, key_of(each), said)
