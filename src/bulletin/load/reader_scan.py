"""The XML of a workbook looked through once before any reader sees it: how far its cells reach, where formulas stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from bulletin.limits import SHEET_CELLS, SHEET_COLUMNS, SHEET_ROWS, WORKBOOK_SHEETS, WORKBOOK_UNPACKED
from bulletin.load.sheet import RefusedError, address, column_number

_SHEET, _BOOK = "worksheet", "workbook"


@dataclass
class Scan:
    """Of one part; what is no sheet has nothing in it."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    """Row and column, from 1."""


def scanned(stream: IO[bytes], name: str, room: int) -> tuple[Scan, int]:
    """What stands in a part and how long it is. Raises RefusedError for a declaration of types and for a sheet that reaches too far,
    ExpatError for what is no XML."""
    looking = _Looking(name)
    size = 0
    while chunk := stream.read(1 << 18):
        size += len(chunk)
        if size > room:
            raise RefusedError(WORKBOOK_UNPACKED.rule, what=name[:60], found=WORKBOOK_UNPACKED.most - room + size)
        looking.parser.Parse(chunk, False)
    if size:
        looking.parser.Parse(b"", True)
    return looking.scan, size


class _Looking:
    """Elements are known by their local names: a prefix may be anything."""

    def __init__(self, name: str) -> None:
        self.name, self.scan = name, Scan()
        self.row, self.column, self.cells, self.sheets = 0, 0, 0, 0
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._declared
        self.parser.StartElementHandler = self._root
        self.parser.buffer_text = True

    def _declared(self, *_: object) -> None:
        raise RefusedError("workbook-broken")

    def _root(self, tag: str, _: dict[str, str]) -> None:
        """Of parts that are neither sheet nor list of sheets only the form is checked."""
        kind = tag.rpartition(":")[2]
        self.parser.StartElementHandler = {_SHEET: self._in_sheet, _BOOK: self._in_book}.get(kind)

    def _in_book(self, tag: str, _: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet":
            self.sheets += 1
            if self.sheets > WORKBOOK_SHEETS.most:
                raise RefusedError(WORKBOOK_SHEETS.rule, what="sheets", found=self.sheets)

    def _in_sheet(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "c":
            self._cell(attributes.get("r", ""))
        elif kind == "row":
            self.row = _number(attributes.get("r", ""), self.row + 1)
            self.column = 0
            self._count(1)
        elif kind in ("v", "is", "f"):
            if self.row > SHEET_ROWS.most or self.column > SHEET_COLUMNS.most:
                rule = SHEET_ROWS.rule if self.row > SHEET_ROWS.most else SHEET_COLUMNS.rule
                raise RefusedError(rule, what=f"{self.name[:60]}!{address(self.row, self.column)}", found=self.row)
            if kind == "f":
                self.scan.formulas.add((self.row, self.column))

    def _cell(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        before = self.column
        self.column = column_number(letters) or self.column + 1
        self.row = _number(reference[len(letters) :], self.row)
        # A reader fills the cells in between.
        self._count(max(1, self.column - before))

    def _count(self, more: int) -> None:
        self.cells += more
        if self.cells > SHEET_CELLS.most:
            raise RefusedError(SHEET_CELLS.rule, what=self.name[:60], found=self.cells)


def _number(text: str, otherwise: int) -> int:
    """Of more digits than any row has, no more than that is said."""
    return int(text[:9]) if text.isascii() and text.isdecimal() else otherwise
