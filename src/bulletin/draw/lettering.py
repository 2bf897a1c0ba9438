"""Widths and line breaks of text, measured in the shipped fonts; millimetres throughout, sizes in points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

from bulletin.document.chart import SECOND
from bulletin.errors import ConfigError
from bulletin.model.finding import Finding, Place, Severity
from bulletin.shipped import shipped

Weight = Literal["regular", "semibold", "bold", "italic"]
POINT = 25.4 / 72
"""Millimetres."""
SIZE = 8.5
SMALL = 8.0
SMALLEST = 7.0
LEADING = 0.435
"""Millimetres from line to line per point of size: 3.7 mm at 8.5 pt."""

_NUMBERS: dict[Weight, int] = {"regular": 400, "semibold": 600, "bold": 700, "italic": 400}
_CUTS: dict[Weight, str] = {"regular": "Regular", "semibold": "Semibold", "bold": "Bold", "italic": "It"}
_BESIDE = "\u00a0/ "
"""Between the languages where both stand on one line."""
_NARROW = frozenset("\u2060\u200b")


@dataclass(frozen=True)
class Lettering:
    family: str

    def properties(self, size: float, weight: Weight) -> FontProperties:
        style: Literal["normal", "italic"] = "italic" if weight == "italic" else "normal"
        face = str(_file(self.family, weight))
        return FontProperties(family=[self.family], style=style, weight=_NUMBERS[weight], size=size, fname=face)

    def pieces(self, text: str, weight: Weight = "regular") -> tuple[tuple[str, Weight], ...]:
        """One line of lettering as runs of one face: what is said in a second language is in italics."""
        if SECOND not in text and "\n" not in text:
            return ((text, weight),)
        parts = text.split("\n")
        between = ["", *[_BESIDE] * (len(parts) - 1)]
        return tuple(
            (gap + part.removeprefix(SECOND), "italic" if part.startswith(SECOND) else weight)
            for gap, part in zip(between, parts, strict=True)
        )

    def missing(self, text: str, weight: Weight = "regular") -> str:
        """The characters of `text` that the face lacks, each once."""
        found: dict[str, None] = {}
        for part, cut in self.pieces(text, weight):
            glyphs = _glyphs(self.family, cut)
            found |= dict.fromkeys(c for c in part if ord(c) not in glyphs and c not in _NARROW)
        return "".join(found)

    def width(self, text: str, size: float = SIZE, weight: Weight = "regular") -> float:
        return sum(_ems(self.family, cut, part) for part, cut in self.pieces(text, weight)) * size * POINT

    def widest(self, texts: list[str], size: float = SIZE, weight: Weight = "regular") -> float:
        return max((self.width(t, size, weight) for t in texts), default=0.0)

    def wrap(self, text: str, room: float, size: float = SIZE, weight: Weight = "regular") -> tuple[str, ...]:
        """Lines no wider than `room`, broken at spaces; a single word that is wider is broken with a hyphen. Every language
        begins a line."""
        if SECOND in text or "\n" in text:
            return self._languages(text, weight, lambda part, cut: self.wrap(part, room, size, cut))
        lines: list[str] = []
        line = ""
        for word in text.split(" "):
            trial = f"{line} {word}" if line else word
            if self.width(trial, size, weight) <= room:
                line = trial
                continue
            if line:
                lines.append(line)
            *pieces, line = self._broken(word, room, size, weight)
            lines += pieces
        return (*lines, line)

    def balanced(self, text: str, room: float, size: float = SIZE, weight: Weight = "regular") -> tuple[str, ...]:
        """As `wrap`, with the lines as even as the number of lines allows."""
        if SECOND in text or "\n" in text:
            return self._languages(text, weight, lambda part, cut: self.balanced(part, room, size, cut))
        best = self.wrap(text, room, size, weight)
        low, high = room / 3, room
        while len(best) > 1 and high - low > 0.5:
            middle = (low + high) / 2
            trial = self.wrap(text, middle, size, weight)
            if len(trial) > len(best) or any(t.endswith("-") and t not in best for t in trial):
                low = middle
            else:
                best, high = trial, middle
        return best

    def _languages(self, text: str, weight: Weight, broken: Callable[[str, Weight], tuple[str, ...]]) -> tuple[str, ...]:
        lines: list[str] = []
        for part in text.split("\n"):
            if part.startswith(SECOND):
                lines += [SECOND + line for line in broken(part.removeprefix(SECOND), "italic")]
            else:
                lines += broken(part, weight)
        return tuple(lines)

    def _broken(self, word: str, room: float, size: float, weight: Weight) -> list[str]:
        pieces = []
        while self.width(word, size, weight) > room and len(word) > 4:
            cut = len(word) - 2
            while cut > 2 and self.width(word[:cut] + "-", size, weight) > room:
                cut -= 1
            pieces.append(word[:cut] + "-")
            word = word[cut:]
        return [*pieces, word]


def leading(size: float) -> float:
    return size * LEADING


@lru_cache
def _file(family: str, weight: Weight) -> Path:
    path = shipped("config", "fonts") / f"{family.replace(' ', '')}-{_CUTS[weight]}.ttf"
    if not path.is_file():
        raise ConfigError(
            [Finding("font-missing", Severity.ERROR, Place(file=path.name), parameters={"font": f"{family} {weight}"})]
        )
    return path


@lru_cache
def _font(family: str, weight: Weight) -> FT2Font:
    font = FT2Font(str(_file(family, weight)))
    font.set_size(100, 72)
    return font


@lru_cache
def _glyphs(family: str, weight: Weight) -> frozenset[int]:
    return frozenset(_font(family, weight).get_charmap())


@lru_cache(maxsize=16384)
def _ems(family: str, weight: Weight, text: str) -> float:
    font, glyphs = _font(family, weight), _glyphs(family, weight)
    advances = (_advance(font, ord(c)) if ord(c) in glyphs else 0.6 for c in text if c not in _NARROW)
    return sum(advances)


def _advance(font: FT2Font, code: int) -> float:
    return float(font.load_char(code, flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / 100
