"""The sentence patterns a narrative may call: who decides each, which arguments it takes, which limits it depends on."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bulletin.compose import claims
from bulletin.compose.claims.statement import Statement

MOVES = ("stable_percent", "stable_points", "least_base")


@dataclass(frozen=True)
class Pattern:
    """A call is `name(indicators…, by, at, since, groups, totals, words, who, subject, agrees, dimensions)`, as far as it takes them."""

    decide: Callable[..., Statement | None]
    indicators: tuple[str, ...] = ("ind",)
    """Names of the leading arguments."""
    periods: tuple[str, ...] = ("at",)
    by: str | None = None
    """The dimension that units belong to: its default; empty: must be given; None: not taken."""
    groups: tuple[str, ...] = ()
    """Arguments that are maps of a dimension to a code."""
    totals: tuple[str, ...] = ()
    """Further indicators that may be named."""
    words: tuple[str, ...] = ()
    """Arguments that are words of the sentence."""
    limits: tuple[str, ...] = ()
    """Thresholds that the outcome depends on."""

    @property
    def signature(self) -> inspect.Signature:
        needed = [(name, inspect.Parameter.empty) for name in self.indicators]
        by = [] if self.by is None else [("by", self.by or inspect.Parameter.empty)]
        empty = [(name, "") for name in (*self.periods, *self.totals, *self.words, "subject", "agrees")]
        named = [*needed, *by, *empty, *((name, None) for name in (*self.groups, "who"))]
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        return inspect.Signature([
            *(inspect.Parameter(name, kind, default=default) for name, default in named),
            inspect.Parameter("dims", inspect.Parameter.VAR_KEYWORD),
        ])  # fmt: skip


_SINCE = ("at", "since")
_FRACTIONS = ("exact", "fraction", "fraction_points")

PATTERNS: Mapping[str, Pattern] = {
    "level": Pattern(claims.level),
    "levels": Pattern(claims.levels, ("one", "other"), groups=("a", "b"), words=("here", "there")),
    "change": Pattern(claims.change, periods=_SINCE, limits=(*MOVES, "doubled", "tripled", "plain_change")),
    "span": Pattern(claims.span, periods=_SINCE, limits=("span_years", "least_base")),
    "streak": Pattern(claims.streak, limits=(*MOVES, "streak")),
    "record": Pattern(claims.record, limits=("record_points",)),
    "share": Pattern(claims.share_of, groups=("part", "whole"), totals=("total",), words=("of",), limits=_FRACTIONS),
    "composition": Pattern(claims.composition, by="", limits=("sum_points",)),
    "ranking": Pattern(claims.ranking, by="ref_area", limits=("ranking_units", "ranking_long")),
    "spread": Pattern(claims.spread, by="ref_area", limits=("ranking_units", "least_base", "least_multiple")),
    "above_average": Pattern(claims.above_average, by="ref_area", limits=("ranking_units", "named_places")),
    "sex_gap": Pattern(claims.sex_gap),
    "coverage": Pattern(claims.coverage, ("numerator", "rate"), words=("persons", "population")),
    "money_gdp": Pattern(claims.money_gdp, ("amount", "rate"), words=("of",)),
    "real_change": Pattern(claims.real_change, ("nominal", "deflator"), _SINCE, limits=("stable_percent",)),
    "balance": Pattern(claims.balance, ("revenue", "expenditure")),
    "ratio": Pattern(claims.ratio, words=("many", "one")),
    "adequacy": Pattern(claims.adequacy, ("benefit", "benchmark")),
    "contribution": Pattern(claims.contribution, periods=_SINCE, by="", limits=("stable_percent", "least_base", "sum_change")),
    "target": Pattern(claims.target, ("indicator", "aim")),
    "partial": Pattern(claims.partial, by="ref_area", limits=("named_places",)),
    "breaks": Pattern(claims.breaks, words=("reason",)),
    "provisional": Pattern(claims.provisional),
    "revised": Pattern(claims.revised),
    "small": Pattern(claims.small, limits=("small_count",)),
    "comparison": Pattern(claims.comparison, groups=("a", "b")),
}
"""Words of sentences, each in the language's own order: `persons`, what follows a number (`pessoas recebiam uma pensão`); `population`
and `of`, what a rate or share is of (`da população`); `many`, `one`, the nouns of a ratio;
`here` and `there`, what each of two levels holds for (`em África`, `no mundo`); `reason`, a noun phrase, in Portuguese
with *a* contracted (`à entrada em funcionamento do novo registo`)."""
