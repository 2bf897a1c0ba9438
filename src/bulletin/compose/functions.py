"""The functions a narrative may call, bound to one paragraph: values, names, references and sentence patterns."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from bulletin.compose.claims.recorded import claim_of
from bulletin.compose.claims.series import newest, parts
from bulletin.compose.claims.stated import Asked
from bulletin.compose.claims.statement import Evidence, Statement, computed, figure_of
from bulletin.compose.figures_text import count_text
from bulletin.compose.inline import Tokens, recognised, without_private
from bulletin.compose.patterns import PATTERNS
from bulletin.compose.places import place_words
from bulletin.compose.stating import Decision, stated
from bulletin.compose.wording import SubjectWish, Wording
from bulletin.compose.words import FaultError, MissingError, WordsContext, load_macros
from bulletin.document.inline import Literal, Reference, Text
from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.fact import Claim
from bulletin.model.locale import NO_BREAK
from bulletin.model.period import Period
from bulletin.model.phrasing import RELATIONS
from bulletin.model.text import lent

if TYPE_CHECKING:
    from jinja2.environment import TemplateModule


DATE_FIRST = frozenset({"change", "span", "real_change", "contribution"})
"""Patterns of which form 1 opens with the dates and form 0 with the subject; with the others it is the other way round."""


@dataclass
class Speech:
    """One paragraph while it is rendered."""

    context: WordsContext
    macros: TemplateModule
    block: str
    tokens: Tokens = field(default_factory=Tokens)
    said: list[Claim] = field(default_factory=list)
    """Claims of the current line."""
    stated: list[Decision] = field(default_factory=list)
    """Claims of the current line that a person has put into words."""
    unbound: list[str] = field(default_factory=list)
    """Numbers typed by hand in the arguments of the current line."""
    empty: bool = False
    """A pattern of the current line had nothing to say."""
    line: int = 0
    """Number of the current line."""
    made: int = 0
    """Claims, silent ones included."""
    before: str = ""
    """The date with which the sentence before ends: the next does not begin with it."""
    position: int = 0
    """Of the paragraph in its chapter: where the rotation of openings begins."""
    title: bool = False
    """The title of a chart: patterns are said in their short form, where they have one."""

    @property
    def wording(self) -> Wording:
        lookup = self.context.lookup
        return Wording(self.context.locale, lookup.country, lookup.catalogue, lookup.codelists, self.tokens)

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.context.lookup, self.context.facts, self.context.narration.thresholds)

    def start_line(self) -> None:
        self.line += 1
        self.said, self.stated, self.unbound, self.empty = [], [], [], False

    def functions(self) -> dict[str, Callable[..., object]]:
        """Name to function, each with its call checked first."""
        own = {name: self._checked(name) for name in (*VALUES, *NAMES, *BY_HAND)}
        return {**own, **{name: partial(self.pattern, name) for name in PATTERNS}}

    def _checked(self, name: str) -> Callable[..., object]:
        def call(*args: object, **keywords: object) -> object:
            _bound(name, _signature(name), (self, *args), keywords)
            return getattr(self, name)(*args, **keywords)

        return call

    # --- values -------------------------------------------------------------------------------------------------------

    def value(
        self, ind: str, at: str = "", unit: bool = True, decimals: int | None = None, scale: int | None = None, **dims: str
    ) -> str:
        obs = newest(self.evidence, self._known(ind), self._where(dims), at)
        if obs is None:
            raise MissingError(ind)
        figure = figure_of(self.evidence, obs)
        for name, said in (("decimals", decimals), ("scale", scale)):
            if said is not None and not (type(said) is int and 0 <= said <= 15):
                raise FaultError("template-argument", function="value", argument=f"{name}={said}"[:60])
        if scale is not None or decimals is not None:
            figure = replace(
                figure,
                scale=figure.scale if scale is None else scale,
                decimals=figure.decimals if decimals is None else decimals,
            )
        words = self.wording.figure(figure)
        return str(self.macros.figure(words)) if unit else words.text  # type: ignore[attr-defined]

    def latest(self, ind: str, **dims: str) -> str:
        obs = newest(self.evidence, self._known(ind), self._where(dims))
        if obs is None:
            raise MissingError(ind)
        return obs.period

    def earliest(self, ind: str, **dims: str) -> str:
        found = self.context.lookup.periods(self._known(ind), self._where(dims))
        if not found:
            raise MissingError(ind)
        return found[0]

    def has(self, ind: str, at: str = "", **dims: str) -> bool:
        return newest(self.evidence, self._known(ind), self._where(dims), at) is not None

    def when(self, period: str) -> str:
        return self.wording.period(_period(period)).text

    def year(self, period: str) -> str:
        return self.tokens.put(Literal(str(Period.parse(_period(period)).year), "period"))

    # --- names --------------------------------------------------------------------------------------------------------

    def place(self, code: str, prep: str = "") -> str:
        found = self.context.lookup.country.place_of(code)
        if found is None:
            raise FaultError("template-unknown-code", dimension="ref_area", code=code)
        relation = self.context.locale.phrasing.prepositions.get(prep, prep)
        if relation and relation not in RELATIONS:
            raise FaultError("template-argument", function="place", argument=prep)
        return self._literal(place_words(found, self.context.locale).relation(relation))

    def label(self, codelist: str, code: str, short: bool = False) -> str:
        dimension = codelist.lower()
        if dimension == "ref_area":
            return self.place(code)
        listed = self.context.lookup.codelists.get(dimension)
        found = listed.get(code) if listed else None
        if found is None:
            raise FaultError("template-unknown-code", dimension=dimension, code=code)
        text = found.short if short and found.short else found.label
        return self._literal(text.get(self.context.language, ""))

    def name(self, ind: str) -> str:
        return self._literal(self.context.lookup.catalogue[self._known(ind)].label.get(self.context.language, ""))

    def acronym(self, name: str) -> str:
        for term in self.context.glossary:
            if term.id == name and term.acronym:
                return self._literal(term.acronym.get(self.context.language, ""))
        country = self.context.lookup.country
        for known in (*country.institutions, *country.programmes):
            if known.id == name:
                return self._literal(known.acronym)
        raise FaultError("template-unknown-code", dimension="acronym", code=name)

    def count(
        self, of: str | int, gender: str = "m", ind: str = "", at: str = "", within: str = "", begins: str = "", **dims: str
    ) -> str:
        """How many, in words up to ten. With `ind`, the codes of a dimension that have a value: a fact. Otherwise the codes of a
        list (those directly under `within`), the places of the country, the stubs of a table of words (those that begin so), or
        `chapters`, `languages`; a number as such is one that a rule or definition fixes.
        """
        if gender not in ("m", "f", "n"):
            raise FaultError("template-argument", function="count", argument=gender)
        if ind:
            return self._count_known(self._by(str(of)), self._known(ind), self._where(dims), at, gender)
        if isinstance(of, int):
            return self.tokens.put(Literal(count_text(self.context.locale, of, gender), "label"))
        found = self._length(of, within, begins)
        if not found:  # a table that the edition does not have, as with references
            raise MissingError(of)
        return self.tokens.put(Literal(count_text(self.context.locale, found, gender), "edition"))

    def _length(self, of: str, within: str, begins: str) -> int:
        lookup = self.context.lookup
        if of in self.context.lists:
            return sum(stub.startswith(begins) for stub in self.context.lists[of])
        if of == "ref_area":
            year = str(lookup.edition.year)
            places = lookup.country.subdivisions
            return sum((p.valid_from or year)[:4] <= year <= (p.valid_to or year)[:4] for p in places)
        codes = lookup.codelists[of].codes if of in lookup.codelists else ()
        here = [c for c in codes if c.id != TOTAL and (not c.countries or lookup.country.code in c.countries)]
        return sum(c.parent == (within or None) for c in here)

    def _count_known(self, by: str, ind: str, where: Mapping[str, str], at: str, gender: str) -> str:
        evidence = self.evidence
        whole = newest(evidence, ind, where, at)
        inputs = [o for _, o in parts(evidence, whole, by) if o is not None] if whole else []
        if not inputs:
            raise MissingError(ind)
        figure = computed(evidence, "count_known", inputs, Decimal(len(inputs)), "count", unit="", decimals=0)
        return self.wording.figure(figure).word(gender)

    def lit(self, text: str, kind: str = "legal") -> str:
        if kind not in ("period", "legal", "age", "code", "label"):
            raise FaultError("template-argument", function="lit", argument=kind)
        return self.tokens.put(Literal(without_private(str(text)), kind))  # type: ignore[arg-type]

    def table(self, name: str) -> str:
        return self._reference(name)

    def chart(self, name: str) -> str:
        return self._reference(name)

    def _reference(self, name: str) -> str:
        if self.context.exhibits is not None and name not in self.context.exhibits:
            raise MissingError(name)
        return self.tokens.put(Reference(name))

    # --- words that a person answers for ------------------------------------------------------------------------------

    def claim(
        self, name: str, ind: str, at: str = "", since: str = "", than: float | None = None, n: int = 0, by: str = "",
        other: str = "", a: Mapping[str, str] | None = None, b: Mapping[str, str] | None = None, words: str = "", **dims: str,
    ) -> str:  # fmt: skip
        """Prints `words`, or nothing: the line then says in its own words what the claim answers for."""
        self.made += 1
        asked = Asked(
            self._where(dims), at, since, than, n, self._by(by) if by else "", self._known(other) if other else "",
            self._codes(a or {}), self._codes(b or {}),
        )  # fmt: skip
        decision = stated(self.context, name, self._known(ind), asked, f"{self.block}#{self.made}")
        self.stated.append(decision)
        return self._typed(words)

    def plain(self, text: str) -> str:
        """Words that look like a claim and are none: they define, or speak of no figure."""
        return self._typed(text)

    # --- sentence patterns --------------------------------------------------------------------------------------------

    def pattern(self, name: str, *args: object, **keywords: object) -> str:
        """The sentence of a pattern in this language, empty when there is nothing to say."""
        pattern = PATTERNS[name]
        call = _bound(name, pattern.signature, args, keywords)
        options: dict[str, object] = {p: call[p] for p in pattern.periods}
        options |= {g: self._codes(call[g] or {}) for g in pattern.groups}
        options |= {t: self._known(call[t]) if call[t] else "" for t in pattern.totals}
        if pattern.by is not None:
            options["by"] = self._by(call["by"])
        evidence = self.evidence
        indicators = [self._known(call[i]) for i in pattern.indicators]
        found = pattern.decide(evidence, *indicators, where=self._where(call["dims"]), **options)
        who, subject = call["who"], call["subject"]
        wish = SubjectWish(None if who is None else self._typed(who), self._typed(subject), call["agrees"])
        if found is not None and found.kind == "share" and (subject or who is not None):
            found = replace(found, choices={**found.choices, "by": ""})
        return self._say(found, wish, evidence, **{w: self._typed(call[w]) for w in pattern.words})

    # --- inside -------------------------------------------------------------------------------------------------------

    def _say(self, statement: Statement | None, wish: SubjectWish, evidence: Evidence, **words: str) -> str:
        """The number of the claim counts silent patterns too, so that ids and the rotation of openings are the same in all
        languages."""
        self.made += 1
        if statement is None:
            self.empty = True
            return ""
        openings = self.context.narration.openings
        variant = openings[(self.position + self.made - 1) % len(openings)]
        when = statement.periods.get("when", "")
        if self.before and self.before == when:
            variant = 0 if statement.kind in DATE_FIRST else 1
        self.before = when if variant == 1 and statement.kind not in DATE_FIRST else ""
        sentence = self._worded(self.context, self.macros, statement, wish, {**words, "variant": variant})
        for lender in self.context.lenders.values() if not sentence else ():
            found = self._worded(lender, load_macros(lender.patterns), statement, wish, {**words, "variant": variant})
            sentence = lent(found, lender.language)
        facts = tuple(dict.fromkeys(number.fact for number, _ in self.tokens.facts_in(sentence)))
        said = self.tokens.plain(sentence).replace(NO_BREAK, " ")
        name = f"{self.block}#{self.made}"
        self.said.append(claim_of(name, statement, evidence, PATTERNS[statement.kind].limits, facts, said))
        return sentence

    def _worded(
        self, context: WordsContext, macros: TemplateModule, statement: Statement, wish: SubjectWish, words: Mapping[str, object]
    ) -> str:
        """The sentence in a language; empty where its pack has no pattern for what was decided."""
        macro = getattr(macros, statement.kind, None)
        if self.title:
            macro = getattr(macros, f"{statement.kind}_title", macro)
        if macro is None:
            return ""
        lookup = context.lookup
        wording = Wording(context.locale, lookup.country, lookup.catalogue, lookup.codelists, self.tokens)
        given: dict[str, object] = {**wording.arguments(statement, wish), **words}
        rendered = str(macro(**{k: v for k, v in given.items() if k in macro.arguments}))
        return context.locale.phrasing.fitted(rendered.strip())

    def _typed(self, text: str) -> str:
        """Words typed as an argument: years, laws and ages become literals, other numbers are reported."""
        pieces = recognised(without_private(text), self.unbound.append, self.context.locale.literals)
        return "".join(p.text if isinstance(p, Text) else self.tokens.put(p) for p in pieces)

    def _literal(self, text: str) -> str:
        """Words of configuration: their digits are no statistics."""
        pieces = recognised(without_private(text), lambda _: None, self.context.locale.literals)
        return "".join(p.text if isinstance(p, Text) else self.tokens.put(p) for p in pieces)

    def _known(self, ind: str) -> str:
        if ind not in self.context.lookup.catalogue:
            raise FaultError("template-unknown-indicator", indicator=ind)
        return ind

    def _by(self, by: str) -> str:
        if by not in DIMENSIONS:
            raise FaultError("template-argument", function="by", argument=by)
        return by

    def _where(self, dims: Mapping[str, str]) -> dict[str, str]:
        return self.context.lookup.complete(self._codes(dims))

    def _codes(self, dims: Mapping[str, str]) -> dict[str, str]:
        for dimension, code in dims.items():
            if dimension not in DIMENSIONS:
                raise FaultError("template-argument", function="", argument=dimension)
            listed = self.context.lookup.codelists.get(dimension)
            known = code == TOTAL or (listed is not None and listed.get(code) is not None)
            if dimension == "ref_area":
                known = known or self.context.lookup.country.place_of(code) is not None
            if not known:
                raise FaultError("template-unknown-code", dimension=dimension, code=code)
        return dict(dims)


VALUES = ("value", "latest", "earliest", "has", "name")
NAMES = ("when", "year", "place", "label", "acronym", "count", "lit", "table", "chart")
BY_HAND = ("claim", "plain")
FUNCTIONS = (*VALUES, *NAMES, *BY_HAND, *PATTERNS)
TAKE_INDICATORS: Mapping[str, int] = {
    **dict.fromkeys(VALUES, 1),
    **{name: len(pattern.indicators) for name, pattern in PATTERNS.items()},
}
"""How many leading arguments of a function are indicator ids."""


def _bound(name: str, signature: inspect.Signature, args: tuple[object, ...], keywords: Mapping[str, object]) -> dict[str, Any]:
    try:
        call = signature.bind(*args, **keywords)
    except TypeError as error:
        raise FaultError("template-argument", function=name, argument=str(error)) from error
    call.apply_defaults()
    return call.arguments


@lru_cache(maxsize=64)
def _signature(name: str) -> inspect.Signature:
    return inspect.signature(getattr(Speech, name))


def _period(text: str) -> str:
    try:
        return str(Period.parse(str(text)))
    except ValueError as error:
        raise FaultError("template-argument", function="when", argument=str(text)) from error


__all__ = ["FUNCTIONS", "PATTERNS", "TAKE_INDICATORS", "FaultError", "MissingError", "Speech", "WordsContext"]
