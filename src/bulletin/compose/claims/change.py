"""Claims about one series over time: level, change, span, streak, record, nominal and real change."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bulletin.compose.claims.series import Where, broken, earlier, newest, observed, run, since_break
from bulletin.compose.claims.statement import Evidence, Figure, Statement, about, computed, exact, figure_of, note_of, rounding
from bulletin.model.codes import ObsStatus
from bulletin.model.indicator import Kind, TimeBasis
from bulletin.model.period import Period

if TYPE_CHECKING:
    from bulletin.model.dataset import Observation

HUNDRED = Decimal(100)


def level(evidence: Evidence, indicator: str, where: Where, at: str = "") -> Statement | None:
    obs = newest(evidence, indicator, where, at)
    if obs is None:
        return None
    found = evidence.indicator(indicator)
    assert obs.value is not None
    if found.kind not in (Kind.COUNT, Kind.AMOUNT):
        outcome = "rate"
    elif found.time_basis in (TimeBasis.STOCK, TimeBasis.CUMULATIVE):
        outcome = "stock"
    else:
        outcome = "money" if found.kind is Kind.AMOUNT and found.time_basis is TimeBasis.FLOW and obs.value > 0 else "flow"
    return Statement("level", outcome, about(obs), {"value": figure_of(evidence, obs)}, {"when": obs.period})


def pair(evidence: Evidence, indicator: str, where: Where, at: str, since: str) -> tuple[Observation, Observation] | None:
    new = newest(evidence, indicator, where, at)
    old = earlier(evidence, new, since) if new else None
    return (old, new) if old and new else None


def growth(evidence: Evidence, old: Observation, new: Observation) -> Decimal | None:
    """Per cent; None where a percentage has no meaning: base not positive or tiny, sign changed, a value that prints as zero."""
    assert old.value is not None
    assert new.value is not None
    least = evidence.thresholds.least_base if evidence.indicator(new.indicator).kind is Kind.COUNT else 0
    if old.value <= 0 or old.value < least or new.value <= 0 or old.unit != new.unit:
        return None
    if not figure_of(evidence, old).displayed or not figure_of(evidence, new).displayed:
        return None
    return HUNDRED * (exact(new.value) / exact(old.value) - 1)


def apart(evidence: Evidence, old: Observation, new: Observation) -> tuple[Figure, Figure]:
    """Both values, with one decimal more when they would otherwise look equal."""
    first, second = figure_of(evidence, old), figure_of(evidence, new)
    if old.value != new.value and same(first, second) and first.scale:
        first, second = figure_of(evidence, old, 1), figure_of(evidence, new, 1)
    return first, second


def same(first: Figure, second: Figure) -> bool:
    """Equal as printed."""
    return first.displayed.scaleb(first.scale) == second.displayed.scaleb(second.scale)


def change(evidence: Evidence, indicator: str, where: Where, at: str = "", since: str = "") -> Statement | None:
    found = pair(evidence, indicator, where, at, since)
    if found is None:
        return None
    old, new = found
    assert old.value is not None
    assert new.value is not None
    first, second = apart(evidence, old, new)
    figures = {"old": first, "new": second}
    periods = {"when": new.period, "since": old.period}
    at_break = broken(evidence, old, new)
    if at_break:
        periods["changed"] = at_break
        return Statement("change", "break", about(new), {"new": second}, periods)
    limits = evidence.thresholds
    up = new.value > old.value
    if ObsStatus.NOT_SIGNIFICANT in new.statuses:
        return Statement("change", "insignificant", about(new), figures, periods)
    if same(first, second):
        return Statement("change", "unchanged", about(new), {"new": second}, periods)
    kind = evidence.indicator(indicator).kind
    if kind is Kind.RATE:
        points = exact(new.value) - exact(old.value)
        figures["delta"] = points_of(evidence, (old, new), points)
        if not figures["delta"].displayed:
            return Statement("change", "unchanged" if same(first, second) else "stable", about(new), {"new": second}, periods)
        outcome = "stable" if abs(points) < exact(limits.stable_points) else "points_up" if up else "points_down"
        choices = {"rounding": rounding(second, first, figures["delta"])}
        return Statement("change", outcome, about(new), figures, periods, choices=choices)
    percent = growth(evidence, old, new)
    if percent is None:
        return Statement("change", "moved", about(new), figures, periods)
    if abs(percent) < exact(limits.stable_percent):
        return Statement("change", "stable", about(new), {"new": second}, periods)
    if kind is Kind.RATIO:
        return Statement("change", "ratio_up" if up else "ratio_down", about(new), figures, periods)
    for outcome, anchor, (low, high) in (("doubled", 100, limits.doubled), ("tripled", 200, limits.tripled)):
        if low <= percent <= high:
            return Statement("change", outcome, about(new), figures, periods, choices={"hedge": _hedge(percent, anchor)})
    if percent > exact(limits.plain_change):
        times = exact(new.value) / exact(old.value)
        figures["delta"] = computed(
            evidence, "multiple", (old, new), times, "times", unit="RATIO", decimals=1 if times < 10 else 0
        )
        return Statement("change", "multiplied", about(new), figures, periods)
    figures["delta"] = percent_of(evidence, "growth", (old, new), percent)
    return Statement("change", "up" if up else "down", about(new), figures, periods)


def _hedge(percent: Decimal, anchor: int) -> str:
    if abs(percent - anchor) < Decimal("0.5"):
        return ""
    return "nearly" if percent < anchor else "more"


def points_of(evidence: Evidence, inputs: tuple[Observation, ...], points: Decimal, operation: str = "points") -> Figure:
    decimals = max(1, evidence.indicator(inputs[-1].indicator).decimals)
    return computed(evidence, operation, inputs, points, "points", unit="PP", decimals=decimals, magnitude=True)


def percent_of(evidence: Evidence, operation: str, inputs: tuple[Observation, ...], percent: Decimal) -> Figure:
    return computed(evidence, operation, inputs, percent, "percent", unit="PT", decimals=1, magnitude=True)


def span(evidence: Evidence, indicator: str, where: Where, at: str = "", since: str = "") -> Statement | None:
    new = newest(evidence, indicator, where, at)
    if new is None:
        return None
    if since:
        old = observed(evidence, indicator, since, new.coordinates)
        if old is None or broken(evidence, old, new):
            return None
    else:
        first = str(evidence.lookup.edition.years.first)
        series = since_break(evidence, run(evidence, new, first))
        if not series:
            return None
        old = series[0]
    assert old.value is not None
    assert new.value is not None
    begin, end = Period.parse(old.period), Period.parse(new.period)
    years = end.year - begin.year
    if years < evidence.thresholds.span_years or begin.month != end.month or begin.months != end.months:
        return None
    first_figure, second_figure = apart(evidence, old, new)
    figures = {"old": first_figure, "new": second_figure}
    periods = {"since": old.period, "when": new.period}
    if evidence.indicator(indicator).kind is Kind.RATE:
        delta = points_of(evidence, (old, new), (exact(new.value) - exact(old.value)) / years, "yearly_points")
        outcome = "points_up" if new.value > old.value else "points_down"
    else:
        if growth(evidence, old, new) is None:
            return None
        yearly = HUNDRED * ((exact(new.value) / exact(old.value)) ** (Decimal(1) / years) - 1)
        delta = percent_of(evidence, "yearly_growth", (old, new), yearly)
        outcome = "up" if new.value > old.value else "down"
    if not delta.displayed:
        return Statement("span", "stable", about(new), figures, periods)
    figures["delta"] = delta
    return Statement("span", outcome, about(new), figures, periods)


def _moves(evidence: Evidence, series: tuple[Observation, ...]) -> list[int]:
    """+1, 0, −1 per step of consecutive years, newest first; ends at a gap, a break or a tiny base."""
    found = []
    for old, new in zip(reversed(series[:-1]), reversed(series[1:]), strict=True):
        assert old.value is not None
        assert new.value is not None
        if Period.parse(new.period).year - Period.parse(old.period).year != 1 or broken(evidence, old, new):
            break
        if evidence.indicator(new.indicator).kind is Kind.RATE:
            size, limit = exact(new.value) - exact(old.value), exact(evidence.thresholds.stable_points)
        else:
            percent = growth(evidence, old, new)
            if percent is None:
                break
            size, limit = percent, exact(evidence.thresholds.stable_percent)
        found.append(0 if abs(size) < limit else 1 if size > 0 else -1)
    return found


def streak(evidence: Evidence, indicator: str, where: Where, at: str = "") -> Statement | None:
    new = newest(evidence, indicator, where, at)
    if new is None or Period.parse(new.period).months != 12:
        return None
    series = run(evidence, new)
    moves = _moves(evidence, series)
    if not moves or not moves[0]:
        return None
    same_way = _leading(moves)
    least = evidence.thresholds.streak
    periods = {"when": new.period}
    if same_way >= least:
        inputs = series[-same_way - 1 :]
        count = computed(evidence, "streak", inputs, Decimal(same_way), "ordinal", unit="", decimals=0)
        figures = {"value": figure_of(evidence, new), "count": count}
        return Statement("streak", "up" if moves[0] > 0 else "down", about(new), figures, periods)
    before = _leading(moves[1:]) if len(moves) > 1 and moves[1] == -moves[0] else 0
    if before >= least:
        inputs = series[-before - 2 : -1]
        count = computed(evidence, "streak", inputs, Decimal(before), "count", unit="", decimals=0)
        figures = {"value": figure_of(evidence, new), "count": count}
        return Statement("streak", "ended_up" if moves[0] > 0 else "ended_down", about(new), figures, periods)
    return None


def _leading(moves: list[int]) -> int:
    return next((i for i, m in enumerate(moves) if m != moves[0]), len(moves)) if moves else 0


def record(evidence: Evidence, indicator: str, where: Where, at: str = "") -> Statement | None:
    new = newest(evidence, indicator, where, at)
    if new is None:
        return None
    series = run(evidence, new)
    if len(series) < evidence.thresholds.record_points or broken(evidence, series[0], new):
        return None
    shown = [figure_of(evidence, o) for o in series]
    values = [f.displayed.scaleb(f.scale) for f in shown]
    if values[-1] > max(values[:-1]):
        outcome = "highest"
    elif values[-1] < min(values[:-1]):
        outcome = "lowest"
    else:
        return None
    periods = {"when": new.period, "since": series[0].period}
    return Statement("record", outcome, about(new), {"value": shown[-1]}, periods)


def real_change(evidence: Evidence, nominal: str, deflator: str, where: Where, at: str = "", since: str = "") -> Statement | None:
    """The deflator is a price index, or the yearly inflation rate for every year between."""
    found = pair(evidence, nominal, where, at, since)
    if found is None or broken(evidence, *found):
        return None
    old, new = found
    percent = growth(evidence, old, new)
    prices = _prices(evidence, deflator, old.period, new.period)
    if percent is None or prices is None:
        return None
    assert new.value is not None
    assert old.value is not None
    rise, used = prices
    real = HUNDRED * (exact(new.value) / exact(old.value) / rise - 1)
    inputs = (old, new, *used)
    figures = {
        "nominal": percent_of(evidence, "growth", (old, new), percent),
        "real": percent_of(evidence, "real_growth", inputs, real),
    }
    limit = exact(evidence.thresholds.stable_percent)

    def way(size: Decimal) -> str:
        return "stable" if abs(size) < limit else "up" if size > 0 else "down"

    outcome = f"{way(percent)}_{way(real)}"
    if outcome.startswith("stable"):
        return None
    periods = {"since": old.period, "when": new.period}
    own, prices_note = note_of((old, new)), note_of(used)
    choices = {"prices": prices_note if prices_note != own else ""}
    return Statement("real_change", outcome, about(new), figures, periods, choices=choices, note=own)


def _prices(evidence: Evidence, deflator: str, old: str, new: str) -> tuple[Decimal, tuple[Observation, ...]] | None:
    """Rise of prices as a factor, and the observations it rests on."""
    if evidence.indicator(deflator).kind is Kind.INDEX:
        first, second = observed(evidence, deflator, old, {}), observed(evidence, deflator, new, {})
        if first is None or second is None or not first.value or second.value is None or broken(evidence, first, second):
            return None
        return exact(second.value) / exact(first.value), (first, second)
    rise, used = Decimal(1), []
    begin, end = Period.parse(old), Period.parse(new)
    if begin.months != 12 or end.months != 12:
        return None
    for year in range(begin.year + 1, end.year + 1):
        rate = observed(evidence, deflator, str(year), {})
        if rate is None or rate.value is None:
            return None
        rise *= 1 + exact(rate.value) / HUNDRED
        used.append(rate)
    return rise, tuple(used)
