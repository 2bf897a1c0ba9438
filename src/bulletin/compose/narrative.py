"""Narrative templates of a chapter rendered in one language, sentence by sentence, into paragraphs and bullet lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from bulletin.compose.claims.recorded import figures_given
from bulletin.compose.functions import PATTERNS, Speech
from bulletin.compose.inline import parse_inline, strip_full_stop
from bulletin.compose.ready_line import ready_line, template_of
from bulletin.compose.stating import Decision
from bulletin.compose.template_check import checked_line, fault_finding, words_environment
from bulletin.compose.words import FaultError, MissingError, WordsContext, load_macros
from bulletin.document.blocks import Block, BulletList, Paragraph
from bulletin.document.footnotes import footnotes, without_footnotes
from bulletin.document.inline import Footnote, Foreign, Inline, Inlines, Number, Text, plain
from bulletin.errors import TemplateError
from bulletin.model.fact import Claim
from bulletin.model.finding import Finding, Parameter, Place, Severity
from bulletin.model.locale import NO_BREAK
from bulletin.model.project import ParagraphTemplate

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.environment import TemplateModule

_CLAIM = re.compile(r"\{\{[^}]*\b(?:value|claim|" + "|".join(PATTERNS) + r")\(")
"""A line that states a figure."""

_BLANKS = re.compile(r"[ \t\n]+")


def render_chapter(
    templates: Sequence[ParagraphTemplate], context: WordsContext
) -> tuple[Mapping[str, tuple[Block, ...]], tuple[Finding, ...]]:
    """Paragraph id to its blocks, in print order; paragraphs with nothing to say are left out. Raises TemplateError with the
    faults of all paragraphs; findings are numbers typed by hand."""
    environment = words_environment()
    macros = load_patterns(context)
    faults: list[Finding] = []
    findings: list[Finding] = []
    found: dict[str, tuple[Block, ...]] = {}
    for position, template in enumerate(templates):
        blocks = _paragraph(template, position, context, environment, macros, faults, findings)
        if blocks:
            found[template.id] = blocks
    if faults:
        raise TemplateError(faults)
    return found, tuple(_once(findings))


def render_inline(template: ParagraphTemplate, context: WordsContext) -> tuple[Inlines, tuple[Finding, ...]]:
    """One paragraph as inline content, for a title: without its final full stop, empty when there is nothing to say."""
    blocks, findings = render_chapter([template], context)
    content = next((b.content for b in blocks.get(template.id, ()) if isinstance(b, Paragraph)), ())
    return strip_full_stop(content), findings


def check_chapter(templates: Sequence[ParagraphTemplate], context: WordsContext) -> tuple[Finding, ...]:
    """What can be told without values: syntax, refused constructs, unknown functions and indicators."""
    environment = words_environment()
    faults: list[Finding] = []
    for template in templates:
        for number, line in _lines(template):
            checked_line(line, _at(template, number), context, environment, faults)
    return tuple(faults)


def load_patterns(context: WordsContext) -> TemplateModule:
    """The macros of the language; raises TemplateError when they cannot be read."""
    from jinja2 import TemplateSyntaxError

    try:
        return load_macros(context.patterns, context.compiled)
    except TemplateSyntaxError as error:
        place = Place(f"patterns.md.j2 ({context.language})", cell=str(error.lineno))
        reason = {"reason": error.message or ""}
        raise TemplateError([Finding("template-syntax", Severity.ERROR, place, parameters=reason)]) from error


def _paragraph(
    template: ParagraphTemplate,
    position: int,
    context: WordsContext,
    environment: Environment,
    macros: TemplateModule,
    faults: list[Finding],
    findings: list[Finding],
) -> tuple[Block, ...]:
    lender = context.lenders.get(template.language)
    if lender is not None:
        own = replace(template, language="")
        return tuple(
            _lent(b, lender) for b in _paragraph(own, position, lender, environment, load_patterns(lender), faults, findings)
        )
    block = template.id.removeprefix("chart.")
    if block == "lede":
        block = f"{PurePosixPath(template.place.file).stem}.lede"
    title = template.id.startswith("chart.")
    speech = Speech(context, macros, block, position=position, title=title)
    bullets = template.text.lstrip().startswith("- ")
    items: list[tuple[int, list[Inlines]]] = []
    claims: list[bool] = []
    for index, (number, line) in enumerate(_lines(template), 1):
        opens = bullets and line.startswith("- ")
        if opens or not items:
            items.append((index, []))
        place = _at(template, number)
        content = _line(line[2:] if opens else line, place, speech, environment, faults, findings)
        if _CLAIM.search(line):
            claims.append(bool(content))
        if content:
            items[-1][1].append(content if title else marked_illustrative(content, context))
    said = [(index, joined(lines)) for index, lines in items if lines]
    # remarks on figures of which none is known would hang in the air; what a country wrote itself stays
    silent = bool(claims) and not any(claims) and not template.own and template.id != "lede"
    if not said or silent:
        return ()
    if bullets:
        inner = tuple(Paragraph(f"{template.id}.{index}", content) for index, content in said)
        return (BulletList(template.id, inner),)
    content = said[0][1]
    if title:
        if any(True for _ in footnotes(content)):
            findings.append(Finding("footnote-in-title", Severity.ERROR, template.place, template.id))
        content = strip_full_stop(without_footnotes(content))
    return (Paragraph(template.id, content, "lede" if template.id == "lede" else "body"),)


def _lent(block: Block, lender: WordsContext) -> Block:
    """A paragraph in the lender's language, marked as such."""
    match block:
        case Paragraph():
            inside = Foreign(lender.locale.tag, block.content)
            return replace(block, content=(Text(f"[{lender.language}: "), inside, Text("]")))
        case BulletList():
            return replace(
                block, items=tuple(i for i in (_lent(item, lender) for item in block.items) if isinstance(i, Paragraph))
            )
        case _:
            return block


def _lines(template: ParagraphTemplate) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(template.text.split("\n")):
        if line.strip():
            yield number, line.strip()


def _at(template: ParagraphTemplate, number: int) -> Place:
    first = int(template.place.cell) if template.place.cell.isdigit() else 1
    return replace(template.place, cell=str(first + number))


def _line(
    line: str, place: Place, speech: Speech, environment: Environment, faults: list[Finding], findings: list[Finding]
) -> Inlines:
    """One sentence unit; empty when it has nothing to say or uses a value that does not exist."""
    lexicon = speech.context.narration.lexicon.get(speech.context.language)
    ready = speech.context.ready.get(line) or ready_line(line, environment, lexicon)
    if ready is None or any(name not in speech.context.lookup.catalogue for name in ready.indicators):
        checked_line(line, place, speech.context, environment, faults)
        return ()
    from jinja2 import TemplateError as JinjaError

    words, numbers = ready.words, ready.numbers
    key = f"{PurePosixPath(place.file).stem}/{speech.block}@{speech.context.language}"
    if words:
        findings.append(Finding("unbound-words", Severity.WARNING, place, key, {"words": ", ".join(words)}))
    findings += [Finding("unbound-number", Severity.WARNING, place, key, {"number": number}) for number in numbers]
    speech.start_line()
    before = speech.made
    try:
        rendered = template_of(line, ready, environment).render(speech.functions())
    except MissingError:
        speech.made = before + ready.claims
        return ()
    except FaultError as fault:
        faults.append(fault_finding(fault, place, speech.context))
        return ()
    except (JinjaError, ArithmeticError, SyntaxError, TypeError, ValueError, RecursionError, MemoryError) as error:
        faults.append(Finding("template-failed", Severity.ERROR, place, parameters={"reason": str(error)}))
        return ()
    speech.made = before + ready.claims
    text = speech.context.locale.phrasing.fitted(_BLANKS.sub(" ", rendered).strip())
    if not text or (speech.empty and ready.has_words):
        return ()
    unbound = list(speech.unbound)
    content = parse_inline(text, speech.tokens, unbound.append, speech.context.locale.literals)
    findings += [Finding("unbound-number", Severity.WARNING, place, key, {"number": number.strip()}) for number in unbound]
    facts, language = speech.context.facts, speech.context.recorded or speech.context.language
    for said, fact in speech.tokens.facts_in(text):
        facts.printed(fact, language, said.text, speech.block)
    for claim in speech.said:
        facts.claim(language, claim)
    if speech.context.language == speech.context.lookup.edition.languages[0]:
        findings += [_rounded(claim, content, place, speech.context) for claim in speech.said if _shows_rounding(claim)]
    given = dict.fromkeys(fact.id for _, fact in speech.tokens.facts_in(text))
    if given and not speech.said and not speech.stated:
        sentence = plain(content).replace(NO_BREAK, " ")
        facts.claim(language, figures_given(f"{speech.block}#line{speech.line}", [facts.get(i) for i in given], sentence))
    for decision in speech.stated:
        sentence = plain(content).replace(NO_BREAK, " ")
        facts.claim(language, replace(decision.claim, sentence=sentence))
        if not decision.holds:
            findings.append(_false(decision, sentence, place, speech.context))
    if any(not d.holds for d in speech.stated):
        content = (*content, Text(f" {speech.context.locale.words['claim_false']}"))
    return content


def _shows_rounding(claim: Claim) -> bool:
    """The sentence prints two figures and their difference, which is not the difference of what is printed."""
    return bool(claim.parameters.get("rounding")) and all(figure.fact in claim.facts for figure in claim.figures)


def _rounded(claim: Claim, content: Inlines, place: Place, context: WordsContext) -> Finding:
    """For the editor, who may ask for one more decimal: figures as printed, and the difference before rounding."""
    exact = next(f for f in reversed(claim.figures) if f.role in ("gap", "delta"))
    apart = next(n for n in numbers_in(content) if n.fact == exact.fact)
    others = dict.fromkeys(n.text for n in numbers_in(content) if n.fact != exact.fact and n.fact in claim.facts)
    size = Decimal(repr(abs(context.facts.get(exact.fact).value or 0.0))).scaleb(-exact.scale)
    said: dict[str, Parameter] = {
        "sentence": claim.sentence,
        "figures": "; ".join(text.replace(NO_BREAK, " ") for text in others),
        "printed": apart.text.replace(NO_BREAK, " "),
        "difference": context.locale.number(size, exact.decimals + 2),
    }
    return Finding("rounding-visible", Severity.INFO, place, claim.id, said)


def _false(decision: Decision, sentence: str, place: Place, context: WordsContext) -> Finding:
    """What figures make of a sentence that a person wrote: an error in a final edition, a warning and a mark before."""
    severity = Severity.ERROR if context.lookup.edition.status == "final" else Severity.WARNING
    claim = decision.claim
    indicator, before = claim.parameters["indicator"], decision.before or "–"
    said: dict[str, Parameter] = {
        "sentence": sentence,
        "claim": claim.kind,
        "indicator": indicator,
        "now": decision.now,
        "before": before,
    }
    return Finding("claim-false", severity, place, claim.id, said)


def joined(lines: Sequence[Inlines]) -> Inlines:
    """Sentences with a space between them, neighbouring words in one piece."""
    out: list[Inline] = []
    for index, line in enumerate(lines):
        pieces: list[Inline] = ([Text(" ")] if index else []) + list(line)
        for piece in pieces:
            last = out[-1] if out else None
            if isinstance(piece, Text) and isinstance(last, Text):
                out[-1] = Text(last.text + piece.text)
            else:
                out.append(piece)
    return tuple(out)


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """Once each, in order."""
    seen: dict[tuple[str, str, str], Finding] = {}
    for finding in findings:
        seen.setdefault((finding.rule, str(finding.place), str(dict(finding.parameters))), finding)
    return list(seen.values())


def marked_illustrative(content: Inlines, context: WordsContext, *, known: bool = False) -> Inlines:
    """A sentence with an illustrative figure says so, so that it cannot be quoted as official: in the remark that tells of its data
    where it has one (*dados provisórios e ilustrativos*), else before its full stop."""
    if not known and not any(context.facts.get(n.fact).illustrative for n in numbers_in(content)):
        return content
    # a note at the end of the sentence stays after the remark
    at_end = next((n for n in range(len(content), 0, -1) if not isinstance(content[n - 1], Footnote)), 0)
    if at_end < len(content):
        return (*marked_illustrative(content[:at_end], context, known=True), *content[at_end:])
    words, body = context.locale.words, strip_full_stop(content)
    head, _, tail = words.get("illustrative_data", "").partition("{status}")
    status = re.compile(rf"\({re.escape(head)}([^()]*?){re.escape(tail)}\)") if head or tail else None
    for at, piece in enumerate(body):
        found = status.search(piece.text) if status and isinstance(piece, Text) else None
        if isinstance(piece, Text) and found:
            said = f"({words['illustrative_joined'].format(status=found[1])})"
            merged = Text(piece.text[: found.start()] + said + piece.text[found.end() :])
            return _stopped((*body[:at], merged, *body[at + 1 :]))
    last = body[-1] if body else None
    # Two remarks share a pair of brackets; a figure or a place in brackets keeps its own, or it alone would seem illustrative.
    remark = last.text.rpartition("(") if isinstance(last, Text) and last.text.endswith(")") else ("", "", "")
    if isinstance(last, Text) and remark[2][:1].islower() and remark[1]:
        return (*body[:-1], Text(f"{last.text[:-1]}{words['illustrative_with']})."))
    if isinstance(last, Text) and last.text.endswith(")"):
        return (*body, Text(f"{words['illustrative_clause']}."))
    return (*body, Text(f" {words['illustrative_text']}."))


def says_illustrative(text: str, context: WordsContext) -> bool:
    """Whether a person's wording of a sentence bears the mark already, in any of its forms."""
    words = context.locale.words
    joined = re.escape(words.get("illustrative_joined", "")).replace(re.escape("{status}"), "[^()]*")
    known = (words[k].strip("(), ") for k in ("illustrative_text", "illustrative_with", "illustrative_clause"))
    return any(k in text for k in known) or bool(joined and re.search(joined, text))


def _stopped(content: Inlines) -> Inlines:
    last = content[-1]
    return (*content[:-1], Text(f"{last.text}.")) if isinstance(last, Text) else (*content, Text("."))


def numbers_in(content: Inlines) -> tuple[Number, ...]:
    """All facts printed in a piece of text, nested ones included."""
    found: list[Number] = []
    for piece in content:
        if isinstance(piece, Number):
            found.append(piece)
        elif hasattr(piece, "content"):
            found += numbers_in(piece.content)
    return tuple(found)


__all__ = [
    "WordsContext",
    "check_chapter",
    "joined",
    "load_patterns",
    "marked_illustrative",
    "numbers_in",
    "render_chapter",
    "render_inline",
    "says_illustrative",
    "words_environment",
]
