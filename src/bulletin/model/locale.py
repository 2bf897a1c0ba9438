"""How a language is printed in a country: number marks, scale words, months, fixed words and status signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from bulletin.model.grammar import Grammar
from bulletin.model.period import Period

MINUS = "\u2212"
NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Locale:
    language: str
    """`pt`, `en`."""
    tag: str
    """BCP 47 tag for documents: `pt-MZ`, `en-GB`."""
    decimal: str
    group: str
    min_group: int
    """Least number of digits that are grouped in running text; tables always group from four."""
    percent: str
    """`{n}%`; French sets a space."""
    scales: Mapping[int, tuple[str, str]]
    """Power of ten to singular and plural scale word: `6: (milhão, milhões)`."""
    scale_of: Mapping[int, str]
    """Power of ten to the word that joins scale and noun (`de` in *milhões de pessoas*); empty string otherwise."""
    months: tuple[str, ...]
    """Twelve names, as written inside a sentence."""
    date: str
    """Pattern with {day}, {month}, {year}."""
    month_year: str
    quarter: str
    """Pattern with {n} and {year}."""
    semester: str
    ordinal: Mapping[str, str]
    """Gender to pattern, e.g. `m: {n}.º`."""
    cardinals: Mapping[str, tuple[str, ...]]
    """Gender to the words for 1 to 10."""
    list_and: str
    quotes: tuple[str, str]
    words: Mapping[str, str]
    """Fixed words of the printed page by key: `table`, `figure`, `map`, `source`, `notes`, `signs`, `continued`, …"""
    signs: Mapping[str, str]
    """Meaning to printed sign: `missing: ..`, `not_applicable: //`, `zero: –`, `confidential: c`, `provisional: (p)`, …"""
    sign_names: Mapping[str, str]
    """Meaning to its explanation in a legend."""
    grammar: Grammar = field(default_factory=Grammar)

    def number(self, value: float | Decimal, decimals: int, *, table: bool = False) -> str:
        """`value` rounded half away from zero to `decimals` digits, with this language's marks; minus zero prints as zero.

        The only function of the program that rounds for print; statistics.md 3.2.
        """
        exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
        rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        whole, _, fraction = f"{abs(rounded):f}".partition(".")
        if len(whole) >= (4 if table else self.min_group):
            pieces: list[str] = []
            while whole:
                pieces.insert(0, whole[-3:])
                whole = whole[:-3]
            whole = self.group.join(pieces)
        text = whole + (self.decimal + fraction if fraction else "")
        return (MINUS if rounded < 0 else "") + text

    def period(self, period: Period) -> str:
        """`2024`, `1.º semestre de 2024`, `Junho de 2024`; years inside stay whole numbers without grouping."""
        match period.months:
            case 12:
                return str(period.year)
            case 6:
                return self.semester.format(n=period.month // 6, year=period.year)
            case 3:
                return self.quarter.format(n=period.month // 3, year=period.year)
            case _:
                return self.month_year.format(month=self.months[period.month - 1], year=period.year)

    def period_short(self, period: Period) -> str:
        """As a column head or axis label: `Jun. 2024`, `1.º sem. 2024`; a year as it is."""
        match period.months:
            case 12:
                return str(period.year)
            case 6 | 3:
                half = period.months == 6
                pattern = self.words["semester_short" if half else "quarter_short"]
                return pattern.format(n=period.month // period.months, year=period.year)
            case _:
                return self.words["month_short"].format(month=self.months[period.month - 1][:3], year=period.year)

    def enumerated(self, items: list[str]) -> str:
        """`a, b e c`."""
        if len(items) < 2:
            return "".join(items)
        return ", ".join(items[:-1]) + f" {self.list_and} " + items[-1]
