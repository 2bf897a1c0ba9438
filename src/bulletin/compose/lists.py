"""Lists the program makes by itself: signs, glossary, sources, definitions of indicators, institutions, waivers, what arrived."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bulletin.compose.availability import availability
from bulletin.compose.context import Context, with_literals
from bulletin.compose.disagreements import alternates
from bulletin.compose.exhibits import sign_list
from bulletin.compose.labels import code_label, date_words
from bulletin.compose.limits import thresholds_table
from bulletin.compose.metadata import indicator_sheets, reference_metadata
from bulletin.compose.quality import quality
from bulletin.compose.revisions import revisions
from bulletin.document.blocks import Cell, Column, Definition, Definitions, Paragraph, Row, Table
from bulletin.model.dataset import Observation
from bulletin.model.supply import institution_id, institution_of

Blocks = tuple[Paragraph | Definitions | Table, ...]


def compose_list(context: Context, name: str, used: Sequence[Observation]) -> Blocks:
    """One list of LISTS; `used` are the observations printed in the edition."""
    return LISTS[name](context, used)


def signs(context: Context, used: Sequence[Observation]) -> Blocks:
    """Of the signs that the edition prints."""
    return sign_list(context, "signs")


def glossary(context: Context, used: Sequence[Observation]) -> Blocks:
    terms = [t for t in context.project.glossary if t.definition]
    items = tuple(
        Definition(f"term.{t.id}", with_literals(context.said(t.term)), with_literals(context.said(t.definition)))
        for t in sorted(terms, key=lambda t: _sort_key(context.said(t.term)))
    )
    return (Definitions("glossary", items, "glossary"),) if items else ()


def sources(context: Context, used: Sequence[Observation]) -> Blocks:
    ids = {s for o in used for s in o.source.split(";")}
    known = context.project.sources
    items = tuple(
        Definition(f"source.{i}", with_literals(context.said(known[i].short)), with_literals(context.said(known[i].full)))
        for i in sorted(ids & set(known), key=lambda i: _sort_key(context.said(known[i].short)))
    )
    return (Definitions("sources", items, "imprint"),) if items else ()


def institutions(context: Context, used: Sequence[Observation]) -> Blocks:
    """Institutions in force at the edition's year, with what they do."""
    year = str(context.project.edition.year)
    rows = [
        (found.id, found.acronym, (context.said(found.name), _capital(context.said(found.role))))
        for found in context.lookup.country.institutions
        if (not found.valid_from or found.valid_from[:4] <= year) and (not found.valid_to or year <= found.valid_to[:4])
    ]
    return _word_table(context, "institutions", "acronym", ("institution", "role"), rows, (0.15, 0.5, 0.35))


def waivers(context: Context, used: Sequence[Observation]) -> Blocks:
    """Findings that were accepted with a reason (comply or explain)."""
    rows = []
    for waiver in context.project.edition.waivers:
        name, _, period = waiver.key.partition("@")
        indicator = context.lookup.catalogue.get(name.partition(".")[0])
        label = context.said(indicator.label) if indicator else name
        label = ", ".join([label, *_coordinates(context, name), *([code_label(context, "period", period)] if period else [])])
        role = waiver.role if isinstance(waiver.role, str) else context.said(waiver.role)
        rows.append((f"{waiver.rule}.{waiver.key}", label, (context.said(waiver.reason), role, date_words(context, waiver.date))))
    return _word_table(context, "waivers", "indicator", ("reason", "accepted_by", "date"), rows, (0.24, 0.39, 0.19, 0.18))


def _coordinates(context: Context, name: str) -> list[str]:
    """What a key says beside its indicator, the country itself left out: `EMPLOYERS_NEW.MZ-I` is Inhambane."""
    said = []
    for part in name.split(".")[1:]:
        dimension, _, code = part.rpartition("=")
        if code != context.lookup.country.code:
            said.append(code_label(context, dimension or "ref_area", code))
    return said


def approvals(context: Context, used: Sequence[Observation]) -> Blocks:
    """Who approved the edition; a demonstration says that nobody did. No table, so that they number nothing."""
    edition = context.project.edition
    if edition.demonstration:
        return (Paragraph("approvals", with_literals(context.word("approvals_demonstration"))),)
    items = []
    for approval in edition.approvals:
        institution = institution_of(context.project, institution_id(context.project, approval.institution))
        name = context.said(institution.name) if institution else approval.institution
        role = approval.role if isinstance(approval.role, str) else context.said(approval.role)
        text = f"{_capital(role)}, {date_words(context, approval.date)}."
        items.append(Definition(f"approval.{approval.institution}", with_literals(name), with_literals(text)))
    return (Definitions("approvals", tuple(items), "imprint", context.word("approvals_title")),) if items else ()


def thresholds(context: Context, used: Sequence[Observation]) -> Blocks:
    """By which sentences are decided."""
    return thresholds_table(context)


_Line = tuple[str, str, tuple[str, ...]]
"""Key, stub, cells."""


def _word_table(
    context: Context, name: str, stubhead: str, heads: Sequence[str], lines: Sequence[_Line], shares: tuple[float, ...]
) -> Blocks:
    """A table of words; `name` is its id and, with `_title`, the key of its title. Nothing to list, no table."""
    if not lines:
        return ()
    missing = context.locale.signs["not_applicable"]
    title = context.word(f"{name}_title")
    rows = tuple(
        Row(key, with_literals(stub), tuple(Cell(t or missing, "", "text", content=with_literals(t or missing)) for t in cells))
        for key, stub, cells in lines
    )
    columns = tuple(Column(head, with_literals(context.word(head))) for head in heads)
    stub = with_literals(context.word(stubhead))
    return (Table(name, with_literals(title), (), stub, columns, (), rows, (), "", title, shares=shares, words=True),)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sort_key(text: str) -> str:
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))


LISTS: Mapping[str, Callable[[Context, Sequence[Observation]], Blocks]] = {
    "signs": signs,
    "glossary": glossary,
    "sources": sources,
    "metadata": reference_metadata,
    "sheets": indicator_sheets,
    "institutions": institutions,
    "waivers": waivers,
    "approvals": approvals,
    "availability": availability,
    "quality": quality,
    "thresholds": thresholds,
    "revisions": revisions,
    "alternates": alternates,
}
