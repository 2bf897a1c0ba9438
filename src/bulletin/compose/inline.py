"""Restricted Markdown to inline values; numbers travel through templates as private characters and are resolved here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bulletin.document.inline import Emphasis, Footnote, Inline, Inlines, Literal, Number, Strong, Text
from bulletin.document.literals import Literals, kind_of, numbers_in
from bulletin.model.fact import Fact

OPEN, CLOSE, ZERO = "\ue000", "\ue001", 0xE010
"""A token is OPEN, the digits of its number shifted to U+E010…, CLOSE: no template and no data hold these characters."""

TOKEN = re.compile(f"{OPEN}([\ue010-\ue019]+){CLOSE}")
_PIECE = re.compile(rf"{OPEN}[\ue010-\ue019]+{CLOSE}|\\(.)|\*\*|\*|\^\[|\[|\]|[^\\*^\[\]{OPEN}]+|.", re.DOTALL)
_MARKDOWN = re.compile(r"([\\*^\[\]])")
_NOTE = "^["


@dataclass
class Tokens:
    """Inline values by token, for the time in which one paragraph is rendered."""

    values: list[tuple[Inline, Fact | None]] = field(default_factory=list)

    def put(self, value: Inline, fact: Fact | None = None) -> str:
        self.values.append((value, fact))
        digits = "".join(chr(ZERO + int(d)) for d in str(len(self.values) - 1))
        return OPEN + digits + CLOSE

    def get(self, token: str) -> tuple[Inline, Fact | None]:
        found = TOKEN.fullmatch(token)
        assert found
        return self.values[int("".join(str(ord(c) - ZERO) for c in found[1]))]

    def facts_in(self, text: str) -> Iterator[tuple[Number, Fact]]:
        """Numbers in the order in which `text` prints them."""
        for match in TOKEN.finditer(text):
            value, fact = self.get(match[0])
            if isinstance(value, Number) and fact is not None:
                yield value, fact

    def plain(self, text: str) -> str:
        """The words as a reader sees them."""

        def shown(match: re.Match[str]) -> str:
            value = self.get(match[0])[0]
            return value.text if isinstance(value, Number | Literal | Text) else ""

        return TOKEN.sub(shown, text)


def without_private(text: str) -> str:
    """Data and configuration cannot forge a token."""
    return "".join(c for c in text if not "\ue000" <= c <= "\uf8ff")


def escaped(text: str) -> str:
    """Inserted words stay words: `12*3*4` is no emphasis, `^[2]` no note."""
    return _MARKDOWN.sub(r"\\\1", text)


def parse_inline(text: str, tokens: Tokens, unbound: Callable[[str], None], literals: Literals = ()) -> Inlines:
    """`**strong**`, `*emphasis*`, `^[a note]`, backslash before a star or bracket; every other character stands for itself. `unbound` hears of each
    number that is neither fact nor recognised literal. A star or bracket without its partner is printed."""
    pieces = [m[0] for m in _PIECE.finditer(text)]
    found, rest = _run(pieces, 0, "", tokens, unbound, literals)
    assert rest == len(pieces)
    return found


def _run(
    pieces: list[str], at: int, until: str, tokens: Tokens, unbound: Callable[[str], None], literals: Literals
) -> tuple[Inlines, int]:
    out: list[Inline] = []
    buffer = ""

    def flush() -> None:
        nonlocal buffer
        if buffer:
            out.extend(recognised(buffer, unbound, literals))
        buffer = ""

    while at < len(pieces):
        piece = pieces[at]
        if piece == until and until:
            flush()
            return tuple(out), at + 1
        if piece.startswith(OPEN) and len(piece) > 1:
            flush()
            out.append(tokens.get(piece)[0])
        elif piece == _NOTE and (end := _closing(pieces, at + 1)):
            flush()
            inner, _ = _run(pieces[at + 1 : end], 0, "", tokens, unbound, literals)
            if inner:
                out.append(Footnote(inner))
            at = end
        elif piece in ("*", "**") and piece in pieces[at + 1 :]:
            flush()
            inner, at = _run(pieces, at + 1, piece, tokens, unbound, literals)
            if inner:
                out.append(Strong(inner) if piece == "**" else Emphasis(inner))
            continue
        elif len(piece) == 2 and piece[0] == "\\":
            buffer += piece[1] if piece[1] in "\\*^[]" else piece
        else:
            buffer += piece
        at += 1
    flush()
    return tuple(out), at


def _closing(pieces: Sequence[str], at: int) -> int:
    """Place of the bracket that ends a note, brackets inside it in pairs; 0 where none does."""
    depth = 1
    for place in range(at, len(pieces)):
        depth += (pieces[place] in ("[", _NOTE)) - (pieces[place] == "]")
        if depth == 0:
            return place
    return 0


def recognised(text: str, unbound: Callable[[str], None], literals: Literals = ()) -> Inlines:
    """Words with years, laws, ages and codes marked as literals; any other number is reported and marked as a label."""
    out: list[Inline] = []
    end = 0
    for match in numbers_in(literals).finditer(text):
        kind = kind_of(match)
        if match.start() > end:
            out.append(Text(text[end : match.start()]))
        if kind == "label":
            unbound(match[0])
        out.append(Literal(match[0], kind))  # type: ignore[arg-type]
        end = match.end()
    if end < len(text):
        out.append(Text(text[end:]))
    return tuple(out)


def strip_full_stop(content: Inlines) -> Inlines:
    """A title ends without a full stop."""
    if content and isinstance(content[-1], Text):
        last = content[-1].text.rstrip()
        if last.endswith(".") and not last.endswith(".."):
            last = last[:-1]
        return (*content[:-1], Text(last)) if last else content[:-1]
    return content
