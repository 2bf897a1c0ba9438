"""The limits by which sentences are decided and key results chosen, as the methodological note prints them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from bulletin.compose.context import Context, with_literals
from bulletin.document.blocks import Cell, Column, Row, Table
from bulletin.model.narration import Narration

NAME = "thresholds"

Print = Callable[[Context, float], str]
Value = float | tuple[float, float]


def thresholds_table(context: Context) -> tuple[Table, ...]:
    """One row a limit: what it decides, in words, and its value."""
    narration = context.project.narration
    said = {name: _said(context, name, values) for name, values in printed_limits(narration)}
    said["required"] = context.locale.enumerated([_domain(context, d) for d in narration.planner.required])
    rows = tuple(_row(context, name, value) for name, value in said.items() if value)
    title = context.word("thresholds_title")
    columns = (Column("limit", with_literals(context.word("threshold"))),)
    stub = with_literals(context.word("threshold_rule"))
    return (Table(NAME, with_literals(title), (), stub, columns, (), rows, (), "", title, shares=(0.76, 0.24), words=True),)


def _row(context: Context, name: str, value: str) -> Row:
    cell = Cell(value, "", "text", content=with_literals(value))
    return Row(name, with_literals(context.word(f"limit_{name}")), (cell,))


def printed_limits(narration: Narration) -> tuple[tuple[str, tuple[Value, ...]], ...]:
    """Limit to its values: each name has its words, `limit_<name>`, in every language; every setting is in exactly one row, but for the domains that are required."""
    t, p = narration.thresholds, narration.planner
    w = p.weights
    return (
        ("stable_percent", (t.stable_percent,)),
        ("stable_points", (t.stable_points,)),
        ("least_base", (t.least_base,)),
        ("small_count", (t.small_count,)),
        ("doubled", (t.doubled,)),
        ("tripled", (t.tripled,)),
        ("halved", (t.halved,)),
        ("plain_change", (t.plain_change,)),
        ("fraction", (t.fraction, t.fraction_points)),
        ("exact", (t.exact,)),
        ("span_years", (t.span_years,)),
        ("streak", (t.streak,)),
        ("record_points", (t.record_points,)),
        ("ranking_units", (t.ranking_units,)),
        ("ranking_long", (t.ranking_long,)),
        ("named_places", (t.named_places,)),
        ("sum_points", (t.sum_points,)),
        ("sum_change", (t.sum_change,)),
        ("least_multiple", (t.least_multiple,)),
        ("most", (p.most,)),
        ("declared", (w.declared,)),
        ("change", (w.change, w.change_most)),
        ("history", (p.history,)),
        ("headline", (w.headline,)),
        ("novelty", (w.novelty,)),
        ("national", (w.national,)),
        ("openings", (len(set(narration.openings)),)),
    )


def _domain(context: Context, name: str) -> str:
    return context.locale.words.get(f"domain_{name}", name)


def _number(context: Context, value: float) -> str:
    exact = Decimal(repr(float(value))).normalize()
    exponent = exact.as_tuple().exponent
    return context.locale.number(exact, max(0, -exponent) if isinstance(exponent, int) else 0)


def _percent(context: Context, value: float) -> str:
    return context.locale.percent.format(n=_number(context, value))


def _points(context: Context, value: float) -> str:
    return f"{_number(context, value)}\u00a0{context.word('pp')}"


_FORMS: Mapping[str, tuple[Print, ...]] = {
    **dict.fromkeys(("stable_percent", "doubled", "tripled", "halved", "plain_change", "exact", "sum_change"), (_percent,)),
    **dict.fromkeys(("stable_points", "sum_points"), (_points,)),
    "fraction": (_percent, _points),
}
"""How values are printed; plain numbers otherwise."""


def _said(context: Context, name: str, values: tuple[Value, ...]) -> str:
    forms = _FORMS.get(name, (_number,) * len(values))
    said = []
    for form, value in zip(forms, values, strict=True):
        if isinstance(value, tuple):
            low, high = (form(context, v) for v in value)
            said.append(context.word("threshold_range").format(low=low, high=high))
        else:
            said.append(form(context, value))
    return f" {context.word('and')} ".join(said)
