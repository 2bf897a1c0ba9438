"""Findings about computed figures, made readable: what the figure is in words, and the cells that it is computed from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from bulletin.compose.lookup import Lookup
from bulletin.model.codes import TOTAL
from bulletin.model.dataset import Observation, Observations
from bulletin.model.finding import Finding, Parameter
from bulletin.model.locale import Locale, marked
from bulletin.model.period import Period
from bulletin.model.project import Project
from bulletin.model.text import LocalText
from bulletin.pipeline.leaves import leaves_of

COMPUTED = frozenset({"derived-above", "derived-below"})
"""Rules about one computed figure, which stands in no file."""


def worded(findings: Sequence[Finding], derived: Observations, project: Project) -> tuple[Finding, ...]:
    """Each with `figure@<language>` and `inputs@<language>` for the languages of the project."""
    if not any(f.rule in COMPUTED for f in findings):
        return tuple(findings)
    lookup = Lookup(derived, project)
    leaves = leaves_of(lookup, project)
    known: dict[str, Mapping[str, Observation]] = {}
    found = []
    for finding in findings:
        if finding.rule in COMPUTED:
            indicator = str(finding.parameters["indicator"])
            if indicator not in known:
                known[indicator] = {o.key: o for o in lookup.observations(indicator)}
            said = _words(known[indicator][finding.key], leaves, lookup, project)
            finding = replace(finding, parameters={**finding.parameters, **said})
        found.append(finding)
    return tuple(found)


def _words(
    obs: Observation, leaves: Callable[[Observation], tuple[Observation, ...]], lookup: Lookup, project: Project
) -> dict[str, Parameter]:
    said: dict[str, Parameter] = {}
    for language, locale in project.locales.items():
        said[f"figure@{language}"] = _named(obs, locale, lookup)
        said[f"inputs@{language}"] = "; ".join(
            f"{_named(leaf, locale, lookup)} = {_figure(leaf.value, locale)} ({leaf.origin})" for leaf in leaves(obs)
        )
    return said


def _named(obs: Observation, locale: Locale, lookup: Lookup) -> str:
    """`Pensionistas por tipo de pensão (INSS, invalidez), Moçambique, 2024`."""
    language = locale.language
    codes = []
    for dimension, code in obs.coordinates.items():
        listed = lookup.codelists.get(dimension)
        found = listed.get(code) if listed and dimension != "ref_area" and code != TOTAL else None
        if found:
            codes.append(_text(found.short or found.label, language))
    place = lookup.country.place_of(obs.coordinates["ref_area"])
    name = _text(place.name, language) if place else obs.coordinates["ref_area"]
    label = _text(lookup.catalogue[obs.indicator].label, language)
    group = f" ({', '.join(codes)})" if codes else ""
    return f"{label}{group}, {name}, {locale.period(Period.parse(obs.period))}"


def _text(text: LocalText, language: str) -> str:
    return text.get(language) or next(iter(text.values()), "")


def _figure(value: float | None, locale: Locale) -> str:
    if value is None:
        return locale.signs["missing"]
    digits = f"{Decimal(f'{value:.12g}'):f}"
    shown = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return marked(shown, locale.decimal, locale.group, locale.min_group)
