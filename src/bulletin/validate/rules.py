"""RULES: every rule that an indicator may declare, and those that hold for all; `validate` applies them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from bulletin.model.codes import DIMENSIONS
from bulletin.model.finding import Finding, Parameter, Severity
from bulletin.validate.accounting import follows_from_others, parts_add_up
from bulletin.validate.compare import OPERATORS, compares
from bulletin.validate.domain import count_is_whole, rate_is_a_percentage, value_in_range
from bulletin.validate.evidence import evidence, names
from bulletin.validate.presence import present
from bulletin.validate.series import leap, repeated, repeated_everywhere, unit_slip, unit_slip_everywhere
from bulletin.validate.structure import dimension_declared, unit_matches

if TYPE_CHECKING:
    from bulletin.model.dataset import Observations
    from bulletin.model.indicator import Catalogue, Indicator, RuleSpec
    from bulletin.model.project import Project
    from bulletin.validate.evidence import Rule, Universal

RULES: Mapping[str, Rule] = {
    "sum": parts_add_up,
    "identity": follows_from_others,
    "compare": compares,
    "range": value_in_range,
    "growth": leap,
    "unit-slip": unit_slip,
    "repeated": repeated,
    "presence": present,
}
PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "sum": ("over", "parts", "total", "tolerance", "relative"),
    "identity": ("plus", "minus", "previous", "tolerance", "relative"),
    "compare": ("op", "right", "factor", "tolerance"),
    "range": ("min", "max"),
    "growth": ("max_percent", "max_points", "min_base", "lag"),
    "unit-slip": ("powers", "min_base"),
    "repeated": ("min", "lag"),
    "presence": ("periods",),
}
UNIVERSAL: tuple[Universal, ...] = (
    unit_matches,
    dimension_declared,
    count_is_whole,
    rate_is_a_percentage,
    unit_slip_everywhere,
    repeated_everywhere,
)
"""Applied to observations as received."""


def validate(observations: Observations, project: Project, stage: Literal["received", "derived"]) -> tuple[Finding, ...]:
    """Received: all rules about received indicators. Derived: the rules that concern an indicator with a formula."""
    seen = evidence(observations.frame, project)
    findings: list[Finding] = []
    if stage == "received":
        known = [project.catalogue[name] for name in seen.cells.blocks if name in project.catalogue]
        findings += [f for indicator in known for rule in UNIVERSAL for f in rule(seen, indicator)]
    for indicator, spec in _specs(project.catalogue, stage):
        if spec.rule in RULES and (spec.rule == "presence" or indicator.id in seen.cells.blocks):
            findings += RULES[spec.rule](seen, indicator, spec)
    return tuple(findings)


def _specs(catalogue: Catalogue, stage: str) -> Iterator[tuple[Indicator, RuleSpec]]:
    for indicator in catalogue.values():
        for spec in indicator.rules:
            concerned = [indicator.id, *_named(spec)]
            derived = any(i in catalogue and catalogue[i].formula for i in concerned)
            if derived == (stage == "derived"):
                yield indicator, spec


def _named(spec: RuleSpec) -> tuple[str, ...]:
    """Other indicators that a rule reads."""
    right = spec.parameters.get("right", "")
    return (*((str(right),) if right else ()), *names(spec.parameters, "plus"), *names(spec.parameters, "minus"))


def check_rules(catalogue: Catalogue) -> tuple[Finding, ...]:
    """Whether the rules that indicators declare exist and can be applied, told before any data are read."""
    return tuple(f for i in catalogue.values() for spec in i.rules for f in _faults(i, spec, catalogue))


def _faults(indicator: Indicator, spec: RuleSpec, catalogue: Catalogue) -> Iterator[Finding]:
    def fault(rule: str, **parameters: Parameter) -> Finding:
        known = {"indicator": indicator.id, "rule": spec.rule}
        return Finding(rule, Severity.ERROR, key=indicator.id, parameters={**known, **parameters})

    if spec.rule not in RULES:
        yield fault("rule-unknown", nearest=_near(spec.rule, RULES))
        return
    for name in spec.parameters:
        if name not in PARAMETERS[spec.rule]:
            yield fault("rule-parameter", parameter=name, parameters=", ".join(PARAMETERS[spec.rule]))
    for name in _named(spec):
        if name not in catalogue:
            yield fault("rule-indicator", input=name, nearest=_near(name, catalogue))
    over = str(spec.parameters.get("over", ""))
    if spec.rule == "sum" and over not in ("ref_area", *indicator.dimensions):
        allowed = ", ".join(d for d in DIMENSIONS if d == "ref_area" or d in indicator.dimensions)
        yield fault("rule-value", parameter="over", value=over, allowed=allowed)
    if spec.rule == "compare":
        if not spec.parameters.get("right"):
            yield fault("rule-value", parameter="right", value="", allowed="INDICATOR")
        if spec.parameters.get("op", "<=") not in OPERATORS:
            yield fault("rule-value", parameter="op", value=str(spec.parameters["op"]), allowed=" ".join(OPERATORS))


def _near(word: str, words: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(word, list(words), 1, 0.0)), "")
