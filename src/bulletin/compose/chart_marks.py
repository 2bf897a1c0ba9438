"""What stands behind and beside the values of a chart: ticks, bands of breaks, lines to compare with, classes of a map."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from bulletin.compose.axes import find, latest
from bulletin.compose.chart_notes import Grid
from bulletin.compose.claims.series import broken
from bulletin.compose.context import Context
from bulletin.compose.printing import print_number
from bulletin.compose.scales import nice_ticks
from bulletin.document.chart import BreakBand, ReferenceLine, Series, Tick
from bulletin.model.dataset import Observation
from bulletin.model.outline import ChartSpec
from bulletin.model.outlined import Point as Place
from bulletin.model.outlined import start
from bulletin.model.period import Period

Axis = list[tuple[str, Place, str]]
"""Code, what it fixes, printed label."""


def ticks_of(context: Context, kind: str, series: tuple[Series, ...], references: tuple[ReferenceLine, ...]) -> tuple[Tick, ...]:
    if kind == "stacked":
        totals = [[s.points[j].value or 0 for s in series] for j in range(len(series[0].points))]
        values = [sum(column) for column in totals]
    else:
        values = [v for s in series for p in s.points if p.value is not None for v in (p.value, p.low, p.high) if v is not None]
    values += [r.value for r in references]
    return tuple(
        Tick(value, context.locale.number(value, decimals, table=True))
        for value, decimals in nice_ticks(min(values), max(values))
    )


def breaks_of(context: Context, columns: Axis, grid: Grid) -> tuple[BreakBand, ...]:
    """A band between two neighbouring figures of a series over time between which it breaks."""
    positions = [Period.parse(p.period).position if p.period else float(j) for j, (_, p, _) in enumerate(columns)]
    evidence = context.evidence
    found: dict[tuple[int, int], None] = {}
    for row in grid:
        valued = [(j, o) for j, o in enumerate(row) if o is not None and o.value is not None]
        for (before, old), (after, new) in pairwise(valued):
            same = (old.indicator, old.coordinates) == (new.indicator, new.coordinates)
            if same and Period.parse(old.period) < Period.parse(new.period) and broken(evidence, old, new):
                found[before, after] = None
    label = context.word("break_in_series")
    return tuple(
        BreakBand(positions[i] + gap * 0.3, positions[j] - gap * 0.3, label)
        for i, j in sorted(found)
        for gap in [positions[j] - positions[i]]
    )


def references_of(
    context: Context, spec: ChartSpec, base: Place, valued: list[Observation], scale: int, decimals: int
) -> tuple[ReferenceLine, ...]:
    """Of the period of the chart; another one is named."""
    lines = []
    shown = {o.period for o in valued}
    for ref in spec.references:
        place = base.meet(start(ref.indicator, ref.where))
        period = ref.period or place.period or (next(iter(shown)) if len(shown) == 1 else latest(context, [place]))
        obs = find(context, replace(place, period=period))
        if obs is None or obs.value is None:
            continue
        when = "" if shown == {obs.period} else f" ({context.locale.period_short(Period.parse(obs.period))})"
        fact = context.facts.observation(obs)
        text = print_number(context, obs.value, scale=scale, decimals=decimals)
        context.facts.printed(fact, context.language, text, spec.chart)
        lines.append(ReferenceLine(obs.value / 10**scale, f"{context.said(ref.label)}{when}\u00a0{text}", fact.id))
    return tuple(lines)
