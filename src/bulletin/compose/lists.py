"""Lists the program makes by itself: signs, acronyms, glossary, sources, definitions of indicators, institutions, waivers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bulletin.compose.context import Context, with_literals
from bulletin.compose.labels import code_label, unit_words
from bulletin.document.blocks import Cell, Column, Definition, Definitions, Paragraph, Row, Table
from bulletin.model.dataset import Observation
from bulletin.model.finding import Finding

Blocks = tuple[Paragraph | Definitions | Table, ...]


def compose_list(context: Context, name: str, used: Sequence[Observation], waived: Sequence[Finding]) -> Blocks:
    """One list of LISTS; `used` are the observations printed in the edition."""
    return LISTS[name](context, used, waived)


def signs(context: Context, used: Sequence[Observation], waived: Sequence[Finding]) -> Blocks:
    locale = context.locale
    items = tuple(
        Definition(f"sign.{m}", with_literals(locale.signs[m]), with_literals(locale.sign_names[m])) for m in locale.signs
    )
    return (Definitions("signs", items, "signs", context.word("signs_title")),)


def acronyms(context: Context, used: Sequence[Observation], waived: Sequence[Finding]) -> Blocks:
    found = {}
    for term in context.project.glossary:
        if term.acronym:
            found[context.said(term.acronym)] = context.said(term.term)
    for institution in (*context.lookup.country.institutions, *context.lookup.country.programmes):
        found.setdefault(institution.acronym, context.said(institution.name))
    items = tuple(Definition(f"acronym.{a}", with_literals(a), with_literals(found[a])) for a in sorted(found, key=str.casefold))
    return (Definitions("acronyms", items, "glossary"),) if items else ()


def glossary(context: Context, used: Sequence[Observation], waived: Sequence[Finding]) -> Blocks:
    terms = [t for t in context.project.glossary if t.definition]
    items = tuple(
        Definition(f"term.{t.id}", with_literals(context.said(t.term)), with_literals(context.said(t.definition)))
        for t in sorted(terms, key=lambda t: _sort_key(context.said(t.term)))
    )
    return (Definitions("glossary", items, "glossary"),) if items else ()


def sources(context: Context, used: Sequence[Observation], waived: Sequence[Finding]) -> Blocks:
    ids = {s for o in used for s in o.source.split(";")}
    known = context.project.sources
    items = tuple(
        Definition(f"source.{i}", with_literals(context.said(known[i].short)), with_literals(context.said(known[i].full)))
        for i in sorted(ids & set(known), key=lambda i: _sort_key(context.said(known[i].short)))
    )
    return (Definitions("sources", items, "imprint"),) if items else ()


def definitions(context: Context, used: Sequence[Observation], waived: Sequence[Finding]) -> Blocks:
    """An indicator sheet in one table: what every indicator of the edition means."""
    ids = {o.indicator for o in used}
    rows = []
    for indicator in sorted((context.lookup.catalogue[i] for i in ids), key=lambda i: _sort_key(context.said(i.label))):
        unit = unit_words(context, indicator, 0)
        basis = context.word(indicator.time_basis.value)
        codes = ", ".join(c for c in (f"{context.word('sdg')} {indicator.sdg}" if indicator.sdg else "", indicator.ilo) if c)
        calculation = ""
        if indicator.numerator and indicator.denominator:
            calculation = f" {context.word('numerator')}: {context.said(indicator.numerator)}. {context.word('denominator')}: {context.said(indicator.denominator)}."
        limits = f" {context.word('limits')}: {context.said(indicator.limits)}" if indicator.limits else ""
        text = context.said(indicator.definition).rstrip(".") + "." + calculation + limits
        cells = tuple(
            Cell(t, "", "text", content=with_literals(t))
            for t in (text, f"{unit}; {basis}", codes or context.locale.signs["not_applicable"])
        )
        rows.append(Row(indicator.id, with_literals(context.said(indicator.label)), cells))
    if not rows:
        return ()
    heads = [context.word(w) for w in ("definition", "unit", "codes")]
    return (
        Table(
            "definitions",
            with_literals(context.word("definitions_title")),
            (),
            with_literals(context.word("indicator")),
            tuple(Column(f"c{i}", with_literals(h)) for i, h in enumerate(heads)),
            (),
            tuple(rows),
            (),
            "",
            context.word("definitions_title"),
            shares=(0.24, 0.5, 0.15, 0.11),
            words=True,
        ),
    )


def institutions(context: Context, used: Sequence[Observation], waived: Sequence[Finding]) -> Blocks:
    """Institutions in force at the edition's year, with what they do."""
    year = str(context.project.edition.year)
    rows = []
    for found in context.lookup.country.institutions:
        if (found.valid_from and found.valid_from[:4] > year) or (found.valid_to and found.valid_to[:4] < year):
            continue
        texts = (context.said(found.name), context.said(found.role) if found.role else "")
        cells = tuple(
            Cell(t or context.locale.signs["missing"], "", "text", content=with_literals(t or context.locale.signs["missing"]))
            for t in texts
        )
        rows.append(Row(found.id, with_literals(found.acronym), cells))
    if not rows:
        return ()
    heads = (context.word("institution"), context.word("role"))
    return (
        Table(
            "institutions",
            with_literals(context.word("institutions_title")),
            (),
            with_literals(context.word("acronym")),
            tuple(Column(f"c{i}", with_literals(h)) for i, h in enumerate(heads)),
            (),
            tuple(rows),
            (),
            "",
            context.word("institutions_title"),
            shares=(0.15, 0.5, 0.35),
            words=True,
        ),
    )


def waivers(context: Context, used: Sequence[Observation], waived: Sequence[Finding]) -> Blocks:
    """Findings that were accepted with a reason (comply or explain)."""
    accepted = context.project.edition.waivers
    if not accepted:
        return ()
    rows = []
    for waiver in accepted:
        texts = (context.said(waiver.reason), waiver.role, waiver.date)
        cells = tuple(Cell(t, "", "text", content=with_literals(t)) for t in texts)
        indicator = context.lookup.catalogue.get(waiver.key.split(".")[0].split("@")[0])
        label = context.said(indicator.label) if indicator else waiver.key
        period = waiver.key.partition("@")[2]
        label = f"{label}, {code_label(context, 'period', period)}" if period else label
        rows.append(Row(f"{waiver.rule}.{waiver.key}", with_literals(label), cells))
    heads = [context.word(w) for w in ("reason", "role", "date")]
    return (
        Table(
            "waivers",
            with_literals(context.word("waivers_title")),
            (),
            with_literals(context.word("indicator")),
            tuple(Column(f"c{i}", with_literals(h)) for i, h in enumerate(heads)),
            (),
            tuple(rows),
            (),
            "",
            context.word("waivers_title"),
            shares=(0.24, 0.44, 0.2, 0.12),
            words=True,
        ),
    )


def _sort_key(text: str) -> str:
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))


LISTS: Mapping[str, Callable[[Context, Sequence[Observation], Sequence[Finding]], Blocks]] = {
    "signs": signs,
    "acronyms": acronyms,
    "glossary": glossary,
    "sources": sources,
    "definitions": definitions,
    "institutions": institutions,
    "waivers": waivers,
}
