"""Inline content as HTML; where links lead and how a footnote is set is for the page to say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, assert_never

from bulletin.document.inline import Emphasis, Footnote, Foreign, Inlines, Literal, NoteMark, Number, Reference, Strong, Text

if TYPE_CHECKING:
    from markupsafe import Markup


def spelled_inline(content: Inlines, address: Callable[[str], str], footnote: Callable[[Footnote], Markup]) -> Markup:
    """`address`: of a block, by its id."""
    from markupsafe import Markup, escape

    def inner(content: Inlines) -> Markup:
        return spelled_inline(content, address, footnote)

    pieces = Markup()
    for piece in content:
        match piece:
            case Text(text) | Number(text, _) | Literal(text, _):
                pieces += escape(text)
            case Reference(target, text):
                # "Quadro 4.2" stays on one line; the title of a section may break
                whole = Markup(' class="whole"') if len(text) <= 24 else ""
                pieces += Markup('<a{} href="{}">{}</a>').format(whole, address(target), text)
            case NoteMark(mark):
                pieces += Markup("<sup>{}</sup>").format(mark)
            case Footnote():
                pieces += footnote(piece)
            case Strong(content):
                pieces += Markup("<strong>{}</strong>").format(inner(content))
            case Emphasis(content):
                pieces += Markup("<em>{}</em>").format(inner(content))
            case Foreign(language, content):
                pieces += Markup('<span lang="{}">{}</span>').format(language, inner(content))
            case _:
                assert_never(piece)
    return pieces
