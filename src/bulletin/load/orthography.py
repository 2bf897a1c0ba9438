"""Shipped texts set as a country and a language write them: a former orthography by a reviewed list of whole words, spaces by rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bulletin.load.yaml_text import Map, Seq, Tree

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TYPED = re.compile(r'(?<=[(\s,])(who|subject|of|persons|population|many|one|reason)=(["\'])(.*?)\2')
"""Words that a narrative hands to a sentence pattern."""
_OUTSIDE = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#?\}|\blit\([^)]*\))", re.DOTALL)

_NO_WORDS = ("grammar", "phrasing", "literals")
"""Parts of a language pack that hold expressions."""

Lexicon = Mapping[str, str]
"""Lower-case word after the agreement to the word before it."""

Speller = Callable[[str], str]
"""How shipped texts of a language are set for a country: its former orthography, the spaces before its marks."""


def respelt(text: str, lexicon: Lexicon) -> str:
    """`text` with every listed word replaced, its capitals kept."""

    def one(word: str) -> str:
        new = lexicon.get(word.lower())
        if new is None:
            return word
        if len(word) > 1 and word.isupper():
            return new.upper()
        return new[:1].upper() + new[1:] if word[:1].isupper() else new

    def swap(found: re.Match[str]) -> str:
        word = found[0]
        if "-" not in word or word.lower() in lexicon:
            return one(word)
        return "-".join(one(part) for part in word.split("-"))

    return _WORD.sub(swap, text) if lexicon else text


def respelt_template(text: str, spell: Speller | None) -> str:
    """The same outside Jinja tags and paragraph ids, and in the words handed to patterns inside them."""
    if spell is None:
        return text
    respell = spell

    def typed(found: re.Match[str]) -> str:
        return f"{found[1]}={found[2]}{respell(found[3])}{found[2]}"

    pieces = _OUTSIDE.split(text)
    return "".join(_TYPED.sub(typed, piece) if n % 2 else respell(piece) for n, piece in enumerate(pieces))


def respell_tree(tree: Tree, spelling: Mapping[str, Speller], inside: Speller | None = None) -> None:
    """Respells, in place, every text below the key of a language, or all texts by `inside`."""
    if not spelling and inside is None:
        return
    if isinstance(tree, Map):
        for key, value in tree.items():
            here = inside or spelling.get(key)
            if isinstance(value, str):
                if here:
                    tree[key] = here(value)
            elif key not in _NO_WORDS:
                respell_tree(value, spelling, here)
    elif isinstance(tree, Seq):
        for n, value in enumerate(tree):
            if isinstance(value, str):
                if inside:
                    tree[n] = inside(value)
            else:
                respell_tree(value, spelling, inside)
