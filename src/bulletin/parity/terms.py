"""Words that stand for a concept of the glossary where another term is approved, and acronyms that nothing explains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bulletin.document.phrases import matching
from bulletin.document.tree import Document
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.glossary import Term
from bulletin.model.translation import Translated
from bulletin.parity.pieces import units

_APART = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|«[^»]*»|“[^”]*”|‘[^’]*’(?!\w)|\"[^\"]*\"|(?<!\*)\*[^*]+\*(?!\*)|\S*[/@]\S*")
"""Templates, quotations, words in italics and addresses: names and titles keep their own words."""

_ACRONYM = re.compile(r"(?<![\w./-])[A-Z][A-Za-z]*[A-Z]{2}(?![\w./-])")
_NUMERAL = re.compile(r"[IVXLCDM]+")
LIST = "acronyms"
"""The list at the beginning of an edition; without it, nothing is asked."""
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


def unexplained(document: Document) -> Iterator[Finding]:
    """A warning for each acronym of the running text that neither the list of acronyms nor the sentence that uses it first explains:
    `… (ENSSB)` after its words, or `ENSSB (…)` before them."""
    found = list(units(document, {}))
    listed = {u.text.partition(":")[0] for u in found if u.kind == "Definition" and u.id.startswith(f"{LIST}/")}
    seen = {word for name in listed for word in name.split()}
    if not listed:
        return
    language = document.metadata.language
    for unit in (u for u in found if u.kind == "Paragraph"):
        for match in _ACRONYM.finditer(unit.text):
            word = match[0]
            around = unit.text[: match.start()].rstrip()[-1:], unit.text[match.end() :].lstrip()[:1]
            if word not in seen and not _NUMERAL.fullmatch(word) and "(" not in around:
                said = {"found": word, "language": language, "block": unit.id}
                yield Finding("acronym-unexplained", Severity.WARNING, key=f"{unit.id}@{language}/{word}", parameters=said)
            seen.add(word)
