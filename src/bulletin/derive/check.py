"""Whether the catalogue's formulas can be computed, told before any data are read."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from bulletin.derive.formulas import FORMULAS, Recipe
from bulletin.derive.series import check_series
from bulletin.derive.terms import Term, bare_scope, free_dimensions, leading_terms
from bulletin.model.codes import DIMENSIONS
from bulletin.model.finding import Finding, Parameter, Severity
from bulletin.model.period import Period

if TYPE_CHECKING:
    from bulletin.model.indicator import Catalogue, Formula, Indicator

WORDS = ("first", "last", "edition")
CHOICES = {
    "when_over": ("note", "cap", "accept", "error"),
    "when_zero": ("note", "error"),
    "when_missing": ("note", "error"),
    "when_no_overlap": ("missing", "sum"),
    "overlap": ("none",),
    "at": ("end", "start"),
}
"""Parameters that take one of a few words."""


def check_formulas(catalogue: Catalogue) -> tuple[Finding, ...]:
    """Unknown formulas, inputs, roles, parameters; units and dimensions that do not fit; indicators that need themselves.

    The one warning among them: people covered twice, where nobody has said how many.
    """
    findings = [f for i in catalogue.values() if i.formula for f in _faults(i, i.formula, catalogue)]
    return (*findings, *check_series(catalogue), *_circles(catalogue))


def errors_of(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(f for f in findings if f.severity is Severity.ERROR)


def derived_order(catalogue: Catalogue) -> tuple[str, ...]:
    """Derived indicators, each after those it needs; raises CycleError."""
    graph = {i.id: sorted(set(i.formula.inputs.values())) for i in catalogue.values() if i.formula}
    return tuple(i for i in TopologicalSorter(graph).static_order() if i in graph)


def _fault(rule: str, indicator: Indicator, **parameters: Parameter) -> Finding:
    return Finding(rule, Severity.ERROR, key=indicator.id, parameters={"indicator": indicator.id, **parameters})


def _near(word: str, words: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(word, list(words), 1, 0.0)), "")


def _faults(indicator: Indicator, formula: Formula, catalogue: Catalogue) -> Iterator[Finding]:
    recipe = FORMULAS.get(formula.name)
    if recipe is None:
        yield _fault("formula-unknown", indicator, formula=formula.name, nearest=_near(formula.name, FORMULAS))
        return
    faults = [*_input_faults(indicator, formula, recipe, catalogue), *_parameter_faults(indicator, formula, recipe)]
    yield from faults
    if not faults:
        if recipe.once and "overlap" not in formula.inputs and "overlap" not in formula.parameters:
            yield Finding("overlap-undeclared", Severity.WARNING, key=indicator.id, parameters={"indicator": indicator.id})
        inputs = {role: catalogue[i] for role, i in formula.inputs.items()}
        clash = recipe.units(indicator, inputs, formula)
        if clash:
            yield _fault("formula-unit", indicator, formula=formula.name, units=clash, unit=indicator.unit)
        yield from _dimension_faults(indicator, formula, recipe.terms(formula, bare_scope()), catalogue)


def _input_faults(indicator: Indicator, formula: Formula, recipe: Recipe, catalogue: Catalogue) -> Iterator[Finding]:
    for role, source in formula.inputs.items():
        if source not in catalogue:
            yield _fault("formula-input-unknown", indicator, role=role, input=source, nearest=_near(source, catalogue))
        if recipe.roles and role not in (*recipe.roles, *recipe.optional):
            yield _fault(
                "formula-role", indicator, formula=formula.name, role=role, roles=", ".join((*recipe.roles, *recipe.optional))
            )
    for role in recipe.roles:
        if role not in formula.inputs:
            yield _fault("formula-role-missing", indicator, formula=formula.name, role=role)
    single = [role for role in formula.inputs if role not in recipe.optional]
    if not recipe.roles and (not single or (formula.name != "sum" and len(single) > 1)):
        yield _fault("formula-inputs", indicator, formula=formula.name, count=len(single))
    for role, coordinates in formula.where.items():
        if role not in formula.inputs and role not in recipe.optional:
            yield _fault("formula-where", indicator, role=role, roles=", ".join(formula.inputs))
        for dimension in coordinates:
            if dimension not in DIMENSIONS:
                yield _fault("formula-dimension-unknown", indicator, dimension=dimension, nearest=_near(dimension, DIMENSIONS))


def _parameter_faults(indicator: Indicator, formula: Formula, recipe: Recipe) -> Iterator[Finding]:
    for name in formula.parameters:
        if name not in recipe.parameters:
            yield _fault(
                "formula-parameter", indicator, formula=formula.name, parameter=name, parameters=", ".join(recipe.parameters)
            )
    for name in recipe.needed:
        if name not in formula.parameters:
            yield _fault("formula-parameter-missing", indicator, formula=formula.name, parameter=name)
    for name in ("over", "along"):
        for dimension in str(formula.parameters.get(name, "")).split(","):
            if dimension and dimension.strip() not in DIMENSIONS:
                yield _fault("formula-dimension-unknown", indicator, dimension=dimension, nearest=_near(dimension, DIMENSIONS))
    for name, choices in CHOICES.items():
        if name in formula.parameters and formula.parameters[name] not in choices:
            said = str(formula.parameters[name])
            yield _fault("formula-choice", indicator, parameter=name, value=said, choices=", ".join(choices))
    for name in ("scale", "divide", "lag", "years", "months"):
        value = formula.parameters.get(name, 1)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value <= 0:
            yield _fault("formula-value", indicator, parameter=name, value=str(value))
    if indicator.unit == "PT" and recipe.part and formula.parameters.get("scale", 100) != 100:
        yield _fault("formula-value", indicator, parameter="scale", value=str(formula.parameters["scale"]))
    for name in ("since", "base"):
        text = str(formula.parameters.get(name, "edition"))
        if text not in WORDS and not _is_period(text):
            yield _fault("formula-value", indicator, parameter=name, value=text)


def _dimension_faults(indicator: Indicator, formula: Formula, terms: tuple[Term, ...], catalogue: Catalogue) -> Iterator[Finding]:
    """Every dimension of the result must come from each input that does not fix it, and from one input all together."""
    free = free_dimensions(indicator, terms)
    for dimension in indicator.dimensions:
        if dimension not in free:
            yield _fault("formula-dimension-fixed", indicator, dimension=dimension)
    seen = set()
    for term in terms:
        source = catalogue[term.indicator]
        for dimension in free:
            if dimension != "ref_area" and dimension not in term.fixed and dimension not in source.dimensions:
                fault = (term.role, dimension)
                if fault not in seen:
                    seen.add(fault)
                    yield _fault("formula-dimension", indicator, input=source.id, role=term.role, dimension=dimension)
    if not leading_terms(terms, free):
        yield _fault("formula-no-lead", indicator, dimensions=", ".join(free))


def _circles(catalogue: Catalogue) -> tuple[Finding, ...]:
    try:
        derived_order(catalogue)
    except CycleError as error:
        circle = list(dict.fromkeys(error.args[1]))
        return (_fault("formula-circular", catalogue[circle[0]], path=" → ".join([*circle, circle[0]])),)
    return ()


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except ValueError:
        return False
    return True
