"""Widths of printed text, measured with the shipped fonts, and the signs that these lack."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from bulletin.shipped import shipped

POINT = 25.4 / 72
"""Millimetres."""

NO_GLYPH = frozenset(("Cf", "Cc", "Zs"))
"""Joiners, controls and spaces, which the shaper makes itself where a face lacks them."""


@cache
def faces() -> dict[tuple[str, bool, bool], Path]:
    """Shipped font files by family, bold, italic; weights other than these two are families of their own."""
    from fontTools.ttLib import TTFont

    found = {}
    for path in sorted(shipped("config", "fonts").glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            family, style = str(font["name"].getDebugName(1)), str(font["name"].getDebugName(2))
        found[family, "Bold" in style, "Italic" in style] = path
    return found


@cache
def advances(path: Path) -> dict[int, float]:
    """Of a font file: code point to advance, as a share of the size."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        unit, metrics = font["head"].unitsPerEm, font["hmtx"]
        return {code: metrics[glyph][0] / unit for code, glyph in font.getBestCmap().items()}


def lacking(signs: Iterable[str]) -> frozenset[str]:
    """Of `signs` those that the text face does not have; the others take from it what they lack."""
    known = advances(shipped("config", "fonts", "SourceSans3-Regular.ttf"))
    return frozenset(c for c in signs if ord(c) not in known and unicodedata.category(c) not in NO_GLYPH)


@cache
def _advances(family: str) -> dict[int, float]:
    plain, bold = family.removesuffix(" Bold"), family.endswith(" Bold")
    path = faces().get((plain, bold, False)) or faces().get(("Source Sans 3", False, False))
    return advances(path) if path else {}


@cache
def line_height(family: str, size: float) -> float:
    """Millimetres of a line that is as high as its face wants."""
    from fontTools.ttLib import TTFont

    path = faces().get((family, False, False))
    if path is None:
        return size * POINT * 1.25
    with TTFont(path, lazy=True) as font:
        head = font["hhea"]
        return float((head.ascent - head.descent + head.lineGap) / font["head"].unitsPerEm * size * POINT)


@lru_cache(maxsize=1 << 16)
def width(text: str, family: str, size: float) -> float:
    """Millimetres of one line of `text`; `size` in points."""
    advances = _advances(family)
    return sum(advances.get(ord(c), 0.5 if c != "\u2060" else 0) for c in text) * size * POINT


@lru_cache(maxsize=1 << 14)
def lines(text: str, family: str, size: float, room: float) -> int:
    """How many lines `text` takes in `room` millimetres, broken at blanks and after hyphens."""
    count, used = 1, 0.0
    for piece in re.findall(r"[^ -]+-?|-| +", text):
        wide = width(piece, family, size)
        if piece.isspace():
            used += wide if used else 0.0
        elif used and used + wide > room:
            count, used = count + 1, wide
        else:
            used += wide
    return count
