"""The list of acronyms: those that the edition prints, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bulletin.compose.context import Context, with_literals
from bulletin.document.blocks import Definition, Definitions
from bulletin.document.inline import Inline, plain
from bulletin.document.nodes import FIELDS

ACRONYMS = "acronyms"
_UNSEEN = frozenset({"id", "key", "fact", "kind", "target", "code", "number", "role", "layout", "series"})
"""Fields that hold names inside the program, not words on the page."""
_SPACES = {0xA0: " ", 0x2060: None, 0x200B: None}


def acronyms(context: Context, printed: Iterable[str]) -> tuple[Definitions, ...]:
    """`printed`: every piece of text of the edition. Institutions and programmes of the country are known without the glossary."""
    known: dict[str, tuple[str, str]] = {}
    for term in context.project.glossary:
        if term.acronym:
            known[context.said(term.acronym)] = term.id, context.said(term.term)
    for institution in (*context.lookup.country.institutions, *context.lookup.country.programmes):
        known.setdefault(institution.acronym, (institution.id, context.said(institution.name)))
    found = _found(known, printed)
    items = tuple(
        Definition(f"acronym.{known[a][0]}", with_literals(a), with_literals(known[a][1]))
        for a in sorted(found, key=str.casefold)
        if a != known[a][1]
    )
    return (Definitions(ACRONYMS, items, "glossary"),) if items else ()


def _found(known: Iterable[str], printed: Iterable[str]) -> set[str]:
    """As whole words, the longest that is known: `INE` is not in `INEFOP`, and `ENSSB II` is not `ENSSB`."""
    wanted = sorted((a for a in known if a), key=len, reverse=True)
    if not wanted:
        return set()
    either = "|".join(re.escape(a) for a in wanted)
    pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)")
    return {name for text in set(printed) for name in pattern.findall(text.translate(_SPACES))}


def words_of(value: object) -> Iterator[str]:
    """Every piece of text in a tree or a part of it, the pieces of a line together."""
    waiting: list[object] = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, tuple):
            if node and all(isinstance(piece, Inline) for piece in node):
                yield plain(node)
            else:
                waiting += reversed(node)
        else:
            waiting += [getattr(node, name) for name in reversed(FIELDS[type(node)]) if name not in _UNSEEN]
