"""Wordings as tokens, figures by the fact that they print, and the edits of several reviewers laid into the wording that they saw."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

FIGURE = "\0"
"""Begins a token that stands for a figure or reference; then the id of its fact or block."""
BREAK = "\n\n"
"""Parts the paragraphs of a split block."""

_TOKEN = re.compile(r"(\s*)(\\?\^\[|\\[\[\]]|\{\{|\}\}|\{([^\W\d]\w*)\}|\w+|\S)")
_NEAR = 2
"""Edits of one reviewer with no more than so many tokens between them are one: what is left between rewritten words is chance."""


@dataclass(frozen=True)
class Token:
    key: str
    """What is compared: the word, or a figure by its reference."""
    glue: str
    """Blanks before it."""


Tokens = tuple[Token, ...]


def tokens_of(text: str, placeholders: Mapping[str, str]) -> Tokens:
    """`text` with `{name}`; a name without a reference is a word."""
    found: list[Token] = []
    for glue, core, name in _TOKEN.findall(text.strip()):
        if found and glue.count("\n") > 1:
            found.append(Token(BREAK, ""))
        key = FIGURE + placeholders[name] if name in placeholders else core
        found.append(Token(key, " " if glue and found and found[-1].key != BREAK else ""))
    return tuple(found)


def keys(tokens: Tokens) -> tuple[str, ...]:
    return tuple(t.key for t in tokens)


def same(one: Tokens, other: Tokens) -> bool:
    """Alike but for blanks."""
    return keys(one) == keys(other)


def text_of(tokens: Tokens, names: Mapping[str, str]) -> str:
    """`names`: reference to the name that stands for it."""
    out = []
    for token in tokens:
        said = f"{{{names[token.key[1:]]}}}" if token.key.startswith(FIGURE) else token.key
        out.append(token.glue + said)
    return "".join(out)


def named(groups: Iterable[Mapping[str, str]], used: Tokens) -> dict[str, str]:
    """Name to reference for the figures of `used`, in their order; the names of the first group that has one kept where they are
    free."""
    wanted = dict.fromkeys(t.key[1:] for t in used if t.key.startswith(FIGURE))
    given: dict[str, str] = {}
    for group in groups:
        for name, reference in sorted(group.items()):
            if reference in wanted and reference not in given.values() and name not in given:
                given[name] = reference
    for reference in wanted:
        if reference not in given.values():
            given[next(n for n in (f"n{i}" for i in range(1, len(wanted) + len(given) + 2)) if n not in given)] = reference
    return {name: reference for reference in wanted for name, own in given.items() if own == reference}


@dataclass(frozen=True)
class Piece:
    """The tokens from `start` to `end` of the wording are replaced."""

    start: int
    end: int
    put: Tokens

    @property
    def shape(self) -> tuple[int, int, tuple[str, ...]]:
        return self.start, self.end, keys(self.put)


def pieces(base: Tokens, variant: Tokens) -> tuple[Piece, ...]:
    matcher = SequenceMatcher(None, keys(base), keys(variant), autojunk=False)
    return tuple(Piece(a, b, variant[c:d]) for op, a, b, c, d in matcher.get_opcodes() if op != "equal")


def merged(base: Tokens, variants: Sequence[Tokens]) -> Tokens | None:
    """All edits at once; None where two of them touch and are not the same."""
    edits = [pieces(base, v) for v in variants]
    shared = {p.shape for found in edits for p in found if sum(any(p.shape == q.shape for q in o) for o in edits) > 1}
    kept: dict[tuple[int, int, tuple[str, ...]], Piece] = {}
    for found in edits:
        for piece in _coalesced(base, found, shared):
            kept[piece.shape] = piece
    ordered = sorted(kept.values(), key=lambda p: (p.start, p.end))
    for one, other in pairwise(ordered):
        if other.start <= one.end:
            return None
    out = list(base)
    for piece in reversed(ordered):
        out[piece.start : piece.end] = piece.put
    return tuple(out)


def _coalesced(base: Tokens, found: Sequence[Piece], shared: set[tuple[int, int, tuple[str, ...]]]) -> list[Piece]:
    out: list[Piece] = []
    for piece in found:
        last = out[-1] if out else None
        between = base[last.end : piece.start] if last else ()
        if last is None or len(between) > _NEAR or {last.shape, piece.shape} & shared:
            out.append(piece)
        else:
            out[-1] = Piece(last.start, piece.end, (*last.put, *between, *piece.put))
    return out


def marked(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Words that stay, go and come, in order: `=`, `-`, `+` and the text."""
    one, other = (re.findall(r"\s*\S+|\s+$", t) for t in (before, after))
    found: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, [w.strip() for w in one], [w.strip() for w in other], autojunk=False)
    for op, a, b, c, d in matcher.get_opcodes():
        if op == "equal":
            found.append(("=", "".join(other[c:d])))
            continue
        found += [(sign, "".join(words)) for sign, words in (("-", one[a:b]), ("+", other[c:d])) if words]
    return tuple(found)
