"""Claims about the figures themselves: breaks, provisional values, small numbers."""

from __future__ import annotations

from dataclasses import replace

from bulletin.compose.claims.series import Where, newest
from bulletin.compose.claims.statement import Evidence, Statement, about, displayed, exact, figure_of, note_of
from bulletin.model.dataset import Observation
from bulletin.model.indicator import Kind
from bulletin.model.period import Period
from bulletin.model.sealed import edition_of


def breaks(evidence: Evidence, indicator: str, where: Where, at: str = "") -> Statement | None:
    """The newest break of the series within the years of the edition, or the one at the period asked for."""
    lookup = evidence.lookup
    known = lookup.periods(indicator, dict(where))
    for period in reversed(lookup.breaks(indicator, dict(where))):
        if Period.parse(period).year > lookup.edition.year or (at and period != at):
            continue
        obs = lookup.get(indicator, period, dict(where))
        inside = at or lookup.edition.years.first < Period.parse(period).year
        if obs is not None and inside and known and Period.parse(known[0]) < Period.parse(period):
            return Statement("breaks", "break", about(obs), {}, {"when": obs.period})
    return None


def provisional(evidence: Evidence, indicator: str, where: Where, at: str = "") -> Statement | None:
    """Of the newest figure, or the one asked for, and of those of the same kind that lead up to it within the edition's years."""
    obs = newest(evidence, indicator, where, at)
    note = note_of([obs]) if obs else ""
    if obs is None or not note:
        return None
    periods = {"when": obs.period}
    first = _first_alike(evidence, obs, where, note)
    return Statement("provisional", note, about(obs), {}, {**periods, "since": first} if first != obs.period else periods)


def _first_alike(evidence: Evidence, obs: Observation, where: Where, note: str) -> str:
    """The period from which on every figure of the same length has the note."""
    lookup, last = evidence.lookup, Period.parse(obs.period)
    first = obs.period
    for period in reversed(lookup.periods(obs.indicator, dict(where))):
        known = Period.parse(period)
        if known >= last or known.months != last.months:
            continue
        found = lookup.get(obs.indicator, period, dict(where))
        if known.year < lookup.edition.years.first or found is None or note_of([found]) != note:
            break
        first = period
    return first


def revised(evidence: Evidence, indicator: str, where: Where, at: str = "") -> Statement | None:
    """The figure asked for is not the one that an earlier edition published."""
    obs = newest(evidence, indicator, where, at)
    former = evidence.lookup.former(obs) if obs else None
    if obs is None or former is None or former.value is None or former.unit != obs.unit:
        return None
    now = figure_of(evidence, obs)
    extra = 0
    while extra < 6 and displayed(exact(former.value), now.scale, now.decimals) == now.displayed:
        extra += 1
        now = figure_of(evidence, obs, extra)
    value = exact(former.value)
    fact = evidence.facts.computed(f"former:{edition_of(former)}", (former,), former.value, former.unit)
    before = replace(now, fact=fact, value=value, note="")
    return Statement(
        "revised", "up" if now.value > value else "down", about(obs), {"before": before, "value": now}, {"when": obs.period}
    )


def small(evidence: Evidence, indicator: str, where: Where, at: str = "") -> Statement | None:
    obs = newest(evidence, indicator, where, at)
    if obs is None or evidence.indicator(indicator).kind is not Kind.COUNT:
        return None
    assert obs.value is not None
    if not 0 < obs.value < evidence.thresholds.small_count:
        return None
    return Statement("small", "small", about(obs), {"value": figure_of(evidence, obs)}, {"when": obs.period})
