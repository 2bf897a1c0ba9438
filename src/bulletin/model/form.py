"""A collection form as values: what one institution is asked for, table by table, and the anchors by which it is read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bulletin.model.supply import Cell
from bulletin.model.text import LocalText

VERSION = "1"
"""Of the anchors; a form of another version is not read."""

SIGNATURE = "bulletin:"
"""Every anchor begins with it, so that anchors are found wherever rows and columns have been moved to."""

EXPECTED = "expected:"
"""Stands in the list of what was sent out in place of the signature."""

CODE, PREVIOUS, STATUS, COMMENT, ANSWER = "code", "previous", "status", "comment", "answer"
"""Columns beside those to fill in; `answer` in the sheets of contacts and notes."""

NOTES = 20
CONTACTS = ("person", "position", "email", "phone", "date", "language")
STATUSES = ("A", "P", "E", "B", "O", "L", "M", "C")
"""Letters offered in the status list: CL_OBS_STATUS, and C for confidential (CL_CONF_STATUS)."""
WITHOUT_VALUE = ("O", "L", "M")
"""Statuses that explain an empty cell; the others qualify a figure."""


def anchor(kind: str, **fields: str) -> str:
    """`bulletin:row;indicator=PENSIONERS;scheme=INSS;mult=0;sexes=_T+M+F`: a row, and the columns asked in it."""
    return SIGNATURE + ";".join([kind, *(f"{name}={value}" for name, value in fields.items())])


@dataclass(frozen=True)
class FormColumn:
    """A column to fill in."""

    period: str
    sex: str
    head: LocalText

    @property
    def anchor(self) -> str:
        return anchor("column", period=self.period, sex=self.sex)


@dataclass(frozen=True)
class FormRow:
    cell: Cell
    """Sex at its total: the columns say it."""
    anchor: str
    code: str
    """As shown and locked: the codes that are not totals."""
    label: LocalText
    level: int
    """Depth of indentation."""
    multiplier: int
    """Power of ten in which figures are asked."""
    decimals: int
    least: float | None
    greatest: float | None
    asked: tuple[bool, ...]
    """One per column."""
    previous_period: str
    previous: tuple[float | None, ...]
    """One per column, in the power of ten of `multiplier`."""


@dataclass(frozen=True)
class FormBlock:
    """The rows of one indicator."""

    indicator: str
    label: LocalText
    unit: LocalText
    definition: LocalText
    rows: tuple[FormRow, ...]


@dataclass(frozen=True)
class FormSum:
    """A total and its parts as (row, column) of the table, rows counted over all blocks."""

    total: tuple[int, int]
    parts: tuple[tuple[int, int], ...]
    tolerance: float
    """In the unit and power of ten of the rows."""


@dataclass(frozen=True)
class FormTable:
    id: str
    """`T01`: the name of its sheet."""
    title: LocalText
    anchor: str
    columns: tuple[FormColumn, ...]
    blocks: tuple[FormBlock, ...]
    sums: tuple[FormSum, ...]

    @property
    def rows(self) -> Iterator[FormRow]:
        return (row for block in self.blocks for row in block.rows)

    @property
    def asked(self) -> int:
        return sum(sum(row.asked) for row in self.rows)


@dataclass(frozen=True)
class Form:
    institution: str
    name: LocalText
    country: str
    country_name: LocalText
    edition: str
    publication: LocalText
    year: int
    due: LocalText
    """As printed; empty: no date."""
    contact: LocalText
    created: str
    """ISO date: everything in the file that bears a date has this one."""
    languages: tuple[str, ...]
    reply: str
    """Language of the answer unless the sender chooses another."""
    illustrative: bool
    tables: tuple[FormTable, ...]
    periods: Mapping[str, LocalText]
    """Period to fill in to its short name."""
    words: Mapping[str, Mapping[str, str]]
    """Language to fixed words."""

    @property
    def anchor(self) -> str:
        return anchor(
            "form",
            version=VERSION,
            country=self.country,
            edition=self.edition,
            institution=self.institution,
            year=str(self.year),
        )

    @property
    def asked(self) -> int:
        return sum(table.asked for table in self.tables)
