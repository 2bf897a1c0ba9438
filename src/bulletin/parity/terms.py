"""Words that stand for a concept of the glossary where another term is approved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.glossary import Term
from bulletin.model.translation import Translated
from bulletin.parity.wording import matching

_APART = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|«[^»]*»|“[^”]*”|‘[^’]*’(?!\w)|\"[^\"]*\"|(?<!\*)\*[^*]+\*(?!\*)|\S*[/@]\S*")
"""Templates, quotations, words in italics and addresses: names and titles keep their own words."""

OWN = "glossary"
"""Definitions say what a term does not mean."""


def avoided(units: Iterable[Translated], glossary: Iterable[Term]) -> Iterator[Finding]:
    """A warning for each word and text, with its place and the approved term."""
    by_language: dict[str, list[tuple[Term, re.Pattern[str]]]] = {}
    for term in glossary:
        for language in dict.fromkeys(language for language, _ in term.avoid):
            found = matching(word for spoken, word in term.avoid if spoken == language)
            by_language.setdefault(language, []).append((term, found))
    for unit in (u for u in units if not u.id.startswith(OWN)):
        for language, text in unit.texts.items():
            said = _APART.sub(lambda m: " " * len(m[0]), text)
            for term, pattern in by_language.get(language, ()):
                for word in dict.fromkeys(m[0].lower() for m in pattern.finditer(said)):
                    yield _finding(unit, language, word, term.term)


def _finding(unit: Translated, language: str, word: str, approved: Mapping[str, str]) -> Finding:
    return Finding(
        "term-avoided",
        Severity.WARNING,
        unit.places.get(language, Place()),
        f"{unit.id}@{language}/{word}",
        {"language": language, "found": word, "approved": approved.get(language, ""), "name": unit.id},
    )
