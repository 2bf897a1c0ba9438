"""The functions a narrative may call, bound to one paragraph: values, names, references and sentence patterns."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from bulletin.compose import claims
from bulletin.compose.claims.series import newest
from bulletin.compose.claims.statement import Evidence, Statement, figure_of
from bulletin.compose.claims.thresholds import Thresholds
from bulletin.compose.inline import Tokens, with_literals, without_private
from bulletin.compose.places import PREPOSITIONS, place_words
from bulletin.compose.wording import SubjectWish, Wording
from bulletin.document.inline import Literal, Reference, Text
from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.fact import Claim
from bulletin.model.finding import Parameter
from bulletin.model.glossary import Term
from bulletin.model.locale import Locale
from bulletin.model.period import Period

if TYPE_CHECKING:
    from jinja2.environment import TemplateModule

    from bulletin.compose.context import Context
    from bulletin.compose.facts import FactBook
    from bulletin.compose.lookup import Lookup


@dataclass(frozen=True)
class WordsContext:
    """What the narrative of one language is made from."""

    lookup: Lookup
    facts: FactBook
    locale: Locale
    patterns: str
    """Source of this language's sentence patterns."""
    glossary: tuple[Term, ...] = ()
    exhibits: frozenset[str] | None = None
    """Ids of the tables and charts of the edition; None: not checked."""
    thresholds: Thresholds = field(default_factory=Thresholds)

    @property
    def language(self) -> str:
        return self.locale.language

    @classmethod
    def of(cls, context: Context) -> WordsContext:
        project = context.project
        exhibits = frozenset(
            str(name)
            for chapter in project.outline.chapters
            for section in chapter.sections
            for item in section.items
            for name in (getattr(item, "table", ""), getattr(item, "text_table", ""), getattr(item, "chart", ""))
            if name
        )
        patterns = project.patterns[context.language]
        return cls(context.lookup, context.facts, context.locale, patterns, project.glossary, exhibits)


class MissingError(Exception):
    """A value does not exist: the sentence that uses it is left out."""


class FaultError(Exception):
    """A template asks for something that cannot be: becomes a finding with the file and line."""

    def __init__(self, rule: str, **parameters: Parameter) -> None:
        super().__init__(rule)
        self.rule = rule
        self.parameters = parameters


Said = Mapping[str, str]


@dataclass
class Speech:
    """One paragraph while it is rendered."""

    context: WordsContext
    macros: TemplateModule
    block: str
    tokens: Tokens = field(default_factory=Tokens)
    said: list[tuple[Claim, str]] = field(default_factory=list)
    """Claims of the current line with their rendered sentence."""
    unbound: list[str] = field(default_factory=list)
    """Numbers typed by hand in the arguments of the current line."""
    empty: bool = False
    """A pattern of the current line had nothing to say."""
    count: int = 0
    title: bool = False
    """The title of a chart: patterns are said in their short form, where they have one."""

    @property
    def wording(self) -> Wording:
        lookup = self.context.lookup
        return Wording(self.context.locale, lookup.country, lookup.catalogue, lookup.codelists, self.tokens)

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.context.lookup, self.context.facts, self.context.thresholds)

    def start_line(self) -> None:
        self.said, self.unbound, self.empty = [], [], False

    def functions(self) -> dict[str, Callable[..., object]]:
        """Name to function, each with its call checked first."""
        return {name: self._checked(name, getattr(self, name)) for name in FUNCTIONS}

    def _checked(self, name: str, function: Callable[..., object]) -> Callable[..., object]:
        signature = _signature(name)

        def call(*args: object, **keywords: object) -> object:
            try:
                signature.bind(self, *args, **keywords)
            except TypeError as error:
                raise FaultError("template-argument", function=name, argument=str(error)) from error
            return function(*args, **keywords)

        return call

    # --- values -------------------------------------------------------------------------------------------------------

    def value(
        self, ind: str, at: str = "", unit: bool = True, decimals: int | None = None, scale: int | None = None, **dims: str
    ) -> str:
        obs = newest(self.evidence, self._known(ind), self._where(dims), at)
        if obs is None:
            raise MissingError(ind)
        figure = figure_of(self.evidence, obs)
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
        if prep not in PREPOSITIONS:
            raise FaultError("template-argument", function="place", argument=prep)
        return self._literal(place_words(found, self.context.language).relation(PREPOSITIONS[prep]))

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

    # --- sentence patterns --------------------------------------------------------------------------------------------

    def level(self, ind: str, at: str = "", who: str | None = None, subject: str = "", agrees: str = "", **dims: str) -> str:
        return self._say(claims.level(self.evidence, self._known(ind), self._where(dims), at), self._wish(who, subject, agrees))

    def change(
        self, ind: str, at: str = "", since: str = "", who: str | None = None, subject: str = "", agrees: str = "", **dims: str
    ) -> str:
        found = claims.change(self.evidence, self._known(ind), self._where(dims), at, since)
        return self._say(found, self._wish(who, subject, agrees))

    def span(
        self, ind: str, at: str = "", since: str = "", who: str | None = None, subject: str = "", agrees: str = "", **dims: str
    ) -> str:
        found = claims.span(self.evidence, self._known(ind), self._where(dims), at, since)
        return self._say(found, self._wish(who, subject, agrees))

    def streak(self, ind: str, at: str = "", who: str | None = None, subject: str = "", agrees: str = "", **dims: str) -> str:
        return self._say(claims.streak(self.evidence, self._known(ind), self._where(dims), at), self._wish(who, subject, agrees))

    def record(self, ind: str, at: str = "", who: str | None = None, subject: str = "", agrees: str = "", **dims: str) -> str:
        return self._say(claims.record(self.evidence, self._known(ind), self._where(dims), at), self._wish(who, subject, agrees))

    def share(
        self,
        ind: str,
        at: str = "",
        part: Said | None = None,
        whole: Said | None = None,
        total: str = "",
        of: str = "",
        who: str | None = None,
        subject: str = "",
        agrees: str = "",
        **dims: str,
    ) -> str:
        """`total`: the indicator that is the whole, when it is another one; `of`: the whole in words."""
        found = claims.share_of(
            self.evidence, self._known(ind), self._where(dims), self._codes(part or {}), self._codes(whole or {}),
            self._known(total) if total else "", at,
        )  # fmt: skip
        if found is not None and (subject or who is not None):
            found = replace(found, choices={**found.choices, "by": ""})
        return self._say(found, self._wish(who, subject, agrees), of=self._typed(of))

    def composition(
        self, ind: str, by: str, at: str = "", who: str | None = None, subject: str = "", agrees: str = "", **dims: str
    ) -> str:
        found = claims.composition(self.evidence, self._known(ind), self._by(by), self._where(dims), at)
        return self._say(found, self._wish(who, subject, agrees))

    def ranking(
        self,
        ind: str,
        by: str = "ref_area",
        at: str = "",
        who: str | None = None,
        subject: str = "",
        agrees: str = "",
        **dims: str,
    ) -> str:
        found = claims.ranking(self.evidence, self._known(ind), self._by(by), self._where(dims), at)
        return self._say(found, self._wish(who, subject, agrees))

    def spread(
        self,
        ind: str,
        by: str = "ref_area",
        at: str = "",
        who: str | None = None,
        subject: str = "",
        agrees: str = "",
        **dims: str,
    ) -> str:
        found = claims.spread(self.evidence, self._known(ind), self._by(by), self._where(dims), at)
        return self._say(found, self._wish(who, subject, agrees))

    def above_average(
        self,
        ind: str,
        by: str = "ref_area",
        at: str = "",
        who: str | None = None,
        subject: str = "",
        agrees: str = "",
        **dims: str,
    ) -> str:
        found = claims.above_average(self.evidence, self._known(ind), self._where(dims), at) if by == "ref_area" else None
        return self._say(found, self._wish(who, subject, agrees))

    def sex_gap(self, ind: str, at: str = "", who: str | None = None, subject: str = "", agrees: str = "", **dims: str) -> str:
        found = claims.sex_gap(self.evidence, self._known(ind), self._where(dims), at)
        return self._say(found, self._wish(who, subject, agrees))

    def coverage(
        self,
        numerator: str,
        rate: str,
        at: str = "",
        persons: str = "",
        population: str = "",
        who: str | None = None,
        **dims: str,
    ) -> str:
        """`persons`: what follows the number (`pessoas recebiam uma pensão`); `population`: what the rate is of (`da população`)."""
        found = claims.coverage(self.evidence, self._known(numerator), self._known(rate), self._where(dims), at)
        return self._say(found, self._wish(who), persons=self._typed(persons), population=self._typed(population))

    def money_gdp(
        self, amount: str, rate: str, at: str = "", of: str = "", who: str | None = None, subject: str = "", agrees: str = "",
        **dims: str,
    ) -> str:  # fmt: skip
        found = claims.money_gdp(self.evidence, self._known(amount), self._known(rate), self._where(dims), at)
        return self._say(found, self._wish(who, subject, agrees), of=self._typed(of))

    def real_change(
        self, nominal: str, deflator: str, at: str = "", since: str = "", who: str | None = None, subject: str = "",
        agrees: str = "", **dims: str,
    ) -> str:  # fmt: skip
        found = claims.real_change(self.evidence, self._known(nominal), self._known(deflator), self._where(dims), at, since)
        return self._say(found, self._wish(who, subject, agrees))

    def balance(self, revenue: str, expenditure: str, at: str = "", who: str | None = None, **dims: str) -> str:
        found = claims.balance(self.evidence, self._known(revenue), self._known(expenditure), self._where(dims), at)
        return self._say(found, self._wish(who))

    def ratio(self, ind: str, at: str = "", many: str = "", one: str = "", who: str | None = None, **dims: str) -> str:
        """`many`, `one`: the nouns, as in *13,6 contribuintes ativos por cada pensionista*."""
        found = claims.ratio(self.evidence, self._known(ind), self._where(dims), at)
        return self._say(found, self._wish(who), many=self._typed(many), one=self._typed(one))

    def adequacy(
        self, benefit: str, benchmark: str, at: str = "", who: str | None = None, subject: str = "", agrees: str = "", **dims: str
    ) -> str:
        found = claims.adequacy(self.evidence, self._known(benefit), self._known(benchmark), self._where(dims), at)
        return self._say(found, self._wish(who, subject, agrees))

    def contribution(
        self, ind: str, by: str, at: str = "", since: str = "", who: str | None = None, subject: str = "", agrees: str = "",
        **dims: str,
    ) -> str:  # fmt: skip
        found = claims.contribution(self.evidence, self._known(ind), self._by(by), self._where(dims), at, since)
        return self._say(found, self._wish(who, subject, agrees))

    def target(
        self, ind: str, target_ind: str, at: str = "", who: str | None = None, subject: str = "", agrees: str = "", **dims: str
    ) -> str:
        found = claims.target(self.evidence, self._known(ind), self._known(target_ind), self._where(dims), at)
        return self._say(found, self._wish(who, subject, agrees))

    def partial(
        self,
        ind: str,
        by: str = "ref_area",
        at: str = "",
        who: str | None = None,
        subject: str = "",
        agrees: str = "",
        **dims: str,
    ) -> str:
        found = claims.partial(self.evidence, self._known(ind), self._where(dims), at) if by == "ref_area" else None
        return self._say(found, self._wish(who, subject, agrees))

    def breaks(
        self, ind: str, at: str = "", reason: str = "", who: str | None = None, subject: str = "", agrees: str = "", **dims: str
    ) -> str:
        """`reason`: a noun phrase, in Portuguese with *a* contracted (`à entrada em funcionamento do novo registo`)."""
        found = claims.breaks(self.evidence, self._known(ind), self._where(dims), at)
        return self._say(found, self._wish(who, subject, agrees), reason=self._typed(reason))

    def provisional(
        self, ind: str, at: str = "", who: str | None = None, subject: str = "", agrees: str = "", **dims: str
    ) -> str:
        found = claims.provisional(self.evidence, self._known(ind), self._where(dims), at)
        return self._say(found, self._wish(who, subject, agrees))

    def revised(self, ind: str, at: str = "", who: str | None = None, subject: str = "", agrees: str = "", **dims: str) -> str:
        """Nothing unless an earlier edition published another value."""
        return self._say(claims.revised(self.evidence, self._known(ind), self._where(dims), at), self._wish(who, subject, agrees))

    def small(self, ind: str, at: str = "", who: str | None = None, subject: str = "", agrees: str = "", **dims: str) -> str:
        return self._say(claims.small(self.evidence, self._known(ind), self._where(dims), at), self._wish(who, subject, agrees))

    def comparison(
        self, ind: str, at: str = "", a: Said | None = None, b: Said | None = None, who: str | None = None, subject: str = "",
        agrees: str = "", **dims: str,
    ) -> str:  # fmt: skip
        found = claims.comparison(
            self.evidence, self._known(ind), self._where(dims), self._codes(a or {}), self._codes(b or {}), at
        )
        return self._say(found, self._wish(who, subject, agrees))

    # --- inside -------------------------------------------------------------------------------------------------------

    def _say(self, statement: Statement | None, wish: SubjectWish, **words: str) -> str:
        """The sentence in this language; the number of the claim counts silent patterns too, so that ids and the rotation of
        openings are the same in all languages."""
        self.count += 1
        if statement is None:
            self.empty = True
            return ""
        macro = getattr(self.macros, statement.kind)
        if self.title:
            macro = getattr(self.macros, f"{statement.kind}_title", macro)
        given: dict[str, object] = {**self.wording.arguments(statement, wish), **words, "variant": (self.count - 1) % 3}
        sentence = " ".join(str(macro(**{k: v for k, v in given.items() if k in macro.arguments})).split(" ")).strip()
        facts = tuple(dict.fromkeys(number.fact for number, _ in self.tokens.facts_in(sentence)))
        parameters = {
            "indicator": statement.about.indicator,
            **{k: v for k, v in statement.about.where.items() if v != TOTAL},
            **statement.periods,
            **{k: ",".join(i.code for i in items) for k, items in statement.items.items() if items},
            **{k: v for k, v in statement.choices.items() if v},
        }
        claim = Claim(f"{self.block}#{self.count}", statement.kind, statement.outcome, parameters, facts)
        self.said.append((claim, sentence))
        return sentence

    def _wish(self, who: str | None, subject: str = "", agrees: str = "") -> SubjectWish:
        return SubjectWish(None if who is None else self._typed(who), self._typed(subject), agrees)

    def _typed(self, text: str) -> str:
        """Words typed as an argument: years, laws and ages become literals, other numbers are reported."""
        pieces = with_literals(without_private(text), self.unbound.append)
        return "".join(p.text if isinstance(p, Text) else self.tokens.put(p) for p in pieces)

    def _literal(self, text: str) -> str:
        """Words of configuration: their digits are no statistics."""
        pieces = with_literals(without_private(text), lambda _: None)
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
NAMES = ("when", "year", "place", "label", "acronym", "lit", "table", "chart")
PATTERNS = (
    "level", "change", "span", "streak", "record", "share", "composition", "ranking", "spread", "above_average", "sex_gap",
    "coverage", "money_gdp", "real_change", "balance", "ratio", "adequacy", "contribution", "target", "partial", "breaks",
    "provisional", "revised", "small", "comparison",
)  # fmt: skip
FUNCTIONS = (*VALUES, *NAMES, *PATTERNS)
TAKE_INDICATORS: Mapping[str, int] = {
    **dict.fromkeys((*VALUES, *PATTERNS), 1),
    **dict.fromkeys(("coverage", "money_gdp", "real_change", "balance", "adequacy", "target"), 2),
}
"""How many leading arguments of a function are indicator ids."""


@lru_cache(maxsize=64)
def _signature(name: str) -> inspect.Signature:
    return inspect.signature(getattr(Speech, name))


def _period(text: str) -> str:
    try:
        return str(Period.parse(str(text)))
    except ValueError as error:
        raise FaultError("template-argument", function="when", argument=str(text)) from error


__all__ = ["FUNCTIONS", "PATTERNS", "TAKE_INDICATORS", "FaultError", "MissingError", "Speech", "WordsContext"]
