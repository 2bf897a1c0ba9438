"""A leaflet: two pages made of blocks of an edition, with their ids, facts and printed figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from bulletin.document.blocks import Block, BulletList, Definitions, Figure, KeyFigure, KeyFigures, Row, Table
from bulletin.document.tree import Document, Section, walk

HALF = 82.0
"""Millimetres: half the width of the text, less half the gap between the two."""


@dataclass(frozen=True)
class Leaflet:
    name: str
    """`highlights`."""
    document: Document
    """The blocks of its two pages in reading order; the subtitle of its cover is the title of the leaflet."""

    @property
    def language(self) -> str:
        return self.document.metadata.language

    @property
    def figures(self) -> tuple[KeyFigure, ...]:
        return tuple(item for b in walk(self.document.sections) if isinstance(b, KeyFigures) for item in b.items)

    @property
    def strip(self) -> KeyFigures | None:
        return next((b for b in walk(self.document.sections) if isinstance(b, KeyFigures)), None)

    @property
    def messages(self) -> tuple[Section, BulletList] | None:
        """With the section that names them."""
        for section in self.document.sections:
            for block in section.blocks:
                if isinstance(block, BulletList):
                    return section, block
        return None

    @property
    def charts(self) -> tuple[Figure, ...]:
        """Of the second page."""
        return tuple(b for b in self._blocks(f"{self.name}.charts") if isinstance(b, Figure))

    @property
    def first_charts(self) -> tuple[Figure, ...]:
        """Those that found room on the first page."""
        return tuple(b for b in self._blocks(f"{self.name}.first") if isinstance(b, Figure))

    def _blocks(self, section: str) -> tuple[Block, ...]:
        return next((s.blocks for s in self.document.sections if s.id == section), ())

    @property
    def table(self) -> Table | None:
        return next((b for b in walk(self.document.sections) if isinstance(b, Table)), None)

    @property
    def notes(self) -> Definitions | None:
        """Signs and sources of the first page."""
        return self._definitions(f"{self.name}.notes")

    @property
    def about(self) -> Definitions | None:
        """At the foot of the second page."""
        return self._definitions(f"{self.name}.about")

    def _definitions(self, name: str) -> Definitions | None:
        return next((b for b in walk(self.document.sections) if isinstance(b, Definitions) and b.id == name), None)


def in_rows(charts: Iterable[Figure]) -> tuple[tuple[Figure, ...], ...]:
    """Two halves stand side by side."""
    rows: list[tuple[Figure, ...]] = []
    for figure in charts:
        half = figure.chart.width <= HALF
        if half and rows and len(rows[-1]) == 1 and rows[-1][0].chart.width <= HALF:
            rows[-1] = (*rows[-1], figure)
        else:
            rows.append((figure,))
    return tuple(rows)


def in_strips(items: tuple[KeyFigure, ...]) -> tuple[tuple[KeyFigure, ...], ...]:
    """Rows of three."""
    return tuple(items[i : i + 3] for i in range(0, len(items), 3))


def halves(table: Table) -> tuple[Table, ...]:
    """Its blocks of rows as tables that stand side by side, each headed by the words of its block; the notes belong to all."""
    parts: list[tuple[Row, list[Row]]] = []
    for is_block, rows in groupby(table.rows, lambda row: row.role == "block"):
        if is_block:
            parts += [(row, []) for row in rows]
        elif parts:
            parts[-1][1].extend(rows)
    parts = [(head, rows) for head, rows in parts if rows]
    if len(parts) != 2:
        return (replace(table, notes=()),)
    return tuple(
        replace(table, id=f"{table.id}.{n}", stubhead=(), title=head.label, rows=tuple(rows), notes=())
        for n, (head, rows) in enumerate(parts, 1)
    )


def without_last_message(leaflet: Leaflet) -> Leaflet:
    """The messages stand by importance."""

    def less(section: Section) -> Section:
        blocks = tuple(replace(b, items=b.items[:-1]) if isinstance(b, BulletList) else b for b in section.blocks)
        return replace(section, blocks=tuple(b for b in blocks if not isinstance(b, BulletList) or b.items))

    sections = tuple(less(s) for s in leaflet.document.sections)
    return replace(leaflet, document=replace(leaflet.document, sections=tuple(s for s in sections if s.blocks)))


def without(leaflet: Leaflet, block: str) -> Leaflet:
    sections = tuple(replace(s, blocks=tuple(b for b in s.blocks if b.id != block)) for s in leaflet.document.sections)
    return replace(leaflet, document=replace(leaflet.document, sections=tuple(s for s in sections if s.blocks)))


def with_lower_charts(leaflet: Leaflet, height: float, kinds: Collection[str]) -> Leaflet:
    """Charts of the second page, of these kinds, no higher than `height` millimetres."""

    def lower(block: Block) -> Block:
        if not isinstance(block, Figure) or block.chart.kind not in kinds:
            return block
        return replace(block, chart=replace(block.chart, height=min(block.chart.height, height)))

    def less(section: Section) -> Section:
        if section.id != f"{leaflet.name}.charts":
            return section
        return replace(section, blocks=tuple(lower(b) for b in section.blocks))

    return replace(leaflet, document=replace(leaflet.document, sections=tuple(less(s) for s in leaflet.document.sections)))


def with_row_in_front(leaflet: Leaflet) -> Leaflet:
    """Its first row of charts on the first page, after what stands there."""
    row, name = in_rows(leaflet.charts)[0], leaflet.name
    front = Section(f"{name}.first", 2, (), (*leaflet.first_charts, *row), numbering="none")
    rest = without(without(leaflet, row[0].id), row[-1].id)
    kept = [s for s in rest.document.sections if s.id != front.id]
    at = next(
        (n for n, s in enumerate(kept) if s.id in (f"{name}.explained", f"{name}.charts", f"{name}.table", f"{name}.rest")), 0
    )
    return replace(leaflet, document=replace(leaflet.document, sections=(*kept[:at], front, *kept[at:])))
