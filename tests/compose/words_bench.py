"""A small country of eleven places and a few series, and both languages speaking about them."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import factories
from bulletin.compose.facts import FactBook
from bulletin.compose.functions import WordsContext
from bulletin.compose.lookup import Lookup
from bulletin.compose.narrative import numbers_in, render_chapter
from bulletin.document.blocks import Block, BulletList, Paragraph
from bulletin.document.inline import Number, plain
from bulletin.model.codes import Code, CodeList
from bulletin.model.country import PlaceName
from bulletin.model.edition import Years
from bulletin.model.finding import Finding, Place
from bulletin.model.indicator import Indicator, Kind, Subject, TimeBasis
from bulletin.model.locale import Locale
from bulletin.model.project import ParagraphTemplate
from bulletin.shipped import shipped
from factories import CODELISTS, ENGLISH, MOZAMBIQUE, PORTUGUESE, both, edition, indicator, observations, project, row

PROVINCES = (
    ("MZ-A", "Niassa", "m"), ("MZ-P", "Cabo Delgado", ""), ("MZ-N", "Nampula", ""), ("MZ-Q", "Zambézia", "f"), ("MZ-T", "Tete", ""),
    ("MZ-B", "Manica", ""), ("MZ-S", "Sofala", ""), ("MZ-I", "Inhambane", ""), ("MZ-G", "Gaza", ""),
)  # fmt: skip
COUNTRY = replace(
    MOZAMBIQUE,
    subdivisions=(
        *(PlaceName(code, both(name), article={"pt": article}) for code, name, article in PROVINCES),
        PlaceName(
            "MZ-L",
            {"pt": "Província de Maputo", "en": "Maputo Province"},
            {"pt": "província de Maputo", "en": "Maputo Province"},
            {"pt": "f"},
        ),
        PlaceName(
            "MZ-MPM",
            {"pt": "Cidade de Maputo", "en": "Maputo City"},
            {"pt": "cidade de Maputo", "en": "Maputo City"},
            {"pt": "f"},
        ),
    ),
)
SEX = CodeList("SEX", both("sex"), (
    Code("_T", both("Total")), Code("M", {"pt": "Homens", "en": "Men"}, article={"pt": "mp"}), Code("F", {"pt": "Mulheres", "en": "Women"}, article={"pt": "fp"}),
))  # fmt: skip
CODES = tuple(p.code for p in COUNTRY.subdivisions)
LOCALES = {"pt": PORTUGUESE, "en": replace(ENGLISH, ordinal={"n": "{n}th", "1": "{n}st", "2": "{n}nd", "3": "{n}rd"})}
PATTERNS = {
    language: shipped("bulletin_templates", "narrative", language, "patterns.md.j2").read_text(encoding="utf-8")
    for language in LOCALES
}


def subjects(pt: str, en: str, agrees: str = "ms", of: str = "") -> dict[str, Subject]:
    many = "p" if agrees.endswith("p") else "s"
    return {"pt": Subject(pt, agrees[0], many, of), "en": Subject(en, "n", many, f"of {en}")}  # type: ignore[arg-type]


INDICATORS: tuple[Indicator, ...] = (
    indicator("PEOPLE", subject=subjects("o número de pensionistas", "the number of pensioners", "ms", "do número de pensionistas")),
    indicator("RATE", Kind.RATE, decimals=1, subject=subjects("a taxa de cobertura", "the coverage rate", "fs", "da taxa de cobertura")),
    indicator("SPENDING", Kind.AMOUNT, scale=6, decimals=1, time_basis=TimeBasis.FLOW, subject=subjects("as despesas", "benefits paid", "fp", "das despesas")),
    indicator("REVENUE", Kind.AMOUNT, scale=6, decimals=1, time_basis=TimeBasis.FLOW, subject=subjects("a receita", "revenue", "fs", "da receita")),
    indicator("AVERAGE", Kind.AMOUNT, time_basis=TimeBasis.AVERAGE, unit_counted="money", subject=subjects("a prestação média", "the average benefit", "fs")),
    indicator("WAGE", Kind.AMOUNT, time_basis=TimeBasis.AVERAGE, subject=subjects("o salário mínimo", "the minimum wage", "ms")),
    indicator("RATIO", Kind.RATIO, decimals=1, subject=subjects("o rácio de suporte", "the support ratio", "ms")),
    indicator("CPI", Kind.INDEX, decimals=1, subject=subjects("o índice de preços", "the price index", "ms")),
    indicator("INFLATION", Kind.RATE, decimals=1, subject=subjects("a inflação", "inflation", "fs")),
    indicator("TARGET", Kind.RATE, decimals=1, subject=subjects("a meta", "the target", "fs")),
    indicator("CASES", time_basis=TimeBasis.FLOW, subject=subjects("o número de casos", "the number of cases", "ms")),
)  # fmt: skip


def contexts(*rows: dict[str, Any], **thresholds: Any) -> dict[str, WordsContext]:
    units = {i.id: i.unit for i in INDICATORS}
    rows = tuple({**r, "unit": units[r["indicator"]]} for r in rows)
    made = project(
        *INDICATORS,
        country=COUNTRY,
        codelists={**CODELISTS, "sex": SEX, "ref_area": factories.codelist("AREA", "MZ", *CODES)},
        edition=edition(years=Years(2015, 2024), year=2024),
        locales=LOCALES,
    )
    lookup, facts = Lookup(observations(*rows), made), FactBook(lambda o: (o,))
    return {language: WordsContext(lookup, facts, LOCALES[language], PATTERNS[language]) for language in LOCALES}


def template(text: str, name: str = "p.one", file: str = "text/pt/test.md") -> ParagraphTemplate:
    return ParagraphTemplate(name, text, Place(file, cell="10"), False)


def rendered(text: str, context: WordsContext, name: str = "p.one") -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    blocks, findings = render_chapter([template(text, name)], context)
    return blocks.get(name, ()), findings


def said(text: str, *rows: dict[str, Any], language: str = "") -> dict[str, str]:
    """The paragraph in both languages, empty where it says nothing; non-breaking spaces as spaces."""
    found = {}
    for key, context in contexts(*rows).items():
        blocks, _ = rendered(text, context)
        found[key] = " / ".join(words(b) for b in blocks).replace("\u00a0", " ")
    return found


def words(block: Block) -> str:
    if isinstance(block, BulletList):
        return " | ".join(plain(p.content) for p in block.items)
    assert isinstance(block, Paragraph)
    return plain(block.content)


def numbers(blocks: tuple[Block, ...]) -> tuple[Number, ...]:
    found: list[Number] = []
    for block in blocks:
        items = block.items if isinstance(block, BulletList) else (block,)
        for item in items:
            assert isinstance(item, Paragraph)
            found += numbers_in(item.content)
    return tuple(found)


def value_of(text: str, locale: Locale) -> Decimal:
    """What a printed figure says, whatever the language: 1,2 milhões, 1.2 million, três, 4.º."""
    text = text.replace("\u00a0", " ").replace("\u2212", "-")
    for cardinals in locale.cardinals.values():
        if text in cardinals:
            return Decimal(cardinals.index(text) + 1)
    factor = 0
    for power, forms in sorted(locale.scales.items(), reverse=True):
        for form in forms:
            if text == form and power in locale.bare_scales:
                return Decimal(1).scaleb(power)
            if text.endswith(" " + form) and not factor:
                text, factor = text.removesuffix(" " + form), power
    text = re.sub(r"(?<=\d)(?:\.º|\.ª|th|st|nd|rd|%)$", "", text)
    plain_number = text.replace(locale.group.replace("\u00a0", " "), "").replace(locale.decimal, ".")
    return Decimal(plain_number).scaleb(factor)


def series(name: str, values: dict[int | str, float | None], **changes: Any) -> tuple[dict[str, Any], ...]:
    return tuple(row(name, v, str(p), **changes) for p, v in values.items())


def places(name: str, values: list[float | None], total: float | None = None, period: str = "2024") -> tuple[dict[str, Any], ...]:
    rows = [row(name, v, period, ref_area=code) for code, v in zip(CODES, values, strict=False)]
    return (*rows, row(name, total, period)) if total is not None else tuple(rows)
