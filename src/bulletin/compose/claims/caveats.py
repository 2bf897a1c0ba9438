"""Claims about the figures themselves: breaks, provisional values, small numbers."""

from __future__ import annotations

from bulletin.compose.claims.series import Where, newest
from bulletin.compose.claims.statement import Evidence, Statement, about, figure_of, note_of
from bulletin.model.indicator import Kind
from bulletin.model.period import Period


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
    obs = newest(evidence, indicator, where, at)
    note = note_of([obs]) if obs else ""
    if obs is None or not note:
        return None
    return Statement("provisional", note, about(obs), {}, {"when": obs.period})


def small(evidence: Evidence, indicator: str, where: Where, at: str = "") -> Statement | None:
    obs = newest(evidence, indicator, where, at)
    if obs is None or evidence.indicator(indicator).kind is not Kind.COUNT:
        return None
    assert obs.value is not None
    if not 0 < obs.value < evidence.thresholds.small_count:
        return None
    return Statement("small", "small", about(obs), {"value": figure_of(evidence, obs)}, {"when": obs.period})
