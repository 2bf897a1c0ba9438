"""Typst source: texts as string literals, so that nothing in the data can be markup, and calls of the shipped functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import assert_never

from bulletin.document.anchors import anchor
from bulletin.document.inline import Emphasis, Footnote, Foreign, Inlines, Literal, NoteMark, Number, Reference, Strong, Text
from bulletin.write.html import LAST_LINE
from bulletin.write.typst.hyphens import divided

Argument = str | float | bool | None

_BLANKS = re.compile("[ \t\n\r\f]+")

ADDRESS = re.compile(r"((?=\S*-)\S*(?:/|\.[a-z])\S*)")
"""Of a site or a file."""

BLANK = " \u00a0"
WHOLE = 24
"""Letters up to which a reference stays on one line."""


def literal(text: str) -> str:
    """A string of Typst: nothing in it is read as markup or code. Blanks count once, as in HTML."""
    return '"' + _BLANKS.sub(" ", text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def said(text: str) -> str:
    """Content that is a text."""
    return f"[#{literal(text)}]"


def content(pieces: Inlines) -> str:
    return f"[{inline(pieces)}]"


def inline(pieces: Inlines) -> str:
    return spelled(pieces)


def prose(pieces: Inlines, language: str) -> str:
    """Words of a paragraph: they may be divided at the ends of lines, and the last of them go to the last line together."""
    return spelled(with_last_words(pieces), language)


def spelled(pieces: Inlines, language: str = "") -> str:
    """`language`: of words that may be divided; empty: none may."""
    parts: list[str] = []
    for piece in pieces:
        match piece:
            case Text(text):
                parts += _spelled(text, language)
            case Number(text, _) | Literal(text, _):
                parts.append(f"#{literal(text)}" if text else "")
            case Reference(target, text):
                shown = text.replace(" ", "\u00a0") if len(text) <= WHOLE else text
                parts.append(f"#to({goal(target)}, {said(shown)})")
            case NoteMark(mark):
                parts.append(f"#raised({literal(mark)})")
            case Footnote(inner, _, number):
                parts.append(f"#note({literal(number)}, [{spelled(inner, language)}])")
            case Strong(inner):
                parts.append(f"#bold([{spelled(inner, language)}])")
            case Emphasis(inner):
                parts.append(f"#slanted([{spelled(inner, language)}])")
            case Foreign(language, inner):
                parts.append(f"#foreign({literal(language)}, {content(inner)})")
            case _:
                assert_never(piece)
    return "".join(parts)


def _spelled(text: str, language: str) -> Iterator[str]:
    """Words, and addresses among them, whose hyphens are not repeated on the next line."""
    for n, part in enumerate(ADDRESS.split(text)):
        if n % 2:
            yield f"#address({literal(part)})"
        elif part:
            yield f"#{literal(divided(part, language) if language else part)}"


def goal(target: str, *, times: int = 1) -> str:
    """Where a link leads; `times`: how many links lead there from here."""
    return f'goal{times}("{anchor(target)}")'


def with_last_words(pieces: Inlines) -> Inlines:
    """The last words of a paragraph held together where one of them alone would be too little for a line."""
    kept, letters = list(pieces), 0
    if kept and isinstance(kept[-1], Text):
        kept[-1] = Text(kept[-1].text.rstrip())
    for n in range(len(kept) - 1, -1, -1):
        piece = kept[n]
        if not isinstance(piece, Text | Number | Literal):
            break
        cut = len(piece.text)
        while letters < LAST_LINE and cut > 0:
            cut -= 1
            letters += piece.text[cut] not in BLANK
        kept[n] = replace(piece, text=piece.text[:cut] + piece.text[cut:].replace(" ", "\u00a0"))
        if letters >= LAST_LINE:
            break
    return tuple(kept)


def call(name: str, *arguments: str, **named: str) -> str:
    """An expression; arguments are code, `_` in names is written `-`."""
    given = [*arguments, *(f"{key.replace('_', '-')}: {value}" for key, value in named.items())]
    return f"{name}({', '.join(given)})"


def statement(name: str, *arguments: str, **named: str) -> str:
    """A call that stands on a line of its own in markup."""
    return f"#{call(name, *arguments, **named)}\n"


def array(items: Iterable[str]) -> str:
    return "(" + "".join(f"{item}, " for item in items) + ")"


def dictionary(items: Mapping[str, str]) -> str:
    return "(" + ", ".join(f"{literal(key)}: {value}" for key, value in items.items()) + ")" if items else "(:)"


def mm(length: float) -> str:
    return f"{length:.3f}mm".replace(".000mm", "mm")


def yes(holds: bool) -> str:
    return "true" if holds else "false"


def blocks(parts: Iterable[str]) -> str:
    """Content of several statements."""
    return "[" + "".join(parts) + "]"
