"""The proof: every block of one language against the same block of the others, everything that differs a finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bulletin.document.figures import Reader, Reading, codes, differing, read, reader
from bulletin.document.tree import Document
from bulletin.model.fact import Claim
from bulletin.model.finding import Finding, Parameter, Place, Severity
from bulletin.model.locale import Locale
from bulletin.model.parity import Pair, Parity
from bulletin.parity.pieces import Piece, Unit, units
from bulletin.parity.tongue import Vocabulary, foreign, vocabulary
from bulletin.parity.wording import Counted, Group, counted, exchanged, groups, opposites, placeholders, wrong_numbers

LENGTHS = 0.6, 1.7
"""Least and greatest length of a text beside the same in another language, their usual lengths allowed for (statistics.md 1.6)."""
LONG = 120
"""Characters from which lengths are compared; labels vary more."""

TO_READ = frozenset({"parity-foreign-words", "parity-opposites", "parity-length"})
"""Rules that point to what a person has to read: warnings in every edition."""

Key = tuple[str, str, int]
"""Kind, id, and which of several of the same id."""

_SHOWN = 60
"""Characters of a part's words in a message."""

_Claims = Mapping[str, Mapping[str, Sequence[Claim]]]
"""Language and block to what is stated there."""


@dataclass(frozen=True)
class Terms:
    """What the comparison is told of the edition beside its documents."""

    locales: Mapping[str, Locale]
    severity: Severity
    """Of what differs: an error where nothing unequal may be printed."""
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Language to texts of the project in it, from which its words are known."""
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Language to the names of the country and its places, which it may share with others."""
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    """Language and block id to the file and line of its text."""
    missing: frozenset[str] = frozenset()
    """`block@language` of texts that are known to be missing."""
    reworded: frozenset[str] = frozenset()
    """Blocks for whose words reviewers answer in a language: their figures are compared, and no claims are made in them."""


def prove(documents: Mapping[str, Document], claims: Iterable[tuple[str, Claim]], terms: Terms) -> Parity:
    """All languages against the first; a claim that is printed in none of them says nothing."""
    languages = tuple(documents)
    taken = {language: _by_key(units(document, terms.locales[language].signs)) for language, document in documents.items()}
    said = {
        language: [p.words for u in found.values() for p in u.pieces if p.role in ("prose", "bounded")]
        for language, found in taken.items()
    }
    written = {language: (*said[language], *terms.texts.get(language, ())) for language in languages}
    known = vocabulary(written, terms.locales, terms.names)
    locales = {language: terms.locales[language] for language in languages}
    proof = _Proof(
        terms,
        known,
        {language: reader(locale) for language, locale in locales.items()},
        {language: counted(locale) for language, locale in locales.items()},
        {language: groups(locale) for language, locale in locales.items()},
    )
    first = languages[0]
    stated = _claims(claims)
    pairs: list[Pair] = []
    for key in _all_keys(taken):
        present = {language: taken[language][key] for language in languages if key in taken[language]}
        findings = [*proof.missing(key, present, languages)]
        for language, unit in present.items():
            findings += proof.alone(language, unit)
            if language != first and first in present:
                findings += proof.compared(first, present[first], language, unit)
                findings += proof.stated(first, language, unit, stated)
        here = present.get(first) or next(iter(present.values()))
        texts = {language: unit.text for language, unit in present.items()}
        figures = sum(1 for p in here.pieces for _ in proof.figures(first, p)) if first in present else 0
        pairs.append(Pair(here.id, here.kind, here.section, texts, figures, len(here.facts), tuple(findings)))
    blocks = {u.id for u in taken[first].values()}
    statements = sum(len(made) for block, made in stated.get(first, {}).items() if block in blocks)
    return Parity(languages, _ordered(pairs, taken, proof), statements)


def _by_key(found: Iterable[Unit]) -> dict[Key, Unit]:
    seen: Counter[tuple[str, str]] = Counter()
    listed: dict[Key, Unit] = {}
    for unit in found:
        listed[unit.kind, unit.id, seen[unit.kind, unit.id]] = unit
        seen[unit.kind, unit.id] += 1
    return listed


def _all_keys(taken: Mapping[str, Mapping[Key, Unit]]) -> Iterator[Key]:
    """In the order of the first language; what only others have comes last."""
    yield from dict.fromkeys(key for found in taken.values() for key in found)


def _claims(claims: Iterable[tuple[str, Claim]]) -> _Claims:
    found: dict[str, dict[str, list[Claim]]] = {}
    for language, claim in claims:
        found.setdefault(language, {}).setdefault(claim.id.rpartition("#")[0], []).append(claim)
    return found


def _ordered(pairs: Sequence[Pair], taken: Mapping[str, Mapping[Key, Unit]], proof: _Proof) -> tuple[Pair, ...]:
    """With a finding at the first block that stands elsewhere in another language."""
    first, *others = taken
    extra: dict[str, list[Finding]] = {}
    for language in others:
        common = taken[first].keys() & taken[language].keys()
        lists = ([k for k in taken[name] if k in common and k[0] != "Definition"] for name in (first, language))
        for one, two in zip(*lists, strict=True):
            if one != two:
                extra.setdefault(two[1], []).append(proof.finding("parity-order", language, two[1], expected=one[1]))
                break
    return tuple(
        Pair(p.block, p.kind, p.section, p.texts, p.figures, p.facts, (*p.findings, *extra.pop(p.block, ()))) for p in pairs
    )


@dataclass(frozen=True)
class _Proof:
    terms: Terms
    known: Vocabulary
    readers: Mapping[str, Reader]
    counted: Mapping[str, Counted]
    groups: Mapping[str, tuple[Group, ...]]

    def finding(self, rule: str, language: str, block: str, **said: Parameter) -> Finding:
        place = self.terms.places.get((language, block), Place())
        severity = Severity.WARNING if rule in TO_READ else self.terms.severity
        return Finding(rule, severity, place, f"{block}@{language}", {"language": language, "block": block, **said})

    def figures(self, language: str, piece: Piece) -> Iterator[Reading]:
        yield from read(piece.words, self.readers[language])
        yield from codes(piece.codes)

    def missing(self, key: Key, present: Mapping[str, Unit], languages: Sequence[str]) -> Iterator[Finding]:
        here = next(iter(present.values()))
        for language in languages if here.common else ():
            if language not in present and f"{key[1]}@{language}" not in self.terms.missing:
                yield self.finding("parity-block-missing", language, key[1], text=_short(here.text), other=next(iter(present)))

    def alone(self, language: str, unit: Unit) -> Iterator[Finding]:
        """What a text shows by itself."""
        locale = self.terms.locales[language]
        gap = _gap(locale)
        for piece in unit.pieces:
            if piece.role == "value" or not piece.words or gap in piece.words:
                continue
            words = foreign(piece.words, language, self.known, citation=piece.role == "citation")
            if words:
                said = {"words": ", ".join(words[:6]), "text": _short(piece.words, words[0]), "at": piece.path}
                yield self.finding("parity-foreign-words", language, unit.id, **said)
            for left in placeholders(piece.words):
                yield self.finding("parity-placeholder", language, unit.id, found=left, text=_short(piece.words, left))
            if any(c.isdigit() for c in piece.words):
                for wrong in wrong_numbers(piece.words, self.readers[language], self.counted[language]):
                    yield self.finding("parity-plural", language, unit.id, found=wrong, text=_short(piece.words, wrong))

    def compared(self, first: str, one: Unit, language: str, two: Unit) -> Iterator[Finding]:
        if one.facts != two.facts:
            lacks, more = Counter(one.facts) - Counter(two.facts), Counter(two.facts) - Counter(one.facts)
            said = {"other": first, "lacks": _listed(lacks), "more": _listed(more)}
            yield self.finding("parity-facts", language, two.id, **said)
        theirs = {p.path: p for p in two.pieces}
        ours = {p.path for p in one.pieces}
        for piece in [p for p in one.pieces if p.path not in theirs]:
            yield self.finding("parity-part-missing", language, two.id, at=_told(piece), other=first)
        for piece in [p for p in two.pieces if p.path not in ours]:
            yield self.finding("parity-part-missing", first, two.id, at=_told(piece), other=language)
        if one.ordered and ours == theirs.keys() and (moved := _moved(one.pieces, two.pieces)):
            yield self.finding("parity-part-order", language, two.id, at=moved, other=first)
        for piece in one.pieces:
            if piece.path in theirs:
                yield from self.pieces(first, piece, language, theirs[piece.path], two.id)

    def pieces(self, first: str, one: Piece, language: str, two: Piece, block: str) -> Iterator[Finding]:
        if _gap(self.terms.locales[first]) in one.words or _gap(self.terms.locales[language]) in two.words:
            return
        if one.shape != two.shape:
            yield self.finding("parity-part-differs", language, block, at=one.path, other=first)
        if bool(one.words.strip()) != bool(two.words.strip()):
            empty, full = (first, language) if two.words.strip() else (language, first)
            yield self.finding("parity-text-empty", empty, block, at=one.path, other=full)
            return
        left, right = differing(self.figures(first, one), self.figures(language, two))
        if left or right:
            said = {"other": first, "theirs": _shown(left), "found": _shown(right), "at": one.path, "text": _short(two.words)}
            yield self.finding("parity-figures", language, block, **said)
        if one.role == "prose":
            yield from self.words(first, one, language, two, block)

    def words(self, first: str, one: Piece, language: str, two: Piece, block: str) -> Iterator[Finding]:
        locales = self.terms.locales
        ours, theirs = opposites(one.words, self.groups[first]), opposites(two.words, self.groups[language])
        for group in sorted(ours.keys() & theirs.keys()):
            if exchanged(ours[group], theirs[group]):
                said = {"other": first, "group": group, "theirs": ", ".join(sorted(ours[group])), "text": _short(two.words)}
                found = ", ".join(sorted(theirs[group]))
                yield self.finding("parity-opposites", language, block, found=found, at=one.path, **said)
        if max(len(one.words), len(two.words)) >= LONG:
            usual = locales[language].grammar.length / locales[first].grammar.length
            ratio = len(two.words) / usual / len(one.words)
            if not LENGTHS[0] <= ratio <= LENGTHS[1]:
                said = {"other": first, "at": one.path, "text": _short(two.words)}
                yield self.finding("parity-length", language, block, percent=round(100 * ratio), **said)

    def stated(self, first: str, language: str, unit: Unit, claims: _Claims) -> Iterator[Finding]:
        """Statements of a block: the same ones, decided in the same way on the same facts."""
        if unit.kind not in ("Paragraph", "Figure", "KeyFigure") or unit.id in self.terms.reworded:
            return
        ours, theirs = (
            {c.id: (c.kind, c.outcome, sorted(c.facts), sorted(c.basis)) for c in claims.get(name, {}).get(unit.id, ())}
            for name in (first, language)
        )
        for name in sorted(ours.keys() | theirs.keys()):
            if ours.get(name) != theirs.get(name):
                said = [c[0] + (f" ({c[1]})" if c[1] else "") if c else "–" for c in (ours.get(name), theirs.get(name))]
                yield self.finding("parity-claims", language, unit.id, other=first, claim=name, theirs=said[0], found=said[1])


def _gap(locale: Locale) -> str:
    """With what the mark of a missing text begins."""
    return locale.words.get("missing_text", "\0").partition("{")[0]


def _moved(one: Sequence[Piece], two: Sequence[Piece]) -> str:
    """The first part that stands elsewhere."""
    return next((b.path for a, b in zip(one, two, strict=False) if a.path != b.path), "")


def _listed(counted: Mapping[str, int]) -> str:
    return ", ".join(sorted(counted)[:4]) or "–"


def _shown(readings: Sequence[Reading]) -> str:
    signs = {"%": "%", "pp": " p.p.", "month": "", "": ""}
    return "; ".join(_figure(r) + signs[r.unit] for r in readings) or "–"


def _figure(reading: Reading) -> str:
    return reading.text if reading.unit == "month" or reading.value is None else f"{reading.value:f}"


def _told(piece: Piece) -> str:
    """By its name and, for people, by its first words."""
    words = piece.words.strip()
    return f"{piece.path}: {words if len(words) <= _SHOWN else words[:_SHOWN].rstrip() + '…'}" if words else piece.path


def _short(text: str, around: str = "") -> str:
    """The beginning, or what stands before and after a word."""
    text = " ".join(text.replace("\u2060", "").split())
    at = text.find(" ".join(around.split())) - 30
    start = text.find(" ", at) + 1 if at > 0 else 0
    text = ("…" if start else "") + text[start:]
    return text if len(text) <= 90 else text[:89].rstrip() + "…"
