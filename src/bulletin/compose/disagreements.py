"""Figures for which another source gives a different value: both values with their sources, and the difference."""

from __future__ import annotations

from collections.abc import Sequence

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
    rows: list[Row] = []
    last = ""
    printed = {o.key: o for o in used if o.value is not None}
    order = {name: n for n, name in enumerate(context.lookup.catalogue)}
    for obs in sorted(printed.values(), key=lambda o: (order[o.indicator], tuple(o.coordinates.values()), o.period)):
        others = [o for o in context.lookup.alternates(obs) if o.value is not None and o.value != obs.value]
        if others and obs.indicator != last:
            last = obs.indicator
            indicator = context.lookup.catalogue[last]
            label = f"{context.said(indicator.label)} ({unit_words(context, indicator, indicator.scale)})"
            rows.append(Row(f"{last}.head", with_literals(label), (), "block"))
        rows += [_row(context, obs, other) for other in others]
    if not rows:
        return ()
    heads = ("alternate_chosen", "alternate_other", "alternate_by", "revision_difference")
    title = context.word("alternates_title")
    columns = tuple(Column(h, with_literals(context.word(h))) for h in heads)
    stub = with_literals(context.word("revision_figure"))
    return (
        Table(
            "alternates", with_literals(title), (), stub, columns, (), tuple(rows), (), "", title,
            shares=(0.28, 0.16, 0.16, 0.26, 0.14), words=True,
        ),
    )  # fmt: skip


def _row(context: Context, obs: Observation, other: Observation) -> Row:
    """The figure as printed, the other source's, whose it is, and other less printed."""
    assert obs.value is not None
    assert other.value is not None
    indicator = context.lookup.catalogue[obs.indicator]
    scale, decimals = indicator.scale, indicator.decimals
    while decimals < 12 and printed_alike(obs.value, other.value, scale=scale, decimals=decimals):
        decimals += 1
    facts = context.facts
    difference = other.value - obs.value

    def cell(fact: Fact, value: float, sign: str = "") -> Cell:
        text = sign + print_number(context, value, scale=scale, decimals=decimals)
        facts.printed(fact, context.language, text, "alternates")
        return Cell(text, fact.id, "number", content=(Number(text, fact.id),))

    source = context.project.sources.get(other.source)
    name = context.said(source.short) if source else other.source
    cells = (
        cell(facts.observation(obs), obs.value),
        cell(facts.computed(f"alternate:{other.source}", (other,), other.value, other.unit), other.value),
        Cell(name, "", "text", content=with_literals(name)),
        cell(
            facts.computed(f"disagreement:{other.source}", (obs, other), difference, obs.unit),
            difference,
            "+" if difference > 0 else "",
        ),
    )
    chosen = context.project.sources.get(obs.source)
    stub = f"{figure_words(context, obs)} ({context.said(chosen.short) if chosen else obs.source})"
    return Row(f"{obs.key}/{other.source}", with_literals(stub), cells)
