"""Lays out the collection form of one institution: which cells on which sheet, with the figures of the last edition beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.form.labels import code_text, label_of, unit_text
from bulletin.form.sums import sums_of
from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.form import Form, FormBlock, FormColumn, FormRow, FormSum, FormTable, anchor
from bulletin.model.indicator import Kind
from bulletin.model.period import Period
from bulletin.model.printed import Printed, received_cells
from bulletin.model.supply import Cell, collection_of, due_of, institution_of, responsible

if TYPE_CHECKING:
    from bulletin.model.indicator import Indicator
    from bulletin.model.project import Project

SEX = DIMENSIONS.index("sex") + 1
AREA = DIMENSIONS.index("ref_area") + 1
SMALL = 9
"""Indicators with no more rows share a sheet with others of their chapter."""
LONGEST = 36
"""Rows of a shared sheet."""
RECENT = 3
"""Years in which a cell must have been sent to be asked again although the outline does not print it."""


@dataclass(frozen=True)
class Seen:
    """One figure of an earlier edition."""

    period: Period
    value: float | None
    multiplier: int
    institution: str
    """Of its source, as `sources.yaml` says."""


History = Mapping[Cell, Sequence[Seen]]
"""By cell, oldest first."""


def senders(history: History) -> dict[Cell, str]:
    """Cell to the institution of its newest figure."""
    return {cell: seen[-1].institution for cell, seen in history.items() if seen}


def asked_cells(project: Project, history: History, year: int) -> dict[str, tuple[Printed, ...]]:
    """By institution, the cells it is asked for, in outline order; under the empty name those that nobody is known to supply."""
    sent = senders(history)
    cells = {p.cell: p for p in received_cells(project, frozenset(history))}
    chapters = {p.cell[0]: p.chapter for p in reversed(cells.values())}
    places = {project.country.code, *(p.code for p in project.country.subdivisions)}
    for cell, seen in history.items():
        is_recent = seen and year - RECENT <= seen[-1].period.year <= year
        if is_recent and cell not in cells and cell[0] in chapters and cell[AREA] in places:
            cells[cell] = Printed(cell, chapters[cell[0]])
    found: dict[str, list[Printed]] = {}
    for printed in cells.values():
        found.setdefault(responsible(project, printed.cell, year, sent), []).append(printed)
    return {institution: tuple(asked) for institution, asked in found.items()}


def lay_out(project: Project, institution: str, asked: Sequence[Printed], history: History, year: int) -> Form:
    """The form of an institution for a reference year; languages are the edition's."""
    edition, country = project.edition, project.country
    known = institution_of(project, institution)
    collection = collection_of(project, institution)
    languages = edition.languages
    contact = (collection.contact if collection else None) or edition.contact or {}
    due = due_of(project, institution)
    tables = _tables(project, asked, history, year)
    periods = {c.period for t in tables for c in t.columns}
    return Form(
        institution=institution,
        name=known.name if known else dict.fromkeys(languages, institution),
        country=country.code,
        country_name=country.place.name,
        edition=edition.id,
        publication=project.outline.title,
        year=year,
        due={lang: _date(project, lang, due) for lang in languages} if due else {},
        contact=contact,
        created=edition.release_date,
        languages=languages,
        reply=edition.messages if edition.messages in languages else languages[0],
        illustrative=bool(collection and collection.illustrative),
        tables=tables,
        periods={p: {lang: project.locales[lang].period_short(Period.parse(p)) for lang in languages} for p in sorted(periods)},
        words={lang: project.locales[lang].words for lang in languages},
    )


def _date(project: Project, language: str, date: str) -> str:
    locale = project.locales[language]
    year, month, day = (int(part) for part in date.split("-"))
    return locale.day(year, month, day)


def asked_period(cells: Sequence[Cell], history: History, year: int) -> str:
    """The reference period of a year as the indicator was last sent: the same month, quarter or half-year; else the year."""
    seen = [s.period for cell in cells for s in history.get(cell, ()) if s.period.year <= year]
    if not seen:
        return str(year)
    last = max(seen, key=lambda p: (p.year, p.month, p.months))
    return str(Period(year, last.month, last.months))


@dataclass(frozen=True)
class _Group:
    """The cells of one indicator."""

    chapter: str
    indicator: Indicator
    cells: tuple[Cell, ...]
    period: str

    @property
    def keys(self) -> tuple[Cell, ...]:
        """Rows: cells without their sex."""
        return tuple(dict.fromkeys(_row_key(c) for c in self.cells))

    @property
    def sexes(self) -> tuple[str, ...]:
        found = {c[SEX] for c in self.cells}
        return tuple(s for s in (TOTAL, "M", "F", *sorted(found - {TOTAL, "M", "F"})) if s in found)


def _row_key(cell: Cell) -> Cell:
    return (*cell[:SEX], TOTAL, *cell[SEX + 1 :])


def _tables(project: Project, asked: Sequence[Printed], history: History, year: int) -> tuple[FormTable, ...]:
    by_indicator: dict[str, list[Printed]] = {}
    for printed in asked:
        by_indicator.setdefault(printed.cell[0], []).append(printed)
    groups: list[_Group] = []
    for name, found in by_indicator.items():
        cells = tuple(p.cell for p in found)
        indicator = project.catalogue[name]
        groups.append(_Group(found[0].chapter, indicator, _ordered(project, cells), asked_period(cells, history, year)))
    sheets: list[list[_Group]] = []
    for group in groups:
        shared = next((s for s in sheets if _fits(s, group)), None)
        if shared is not None:
            shared.append(group)
        else:
            sheets.append([group])
    return tuple(_table(project, f"T{n:02d}", sheet, history, year) for n, sheet in enumerate(sheets, 1))


def _fits(sheet: Sequence[_Group], group: _Group) -> bool:
    """Whether a small group joins a sheet of small groups of its chapter, period and columns."""
    first = sheet[0]
    same = (first.chapter, first.period, first.sexes) == (group.chapter, group.period, group.sexes)
    small = all(len(g.keys) <= SMALL for g in (*sheet, group))
    return same and small and sum(len(g.keys) for g in (*sheet, group)) <= LONGEST


def _ordered(project: Project, cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Scheme, programme, function, age, then the country before its places, as the code lists print them."""
    order: dict[str, dict[str, int]] = {}
    for dimension in DIMENSIONS:
        codes = project.codelists[dimension].codes if dimension in project.codelists else ()
        order[dimension] = {TOTAL: -1} | {c.id: n for n, c in enumerate(codes) if c.id != TOTAL}

    def rank(cell: Cell) -> tuple[int, ...]:
        at = dict(zip(DIMENSIONS, cell[1:], strict=True))
        return tuple(order[d].get(at[d], 999) for d in ("scheme", "programme", "function", "age", "ref_area", "sex"))

    return tuple(sorted(dict.fromkeys(cells), key=rank))


def _table(project: Project, name: str, groups: Sequence[_Group], history: History, year: int) -> FormTable:
    languages = project.edition.languages
    first = groups[0]
    title = first.indicator.label
    if len(groups) > 1:
        title = next(c.title for c in project.outline.chapters if c.chapter == first.chapter)
    sexes = project.codelists["sex"].codes
    heads = {c.id: c.short or c.label for c in sexes}
    value = {lang: project.locales[lang].words["form_value"] for lang in languages}
    columns = tuple(FormColumn(first.period, s, heads.get(s, value) if len(first.sexes) > 1 else value) for s in first.sexes)
    blocks = tuple(_block(project, group, columns, history) for group in groups)
    return FormTable(name, title, anchor("table", id=name), columns, blocks, _sums(project, blocks, columns))


def _block(project: Project, group: _Group, columns: Sequence[FormColumn], history: History) -> FormBlock:
    indicator = group.indicator
    multiplier = _multiplier(project, group, history)
    cells = set(group.cells)
    rows = tuple(_row(project, indicator, key, cells, columns, history, multiplier) for key in group.keys)
    languages = project.edition.languages
    return FormBlock(
        indicator.id,
        indicator.label,
        {lang: unit_text(project, indicator.unit, multiplier, lang) for lang in languages},
        indicator.definition,
        rows,
    )


def _multiplier(project: Project, group: _Group, history: History) -> int:
    """As the newest figure was sent; else as tables print amounts."""
    seen = [s for cell in group.cells for s in history.get(cell, ())]
    if seen:
        return max(seen, key=lambda s: s.period).multiplier
    return group.indicator.scale if group.indicator.kind is Kind.AMOUNT else 0


def _row(
    project: Project,
    indicator: Indicator,
    key: Cell,
    cells: set[Cell],
    columns: Sequence[FormColumn],
    history: History,
    multiplier: int,
) -> FormRow:
    country = project.country.code
    at = dict(zip(DIMENSIONS, key[1:], strict=True))
    own = [(*key[:SEX], c.sex, *key[SEX + 1 :]) for c in columns]
    period = Period.parse(columns[0].period)
    earlier = [s.period for cell in own for s in history.get(cell, ()) if s.period < period and s.value is not None]
    last = max(earlier, default=None)
    fields = {"indicator": indicator.id, **{d: c for d, c in at.items() if d != "sex" and c != TOTAL}}
    has_country = key[AREA] != country and (*key[:AREA], country, *key[AREA + 1 :]) in {_row_key(c) for c in cells}
    lowest, highest = _bounds(indicator)
    return FormRow(
        cell=key,
        anchor=anchor(
            "row", **fields, mult=str(multiplier), sexes="+".join(c.sex for c, o in zip(columns, own, strict=True) if o in cells)
        ),
        code=code_text(key, country),
        label={lang: label_of(project, key, lang) for lang in project.edition.languages},
        level=1 if has_country else 0,
        multiplier=multiplier,
        decimals=0 if indicator.kind is Kind.COUNT else max(indicator.decimals, 1) if multiplier else indicator.decimals,
        least=lowest,
        greatest=highest,
        asked=tuple(cell in cells for cell in own),
        previous_period=str(last) if last else "",
        previous=tuple(_value(history.get(cell, ()), last, multiplier) for cell in own),
    )


def _value(seen: Sequence[Seen], period: Period | None, multiplier: int) -> float | None:
    value = next((s.value for s in seen if s.period == period), None)
    return None if value is None else float(f"{value!r}e-{multiplier}") if "e" not in repr(value) else value / 10**multiplier


def _bounds(indicator: Indicator) -> tuple[float | None, float | None]:
    """As the indicator's range rules say."""
    least: float | None = None
    greatest: float | None = None
    for spec in indicator.rules:
        if spec.rule == "range":
            low, high = spec.parameters.get("min"), spec.parameters.get("max")
            least = float(low) if isinstance(low, int | float) else least
            greatest = float(high) if isinstance(high, int | float) else greatest
    return least, greatest


def _sums(project: Project, blocks: Sequence[FormBlock], columns: Sequence[FormColumn]) -> tuple[FormSum, ...]:
    """Totals of which every part is on the sheet, as the indicators' sum rules say."""
    position: dict[Cell, tuple[int, int]] = {}
    multipliers: dict[Cell, int] = {}
    n = 0
    for block in blocks:
        for row in block.rows:
            for k, column in enumerate(columns):
                cell = (*row.cell[:SEX], column.sex, *row.cell[SEX + 1 :])
                if row.asked[k]:
                    position[cell] = (n, k)
                    multipliers[cell] = row.multiplier
            n += 1
    found = sums_of(project, position, columns[0].period)
    return tuple(
        FormSum(position[s.total], tuple(position[p] for p in s.parts), s.tolerance / 10 ** multipliers[s.total]) for s in found
    )
