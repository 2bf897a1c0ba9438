"""FORMULAS: how a derived indicator is computed from its inputs, one recipe per name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.derive import decimals, units
from bulletin.derive.terms import Scope, Term, fixed_at
from bulletin.model.codes import TOTAL

if TYPE_CHECKING:
    from bulletin.model.cells import Floats
    from bulletin.model.indicator import Formula, ParameterValue

Parameters = Mapping[str, "ParameterValue"]


@dataclass(frozen=True)
class Recipe:
    terms: Callable[[Formula, Scope], tuple[Term, ...]]
    compute: Callable[[Sequence[Floats], Parameters, Floats], Floats]
    """From one array per term, the parameters and the months between the first two terms."""
    roles: tuple[str, ...]
    """Roles it needs; empty: one input, or for a sum any number, under any name."""
    units: units.Check
    optional: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    """Parameters it cannot do without."""
    denominator: int | None = None
    """Which term must be above zero."""
    under: Callable[[Sequence[Floats]], Floats] | None = None
    """What must be above zero, where that is more than one term."""
    pairs: tuple[tuple[int, int], ...] = ()
    """Terms that are compared over time: no break may lie between them."""
    part: Callable[[Sequence[Floats]], Floats] | None = None
    """What is part of the denominator, so that a rate above 100 is suspect."""
    once: bool = False
    """People in both of the first two terms are counted once: the last term, `overlap`, says how many they are."""


def number(parameters: Parameters, name: str, default: float) -> float:
    value = parameters.get(name, default)
    return float(value) if isinstance(value, (int, float)) else default


def _by_roles(*roles: str) -> Callable[[Formula, Scope], tuple[Term, ...]]:
    def terms(formula: Formula, scope: Scope) -> tuple[Term, ...]:
        return tuple(Term(r, formula.inputs[r], fixed_at(formula, r, scope)) for r in roles if r in formula.inputs)

    return terms


def _only(formula: Formula, scope: Scope) -> Term:
    """The one input of a formula with one, whatever its role is called."""
    role = next(r for r in formula.inputs if r != "whole")
    return Term(role, formula.inputs[role], fixed_at(formula, role, scope))


def _ratio(values: Sequence[Floats], parameters: Parameters, _: Floats) -> Floats:
    """`scale` × numerator ÷ (`divide` × denominator): arithmetic definition.

    `scale` is 100 for per cent, else 1; `divide` 12 makes a yearly amount monthly.
    """
    return number(parameters, "scale", 1) * values[0] / (number(parameters, "divide", 1) * values[1])


def _average_benefit(values: Sequence[Floats], parameters: Parameters, _: Floats) -> Floats:
    """Expenditure of the year ÷ (average number of recipients × `months`, 12): arithmetic definition."""
    return values[0] / (number(parameters, "months", 12) * values[1])


def _reserve_terms(formula: Formula, scope: Scope) -> tuple[Term, ...]:
    """The reserve at the end of the year, or with `at: start` at its beginning, which is the end of the year before."""
    reserve, expenditure = _by_roles("reserve", "expenditure")(formula, scope)
    start = formula.parameters.get("at", "end") == "start"
    return (Term("reserve", reserve.indicator, reserve.fixed, back=12) if start else reserve), expenditure


def _rate(values: Sequence[Floats], parameters: Parameters, _: Floats) -> Floats:
    """100 × the first ÷ the second; another `scale` where declared: arithmetic definition.

    Benefit over earnings as ILO Convention 102, articles 65 to 67, measures it; expenditure over insurable earnings (the
    pay-as-you-go cost rate) as in Plamondon et al., Actuarial practice in social security, ILO and ISSA 2002.
    """
    return number(parameters, "scale", 100) * values[0] / values[1]


def _share_terms(formula: Formula, scope: Scope) -> tuple[Term, ...]:
    """The part, and the same (or `whole`, another indicator) at the total of the dimension `along` (several by commas)."""
    part = _only(formula, scope)
    along = [d.strip() for d in str(formula.parameters.get("along", "")).split(",") if d.strip()]
    whole = {d: scope.total(d, str(formula.parameters.get("total", TOTAL))) for d in along}
    return part, Term(
        "whole", formula.inputs.get("whole", part.indicator), {**part.fixed, **fixed_at(formula, "whole", scope), **whole}
    )


def _back(default: int) -> Callable[[Formula, Scope], tuple[Term, ...]]:
    """The input now and before: at `since` (a period, `first` or `edition`), else `lag` months or `years` back."""

    def terms(formula: Formula, scope: Scope) -> tuple[Term, ...]:
        now = _only(formula, scope)
        if "since" in formula.parameters:
            return now, Term("before", now.indicator, now.fixed, period=scope.period(formula.parameters["since"]))
        months = number(formula.parameters, "lag", 12 * number(formula.parameters, "years", default / 12))
        return now, Term("before", now.indicator, now.fixed, back=round(months))

    return terms


def _growth(values: Sequence[Floats], parameters: Parameters, _: Floats) -> Floats:
    """Change in per cent of the value before: arithmetic definition."""
    return 100 * decimals.difference(values[0], values[1]) / values[1]


def _average_growth(values: Sequence[Floats], parameters: Parameters, months: Floats) -> Floats:
    """Yearly growth in per cent that leads from the value before to the value now: compound growth."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        return 100 * ((values[0] / values[1]) ** (12 / months) - 1)


def _points(values: Sequence[Floats], parameters: Parameters, _: Floats) -> Floats:
    """The first less the second; of percentages, the difference in points."""
    return decimals.difference(values[0], values[1])


def _index_terms(formula: Formula, scope: Scope) -> tuple[Term, ...]:
    now = _only(formula, scope)
    return now, Term("base", now.indicator, now.fixed, period=scope.period(formula.parameters["base"]))


def _deflate_terms(formula: Formula, scope: Scope) -> tuple[Term, ...]:
    amount, deflator = _by_roles("amount", "deflator")(formula, scope)
    base = Term("base", deflator.indicator, deflator.fixed, period=scope.period(formula.parameters["base"]))
    return amount, deflator, base


def _deflate(values: Sequence[Floats], parameters: Parameters, _: Floats) -> Floats:
    """The amount at the prices of `base`: deflation as in the System of National Accounts 2008, chapter 15."""
    return values[0] * values[2] / values[1]


def _parts(formula: Formula, scope: Scope, term: Term) -> tuple[Term, ...]:
    """The term once per part of the dimension `over`."""
    over = str(formula.parameters["over"])
    total = scope.total(over, str(formula.parameters.get("total", TOTAL)))
    parts = scope.parts(over, total, formula.parameters.get("parts"))
    return tuple(Term(term.role, term.indicator, {**term.fixed, over: p.code}, part=p) for p in parts)


def _sum_terms(formula: Formula, scope: Scope) -> tuple[Term, ...]:
    """All inputs; with `over`, each once per part of that dimension (`parts`: codes by commas, or `children`)."""
    terms = _by_roles(*formula.inputs)(formula, scope)
    return tuple(p for t in terms for p in _parts(formula, scope, t)) if "over" in formula.parameters else terms


def _sum(values: Sequence[Floats], parameters: Parameters, _: Floats) -> Floats:
    """All terms added up, without the noise of binary fractions."""
    return decimals.total(values)


def _mean_terms(formula: Formula, scope: Scope) -> tuple[Term, ...]:
    """Value and weight, in turn, for every part of the dimension `over`."""
    pairs = [_parts(formula, scope, t) for t in _by_roles("value", "weight")(formula, scope)]
    return tuple(t for pair in zip(*pairs, strict=True) for t in pair)


def _mean(values: Sequence[Floats], parameters: Parameters, _: Floats) -> Floats:
    """Σ value × weight ÷ Σ weight: a national rate is no average of the places' rates unless weighted by their denominators."""
    import numpy as np

    weights = decimals.total(values[1::2])
    weighted = decimals.total([v * w for v, w in zip(values[::2], values[1::2], strict=True)])
    return weighted / np.where(weights > 0, weights, np.nan)


def _dependency(values: Sequence[Floats], parameters: Parameters, _: Floats) -> Floats:
    """`scale` (100) × the dependants, young and old together, ÷ those of working age: United Nations, World Population Prospects."""
    return number(parameters, "scale", 100) * decimals.total(values[1:]) / values[0]


def _product(values: Sequence[Floats], parameters: Parameters, _: Floats) -> Floats:
    """`scale` (1) × value × factor."""
    return number(parameters, "scale", 1) * values[0] * values[1]


def _covered(values: Sequence[Floats], parameters: Parameters, _: Floats) -> Floats:
    """Contributory + non-contributory − those in both, so that each person counts once: SDG metadata 1.3.1a (ILO, 2022)."""
    return decimals.difference(decimals.total(values[:2]), values[2])


def _coverage(values: Sequence[Floats], parameters: Parameters, _: Floats) -> Floats:
    """100 × persons covered, each once, ÷ population: SDG metadata 1.3.1a (ILO, 2022)."""
    return 100 * _covered_of(values) / values[2]


def _covered_of(values: Sequence[Floats]) -> Floats:
    return decimals.difference(decimals.total(values[:2]), values[3])


def _first(values: Sequence[Floats]) -> Floats:
    return values[0]


def _weights(values: Sequence[Floats]) -> Floats:
    """Their sum, or the smallest where one is negative."""
    import numpy as np

    least = np.min(np.stack(list(values[1::2])), axis=0)
    return np.where(least < 0, least, decimals.total(values[1::2]))


def _prices(values: Sequence[Floats]) -> Floats:
    import numpy as np

    return np.minimum(values[1], values[2])


def _both_ends(values: Sequence[Floats]) -> Floats:
    """The value before; where the value now is negative, that."""
    import numpy as np

    return np.where(values[0] < 0, values[0], values[1])


_BELOW = ("when_zero", "when_missing")
_PART = (*_BELOW, "when_over")
_ONCE = ("overlap", "when_no_overlap")

FORMULAS: Mapping[str, Recipe] = {
    "ratio": Recipe(
        _by_roles("numerator", "denominator"), _ratio, ("numerator", "denominator"), units.ratio,
        parameters=("scale", "divide", "mixed_units", *_PART), denominator=1, part=_first,
    ),
    "per_head": Recipe(
        _by_roles("amount", "population"), _ratio, ("amount", "population"), units.of_first("amount"),
        parameters=("scale", "divide", *_BELOW), denominator=1,
    ),
    "share": Recipe(
        _share_terms, _rate, (), units.percentage_of_same, optional=("whole",),
        parameters=("along", "total", "scale", *_PART), needed=("along",), denominator=1, part=_first,
    ),
    "growth": Recipe(
        _back(12), _growth, (), units.growth, parameters=("lag", "years", "since"), denominator=1, pairs=((0, 1),),
    ),
    "average_growth": Recipe(
        _back(60), _average_growth, (), units.growth, parameters=("lag", "years", "since"), denominator=1, under=_both_ends,
        pairs=((0, 1),),
    ),
    "points": Recipe(_back(12), _points, (), units.points, parameters=("lag", "years", "since"), pairs=((0, 1),)),
    "index": Recipe(
        _index_terms, _rate, (), units.index, parameters=("base", "scale"), needed=("base",), denominator=1, pairs=((0, 1),),
    ),
    "deflate": Recipe(
        _deflate_terms, _deflate, ("amount", "deflator"), units.deflate, parameters=("base", *_BELOW), needed=("base",),
        denominator=1, under=_prices, pairs=((1, 2),),
    ),
    "sum": Recipe(_sum_terms, _sum, (), units.all_same, parameters=("over", "parts", "total")),
    "difference": Recipe(_by_roles("minuend", "subtrahend"), _points, ("minuend", "subtrahend"), units.all_same),
    "product": Recipe(_by_roles("value", "factor"), _product, ("value", "factor"), units.unchecked, parameters=("scale",)),
    "weighted_mean": Recipe(
        _mean_terms, _mean, ("value", "weight"), units.of_first("value"), parameters=("over", "parts", "total", "when_zero"),
        needed=("over",), under=_weights,
    ),
    "dependency": Recipe(
        _by_roles("working", "young", "old"), _dependency, ("working",), units.dependency, optional=("young", "old"),
        parameters=("scale", *_BELOW), denominator=0,
    ),
    "average_benefit": Recipe(
        _by_roles("expenditure", "recipients"), _average_benefit, ("expenditure", "recipients"), units.money_per_head,
        parameters=("months", *_BELOW), denominator=1,
    ),
    "replacement": Recipe(
        _by_roles("benefit", "earnings"), _rate, ("benefit", "earnings"), units.money_rate, parameters=_BELOW, denominator=1,
    ),
    "adequacy": Recipe(
        _by_roles("benefit", "standard"), _rate, ("benefit", "standard"), units.money_rate, parameters=_BELOW, denominator=1,
    ),
    "reserve_ratio": Recipe(
        _reserve_terms, _ratio, ("reserve", "expenditure"), units.years_of_money, parameters=("at", *_BELOW), denominator=1,
    ),
    "payg_cost_rate": Recipe(
        _by_roles("expenditure", "earnings"), _rate, ("expenditure", "earnings"), units.money_rate, parameters=_BELOW,
        denominator=1,
    ),
    "collection_rate": Recipe(
        _by_roles("collected", "due"), _rate, ("collected", "due"), units.money_rate, parameters=_PART, denominator=1,
        part=_first,
    ),
    "covered": Recipe(
        _by_roles("contributory", "noncontributory", "overlap"), _covered, ("contributory", "noncontributory"), units.all_same,
        optional=("overlap",), parameters=_ONCE, once=True,
    ),
    "coverage": Recipe(
        _by_roles("contributory", "noncontributory", "population", "overlap"), _coverage,
        ("contributory", "noncontributory", "population"), units.people_rate, optional=("overlap",),
        parameters=(*_ONCE, *_PART), denominator=2, part=_covered_of, once=True,
    ),
}  # fmt: skip
