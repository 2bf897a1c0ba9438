"""Association of data cells with their headers, worked out from the grid of a tagged table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.write.pdf.structure import elements, named

if TYPE_CHECKING:
    from pikepdf import Dictionary, Object, Pdf


@dataclass(frozen=True)
class Placed:
    """A cell with its place in the grid."""

    cell: Dictionary
    row: int
    column: int
    columns: int
    in_head: bool

    @property
    def is_header(self) -> bool:
        return bool(self.cell.S == "/TH")

    @property
    def is_block(self) -> bool:
        """Head of the rows below it, across the table."""
        return self.is_header and not self.in_head and self.columns > 1


def placed(table: Object) -> Iterator[Placed]:
    """Cells row by row, columns counted past cells that reach down from rows above."""
    from pikepdf import Dictionary

    held: dict[int, int] = {}
    row = 0
    for group in elements(table):
        if group.S not in {"/THead", "/TBody"}:
            continue
        for line in elements(group):
            column = 0
            for cell in elements(line):
                while held.get(column, 0) > row:
                    column += 1
                attributes = cell.get("/A", Dictionary())
                columns, rows = int(attributes.get("/ColSpan", 1)), int(attributes.get("/RowSpan", 1))
                yield Placed(cell, row, column, columns, bool(group.S == "/THead"))
                held |= dict.fromkeys(range(column, column + columns), row + rows)
                column += columns
            row += 1


def associate_headers(pdf: Pdf) -> None:
    """Every data cell names its headers, spanning heads and block rows included (PDF/UA-1, 7.5; Matterhorn 15-003)."""
    from pikepdf import Array, Dictionary, Name, String

    by_id: dict[str, Object] = {}
    for number, table in enumerate(named(pdf.Root.StructTreeRoot, "/Table")):
        over: dict[int, list[str]] = {}
        beside: dict[int, list[str]] = {}
        cells = list(placed(table))
        for place in cells:
            if not place.is_header:
                continue
            name = f"t{number:04d}r{place.row:05d}c{place.column:03d}"
            place.cell.ID = String(name)
            by_id[name] = place.cell
            if place.in_head:
                for column in range(place.column, place.column + place.columns):
                    over.setdefault(column, []).append(name)
            elif not place.is_block:
                beside.setdefault(place.row, []).append(name)
            scope = "/Column" if place.in_head or place.is_block else "/Row"
            attributes = place.cell.get("/A", Dictionary(O=Name("/Table")))
            attributes.Scope = Name(scope)
            place.cell.A = attributes
        block: list[str] = []
        for place in cells:
            if place.is_block:
                block = [str(place.cell.ID)]
            if place.is_header:
                continue
            spanned = [name for c in range(place.column, place.column + place.columns) for name in over.get(c, [])]
            names = [] if place.in_head else [*block, *dict.fromkeys(spanned), *beside.get(place.row, [])]
            attributes = place.cell.get("/A", Dictionary(O=Name("/Table")))
            attributes.Headers = Array([String(name) for name in names])
            place.cell.A = attributes
    if by_id:
        flat: list[Object] = []
        for name in sorted(by_id):
            flat += [String(name), by_id[name]]
        pdf.Root.StructTreeRoot.IDTree = pdf.make_indirect(Dictionary(Names=Array(flat)))
