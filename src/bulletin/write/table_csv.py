"""A printed table as CSV that a spreadsheet opens at once: title and unit above, one line of heads, the figures, notes below."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bulletin.document.grid import Grid, grid, tidy

if TYPE_CHECKING:
    from bulletin.document.blocks import Table
    from bulletin.document.tree import Document

_LIVE = re.compile(r"[=@\t\r]|[+-](?!\d)")


def table_csv(table: Table, document: Document) -> bytes:
    """UTF-8 with a mark of order, lines ended as on Windows, separated by `;` where the language has a decimal comma and by `,` where
    it has a decimal point.

    That is what Excel expects on a computer set to the language: a double click shows columns and numbers. Without the mark it takes
    the letters for those of another code; with the other separator it puts a line in one cell.
    """
    about = document.metadata
    found = grid(table, about.decimal)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if about.decimal == "," else ",", lineterminator="\r\n")
    writer.writerows([inert(cell) for cell in row] for row in _rows(found, document, table.part))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _rows(found: Grid, document: Document, part: str) -> Iterator[list[str]]:
    words, about = document.words, document.metadata
    # an extract says so at once; where the whole is, its note does
    yield [found.label or words["table"], tidy(f"{found.title} {part}")]
    for said in (found.unit, found.illustrative):
        if said:
            yield ["", said]
    yield []
    marked = [found.has_marks(column) for column in range(len(found.columns))]
    head = [found.stub or words["csv_row"]]
    for name, has in zip(found.columns, marked, strict=True):
        head += [name, f"{name} ({words['csv_marks']})"] if has else [name]
    yield [words["csv_block"], *head] if found.has_blocks else head
    for line in found.lines:
        cells = [line.head]
        for text, mark, has in zip(line.cells, line.marks, marked, strict=True):
            cells += [text, mark] if has else [text]
        yield [line.block, *cells] if found.has_blocks else cells
    yield []
    for label, text in found.notes:
        yield [label, text]
    yield [words["title_word"], tidy(about.title)]
    yield [words["release_date"], about.release_date]
    if document.cover.banner:
        yield [words["status"], tidy(document.cover.banner)]


def inert(text: str) -> str:
    """A text that a spreadsheet would take for a formula begins with an apostrophe, as one would type it."""
    return f"'{text}" if _LIVE.match(text) else text


def file_name(table: Table) -> str:
    """`quadro-3-6.csv`: after the number that is printed, or the id of a table without one."""
    plain = unicodedata.normalize("NFKD", tidy(table.label) or table.id).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") + ".csv"


def attachment_name(table: Table, document: Document) -> str:
    """What a reader's program says of the file."""
    words = document.words["csv_attachment"]
    return words.format(label=tidy(table.label) or document.words["table"], title=grid(table, ",").title)
