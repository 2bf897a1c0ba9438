"""One content for every program that is measured: flat items read from a bulletin's tree, or drawn from a seed at any size."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletin.document.blocks import Table as BulletinTable
    from bulletin.document.chart import Chart
    from bulletin.document.tree import Document, Section


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Words:
    text: str


@dataclass(frozen=True)
class Points:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    anchor: str
    title: str
    headnote: str
    heads: tuple[tuple[tuple[str, int], ...], ...]
    """Rows of heads, outermost first: words and columns spanned; the stub's head begins the last."""
    rows: tuple[tuple[str, ...], ...]
    """The stub first; a row of the stub alone spans the table."""
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    anchor: str
    title: str
    subtitle: str
    alt: str
    chart: Chart
    notes: tuple[str, ...]


Item = Heading | Words | Points | Table | Picture


@dataclass(frozen=True)
class Content:
    language: str
    tag: str
    title: str
    items: tuple[Item, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(i for i in self.items if isinstance(i, Table))

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(i for i in self.items if isinstance(i, Picture))

    @property
    def rows(self) -> int:
        return sum(len(t.rows) for t in self.tables)


def read_tree(path: Path) -> Document:
    from bulletin.document.from_json import document_of

    return document_of(json.loads(path.read_text(encoding="utf-8")))


def content_of(document: Document) -> Content:
    """Everything that is printed but the cover, the contents and the small lines of charts in key figures."""
    items = tuple(i for section in document.sections for i in _section(section))
    return Content(document.metadata.language, document.metadata.tag, document.metadata.title, items)


def _section(section: Section) -> Iterator[Item]:
    from bulletin.document.blocks import Box, BulletList, Definitions, Figure, KeyFigures, Notice, Paragraph
    from bulletin.document.blocks import Table as BulletinTable
    from bulletin.document.inline import plain

    yield Heading(section.level, f"{section.number} {plain(section.title)}".strip(), section.id)
    if section.opening:
        if section.opening.lede:
            yield Words(plain(section.opening.lede.content))
        for figure in section.opening.figures:
            yield Words(f"{figure.label}: {plain(figure.value)} {figure.unit} {figure.when} {plain(figure.change)}")
        if section.opening.notice:
            yield Words(plain(section.opening.notice.content))
    for block in section.blocks:
        match block:
            case Paragraph() | Notice():
                yield Words(plain(block.content))
            case BulletList():
                yield Points(tuple(plain(i.content) for i in block.items))
            case Box():
                yield Words(plain(block.title))
                for inner in block.blocks:
                    if isinstance(inner, BulletList):
                        yield Points(tuple(plain(i.content) for i in inner.items))
                    else:
                        yield Words(plain(inner.content))
            case KeyFigures():
                for figure in block.items:
                    yield Words(f"{figure.label}: {plain(figure.value)} {figure.unit} {figure.when} {plain(figure.change)}")
            case BulletinTable():
                yield _table(block)
            case Figure():
                notes = tuple(f"{n.label} {plain(n.content)}".strip() for n in block.notes)
                title = f"{block.label} {plain(block.title)}".strip()
                yield Picture(block.id, title, plain(block.subtitle), block.alt, block.chart, notes)
            case Definitions():
                for entry in block.items:
                    yield Words(f"{plain(entry.term)} {entry.code} {plain(entry.content)}")
                    for detail in entry.details:
                        yield Words(f"{detail.label}: {plain(detail.content)}")
    for inner_section in section.sections:
        yield from _section(inner_section)


def _table(block: BulletinTable) -> Table:
    from bulletin.document.inline import plain

    width = len(block.columns)
    heads = []
    for spanners in block.spanners:
        row: list[tuple[str, int]] = [("", 1)]
        at = 0
        for spanner in spanners:
            row += [("", 1)] * (spanner.start - at)
            row.append((plain(spanner.label), spanner.span))
            at = spanner.start + spanner.span
        heads.append((*row, *[("", 1)] * (width - at)))
    heads.append(((plain(block.stubhead), 1), *((plain(c.head), 1) for c in block.columns)))
    rows = tuple((plain(r.label), *(f"{plain(c.content) or c.text}{c.signs}{c.marks}" for c in r.cells)) for r in block.rows)
    title = f"{block.label} {plain(block.title)} {block.part}".strip()
    notes = tuple(f"{n.label} {plain(n.content)}".strip() for n in block.notes)
    return Table(block.id, title, plain(block.headnote), tuple(heads), rows, notes)


SOUNDS = (
    "pro",
    "te",
    "ção",
    "so",
    "ci",
    "al",
    "be",
    "ne",
    "fi",
    "ciá",
    "rio",
    "pen",
    "são",
    "mu",
    "ni",
    "dis",
    "tri",
    "to",
    "va",
    "lor",
)


def seeded(
    document: Document, *, chapters: int = 8, tables: int = 40, rows: int = 38, columns: int = 10, charts: int = 40, seed: int = 7
) -> Document:
    """A tree with the metadata and cover of `document` and drawn words, tables and charts, shared out over the chapters."""
    from dataclasses import replace

    from bulletin.document import blocks
    from bulletin.document.chart import Category, Chart, Point, Series, Tick
    from bulletin.document.inline import Text
    from bulletin.document.tree import Section

    draw = random.Random(seed)

    def words(count: int) -> str:
        said = ("".join(draw.choices(SOUNDS, k=draw.randint(1, 4))) for _ in range(count))
        return " ".join(said).capitalize()

    def paragraph(key: str) -> blocks.Paragraph:
        return blocks.Paragraph(key, (Text(f"{words(draw.randint(35, 80))} {draw.randint(2000, 99999)}."),))

    def table(number: int) -> blocks.Table:
        heads = tuple(
            blocks.Column(f"c{n}", (Text(str(2015 + n)),), n // 5 if columns > 5 else -1, first=n % 5 == 0)
            for n in range(columns)
        )
        spanned = tuple(blocks.Spanner((Text(words(2)),), n, min(5, columns - n)) for n in range(0, columns, 5))
        lines = tuple(
            blocks.Row(
                f"r{r}",
                (Text(words(3)),),
                tuple(
                    blocks.Cell(f"{draw.randint(1, 999)}\u00a0{draw.randint(0, 999):03d}", f"t{number}-{r}-{n}")
                    for n in range(columns)
                ),
            )
            for r in range(rows)
        )
        note = blocks.Note(f"t{number}.n", "Fonte", (Text(words(12)),))
        spanners = (spanned,) if columns > 5 else ()
        return blocks.Table(
            f"t{number}", (Text(words(7)),), (Text(words(4)),), (Text(words(1)),), heads, spanners, lines, (note,), "", words(6),
            label=f"Quadro {number + 1}", landscape=columns > 12,
        )  # fmt: skip

    def figure(number: int) -> blocks.Figure:
        kind = ("bar", "line", "column", "stacked")[number % 4]
        places = tuple(Category(f"k{n}", str(2010 + n), float(2010 + n)) for n in range(11))
        count = 1 if kind in ("bar", "column") else 3
        series = tuple(
            Series(
                f"s{s}", words(2), tuple(Point(float(v), str(v), f"g{number}-{s}") for v in draw.choices(range(10, 90), k=11)), s
            )
            for s in range(count)
        )
        top = 100 if count == 1 or kind == "line" else 300
        ticks = tuple(Tick(float(v), str(v)) for v in range(0, top + 1, top // 4))
        chart = Chart(f"g{number}", kind, places, series, ticks)
        note = blocks.Note(f"g{number}.n", "Fonte", (Text(words(10)),))
        return blocks.Figure(
            f"g{number}", (Text(words(9)),), (Text(words(8)),), chart, (note,), words(20), "", label=f"Gráfico {number + 1}"
        )

    def chapter(number: int) -> Section:
        inside: list[blocks.Block] = []
        for n in range(number, max(tables, charts), chapters):
            inside.append(paragraph(f"c{number}.p{n}"))
            if n < tables:
                inside.append(table(n))
            if n < charts:
                inside.append(figure(n))
        return Section(f"c{number}", 1, (Text(words(4)),), tuple(inside), number=str(number + 1), running=words(3))

    sections = tuple(chapter(n) for n in range(chapters))
    return replace(document, sections=sections, cover=replace(document.cover, art=None))
