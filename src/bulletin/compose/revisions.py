"""Revisions since the edition before: how many, how large, which figures, and why."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin.compose.context import Context, with_literals
from bulletin.compose.figures_text import count_text
from bulletin.compose.labels import code_label, date_words, unit_words
from bulletin.compose.printing import print_number, printed_alike
from bulletin.document.blocks import Cell, Column, Paragraph, Row, Table
from bulletin.document.inline import Emphasis, Number
from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.dataset import Observation
from bulletin.model.indicator import Kind
from bulletin.model.quality import Amendment, Cause, Revision
from bulletin.model.sealed import Sealed, edition_of

LISTED = (Amendment.AMENDED, Amendment.DELETED)
MOST = 150
"""Rows of the table; beyond them the calculated figures are counted only."""


def revisions(context: Context, used: Sequence[Observation]) -> tuple[Paragraph | Table, ...]:
    """A sentence with the numbers, a summary by indicator, and the figures themselves."""
    former = context.former
    if former is None:
        return (Paragraph("revisions.first", with_literals(context.word("revisions_first"))),)
    changed = [r for r in context.revisions if r.kind in LISTED]
    compared = _compared(context, former)
    if not changed:
        return (Paragraph("revisions.none", with_literals(_first_sentence(context, former, changed, len(compared)))),)
    listed = changed if len(changed) <= MOST else [r for r in changed if r.cause is not Cause.CONSEQUENCE]
    words = [_first_sentence(context, former, changed, len(compared))]
    words += _number_said(context, "revisions_derived", sum(r.cause is Cause.CONSEQUENCE for r in changed))
    words += _number_said(context, "revisions_deleted", sum(r.kind is Amendment.DELETED for r in changed))
    words += [context.word("revisions_unlisted")] if len(listed) < len(changed) else []
    blocks = (
        Paragraph("revisions.count", with_literals(" ".join(words))),
        _summary(context, changed, compared),
        revision_table(context, "revisions", context.word("revisions_title").format(year=former.year), listed),
    )
    return tuple(b for b in blocks if b is not None)


def _first_sentence(context: Context, former: Sealed, changed: Sequence[Revision], compared: int) -> str:
    """How many of the figures that both editions publish were revised, in how many series."""
    amended = [r for r in changed if r.kind is Amendment.AMENDED]
    series = {r.key.partition("@")[0] for r in amended}
    key = "none" if not amended else "one" if len(amended) == 1 else "some"
    return context.word(f"revisions_{key}").format(
        year=former.year,
        date=date_words(context, former.release_date),
        compared=context.locale.number(compared, 0),
        count=context.locale.number(len(amended), 0),
        series=(_number_said(context, "revisions_series", len(series)) or [""])[0],
    )


def _number_said(context: Context, key: str, count: int) -> list[str]:
    """With `_one` for a single one; nothing for none."""
    if not count:
        return []
    said = context.word(f"{key}_one" if count == 1 else key).format(
        count=count_text(context.locale, count, "f" if key == "revisions_series" else "m")
    )
    return [said[:1].upper() + said[1:] if said.endswith(".") else said]


def _compared(context: Context, former: Sealed) -> dict[str, int]:
    """Key of every figure that both editions have, to its indicator's place in the catalogue."""
    order = {name: n for n, name in enumerate(context.lookup.catalogue)}
    found = {}
    for key, before in former.figures.items():
        after = context.lookup.get(before.indicator, before.period, before.coordinates) if before.indicator in order else None
        if before.value is not None and after is not None and after.value is not None:
            found[key] = order[before.indicator]
    return found


def _summary(context: Context, changed: Sequence[Revision], compared: dict[str, int]) -> Table | None:
    """By indicator: figures in both editions, those revised, and the mean absolute revision of those."""
    groups: dict[str, list[Revision]] = {}
    for r in changed:
        if r.kind is Amendment.AMENDED and r.difference is not None:
            groups.setdefault(r.key.partition(".")[0], []).append(r)
    if not groups:
        return None
    rows = []
    for name in sorted(groups, key=list(context.lookup.catalogue).index):
        members, indicator = groups[name], context.lookup.catalogue[name]
        size = _mean_revision(members, in_points=indicator.kind is Kind.RATE)
        text = context.locale.number(size, 2, table=True) if size is not None else context.locale.signs["not_applicable"]
        if size is not None:
            text = f"{text}\u00a0{context.word('pp')}" if indicator.kind is Kind.RATE else context.locale.percent.format(n=text)
        total = sum(key.partition(".")[0] == name for key in compared)
        cells = tuple(_count(t) for t in (str(total), str(len(members)), text))
        rows.append(Row(name, with_literals(context.said(indicator.label)), cells))
    heads = ("revisions_compared", "revisions_revised", "revisions_mean")
    title = context.word("revisions_summary_title")
    columns = tuple(Column(h, with_literals(context.word(h))) for h in heads)
    stub = with_literals(context.word("indicator"))
    return Table(
        "revisions_summary", with_literals(title), (), stub, columns, (), tuple(rows), (), "", title,
        shares=(0.46, 0.18, 0.16, 0.2), words=True,
    )  # fmt: skip


def _count(text: str) -> Cell:
    return Cell(text, "", "number", content=with_literals(text))


def _mean_revision(members: Sequence[Revision], *, in_points: bool) -> float | None:
    """Mean of |new − old|, in points for rates; otherwise of |new − old| ÷ |old| in per cent, old values of zero left out."""
    sizes = [
        abs(r.difference) if in_points else abs(r.difference) / abs(r.old) * 100
        for r in members
        if r.difference is not None and r.old is not None and (in_points or r.old)
    ]
    return sum(sizes) / len(sizes) if sizes else None


def revision_table(context: Context, name: str, title: str, listed: Sequence[Revision]) -> Table:
    """A row per figure: before, now, difference; over them their indicator and, once, the reason they share. Every number is a
    fact: the former one leads to the line of the sealed table."""
    groups: dict[tuple[str, str], list[Revision]] = {}
    order: dict[str, None] = {}
    for r in listed:
        shown = _shown(r)
        order[shown.indicator] = None
        groups.setdefault((shown.indicator, reason_words(context, r)), []).append(r)
    rows: list[Row] = []
    place = list(order)
    for (name_, reason), members in sorted(groups.items(), key=lambda g: place.index(g[0][0])):
        indicator = context.lookup.catalogue.get(name_)
        label = context.said(indicator.label) if indicator else name_
        unit = f" ({unit_words(context, indicator, indicator.scale)})" if indicator else ""
        head = (*with_literals(f"{label}{unit}"), Emphasis(with_literals(f". {reason}.")))
        rows.append(Row(f"{members[0].key}.head", head, (), "block"))
        rows += [Row(r.key, with_literals(figure_words(context, _shown(r))), _figures(context, name, r)) for r in members]
    heads = ("revision_old", "revision_new", "revision_difference")
    columns = tuple(Column(h, with_literals(context.word(h))) for h in heads)
    stub = with_literals(context.word("revision_figure"))
    return Table(
        name, with_literals(title), (), stub, columns, (), tuple(rows), (), "", title,
        shares=(0.4, 0.2, 0.2, 0.2), words=True,
    )  # fmt: skip


def _shown(revision: Revision) -> Observation:
    shown = revision.after or revision.before
    assert shown is not None
    return shown


def figure_words(context: Context, obs: Observation) -> str:
    """What a figure is about beside its indicator: place, breakdown, period."""
    parts = [
        code_label(context, d, obs.coordinates[d])
        for d in DIMENSIONS
        if obs.coordinates[d] not in (TOTAL, context.lookup.country.code)
    ]
    return ", ".join([*parts, code_label(context, "period", obs.period)])


def reason_words(context: Context, revision: Revision) -> str:
    if revision.reason:
        reason = context.said(revision.reason).rstrip(".")
        return f"{reason} ({context.word(f'revision_{revision.cause}')})"
    return context.word(f"revision_{revision.cause}")


def _figures(context: Context, block: str, revision: Revision) -> tuple[Cell, ...]:
    """Old, new and difference, with as many decimals as it takes to see the difference."""
    before, after = revision.before, revision.after
    assert before is not None
    assert revision.old is not None
    indicator = context.lookup.catalogue.get(before.indicator)
    scale, decimals = (indicator.scale, indicator.decimals) if indicator else (0, 0)
    if revision.new is not None:
        while decimals < 12 and printed_alike(revision.old, revision.new, scale=scale, decimals=decimals):
            decimals += 1
    facts, language = context.facts, context.language
    edition = edition_of(before)
    old = facts.computed(f"former:{edition}", (before,), revision.old, before.unit)

    def cell(value: float, fact_id: str, sign: str = "") -> Cell:
        text = sign + print_number(context, value, scale=scale, decimals=decimals)
        facts.printed(facts.get(fact_id), language, text, block)
        return Cell(text, fact_id, "number", content=(Number(text, fact_id),))

    missing = Cell(context.locale.signs["missing"], "", "missing")
    if revision.new is None or after is None:
        return cell(revision.old, old.id), missing, missing
    new = facts.observation(after)
    if revision.difference is None:
        return cell(revision.old, old.id), cell(revision.new, new.id), missing
    difference = facts.computed(f"revision:{edition}", (before, after), revision.difference, after.unit)
    sign = "+" if revision.difference > 0 else ""
    return cell(revision.old, old.id), cell(revision.new, new.id), cell(revision.difference, difference.id, sign)
