"""A composed document taken apart into units and pieces that stand in the same place in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal as OneOf

from bulletin.document.blocks import (
    Block,
    Box,
    BulletList,
    Contents,
    Definition,
    Definitions,
    Figure,
    KeyFigure,
    KeyFigures,
    Note,
    Notice,
    Paragraph,
    Table,
)
from bulletin.document.chart import Chart
from bulletin.document.footnotes import footnotes
from bulletin.document.inline import Emphasis, Footnote, Foreign, Inlines, Literal, Number, Reference, Strong, Text, plain
from bulletin.document.serial import facts_used
from bulletin.document.tree import Document, Section

_TABLE = re.compile(r"\u00a0[A-Z\d.]+\.$")
"""Number of the table that an alternative text points to in the end: a reference."""
Role = OneOf["prose", "value", "citation", "bounded"]


@dataclass(frozen=True)
class Piece:
    """A text or a value at one place of a unit."""

    path: str
    words: str
    """As read, without quotations, codes, references and names marked as foreign; empty for pure shape."""
    codes: str = ""
    """Digits of laws, codes and ages."""
    shape: tuple[object, ...] = ()
    """What is equal in all languages: keys, facts, signs, marks, values."""
    role: Role = "prose"
    """`value`: a figure, a key, a sign; `citation`: titles of works may stand in it in their own language; `bounded`: of limited
    length, so that its words, not its figures, may differ."""


@dataclass(frozen=True)
class Unit:
    """A block with its pieces in order."""

    id: str
    kind: str
    section: str
    text: str
    """What stands for it on a page that compares: its words, or its title."""
    pieces: tuple[Piece, ...]
    facts: tuple[str, ...]
    """Sorted ids, with repetitions."""
    ordered: bool = True
    """False: the order is the alphabet's of the language."""
    common: bool = True
    """False: a list of what this language uses, or one of its entries, which another language may have no need of."""


def units(document: Document, signs: Mapping[str, str]) -> Iterator[Unit]:
    """In reading order; `signs` are the language's, by meaning: what a sign means is equal, not how it is printed."""
    yield _unit("cover", "Cover", "", document.cover.title, _cover(document), document.cover)
    meanings = {sign: meaning for meaning, sign in sorted(signs.items(), reverse=True) if sign}
    for section in document.sections:
        yield from _section(section, meanings)


def _cover(document: Document) -> Iterator[Piece]:
    cover, meta = document.cover, document.metadata
    said = (("country", cover.country), ("title", cover.title), ("subtitle", cover.subtitle), ("edition", cover.edition))
    for name, text in (*said, ("banner", cover.banner), ("banner_text", cover.banner_text), ("watermark", meta.watermark)):
        yield _words(name, text)
    yield Piece("year", "", shape=(cover.year, meta.edition, meta.release_date, meta.status))
    yield _said("publisher", cover.publisher)
    yield _said("partners", cover.partners)
    yield _words("document-title", meta.title)
    yield _words("description", meta.description)


def _section(section: Section, signs: Mapping[str, str]) -> Iterator[Unit]:
    head = [_said("title", section.title, shape=(section.level, section.number, section.numbering, section.front))]
    yield _unit(section.id, "Section", section.id, plain(section.title), head, section.title)
    if section.opening:
        opening = section.opening
        if opening.lede:
            yield from _block(opening.lede, section.id, signs)
        if opening.figures:
            yield from _block(KeyFigures(f"{section.id}.figures", opening.figures), section.id, signs)
        if opening.notice:
            yield from _block(opening.notice, section.id, signs)
    for block in section.blocks:
        yield from _block(block, section.id, signs)
    for inner in section.sections:
        yield from _section(inner, signs)


def _block(block: Block, section: str, signs: Mapping[str, str]) -> Iterator[Unit]:
    match block:
        case Paragraph():
            piece = _said("text", block.content, shape=("body" if block.role == "stale" else block.role,))
            notes = (_said(note.id, note.content) for note in footnotes(block.content))
            yield _unit(block.id, "Paragraph", section, plain(block.content), [piece, *notes], block)
        case Notice():
            yield _unit(block.id, "Notice", section, plain(block.content), [_said("text", block.content)], block)
        case BulletList():
            yield _unit(block.id, "BulletList", section, "", [Piece(p.id, "") for p in block.items], ())
            for item in block.items:
                yield from _block(item, section, signs)
        case Box():
            yield _unit(block.id, "Box", section, plain(block.title), [_said("title", block.title)], block.title)
            for inner in block.blocks:
                yield from _block(inner, section, signs)
        case KeyFigures():
            yield _unit(block.id, "KeyFigures", section, "", [Piece(i.id, "") for i in block.items], ())
            for figure in block.items:
                text = f"{figure.label}: {plain(figure.value)} {figure.unit} ({figure.when}) {plain(figure.change)} {plain(figure.since)}"
                yield _unit(figure.id, "KeyFigure", section, text.strip(), _key_figure(figure, signs), figure)
        case Table():
            yield _unit(block.id, "Table", section, plain(block.title), _table(block, signs), block)
        case Figure():
            yield _unit(block.id, "Figure", section, plain(block.title), _figure(block, signs), block)
        case Definitions():
            pieces = [_words("title", block.title)]
            common = block.layout != "glossary"
            listed = [*pieces, *(Piece(i.id, "") for i in block.items)] if common else pieces
            yield replace(_unit(block.id, "Definitions", section, block.title, listed, (), ordered=False), common=common)
            for entry in block.items:
                text = f"{plain(entry.term)}: {plain(entry.content)}"
                unit = _unit(f"{block.id}/{entry.id}", "Definition", section, text, _definition(entry), entry)
                yield replace(unit, common=common)
        case Contents():
            entries = [_said(e.target, e.title, shape=(e.number, e.level)) for e in block.entries]
            yield _unit(block.id, "Contents", section, block.title, entries, ())


def _definition(entry: Definition) -> Iterator[Piece]:
    role: Role = "citation" if entry.id.startswith("source.") else "prose"
    yield _said("term", entry.term, role=role)
    yield _said("content", entry.content, shape=(bool(entry.content),), role=role)
    for n, detail in enumerate(entry.details):
        yield _words(f"detail/{n}/label", detail.label)
        yield _said(f"detail/{n}", detail.content)


def _key_figure(figure: KeyFigure, signs: Mapping[str, str]) -> Iterator[Piece]:
    yield _words("label", figure.label, shape=(figure.direction,))
    yield _words("value", f"{plain(figure.value)} {figure.unit}".strip())
    yield _words("when", figure.when)
    yield _said("change", figure.change, shape=(bool(figure.change),))
    yield _said("since", figure.since, shape=(bool(figure.since),))
    yield Piece("illustrative", "", shape=(bool(figure.illustrative), bool(figure.no_series), figure.spark is None))
    yield Piece("spark", figure.spark_alt, role="bounded")
    if figure.spark:
        yield from _chart(figure.spark, signs)


def _table(table: Table, signs: Mapping[str, str]) -> Iterator[Piece]:
    yield _said("title", table.title)
    yield _said("headnote", table.headnote, shape=(bool(table.headnote),))
    yield _said("stubhead", table.stubhead)
    yield Piece("illustrative", "", shape=(bool(table.illustrative), table.landscape, table.words))
    for depth, row in enumerate(table.spanners):
        for spanner in row:
            yield _said(f"spanner/{depth}/{spanner.start}", spanner.label, shape=(spanner.span, spanner.break_before))
    for column in table.columns:
        head = (column.spanner, column.total, column.first, column.break_before, _meaning(column.sign, signs))
        yield _said(f"column/{column.key}", column.head, shape=head)
    for line in table.rows:
        yield _said(f"row/{line.key}", line.label, shape=(line.role, line.marks))
        for column, cell in zip(table.columns, line.cells, strict=False):
            words, codes = _readable(cell.content) if cell.content else (cell.text, "")
            blank = _meaning(cell.text, signs) if cell.kind == "missing" else ""
            shape = (cell.kind, cell.fact, _meaning(cell.signs, signs), cell.marks, blank)
            yield Piece(f"row/{line.key}/{column.key}", words, codes, shape, role="prose" if cell.kind == "text" else "value")
    yield from _notes(table.notes)
    yield _words("summary", table.summary, shape=(bool(table.summary),))


def _figure(figure: Figure, signs: Mapping[str, str]) -> Iterator[Piece]:
    yield _said("title", figure.title)
    yield _said("subtitle", figure.subtitle, shape=(bool(figure.subtitle), figure.series, bool(figure.illustrative)))
    yield from _chart(figure.chart, signs)
    yield from _notes(figure.notes)
    table = "".join(_TABLE.findall(figure.alt)).strip("\u00a0.")
    yield Piece("alt", _TABLE.sub(".", figure.alt), codes=table, shape=(bool(figure.alt),), role="bounded")


def _chart(chart: Chart, signs: Mapping[str, str]) -> Iterator[Piece]:
    yield Piece("chart", "", shape=(chart.kind, chart.country, chart.width))
    for category in chart.categories:
        yield _words(f"chart/category/{category.key}", category.label, shape=(category.position,))
    for series in chart.series:
        yield _words(f"chart/series/{series.key}", series.label, shape=(series.colour,))
        for n, point in enumerate(series.points):
            blank = _meaning(point.text, signs) if point.value is None else ""
            shape = (point.value, point.fact, point.provisional, point.low, point.high, blank)
            yield Piece(f"chart/series/{series.key}/{n}", point.text, shape=shape, role="value")
    for n, tick in enumerate(chart.ticks):
        yield Piece(f"chart/tick/{n}", tick.text, shape=(tick.value,), role="value")
    for n, found in enumerate(chart.breaks):
        yield _words(f"chart/break/{n}", found.label, shape=(found.before, found.after))
    for n, line in enumerate(chart.references):
        yield _words(f"chart/reference/{n}", line.label, shape=(line.value, line.fact))
    for n, kind in enumerate(chart.classes):
        yield _words(f"chart/class/{n}", kind.label, shape=(kind.low, kind.high))
    yield _words("chart/key", chart.key_title)


def _notes(notes: Sequence[Note]) -> Iterator[Piece]:
    for note in notes:
        yield _words(f"note/{note.id}/label", note.label, shape=(bool(note.label),))
        yield _said(f"note/{note.id}", note.content, role="citation" if note.id.endswith(".source") else "prose")


def _meaning(text: str, signs: Mapping[str, str]) -> str:
    """What the signs of a cell mean: `(p)(r)` is `provisional revised`."""
    if text in signs or not text:
        return signs.get(text, "")
    text = re.sub(r"\[[^]]*\]", "[]", text)  # an interval, whose decimal marks differ
    return " ".join(signs.get(sign, sign) for sign in re.findall(r"\([^)]*\)|[^\s()]+", text))


def _words(path: str, text: str, *, shape: tuple[object, ...] = ()) -> Piece:
    return Piece(path, text, "", shape)


def _said(path: str, content: Inlines, *, shape: tuple[object, ...] = (), role: Role = "prose") -> Piece:
    words, codes = _readable(content)
    return Piece(path, words, codes, (*shape, *sorted(_targets(content))), role)


def _readable(content: Inlines) -> tuple[str, str]:
    """The words without what belongs to no grammar, and the digits of laws, codes and ages apart."""
    words, codes = [], []
    for piece in content:
        match piece:
            case Literal(text, "legal" | "code" | "age"):
                codes.append(text)
                words.append("\u2060")
            case Text(text) | Number(text, _) | Literal(text, _):
                words.append(text)
            case Strong(inner) | Emphasis(inner):
                said, apart = _readable(inner)
                words.append(f"“{said}”" if isinstance(piece, Emphasis) else said)
                codes.append(apart)
            case Foreign(_, inner):
                codes.append(plain(inner))
                words.append("\u2060")
            case Reference():
                words.append("\u2060")
            case _:
                pass
    return "".join(words), " ".join(c for c in codes if c)


def _targets(content: Inlines) -> Iterator[str]:
    for piece in content:
        match piece:
            case Reference(target, _):
                yield target
            case Footnote():
                yield piece.id
                yield from _targets(piece.content)
            case Strong(inner) | Emphasis(inner) | Foreign(_, inner):
                yield from _targets(inner)
            case _:
                pass


def _unit(
    identity: str,
    kind: str,
    section: str,
    text: str,
    pieces: Iterator[Piece] | Sequence[Piece],
    within: object,
    *,
    ordered: bool = True,
) -> Unit:
    facts = tuple(sorted(fact for fact, _ in facts_used(within)))
    return Unit(identity, kind, section, text, tuple(pieces), facts, ordered)
