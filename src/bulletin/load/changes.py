"""Data files as they might be: another content, or single cells with another text, without anything being written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bulletin.errors import ConfigError
from bulletin.load.csv_table import sniff_separator
from bulletin.load.sheet import Sheet, SheetCell, column_number
from bulletin.load.table import HEADER_OF
from bulletin.load.text_file import as_windows, decode
from bulletin.model.edition import DataFile
from bulletin.model.finding import Finding, Place, Severity

_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]+)")
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")


@dataclass(frozen=True)
class DataChange:
    place: Place
    """File relative to the project; sheet and cell of a workbook, line and column of a text file; no cell: the whole file."""
    text: str = ""
    """As somebody would write it into the cell."""
    content: bytes = b""
    """For a whole file."""


def changed_content(content: bytes, changes: Sequence[DataChange]) -> bytes:
    """Of a file whose changes these are."""
    return next((c.content for c in reversed(changes) if not c.place.cell), content)


def changed_lines(content: bytes, declared: DataFile | None, changes: Sequence[DataChange]) -> bytes:
    """A canonical text file with other cells, in the encoding it had. Raises ConfigError where it has no such line or column."""
    cells = [c for c in changes if c.place.cell]
    decoded = decode(content, declared.encoding if declared else None)
    windows = None if decoded else as_windows(content)
    text, encoding = decoded or (windows or "", "cp1252")
    if not cells or not text:
        return content
    lines = list(io.StringIO(text, newline=""))
    separator = (declared.separator if declared else None) or sniff_separator(lines[0].rstrip("\r\n")) or ","
    for change in cells:
        _put(lines, separator, change)
    return "".join(lines).encode(encoding)


def _put(lines: list[str], separator: str, change: DataChange) -> None:
    reader = csv.reader(list(lines), delimiter=separator)
    head: list[str] = []
    start = 0
    for row in reader:
        if head and str(start + 1) == change.place.cell:
            name = change.place.column or HEADER_OF["value"]
            columns = {h.strip().casefold(): n for n, h in enumerate(head)}
            number = columns.get(HEADER_OF.get(name, name).casefold(), len(row))
            if number >= len(row):
                known = ", ".join(h.strip() for h in head if h.strip())
                raise ConfigError([_unknown("impact-no-column", change, known)])
            row[number] = change.text
            out = io.StringIO()
            csv.writer(out, delimiter=separator, lineterminator="\r\n").writerow(row)
            last = lines[reader.line_num - 1]
            ending = last[len(last.rstrip("\r\n")) :]
            whole = out.getvalue().removesuffix("\r\n") + ending
            lines[start : reader.line_num] = list(io.StringIO(whole, newline=""))
            return
        head = head or row
        start = reader.line_num
    raise ConfigError([_unknown("impact-no-cell", change, f"2–{start}")])


def changed_cells(sheets: Sequence[Sheet], changes: Sequence[DataChange], *, text_file: bool = False) -> tuple[Sheet, ...]:
    """Sheets with other cells. Raises ConfigError where there is no such sheet, or no such address."""
    found = list(sheets)
    for change in (c for c in changes if c.place.cell):
        match = _ADDRESS.fullmatch(change.place.cell)
        fit = [
            n
            for n, s in enumerate(found)
            if s.name == change.place.sheet or (not change.place.sheet and not s.hidden and s.cells)
        ]
        if match is None or len(fit) != 1:
            names = ", ".join(s.name for s in found if s.name)
            raise ConfigError([_unknown("impact-no-cell", change, names or "A1")])
        row, column = int(match[2]), column_number(match[1])
        typed = bool(_NUMBER.fullmatch(change.text)) and not text_file
        cell = SheetCell(row, column, "n" if typed else "s", change.text.replace(",", ".") if typed else change.text)
        others = [c for c in found[fit[0]].cells if (c.row, c.column) != (row, column)]
        cells = sorted([*others, *([cell] if change.text else [])], key=lambda c: (c.row, c.column))
        found[fit[0]] = replace(found[fit[0]], cells=tuple(cells))
    return tuple(found)


def _unknown(rule: str, change: DataChange, known: str) -> Finding:
    return Finding(rule, Severity.ERROR, change.place, change.place.file, {"known": known})
