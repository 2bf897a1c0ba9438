"""Key figures: one number with its period, change and sparkline."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal as OneOf

from bulletin.compose.alternatives import sparkline_text
from bulletin.compose.axes import latest
from bulletin.compose.changes import change_between
from bulletin.compose.claims.series import earlier
from bulletin.compose.claims.statement import displayed, exact
from bulletin.compose.context import Context
from bulletin.compose.labels import unit_words
from bulletin.compose.printing import rounded, signs_text, status_keys
from bulletin.document.blocks import KeyFigure
from bulletin.document.chart import Category, Chart, Point, Series
from bulletin.document.inline import Inlines, Literal, Number, Text, plain
from bulletin.model.codes import TOTAL, ObsStatus
from bulletin.model.dataset import Observation
from bulletin.model.fact import Claim
from bulletin.model.indicator import Indicator, Kind, TimeBasis
from bulletin.model.outline import FigureSpec
from bulletin.model.outlined import Point as Place
from bulletin.model.outlined import start
from bulletin.model.period import Period
from bulletin.model.signs import sign_of_gap

Direction = OneOf["up", "down", "same", "none"]


def compose_key_figure(context: Context, spec: FigureSpec) -> tuple[KeyFigure, tuple[Observation, ...]] | None:
    """The figure; `..` or another sign when it is known that there is none, and None where nothing is known of it. No change is
    said across a break or from another unit."""
    indicator = context.lookup.catalogue[spec.indicator]
    place = start(spec.indicator, spec.where)
    period = spec.period or place.period or latest(context, [place])
    where = dict(place.where)
    obs = context.lookup.get(spec.indicator, period, where)
    if obs is None:
        return None
    label = context.said(spec.label)
    if obs.value is None:
        meaning = sign_of_gap(obs.statuses, obs.conf)
        context.facts.signed([meaning])
        sign: Inlines = (Text(context.locale.signs[meaning]),)
        return KeyFigure(spec.id, label, sign, "", context.locale.period(Period.parse(period)), (), (), "none", None,
                         "", ""), ()  # fmt: skip
    scale, decimals = _precision(indicator, spec, obs.value)
    value = _number(context, spec.id, obs, scale, decimals, indicator)
    before = _before(context, spec, obs)
    unit = _unit(context, indicator, scale, rounded(obs.value, scale=scale, decimals=decimals))
    change, since, direction = _change(context, spec, indicator, before, obs, scale, decimals)
    spark, no_series = _spark(context, spec, place, obs) if spec.spark else (None, "")
    spoken = _spoken(context, spec, spark, scale, decimals) if spark else ""
    figure = KeyFigure(
        spec.id, label, (*_code(context, indicator), value), unit, _when(context, obs), change, since,
        direction, spark, "" if change else no_series, context.word("illustrative") if obs.illustrative else "",
        spoken,
    )  # fmt: skip
    _state(context, figure, obs, before)
    return figure, (obs,)


def _state(context: Context, figure: KeyFigure, obs: Observation, before: Observation | None) -> None:
    """A key figure says how large something is and, where it is compared, which way it went."""
    numbers = [n for content in (figure.value, figure.change, figure.since) for n in content if isinstance(n, Number)]
    named = {k: v for k, v in obs.coordinates.items() if v != TOTAL}
    periods = {"when": obs.period, **({"since": before.period} if before and figure.change else {})}
    basis = [o for o in (before if figure.change else None, obs) if o is not None and o.value is not None]
    sentence = " ".join(
        plain(c) for c in ((Text(figure.label),), figure.value, (Text(figure.unit),), figure.change, figure.since) if c
    )
    claim = Claim(
        f"{figure.id}#1", "key_figure", figure.direction, {"indicator": obs.indicator, **named, **periods},
        tuple(dict.fromkeys(n.fact for n in numbers)), basis=tuple((o.key, o.value) for o in basis if o.value is not None),
        thresholds={"least_base": context.evidence.thresholds.least_base}, sentence=" ".join(sentence.split()),
    )  # fmt: skip
    context.facts.claim(context.language, claim)


def _precision(indicator: Indicator, spec: FigureSpec, value: float) -> tuple[int, int]:
    """Large money in thousands of millions, large counts in millions; otherwise in full."""
    size = abs(value)
    scale = spec.scale
    if scale is None:
        scale = 0
        if indicator.kind is Kind.AMOUNT:
            scale = 9 if size >= 1e9 else 6 if size >= 1e6 else 0
        elif indicator.kind is Kind.COUNT:
            scale = 6 if size >= 1e6 else 0
    if spec.decimals is not None:
        in_full = indicator.kind is Kind.COUNT and not scale
        return scale, indicator.decimals if in_full else spec.decimals
    if indicator.kind in (Kind.AMOUNT, Kind.COUNT):
        few = scale and size / 10**scale < 20
        # As in running text, a count of just two million has no decimal.
        whole = indicator.kind is Kind.COUNT and rounded(size, scale=scale, decimals=1) % 1 == 0
        return scale, 1 if few and not whole else 0
    return scale, indicator.decimals


def _number(context: Context, block: str, obs: Observation, scale: int, decimals: int, indicator: Indicator) -> Number:
    text = context.locale.number(exact(obs.value or 0.0).scaleb(-scale), decimals)
    if indicator.unit == "PT":
        text = context.locale.percent.format(n=text)
    fact = context.facts.observation(obs)
    context.facts.printed(fact, context.language, text, block)
    return Number(text, fact.id)


def _when(context: Context, obs: Observation) -> str:
    """The period with the status signs of the figure: `2024 (p)`."""
    signs = signs_text(context, status_keys(obs))
    context.facts.signed(status_keys(obs))
    return context.locale.period(Period.parse(obs.period)) + (f"\u00a0{signs}" if signs else "")


def _code(context: Context, indicator: Indicator) -> Inlines:
    """The currency where the language sets it before the figure: `MZN 74 billion`."""
    before = indicator.unit == "XDC" and "{code}" in context.word("money")
    return (Text(f"{context.lookup.country.currency.code}\u00a0"),) if before else ()


def _unit(context: Context, indicator: Indicator, scale: int, shown: Decimal) -> str:
    """What follows the figure, its scale word in the number of the figure: `1,2 milhões`, `1,2 million`."""
    if indicator.unit == "PT" or (indicator.kind is Kind.COUNT and not scale):
        return ""
    if indicator.kind is Kind.COUNT or _code(context, indicator):
        return context.locale.scales[scale][0 if context.locale.is_one(shown) else 1] if scale else ""
    said = unit_words(context, indicator, scale)
    one, many = context.locale.scales.get(scale, ("", ""))
    return said.replace(many, one, 1) if scale and context.locale.is_one(shown) else said


def _before(context: Context, spec: FigureSpec, obs: Observation) -> Observation | None:
    if spec.since == "none":
        return None
    return earlier(context.evidence, obs, spec.since)


def _change(
    context: Context,
    spec: FigureSpec,
    indicator: Indicator,
    before: Observation | None,
    obs: Observation,
    scale: int,
    decimals: int,
) -> tuple[Inlines, Inlines, Direction]:
    """None between an illustrative and a published figure, nor where a change has no meaning."""
    if before is None or before.illustrative != obs.illustrative:
        return (), (), "none"
    change = change_between(context, before, obs)
    if change is None:
        return (), (), "none"
    in_points = change.in_points
    shown = displayed(change.size, 0, decimals if in_points else 1)
    if not shown:
        text = context.word("unchanged")
    elif in_points:
        text = context.locale.number(shown, decimals) + f"\u00a0{context.word('pp')}"
    else:
        text = context.locale.percent.format(n=context.locale.number(shown, 1))
    if shown > 0:
        text = "+" + text
    context.facts.printed(change.fact, context.language, text, spec.id)
    direction: Direction = "up" if shown > 0 else "down" if shown < 0 else "same"
    part = Period.parse(before.period).months in (3, 6)
    head, _, tail = context.word("compared_with_part" if part else "compared_with").partition("{since}")
    when = Literal(context.locale.period(Period.parse(before.period)), "period")
    now, then = (rounded(o.value or 0.0, scale=scale, decimals=decimals) for o in (obs, before))
    if in_points and now - then != shown:
        # The figure before is left out where the reader would miss the printed difference between the two.
        return (Number(text, change.fact.id),), (Text(head), when, *((Text(tail),) if tail else ())), direction
    base = _number(context, spec.id, before, scale, decimals, indicator)
    return (Number(text, change.fact.id),), (Text(head), when, Text(f"{tail} ("), base, Text(")")), direction


def _spark(context: Context, spec: FigureSpec, place: Place, obs: Observation) -> tuple[Chart | None, str]:
    where = dict(place.where)
    last = context.project.edition.years.last
    periods = [p for p in context.lookup.periods(spec.indicator, where) if Period.parse(p).year <= last]
    if context.lookup.catalogue[spec.indicator].time_basis is TimeBasis.FLOW:
        now = Period.parse(obs.period)
        periods = [p for p in periods if (Period.parse(p).months, Period.parse(p).month) == (now.months, now.month)]
    found = [o for p in periods if (o := context.lookup.get(spec.indicator, p, where)) and o.value is not None]
    if not obs.illustrative:
        invented = [n for n, o in enumerate(found) if o.illustrative]
        found = found[invented[-1] + 1 :] if invented else found
    if len(found) < 3 or any(ObsStatus.BREAK in o.statuses for o in found[1:]):
        return None, context.word("no_series")
    years = [str(Period.parse(o.period).year) for o in found]
    categories = tuple(Category(o.period, year, Period.parse(o.period).position) for o, year in zip(found, years, strict=True))
    points = tuple(Point(o.value, "", o.key) for o in found)
    for o in found:
        context.facts.drawn(context.facts.observation(o), spec.id)
    return Chart(f"spark.{spec.id}", "spark", categories, (Series(spec.id, "", points),), width=52.67, height=14), ""


def _spoken(context: Context, spec: FigureSpec, spark: Chart, scale: int, decimals: int) -> str:
    """From which figure to which the line goes, at the precision of the key figure."""
    series = spark.series[0]
    facts = [context.facts.get(p.fact) for p in series.points]
    texts = [context.locale.number(exact(f.value or 0.0).scaleb(-scale), decimals) for f in facts]
    for n in (0, -1):
        context.facts.printed(facts[n], context.language, texts[n], spec.id)
    points = tuple(replace(p, text=text) for p, text in zip(series.points, texts, strict=True))
    unit = unit_words(context, context.lookup.catalogue[spec.indicator], scale)
    return sparkline_text(context, replace(spark, series=(replace(series, points=points),)), context.said(spec.label), unit)
