"""How a language is printed in a country: number marks, scale words, months, fixed words and status signs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from bulletin.model.grammar import Grammar
from bulletin.model.period import Period
from bulletin.model.phrasing import Phrasing

MINUS = "\u2212"
NO_BREAK = "\u00a0"


def marked(digits: str, decimal: str, group: str, min_group: int) -> str:
    """`-1234.5` with the marks of a language; thousands are set apart from `min_group` digits on; minus zero is zero."""
    whole, _, fraction = digits.lstrip("-").partition(".")
    sign = MINUS if digits.startswith("-") and digits.strip("-0.") else ""
    if len(whole) >= min_group:
        whole = f"{int(whole):,}".replace(",", group)
    return sign + whole + (decimal + fraction if fraction else "")


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
    """Pattern with {n}, or {nth}, and {year}."""
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
    phrasing: Phrasing = field(default_factory=Phrasing)
    literals: tuple[tuple[str, str], ...] = ()
    """Kind (`period`, `legal`, `age`, `code`) and regular expression of the numbers in running text that are no statistics; in it
    `{months}` stands for the names of the months and `{number}` for the number of a law."""
    partial: bool = False
    """Some of its words are lent by another language."""
    months_short: tuple[str, ...] = ()
    """Where the first three letters do not tell the months apart: `juin`, `juill.`."""
    first_of_month: bool = False
    """The first day of a month is an ordinal: *1er janvier*."""
    halves: tuple[str, ...] = ()
    """Inside a sentence, in order: `primeiro semestre de {year}`; as `semester` prints them where the pack has none."""
    quarters: tuple[str, ...] = ()
    """Likewise for `quarter`."""
    bare_scales: tuple[int, ...] = ()
    """Powers of ten that stand without a numeral for exactly one: *mil milhões*, not *1 mil milhões*."""

    def number(self, value: float | Decimal, decimals: int, *, table: bool = False) -> str:
        """`value` rounded half away from zero to `decimals` digits, with this language's marks; minus zero prints as zero.

        The only function of the program that rounds for print; statistics.md 3.2.
        """
        exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
        rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return marked(f"{rounded:f}", self.decimal, self.group, 4 if table else self.min_group)

    def in_sentence(self, text: str) -> str:
        """Words with figures of a table or chart as a sentence writes them: `4064`, where the language groups from five digits on."""
        if self.min_group <= 4 or not self.group:
            return text
        group = re.escape(self.group)
        return re.sub(rf"(?<![\d{group}])(\d){group}(\d{{3}})(?!\d|{group}\d)", r"\1\2", text)

    def period(self, period: Period) -> str:
        """`2024`, `1.º semestre de 2024`, `Junho de 2024`; years inside stay whole numbers without grouping."""
        match period.months:
            case 12:
                return str(period.year)
            case 6:
                half = period.month // 6
                return self.semester.format(n=half, nth=self.ordinal_of(half), year=period.year)
            case 3:
                third = period.month // 3
                return self.quarter.format(n=third, nth=self.ordinal_of(third), year=period.year)
            case _:
                return self.month_year.format(month=self.months[period.month - 1], year=period.year)

    def period_said(self, period: Period) -> str:
        """Inside a sentence: `primeiro semestre de 2024`, `the first half of 2024`; otherwise as `period`."""
        forms = {6: self.halves, 3: self.quarters}.get(period.months, ())
        return forms[period.month // period.months - 1].format(year=period.year) if forms else self.period(period)

    def period_short(self, period: Period) -> str:
        """As a column head or axis label: `Jun. 2024`, `1.º sem. 2024`; a year as it is."""
        match period.months:
            case 12:
                return str(period.year)
            case 6 | 3:
                half = period.months == 6
                pattern = self.words["semester_short" if half else "quarter_short"]
                n = period.month // period.months
                return pattern.format(n=n, nth=self.ordinal_of(n), year=period.year)
            case _:
                return self.words["month_short"].format(month=self.short_month(period.month), year=period.year)

    def ordinal_of(self, n: int, gender: str = "m") -> str:
        """`4.º`, `4th`, `1er`; a key `m=1` serves one number alone, a digit those that end with it, except 11, 12 and 13."""
        last = str(n % 10)
        if f"{gender}={n}" in self.ordinal:
            return self.ordinal[f"{gender}={n}"].format(n=n)
        if last in self.ordinal and n % 100 not in (11, 12, 13):
            return self.ordinal[last].format(n=n)
        pattern = self.ordinal.get(gender) or self.ordinal.get("n") or next(iter(self.ordinal.values()), "{n}")
        return pattern.format(n=n)

    def is_one(self, displayed: Decimal) -> bool:
        """Whether a figure as printed takes the singular: one, and in some languages whatever is less than two."""
        return abs(displayed) < 2 if self.grammar.singular == "below two" else abs(displayed) == 1

    def day(self, year: int, month: int, day: int) -> str:
        """`31 de janeiro de 2025`, `1er janvier 2025`."""
        first = self.ordinal_of(day) if day == 1 and self.first_of_month else str(day)
        return self.date.format(day=first, month=self.months[month - 1], year=year)

    def short_month(self, month: int) -> str:
        """`Jan`, `juill.`: as the pack abbreviates it, else its first three letters."""
        return self.months_short[month - 1] if self.months_short else self.months[month - 1][:3]

    def enumerated(self, items: list[str]) -> str:
        """`a, b e c`."""
        if len(items) < 2:
            return "".join(items)
        return ", ".join(items[:-1]) + f" {self.list_and} " + items[-1]
