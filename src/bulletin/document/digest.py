"""The digest of a wording, the same whatever its figures and the numbers of tables are: by it an override knows what it replaces."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from bulletin.document.inline import Emphasis, Foreign, Inline, Inlines, Number, Reference, Strong, plain
from bulletin.model.locale import NO_BREAK

FIGURE = "#"
"""Stands for every figure in the wording of which the digest is taken."""


def digest_of(content: Inlines) -> str:
    """Twelve characters of the SHA-256 of the words."""
    return hashlib.sha256(plain(_masked(content)).replace(NO_BREAK, " ").encode()).hexdigest()[:12]


def _masked(content: Inlines) -> Inlines:
    out: list[Inline] = []
    for piece in content:
        match piece:
            case Number():
                out.append(replace(piece, text=FIGURE))
            case Reference():
                out.append(replace(piece, text=f"@{piece.target}"))
            case Strong() | Emphasis() | Foreign():
                out.append(replace(piece, content=_masked(piece.content)))
            case _:
                out.append(piece)
    return tuple(out)
