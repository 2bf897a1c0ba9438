"""Names of institutions as lists and tables print them."""

from __future__ import annotations

from collections.abc import Iterable

from bulletin.compose.context import Context

NOBODY = ("", "?")
"""Stand for no known institution."""


def institution_name(context: Context, name: str) -> str:
    """The acronym of one of the country's institutions; of others what the glossary says in this language: `OIT`, `ILO`."""
    if name in NOBODY:
        return context.word("institution_unknown")
    for known in context.lookup.country.institutions:
        if known.id == name:
            return known.acronym
    for term in context.project.glossary:
        for words in (term.acronym, term.term):
            if words and name in words.values():
                return context.said(words)
    return name


def language_name(context: Context, code: str) -> str:
    """In this language, else as the language calls itself."""
    key = f"language_{code}"
    return context.locale.words.get(key) or context.project.locales[code].words.get(key, code)


def ranked_institutions(context: Context, names: Iterable[str]) -> list[str]:
    """Institutions of the country in its order, then the others by their name in the sources, the same in every language, at the end
    what belongs to nobody known."""
    known = [i.id for i in context.lookup.country.institutions]

    def rank(name: str) -> tuple[int, int, str]:
        if name in known:
            return (0, known.index(name), name)
        return (2 if name in NOBODY else 1, 0, name.casefold())

    return sorted(set(names), key=rank)
