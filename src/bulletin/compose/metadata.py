"""Reference metadata under the headings of ESMS, and a sheet for every indicator of the edition, made from the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bulletin.compose.context import Context, with_literals
from bulletin.compose.formula_words import formula_words
from bulletin.compose.labels import date_words, unit_words
from bulletin.compose.names import language_name
from bulletin.document.blocks import Definition, Definitions, Detail
from bulletin.document.inline import Literal, Text
from bulletin.model.codes import DIMENSIONS, TOTAL
from bulletin.model.indicator import Kind
from bulletin.model.metadata import is_said
from bulletin.model.printed import chapter_of_indicators
from bulletin.model.supply import cell_of, institution_of, responsible

if TYPE_CHECKING:
    from bulletin.document.inline import Inlines
    from bulletin.model.dataset import Observation
    from bulletin.model.edition import SourceRef
    from bulletin.model.indicator import Indicator, RuleSpec
    from bulletin.model.metadata import MetadataItem


_COUNTED = ("PERS", "HH", "ENT")
"""Units that say themselves what is counted."""


def reference_metadata(context: Context, used: Sequence[Observation]) -> tuple[Definitions, ...]:
    """What has been said under each heading; in a draft also what belongs under the others."""
    edition = context.project.edition
    items = []
    for item in context.project.metadata:
        if is_said(item, edition):
            text = _said(context, item)
        elif edition.status == "draft":
            text = context.word("to_complete").format(asks=context.said(item.asks))
        else:
            continue
        items.append(Definition(f"metadata.{item.id}", with_literals(context.said(item.title)), with_literals(text)))
    return (Definitions("metadata", tuple(items), "glossary"),) if items else ()


def _said(context: Context, item: MetadataItem) -> str:
    edition = context.project.edition
    values = {
        "{publisher}": context.said(edition.publisher),
        "{contact}": context.said(edition.contact),
        "{reference_date}": context.said(edition.reference_date),
        "{release_date}": date_words(context, edition.release_date),
        "{year}": str(edition.year),
        "{first}": str(edition.years.first),
        "{last}": str(edition.years.last),
        "{languages}": context.locale.enumerated([language_name(context, code) for code in edition.languages]),
    }
    text = context.said(item.text)
    for name, value in values.items():
        text = text.replace(name, value)
    known = {i.id: i.acronym for i in context.lookup.country.institutions}
    own = [
        context.headed(known.get(name, name), f"{context.said(said).rstrip('.')}.") for name, said in item.institutions.items()
    ]
    return " ".join(p for p in (text.replace("..", "."), *own) if p)


def indicator_sheets(context: Context, used: Sequence[Observation]) -> tuple[Definitions, ...]:
    """One sheet for every indicator printed, under the chapter that prints it first."""
    printed: dict[str, list[Observation]] = {}
    for observation in used:
        printed.setdefault(observation.indicator, []).append(observation)
    chapters = chapter_of_indicators(context.project)
    titles = {c.chapter: context.said(c.title) for c in context.project.outline.chapters}
    found: dict[str, list[Definition]] = {}
    for name in sorted(printed, key=list(context.lookup.catalogue).index):
        sheet = _sheet(context, context.lookup.catalogue[name], printed[name])
        found.setdefault(chapters.get(name, ""), []).append(sheet)
    order = [c for c in (*titles, "") if c in found]
    return tuple(
        Definitions(f"sheets.{c or 'other'}", tuple(found[c]), "sheets", titles.get(c, context.word("other_indicators")))
        for c in order
    )


def _sheet(context: Context, indicator: Indicator, printed: Sequence[Observation]) -> Definition:
    words, symbols = formula_words(context, indicator)
    unit, basis = unit_words(context, indicator, 0), indicator.time_basis.value
    plainly = indicator.kind is Kind.COUNT and indicator.unit in _COUNTED
    counted = "" if plainly or indicator.unit_counted in ("none", "money") else context.word(f"counted_{indicator.unit_counted}")
    reference = context.said(indicator.reference) or context.word(f"reference_{basis}")
    lines: tuple[tuple[str, str], ...] = (
        ("numerator", context.said(indicator.numerator)),
        ("denominator", context.said(indicator.denominator)),
        ("age_band", context.said(indicator.age_band)),
        ("formula", words),
        ("symbols", symbols),
        ("unit", _joined(context, unit, _named(context, "unit_counted", counted if counted != unit else ""))),
        ("reference_period", f"{context.word(basis)}{context.word('clause_separator')}{reference}"),
        ("disaggregation", _disaggregation(context, indicator, printed)),
        ("source_usual", context.said(indicator.source)),
        (
            "source_edition",
            _joined(
                context, _sources(context, printed), _named(context, "responsible", _responsible(context, indicator, printed))
            ),
        ),
        ("reference_codes", _codes(context, indicator)),
        ("checks", _checks(context, indicator)),
        ("limits", context.said(indicator.limits)),
    )
    details = tuple(
        Detail(context.word(key), _symbols(text) if key == "symbols" else with_literals(text)) for key, text in lines if text
    )
    return Definition(
        f"sheet.{indicator.id}", with_literals(context.said(indicator.label)), with_literals(context.said(indicator.definition)),
        indicator.id, details,
    )  # fmt: skip


def _named(context: Context, key: str, text: str) -> str:
    word = context.word(key)
    return f"{word[:1].lower()}{word[1:]}{context.word('colon')}{text}" if text else ""


def _joined(context: Context, *parts: str) -> str:
    return context.word("clause_separator").join(p for p in parts if p)


def _symbols(text: str) -> Inlines:
    """Codes may hold digits that are no figures, and may break after their underscores."""
    return (
        (Literal(text.replace("_", "_\u200b"), "code"),)
        if any(c.isdigit() for c in text)
        else (Text(text.replace("_", "_\u200b")),)
    )


def _disaggregation(context: Context, indicator: Indicator, printed: Sequence[Observation]) -> str:
    """What the edition breaks it down by."""
    country = context.lookup.country
    places = {p.code for p in country.subdivisions}
    found = []
    for dimension in DIMENSIONS:
        codes = {o.coordinates.get(dimension, TOTAL) for o in printed} - {TOTAL}
        if dimension == "ref_area" and codes & places:
            found.append(country.subdivision_kind[context.language][0])
        elif dimension != "ref_area" and codes:
            found.append(context.word(dimension))
    return context.locale.enumerated([f[:1].lower() + f[1:] for f in found])


def _sources(context: Context, printed: Sequence[Observation]) -> str:
    """Who published the figures of this edition; illustrative ones are called so."""
    known = context.project.sources
    ids = dict.fromkeys(
        i for o in printed if not o.illustrative and o.value is not None for i in o.source.split(";") if i in known
    )
    names = dict.fromkeys(_publisher(context, known[i]) for i in ids)
    if any(o.illustrative for o in printed):
        names[context.word("illustrative").lower()] = None
    return context.word("clause_separator").join(names)


def _publisher(context: Context, source: SourceRef) -> str:
    """The country's institution by its acronym; others as the short form of the source begins."""
    found = institution_of(context.project, source.institution)
    return found.acronym if found else context.said(source.short).partition(",")[0]


def _institution(context: Context, name: str) -> str:
    found = institution_of(context.project, name)
    return found.acronym if found else name


def _responsible(context: Context, indicator: Indicator, printed: Sequence[Observation]) -> str:
    if indicator.formula:
        return ""
    project = context.project
    cells = dict.fromkeys(cell_of(indicator.id, o.coordinates, project.country.code) for o in printed)
    found = dict.fromkeys(responsible(project, cell, project.edition.year) for cell in cells)
    return context.word("list_separator").join(_institution(context, i) for i in found if i)


def _codes(context: Context, indicator: Indicator) -> str:
    functions = [context.word(f"esspros_{f.strip()}") for f in indicator.esspros.split(",") if f.strip()]
    parts = [
        context.word(f"series_{indicator.series}") if indicator.series else "",
        f"{context.word('sdg_short')} {indicator.sdg}" if indicator.sdg else "",
        f"{context.word('ilo_short')} {indicator.ilo}" if indicator.ilo else "",
        context.headed(context.word("esspros_short"), ", ".join(functions)) if functions else "",
        f"{context.word('cofog_short')} {indicator.cofog}" if indicator.cofog else "",
    ]
    return context.word("clause_separator").join(p for p in parts if p)


def _checks(context: Context, indicator: Indicator) -> str:
    sums = [spec for spec in indicator.rules if spec.rule == "sum"]
    over = [_dimension(context, str(s.parameters.get("over", ""))) for s in sums]
    said = [_check(context, spec) for spec in indicator.rules if spec.rule != "sum"]
    if over:
        said.insert(0, context.word("check_sum").format(over=", ".join(dict.fromkeys(over))))
    return context.word("clause_separator").join(dict.fromkeys(s for s in said if s))


def _check(context: Context, spec: RuleSpec) -> str:
    kind = context.project.rules.get(spec.rule)
    given = {name: str(value) for name, value in {**(kind.defaults if kind else {}), **spec.parameters}.items()}
    if spec.rule == "range":
        key = "check_range_to" if "min" not in given else "check_range" if "max" in given else "check_range_from"
        return context.word(key).format(min=given.get("min", ""), max=given.get("max", ""))
    if spec.rule == "compare":
        right = context.lookup.catalogue.get(given.get("right", ""))
        key = "check_compare" if given.get("op", "<=") == "<=" else "check_compare_other"
        return context.word(key).format(right=context.said(right.label) if right else given.get("right", ""))
    label = context.said(kind.label) if kind else spec.rule
    return label[:1].lower() + label[1:]


def _dimension(context: Context, dimension: str) -> str:
    if dimension == "ref_area":
        return context.lookup.country.subdivision_kind[context.language][0]
    return context.locale.words.get(dimension, dimension).lower()
