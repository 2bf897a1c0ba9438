"""A table of the outline filled with observations: head, stub, cells, notes, signs and sources."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from bulletin.compose.changes import change_between
from bulletin.compose.claims.series import broken
from bulletin.compose.context import Context, with_literals
from bulletin.compose.exhibits import Footnotes, note_lines
from bulletin.compose.heads import CHANGE, gathered, without_single_spanner
from bulletin.compose.labels import axis_name, is_total, level_label, period_range, place_name, unit_words
from bulletin.compose.printing import Printed, after_figure, has_interval, print_value, signs_text
from bulletin.compose.table_frame import Leaf, Line, first, frame_of
from bulletin.document.blocks import Cell, Column, Row, Spanner, Table
from bulletin.document.inline import Literal, Text
from bulletin.model.dataset import Observation
from bulletin.model.indicator import Kind
from bulletin.model.outline import TableSpec, TextTableSpec
from bulletin.model.outlined import NEWEST
from bulletin.model.period import Period
from bulletin.model.signs import MEANINGS, sign_of_gap


def compose_table(context: Context, spec: TableSpec) -> tuple[Table, tuple[Observation, ...]]:
    """The table and the observations it prints; an empty tuple means that nothing is known (every cell is `..`)."""
    lines, headings, leaves, grid = frame_of(context, spec)
    footnotes = Footnotes(context, spec.table)
    printed = [
        [
            print_value(context, o, spec.table, scale=s, decimals=d)
            for o, (s, d) in zip(row, [_shape(context, spec, line, leaf) for leaf in leaves], strict=True)
        ]
        for line, row in zip(lines, grid, strict=True)
    ]
    printed = [_signed_breaks(context, leaves, row, cells) for row, cells in zip(grid, printed, strict=True)]
    lifted = [() if leaf.codes[-1] == NEWEST[1] else _lifted([row[j] for row in printed]) for j, leaf in enumerate(leaves)]
    breaks = [_breaks([row[j] for row in printed], _same_row_before(leaves, j)) for j in range(len(leaves))]
    rows: list[Row] = []
    for line, row, cells in zip(lines, grid, printed, strict=True):
        if line.key in headings:
            rows.append(Row(f"{line.key}.head", with_literals(headings[line.key]), (), "block"))
        shown = [
            _period_cell(context, o, p) if leaves[j].codes[-1] == NEWEST[1] else
            Cell(p.text, p.fact, "missing" if p.missing else "number",
                 after_figure(context, o, tuple(s for s in p.statuses if s not in lifted[j]),
                              **_shape(context, spec, line, leaves[j])._asdict()),
                 footnotes.for_value(o, **_shape(context, spec, line, leaves[j])._asdict()))
            for j, (o, p) in enumerate(zip(row, cells, strict=True))
        ]  # fmt: skip
        if spec.changes:
            shown.append(_change(context, spec, line, row, len(_change_kinds(context, lines)) > 1))
        rows.append(Row(line.key, with_literals(line.label), tuple(shown), line.role, footnotes.for_text(line.note)))  # type: ignore[arg-type]
    columns, spanners = _head(context, spec, leaves, lifted, breaks)
    if spec.changes:
        columns = (*columns, Column(CHANGE, (Text(_change_head(context, lines)),), first=True))
    columns, spanners, shown_rows = gathered(columns, spanners, tuple(rows))
    observations = tuple(o for row in grid for o in row if o is not None)
    meanings = tuple(dict.fromkeys(m for row in printed for p in row for m in p.meanings))
    if spec.changes and any(
        c.kind == "missing" and c.text == context.locale.signs["not_applicable"] for r in shown_rows for c in r.cells
    ):
        meanings = (*meanings, "not_applicable")
    valued = [o for o in observations if o.value is not None]
    illustrative = context.word("illustrative") if any(o.illustrative for o in valued) else ""
    title = _title(context, spec, leaves, lines, valued)
    general = [*(context.said(n) for n in spec.notes), *([context.word("intervals_in_table")] if has_interval(valued) else [])]
    if spec.columns[0].by == "period" and not spec.full_title:
        columns, spanners = without_single_spanner(columns, spanners)
    table = Table(
        id=spec.table,
        title=with_literals(title),
        headnote=with_literals(_headnote(context, spec, lines, leaves)),
        stubhead=with_literals(_stubhead(context, spec)),
        columns=columns,
        spanners=spanners,
        rows=shown_rows,
        notes=note_lines(context, spec.table, general, footnotes, meanings, valued),
        illustrative=illustrative,
        summary=_summary(context, spec),
        landscape=spec.landscape,
    )
    return table, observations


def compose_text_table(context: Context, spec: TextTableSpec) -> Table:
    """A table whose cells are words of the configuration."""
    notes = [context.said(n) for n in spec.notes]
    lines = note_lines(
        context, spec.text_table, notes, Footnotes(context, spec.text_table), (), (), source=context.said(spec.source)
    )
    return Table(
        id=spec.text_table,
        title=with_literals(context.said(spec.title)),
        headnote=(),
        stubhead=with_literals(context.said(spec.columns[0])),
        columns=tuple(Column(f"c{i}", with_literals(context.said(c))) for i, c in enumerate(spec.columns[1:], 1)),
        spanners=(),
        rows=tuple(
            Row(f"r{i}", with_literals(context.said(row[0])), tuple(_words(context.said(c)) for c in row[1:]))
            for i, row in enumerate(spec.rows, 1)
        ),
        notes=lines,
        illustrative="",
        summary=context.word("table_summary_words").format(title=context.said(spec.title), columns=len(spec.columns)),
        shares=spec.widths,
        words=True,
    )


def _words(text: str) -> Cell:
    return Cell(text, "", "text", content=with_literals(text))


class _Shape(NamedTuple):
    scale: int
    decimals: int


def _shape(context: Context, spec: TableSpec, line: Line, leaf: Leaf) -> _Shape:
    """Of the row; of the column where that is what names the indicator."""
    indicator = context.lookup.catalogue.get(leaf.point.indicator)
    if line.own or indicator is None:
        return _Shape(line.scale, line.decimals)
    return _Shape(first(spec.scale, indicator.scale), first(spec.decimals, indicator.decimals))


def _period_cell(context: Context, obs: Observation | None, printed: Printed) -> Cell:
    if obs is None or obs.value is None:
        return Cell(printed.text, "", "missing")
    text = context.locale.period_short(Period.parse(obs.period))
    return Cell(text, "", "text", content=(Literal(text, "period"),))


def _lifted(cells: list[Printed]) -> tuple[str, ...]:
    """Status signs that every figure of a column carries stand once, at its head."""
    valued = [set(c.statuses) for c in cells if not c.missing]
    shared = set.intersection(*valued) if len(valued) > 1 else set()
    return tuple(m for m in MEANINGS if m in shared)


def _same_row_before(leaves: list[Leaf], at: int) -> bool:
    return at > 0 and leaves[at].point.period != leaves[at - 1].point.period


def _breaks(column: list[Printed], new_period: bool) -> bool:
    valued = [p for p in column if not p.missing]
    return new_period and len(valued) > 0 and all("break" in p.statuses for p in valued)


def _signed_breaks(context: Context, leaves: list[Leaf], row: list[Observation | None], cells: list[Printed]) -> list[Printed]:
    """A break that lies at a period the table does not show is signed at the next figure of the series that it does show."""
    evidence = context.evidence
    before: dict[tuple[str, ...], Observation] = {}
    found = []
    for leaf, obs, cell in zip(leaves, row, cells, strict=True):
        shown = cell
        if obs is not None and obs.value is not None and leaf.codes[-1] not in NEWEST:
            series = (obs.indicator, *obs.coordinates.values())
            old = before.get(series)
            after = old is not None and Period.parse(old.period) < Period.parse(obs.period)
            if old is not None and after and "break" not in cell.statuses and broken(evidence, old, obs):
                shown = replace(cell, meanings=("break", *cell.meanings), statuses=("break", *cell.statuses))
            before[series] = obs
        found.append(shown)
    return found


def _head(
    context: Context, spec: TableSpec, leaves: list[Leaf], lifted: list[tuple[str, ...]], breaks: list[bool]
) -> tuple[tuple[Column, ...], tuple[tuple[Spanner, ...], ...]]:
    depth = len(spec.columns)
    spanners: list[tuple[Spanner, ...]] = []
    firsts: set[int] = set()
    of_leaf: list[int] = [-1] * len(leaves)
    for outer in range(depth - 1):
        row: list[Spanner] = []
        for _, members in groupby(enumerate(leaves), key=lambda pair, o=outer: pair[1].codes[: o + 1]):  # type: ignore[misc]
            found = list(members)
            start, leaf = found[0]
            firsts.add(start)
            for index, _leaf in found:
                of_leaf[index] = len(row)
            label = with_literals(level_label(context, spec.columns[outer], leaf.codes[outer]))
            row.append(Spanner(label, start, len(found), breaks[start]))
        spanners.append(tuple(row))
    inner = spec.columns[-1]
    columns = tuple(
        Column(
            key="/".join(leaf.codes),
            head=with_literals(level_label(context, inner, leaf.codes[-1], short=depth > 1)),
            spanner=of_leaf[j],
            total=inner.by != "period" and is_total(context, inner.by, leaf.codes[-1]),
            first=j in firsts,
            break_before=breaks[j],
            sign=signs_text(context, lifted[j]),
        )
        for j, leaf in enumerate(leaves)
    )
    return columns, tuple(spanners)


def _change(context: Context, spec: TableSpec, line: Line, row: list[Observation | None], mixed: bool) -> Cell:
    """Change from the last but one to the last column: per cent, or points for rates; none where it has no meaning."""
    signs = context.locale.signs
    before, after = row[-2:] if len(row) > 1 else (None, None)
    if before is None or after is None or before.value is None or after.value is None:
        gaps = [sign_of_gap(o.statuses, o.conf) if o else "missing" for o in (before, after) if o is None or o.value is None]
        return Cell(signs["confidential" if "confidential" in gaps else "missing"], "", "missing")
    change = change_between(context, before, after)
    if change is None:
        return Cell(signs["not_applicable"], "", "missing")
    text = context.locale.number(change.size, line.decimals if change.in_points else 1, table=True)
    if change.in_points and mixed:
        text += f"\u00a0{context.word('pp')}"
    context.facts.printed(change.fact, context.language, text, spec.table)
    return Cell(text, change.fact.id)


def _change_kinds(context: Context, lines: list[Line]) -> set[bool]:
    """Whether changes are in points, in per cent, or both."""
    return {context.lookup.catalogue[line.point.indicator].kind is Kind.RATE for line in lines if line.point.indicator}


def _change_head(context: Context, lines: list[Line]) -> str:
    return context.word("change_points" if _change_kinds(context, lines) == {True} else "change_percent")


def _title(context: Context, spec: TableSpec, leaves: list[Leaf], lines: list[Line], valued: list[Observation]) -> str:
    title = context.said(spec.title)
    if spec.full_title:
        return title
    shown = [leaf.point.period or line.point.period for leaf in leaves for line in lines[:1]]
    span = period_range(context, [p for p in shown if p] or [o.period for o in valued])
    return f"{title}, {span}" if span else title


def _headnote(context: Context, spec: TableSpec, lines: list[Line], leaves: list[Leaf]) -> str:
    place = place_name(context)
    if spec.headnote:
        return f"{place}. {context.said(spec.headnote)}"
    catalogue = context.lookup.catalogue
    units = list(dict.fromkeys(
        unit_words(context, catalogue[indicator], _shape(context, spec, line, leaf).scale)
        for line in lines
        for leaf in leaves
        if (indicator := line.point.indicator if line.own else leaf.point.indicator or line.point.indicator)
    ))  # fmt: skip
    return f"{place} ({units[0]})" if len(units) == 1 else place


def _stubhead(context: Context, spec: TableSpec) -> str:
    if spec.stubhead:
        return context.said(spec.stubhead)
    level = next((g.level for g in spec.rows if g.level), None)
    if level is None or level.by == "indicator":
        return context.word("indicator")
    if level.by == "ref_area":
        return context.lookup.country.subdivision_kind[context.language][0].capitalize()
    if level.by == "period":
        return context.word("period")
    listed = context.lookup.codelists[level.by]
    return context.said(listed.label)


def _summary(context: Context, spec: TableSpec) -> str:
    columns = context.locale.enumerated([axis_name(context, level) for level in spec.columns])
    return context.word("table_summary").format(
        title=context.said(spec.title), rows=_stubhead(context, spec).lower(), columns=columns
    )
