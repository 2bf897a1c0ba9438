"""Two languages of one edition side by side: trees of the same shape, block for block, with charts that carry the words of both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from bulletin.document.blocks import (
    Block,
    Box,
    BulletList,
    Cell,
    Contents,
    Definition,
    Definitions,
    Entry,
    Figure,
    KeyFigure,
    KeyFigures,
    Note,
    Notice,
    Paragraph,
    Row,
    Table,
)
from bulletin.document.chart import Chart, ReferenceLine, stacked
from bulletin.document.footnotes import counted_together
from bulletin.document.inline import Inlines, Literal, Number, plain
from bulletin.document.tree import Cover, Document, Opening, Section
from bulletin.model.finding import Finding, Severity

ART_HEIGHT = 148.0
"""Millimetres of the drawn country on a cover that says everything twice."""


@dataclass(frozen=True)
class Parallel:
    """`first` and `second` have the same sections, blocks, rows and items in the same order; only `paired` makes one.

    The charts of `first` are those of both languages. What one language alone has, an acronym say, faces an empty item.
    """

    first: Document
    second: Document
    numbers: str
    """How the reader is told in whose marks the shared figures are printed, in both languages; empty: not told."""
    second_numbers: str = ""

    @property
    def languages(self) -> str:
        """`pt-en`."""
        return f"{self.first.metadata.language}-{self.second.metadata.language}"


@dataclass
class _Pairing:
    """Faults found on the way."""

    languages: tuple[str, str]
    unfinished: bool = False
    findings: list[Finding] = field(default_factory=list)

    def fault(self, rule: str, block: str, **parameters: str) -> None:
        self.findings.append(Finding(rule, Severity.ERROR, key=block, parameters={"block": block, **parameters}))

    def alone(self, block: str, which: int) -> None:
        self.fault("block-unpaired", block, language=self.languages[which], other=self.languages[1 - which])


def paired(
    first: Document, second: Document, example: str = "", *, unfinished: bool = False
) -> tuple[Parallel, tuple[Finding, ...]]:
    """`example`: a number in the marks of the first language, which is that of all shared figures: `1 234,5`.

    A block that one language lacks, and a table, chart or key figure that shows another fact in the other, is an error; while an
    edition is `unfinished` paragraphs that reviewers have so far added, parted or taken out in one language face empty ones.
    """
    pairing = _Pairing((first.metadata.language, second.metadata.language), unfinished)
    sections = _sections(pairing, first.sections, second.sections)
    month = f"{first.cover.year}-06"
    notes = [d.words.get("shared_numbers", "").format(example=example, month=month) if example else "" for d in (first, second)]
    ours, theirs = counted_together([a for a, _ in sections], [b for _, b in sections])
    one = replace(first, sections=ours, cover=_cover(first.cover))
    two = replace(second, sections=theirs, cover=_cover(second.cover))
    return Parallel(one, two, notes[0], notes[1]), tuple(pairing.findings)


def reordered(second: tuple[Section, ...], first: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections of the second language with their blocks in the order that those of the first have been given."""
    return tuple(
        replace(b, blocks=_matching(a.blocks, b.blocks), sections=reordered(b.sections, a.sections))
        for a, b in zip(first, second, strict=True)
    )


def _matching(order: Sequence[Block], blocks: Sequence[Block]) -> tuple[Block, ...]:
    waiting = list(blocks)
    found = []
    for block in order:
        at = next(i for i, b in enumerate(waiting) if b.id == block.id)
        found.append(waiting.pop(at))
    return tuple(found)


def _cover(cover: Cover) -> Cover:
    return replace(cover, art=replace(cover.art, height=ART_HEIGHT - cover.foot) if cover.art else None)


# ---------------------------------------------------------------- sections and blocks


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_Named)


def _both(pairing: _Pairing, first: Iterable[Item], second: Iterable[Item]) -> list[tuple[Item, Item]]:
    """Those with the same id, in the order of the first language; others are faults."""
    waiting = list(second)
    found = []
    for one in first:
        other = next((o for o in waiting if o.id == one.id), None)
        if other is None:
            pairing.alone(one.id, 0)
            continue
        waiting.remove(other)
        found.append((one, other))
    for other in waiting:
        pairing.alone(other.id, 1)
    return found


Facing = TypeVar("Facing", bound=Block)


def _all(pairing: _Pairing, first: Sequence[Facing], second: Sequence[Facing]) -> list[tuple[Facing, Facing]]:
    """As `_both`; while an edition is unfinished a text of one language faces an empty one, the second's after what it follows."""
    mine, yours = ({block.id: block for block in blocks} for blocks in (first, second))
    if not pairing.unfinished:
        return _both(pairing, first, second)
    pairs: list[tuple[Facing, Facing]] = []
    for block in first:
        other = yours.get(block.id) or _empty(block)
        if other is None:
            pairing.alone(block.id, 0)
        else:
            pairs.append((block, other))
    for before, block in zip((None, *second), second, strict=False):
        if block.id in mine:
            continue
        other = _empty(block)
        if other is None:
            pairing.alone(block.id, 1)
            continue
        at = next((n for n, (_, y) in enumerate(pairs, 1) if before is not None and y.id == before.id), 0)
        pairs.insert(at, (other, block))
    return pairs


def _empty(block: Facing) -> Facing | None:
    """None for what is no text."""
    match block:
        case Paragraph():
            return replace(block, content=())
        case BulletList():
            return replace(block, items=tuple(replace(item, content=()) for item in block.items))
        case _:
            return None


def _sections(pairing: _Pairing, first: tuple[Section, ...], second: tuple[Section, ...]) -> list[tuple[Section, Section]]:
    found = []
    for a, b in _both(pairing, first, second):
        blocks = [_block(pairing, x, y) for x, y in _all(pairing, a.blocks, b.blocks)]
        inner = _sections(pairing, a.sections, b.sections)
        one, other = _openings(pairing, a, b)
        found.append(
            (
                replace(a, blocks=tuple(x for x, _ in blocks), sections=tuple(x for x, _ in inner), opening=one),
                replace(b, blocks=tuple(y for _, y in blocks), sections=tuple(y for _, y in inner), opening=other),
            )
        )
    return found


def _openings(pairing: _Pairing, a: Section, b: Section) -> tuple[Opening | None, Opening | None]:
    if a.opening is None or b.opening is None:
        if a.opening is not b.opening:
            pairing.alone(a.id, 0 if a.opening else 1)
        return None, None
    for which, mine, yours in ((0, a.opening, b.opening), (1, b.opening, a.opening)):
        if mine.lede and not yours.lede and not pairing.unfinished:
            pairing.alone(mine.lede.id, which)
        if mine.notice and not yours.notice:
            pairing.alone(mine.notice.id, which)
    figures = [_figure(pairing, x, y) for x, y in _both(pairing, a.opening.figures, b.opening.figures)]
    ledes = [o.lede for o in (a.opening, b.opening)]
    one, other = ledes if all(ledes) or pairing.unfinished else (None, None)
    said = (one or (other and _empty(other)), other or (one and _empty(one)))
    notice = bool(a.opening.notice and b.opening.notice)

    def kept(opening: Opening, which: int) -> Opening:
        return replace(
            opening,
            lede=said[which],
            notice=opening.notice if notice else None,
            figures=tuple(pair[which] for pair in figures),
        )

    return kept(a.opening, 0), kept(b.opening, 1)


def _block(pairing: _Pairing, a: Block, b: Block) -> tuple[Block, Block]:
    match a, b:
        case (Paragraph(), Paragraph()) | (Notice(), Notice()):
            return a, b
        case BulletList(), BulletList():
            if len(a.items) != len(b.items) and not pairing.unfinished:
                pairing.fault("pair-differs", a.id, first=str(len(a.items)), second=str(len(b.items)))
            items = _all(replace(pairing, unfinished=True), a.items, b.items)
            return replace(a, items=tuple(x for x, _ in items)), replace(b, items=tuple(y for _, y in items))
        case KeyFigures(), KeyFigures():
            figures = [_figure(pairing, x, y) for x, y in _both(pairing, a.items, b.items)]
            return replace(a, items=tuple(x for x, _ in figures)), replace(b, items=tuple(y for _, y in figures))
        case Table(), Table():
            return _table(pairing, a, b)
        case Figure(), Figure():
            one, other = _notes(a.notes, b.notes)
            return replace(a, chart=_chart(pairing, a.chart, b.chart), notes=one), replace(b, notes=other)
        case Box(), Box():
            inner = [_block(pairing, x, y) for x, y in _all(pairing, a.blocks, b.blocks)]
            return replace(a, blocks=tuple(x for x, _ in inner)), replace(b, blocks=tuple(y for _, y in inner))  # type: ignore[misc]
        case Definitions(), Definitions():
            return _definitions(a, b)
        case Contents(), Contents():
            known = {e.target: e for e in b.entries}
            facing = tuple(known.get(e.target, Entry(e.target, e.number, (), e.level)) for e in a.entries)
            return a, replace(b, entries=facing)
        case _:
            pairing.fault("pair-differs", a.id, first=type(a).__name__, second=type(b).__name__)
            return a, a


def _definitions(a: Definitions, b: Definitions) -> tuple[Definitions, Definitions]:
    """Lists are sorted by their own alphabets and may hold what one language alone needs: that stands at the end."""
    known = {d.id: d for d in b.items}
    mine = {d.id for d in a.items}
    rest = tuple(d for d in b.items if d.id not in mine)
    facing = tuple(_facing(d, known.get(d.id)) for d in a.items)
    left = (*a.items, *(Definition(d.id, (), (), d.code) for d in rest))
    return replace(a, items=left), replace(b, items=(*facing, *rest))


def _facing(mine: Definition, yours: Definition | None) -> Definition:
    return yours or Definition(mine.id, (), (), mine.code)


# ---------------------------------------------------------------- exhibits


def _table(pairing: _Pairing, a: Table, b: Table) -> tuple[Table, Table]:
    if [c.key for c in a.columns] != [c.key for c in b.columns] or [
        [(s.start, s.span) for s in level] for level in a.spanners
    ] != [[(s.start, s.span) for s in level] for level in b.spanners]:
        pairing.fault("pair-differs", a.id, first=str(len(a.columns)), second=str(len(b.columns)))
        return a, a
    waiting = list(b.rows)
    rows: list[tuple[Row, Row]] = []
    for row in a.rows:
        other = next((r for r in waiting if (r.key, r.role) == (row.key, row.role) and len(r.cells) == len(row.cells)), None)
        if other is None:
            pairing.fault("pair-differs", a.id, first=row.key, second="–")
            continue
        waiting.remove(other)
        for one, two in zip(row.cells, other.cells, strict=True):
            if not _same(one, two):
                pairing.fault("pair-differs", a.id, first=f"{row.key} {one.text}", second=two.text)
        rows.append((row, other))
    for row in waiting:
        pairing.fault("pair-differs", a.id, first="–", second=row.key)
    one_notes, other_notes = _notes(a.notes, b.notes)
    a, b = _neutral(a, b)
    return (
        replace(a, rows=tuple(x for x, _ in rows), notes=one_notes),
        replace(b, rows=tuple(y for _, y in rows), notes=other_notes),
    )


def is_month(period: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", period))


def _neutral(a: Table, b: Table) -> tuple[Table, Table]:
    """Months over columns as both languages read them, `2024-06`, where their names differ."""

    def heads(mine: Table, yours: Table) -> Table:
        columns = tuple(
            replace(x, head=_month(x.key.split("/")[-1], x.head, y.head))
            for x, y in zip(mine.columns, yours.columns, strict=True)
        )
        spanners = tuple(
            tuple(
                replace(s, label=_month((mine.columns[s.start].key.split("/") + [""] * depth)[depth], s.label, t.label))
                for s, t in zip(level, other, strict=True)
            )
            for depth, (level, other) in enumerate(zip(mine.spanners, yours.spanners, strict=True))
        )
        return replace(mine, columns=columns, spanners=spanners)

    return heads(a, b), heads(b, a)


def _month(key: str, mine: Inlines, yours: Inlines) -> Inlines:
    return (Literal(key, "period"),) if is_month(key) and plain(mine) != plain(yours) else mine


def _same(one: Cell, other: Cell) -> bool:
    """Whether two cells show the same fact, marked alike."""
    return (one.fact, one.kind, bool(one.marks)) == (other.fact, other.kind, bool(other.marks))


def _notes(a: tuple[Note, ...], b: tuple[Note, ...]) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
    """Facing each other under the same labels; a language with fewer remarks has an empty line."""
    groups = [_labelled(notes) for notes in (a, b)]
    if [len(g) for g in groups[0]] == [len(g) for g in groups[1]]:
        return a, b
    if len(groups[0]) != len(groups[1]):
        longest = max(len(a), len(b))
        return _filled(a, longest), _filled(b, longest)
    one: list[Note] = []
    other: list[Note] = []
    for mine, yours in zip(*groups, strict=True):
        longest = max(len(mine), len(yours))
        one += _filled(mine, longest)
        other += _filled(yours, longest)
    return tuple(one), tuple(other)


def _labelled(notes: Sequence[Note]) -> list[tuple[Note, ...]]:
    groups: list[tuple[Note, ...]] = []
    for note in notes:
        if note.label or not groups:
            groups.append((note,))
        else:
            groups[-1] = (*groups[-1], note)
    return groups


def _filled(notes: tuple[Note, ...], count: int) -> tuple[Note, ...]:
    return (*notes, *(Note(f"empty.{i}", "", ()) for i in range(count - len(notes))))


def _figure(pairing: _Pairing, a: KeyFigure, b: KeyFigure) -> tuple[KeyFigure, KeyFigure]:
    facts = [[piece.fact for piece in f.value if isinstance(piece, Number)] for f in (a, b)]
    if bool(a.spark) != bool(b.spark) or facts[0] != facts[1]:
        pairing.fault("pair-differs", a.id, first=a.label, second=b.label)
    b = replace(b, unit=" ".join(w for w in (_worded(b), b.unit) if w) if b.unit else "")
    if a.spark and b.spark:
        return replace(a, spark=_chart(pairing, a.spark, b.spark)), b
    return replace(a, spark=None), replace(b, spark=None)


def _worded(figure: KeyFigure) -> str:
    """Words in which the figure itself is said, as a currency before it: they go to the unit, for the figure is printed once."""
    return "".join(re.findall(r"[^\W\d_]+", plain(figure.value)))


# ---------------------------------------------------------------- charts


def _chart(pairing: _Pairing, a: Chart, b: Chart) -> Chart:
    """The figures of the first, the words of both."""
    shape = [
        ([c.key for c in x.categories], [(s.key, [p.fact for p in s.points]) for s in x.series], len(x.classes)) for x in (a, b)
    ]
    if shape[0] != shape[1] or len(a.references) != len(b.references) or len(a.breaks) != len(b.breaks):
        pairing.fault("pair-differs", a.id, first=a.kind, second=b.kind)
        return a
    small = a.kind == "spark"
    return replace(
        a,
        categories=tuple(
            replace(x, label=x.key if x.label != y.label and (small or is_month(x.key)) else stacked(x.label, y.label))
            for x, y in zip(a.categories, b.categories, strict=True)
        ),
        series=tuple(replace(x, label=stacked(x.label, y.label)) for x, y in zip(a.series, b.series, strict=True)),
        breaks=tuple(replace(x, label=stacked(x.label, y.label)) for x, y in zip(a.breaks, b.breaks, strict=True)),
        references=tuple(_reference(x, y) for x, y in zip(a.references, b.references, strict=True)),
        classes=tuple(replace(x, label=stacked(x.label, y.label)) if _in_words(x.label) else x for x, y in zip(a.classes, b.classes, strict=True)),
        key_title=stacked(a.key_title, b.key_title),
        words={key: stacked(text, b.words.get(key, "")) for key, text in a.words.items()},
    )  # fmt: skip


_FIGURE = re.compile(r"(?P<name>.*\D)\u00a0(?P<figure>[\u2212\d][\d.,'\u00a0\u202f]*\S*)")


def _reference(a: ReferenceLine, b: ReferenceLine) -> ReferenceLine:
    """`Moçambique / Mozambique 21,7`: both names, the figure once."""
    mine, yours = _FIGURE.fullmatch(a.label), _FIGURE.fullmatch(b.label)
    if not mine or not yours:
        return replace(a, label=stacked(a.label, b.label))
    names = mine["name"] if mine["name"] == yours["name"] else f"{mine['name']} / {yours['name']}"
    return replace(a, label=f"{names}\u00a0{mine['figure']}")


def _in_words(label: str) -> bool:
    return any(c.isalpha() for c in label)
