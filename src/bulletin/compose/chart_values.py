"""Tables of the values of charts that no other table of the edition prints in full, so that every reader can get at each figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from bulletin.compose.chart_grid import Plot, plot, shows_shares, unit_of
from bulletin.compose.context import Context, with_literals
from bulletin.compose.exhibits import Footnotes, note_lines
from bulletin.compose.labels import axis_name, is_total, period_range, place_name
from bulletin.compose.printing import after_figure, has_interval, print_value, signs_text
from bulletin.compose.scales import chart_scale
from bulletin.document.alternatives import facts_of_figure, facts_of_table
from bulletin.document.blocks import Cell, Column, Figure, Note, Row, Table
from bulletin.document.chart import Point
from bulletin.document.inline import Reference, Text
from bulletin.document.tree import Section, walk
from bulletin.model.dataset import Observation
from bulletin.model.outline import ChartSpec
from bulletin.model.signs import signs_after

CHART_VALUES = "chart_values"
"""The list of these tables in an outline."""
_VALUE = "value"
"""Key of the one series of a chart."""
_MOST_COLUMNS = 10
"""So many periods stand side by side; more stand one below the other."""


def chart_values(context: Context, chapters: tuple[Section, ...]) -> tuple[Table, ...]:
    """One for each chart of the chapters whose figures no single table of them holds, in print order."""
    printed = [facts_of_table(b) for b in walk(chapters) if isinstance(b, Table)]
    specs = {spec.chart: spec for spec in context.project.outline.charts}
    found = []
    for figure in (b for b in walk(chapters) if isinstance(b, Figure)):
        own = facts_of_figure(figure)
        if own and figure.id in specs and not any(own <= facts for facts in printed):
            found.append(_table(context, specs[figure.id], figure))
    return tuple(found)


def _table(context: Context, spec: ChartSpec, figure: Figure) -> Table:
    """Series over few periods stand in rows with the periods side by side; otherwise each category has its row."""
    plotted = plot(context, spec)
    name = f"{spec.chart}_values"
    over_time = all(c.position is not None for c in figure.chart.categories)
    across = over_time and len(plotted.columns) <= _MOST_COLUMNS
    meanings: dict[str, None] = {}
    footnotes = Footnotes(context, name)
    cells = _cells(context, spec, figure, plotted, name, meanings, footnotes)
    value = context.word("value")
    series = [(code, label or value) for code, _, label in plotted.rows]
    series = [(_VALUE, value)] if len(series) == 1 else series
    categories = [(code, label) for code, _, label in plotted.columns]
    lines, heads = (series, categories) if across else (categories, series)
    grid = cells if across else [list(column) for column in zip(*cells, strict=True)]
    label, span = context.said(spec.title), period_range(context, [o.period for o in plotted.valued])
    of_rows, of_columns = _axis_names(context, spec, over_time=over_time)
    if across:
        of_rows, of_columns = of_columns or of_rows, of_rows
        of_rows = of_rows[:1].upper() + of_rows[1:]
    return Table(
        id=name,
        title=with_literals(", ".join(p for p in (label, context.said(spec.population), span) if p)),
        headnote=with_literals(f"{place_name(context)} ({unit_of(context, spec, plotted.valued)})"),
        stubhead=with_literals(of_rows),
        columns=tuple(Column(code, with_literals(words)) for code, words in heads),
        spanners=(),
        rows=tuple(
            Row(f"0.{code}", with_literals(words), tuple(row), "total" if _is_total(context, spec, code) else "normal")
            for (code, words), row in zip(lines, grid, strict=True)
        ),
        notes=_notes(context, spec, name, figure, footnotes, tuple(meanings), plotted.valued),
        illustrative=figure.illustrative,
        summary=context.word("table_summary").format(title=label, rows=of_rows.lower(), columns=(of_columns or value).lower()),
    )


def _cells(
    context: Context,
    spec: ChartSpec,
    figure: Figure,
    plotted: Plot,
    name: str,
    meanings: dict[str, None],
    footnotes: Footnotes,
) -> list[list[Cell]]:
    """By series and category; a share of a sum is a figure of the chart's own."""
    scale, decimals = chart_scale(context, spec, plotted.valued)
    if shows_shares(spec, plotted.valued):
        return [[_share(context, name, p, meanings) for p in series.points] for series in figure.chart.series]
    found = []
    for row in plotted.grid:
        cells = []
        for obs in row:
            printed = print_value(context, obs, name, scale=scale, decimals=decimals)
            meanings.update(dict.fromkeys(printed.meanings))
            kind: Literal["missing", "number"] = "missing" if printed.missing else "number"
            after = after_figure(context, obs, printed.statuses, scale=scale, decimals=decimals)
            marks = footnotes.for_value(obs, scale=scale, decimals=decimals, others=False)
            cells.append(Cell(printed.text, printed.fact, kind, after, marks))
        found.append(cells)
    return found


def _share(context: Context, name: str, point: Point, meanings: dict[str, None]) -> Cell:
    if point.value is None:
        meanings["missing"] = None
        return Cell(point.text, "", "missing")
    if not point.value:
        meanings["zero"] = None
    elif not any(c in point.text for c in "123456789"):
        meanings["below_half"] = None
    statuses = signs_after(context.facts.get(point.fact).statuses, missing=False)
    meanings.update(dict.fromkeys(statuses))
    context.facts.printed(context.facts.get(point.fact), context.language, point.text, name)
    return Cell(point.text, point.fact, "number", signs_text(context, statuses))


def _notes(
    context: Context,
    spec: ChartSpec,
    name: str,
    figure: Figure,
    footnotes: Footnotes,
    meanings: tuple[str, ...],
    valued: Sequence[Observation],
) -> tuple[Note, ...]:
    """First of which chart these are the values."""
    head, _, tail = context.word("values_of_chart").partition("{chart}")
    general = [context.word("intervals_in_table")] if has_interval(valued) and not shows_shares(spec, valued) else []
    notes = note_lines(context, name, general, footnotes, meanings, valued)
    several = bool(notes) and notes[0].label in (context.word("note"), context.word("notes"))
    first = Note(f"{name}.chart", context.word("notes" if several else "note"), (Text(head), Reference(figure.id), Text(tail)))
    return (first, *((replace(notes[0], label=""), *notes[1:]) if several else notes))


def _axis_names(context: Context, spec: ChartSpec, *, over_time: bool) -> tuple[str, str]:
    """Of categories, and of series where there are several."""
    level = spec.categories
    first = context.word("period") if over_time or level is None else axis_name(context, level)
    return first[:1].upper() + first[1:], axis_name(context, spec.series) if spec.series else ""


def _is_total(context: Context, spec: ChartSpec, code: str) -> bool:
    return any(is_total(context, level.by, code) for level in (spec.categories, spec.series) if level and level.by != "period")
