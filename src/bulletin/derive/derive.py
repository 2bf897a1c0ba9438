"""Computes every indicator that has a formula, each after those it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.derive.check import check_formulas, derived_order, errors_of
from bulletin.derive.compute import Computation, computed
from bulletin.derive.figures import Figures, Words, appended, in_order, received, stacked
from bulletin.derive.formulas import FORMULAS
from bulletin.derive.series import joined_series
from bulletin.derive.terms import project_scope
from bulletin.errors import ConfigError
from bulletin.model.cells import coded, has_status
from bulletin.model.codes import TOTAL, ObsStatus
from bulletin.model.dataset import Observations
from bulletin.model.finding import Finding, Parameter, Place, Severity

if TYPE_CHECKING:
    import pandas as pd

    from bulletin.model.cells import Coding
    from bulletin.model.indicator import Indicator
    from bulletin.model.project import Project


def derive(observations: Observations, project: Project) -> tuple[Observations, tuple[Finding, ...]]:
    """A figure that was received for a derived indicator stands; only where there is none, or a missing one, is it computed."""
    import numpy as np

    faults = errors_of(check_formulas(project.catalogue))
    if faults:
        raise ConfigError(faults)
    joined = joined_series(observations, project)
    scope = project_scope(project)
    order = derived_order(project.catalogue)
    if not order or not len(observations.frame):
        return observations, joined
    frames = [observations.frame, observations.alternates]
    coding, keys = coded(frames, _codes(project))
    words = Words()
    words.number("")
    figures = received(observations.frame, keys[0], words)
    alternates = received(observations.alternates, keys[1], words, len(observations.frame))
    areas = (project.country.code, *(p.code for p in project.country.subdivisions))
    findings: list[Finding] = []
    derived: list[tuple[str, str, Figures]] = []
    dropped = np.zeros(len(observations.frame), dtype=bool)
    for name in order:
        indicator = project.catalogue[name]
        inputs = _inputs(indicator, project, figures, alternates, words)
        result = computed(indicator, inputs, scope, coding, words, areas)
        findings += _said(result, indicator, coding, frames)
        made = result.figures
        if name in figures:
            made, stands, differing = _beside_received(indicator, figures[name], result.figures)
            dropped[np.setdiff1d(figures[name].row, stands.row)] = True
            findings += _differences(indicator, differing, coding, frames)
            figures[name] = in_order(stacked([stands, made]))
        else:
            figures[name] = made
        if len(made.key):
            derived.append((name, indicator.unit, made))
    frame = observations.frame[~dropped] if dropped.any() else observations.frame
    if derived:
        frame = appended(frame, derived, coding, words)
    return Observations(frame, observations.alternates), (*joined, *findings)


def _codes(project: Project) -> dict[str, list[str]]:
    """Codes at which formulas read, so that keys can be built for them."""
    scope = project_scope(project)
    codes: dict[str, list[str]] = {"ref_area": [project.country.code]}
    for indicator in project.catalogue.values():
        if indicator.formula:
            for term in FORMULAS[indicator.formula.name].terms(indicator.formula, scope):
                for dimension, code in term.fixed.items():
                    codes.setdefault(dimension, [TOTAL]).append(code)
    return codes


def _inputs(
    indicator: Indicator, project: Project, figures: dict[str, Figures], alternates: dict[str, Figures], words: Words
) -> dict[str, Figures]:
    """Figures by role; a denominator comes from the one source that the edition declares for it."""
    formula = indicator.formula
    assert formula is not None
    recipe = FORMULAS[formula.name]
    terms = recipe.terms(formula, project_scope(project))
    below = terms[recipe.denominator].role if recipe.denominator is not None and terms else ""
    found = {}
    for term in terms:
        one = figures.get(term.indicator)
        source = project.edition.denominators.get(term.indicator, "")
        if source and term.role == below and term.indicator != terms[0].indicator:
            number = words.number(source)
            every = [f for f in (one, alternates.get(term.indicator)) if f is not None]
            one = in_order(stacked([f.take(f.source == number) for f in every])) if every else None
        if one is not None:
            found[term.role] = one
    return found


@dataclass(frozen=True)
class _Differing:
    received: Figures
    computed: Figures


def _beside_received(indicator: Indicator, given: Figures, made: Figures) -> tuple[Figures, Figures, _Differing]:
    """What remains of the computed figures, what remains of the received ones, and the pairs that do not agree as printed."""
    import numpy as np

    place = made.block.find(given.key)
    met = place >= 0
    missing = np.isnan(given.value) & (
        has_status(given.status, ObsStatus.MISSING) | has_status(given.status, ObsStatus.NOT_COLLECTED)
    )
    replaced = met & missing
    replaced[met] &= ~np.isnan(made.value[place[met]])
    stands = given.take(~replaced)
    both = met & ~replaced
    left, right = given.take(both), made.take(place[both])
    half = 0.5 * 10.0 ** (indicator.scale - indicator.decimals)
    apart = np.abs(left.value - right.value) > half * (1 + 1e-9)
    keep = np.ones(len(made.key), dtype=bool)
    keep[place[both]] = False
    return made.take(keep), stands, _Differing(left.take(apart), right.take(apart))


def _place(row: int, frames: list[pd.DataFrame]) -> Place:
    if row < 0:
        return Place()
    frame = frames[0] if row < len(frames[0]) else frames[1]
    found = frame.iloc[row if row < len(frames[0]) else row - len(frames[0])]
    return Place(str(found["file"]), str(found["sheet"]), str(found["cell"]))


def _differences(indicator: Indicator, differing: _Differing, coding: Coding, frames: list[pd.DataFrame]) -> list[Finding]:
    left, right = differing.received, differing.computed
    return [
        Finding(
            "derived-differs", Severity.WARNING, _place(int(left.row[n]), frames), coding.key_text(indicator.id, key),
            {"indicator": indicator.id, "received": float(left.value[n]), "computed": round(float(right.value[n]), 6)},
        )
        for n, key in enumerate(left.key.tolist())
    ]  # fmt: skip


def _said(result: Computation, indicator: Indicator, coding: Coding, frames: list[pd.DataFrame]) -> list[Finding]:
    """Findings of a computation: one per suspect figure, one per indicator for what could not be computed at all."""
    name = indicator.id
    given = indicator.formula.parameters if indicator.formula else {}

    def severity(parameter: str, otherwise: Severity) -> Severity:
        return Severity.ERROR if given.get(parameter) == "error" else otherwise

    def one(rule: str, how: Severity, key: int, row: int, **parameters: Parameter) -> Finding:
        return Finding(rule, how, _place(row, frames), coding.key_text(name, key), {"indicator": name, **parameters})

    def many(rule: str, how: Severity, keys: tuple[int, ...], **parameters: Parameter) -> list[Finding]:
        if not keys:
            return []
        first = coding.key_text(name, keys[0])
        return [Finding(rule, how, Place(), first, {"indicator": name, "count": len(keys), "first": first, **parameters})]

    nothing_below = severity("when_zero", Severity.WARNING)
    findings = [one("denominator-zero", nothing_below, key, row, denominator=v) for key, row, v in result.zero]
    treatment = str(given.get("when_over", "note"))
    rule, how = {
        "cap": ("rate-capped", Severity.INFO),
        "error": ("rate-above-100", Severity.ERROR),
    }.get(treatment, ("rate-above-100", Severity.WARNING))
    findings += [one(rule, how, key, row, numerator=over, denominator=under) for key, row, over, under in result.above]
    findings += [
        one("overlap-above-part", Severity.ERROR, key, row, overlap=both, part=part) for key, row, both, part in result.twice
    ]
    findings += many("denominator-missing", severity("when_missing", Severity.INFO), result.without, denominator=result.below)
    findings += many("base-unusable", Severity.INFO, result.baseless)
    summed = given.get("when_no_overlap") == "sum"
    findings += many("overlap-summed" if summed else "overlap-missing", Severity.WARNING, result.uncounted)
    return findings
