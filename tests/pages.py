"""The pages of a finished PDF: what is drawn where, and what is wrong with a page by itself."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Any

import pikepdf

from finished import Sheet, Word, read_sheets

MM = 72 / 25.4
SMALLEST = 7.0
SMALLEST_SIGN = 6.8
SHIPPED = ("Source-Sans-3", "Source-Serif-4")
_HEADING = ("Source-Serif-4-Subhead-Semi-Bold", "Source-Serif-4-Display")
_SIGN = re.compile(r"(\([a-z]\))+|\d(,\d)*")
_HUNG = re.compile(r".*\([a-z]\)|\d(,\d)*")
_APART = 1.2 * MM
"""Nearer, a note mark or a sign and the figure after it read as one."""

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Run:
    """A piece of text as drawn: size in points, position of its start from the upper left corner."""

    font: str
    size: float
    left: float
    base: float
    text: str

    @property
    def is_heading(self) -> bool:
        """Of a chapter, a section, or an exhibit: what must have something below it."""
        return (self.font.startswith(_HEADING) and self.size >= 11) or (
            self.font == "Source-Sans-3-Semi-Bold" and self.size >= 11
        )


@dataclass(frozen=True)
class Page:
    sheet: Sheet
    runs: tuple[Run, ...]
    pictures: tuple[float, ...]
    """Lower edges of what is drawn in pictures."""

    @property
    def number(self) -> int:
        return self.sheet.number

    @property
    def is_landscape(self) -> bool:
        return self.sheet.width > self.sheet.height

    @property
    def margins(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom, in points."""
        if self.is_landscape:
            left, top, right, bottom = 20, 18, 20, 20
        else:
            left, top, right, bottom = (22, 15, 18, 27) if self.number % 2 else (18, 15, 22, 27)
        return left * MM, top * MM, right * MM, bottom * MM

    @cached_property
    def body(self) -> tuple[Run, ...]:
        return tuple(r for r in self.runs if r.text.strip() and r.base < self.sheet.height - self.margins[3])

    @property
    def lowest(self) -> float:
        return max([r.base for r in self.body] + [p for p in self.pictures if p < self.sheet.height], default=0)

    @property
    def opens_chapter(self) -> bool:
        return any(r.size > 20 and r.base < self.sheet.height / 3 for r in self.body)

    @property
    def filled(self) -> float:
        """Share of the text block above the lowest line."""
        _, top, _, bottom = self.margins
        return (self.lowest - top) / (self.sheet.height - top - bottom)


def read_pages(path: Path) -> tuple[Page, ...]:
    sheets = read_sheets(path)
    with pikepdf.open(path) as pdf:
        names = _Fonts()
        return tuple(_page(sheet, page, names) for sheet, page in zip(sheets, pdf.pages, strict=True))


def _page(sheet: Sheet, page: pikepdf.Page, names: _Fonts) -> Page:
    drawing = _Drawing(names, sheet.height)
    drawing.walk(page.obj, (1, 0, 0, 1, 0, 0))
    return Page(sheet, tuple(drawing.runs), tuple(drawing.pictures))


class _Fonts:
    """Names and letters of the fonts, by object."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[str, dict[int, str]]] = {}

    def of(self, font: pikepdf.Object) -> tuple[str, dict[int, str]]:
        if font.objgen not in self._known:
            name = named(str(font.BaseFont).lstrip("/"))
            letters = _letters(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else {}
            self._known[font.objgen] = (name.split("+")[-1], letters)
        return self._known[font.objgen]


def _letters(data: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", data)
    return {int(a, 16): bytes.fromhex(b.decode()).decode("utf-16-be", "replace") for a, b in pairs}


class _Drawing:
    """Walks a content stream and the forms it draws."""

    def __init__(self, names: _Fonts, height: float) -> None:
        self.runs: list[Run] = []
        self.pictures: list[float] = []
        self._names, self._height = names, height

    def walk(self, holder: pikepdf.Object, start: Matrix) -> None:
        resources: Any = holder.get("/Resources", {})
        at, stack = start, []
        text: Matrix = (1, 0, 0, 1, 0, 0)
        name, size = "", 0.0
        letters: dict[int, str] = {}
        for operands, operator in pikepdf.parse_content_stream(holder):
            match str(operator):
                case "q":
                    stack.append(at)
                case "Q":
                    at = stack.pop() if stack else at
                case "cm":
                    at = _times(_matrix(operands), at)
                case "BT":
                    text = (1, 0, 0, 1, 0, 0)
                case "Tf":
                    name, letters = self._names.of(resources["/Font"][str(operands[0])])
                    size = float(operands[1])
                case "Tm":
                    text = _matrix(operands)
                case "TJ" | "Tj":
                    pieces = operands[0] if str(operator) == "TJ" else operands
                    said = "".join(letters.get(c, "?") for p in pieces for c in _codes(p))
                    whole = _times(text, at)
                    self.runs.append(Run(name, size * hypot(whole[2], whole[3]), whole[4], self._height - whole[5], said))
                case "Do":
                    form = resources["/XObject"][str(operands[0])]
                    if form.get("/Subtype") == "/Form":
                        inner = _times(_matrix(form.get("/Matrix", [1, 0, 0, 1, 0, 0])), at)
                        self.pictures.append(self._height - _lowest(form, inner))
                        self.walk(form, inner)
                case _:
                    pass


def _lowest(form: pikepdf.Object, at: Matrix) -> float:
    left, bottom, right, top = (float(v) for v in form.BBox)
    return min(y for _, y in (_moved(x, y, at) for x in (left, right) for y in (bottom, top)))


def _matrix(values: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = (float(v) for v in values)
    return a, b, c, d, e, f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    a2, b2, c2, d2, e2, f2 = then
    return (a * a2 + b * c2, a * b2 + b * d2, c * a2 + d * c2, c * b2 + d * d2, e * a2 + f * c2 + e2, e * b2 + f * d2 + f2)


def _moved(x: float, y: float, at: Matrix) -> tuple[float, float]:
    return x * at[0] + y * at[2] + at[4], x * at[1] + y * at[3] + at[5]


def _codes(piece: object) -> Iterator[int]:
    if isinstance(piece, pikepdf.String):
        raw = bytes(piece)
        yield from (int.from_bytes(raw[i : i + 2]) for i in range(0, len(raw), 2))


def named(font: str) -> str:
    """Name of a face as WeasyPrint writes it: Typst's `SourceSans3-Semibold` is its `Source-Sans-3-Semi-Bold`."""
    name = re.sub(r"SourceSans3\b", "Source-Sans-3", re.sub(r"SourceSerif4(\w+)", r"Source-Serif-4-\1", font))
    return name.removesuffix("-Regular").replace("-Semibold", "-Semi-Bold") if name != font else font


def foreign_fonts(path: Path) -> list[str]:
    """Fonts that are not shipped, or not embedded."""
    lines = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    return [line for line in lines if not named(line.split("+")[-1]).startswith(SHIPPED) or line.split()[-5] != "yes"]


def small_letters(page: Page) -> Iterator[str]:
    for run in page.runs:
        least = SMALLEST_SIGN if _SIGN.fullmatch(run.text.strip()) else SMALLEST
        if run.text.strip() and run.size < least - 0.01:
            yield f"{run.size:.2f} pt: {run.text[:40]}"


def outside(page: Page) -> Iterator[str]:
    left, top, right, bottom = page.margins
    for word in page.sheet.words:
        foot = page.sheet.in_foot(word)
        high = word.top > page.sheet.height - 10 * MM if foot else word.bottom > page.sheet.height - bottom + 3
        hangs = 3 if _SIGN.fullmatch(word.text) else 1  # signs and note marks hang outside the last column
        if word.left < left - 1 or word.right > page.sheet.width - right + hangs or word.top < top - 14 or high:
            yield f"outside the margins: {word.text[:40]} at {word.left:.0f} {word.top:.0f} {word.right:.0f} {word.bottom:.0f}"


def overlapping(page: Page) -> Iterator[str]:
    """Words whose letters touch; boxes are cut to the height of small letters, since lines of boxes may lie closely."""
    cut = sorted(((_core(w), w) for w in page.sheet.words if w.text.strip()), key=lambda pair: pair[0][1])
    for i, (a, one) in enumerate(cut):
        for b, other in cut[i + 1 :]:
            if b[1] >= a[3]:
                break
            if min(a[2], b[2]) - max(a[0], b[0]) > 0.5:
                yield f"overlap: {one.text[:30]} / {other.text[:30]} at {b[0]:.0f} {b[1]:.0f}"


def crowded(page: Page) -> Iterator[str]:
    """Figures too near to the note marks and signs of the column before: `1,500,000 ¹(p)574,006`."""
    for line in page.sheet.lines:
        for one, other in pairwise(line):
            small = one.bottom - one.top < 0.9 * (other.bottom - other.top) or one.text.endswith(")")
            near = other.left - one.right < _APART and min(one.bottom, other.bottom) > max(one.top, other.top)
            if small and near and _HUNG.fullmatch(one.text) and re.match(r"[\d–.]", other.text):
                yield f"crowded: {one.text[:30]} / {other.text[:30]} at {other.left:.0f} {other.top:.0f}"


def _core(word: Word) -> tuple[float, float, float, float]:
    height = word.bottom - word.top
    return word.left + 0.2, word.top + 0.3 * height, word.right - 0.2, word.bottom - 0.3 * height


def ending_with_heading(page: Page) -> Iterator[str]:
    last = [r for r in page.body if r.base > page.lowest - 1]
    if last and all(r.is_heading for r in last) and not page.opens_chapter:
        yield f"ends with a heading: {last[0].text[:40]}"


LEAST, LEAST_LAST = 0.5, 0.1
"""Least share of the text block that is filled, and of a chapter's last page: a table with its heading may be all that is left."""


def hollow(page: Page, former: Page, following: Page | None) -> Iterator[str]:
    """Too little on it, and neither the opening of a chapter nor the end of the document, nor next to a landscape sheet."""
    if page.is_landscape or former.is_landscape or following is None or following.is_landscape:
        return
    ends = following.opens_chapter or (not following.body and not following.pictures)
    if page.body and not page.opens_chapter and page.filled < (LEAST_LAST if ends else LEAST):
        yield f"only {page.filled:.0%} full"


def blank(page: Page, following: Page | None) -> Iterator[str]:
    """Nothing on it; before pages that are to face each other it stands on the right-hand side."""
    facing = following is not None and following.opens_chapter and page.number % 2
    if not page.body and not page.pictures and not facing:
        yield "nothing on it"
