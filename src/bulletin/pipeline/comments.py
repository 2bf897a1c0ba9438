"""What a file sent out for review asks its readers, as comments at the places concerned: open findings, accepted ones with their
reason, translations that have not followed, answers to earlier comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bulletin.compose.context import Context
from bulletin.compose.labels import code_label
from bulletin.compose.lookup import Lookup
from bulletin.document.for_review import Comment
from bulletin.load.messages import languages_of_messages, load_messages
from bulletin.load.review import read_answers, read_review
from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.finding import Finding, Parameter, Severity
from bulletin.model.issued import Issued
from bulletin.model.review import Answer
from bulletin.model.round import Asked
from bulletin.pipeline.edit import Composed
from bulletin.pipeline.messages import Texts, message
from bulletin.pipeline.prepare import Prepared
from bulletin.pipeline.review_today import stands_now, today_of
from bulletin.pipeline.review_words import asked_line
from bulletin.protect.findings import public_findings
from bulletin.validate.waive import waivable

STALE = "translation-stale"
ELSEWHERE = ("alternates", "revisions", "revisions_summary", "waivers")
"""Tables that list differences and accepted findings themselves."""
_NAMED = re.compile(r"(?P<chapter>[^/]+)/(?P<block>.+)@(?P<language>\w+)")
"""Key of a finding about a text."""


@dataclass(frozen=True)
class Earlier:
    """What the reviews before have left: answers to comments, and questions that are still open."""

    answers: tuple[Answer, ...] = ()
    asked: tuple[Asked, ...] = ()


def earlier_reviews(prepared: Prepared, composed: Composed) -> Earlier:
    """Raises ConfigError where a file of a review cannot be read."""
    project = prepared.project
    folder = read_review(project.root, project.edition.id)
    if not folder.rounds or folder.closed:
        return Earlier()
    return Earlier(read_answers(project), stands_now(folder, today_of(prepared, composed)).open)


def comments_of(
    prepared: Prepared,
    composed: Composed,
    findings: Sequence[Finding],
    records: Sequence[Issued],
    earlier: Earlier | None = None,
) -> tuple[Comment, ...]:
    """One comment a block, in the order of the records, which are those of the files; figures of hidden cells are masked as in
    the published findings. Answers are comments of their own."""
    told = public_findings(findings, prepared.observations)
    found: list[Comment] = []
    for record in records:
        for language in record.languages:
            # Tables and charts stand once in a file of two languages.
            lead = language == record.languages[0]
            found += _Notes(prepared, composed, language).comments(record, told, earlier or Earlier(), lead=lead)
    return tuple(found)


class _Notes:
    def __init__(self, prepared: Prepared, composed: Composed, language: str) -> None:
        project = prepared.project
        self.project, self.language = project, language
        lookup = Lookup(prepared.observations, project, ())
        self.context = Context(project, lookup, composed.facts, project.locales[language])
        known = languages_of_messages()
        self.whole = load_messages(language if language in known else project.edition.messages)
        self.texts = _facts_only(self.whole)
        self.reasons = {(w.rule, w.key): w.reason for w in project.edition.waivers}

    def comments(self, record: Issued, findings: Sequence[Finding], earlier: Earlier, *, lead: bool) -> Iterator[Comment]:
        places = _places(record, self.language, tables=lead)
        lines: dict[str, dict[str, None]] = {}
        for finding in findings:
            for block in self._where(finding, places, record):
                lines.setdefault(block, {})[self._line(finding)] = None
        for asked in (a for a in earlier.asked if a.query.language in (self.language, "") and (a.query.language or lead)):
            block = asked.query.block.removesuffix(".table")
            lines.setdefault(block, {})[self._question(asked)] = None
        author = self.context.word("review_author")
        replies: dict[str, list[Answer]] = {}
        for answer in earlier.answers:
            if answer.language == self.language:
                replies.setdefault(answer.block, []).append(answer)
        for name in (b.id for b in record.blocks if b.language == self.language):
            if name in lines:
                yield Comment(name, self.language, "\n".join(lines[name]), author)
            for answer in replies.get(name, ()):
                words = self.context.word("review_answer")
                # Under the program's name, so that it does not come back as a remark.
                text = f"{answer.text} ({answer.author})" if answer.author else answer.text
                said = words.format(to=answer.to or "–", asked=_cut(answer.asked), text=text)
                yield Comment(name, self.language, said, author)

    def _where(self, finding: Finding, places: Mapping[str, tuple[str, ...]], record: Issued) -> tuple[str, ...]:
        """A figure is told of wherever it is printed; what is for information only where it is printed first."""
        named = _NAMED.fullmatch(finding.key)
        if named:
            names = {named["block"], f"{named['chapter']}.lede" if named["block"] == "lede" else named["block"]}
            known = (b.id for b in record.blocks if b.language == self.language == named["language"])
            return tuple(name for name in known if name in names)
        found = places.get(finding.key, ())
        return found[:1] if finding.severity is Severity.INFO and not finding.waived else found

    def _line(self, finding: Finding) -> str:
        word = self.context.word
        if finding.rule == STALE:
            return word("review_stale").format(**finding.parameters)
        said = message(replace(finding, place=type(finding.place)(), parameters=self._named(finding)), self.texts)
        said = said[:1].upper() + said[1:].rstrip(".") + "."
        if not finding.waived:
            return word("review_finding").format(finding=said)
        reason = self.reasons.get((finding.rule, waivable(finding)))
        return word("review_waived").format(finding=said, reason=self.context.said(reason) if reason else finding.waived)

    def _question(self, asked: Asked) -> str:
        line = asked_line(asked, self.whole)
        return f"{line.authors}: {line.question}" if line.authors else line.question

    def _named(self, finding: Finding) -> dict[str, Parameter]:
        """Parameters with the figure and its sources in words."""
        found = dict(finding.parameters)
        name, at, period = finding.key.partition("@")
        indicator = self.project.catalogue.get(name.partition(".")[0])
        if indicator and at and "indicator" in found:
            parts = [self.context.said(indicator.label), *self._coordinates(name)]
            found["indicator"] = ", ".join([*parts, code_label(self.context, "period", period)])
        for role in ("source", "other"):
            source = self.project.sources.get(str(found.get(role, "")))
            if source:
                found[role] = self.context.said(source.short)
        over = str(found.get("over", ""))
        if over in self.context.locale.words:
            found["over"] = self.context.word(over)
        return found

    def _coordinates(self, name: str) -> Iterator[str]:
        for part in name.split(".")[1:]:
            dimension, equals, code = part.partition("=")
            dimension, code = (dimension, code) if equals else ("ref_area", dimension)
            if code not in (TOTAL, self.project.country.code) and dimension in DIMENSIONS:
                yield code_label(self.context, dimension, code)


def _facts_only(texts: Texts) -> Texts:
    """Messages without their last part, which tells the secretariat what to do in its files."""
    return {rule: text.rpartition("; ")[0] or text for rule, text in texts.items()}


def _places(record: Issued, language: str, *, tables: bool) -> Mapping[str, tuple[str, ...]]:
    """Fact to the blocks that can be commented on and print it: sentences, titles, notes, and tables by their title."""
    found: dict[str, dict[str, None]] = {}
    inside = {t.id.removesuffix(".table"): {f for row in t.facts for f in row if f} for t in record.tables}
    for block in (b for b in record.blocks if b.language == language):
        facts = {s.ref for s in block.spans if s.kind == "number"} if block.editable else set()
        if tables and block.id not in ELSEWHERE:
            facts |= inside.get(block.id, set())
        for fact in facts:
            found.setdefault(fact, {})[block.id] = None
    return {fact: tuple(blocks) for fact, blocks in found.items()}


def _cut(text: str, most: int = 120) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
