"""The formula of an indicator as a reader sees it: in words, with the names of its inputs, and in symbols, with their codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bulletin.compose.labels import code_label
from bulletin.model.codes import TOTAL

if TYPE_CHECKING:
    from bulletin.compose.context import Context
    from bulletin.model.indicator import Formula, Indicator

Name = Callable[[str], str]
_NAMED = frozenset(("whole", "overlap"))
"""Roles that are no single input of their formula."""


def formula_words(context: Context, indicator: Indicator) -> tuple[str, str]:
    """In words and in symbols; empty for an indicator that is received."""
    formula = indicator.formula
    if formula is None:
        return "", ""

    def label(name: str) -> str:
        return context.said(context.lookup.catalogue[name].label)

    kind = f"{formula.name}_over" if formula.name == "sum" and "over" in formula.parameters else formula.name
    words = context.word(f"formula_{kind}").format_map(
        _values(context, indicator, formula, label, back=_back_words(context, formula))
    )
    pattern = context.locale.words.get(f"symbols_{kind}", context.word(f"formula_{kind}"))
    symbols = pattern.format_map(_values(context, indicator, formula, str, back=_back_symbols(formula)))
    return words, symbols


def _values(context: Context, indicator: Indicator, formula: Formula, name: Name, *, back: str) -> Mapping[str, str]:
    given = formula.parameters
    inputs = {role: _at(context, name(i), formula.where.get(role, {})) for role, i in formula.inputs.items()}
    one = next((text for role, text in inputs.items() if role not in _NAMED), "")
    along = ", ".join(_dimension(context, d.strip()) for d in str(given.get("along", "")).split(",") if d)
    scale = given.get("scale", 100 if indicator.unit == "PT" or formula.name in ("share", "dependency") else 1)
    overlap = inputs.get("overlap", "")
    others = " + ".join(text for role, text in inputs.items() if role != "working")
    over = str(given.get("over", ""))
    return {
        **inputs,
        "of": one,
        "times": inputs.get("factor", ""),
        "whole": context.word("formula_total").format(label=inputs.get("whole", one), along=along),
        "terms": " + ".join(inputs.values()),
        "others": others,
        "scale": f"{scale} × " if scale != 1 else "",
        "divide": f" ÷ {given['divide']}" if given.get("divide", 1) != 1 else "",
        "months": str(given.get("months", 12)),
        "over": _dimension(context, over) if over else "",
        "overlap": f" − {overlap}" if overlap else "",
        "base": _period(context, given.get("base", "")),
        "start": context.word("formula_start") if given.get("at") == "start" else "",
        "back": back,
    }  # fmt: skip


def _at(context: Context, label: str, where: Mapping[str, str]) -> str:
    """The name with the codes at which the input is read, totals left out."""
    fixed = [code_label(context, d, code, short=True) for d, code in where.items() if code != TOTAL]
    return context.word("formula_at").format(label=label, at=", ".join(fixed)) if fixed else label


def _dimension(context: Context, name: str) -> str:
    """Inside a formula: `idade`, `regime`, `província`."""
    if name == "ref_area":
        return context.lookup.country.subdivision_kind[context.language][0]
    word = context.word(name)
    return word[:1].lower() + word[1:]


def _period(context: Context, named: object) -> str:
    years = context.project.edition.years
    known = {"edition": str(context.project.edition.year), "first": str(years.first), "last": str(years.last)}
    return known.get(str(named), str(named))


def _months(formula: Formula) -> int:
    years = formula.parameters.get("years", 5 if formula.name == "average_growth" else 1)
    return round(float(formula.parameters.get("lag", 12 * float(years))))


def _back_words(context: Context, formula: Formula) -> str:
    if "since" in formula.parameters:
        return _period(context, formula.parameters["since"])
    months = _months(formula)
    if months % 12:
        return context.word("formula_back_months").format(n=months)
    return context.word("formula_back_years" if months == 12 else "formula_back_many").format(n=months // 12)


def _back_symbols(formula: Formula) -> str:
    if "since" in formula.parameters:
        return str(formula.parameters["since"])
    months = _months(formula)
    return f"t−{months // 12}" if months % 12 == 0 else f"t−{months}/12"
