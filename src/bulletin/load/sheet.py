"""Sheets of a workbook as read: every filled cell with its kind, sparse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CellKind = Literal["n", "p", "s", "b", "d", "e", "f"]
"""Number, number shown as per cent, text, yes/no, date, error value, formula without a stored value."""


class RefusedError(Exception):
    """A workbook that must not or cannot be read; `rule` says why."""

    def __init__(self, rule: str, **parameters: str | int) -> None:
        super().__init__(rule)
        self.rule, self.parameters = rule, parameters


@dataclass(frozen=True)
class SheetCell:
    row: int
    column: int
    """Both from 1."""
    kind: CellKind
    text: str
    raised: tuple[str, ...] = ()
    """Runs of the text that are set as superscript, in their order: note marks as a rule."""
    formula: bool = False
    """The value is what a formula gave when the file was last saved."""

    @property
    def where(self) -> str:
        return address(self.row, self.column)


@dataclass(frozen=True)
class Sheet:
    name: str
    hidden: bool
    cells: tuple[SheetCell, ...]
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    """As far as the filled cells reach."""


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


def number_text(value: float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    return repr(float(value))
