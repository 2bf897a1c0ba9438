"""Blocks: what a chapter is made of. Ids are equal in all languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf

from bulletin.document.chart import Chart
from bulletin.document.inline import Inlines


@dataclass(frozen=True)
class Paragraph:
    id: str
    content: Inlines
    role: OneOf["body", "lede", "gap", "stale"] = "body"
    """`gap`: a visible mark for a text that is missing in this language (draft only)."""


@dataclass(frozen=True)
class BulletList:
    id: str
    items: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Notice:
    """A short warning set off from the text, e.g. that a chapter holds illustrative figures."""

    id: str
    content: Inlines


@dataclass(frozen=True)
class Note:
    """A line below a table or figure: `label` is `Notas`, `Sinais`, `Fonte`; empty when it continues the label above."""

    id: str
    label: str
    content: Inlines


@dataclass(frozen=True)
class KeyFigure:
    id: str
    label: str
    value: Inlines
    """The figure alone: `124 598`, `74`, `5%`, or the sign for missing."""
    unit: str
    """Words after it: `mil milhões de meticais`; may be empty."""
    when: str
    change: Inlines
    """`+20,3%`; empty: no comparison."""
    since: Inlines
    """`face a Junho de 2021 (103 540)`."""
    direction: OneOf["up", "down", "same", "none"]
    spark: Chart | None
    no_series: str
    """Said instead of a sparkline."""
    illustrative: str
    """The printed mark, or empty."""
    spark_alt: str = ""
    """What the sparkline shows, for those who do not see it."""


@dataclass(frozen=True)
class KeyFigures:
    id: str
    items: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Column:
    """A leaf column; `head` is its own head."""

    key: str
    head: Inlines
    spanner: int = -1
    """Index into the innermost spanner row, −1: none."""
    total: bool = False
    first: bool = False
    """First of a group: set apart from the column before."""
    break_before: bool = False
    """A series break lies before this column."""
    sign: str = ""


@dataclass(frozen=True)
class Spanner:
    label: Inlines
    start: int
    """First leaf column, counted from 0 after the stub."""
    span: int
    break_before: bool = False


@dataclass(frozen=True)
class Cell:
    text: str
    fact: str = ""
    """Empty for text and for signs that stand for no value."""
    kind: OneOf["number", "missing", "text"] = "number"
    signs: str = ""
    """Status signs that hang after the figure: `(p)`."""
    marks: str = ""
    """Footnote marks."""
    content: Inlines = ()
    """For cells of words; `text` is then its plain form."""


@dataclass(frozen=True)
class Row:
    key: str
    label: Inlines
    cells: tuple[Cell, ...]
    """One per column; empty for a block row, which spans the table."""
    role: OneOf["normal", "total", "group", "sub", "block"] = "normal"
    marks: str = ""


@dataclass(frozen=True)
class Table:
    id: str
    title: Inlines
    headnote: Inlines
    """Unit line; may be empty."""
    stubhead: Inlines
    columns: tuple[Column, ...]
    spanners: tuple[tuple[Spanner, ...], ...]
    """Rows of spanner heads, outermost first; empty for a flat head."""
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    """Notes, signs used, source, in print order."""
    illustrative: str
    """The printed mark, or empty."""
    summary: str
    """One sentence for assistive technology: what the rows and columns are."""
    landscape: bool = False
    stub_share: float = 0
    """Share of the width for the stub, 0 = by content; text tables give all shares in `shares`."""
    shares: tuple[float, ...] = ()
    words: bool = False
    """A table of words: cells left aligned and wrapped."""
    label: str = ""
    """`Quadro 5.1`; by `numbered`."""
    continued: str = ""
    """`Quadro 5.1  … (continuação)`; by `numbered`."""
    part: str = ""
    """`(parte 1 de 3)`, after the title: only some of the columns stand here; or `(extrato)`. As it is printed alone."""
    part_of: str = ""
    """Id of the table of which this is a later part."""


def heads_over(table: Table, position: int) -> tuple[Inlines, ...]:
    """Of the spanners over a column, outermost first."""
    return tuple(s.label for level in table.spanners for s in level if s.start <= position < s.start + s.span)


def holds_figures(table: Table, position: int) -> bool:
    """Whether a column has figures and no words: in a table of words too they stand under each other, and so does their head."""
    kinds = {row.cells[position].kind for row in table.rows if len(row.cells) > position}
    return "number" in kinds and "text" not in kinds


@dataclass(frozen=True)
class Figure:
    id: str
    title: Inlines
    """States the finding."""
    subtitle: Inlines
    """Measure, population, place, period, unit."""
    chart: Chart
    notes: tuple[Note, ...]
    alt: str
    illustrative: str
    series: OneOf["figure", "map"] = "figure"
    """Which sequence it is numbered in."""
    label: str = ""
    """`Gráfico 5.2`, `Mapa 6.1`; by `numbered`."""
    native: bool = False
    """Where a format has charts of its own, as one of these with its data, not as a picture."""


@dataclass(frozen=True)
class Box:
    id: str
    title: Inlines
    blocks: tuple[Paragraph | BulletList, ...]


@dataclass(frozen=True)
class Detail:
    """A named line of a sheet: `Denominador`, and what it is."""

    label: str
    content: Inlines


@dataclass(frozen=True)
class Definition:
    id: str
    term: Inlines
    content: Inlines
    code: str = ""
    """Printed beside the term, in sheets."""
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True)
class Definitions:
    id: str
    items: tuple[Definition, ...]
    layout: OneOf["imprint", "signs", "glossary", "sheets"]
    """`sheets`: small type, each entry with its details."""
    title: str = ""
    """A small heading above; may be empty."""


@dataclass(frozen=True)
class Entry:
    """A line of the contents."""

    target: str
    number: str
    title: Inlines
    level: int


@dataclass(frozen=True)
class Contents:
    """Contents, or a list of tables, charts or maps; entries are filled in by `numbered`."""

    id: str
    kind: OneOf["sections", "tables", "figures", "maps"]
    title: str
    entries: tuple[Entry, ...] = ()


Block = Paragraph | BulletList | Notice | KeyFigures | Table | Figure | Box | Definitions | Contents
