"""Which observations a claim stands on: the newest value, the one to compare with, the run of a series, breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bulletin.model.codes import TOTAL
from bulletin.model.indicator import TimeBasis
from bulletin.model.period import Period

if TYPE_CHECKING:
    from bulletin.compose.claims.statement import Evidence
    from bulletin.model.dataset import Observation

Where = Mapping[str, str]


def observed(evidence: Evidence, indicator: str, period: str, where: Where) -> Observation | None:
    """None unless there is a value; what is found is kept as part of what the decision rests on."""
    found = evidence.lookup.get(indicator, period, dict(where))
    if found is None or found.value is None:
        return None
    evidence.consulted[found.key] = found
    return found


def newest(evidence: Evidence, indicator: str, where: Where, at: str = "") -> Observation | None:
    """At the period asked for, or at the newest with a value that is not after the edition's year."""
    if at:
        return observed(evidence, indicator, at, where)
    periods = [p for p in evidence.lookup.periods(indicator, dict(where)) if Period.parse(p).year <= evidence.lookup.edition.year]
    return observed(evidence, indicator, periods[-1], where) if periods else None


def earlier(evidence: Evidence, obs: Observation, since: str = "") -> Observation | None:
    """What to compare with: the period asked for, or the newest earlier one of the same length. Flows within a year are
    compared with the same part of an earlier year."""
    now = Period.parse(obs.period)
    if since:
        found = observed(evidence, obs.indicator, since, obs.coordinates)
        return found if found and Period.parse(since) < now else None
    flow = evidence.indicator(obs.indicator).time_basis is TimeBasis.FLOW
    periods = [Period.parse(p) for p in evidence.lookup.periods(obs.indicator, dict(obs.coordinates))]
    before = [p for p in periods if p < now and p.year < now.year + (now.months < 12)]
    alike = [p for p in before if p.months == now.months and (p.month == now.month or not flow)]
    if not alike and not flow:
        alike = before
    return observed(evidence, obs.indicator, str(alike[-1]), obs.coordinates) if alike else None


def run(evidence: Evidence, last: Observation, since: str = "") -> tuple[Observation, ...]:
    """Observations of the same kind of period up to `last`, oldest first."""
    end = Period.parse(last.period)
    first = Period.parse(since) if since else None
    found = []
    for text in evidence.lookup.periods(last.indicator, dict(last.coordinates)):
        period = Period.parse(text)
        if period > end or (first and period < first) or period.months != end.months or period.month != end.month:
            continue
        obs = observed(evidence, last.indicator, text, last.coordinates)
        if obs:
            found.append(obs)
    return tuple(found)


def broken(evidence: Evidence, old: Observation, new: Observation) -> str:
    """Period of the newest break after `old` up to `new`, empty when the two are comparable."""
    start, end = Period.parse(old.period), Period.parse(new.period)
    found = [p for p in evidence.lookup.breaks(new.indicator, dict(new.coordinates)) if start < Period.parse(p) <= end]
    return found[-1] if found else ""


def since_break(evidence: Evidence, observations: Sequence[Observation]) -> tuple[Observation, ...]:
    """The part of a run that is comparable with its end."""
    found = tuple(observations)
    while len(found) > 1 and broken(evidence, found[0], found[-1]):
        found = found[1:]
    return found


def parts(
    evidence: Evidence, whole: Observation, by: str, codes: Sequence[str] = ()
) -> tuple[tuple[str, Observation | None], ...]:
    """Codes of a dimension beside the whole, each with its observation when it has a value. For places: every subdivision
    that is valid in the edition's year."""
    lookup = evidence.lookup
    if codes:
        names: Sequence[str] = codes
    elif by == "ref_area":
        year = str(Period.parse(whole.period).year)
        names = [
            p.code
            for p in lookup.country.subdivisions
            if (not p.valid_from or p.valid_from[:4] <= year) and (not p.valid_to or year <= p.valid_to[:4])
        ]
    else:
        names = lookup.codes(whole.indicator, by, whole.period, dict(whole.coordinates))
        names = _outermost(evidence, by, names, whole.coordinates[by])
    return tuple((c, observed(evidence, whole.indicator, whole.period, {**whole.coordinates, by: c})) for c in names)


def _outermost(evidence: Evidence, by: str, names: Sequence[str], inside_of: str) -> list[str]:
    """Without codes whose parent is among them, so that nothing is counted twice; only what lies inside the whole's own code."""
    listed = evidence.lookup.codelists.get(by)
    parents = {c.id: c.parent for c in listed.codes} if listed else {}

    def above(code: str) -> list[str]:
        parent = parents.get(code)
        return [parent, *above(parent)] if parent else []

    if inside_of != TOTAL:
        names = [c for c in names if inside_of in above(c)]
    return [c for c in names if not any(a in names for a in above(c))]
