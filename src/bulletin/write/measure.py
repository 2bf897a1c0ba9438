"""Widths of printed text, measured with the shipped fonts."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from bulletin.shipped import shipped

POINT = 25.4 / 72
"""Millimetres."""


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
def _advances(family: str) -> dict[int, float]:
    """Code point to advance, as a share of the size."""
    from fontTools.ttLib import TTFont

    path = faces().get((family, False, False)) or faces().get(("Source Sans 3", False, False))
    if path is None:
        return {}
    with TTFont(path, lazy=True) as font:
        unit, metrics = font["head"].unitsPerEm, font["hmtx"]
        return {code: metrics[glyph][0] / unit for code, glyph in font.getBestCmap().items()}


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
