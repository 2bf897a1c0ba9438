"""Every parsed cell with its address, what it says and how it was read, so that a mapping can be checked by eye."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from bulletin.load.table import HEADER_OF, IGNORED, Table
from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.dataset import COMMENTS

if TYPE_CHECKING:
    import pandas as pd

_TOLD = ("period", "source", "unit_mult", "ref_date", "conf_status", *COMMENTS)


@dataclass(frozen=True)
class ParsedCell:
    file: str
    sheet: str
    cell: str
    """Address of the value, or line of a text file."""
    outcome: Literal["used", "rejected", "ignored"]
    sent: str
    """As it stands in the file."""
    value: str
    """As read, in units of 1; empty for a missing value."""
    status: str
    coordinates: Mapping[str, str] = field(default_factory=dict)
    """Canonical name to code; totals are left out. Of a rejected row, what stands there."""
    reason: str = ""
    """The rule of a rejected cell, the reason of an ignored one; `another-source` where a preferred source gives the figure."""


def explain(table: Table, frame: pd.DataFrame, faults: Sequence[str]) -> list[ParsedCell]:
    """`frame`: the rows of the table that were used; `faults`: per row of the table the rule that rejected it, or an empty text."""
    raw = table.frame
    found: list[ParsedCell] = []
    if len(raw):
        sent = _sent(raw)
        cells = [str(c) for c in raw["cell"]]
        used = iter(frame.to_dict("records"))
        names = [c for c in raw.columns if c in HEADER_OF and c not in ("value", "obs_status")]
        texts = {c: [str(t) for t in raw[c]] for c in names}
        for n, fault in enumerate(faults):
            if fault:
                said = {HEADER_OF[c]: texts[c][n] for c in names if texts[c][n]}
                found.append(ParsedCell(table.file, table.sheet, cells[n], "rejected", sent[n], "", "", said, fault))
            else:
                found.append(_used(table, cells[n], sent[n], {str(k): v for k, v in next(used).items()}))
    left = [
        ParsedCell(
            table.file,
            table.sheet,
            one.cell,
            "ignored" if one.reason in IGNORED else "rejected",
            one.text,
            "",
            "",
            {},
            one.reason,
        )
        for one in table.left
    ]
    return sorted([*found, *left], key=lambda c: _place(c.cell))


def _used(table: Table, cell: str, sent: str, row: Mapping[str, object]) -> ParsedCell:
    said = {"INDICATOR": str(row["indicator"])}
    said |= {HEADER_OF[d]: str(row[d]) for d in DIMENSIONS if str(row[d]) != TOTAL}
    said |= {HEADER_OF[c]: str(row[c]) for c in _TOLD if str(row[c]) not in ("", "0", "F")}
    value = row["value"]
    assert isinstance(value, float)
    text = "" if value != value else repr(value).removesuffix(".0")
    return ParsedCell(table.file, table.sheet, cell, "used", sent, text, str(row["obs_status"]), said)


def _sent(raw: pd.DataFrame) -> list[str]:
    if "sent" in raw:
        return [str(t) for t in raw["sent"]]
    texts = [str(t) for t in raw["value"]]
    if "number" in raw:
        texts = [t or ("" if n != n else repr(float(n)).removesuffix(".0")) for t, n in zip(texts, raw["number"], strict=True)]
    return texts


def _place(cell: str) -> tuple[int, int, str]:
    letters = cell.rstrip("0123456789")
    digits = cell[len(letters) :]
    return int(digits or 0), len(letters), letters


def set_aside(cells: Sequence[ParsedCell], repeated: pd.DataFrame, others: pd.DataFrame) -> tuple[ParsedCell, ...]:
    """The same cells, those told as ignored that only repeat a figure or stand behind a preferred source."""
    places = {
        reason: set(zip(frame["file"].astype(str), frame["sheet"].astype(str), frame["cell"].astype(str), strict=True))
        for reason, frame in (("repeated", repeated), ("another-source", others))
    }

    def told(one: ParsedCell) -> ParsedCell:
        at = (one.file, one.sheet, one.cell)
        if one.outcome != "used":
            return one
        if at in places["repeated"]:
            return replace(one, outcome="ignored", reason="repeated")
        return replace(one, reason="another-source") if at in places["another-source"] else one

    return tuple(told(one) for one in cells)
