"""Portuguese before the 1990 agreement: shipped texts are respelt by a reviewed list of whole words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bulletin.load.yaml_text import Map, Seq, Tree

LANGUAGE = "pt"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TYPED = re.compile(r'(?<=[(\s,])(who|subject|of|persons|population|many|one|reason)=(["\'])(.*?)\2')
"""Words that a narrative hands to a sentence pattern."""
_OUTSIDE = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#?\}|\blit\([^)]*\))", re.DOTALL)

Lexicon = Mapping[str, str]
"""Lower-case word after the agreement to the word before it."""


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


def respelt_template(text: str, lexicon: Lexicon) -> str:
    """The same outside Jinja tags and paragraph ids, and in the words handed to patterns inside them."""
    if not lexicon:
        return text

    def typed(found: re.Match[str]) -> str:
        return f"{found[1]}={found[2]}{respelt(found[3], lexicon)}{found[2]}"

    pieces = _OUTSIDE.split(text)
    return "".join(_TYPED.sub(typed, piece) if n % 2 else respelt(piece, lexicon) for n, piece in enumerate(pieces))


def respell_tree(tree: Tree, lexicon: Lexicon, *, inside: bool = False) -> None:
    """Respells, in place, every text below a `pt:` key, or all texts when `inside`."""
    if not lexicon:
        return
    if isinstance(tree, Map):
        for key, value in tree.items():
            here = inside or key == LANGUAGE
            if isinstance(value, str):
                if here:
                    tree[key] = respelt(value, lexicon)
            else:
                respell_tree(value, lexicon, inside=here)
    elif isinstance(tree, Seq):
        for n, value in enumerate(tree):
            if isinstance(value, str):
                if inside:
                    tree[n] = respelt(value, lexicon)
            else:
                respell_tree(value, lexicon, inside=inside)
