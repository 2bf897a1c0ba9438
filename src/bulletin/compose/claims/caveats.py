"""Claims about the figures themselves: breaks, provisional values, small numbers."""

from __future__ import annotations

from bulletin.compose.claims.series import Where, newest
from bulletin.compose.claims.statement import Evidence, Statement, about, figure_of, note_of
from bulletin.model.codes import ObsStatus
from bulletin.model.indicator import Kind
from bulletin.model.period import Period


def breaks(evidence: Evidence, indicator: str, where: Where, at: str = "") -> Statement | None:
    """The newest break of the series within the years of the edition, or the one at the period asked for."""
    lookup = evidence.lookup
    years = lookup.edition.years
    known = {Period.parse(p) for p in lookup.periods(indicator, dict(where))}
    periods = known | {Period(y) for y in range(years.first + 1, lookup.edition.year + 1)}
    for period in sorted(periods, reverse=True):
        if period.year > lookup.edition.year or (at and str(period) != at):
            continue
        obs = lookup.get(indicator, str(period), dict(where))
        if obs is not None and ObsStatus.BREAK in obs.statuses and known and min(known) < period:
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
