"""Claims that a person has put into words: whether what the words say is true of the figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bulletin.compose.claims.change import HUNDRED, change, pair, record, same, streak
from bulletin.compose.claims.pairs import share_of, target
from bulletin.compose.claims.series import Where, broken, newest, observed, parts, run, since_break
from bulletin.compose.claims.statement import Evidence, Figure, exact, figure_of
from bulletin.model.codes import TOTAL
from bulletin.model.indicator import Kind
from bulletin.model.period import Period


@dataclass(frozen=True)
class Asked:
    """Everything that may be said of a claim beside its name and indicator; each claim takes what it needs."""

    where: Where
    at: str = ""
    since: str = ""
    than: float | None = None
    n: int = 0
    by: str = ""
    other: str = ""
    """Another indicator: the whole, the target, what is compared with."""
    a: Where = field(default_factory=dict)
    b: Where = field(default_factory=dict)


Decide = Callable[[Evidence, str, Asked], bool | None]
"""None: a figure that the claim needs is not known."""


@dataclass(frozen=True)
class Stated:
    decide: Decide
    binds: frozenset[str]
    """Classes of words, as the lexicon has them, that the claim answers for."""
    limits: tuple[str, ...] = ()


_UP = frozenset({"up", "points_up", "ratio_up", "doubled", "tripled", "multiplied"})
_DOWN = frozenset({"down", "points_down", "ratio_down"})


def _went(way: int) -> Decide:
    def decide(evidence: Evidence, indicator: str, asked: Asked) -> bool | None:
        found = change(evidence, indicator, asked.where, asked.at, asked.since)
        if found is None:
            return None
        if found.outcome == "moved":
            return (found.figures["new"].value - found.figures["old"].value) * way > 0
        if way == 0:
            return found.outcome in ("stable", "unchanged")
        return found.outcome in (_UP if way > 0 else _DOWN)

    return decide


def _times(limit: str) -> Decide:
    def decide(evidence: Evidence, indicator: str, asked: Asked) -> bool | None:
        found = pair(evidence, indicator, asked.where, asked.at, asked.since)
        if found is None:
            return None
        old, new = found
        if not old.value or old.value < 0 or new.value is None or broken(evidence, old, new):
            return False
        low, high = getattr(evidence.thresholds, limit)
        return exact(low) <= HUNDRED * (exact(new.value) / exact(old.value) - 1) <= exact(high)

    return decide


def _extreme(which: str) -> Decide:
    """Of the series, or with `by` among the places or groups of one time; shared first places do not count."""

    def decide(evidence: Evidence, indicator: str, asked: Asked) -> bool | None:
        if not asked.by:
            found = record(evidence, indicator, asked.where, asked.at)
            if found is None:
                return None if newest(evidence, indicator, asked.where, asked.at) is None else False
            return found.outcome == which
        own = newest(evidence, indicator, asked.where, asked.at)
        if own is None:
            return None
        total = evidence.lookup.country.code if asked.by == "ref_area" else TOTAL
        whole = replace(own, coordinates={**own.coordinates, asked.by: total})
        values = {c: figure_of(evidence, o) for c, o in parts(evidence, whole, asked.by) if o is not None}
        mine = figure_of(evidence, own)
        others = [f for c, f in values.items() if c != own.coordinates[asked.by]]
        if not others:
            return None
        return all(not same(mine, f) and (mine.value > f.value) == (which == "highest") for f in others)

    return decide


def _percent(evidence: Evidence, indicator: str, asked: Asked) -> Decimal | None:
    """Of a rate, the rate; otherwise the share of `a` in `b`, or in the other indicator."""
    if not asked.a and not asked.other and evidence.indicator(indicator).unit == "PT":
        obs = newest(evidence, indicator, asked.where, asked.at)
        return exact(obs.value) if obs and obs.value is not None else None
    found = share_of(evidence, indicator, asked.where, asked.a, asked.b, asked.other, asked.at)
    return found.figures["share"].value if found else None


def _half(way: int) -> Decide:
    def decide(evidence: Evidence, indicator: str, asked: Asked) -> bool | None:
        percent = _percent(evidence, indicator, asked)
        return None if percent is None else (percent - 50) * way > 0

    return decide


def _one_in(evidence: Evidence, indicator: str, asked: Asked) -> bool | None:
    percent = _percent(evidence, indicator, asked)
    if percent is None or asked.n < 2:
        return None
    anchor = HUNDRED / asked.n
    limits, distance = evidence.thresholds, abs(percent - anchor)
    return distance <= exact(limits.fraction_points) and distance * HUNDRED <= exact(limits.fraction) * anchor


def _streak(way: str) -> Decide:
    def decide(evidence: Evidence, indicator: str, asked: Asked) -> bool | None:
        found = streak(evidence, indicator, asked.where, asked.at)
        if found is None:
            return None if newest(evidence, indicator, asked.where, asked.at) is None else False
        return found.outcome == way and (not asked.n or found.figures["count"].value == asked.n)

    return decide


def _beside(evidence: Evidence, indicator: str, asked: Asked) -> tuple[Figure, Decimal, Figure | None] | None:
    """The figure, what it is compared with, and that as a figure where it is one: a number, the sum of the parts by a dimension,
    another indicator, another group or another time."""
    first = newest(evidence, indicator, {**asked.where, **asked.a}, asked.at)
    if first is None:
        return None
    mine = figure_of(evidence, first)
    if asked.than is not None:
        return mine, exact(asked.than), None
    if asked.by:
        pieces = [o for _, o in parts(evidence, first, asked.by)]
        known = [exact(o.value) for o in pieces if o is not None and o.value is not None]
        return (mine, sum(known, Decimal(0)), None) if len(known) == len(pieces) > 1 else None
    where, name = {**first.coordinates, **asked.b}, asked.other or indicator
    second = observed(evidence, name, asked.since or first.period, where)
    if second is None and asked.other:
        second = observed(evidence, name, first.period, {})
    if second is None or second.key == first.key:
        return None
    theirs = figure_of(evidence, second)
    return mine, theirs.value, theirs


def _compared(way: int) -> Decide:
    def decide(evidence: Evidence, indicator: str, asked: Asked) -> bool | None:
        found = _beside(evidence, indicator, asked)
        if found is None:
            return None
        mine, value, theirs = found
        alike = same(mine, theirs) if theirs else mine.value == value
        return alike if way == 0 else not alike and (mine.value - value) * way > 0

    return decide


def _multiple(evidence: Evidence, indicator: str, asked: Asked) -> bool | None:
    """About `n` times what it is compared with; two times unless another number is given."""
    found = _beside(evidence, indicator, asked)
    if found is None:
        return None
    mine, value, _ = found
    times = Decimal(asked.n or 2)
    return value > 0 and abs(mine.value / value / times - 1) * HUNDRED <= exact(evidence.thresholds.fraction)


def _average(way: int) -> Decide:
    """A place or group beside the whole; for rates and ratios, because the whole of a count is no average."""

    def decide(evidence: Evidence, indicator: str, asked: Asked) -> bool | None:
        by = asked.by or "ref_area"
        total = evidence.lookup.country.code if by == "ref_area" else TOTAL
        if evidence.indicator(indicator).kind not in (Kind.RATE, Kind.RATIO):
            return False
        return _compared(way)(evidence, indicator, Asked(asked.where, asked.at, b={by: total}))

    return decide


def _first_above(evidence: Evidence, indicator: str, asked: Asked) -> bool | None:
    """Above a value at no earlier time of the series."""
    new = newest(evidence, indicator, asked.where, asked.at)
    if new is None or asked.than is None:
        return None
    *before, last = [o.value or 0 for o in run(evidence, new)]
    return bool(before) and last > asked.than and max(before) <= asked.than


def _target(*outcomes: str) -> Decide:
    def decide(evidence: Evidence, indicator: str, asked: Asked) -> bool | None:
        found = target(evidence, indicator, asked.other, asked.where, asked.at)
        return None if found is None else found.outcome in outcomes

    return decide


def _will(meet: bool) -> Decide:
    """Whether the mean yearly move since the last break, carried on to the target's year, reaches it."""

    def decide(evidence: Evidence, indicator: str, asked: Asked) -> bool | None:
        found = target(evidence, indicator, asked.other, asked.where, asked.at)
        new = newest(evidence, indicator, asked.where, asked.at)
        if found is None or new is None or new.value is None:
            return None
        if not found.outcome.startswith("ahead"):
            return meet if found.outcome in ("met", "beyond") else not meet
        series = since_break(evidence, run(evidence, new, asked.since))
        years = Period.parse(new.period).year - Period.parse(series[0].period).year
        if years < evidence.thresholds.span_years:
            return None
        yearly = (exact(new.value) - exact(series[0].value or 0)) / years
        left = Period.parse(found.periods["due"]).year - Period.parse(new.period).year
        aim, reached = found.figures["aim"].value, exact(new.value) + yearly * left
        return (reached <= aim if found.outcome.endswith("above") else reached >= aim) is meet

    return decide


_MOVES = ("stable_percent", "stable_points", "least_base")
_PARTS = ("fraction", "fraction_points")
_RANKS = ("record_points",)


def _stated(decide: Decide, *binds: str, limits: tuple[str, ...] = ()) -> Stated:
    return Stated(decide, frozenset(binds), limits)


STATED: Mapping[str, Stated] = {
    "rose": _stated(_went(1), "up", limits=_MOVES),
    "fell": _stated(_went(-1), "down", limits=_MOVES),
    "unchanged": _stated(_went(0), "stable", limits=_MOVES),
    "doubled": _stated(_times("doubled"), "up", "multiple", limits=("doubled",)),
    "tripled": _stated(_times("tripled"), "up", "multiple", limits=("tripled",)),
    "halved": _stated(_times("halved"), "down", "share", "multiple", limits=("halved",)),
    "highest": _stated(_extreme("highest"), "rank", limits=_RANKS),
    "lowest": _stated(_extreme("lowest"), "rank", limits=_RANKS),
    "largest_share": _stated(_extreme("highest"), "rank", "share"),
    "more_than_half": _stated(_half(1), "share", "comparison"),
    "less_than_half": _stated(_half(-1), "share", "comparison"),
    "one_in": _stated(_one_in, "share", limits=_PARTS),
    "streak_up": _stated(_streak("up"), "up", "streak", limits=(*_MOVES, "streak")),
    "streak_down": _stated(_streak("down"), "down", "streak", limits=(*_MOVES, "streak")),
    "above": _stated(_compared(1), "comparison"),
    "below": _stated(_compared(-1), "comparison"),
    "times": _stated(_multiple, "multiple", "comparison", limits=("fraction",)),
    "equal": _stated(_compared(0), "comparison", "stable"),
    "above_average": _stated(_average(1), "comparison"),
    "below_average": _stated(_average(-1), "comparison"),
    "first_above": _stated(_first_above, "first", "comparison"),
    "has_met": _stated(_target("met", "beyond"), "target"),
    "has_missed": _stated(_target("missed_above", "missed_below"), "target"),
    "will_meet": _stated(_will(True), "target", limits=("span_years",)),
    "will_miss": _stated(_will(False), "target", limits=("span_years",)),
}
"""What a person may state by name; documented in docs/en/claims.md, docs/pt/afirmacoes.md."""
