"""Reviewers' wording laid over the rendered narrative of one language: plain words, with today's figures in their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bulletin.compose.claims.recorded import figures_given
from bulletin.compose.claims.statement import Evidence, figure_of
from bulletin.compose.figures_text import figure_text
from bulletin.compose.inline import recognised, without_private
from bulletin.compose.lexicon import GAP, unbound_numbers, unbound_words
from bulletin.compose.narrative import joined, marked_illustrative, numbers_in
from bulletin.compose.words import WordsContext
from bulletin.document.blocks import Block, BulletList, Paragraph
from bulletin.document.digest import digest_of
from bulletin.document.inline import Emphasis, Foreign, Inline, Inlines, Literal, Number, Strong, plain
from bulletin.document.wording import sentences
from bulletin.model.finding import Finding, Parameter, Severity
from bulletin.model.locale import NO_BREAK
from bulletin.model.override import NAME, Reviewed

Narrative = Mapping[str, tuple[Block, ...]]
"""Paragraph id to its blocks."""

_BLANKS = re.compile(r"[ \t\n]+")


@dataclass(frozen=True)
class Change:
    """What the register of facts has to unlearn and to learn."""

    reviewed: Reviewed
    block: str
    """Under which the generated figures and claims were recorded."""
    generated: Inlines
    """Empty where nothing generated goes."""
    whole: bool
    """The generated block is a paragraph of its own, no item of a list."""
    content: Inlines


@dataclass(frozen=True)
class Overridden:
    narratives: Mapping[str, Narrative]
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]


def overridden(narratives: Mapping[str, Narrative], reviewed: Sequence[Reviewed], words: WordsContext) -> Overridden:
    """What cannot be printed as the reviewer wrote it leaves the generated words where they are, and says so."""
    found = {chapter: dict(narrative) for chapter, narrative in narratives.items()}
    changes: list[Change] = []
    findings: list[Finding] = []
    # Insertions first and from the last on, so that several after one block keep their order and outlive its removal.
    inserted = [r for r in reviewed if r.override.action == "insert-after"]
    for each in (*reversed(inserted), *(r for r in reviewed if r.override.action != "insert-after")):
        rendered = narratives.get(each.chapter, {}).get(each.template, ())
        target = each.template if each.target == f"{each.chapter}.{each.template}" == f"{each.chapter}.lede" else each.target
        paragraph = next((p for p in _paragraphs(rendered) if p.id == target), None)
        if paragraph is None:
            findings.append(_orphan(each, words))
            continue
        findings += _questions(each, paragraph.content, words)
        content: Inlines | None = ()
        if each.override.action != "drop":
            content = _content(each, paragraph.content, words, findings)
        if content is None:
            continue
        edit = _edit(each, target, content)
        blocks = tuple(b for block in found[each.chapter].get(each.template, ()) for b in edit(block))
        found[each.chapter][each.template] = blocks
        insert = each.override.action == "insert-after"
        whole = any(b is paragraph for b in rendered)
        block = each.target if whole else each.template
        changes.append(Change(each, block, () if insert else paragraph.content, whole, content))
    kept = {chapter: {name: blocks for name, blocks in narrative.items() if blocks} for chapter, narrative in found.items()}
    return Overridden(kept, tuple(changes), tuple(findings))


def settle(
    changes: Sequence[Change], narratives: Mapping[str, Narrative], words: WordsContext, ids: frozenset[str]
) -> list[Finding]:
    """Brings the register of facts in line with what is printed; to be asked once the manuscript is made, for key results are
    chosen by the generated claims. `ids` are those of the manuscript; findings are wordings that it has no place for."""
    facts = words.facts
    findings: list[Finding] = []
    for change in changes:
        each = change.reviewed
        remaining = narratives.get(each.chapter, {}).get(each.template, ())
        still = {(n.fact, n.text) for p in _paragraphs(remaining) if p.id != each.id for n in numbers_in(p.content)}
        said = plain(change.generated).replace(NO_BREAK, " ")
        claims = [
            c.id
            for language, c in facts.claims()
            if language == each.language and c.id.rpartition("#")[0] == change.block and (change.whole or c.sentence in said)
        ]
        gone = {(n.fact, n.text) for n in numbers_in(change.generated)} - (set() if change.whole else still)
        if change.generated:
            facts.withdraw(each.language, change.block, sorted(gone), claims)
        if each.override.action == "drop":
            continue
        numbers = numbers_in(change.content)
        for number in numbers:
            facts.printed(facts.get(number.fact), each.language, number.text, each.id)
        if numbers:
            given = [facts.get(i) for i in dict.fromkeys(n.fact for n in numbers)]
            sentence = plain(change.content).replace(NO_BREAK, " ")
            facts.claim(each.language, figures_given(f"{each.id}#line1", given, sentence))
        if each.id not in ids:
            findings.append(_orphan(each, words))
    return findings


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
    if override.base and override.base != now:
        rules.append("override-outdated")
    elif not override.base and override.action != "insert-after":
        rules.append("override-unbased")
    if override.state == "needs-decision":
        rules.append("override-undecided")
    return [Finding(rule, _severity(words), each.place, _key(each), said) for rule in rules]


def _content(each: Reviewed, generated: Inlines, words: WordsContext, findings: list[Finding]) -> Inlines | None:
    """None, with the reason, where a figure is not there."""
    figures: dict[str, Number] = {}
    for name, fact in each.override.placeholders.items():
        figure = _figure(fact, generated, words)
        if figure is None:
            known = re.split(r"[.(]", fact.rpartition("(")[2])[0] in words.lookup.catalogue
            rule, severity = ("override-no-value", _severity(words)) if known else ("override-unknown-fact", Severity.ERROR)
            findings.append(Finding(rule, severity, each.place, _key(each), {"name": name, "fact": fact}))
        else:
            figures[name] = figure
    if len(figures) < len(each.override.placeholders):
        return None
    text = words.locale.phrasing.fitted(_BLANKS.sub(" ", without_private(each.override.text)).strip())
    unbound: list[str] = []
    content = joined([_sentence(said, figures, words, unbound.append) for _, said in sentences(text)])
    lexicon, typed = words.narration.lexicon[words.language], NAME.sub(GAP, text)
    unbound += unbound_numbers(_without_counts(typed, generated), lexicon)
    findings += [
        Finding("unbound-number", Severity.WARNING, each.place, _key(each), {"number": number.strip()})
        for number in dict.fromkeys(unbound)
    ]
    loose = unbound_words(typed, lexicon)
    if loose:
        findings.append(Finding("unbound-words", Severity.WARNING, each.place, _key(each), {"words": ", ".join(loose)}))
    return content


def _without_counts(text: str, generated: Inlines) -> str:
    """The words a reviewer typed, but for the counts in words that the generated text has too."""
    for piece in generated:
        match piece:
            case Literal(counted) if not any(c.isdigit() for c in counted):
                text = re.sub(rf"(?<!\w){re.escape(counted)}(?!\w)", GAP, text, count=1, flags=re.IGNORECASE)
            case Strong() | Emphasis() | Foreign():
                text = _without_counts(text, piece.content)
            case _:
                pass
    return text


def _sentence(text: str, figures: Mapping[str, Number], words: WordsContext, unbound: Callable[[str], None]) -> Inlines:
    pieces: list[Inline] = []
    for at, part in enumerate(NAME.split(text)):
        pieces += [figures[part]] if at % 2 else recognised(part, unbound, words.locale.literals)
    content = tuple(pieces)
    return content if words.locale.words["illustrative_text"] in text else marked_illustrative(content, words)


def _figure(fact: str, generated: Inlines, words: WordsContext) -> Number | None:
    """As the generated words of the block print it; else as running text does."""
    found = next((n for n in numbers_in(generated) if n.fact == fact), None)
    if found is not None:
        return Number(found.text, fact)
    for obs in words.lookup.observations(fact.split(".")[0]):
        if obs.key == fact:
            if obs.value is None:
                return None
            figure = figure_of(Evidence(words.lookup, words.facts, words.narration.thresholds), obs)
            return Number(figure_text(words.locale, figure), figure.fact.id)
    texts = words.facts.texts(fact).get(words.recorded or words.language, ())
    return Number(texts[0], fact) if texts else None


def _edit(each: Reviewed, target: str, content: Inlines) -> Callable[[Block], tuple[Block, ...]]:
    def said(paragraph: Paragraph) -> tuple[Paragraph, ...]:
        if paragraph.id != target:
            return (paragraph,)
        match each.override.action:
            case "drop":
                return ()
            case "replace":
                return (replace(paragraph, content=content),)
            case "insert-after":
                return (paragraph, Paragraph(each.id, content))

    def edited(block: Block) -> tuple[Block, ...]:
        match block:
            case Paragraph():
                return said(block)
            case BulletList():
                items = tuple(p for item in block.items for p in said(item))
                return (replace(block, items=items),) if items else ()
            case _:
                return (block,)

    return edited


def _paragraphs(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    inner = (b.items if isinstance(b, BulletList) else (b,) for b in blocks)
    return tuple(p for group in inner for p in group if isinstance(p, Paragraph))


def _orphan(each: Reviewed, words: WordsContext) -> Finding:
    said: dict[str, Parameter] = {"name": each.target, "text": each.override.text.strip() or "–"}
    return Finding("override-orphan", _severity(words), each.place, _key(each), said)


def _key(each: Reviewed) -> str:
    return f"{each.chapter}/{each.id}@{each.language}"


def _severity(words: WordsContext) -> Severity:
    return Severity.ERROR if words.lookup.edition.status == "final" else Severity.WARNING
