"""Names of codes, periods, places, units and sources, as tables and charts print them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bulletin.compose.context import Context
from bulletin.model.codes import TOTAL
from bulletin.model.dataset import Observation
from bulletin.model.indicator import Indicator
from bulletin.model.outline import Level
from bulletin.model.period import Period


def code_label(context: Context, dimension: str, code: str, *, short: bool = False) -> str:
    """Label of a code; the code itself where no list knows it (load has refused unknown codes of data)."""
    match dimension:
        case "period":
            return context.locale.period(Period.parse(code))
        case "indicator":
            return context.said(context.lookup.catalogue[code].label)
        case "ref_area":
            place = context.lookup.country.place_of(code)
            if place:
                return context.said(place.name)
    listed = context.lookup.codelists.get(dimension)
    found = listed.get(code) if listed else None
    if found is None:
        return code
    if short and found.short:
        return context.said(found.short)
    return context.said(found.label)


def level_label(context: Context, level: Level, code: str, *, short: bool = False) -> str:
    """As a head or stub: the level's own label, `Total`, a short period, or the code's label."""
    own = level.labels.get(code)
    if own:
        return context.said(own)
    if level.by == "period" and code in ("newest", "newest.period"):
        return context.word("value" if code == "newest" else "period")
    if level.by == "period":
        return context.locale.period_short(Period.parse(code))
    if code == TOTAL:
        return context.word("total")
    return code_label(context, level.by, code, short=short)


_SCALED = {0: "in_units", 3: "in_thousands", 6: "in_millions", 9: "in_billions", 12: "in_trillions"}
_MONEY = {
    0: "in_currency",
    3: "in_currency_thousands",
    6: "in_currency_millions",
    9: "in_currency_billions",
    12: "in_currency_trillions",
}


def unit_words(context: Context, indicator: Indicator, scale: int) -> str:
    """The unit of figures printed at a scale: `milhares de pessoas`, `milhões de meticais`, `por cento`."""
    if indicator.unit == "PT":
        return context.word("per_cent")
    if indicator.unit == "XDC":
        money = context.word(_MONEY[scale]).format(currency=context.said(context.lookup.country.currency.noun))
        return context.locale.phrasing.fitted(money)
    listed = context.lookup.codelists["unit"].get(indicator.unit)
    label = context.said(listed.short or listed.label) if listed else indicator.unit
    noun = label if indicator.unit == "USD" else label[0].lower() + label[1:]
    return context.locale.phrasing.fitted(context.word(_SCALED[scale]).format(unit=noun))


def period_range(context: Context, periods: Iterable[str]) -> str:
    """`2015–2024`, or the one period; months are said by their year when they span several."""
    parsed = sorted({Period.parse(p) for p in periods})
    if not parsed:
        return ""
    if len(parsed) == 1:
        return context.locale.period(parsed[0])
    if len(parsed) == 2 and parsed[1].year - parsed[0].year > 1:
        return context.locale.enumerated([context.locale.period_short(p) for p in parsed])
    first, last = parsed[0].year, parsed[-1].year
    if first == last:
        return str(first)
    return context.word("period_to").format(first=first, last=last)


def source_line(context: Context, observations: Sequence[Observation]) -> tuple[str, ...]:
    """Short names of the sources in order of appearance, each once; illustrative figures name none but say so."""
    ids = dict.fromkeys(i for o in observations if not o.illustrative for i in o.source.split(";"))
    known = context.project.sources
    names = [context.said(known[i].short) for i in ids if i in known]
    if any(o.illustrative for o in observations):
        names.insert(0, context.word("illustrative_source"))
    return tuple(dict.fromkeys(names))


def is_total(context: Context, dimension: str, code: str) -> bool:
    return code == (context.lookup.country.code if dimension == "ref_area" else TOTAL)


def place_name(context: Context) -> str:
    return context.said(context.lookup.country.place.name)


def date_words(context: Context, iso: str) -> str:
    """`15 de Outubro de 2025`; what is not a date in the form 2025-10-15 stays as it is written."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return context.locale.day(day.year, day.month, day.day)


def axis_name(context: Context, level: Level) -> str:
    """What stands along an axis, inside a sentence: `província`, `sexo`."""
    match level.by:
        case "period" | "indicator":
            return context.word(level.by).lower()
        case "ref_area":
            return context.lookup.country.subdivision_kind[context.language][0]
        case dimension:
            return context.said(context.lookup.codelists[dimension].label).lower()
