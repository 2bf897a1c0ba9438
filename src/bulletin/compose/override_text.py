"""A reviewer's plain words with today's figures, references and the markup of the generated words in their places."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bulletin.compose.claims.statement import Evidence, exact, figure_of
from bulletin.compose.figures_text import figure_text, percent_text, scaled_text
from bulletin.compose.inline import TOKEN, Tokens, recognised, strip_full_stop, without_private
from bulletin.compose.lexicon import GAP, unbound_numbers, unbound_words
from bulletin.compose.narrative import joined, marked_illustrative, numbers_in, says_illustrative
from bulletin.compose.words import WordsContext
from bulletin.document.figures import either, reader
from bulletin.document.inline import (
    Emphasis,
    Footnote,
    Foreign,
    Inline,
    Inlines,
    Literal,
    NoteMark,
    Number,
    Reference,
    Strong,
    Text,
    plain,
)
from bulletin.document.wording import sentences
from bulletin.model.finding import Finding, Parameter, Severity
from bulletin.model.locale import MINUS, NO_BREAK
from bulletin.model.noted import noted
from bulletin.model.override import REFERENCE, SCALES, Placeholder, Reviewed, parts_of, pieces_of, placeholder_of

_BLANKS = re.compile(r"[ \t\n]+")
_AFTER_NOTE = re.compile(rf"(?<=[.!?])((?:{TOKEN.pattern})+)\s+(?=[A-ZÀ-Ý«\"“])")
"""A sentence may end in the sign of a note."""


@dataclass
class Worded:
    """What a reviewer's text says today."""

    parts: tuple[Inlines, ...] | None
    """Its paragraphs; None where something in it cannot be printed."""
    findings: list[Finding] = field(default_factory=list)


def worded(each: Reviewed, generated: Inlines, words: WordsContext, targets: Collection[str]) -> Worded:
    """`targets`: blocks to which a text can refer. What is not as it should be is told; nothing but a figure or a reference that is
    not there keeps a text from being printed."""
    wording = _Wording(each, generated, words, targets)
    bound = {name: wording.bound(name, placeholder_of(said)) for name, said in each.override.placeholders.items()}
    pieces = {name: piece for name, piece in bound.items() if piece is not None}
    if len(pieces) < len(bound):
        return Worded(None, wording.findings)
    parts = tuple(wording.paragraph(part, pieces) for part in parts_of(each.override.text))
    wording.look(each.override.text)
    return Worded(parts, wording.findings)


def key_of(each: Reviewed) -> str:
    return f"{each.chapter}/{each.id}@{each.language}"


def severity_of(words: WordsContext) -> Severity:
    """Of what has to be settled before an edition is final."""
    return Severity.ERROR if words.lookup.edition.status == "final" else Severity.WARNING


@dataclass
class _Wording:
    each: Reviewed
    generated: Inlines
    words: WordsContext
    targets: Collection[str]
    findings: list[Finding] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    """Numbers that stand for no fact."""
    spoken: list[str] = field(default_factory=list)
    """Words that the generated text does not have marked as a count or a literal; gaps where something else stands."""
    notes: int = 0
    """Put in by the reviewer, so far."""

    def tell(self, rule: str, severity: Severity, **said: Parameter) -> None:
        self.findings.append(Finding(rule, severity, self.each.place, key_of(self.each), said))

    # --- figures and references ---------------------------------------------------------------------------------------

    def bound(self, name: str, said: Placeholder) -> Inline | None:
        """None, with the reason, for what is not there."""
        if said.ref.startswith(REFERENCE):
            target = said.ref.removeprefix(REFERENCE)
            if target in self.targets and self.each.kind not in ("title", "heading"):
                return Reference(target)
            self.tell("override-unknown-reference", Severity.ERROR, name=name, target=target)
            return None
        figure = self._figure(said.ref)
        if figure is None:
            known = re.split(r"[.(]", said.ref.rpartition("(")[2])[0] in self.words.lookup.catalogue
            rule, severity = (
                ("override-no-value", severity_of(self.words)) if known else ("override-unknown-fact", Severity.ERROR)
            )
            self.tell(rule, severity, name=name, fact=said.ref)
            return None
        if not said.format:
            return figure
        text = self._formatted(figure, said)
        if not text:
            given = {"name": name, "fact": said.ref, "format": said.format, "text": figure.text}
            self.tell("override-format", severity_of(self.words), **given)
            return None
        return Number(text, figure.fact)

    def _figure(self, fact: str) -> Number | None:
        """As the generated words of the block print it; else as running text does."""
        words = self.words
        found = next((n for n in numbers_in(self.generated) if n.fact == fact), None)
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

    def _formatted(self, figure: Number, said: Placeholder) -> str:
        """Rounded anew from the exact value; empty where nothing would be left of it."""
        locale = self.words.locale
        value = self.words.facts.get(figure.fact).value
        if value is None:
            return ""
        number = exact(value) if figure.text.startswith(MINUS) else abs(exact(value))
        name, _, decimals = said.format.partition("-")
        places = int(decimals or 0)
        percent = "%" in figure.text
        scale = SCALES.get(name, 0)
        if scale:
            text = locale.number(number.scaleb(-scale), places)
            return "" if percent or not _digits_left(text, number) else text
        if percent:
            return percent_text(locale, number, places)
        return scaled_text(locale, number, self._scale(figure.text), places)

    def _scale(self, text: str) -> int:
        """The power of ten that the words after a printed figure stand for."""
        said = text.replace(NO_BREAK, " ")
        scales = self.words.locale.scales.items()
        return max((power for power, forms in scales for form in forms if said.endswith(f" {form}")), default=0)

    # --- words --------------------------------------------------------------------------------------------------------

    def paragraph(self, part: str, bound: Mapping[str, Inline]) -> Inlines:
        tokens = Tokens()
        names = {name: tokens.put(piece) for name, piece in bound.items()}
        markup = _Markup(self.generated, {piece: names[name] for name, piece in bound.items()})
        said = ""
        for kind, words in noted(part):
            if kind == "words":
                said += self._named(words, names)
            elif self.each.kind in ("text", "item"):
                said += tokens.put(self._note(self._named(words, names), tokens, markup))
            else:
                self.tell("footnote-in-title", severity_of(self.words))
        text = self.words.locale.phrasing.fitted(_BLANKS.sub(" ", said).strip())
        found = _sentences(text)
        lines = [self._sentence(line, tokens, markup) for line in found]
        if self.each.kind in ("title", "heading"):
            return strip_full_stop(joined(lines))
        return joined([self._marked(line, text) for line, text in zip(lines, found, strict=True)])

    def _named(self, words: str, names: Mapping[str, str]) -> str:
        """With the token of every name."""
        return "".join(names[text] if kind == "name" else without_private(text) for kind, text in pieces_of(words))

    def _note(self, said: str, tokens: Tokens, markup: _Markup) -> Footnote:
        """Part of the words of its paragraph, and named by its place among them."""
        self.notes += 1
        text = self.words.locale.phrasing.fitted(_BLANKS.sub(" ", said).strip())
        lines = [self._marked(self._sentence(line, tokens, markup), line) for line in _sentences(text)]
        return Footnote(joined(lines), f"{self.each.id}.note.added-{self.notes}", added=True)

    def _sentence(self, text: str, tokens: Tokens, markup: _Markup) -> Inlines:
        pieces: list[Inline] = []
        for said, kept in markup.parted(text):
            self.spoken.append(GAP if kept is not None else TOKEN.sub(GAP, said))
            if kept is not None:
                pieces.append(kept)
                continue
            end = 0
            for match in TOKEN.finditer(said):
                pieces += self._plain(said[end : match.start()])
                pieces.append(tokens.get(match[0])[0])
                end = match.end()
            pieces += self._plain(said[end:])
        return tuple(pieces)

    def _plain(self, text: str) -> Inlines:
        return recognised(text, self.typed.append, self.words.locale.literals) if text else ()

    def _marked(self, content: Inlines, text: str) -> Inlines:
        said = says_illustrative(text, self.words)
        return content if said else marked_illustrative(content, self.words)

    # --- what the words claim -----------------------------------------------------------------------------------------

    def look(self, text: str) -> None:
        """At numbers and words for which no figure answers."""
        lexicon = self.words.narration.lexicon[self.words.language]
        listed = {_digits(number.text): number for number in self.each.override.literals}
        written = [("override-unverified-number", severity_of(self.words), number.strip()) for number in self.typed]
        known = {word.lower() for word in unbound_numbers(plain(self.generated), lexicon)}
        spoken = (word for word in unbound_numbers(self._without_scales(), lexicon) if word.lower() not in known)
        written += [("unbound-number", Severity.WARNING, word) for word in spoken]
        for rule, severity, said in dict.fromkeys(written):
            number = listed.get(_digits(said))
            if number is not None and number.state == "verified" and number.note.strip():
                self.tell("override-verified-number", Severity.INFO, number=said, note=number.note.strip())
            else:
                self.tell(rule, severity, number=said)
        if self.each.kind == "heading":
            return
        said = "".join(GAP if kind == "name" else said for kind, said in pieces_of(text))
        # Those that the program says itself rest on its claims: when they no longer hold, its sentence is another one.
        generated = plain(self.generated)
        loose = [word for word in unbound_words(said, lexicon) if _times(word, said) > _times(word, generated)]
        if loose:
            self.tell("override-unbound-words", Severity.WARNING, words=", ".join(loose))

    def _without_scales(self) -> str:
        """What is spoken, without `thousand` and `million` after a figure, of which they are part."""
        forms = either(reader(self.words.locale).scales)
        return re.sub(rf"{GAP}[ {NO_BREAK}](?:{forms})(?!\w)", GAP, "".join(self.spoken), flags=re.IGNORECASE)


class _Markup:
    """Pieces of the generated words that are more than plain words: foreign, emphasised, strong, years and codes."""

    def __init__(self, generated: Inlines, tokens: Mapping[Inline, str]) -> None:
        self._kept: dict[str, list[Inline]] = {}
        for piece in _special(generated):
            said = _spelt((piece,), tokens)
            if said.strip():
                self._kept.setdefault(said, []).append(piece)
        # A year or a word inside a longer number or word is another one.
        each = "|".join(re.escape(said) for said in sorted(self._kept, key=len, reverse=True))
        self._find = re.compile(rf"(?<!\w)(?<!\d[.,\s])(?:{each})(?!\w)(?![.,\s]\d)") if each else None

    def parted(self, text: str) -> Iterator[tuple[str, Inline | None]]:
        """Words, and each piece that stands in them unchanged."""
        end = 0
        for match in self._find.finditer(text) if self._find else ():
            pieces = self._kept[match[0]]
            if not pieces:
                continue
            piece = pieces[0] if _stays_one(pieces[0]) else pieces.pop(0)
            if match.start() > end:
                yield text[end : match.start()], None
            yield match[0], piece
            end = match.end()
        if end < len(text):
            yield text[end:], None


def _special(content: Inlines) -> Iterator[Inline]:
    return (piece for piece in content if isinstance(piece, Strong | Emphasis | Foreign | Literal))


def _stays_one(piece: Inline) -> bool:
    """A foreign word or a year is one wherever it stands; a word that counts, or is stressed, only so often."""
    return isinstance(piece, Foreign) or (isinstance(piece, Literal) and any(c.isdigit() for c in piece.text))


def _spelt(content: Inlines, tokens: Mapping[Inline, str]) -> str:
    """As the reviewer's text has it, figures and references in their tokens."""
    said = ""
    for piece in content:
        match piece:
            case Number(text, _):
                said += tokens.get(piece, text)
            case Reference(target, text):
                said += tokens.get(Reference(target), text)
            case Text(text) | Literal(text, _):
                said += _BLANKS.sub(" ", text)
            case Strong(inner) | Emphasis(inner) | Foreign(_, inner):
                said += _spelt(inner, tokens)
            case NoteMark() | Footnote():
                pass
    return said


def _sentences(text: str) -> list[str]:
    found: list[str] = []
    for _, said in sentences(text):
        start = 0
        for match in _AFTER_NOTE.finditer(said):
            found.append(said[start : match.end(1)])
            start = match.end()
        found.append(said[start:])
    return found


def _times(word: str, text: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE))


def _digits(number: str) -> str:
    return re.sub(r"\s", "", number).rstrip("%").lower()


def _digits_left(text: str, number: Decimal) -> bool:
    return not number or any(c in "123456789" for c in text)
