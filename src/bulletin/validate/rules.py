"""RULES: every rule that an indicator may declare, and those that hold for all; `validate` applies them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from bulletin.model.codes import DIMENSIONS
from bulletin.model.finding import Finding, Parameter, Severity
from bulletin.model.indicator import RuleSpec
from bulletin.model.quality import RuleOutcome
from bulletin.validate.accounting import follows_from_others, parts_add_up, stock_follows_flows
from bulletin.validate.compare import OPERATORS, compares
from bulletin.validate.domain import in_its_domain, value_in_range
from bulletin.validate.evidence import evidence, names
from bulletin.validate.mirror import edition_before, two_sources, two_tables
from bulletin.validate.outlier import unlike_other_places
from bulletin.validate.presence import present
from bulletin.validate.series import leap, never_falls, repeated, year_of_its_parts
from bulletin.validate.slips import part_above_whole, unit_slip
from bulletin.validate.stated import ceiling_is_explained, change_as_stated, overlap_is_told, part_is_named, ratio_as_stated
from bulletin.validate.structure import dimension_declared, place_exists_then, unit_matches

if TYPE_CHECKING:
    import pandas as pd

    from bulletin.model.dataset import Observations
    from bulletin.model.indicator import Catalogue, Indicator
    from bulletin.model.project import Project
    from bulletin.model.rule import RuleKind
    from bulletin.validate.evidence import Rule, Verdict

RULES: Mapping[str, Rule] = {
    "unit": unit_matches,
    "dimensions": dimension_declared,
    "places": place_exists_then,
    "domain": in_its_domain,
    "range": value_in_range,
    "sum": parts_add_up,
    "part": part_above_whole,
    "year": year_of_its_parts,
    "identity": follows_from_others,
    "stock-flow": stock_follows_flows,
    "compare": compares,
    "growth": leap,
    "cumulative": never_falls,
    "unit-slip": unit_slip,
    "repeated": repeated,
    "presence": present,
    "outlier": unlike_other_places,
    "mirror": two_tables,
    "sources": two_sources,
    "edition": edition_before,
    "change": change_as_stated,
    "ratio": ratio_as_stated,
    "overlap": overlap_is_told,
    "ceiling": ceiling_is_explained,
    "named": part_is_named,
}
"""What each checks, its thresholds and whether it holds everywhere: `config/rules.yaml`."""

Outcomes = tuple[RuleOutcome, ...]


def validate(
    observations: Observations,
    project: Project,
    stage: Literal["received", "derived"],
    former: pd.DataFrame | None = None,
) -> tuple[tuple[Finding, ...], Outcomes]:
    """Received: all rules about received indicators. Derived: the rules that concern an indicator with a formula.

    `former` is the published frame of the edition before. A rule that could judge nothing of an indicator says so.
    """
    seen = evidence(observations.frame, project, observations.alternates, former)
    findings: list[Finding] = []
    outcomes: list[RuleOutcome] = []
    for indicator, declared in _specs(project, stage, frozenset(seen.cells.blocks)):
        kind = project.rules[declared.rule]
        spec = replace(declared, severity=declared.severity or kind.severity, parameters={**kind.defaults, **declared.parameters})
        said = RULES[spec.rule](seen, indicator, spec)
        if said is None:
            continue
        findings += said.findings
        if kind.applies == "declared" and said.not_evaluated and not said.checked and not said.findings:
            findings.append(_not_evaluated(indicator, spec, said))
        outcomes.append(RuleOutcome(spec.rule, indicator.id, str(spec.severity), said.checked, said.failed, said.not_evaluated))
    return tuple(findings), _joined(outcomes)


def _specs(project: Project, stage: str, present: frozenset[str]) -> Iterator[tuple[Indicator, RuleSpec]]:
    everywhere = [k for k in project.rules.values() if k.applies == "everywhere" and k.id in RULES]
    for indicator in project.catalogue.values():
        declared = {spec.rule for spec in indicator.rules}
        if stage == "received" and indicator.id in present:
            yield from ((indicator, RuleSpec(k.id)) for k in everywhere if k.id not in declared)
        for spec in indicator.rules:
            concerned = [indicator.id, *_named(spec)]
            derived = any(i in project.catalogue and project.catalogue[i].formula for i in concerned)
            if derived == (stage == "derived") and (spec.rule == "presence" or indicator.id in present):
                yield indicator, spec


def _not_evaluated(indicator: Indicator, spec: RuleSpec, said: Verdict) -> Finding:
    known: dict[str, Parameter] = {"indicator": indicator.id, "rule": spec.rule, "count": said.not_evaluated}
    return Finding("rule-not-evaluated", Severity.INFO, key=indicator.id, parameters=known)


def _joined(outcomes: Iterable[RuleOutcome]) -> Outcomes:
    """One outcome per rule, indicator and severity: a rule may be declared several times."""
    found: dict[tuple[str, str, str], RuleOutcome] = {}
    for o in outcomes:
        key = (o.rule, o.indicator, o.severity)
        old = found.get(key, RuleOutcome(*key, 0, 0))
        found[key] = replace(
            o, checked=old.checked + o.checked, failed=old.failed + o.failed, not_evaluated=old.not_evaluated + o.not_evaluated
        )
    return tuple(found.values())


def _named(spec: RuleSpec) -> tuple[str, ...]:
    """Other indicators that a rule reads."""
    single = [
        str(spec.parameters[name])
        for name in ("right", "of", "per", "overlap", "numerator", "denominator")
        if spec.parameters.get(name)
    ]
    return (*single, *(i for name in ("plus", "minus", "entries", "exits") for i in names(spec.parameters, name)))


def check_rules(project: Project) -> tuple[Finding, ...]:
    """Whether the rules that indicators declare exist and can be applied, told before any data are read."""
    unknown = tuple(
        Finding("rule-kind-unknown", Severity.ERROR, key=name, parameters={"rule": name, "nearest": _near(name, RULES)})
        for name in project.rules
        if name not in RULES
    )
    catalogue = project.catalogue
    return unknown or tuple(f for i in catalogue.values() for spec in i.rules for f in _faults(i, spec, catalogue, project.rules))


def _faults(indicator: Indicator, spec: RuleSpec, catalogue: Catalogue, kinds: Mapping[str, RuleKind]) -> Iterator[Finding]:
    def fault(rule: str, **parameters: Parameter) -> Finding:
        known = {"indicator": indicator.id, "rule": spec.rule}
        return Finding(rule, Severity.ERROR, key=indicator.id, parameters={**known, **parameters})

    if spec.rule not in kinds:
        yield fault("rule-unknown", nearest=_near(spec.rule, kinds))
        return
    for name in spec.parameters:
        if name not in kinds[spec.rule].parameters:
            yield fault("rule-parameter", parameter=name, parameters=", ".join(kinds[spec.rule].parameters) or "–")
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
