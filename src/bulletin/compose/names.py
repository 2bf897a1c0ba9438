"""Names of institutions as lists and tables print them."""

from __future__ import annotations

from bulletin.compose.context import Context


def institution_name(context: Context, name: str) -> str:
    """The acronym of one of the country's institutions; of others what the glossary says in this language: `OIT`, `ILO`."""
    if not name:
        return context.word("institution_unknown")
    for known in context.lookup.country.institutions:
        if known.id == name:
            return known.acronym
    for term in context.project.glossary:
        for words in (term.acronym, term.term):
            if words and name in words.values():
                return context.said(words)
    return name
