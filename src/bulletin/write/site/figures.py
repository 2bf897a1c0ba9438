"""A table of an indicator ready to be spelled: rows with their names, figures with signs and notes, sources by number."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from bulletin.document.site import Said, is_alike
from bulletin.model.codes import ConfStatus
from bulletin.model.period import Period
from bulletin.model.signs import sign_of_gap, signs_after

if TYPE_CHECKING:
    from markupsafe import Markup

    from bulletin.document.site import Board, Series, Value
    from bulletin.model.locale import Locale
    from bulletin.model.text import LocalText
    from bulletin.write.site.markup import Shelf

SCALED = {3: "thousands", 6: "millions", 9: "billions", 12: "trillions"}
NATIONAL = ("XDC",)
"""Units that mean something else in every country."""
NOTHING = "\u00b7"
"""Where an edition says nothing of a period: neither a figure nor that it is missing."""


@dataclass(frozen=True)
class Figure:
    text: str
    kind: str
    """`number`, `missing`, or `nothing`."""
    signs: str = ""
    notes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Line:
    series: Series
    name: Markup
    """What it is beside the country: `INSS, mulheres`; empty for the country as a whole."""
    unreal: str
    """Illustrative figures, or those of a demonstration; empty: what its edition says is official."""
    details: tuple[str, ...]
    """Part of a broken series, an older edition, the editions that quote it."""
    unit: str
    sources: tuple[int, ...]
    figures: tuple[Figure, ...]

    @property
    def country(self) -> str:
        """Under which it stands; empty: under none."""
        return "" if self.series.outside else self.series.country


@dataclass(frozen=True)
class Grid:
    number: int
    """Of the table on its page, from 1."""
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    unreal: str
    """Of all rows; empty where they differ, and each says its own."""
    unit: str
    """Of all rows; empty where they differ, and each says its own."""
    sources: tuple[Markup, ...]
    notes: tuple[Markup, ...]
    legend: tuple[tuple[str, str], ...]
    """Sign and what it means, of the signs that stand in the table."""

    @property
    def blocks(self) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """Rows by country; areas of no country stand under none."""
        countries = dict.fromkeys(line.country for line in self.lines)
        return tuple((c, tuple(line for line in self.lines if line.country == c)) for c in countries)

    @classmethod
    def of(cls, shelf: Shelf, board: Board, number: int) -> Grid:
        told = _Told(shelf)
        lines = tuple(told.line(row, board) for row in board.rows)
        units = {line.unit for line in lines}
        heads = tuple(shelf.locale.period_short(Period.parse(p)) for p in board.periods)
        unreal = {line.unreal for line in lines}
        return cls(
            number,
            heads,
            lines,
            unreal.pop() if len(unreal) == 1 else "",
            units.pop() if len(units) == 1 else "",
            tuple(shelf.said(s, s.get("", "")) for s in told.sources),
            tuple(shelf.said(n) for n in told.notes),
            tuple(told.legend()),
        )


class _Told:
    """Sources, notes and signs met so far, numbered in order of appearance."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.sources: list[LocalText] = []
        self.notes: list[LocalText] = []
        self.met: set[str] = set()
        self.silent = False

    def line(self, row: Series, board: Board) -> Line:
        figures = tuple(self._figure(row, p, row.values.get(p)) for p in board.periods)
        return Line(
            row, self._name(row), self._unreal(row), tuple(self._details(row)), self.shelf.unit(row), self._sources(row), figures
        )

    def legend(self) -> Iterable[tuple[str, str]]:
        locale = self.shelf.locale
        yield from ((sign, locale.sign_names[m]) for m, sign in locale.signs.items() if m in self.met)
        if self.silent:
            yield NOTHING, locale.words["site_nothing"]

    def _name(self, row: Series) -> Markup:
        from markupsafe import Markup

        site = self.shelf.site
        return Markup(", ").join(self.shelf.said(site.named(row.edition, d, code), code) for d, code in row.codes)

    def _unreal(self, row: Series) -> str:
        words = self.shelf.locale.words
        if row.illustrative:
            return words["illustrative"]
        return words["site_demonstration"] if self.shelf.site.edition(row.edition).demonstration else ""

    def _details(self, row: Series) -> Iterable[str]:
        words, site = self.shelf.locale.words, self.shelf.site
        if row.part:
            key = "site_before_break" if row.part == 1 else "site_after_break"
            periods = sorted(row.values, key=Period.parse)
            at = periods[-1] if row.part == 1 else periods[0]
            yield words[key].format(period=self.shelf.locale.period_said(Period.parse(at)))
        if row.outside:
            yield self.shelf.says(Said({}, row.quoted), "site_quoted")
            return
        newest = site.editions_of(row.country)[0]
        if row.edition != newest.id:
            yield words["site_as_in"].format(year=site.edition(row.edition).year)

    def _sources(self, row: Series) -> tuple[int, ...]:
        names = (self.shelf.site.named(row.edition, "source", code) or {"": code} for code in row.sources)
        return tuple(_numbered(self.sources, name) for name in names)

    def _figure(self, row: Series, period: str, value: Value | None) -> Figure:
        if value is None:
            self.silent = True
            return Figure(NOTHING, "nothing")
        notes = tuple(self._notes(row, period, value))
        locale = self.shelf.locale
        after = signs_after(value.statuses, missing=not value.text)
        self.met.update(after)
        signs = "".join(locale.signs[m] for m in after)
        if not value.text:
            conf = ConfStatus.CONFIDENTIAL if value.hidden else ConfStatus.FREE
            meaning = sign_of_gap(value.statuses, conf)
            self.met.add(meaning)
            return Figure(locale.signs[meaning], "missing", signs, notes)
        return Figure(self._printed(Decimal(value.text), value, row), "number", signs, notes)

    def _printed(self, exact: Decimal, value: Value, row: Series) -> str:
        """With the edition's decimals; nothing at all and less than half a unit have signs, as in the bulletin."""
        locale = self.shelf.locale
        scaled = exact.scaleb(-row.scale)
        text = locale.number(scaled, value.decimals, table=True)
        if not any(c in "123456789" for c in text):
            meaning = "below_half" if exact else "zero"
            self.met.add(meaning)
            return locale.signs[meaning]
        return text

    def _notes(self, row: Series, period: str, value: Value) -> Iterable[int]:
        words, language = self.shelf.locale.words, self.shelf.language
        said = [value.comment] if value.comment else []
        if value.ref_date and value.ref_date != _last_day(Period.parse(period)):
            said.append({language: words["site_ref_date"].format(date=self.shelf.date(value.ref_date))})
        for edition, former in value.former:
            text = self.shelf.locale.number(Decimal(former).scaleb(-row.scale), value.decimals, table=True)
            said.append({language: words["site_former"].format(year=self.shelf.site.edition(edition).year, value=text)})
        return (_numbered(self.notes, note) for note in said)


def _last_day(period: Period) -> str:
    """`2024-06-30`: to which a figure of the period refers where nothing else is said."""
    return f"{period.year}-{period.month:02d}-{monthrange(period.year, period.month)[1]}"


def _numbered(known: list[LocalText], text: LocalText) -> int:
    """Place from 1 among those known, whom it joins."""
    place = next((n for n, other in enumerate(known, 1) if is_alike(text, other)), 0)
    if not place:
        known.append(text)
    return place or len(known)


def periods_said(periods: Iterable[str], locale: Locale) -> str:
    """Years, those that follow each other as a span; shorter periods by their year."""
    years = sorted({Period.parse(p).year for p in periods})
    spans: list[list[int]] = []
    for year in years:
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    between: Mapping[bool, str] = {True: locale.words["period_to"], False: "{first}"}
    return ", ".join(between[first != last].format(first=first, last=last) for first, last in spans)
