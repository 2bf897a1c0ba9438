"""The notice at the head of a corrected issue: what it replaces, why, and each figure with its table, cell, old and new value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bulletin.compose.context import Context, with_literals
from bulletin.compose.labels import date_words
from bulletin.compose.printing import print_number, printed_alike
from bulletin.compose.revisions import figure_words
from bulletin.document.blocks import BulletList, Figure, Notice, Paragraph, Table
from bulletin.document.inline import Inlines, Number, Reference, Text, plain
from bulletin.document.serial import facts_used
from bulletin.document.tree import Section, walk
from bulletin.model.quality import Amendment, Cause, Revision
from bulletin.model.sealed import edition_of

LISTED = (Amendment.AMENDED, Amendment.DELETED, Amendment.ADDED)
MOST = 80
"""Figures named one by one; beyond them the calculated ones are counted only."""

REVISIONS = ("revisions", "revisions_summary")
"""Tables about revisions, where a corrected figure stands without being the place of the error."""

_SLOT = re.compile(r"\{(\w+)\}")


def erratum(context: Context, chapters: Sequence[Section]) -> tuple[Section, ...]:
    """`chapters` as composed: where they print a corrected figure is said with it. Nothing unless the issue corrects another."""
    found = context.project.erratum
    if found is None:
        return ()
    former = context.corrected
    about = {"edition": found.corrects, "date": date_words(context, former.release_date) if former else ""}
    reason = context.said(found.reason)
    blocks: list[Notice | Paragraph | BulletList] = [
        Notice("erratum.notice", with_literals(context.word("erratum_notice").format(**about))),
        Paragraph("erratum.reason", with_literals(context.word("erratum_reason").format(reason=reason.rstrip(".")))),
    ]
    changed = [r for r in context.corrections if r.kind in LISTED]
    listed = changed if len(changed) <= MOST else [r for r in changed if r.cause is not Cause.CONSEQUENCE]
    where = _places(chapters, {r.key for r in listed})
    items = tuple(Paragraph(f"erratum.{r.key}", _item(context, r, where.get(r.key, []))) for r in listed)
    if items:
        blocks += [
            Paragraph("erratum.figures", with_literals(context.word("erratum_figures"))),
            BulletList("erratum.list", items),
        ]
    if len(listed) < len(changed):
        words = context.word("erratum_others").format(count=len(changed) - len(listed))
        blocks.append(Paragraph("erratum.others", with_literals(words)))
    title = with_literals(context.word("erratum"))
    return (Section("erratum", 1, title, tuple(blocks), numbering="none", front=True),)


_Place = tuple[str, str, str]
"""Id of a table with the words of row and column, or of a figure."""


def _places(chapters: Sequence[Section], keys: set[str]) -> Mapping[str, list[_Place]]:
    found: dict[str, list[_Place]] = {}
    for key, place in _printed(chapters):
        if key in keys:
            found.setdefault(key, []).append(place)
    return found


def _printed(chapters: Sequence[Section]) -> Iterator[tuple[str, _Place]]:
    for block in walk(tuple(chapters)):
        match block:
            case Table() if block.id not in REVISIONS:
                for row in block.rows:
                    for column, cell in zip(block.columns, row.cells, strict=False):
                        head = [block.spanners[-1][column.spanner].label] if block.spanners and column.spanner >= 0 else []
                        yield cell.fact, (block.id, plain(row.label), ", ".join(plain(h) for h in (*head, column.head)))
            case Figure():
                yield from ((fact, (block.id, "", "")) for fact in dict.fromkeys(f for f, _ in facts_used(block)))
            case _:
                pass


def _item(context: Context, revision: Revision, places: Sequence[_Place]) -> Inlines:
    shown = revision.after or revision.before
    assert shown is not None
    indicator = context.lookup.catalogue[shown.indicator]
    scale, decimals = indicator.scale, indicator.decimals
    if revision.old is not None and revision.new is not None:
        while decimals < 12 and printed_alike(revision.old, revision.new, scale=scale, decimals=decimals):
            decimals += 1

    def number(value: float | None) -> Inlines:
        if value is None:
            return ()
        facts = context.facts
        old = value is revision.old
        obs = revision.before if old else revision.after
        assert obs is not None
        fact = facts.computed(f"former:{edition_of(obs)}", (obs,), value, obs.unit) if old else facts.observation(obs)
        text = print_number(context, value, scale=scale, decimals=decimals)
        facts.printed(fact, context.language, text, "erratum.list")
        return (Number(text, fact.id),)

    label = with_literals(f"{context.said(indicator.label)}, {figure_words(context, shown)}")
    pattern = context.word(f"erratum_{revision.kind}")
    parts = {"figure": label, "old": number(revision.old), "new": number(revision.new)}
    where = _where(context, places)
    return (*filled(pattern, parts), *((Text(" ("), *where, Text(")")) if where else ()), Text("."))


def _where(context: Context, places: Sequence[_Place]) -> Inlines:
    found: list[Inlines] = []
    for block, row, column in dict.fromkeys(places):
        slots: dict[str, Inlines] = {"exhibit": (Reference(block),), "row": with_literals(row), "column": with_literals(column)}
        found.append(filled(context.word("erratum_cell"), slots) if row or column else (Reference(block),))
    between = Text(context.word("clause_separator"))
    return tuple(piece for n, place in enumerate(found) for piece in ((between, *place) if n else place))


def filled(pattern: str, slots: Mapping[str, Inlines]) -> Inlines:
    """Words with inline content in the place of `{name}`."""
    found: list[Inlines] = []
    end = 0
    for match in _SLOT.finditer(pattern):
        found += [(Text(pattern[end : match.start()]),) if match.start() > end else (), slots[match[1]]]
        end = match.end()
    rest = (Text(pattern[end:]),) if pattern[end:] else ()
    return tuple(piece for part in (*found, rest) for piece in part)
