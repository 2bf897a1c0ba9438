"""A file of open data: its columns, with names in every language and what they hold, and its rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from bulletin.model.text import LocalText


@dataclass(frozen=True)
class Field:
    name: str
    titles: LocalText
    kind: Literal["string", "decimal", "integer", "boolean"] = "string"
    required: bool = False
    codes: str = ""
    """Name of the code list; empty: free."""
    language: str = ""
    """Of its words."""
    several: bool = False
    """Values with blanks between them."""


@dataclass(frozen=True)
class CsvFile:
    path: str
    title: LocalText
    fields: tuple[Field, ...]
    rows: tuple[tuple[str, ...], ...]
    key: tuple[str, ...] = ()
    """Columns that together are unique."""
    notes: tuple[LocalText, ...] = ()
    sources: tuple[LocalText, ...] = ()
    label: str = ""
    """Of the printed table: `Quadro 1.1`."""
    illustrative: LocalText = field(default_factory=dict)
    """That its figures are none; empty where they are."""

    @property
    def coded(self) -> tuple[Field, ...]:
        """Columns of which every row has a code: one without a code refers to nothing."""
        return tuple(f for n, f in enumerate(self.fields) if f.codes and all(row[n] for row in self.rows))

    @property
    def name(self) -> str:
        """`table-pensioners`, `codes-sex`, `observations`: unique in the package."""
        return self.path.removesuffix(".csv").replace("tables/", "table-").replace("codes/", "codes-").lower()


def csv_bytes(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """RFC 4180: UTF-8 without a mark of order, commas, lines that end with CR and LF, quotes where they are needed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()
