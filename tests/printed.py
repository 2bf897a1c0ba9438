"""What an edition prints, exhibit by exhibit and word by word, in one shape for its PDF, its DOCX and its tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest

_FIGURE = re.compile(r"[−+-]?\d[\d .,]*%?")
_SIGN = re.compile(r"(\([^\W\d_]\))+")
_MARK = re.compile(r"\d+(,\d+)*")


@dataclass(frozen=True)
class Cell:
    """A figure or words, the mark of its notes, and its status signs."""

    text: str
    mark: str = ""
    sign: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.text, f"[{self.mark}]" if self.mark else "", self.sign) if part) or "(blank)"


BLANK = Cell("")
Grid = tuple[tuple[Cell, ...], ...]
"""Every place of a table, heads included; what spans several places stands in each."""


@dataclass(frozen=True)
class Exhibit:
    """A table or a figure; a figure has no grid, a table no alternative text."""

    head: str
    grid: Grid = ()
    notes: str = ""
    alternative: str = ""


@dataclass
class Printed:
    exhibits: dict[str, Exhibit] = field(default_factory=dict)
    """By label, in order: `Quadro 5.1`."""
    figures: list[tuple[str, ...]] = field(default_factory=list)
    """Key figures, each with its words."""
    words: list[str] = field(default_factory=list)
    """Headings, paragraphs, entries of lists, in order."""


@dataclass(frozen=True)
class Index:
    """What is what, by the tree: labels of exhibits, words of key figures, and words that only frame others."""

    labels: frozenset[str]
    figures: tuple[frozenset[str], ...]
    framing: frozenset[str]
    notes: frozenset[str]
    """Labels of notes: `Fonte`."""


def piece(text: str) -> str:
    """One kind of space and none at the ends; joiners, and hyphens put in where a line ends, gone."""
    return re.sub(r"\s+", " ", re.sub("[\u2060\u00ad\u200b\u2010]", "", text)).strip()


def squeezed(text: str) -> str:
    """Without spaces and hyphens, which the end of a line may bring or take, and without signs that adorn; a minus is another sign."""
    return re.sub(r"[\s•=-]", "", piece(text))


def spelled(text: str) -> str:
    """A figure with the spaces in it, anything else without."""
    kept = piece(text)
    return kept if _FIGURE.fullmatch(kept) else squeezed(text)


def cell(pieces: list[tuple[str, bool]]) -> Cell:
    """Of pieces of text, each with whether it is set off from the words of the cell."""
    left, mark, sign = list(pieces), "", ""
    while len(left) > 1 and left[-1][1]:
        last = piece(left[-1][0])
        if _SIGN.fullmatch(last):
            sign = last + sign
        elif _MARK.fullmatch(last):
            mark = last + mark
        else:
            break
        left.pop()
    return Cell(spelled("".join(text for text, _ in left)), mark, sign)


def differences(one: Printed, other: Printed) -> list[str]:
    """What two finished texts of one language do not say alike: exhibit, row and column named."""
    found = [f"exhibit in one only: {label}" for label in sorted(one.exhibits.keys() ^ other.exhibits.keys())]
    for label in (k for k in one.exhibits if k in other.exhibits):
        a, b = one.exhibits[label], other.exhibits[label]
        found += [f"{label}, {place}: {x} / {y}" for place, x, y in _parts(a, b) if x != y]
        found += [f"{label}, {place}: {x} / {y}" for place, x, y in _cells(a.grid, b.grid) if x != y]
    found += [f"key figure: {x} / {y}" for x, y in zip_longest(one.figures, other.figures, fillvalue=()) if not _alike(x, y)]
    return found + _first_difference(one.words, other.words)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The same words, in whatever order and however they are cut: figure and unit may be one line or two."""
    return _left(one, "".join(other)) == "" or _left(other, "".join(one)) == ""


def _left(parts: tuple[str, ...], text: str) -> str:
    for part in sorted(parts, key=len, reverse=True):
        if part not in text:
            return text or part
        text = text.replace(part, "", 1)
    return text


def _parts(a: Exhibit, b: Exhibit) -> Iterator[tuple[str, str, str]]:
    yield "head", a.head, b.head
    yield "notes", a.notes, b.notes
    yield "alternative text", a.alternative, b.alternative


def _cells(a: Grid, b: Grid) -> Iterator[tuple[str, Cell, Cell]]:
    absent = Cell("(no such cell)")
    for r, (row, twin) in enumerate(zip_longest(a, b, fillvalue=())):
        name = (row or twin)[0].text if (row or twin) else ""
        for c, (x, y) in enumerate(zip_longest(row, twin, fillvalue=absent)):
            yield f"row {r + 1} ({name}), column {c + 1}", x, y


def _first_difference(one: list[str], other: list[str]) -> list[str]:
    """Streams, since a paragraph of one may be two of the other; the first place where they part."""
    a, b = "".join(one), "".join(other)
    if a == b:
        return []
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return [f"words: …{a[max(0, at - 60) : at + 40]} / …{b[max(0, at - 60) : at + 40]}"]


def missing_words(expected: list[str], printed: Printed) -> list[str]:
    """Paragraphs that are not printed, or not in the given order; the end of a page may cut one."""
    stream, found, at = "".join(printed.words), [], 0
    for text in expected:
        place = stream.find(text, at)
        if place < 0:
            found.append(f"paragraph: {text[:80]}")
        else:
            at = place + len(text)
    return found


def unlike(one: Printed, other: Printed, thousands: Mapping[str, str], languages: tuple[str, str]) -> list[str]:
    """Figures that two languages do not print alike, once the marks in numbers are undone; words are not compared.

    Exhibits are taken in the order of the tree, which is that of a DOCX: a PDF may move them on the page.
    """

    def undone(text: str, language: str) -> str:
        return text.replace(" ", "").replace(thousands[language], "").replace(",", ".")

    found = []
    for (label, a), (twin, b) in zip_longest(one.exhibits.items(), other.exhibits.items(), fillvalue=("", Exhibit(""))):
        if [len(row) for row in a.grid] != [len(row) for row in b.grid]:
            found.append(f"{label} / {twin}: not the same grid")
        for place, x, y in _cells(a.grid, b.grid):
            figure = bool(_FIGURE.fullmatch(x.text))
            if (
                figure != bool(_FIGURE.fullmatch(y.text))
                or (figure and undone(x.text, languages[0]) != undone(y.text, languages[1]))
                or (x.mark, x.sign) != (y.mark, y.sign)
            ):
                found.append(f"{label} / {twin}, {place}: {x} / {y}")
    return found
