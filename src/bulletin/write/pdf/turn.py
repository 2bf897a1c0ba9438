"""Moves what stands on a page to where the other side of a spread has it: margins are mirrored, so text, links and places move by the
same points."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Object

_PATTERN = re.compile(rb"/(\w+) (?:scn|SCN)\b")


def moved(points: float) -> bytes:
    """Operator that moves all that follows on the page to the right."""
    return b"1 0 0 1 %.6f 0 cm\n" % points if points else b""


def turn_page(page: Object, points: float) -> None:
    """Links of a page, and its patterns, which lie on the page and not on what they fill (ISO 32000-1, 8.7.3.1)."""
    for annotation in page.get("/Annots", []):
        _shift(annotation.Rect, points, 0, 2)
    if "/Pattern" in page.Resources and len(page.Resources.Pattern):
        patterns = page.Resources.Pattern
        for name in sorted(set(_PATTERN.findall(page.Contents.read_bytes()))):
            matrix = patterns["/" + name.decode()].get("/Matrix")
            if matrix is not None:
                _shift(matrix, points, 4)


def turn_place(place: Object, points: float) -> None:
    """`[page /XYZ left top zoom]`."""
    if str(place[1]) == "/XYZ":
        _shift(place, points, 2)


def turn_figure(tag: Object, points: float) -> None:
    """Its box (ISO 32000-1, 14.8.5.4.3)."""
    from pikepdf import Array

    for held in tag.A if isinstance(tag.A, Array) else [tag.A]:
        if "/BBox" in held:
            _shift(held.BBox, points, 0, 2)


def _shift(numbers: Object, points: float, *places: int) -> None:
    for place in places:
        numbers[place] = round(float(numbers[place]) + points, 6)
