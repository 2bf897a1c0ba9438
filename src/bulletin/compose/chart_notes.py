"""What a chart says below itself: mixed periods, boundaries, what is provisional or estimated, remarks of the sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bulletin.compose.context import Context
from bulletin.compose.exhibits import Footnotes, note_lines
from bulletin.compose.maps import MAPS, map_notes, unsure_places
from bulletin.compose.printing import status_keys
from bulletin.document.blocks import Note
from bulletin.document.chart import Chart
from bulletin.model.codes import ObsStatus
from bulletin.model.dataset import Observation
from bulletin.model.outline import ChartSpec
from bulletin.model.period import Period

WITH_INTERVALS = {"line", "dots", "bar"}
"""Kinds that draw the intervals that a source gives for its estimates."""
Grid = list[list[Observation | None]]
"""One row per series, one column per category."""


def is_unsure(obs: Observation) -> bool:
    return ObsStatus.PROVISIONAL in obs.statuses or ObsStatus.FORECAST in obs.statuses


def notes_of(
    context: Context, spec: ChartSpec, chart: Chart, mixed: str, meanings: tuple[str, ...], grid: Grid
) -> tuple[Note, ...]:
    valued = [o for row in grid for o in row if o is not None and o.value is not None]
    general = [context.said(n) for n in spec.notes]
    if mixed:
        general.append(mixed)
    if chart.kind in MAPS:
        general += map_notes(context, spec, chart, valued)
    unsure = [o for o in valued if is_unsure(o)]
    if unsure:
        named = unsure_places(context, chart) if chart.kind in MAPS and len(unsure) < len(valued) else ""
        general.append(named or context.word("all_unsure" if len(unsure) == len(valued) else "some_unsure"))
    if any(p.low is not None for s in chart.series for p in s.points) and chart.kind in WITH_INTERVALS:
        general.append(context.word("intervals_note"))
    general += _qualified(context, valued)
    general += _remarks(context, [s.label for s in chart.series], grid)[:_MOST_REMARKS]
    return note_lines(context, spec.chart, general, Footnotes(context, spec.chart), meanings, valued)


def _qualified(context: Context, valued: list[Observation]) -> list[str]:
    """What statuses say that no mark of a chart shows."""
    keys = [set(status_keys(o)) - {"provisional", "forecast", "break"} for o in valued]
    notes = []
    estimated = sum("estimated" in k for k in keys)
    if estimated:
        notes.append(context.word("all_estimated" if estimated == len(valued) else "some_estimated"))
    others = dict.fromkeys(name for k in keys for name in sorted(k - {"estimated"}))
    if others:
        names = [context.locale.sign_names[name] for name in others]
        notes.append(context.word("some_qualified").format(list=context.locale.enumerated(names)))
    return notes


_MOST_REMARKS = 4
"""Below a chart; the table has them all."""


def _remarks(context: Context, labels: Sequence[str], grid: Grid) -> list[str]:
    """Remarks of the sources, each once, with the series and the periods it is about unless it is about all of them."""
    about: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    every: set[str] = set()
    for label, row in zip(labels, grid, strict=True):
        for obs in (o for o in row if o is not None and o.value is not None):
            every.add(obs.period)
            remark = obs.comment.get(context.language, "")
            if remark:
                names, periods = about.setdefault(remark[0].upper() + remark[1:].rstrip(".") + ".", ({}, {}))
                names[label], periods[obs.period] = None, None
    said = []
    for remark, (names, periods) in about.items():
        whose = list(names) if len(names) < len(labels) and all(names) else []
        when = _short(context, periods) if set(periods) != every else []
        head = ", ".join(context.locale.enumerated(words) for words in (whose, when) if words)
        lower = remark if remark[1:2].isupper() else remark[0].lower() + remark[1:]
        said.append(context.headed(head, lower) if head else remark)
    return said


def _short(context: Context, periods: Iterable[str]) -> list[str]:
    """Three years or more in a row as a range."""
    found = sorted(Period.parse(p) for p in periods)
    runs: list[list[Period]] = []
    for period in found:
        follows = runs and period.months == 12 == runs[-1][-1].months and period.year == runs[-1][-1].year + 1
        if follows:
            runs[-1].append(period)
        else:
            runs.append([period])
    named: list[str] = []
    for run in runs:
        words = [context.locale.period_short(p) for p in run]
        named += [f"{words[0]}–{words[-1]}"] if len(run) > 2 else words
    return named
