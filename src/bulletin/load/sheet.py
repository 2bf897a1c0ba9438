"""Sheets of a workbook as read: every filled cell with its kind, sparse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CellKind = Literal["n", "p", "s", "b", "d", "e", "f"]
"""Number, number shown as per cent, text, yes/no, date, error value, formula without a stored value."""

MAX_ROWS, MAX_COLUMNS = 200_000, 200
MAX_MEMBERS, MAX_UNPACKED, MAX_RATIO = 500, 100_000_000, 200


@dataclass(frozen=True)
class SheetCell:
    row: int
    column: int
    """Both from 1."""
    kind: CellKind
    text: str


@dataclass(frozen=True)
class Sheet:
    name: str
    hidden: bool
    cells: tuple[SheetCell, ...]
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: int = 0


def letters(column: int) -> str:
    """Name of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, column: int) -> str:
    return f"{letters(column)}{row}"


def column_number(name: str) -> int:
    """The inverse of `letters`; 0 when `name` is none."""
    if not (1 <= len(name) <= 3 and name.isascii() and name.isalpha()):
        return 0
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number
