"""What a cell of a printed table is in a workbook: a number with the printed decimals and the format that shows it so, or words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bulletin.document.blocks import Cell
from bulletin.document.grid import tidy
from bulletin.document.inline import Inlines, NoteMark, plain
from bulletin.document.parts import marked
from bulletin.document.workbook import Sign

_FIGURE = re.compile(r"([+\u2212-]?) ?(\d[\d., ]*)(\D*)")


@dataclass(frozen=True)
class Shown:
    """`value` None: words. Nothing but the printed digits is in `value`."""

    text: str
    value: Decimal | None = None
    code: str = "@"
    """Number format."""
    signs: tuple[str, ...] = ()
    """Spelt signs that do not stand in the place of the figure."""


@dataclass(frozen=True)
class Spelling:
    """How the signs of an edition are spelt."""

    by_sign: Mapping[str, str]
    zero: str
    """Printed in the place of nothing; empty: a figure is."""
    below_half: str
    low: str
    """Spelt sign of what is less than half the unit."""

    @classmethod
    def of(cls, signs: Sequence[Sign]) -> Spelling:
        """One printed sign for several meanings is spelt as all of them."""
        found: dict[str, str] = {}
        for sign in signs:
            found[sign.printed] = f"{found[sign.printed]} {sign.spelt}" if sign.printed in found else sign.spelt
        by_meaning = {s.meaning: s for s in signs}
        low, zero = by_meaning.get("below_half"), by_meaning.get("zero")
        return cls(found, zero.printed if zero else "", low.printed if low else "", low.spelt if low else "")

    def spelt(self, text: str) -> tuple[str, ...]:
        """Each sign of `(b)(p)`, spelt; what is none as it stands."""
        found, rest = [], tidy(text)
        known = sorted(self.by_sign, key=len, reverse=True)
        while rest:
            sign = next((s for s in known if rest.startswith(s)), rest)
            found.append(self.by_sign.get(sign, sign))
            rest = rest[len(sign) :].strip()
        return tuple(found)


def shown(cell: Cell, decimal: str, spelling: Spelling) -> Shown:
    """`decimal`: mark of the language."""
    signs = spelling.spelt(cell.signs)
    if cell.kind == "text":
        return Shown(said(cell.content) or tidy(cell.text), signs=signs)
    text = tidy(cell.text)
    if cell.kind == "missing":
        return Shown(" ".join(spelling.spelt(text)), signs=signs)
    if not any(c.isdigit() for c in text):
        low = (spelling.low,) if text == spelling.below_half else ()
        if low or text == spelling.zero:
            return Shown(text, Decimal(0), "0", (*low, *signs))
        return Shown(said(cell.content) or text, signs=signs)
    value, code = figure(text, decimal)
    rounded = value == 0 and bool(spelling.low) and not any(c.isdigit() for c in spelling.zero or "0")
    return Shown(text, value, code, (spelling.low, *signs) if rounded else signs)


def figure(text: str, decimal: str) -> tuple[Decimal | None, str]:
    """`+1 234,5` as 1234.5 and the format that shows sign and decimals; words after the figure belong to the format. None where the
    text is no figure."""
    found = _FIGURE.fullmatch(text)
    if found is None:
        return None, "@"
    sign, digits, unit = found[1], found[2].rstrip(), found[3].strip()
    blank = " " if unit and found[2].endswith(" ") else ""
    other = "." if decimal == "," else ","
    if not re.fullmatch(rf"(?:\d{{1,3}}(?:[ {other}]\d{{3}})+|\d+)(?:[{decimal}]\d+)?", digits):
        return None, "@"
    plain_digits = digits.replace(" ", "").replace(other, "").replace(decimal, ".")
    value = Decimal(("-" if sign in ("\u2212", "-") else "") + plain_digits)
    decimals = len(plain_digits.partition(".")[2])
    code = "#,##0" + ("." + "0" * decimals if decimals else "")
    if unit:
        code += f'"{blank}{unit}"'.replace('""', '"')
    return value, f"+{code};-{code};{code}" if sign == "+" else code


def said(content: Inlines, note: str = "") -> str:
    """Words on one line; marks of notes as `[nota 1]` after them, `note` being the word with `{mark}`."""
    marks = () if content and isinstance(content[0], NoteMark) else tuple(marked(content))
    return tidy(plain(content)) + (noted(marks, note) if note else "")


def noted(marks: Sequence[str], note: str) -> str:
    return "".join(f" [{note.format(mark=mark)}]" for mark in marks)
