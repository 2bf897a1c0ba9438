"""The tree as JSON and as a text dump that a person can read and a difference can show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.document.blocks import (
    Box,
    BulletList,
    Contents,
    Definitions,
    Figure,
    KeyFigure,
    KeyFigures,
    Notice,
    Paragraph,
    Table,
)
from bulletin.document.chart import Chart
from bulletin.document.footnotes import footnotes_in, notes_in
from bulletin.document.inline import Literal, Number, plain
from bulletin.document.nodes import FIELDS, nodes
from bulletin.document.tree import Document, Section, walk

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

_NUMBER = re.compile(r"[0-9][0-9.,\u00a0\u202f]*[0-9]|[0-9]")


def tree(document: Document) -> Json:
    """Every node with its type's name under `type`, plus `literals`: the numbers in it that are no facts."""
    whole = _node(document)
    assert isinstance(whole, dict)
    whole["literals"] = list(literals(document))
    return whole


_PLAIN = frozenset((str, int, float, bool, type(None)))


def _node(value: object) -> Json:
    kind = type(value)
    if kind in _PLAIN:
        return value  # type: ignore[return-value]
    if kind is tuple or isinstance(value, (list, tuple)):
        return [_node(v) for v in value]  # type: ignore[attr-defined]
    if names := FIELDS[kind]:
        node: dict[str, Json] = {"type": kind.__name__}
        for name in names:
            node[name] = _node(getattr(value, name))
        return node
    if isinstance(value, dict):
        return {str(k): _node(v) for k, v in value.items()}
    return value if isinstance(value, (str, int, float)) else str(value)


def literals(document: Document) -> tuple[str, ...]:
    """Number tokens printed in the edition that stand for no fact: Literal inlines, labels, ticks, folio and block numbers.

    Plain `Text` is deliberately not looked at: a number in it is a fault that a test of the finished files finds.
    """
    found: set[str] = set()
    for text in _label_texts(document):
        found.update(_NUMBER.findall(text))
    return tuple(sorted(found))


def _label_texts(document: Document) -> Iterator[str]:
    meta, cover = document.metadata, document.cover
    yield from (meta.title, meta.running, meta.release_date, meta.edition, cover.year, cover.edition, cover.title, cover.subtitle)
    yield from (node.text for node in nodes(document) if isinstance(node, Literal))
    for section in _sections(document.sections):
        yield section.number
    yield from (note.number for note in notes_in(document.sections))
    for block in walk(document.sections):
        match block:
            case Table():
                yield from (block.label, block.summary)
            case Figure():
                yield from (block.label, *_chart_texts(block.chart))
            case KeyFigures():
                for item in block.items:
                    yield from _figure_texts(item)
            case Definitions():
                yield from (d.code for d in block.items)
            case _:
                pass
    for section in document.sections:
        if section.opening:
            for item in section.opening.figures:
                yield from _figure_texts(item)


def _figure_texts(item: KeyFigure) -> Iterator[str]:
    yield from (item.label, item.unit, item.when, item.no_series)
    if item.spark:
        yield from _chart_texts(item.spark)


def _chart_texts(chart: Chart) -> Iterator[str]:
    yield from (c.label for c in chart.categories)
    yield from (s.label for s in chart.series)
    yield from (t.text for t in chart.ticks)
    yield from (c.label for c in chart.classes)
    yield from (b.label for b in chart.breaks)
    yield chart.key_title
    yield from chart.words.values()


def _sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _sections(section.sections)


def facts_used(value: object) -> Iterator[tuple[str, str]]:
    """Fact id and printed text of every number in a tree or a part of it."""
    for node in nodes(value):
        fact = getattr(node, "fact", "")
        if fact or isinstance(node, Number):
            yield fact, getattr(node, "text", "")


def ids_used(value: object) -> Iterator[str]:
    """Ids of every block, note and definition in a tree or a part of it."""
    for node in nodes(value):
        identity = getattr(node, "id", "")
        if identity:
            yield identity


def dump(document: Document) -> str:
    """One line per block and table row, ids first; charts as their figures."""
    lines = [
        f"# {document.metadata.title} [{document.metadata.tag}]",
        f"cover: {document.cover.title} / {document.cover.subtitle}",
    ]
    for section in document.sections:
        lines += _dump_section(section)
    return "\n".join(lines) + "\n"


def _dump_notes(paragraph: Paragraph) -> Iterator[str]:
    return (f"  note {note.number} {{{note.id}}} {plain(note.content)}" for note in footnotes_in((paragraph,)))


def _dump_section(section: Section) -> Iterator[str]:
    yield ""
    yield f"{'#' * (section.level + 1)} {section.number} {plain(section.title)} {{{section.id}}}".replace("  ", " ")
    if section.opening:
        if section.opening.lede:
            yield f"{{{section.opening.lede.id}}} {plain(section.opening.lede.content)}"
            yield from _dump_notes(section.opening.lede)
        for item in section.opening.figures:
            yield _dump_figure(item)
        if section.opening.notice:
            yield f"! {plain(section.opening.notice.content)}"
    for block in section.blocks:
        match block:
            case Paragraph():
                yield f"{{{block.id}}} {plain(block.content)}"
                yield from _dump_notes(block)
            case Notice():
                yield f"! {{{block.id}}} {plain(block.content)}"
            case BulletList():
                for point in block.items:
                    yield f"- {{{point.id}}} {plain(point.content)}"
                    yield from _dump_notes(point)
            case KeyFigures():
                yield from (_dump_figure(i) for i in block.items)
            case Table():
                yield from _dump_table(block)
            case Figure():
                yield from _dump_chart(block)
            case Box():
                yield f"[{plain(block.title)}] {{{block.id}}}"
                for inner in block.blocks:
                    items = inner.items if isinstance(inner, BulletList) else (inner,)
                    yield from (f"  {{{p.id}}} {plain(p.content)}" for p in items)
            case Definitions():
                for entry in block.items:
                    yield f"{plain(entry.term)}: {plain(entry.content)}"
                    yield from (f"  {d.label}: {plain(d.content)}" for d in entry.details)
            case Contents():
                yield f"[{block.title}]"
                yield from (f"  {e.number} {plain(e.title)}" for e in block.entries)
    for inner_section in section.sections:
        yield from _dump_section(inner_section)


def _dump_figure(item: KeyFigure) -> str:
    change = f" | {plain(item.change)} {plain(item.since)}" if item.change else ""
    return f"* {item.label}: {plain(item.value)} {item.unit} ({item.when}){change} {item.illustrative}".rstrip()


def _dump_table(table: Table) -> Iterator[str]:
    yield f"{table.label} {plain(table.title)} {{{table.id}}} {table.illustrative}".rstrip()
    yield f"  {plain(table.headnote)}"
    for row in table.spanners:
        yield "  | " + " | ".join(f"{plain(s.label)} ×{s.span}" for s in row)
    yield "  " + " | ".join([plain(table.stubhead), *(plain(c.head) + c.sign for c in table.columns)])
    for line in table.rows:
        cells = [f"{c.text}{c.signs}{'^' + c.marks if c.marks else ''}" for c in line.cells]
        yield f"  {line.role[0]} " + " | ".join([plain(line.label) + (f"^{line.marks}" if line.marks else ""), *cells])
    yield from (f"  {n.label}: {plain(n.content)}" for n in table.notes)


def _dump_chart(figure: Figure) -> Iterator[str]:
    yield f"{figure.label} {plain(figure.title)} {{{figure.id}}} {figure.chart.kind} {figure.illustrative}".rstrip()
    yield f"  {plain(figure.subtitle)}"
    yield f"  alt: {figure.alt}"
    yield "  " + " | ".join(c.label for c in figure.chart.categories)
    for series in figure.chart.series:
        yield f"  {series.label}: " + " | ".join(p.text for p in series.points)
    yield from (f"  ref {r.label}" for r in figure.chart.references)
    yield from (f"  {n.label}: {plain(n.content)}" for n in figure.notes)
