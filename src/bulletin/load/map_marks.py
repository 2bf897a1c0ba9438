"""Note marks at the end of figures, labels and heads: taken off as the map declares, told, and never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bulletin.load.nearest import fold
from bulletin.load.numbers import BLANKS, Style
from bulletin.load.patterns import within
from bulletin.load.sheet import SheetCell
from bulletin.load.table_map import TableMap

_STYLES = (Style(".", BLANKS + ","), Style(",", BLANKS + "."))


@dataclass(frozen=True)
class Marked:
    text: str
    marks: tuple[str, ...] = ()
    """As they stand in the table, the last first."""
    fault: str = ""
    """The rule by which the cell is refused."""


def without_marks(cell: SheetCell | None, spec: TableMap, *, figure: bool = False) -> Marked:
    """Text of a cell without its note marks; a figure that would be a number with the mark too is refused."""
    if cell is None:
        return Marked("")
    text = cell.text.strip()
    if cell.kind != "s":
        # A number or a date carries no mark.
        return Marked(text)
    marks: list[str] = []
    if cell.raised:
        if spec.superscript is None:
            return Marked(text, (), "superscript-mark")
        for run in reversed(cell.raised):
            if not text.endswith(run):
                return Marked(text, (), "superscript-mark")
            text = text[: -len(run)].rstrip()
            marks += [part for part in re.split(r"[\s,;]+", run) if part]
    while spec.footnote and (found := within(rf"\s*(?:{spec.footnote})\s*$", text)) and found[0].strip():
        if figure and _is_number(text, spec):
            return Marked(text, (), "footnote-ambiguous")
        marks.append(found[0].strip())
        text = text[: found.start()]
    return Marked(text, tuple(marks))


def _is_number(text: str, spec: TableMap) -> bool:
    if spec.decimal is not None:
        groups = spec.groups if spec.groups is not None else BLANKS + ".,".replace(spec.decimal, "")
        return Style(spec.decimal, groups).matches(text)
    return any(style.matches(text) for style in _STYLES)


def meaning(marks: tuple[str, ...], spec: TableMap) -> tuple[dict[str, str], str]:
    """Canonical columns that the marks fill, and the first mark that the map does not know although it explains marks."""
    known = {fold(mark): said for mark, said in spec.marks.items()}
    filled: dict[str, str] = {}
    for mark in reversed(marks):
        said = known.get(fold(mark))
        if said is None:
            if spec.marks:
                return filled, mark
            continue
        filled = joined(filled, said)
    return filled, ""


def joined(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    """Columns of both; statuses and comments that both give stand one after the other."""
    both = dict(first)
    for name, text in second.items():
        former = both.get(name, "")
        between = ";" if name == "OBS_STATUS" else " "
        both[name] = former + between + text if former and text and former != text else text or former
    return both
