"""Reads the lines of running text on finished pages, and says where a typesetter would not have broken them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from pages import MM, Page, Run

AXIS = 44 * MM
"""From the left margin: where running text begins."""
INDENT = 4.5 * MM
_LEADING = (4.2 * MM, 5.4 * MM)
_ENDED = re.compile(r"[.:;!?…»”’)]$")
SHORTEST = 6


@dataclass(frozen=True)
class Line:
    left: float
    base: float
    text: str

    @property
    def is_hyphenated(self) -> bool:
        return bool(re.search(r"[^\W\d_][‐-]$", self.text))


Lines = tuple[Line, ...]
"""Of one paragraph on one page."""


def paragraphs(page: Page) -> tuple[Lines, ...]:
    """Running text, also that of boxes and lists, which begins on the axis; not notes, tables, contents."""
    if page.is_landscape:
        return ()
    axis = page.margins[0] + AXIS
    found: list[list[Line]] = []
    for line in _lines(page.body):
        on_axis = abs(line.left - axis) < 1 or abs(line.left - axis - INDENT) < 1
        if not on_axis:
            continue
        former = found[-1][-1] if found else None
        if former and _LEADING[0] < line.base - former.base < _LEADING[1] and abs(line.left - former.left) < 1:
            found[-1].append(line)
        else:
            found.append([line])
    return tuple(map(tuple, found))


def _lines(runs: Sequence[Run]) -> Iterator[Line]:
    text = [r for r in runs if r.font.startswith("Source-Sans-3") and 9.3 < r.size < 10.7]
    for base, group in groupby(sorted(text, key=lambda r: (round(r.base), r.left)), key=lambda r: round(r.base)):
        line = list(group)
        yield Line(line[0].left, base, "".join(r.text for r in line).strip())


def is_cut(page: Page, following: Page) -> tuple[Lines, Lines] | None:
    """The two parts of a paragraph that goes on on the next page."""
    here, there = paragraphs(page), paragraphs(following)
    if not here or not there or (page.opens_chapter and not here):
        return None
    last, first = here[-1], there[0]
    at_foot = last[-1].base > page.lowest - 1
    at_head = first[0].base < following.margins[1] + 15 * MM
    return (last, first) if at_foot and at_head and not _ENDED.search(last[-1].text) else None


def broken(page: Page, following: Page | None) -> Iterator[str]:
    """Widows, orphans, words divided by the end of a page, a syllable left for the last line, three divided words in a row."""
    cut = is_cut(page, following) if following else None
    if cut:
        last, first = cut
        if len(last) < 2:
            yield f"one line of a paragraph at the foot: {last[-1].text[:40]}"
        if len(first) < 2:
            yield f"one line of a paragraph at the head of the next: {first[0].text[:40]}"
        if last[-1].is_hyphenated:
            yield f"a word divided by the end of the page: {last[-1].text[-30:]}"
    for lines in paragraphs(page):
        whole = not (cut and lines is cut[0])
        if len(lines) > 1 and whole and len(lines[-1].text) < SHORTEST:
            yield f"last line of {len(lines[-1].text)} letters: {lines[-2].text[-30:]} / {lines[-1].text}"
        divided = [line.is_hyphenated for line in lines]
        if any(all(three) for three in zip(divided, divided[1:], divided[2:], strict=False)):
            yield f"three divided words in a row: {lines[0].text[:40]}"
        for one, other in pairwise(lines):
            if parts := _torn(one.text, other.text):
                yield f"torn apart: {parts}"


_UNITS = r"(?:%|p\.p\.|milhões|milhares|mil|million|billion|thousand|meticais|MZN|MT)"


def _torn(one: str, other: str) -> str:
    """A figure and its unit, the thousands of a figure, years of a range."""
    end, start = one.split(" ")[-1], other.split(" ")[0]
    figure = re.fullmatch(r"[(«‘]?[−+]?\d[\d.,]*", end)
    if figure and (re.match(_UNITS + r"\b|%", start) or re.fullmatch(r"\d{3}[.,;:)]?", start)):
        return f"{end} / {start}"
    return f"{end} / {start}" if end.endswith("–") and start[:1].isdigit() else ""
