"""Names inside a workbook: of sheets, that Excel takes on every system, and of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bulletin.document.blocks import Table
from bulletin.document.grid import tidy

LONGEST = 31
"""Letters in the name of a sheet."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_TAKEN_BY_EXCEL = ("history", "historique", "histórico")


def sheet_of(table: Table) -> str:
    """`Quadro A.3`, as it is printed."""
    return tidy(table.label) or table.id


def sheet_names(wanted: Iterable[str]) -> tuple[str, ...]:
    """In the same order; each once, whatever the case of its letters."""
    taken: set[str] = set()
    found = []
    for name in wanted:
        clean = " ".join(_FORBIDDEN.sub(" ", name).split()).strip("' ")[:LONGEST].strip("' ") or "–"
        if clean.casefold() in _TAKEN_BY_EXCEL:
            clean += " 1"
        found.append(_once(clean, " {}", taken, LONGEST))
    return tuple(found)


def link(sheet: str, cell: str = "A1") -> str:
    quoted = sheet.replace("'", "''")
    return f"internal:'{quoted}'!{cell}"


def table_names(sheets: Iterable[str]) -> tuple[str, ...]:
    """Of the tables on them: letters, digits and `_`, each once, none that could be the address of a cell (`Q1`, `R2C3`)."""
    taken: set[str] = set()
    found = []
    for sheet in sheets:
        name = "_".join(re.findall(r"\w+", sheet)) or "_"
        if name[0].isdigit() or re.fullmatch(r"[A-Za-z]{1,3}\d*|[RrCc]\d*([CcRr]\d*)?", name):
            name = f"_{name}"
        found.append(_once(name, "_{}", taken))
    return tuple(found)


def heads(names: Iterable[str]) -> tuple[str, ...]:
    """Heads of one table: each once, none empty, none longer than Excel takes."""
    taken: set[str] = set()
    return tuple(_once(name[:240].strip() or "–", " ({})", taken) for name in names)


def _once(name: str, numbered: str, taken: set[str], longest: int = 255) -> str:
    """The name, or with a number behind it where it is taken, whatever the case of its letters."""
    at, number = name, 2
    while at.casefold() in taken:
        end = numbered.format(number)
        at, number = name[: longest - len(end)] + end, number + 1
    taken.add(at.casefold())
    return at
