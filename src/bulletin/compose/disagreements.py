"""Figures for which another source gives a different value: both values under the names of their sources, and the difference."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin.compose.claims.statement import exact
from bulletin.compose.context import Context, with_literals
from bulletin.compose.labels import unit_words
from bulletin.compose.printing import print_number, printed_alike
from bulletin.compose.revisions import figure_words
from bulletin.document.blocks import Cell, Column, Row, Table
from bulletin.document.inline import Number
from bulletin.model.dataset import Observation
from bulletin.model.fact import Fact


def alternates(context: Context, used: Sequence[Observation]) -> tuple[Table, ...]:
    """Of the figures that the edition prints. Another source's value for a hidden cell has been taken out by protect."""
    groups: dict[tuple[str, str], list[Row]] = {}
    printed = {o.key: o for o in used if o.value is not None}
    order = {name: n for n, name in enumerate(context.lookup.catalogue)}
    for obs in sorted(printed.values(), key=lambda o: (order[o.indicator], tuple(o.coordinates.values()), o.period)):
        for other in context.lookup.alternates(obs):
            if other.value is not None and other.value != obs.value:
                groups.setdefault((obs.source, other.source), []).append(_row(context, obs, other))
    if not groups:
        return ()
    rows: list[Row] = []
    for (chosen, second), members in groups.items():
        head = context.word("alternate_head").format(chosen=_source(context, chosen), other=_source(context, second))
        rows += [Row(f"{members[0].key}.head", with_literals(head), (), "block"), *members]
    heads = ("alternate_chosen", "alternate_other", "revision_difference")
    title = context.word("alternates_title")
    columns = tuple(Column(h, with_literals(context.word(h))) for h in heads)
    stub = with_literals(context.word("revision_figure"))
    return (
        Table(
            "alternates", with_literals(title), (), stub, columns, (), tuple(rows), (), "", title,
            shares=(0.49, 0.17, 0.17, 0.17), words=True,
        ),
    )  # fmt: skip


def _row(context: Context, obs: Observation, other: Observation) -> Row:
    """The figure as printed, the other source's, and other less printed."""
    assert obs.value is not None
    assert other.value is not None
    indicator = context.lookup.catalogue[obs.indicator]
    scale, decimals = indicator.scale, indicator.decimals
    while decimals < 12 and printed_alike(obs.value, other.value, scale=scale, decimals=decimals):
        decimals += 1
    facts = context.facts
    difference = float(exact(other.value) - exact(obs.value))

    def cell(fact: Fact, value: float, sign: str = "") -> Cell:
        text = sign + print_number(context, value, scale=scale, decimals=decimals)
        facts.printed(fact, context.language, text, "alternates")
        return Cell(text, fact.id, "number", content=(Number(text, fact.id),))

    cells = (
        cell(facts.observation(obs), obs.value),
        cell(facts.computed(f"alternate:{other.source}", (other,), other.value, other.unit), other.value),
        cell(
            facts.computed(f"disagreement:{other.source}", (obs, other), difference, obs.unit),
            difference,
            "+" if difference > 0 else "",
        ),
    )
    label = f"{context.said(indicator.label)} ({unit_words(context, indicator, indicator.scale)}), {figure_words(context, obs)}"
    return Row(f"{obs.key}/{other.source}", with_literals(label), cells)


def _source(context: Context, source: str) -> str:
    """As source lines name it; a figure of several sources names them all."""
    known = context.project.sources
    return ", ".join(context.said(known[s].short) if s in known else s for s in source.split(";"))
