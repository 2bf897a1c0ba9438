"""The matrix of what arrived: institutions and their indicators down, years across, a shape for each state."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bulletin.compose.context import Context, with_literals
from bulletin.compose.names import institution_name, ranked_institutions
from bulletin.document.blocks import Cell, Column, Note, Row, Spanner, Table
from bulletin.document.inline import Inline, Text
from bulletin.model.dataset import Observation
from bulletin.model.quality import Arrival

_NOTHING = "nothing"
"""Nothing of the indicator is printed for the year."""

Blocks = tuple[Table, ...]


def availability(context: Context, used: Sequence[Observation]) -> Blocks:
    """One table, or none when the outline prints no observations. Institutions of the country first, in its order;
    indicators as in the catalogue, so that all languages have the same rows."""
    entries = context.availability
    if not entries:
        return ()
    years = sorted({e.year for e in entries})
    order = {name: n for n, name in enumerate(ranked_institutions(context, (e.institution for e in entries)))}
    place = {name: n for n, name in enumerate(context.lookup.catalogue)}
    ranked = sorted(entries, key=lambda e: (order[e.institution], place[e.indicator]))
    states = {(e.institution, e.indicator, e.year): e.state.value for e in entries}
    rows: list[Row] = []
    for institution, members in groupby(ranked, key=lambda e: e.institution):
        name = institution_name(context, institution)
        rows.append(Row(f"{institution}.head", with_literals(name), (), "block"))
        for indicator in dict.fromkeys(e.indicator for e in members):
            cells = tuple(_cell(context, states.get((institution, indicator, year), _NOTHING)) for year in years)
            label = context.said(context.lookup.catalogue[indicator].label)
            rows.append(Row(f"{institution}.{indicator}", with_literals(label), cells))
    title = context.word("availability_title")
    return (
        Table(
            id="availability",
            title=with_literals(title),
            headnote=(),
            stubhead=with_literals(context.word("availability_stub")),
            columns=tuple(Column(str(year), with_literals(str(year))) for year in years),
            spanners=((Spanner(_legend(context, set(states.values()), rows), 0, len(years)),),),
            rows=tuple(rows),
            notes=(Note("availability.note", context.word("note"), with_literals(context.word("availability_note") + ".")),),
            illustrative="",
            summary=context.word("table_summary").format(
                title=title, rows=context.word("availability_stub").lower(), columns=context.word("years").lower()
            ),
        ),
    )


def _cell(context: Context, state: str) -> Cell:
    sign = context.word(f"arrival_{state}")
    return Cell(sign, "", "text", content=(Text(sign),))


def _legend(context: Context, states: set[str], rows: Sequence[Row]) -> tuple[Inline, ...]:
    """Only the states that occur, in a fixed order; a head over the years, as heads are repeated on every page of a long table."""
    empty = context.word(f"arrival_{_NOTHING}")
    wanted: list[str] = [s.value for s in Arrival if s.value in states]
    wanted += [_NOTHING] if any(c.text == empty for r in rows for c in r.cells) else []
    told = [f"{context.word(f'arrival_{s}')} {context.word(f'arrival_{s}_name')}" for s in wanted]
    return (Text(context.word("clause_separator").join(told) + "."),)
