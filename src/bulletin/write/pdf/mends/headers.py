"""Association of data cells with their headers, worked out from the grid of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.write.pdf.structure import Element


@dataclass(frozen=True)
class Placed:
    """A cell with its place in the grid."""

    cell: Element
    row: int
    column: int
    in_head: bool

    @property
    def columns(self) -> int:
        return self.cell.span("ColSpan")

    @property
    def is_header(self) -> bool:
        return self.cell.tag == "TH"

    @property
    def is_block(self) -> bool:
        """Head of the rows below it, across the table."""
        return self.is_header and not self.in_head and self.columns > 1


def placed(table: Element) -> Iterator[Placed]:
    """Cells row by row, columns counted past cells that reach down from rows above."""
    held: dict[int, int] = {}
    row = 0
    for group in table.elements:
        if group.tag not in {"THead", "TBody"}:
            continue
        for line in group.elements:
            column = 0
            for cell in line.elements:
                while held.get(column, 0) > row:
                    column += 1
                place = Placed(cell, row, column, group.tag == "THead")
                yield place
                held |= dict.fromkeys(range(column, column + place.columns), row + cell.span("RowSpan"))
                column += place.columns
            row += 1


def associate_headers(root: Element) -> None:
    """Every data cell names its headers, spanning heads and block rows included, and every header its scope (PDF/UA-1, 7.5;
    Matterhorn 15-003 to 15-005; WCAG 1.3.1). WeasyPrint counts a spanning head in its first column alone and writes no scope
    (issue 2508)."""
    for number, table in enumerate(root.named("Table")):
        cells = list(placed(table))
        over: dict[int, list[str]] = {}
        beside: dict[int, list[str]] = {}
        for place in cells:
            if not place.is_header:
                continue
            name = place.cell.name = f"t{number:04d}r{place.row:05d}c{place.column:03d}"
            if place.in_head:
                for column in range(place.column, place.column + place.columns):
                    over.setdefault(column, []).append(name)
            elif not place.is_block:
                beside.setdefault(place.row, []).append(name)
            scope = "Column" if place.in_head or place.is_block else "Row"
            place.cell.attributes.setdefault("Table", {})["Scope"] = scope
        block: list[str] = []
        for place in cells:
            if place.is_block:
                block = [place.cell.name]
            if place.is_header:
                continue
            spanned = [name for c in range(place.column, place.column + place.columns) for name in over.get(c, [])]
            names = [] if place.in_head else [*block, *dict.fromkeys(spanned), *beside.get(place.row, [])]
            place.cell.attributes.setdefault("Table", {})["Headers"] = names
