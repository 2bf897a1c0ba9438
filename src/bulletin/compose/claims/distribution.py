"""Claims about many places or codes at one time: composition, ranking, spread, places above the average, contributions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bulletin.compose.claims.change import HUNDRED, growth, pair, percent_of, points_of
from bulletin.compose.claims.series import Where, broken, newest, observed, parts
from bulletin.compose.claims.statement import (
    Evidence,
    Figure,
    Item,
    Statement,
    about,
    computed,
    exact,
    figure_of,
    note_of,
    rounding,
)
from bulletin.model.indicator import Kind
from bulletin.model.period import Period

if TYPE_CHECKING:
    from bulletin.model.dataset import Observation

Known = tuple[str, "Observation"]


def composition(
    evidence: Evidence, indicator: str, by: str, where: Where, at: str = "", codes: Sequence[str] = ()
) -> Statement | None:
    """Only when all parts are known and add up to the whole within half a point."""
    whole = newest(evidence, indicator, where, at)
    if whole is None or not whole.value or whole.value < 0 or evidence.indicator(indicator).kind not in (Kind.COUNT, Kind.AMOUNT):
        return None
    found = parts(evidence, whole, by, codes)
    known = [(c, o) for c, o in found if o is not None and o.value is not None]
    if len(known) < 2 or len(known) < len(found) or any((o.value or 0) < 0 for _, o in known):
        return None
    total = exact(whole.value)
    shares = {c: HUNDRED * exact(o.value or 0) / total for c, o in known}
    if abs(sum(shares.values()) - HUNDRED) > exact(evidence.thresholds.sum_points):
        return None
    items = [Item(by, c, computed(evidence, "share", (o, whole), shares[c], "percent", unit="PT", decimals=1)) for c, o in known]
    items = [i for i in sorted(items, key=_by_size) if i.figure and i.figure.displayed]
    top = _cut(items, 3)
    if len(items) < 2 or not top:
        return None
    outcome = "tied" if len(top) > 1 and _shown(top[1]) == _shown(top[0]) else "first"
    note = note_of([whole, *(o for _, o in known)])
    return Statement(
        "composition",
        outcome,
        about(whole),
        {},
        {"when": whole.period},
        {"top": tuple(top), "first": _first(top)},
        choices={"by": by},
        note=note,
    )


def _items(evidence: Evidence, by: str, known: Sequence[Known]) -> list[Item]:
    """Each with its figure; what they are (provisional, estimates) the sentence says once, with the period."""
    return [Item(by, c, replace(figure_of(evidence, o), note="")) for c, o in known]


def _shown(item: Item) -> Decimal:
    assert item.figure
    return item.figure.displayed.scaleb(item.figure.scale)


def _first(items: Sequence[Item]) -> tuple[Item, ...]:
    """All that share the first place."""
    return tuple(i for i in items if _shown(i) == _shown(items[0]))


def _by_size(item: Item) -> Decimal:
    return -_shown(item)


def _cut(items: Sequence[Item], most: int) -> list[Item]:
    """The first `most` of a sorted list, without splitting a tie; empty when the first tie alone is longer than one more."""
    if len(items) <= most:
        return list(items)
    end = most
    while end and _shown(items[end - 1]) == _shown(items[end]):
        end -= 1
    if end:
        return list(items[:end])
    tie = [i for i in items if _shown(i) == _shown(items[0])]
    return tie if len(tie) <= most + 1 else []


def ranking(evidence: Evidence, indicator: str, by: str, where: Where, at: str = "") -> Statement | None:
    whole, known, total = _units(evidence, indicator, by, where, at)
    limits = evidence.thresholds
    if len(known) < limits.ranking_units:
        return None
    items = sorted(_items(evidence, by, known), key=_by_size)
    if _shown(items[0]) == _shown(items[-1]):
        return None
    top = _cut(items, 3 if len(items) >= limits.ranking_long else 2)
    if not top:
        return None
    bottom = [i for i in items if _shown(i) == _shown(items[-1])]
    low = tuple(bottom) if len(bottom) <= 2 else ()
    observations = [o for _, o in known]
    when = observations[0].period
    figures = _counted(evidence, observations, total)
    outcome = ("partial" if len(known) < total else "all") + ("" if low else "_top")
    subject = about(whole or _above(evidence, observations[0], by))
    return Statement(
        "ranking", outcome, subject, figures, {"when": when}, {"top": tuple(top), "low": low, "first": _first(top)}, choices={"by": by},
        note=note_of(observations),
    )  # fmt: skip


def _above(evidence: Evidence, obs: Observation, by: str) -> Observation:
    """The same observation as if it were the whole, for the subject of a sentence only."""
    return replace(obs, coordinates=evidence.lookup.complete({k: v for k, v in obs.coordinates.items() if k != by}))


def _units(
    evidence: Evidence, indicator: str, by: str, where: Where, at: str
) -> tuple[Observation | None, list[tuple[str, Observation]], int]:
    """The whole if known, the units with a value, and how many units there are."""
    whole = newest(evidence, indicator, where, at)
    period = at or (whole.period if whole else _newest_below(evidence, indicator, by, where))
    if not period:
        return None, [], 0
    stand_in = whole or evidence.lookup.get(indicator, period, dict(where))
    if stand_in is None:
        probe = evidence.lookup.codes(indicator, by, period, dict(where))
        first = evidence.lookup.get(indicator, period, {**where, by: probe[0]}) if probe else None
        if first is None:
            return None, [], 0
        stand_in = _above(evidence, first, by)
    found = parts(evidence, stand_in, by)
    known = [(c, o) for c, o in found if o is not None]
    if not known and not at:
        period = _newest_below(evidence, indicator, by, where)
        if period and period != stand_in.period:
            return _units(evidence, indicator, by, where, period)
    return (whole if whole and whole.period == period else None), known, len(found)


def _newest_below(evidence: Evidence, indicator: str, by: str, where: Where) -> str:
    codes = evidence.lookup.codes(indicator, by, None, dict(where))
    periods = {p for c in codes for p in evidence.lookup.periods(indicator, {**where, by: c})}
    found = [p for p in periods if Period.parse(p).year <= evidence.lookup.edition.year]
    return max(found, key=Period.parse, default="")


def _counted(evidence: Evidence, observations: Sequence[Observation], total: int) -> dict[str, Figure]:
    inputs = tuple(observations)
    return {
        "known": computed(evidence, "count_known", inputs, Decimal(len(inputs)), "count", unit="", decimals=0),
        "total": computed(evidence, "count_units", inputs, Decimal(total), "count", unit="", decimals=0),
    }


def spread(evidence: Evidence, indicator: str, by: str, where: Where, at: str = "") -> Statement | None:
    whole, known, _total = _units(evidence, indicator, by, where, at)
    if len(known) < 2 or (by == "ref_area" and len(known) < evidence.thresholds.ranking_units):
        return None
    items = sorted(_items(evidence, by, known), key=_by_size)
    values = dict(known)
    high, low = items[0], items[-1]
    if _shown(high) == _shown(low) or _shown(items[1]) == _shown(high) or _shown(items[-2]) == _shown(low):
        return None
    first, second = values[high.code], values[low.code]
    assert first.value is not None
    assert second.value is not None
    subject = about(whole or _above(evidence, first, by))
    note = note_of((first, second))
    places = {"high": (high,), "low": (low,)}
    when = {"when": first.period}
    if evidence.indicator(indicator).kind is Kind.RATE:
        gap = points_of(evidence, (second, first), exact(first.value) - exact(second.value), "gap")
        assert high.figure
        assert low.figure
        choices = {"by": by, "rounding": rounding(high.figure, low.figure, gap)}
        return Statement("spread", "points", subject, {"gap": gap}, when, places, choices=choices, note=note)
    if second.value <= 0 or (evidence.indicator(indicator).kind is Kind.COUNT and second.value < evidence.thresholds.least_base):
        return None
    times = exact(first.value) / exact(second.value)
    if times < exact(evidence.thresholds.least_multiple):
        return None
    gap = computed(evidence, "multiple", (second, first), times, "times", unit="RATIO", decimals=1 if times < 10 else 0)
    return Statement("spread", "times", subject, {"gap": gap}, when, places, choices={"by": by}, note=note)


def above_average(evidence: Evidence, indicator: str, where: Where, at: str = "", by: str = "ref_area") -> Statement | None:
    """Rates and ratios only: for a count the national figure is the sum, not an average."""
    if evidence.indicator(indicator).kind not in (Kind.RATE, Kind.RATIO) or by != "ref_area":
        return None
    whole, known, total = _units(evidence, indicator, by, where, at)
    if whole is None or len(known) < evidence.thresholds.ranking_units:
        return None
    mark = replace(figure_of(evidence, whole), note="")
    items = sorted(_items(evidence, by, known), key=_by_size)
    above = [i for i in items if _shown(i) > mark.displayed]
    if not above or len(above) == len(items):
        return None
    inputs = (whole, *(o for _, o in known))
    figures = {
        "value": mark,
        "count": computed(evidence, "count_above", inputs, Decimal(len(above)), "count", unit="", decimals=0),
        **_counted(evidence, [o for _, o in known], total),
    }
    named = tuple(above) if len(above) <= evidence.thresholds.named_places else ()
    outcome = ("one" if len(above) == 1 else "several") + ("_partial" if len(known) < total else "")
    return Statement(
        "above_average", outcome, about(whole), figures, {"when": whole.period}, {"places": named},
        note=note_of(inputs),
    )  # fmt: skip


def partial(evidence: Evidence, indicator: str, where: Where, at: str = "", by: str = "ref_area") -> Statement | None:
    if by != "ref_area":
        return None
    whole, known, total = _units(evidence, indicator, by, where, at)
    if not known or len(known) == total:
        return None
    period = known[0][1].period
    stand_in = whole or _above(evidence, known[0][1], by)
    lacking = [c for c, o in parts(evidence, stand_in, by) if o is None]
    inputs = tuple(o for _, o in known)
    figures = {
        "count": computed(evidence, "count_missing", inputs, Decimal(len(lacking)), "count", unit="", decimals=0),
        **_counted(evidence, inputs, total),
    }
    named = tuple(Item(by, c) for c in lacking) if len(lacking) <= 2 * evidence.thresholds.named_places else ()
    outcome = "one" if len(lacking) == 1 else "several"
    return Statement("partial", outcome, about(stand_in), figures, {"when": period}, {"places": named})


def contribution(evidence: Evidence, indicator: str, by: str, where: Where, at: str = "", since: str = "") -> Statement | None:
    """The part that moved the total most, with its share of the change when all parts moved the same way."""
    found = pair(evidence, indicator, where, at, since)
    if found is None or evidence.indicator(indicator).kind not in (Kind.COUNT, Kind.AMOUNT) or broken(evidence, *found):
        return None
    old, new = found
    percent = growth(evidence, old, new)
    if percent is None or abs(percent) < exact(evidence.thresholds.stable_percent):
        return None
    assert old.value is not None
    assert new.value is not None
    moved = exact(new.value) - exact(old.value)
    steps: list[tuple[Decimal, str, Observation, Observation]] = []
    for code, now in parts(evidence, new, by):
        before = observed(evidence, indicator, old.period, {**old.coordinates, by: code})
        if now is None or before is None or now.value is None or before.value is None or broken(evidence, before, now):
            return None
        steps.append((exact(now.value) - exact(before.value), code, before, now))
    if len(steps) < 2 or abs(sum(s[0] for s in steps) - moved) * HUNDRED > abs(moved) * exact(evidence.thresholds.sum_change):
        return None
    sign = 1 if moved > 0 else -1
    size, code, before, now = max(steps, key=lambda s: sign * s[0])
    if size * sign <= 0:
        return None
    inputs = (before, now, old, new)
    periods = {"since": old.period, "when": new.period}
    way = "up" if sign > 0 else "down"
    note = note_of(inputs)
    item = {"part": (Item(by, code),)}
    if all(s[0] * sign >= 0 for s in steps):
        figure = computed(evidence, "share_of_change", inputs, HUNDRED * size / moved, "percent", unit="PT", decimals=1)
        rivals = sum(1 for s in steps if _round(HUNDRED * s[0] / moved) == figure.displayed)
        if rivals > 1:
            return None
        return Statement(
            "contribution", f"share_{way}", about(new), {"share": figure}, periods, item, choices={"by": by}, note=note
        )
    points = computed(
        evidence, "points_of_growth", inputs, HUNDRED * size / exact(old.value), "points", unit="PP", decimals=1, magnitude=True
    )
    figures = {"share": points, "growth": percent_of(evidence, "growth", (old, new), percent)}
    return Statement("contribution", f"points_{way}", about(new), figures, periods, item, choices={"by": by}, note=note)


def _round(value: Decimal) -> Decimal:
    from bulletin.compose.claims.statement import displayed

    return displayed(value, 0, 1)
