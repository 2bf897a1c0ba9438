"""Data and labels of a chart, free of pixels; everything printed inside it is decided here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Point:
    value: float | None
    """At the chart's scale; None = missing: a gap, or `text` at its place."""
    text: str
    """As printed beside it: `45,3`, `..`, `c`; empty: no label."""
    fact: str = ""
    provisional: bool = False
    """Drawn hollow, or dashed towards it."""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Category:
    key: str
    label: str
    position: float | None = None
    """On a time axis: years."""


@dataclass(frozen=True)
class Series:
    key: str
    label: str
    points: tuple[Point, ...]
    """One per category."""
    colour: int = 0
    """Index into the theme's series colours, fixed per concept through the edition; −1: the grey of context."""


@dataclass(frozen=True)
class Tick:
    value: float
    text: str


@dataclass(frozen=True)
class BreakBand:
    """A break in the series between two positions of the category axis."""

    before: float
    after: float
    label: str


@dataclass(frozen=True)
class ReferenceLine:
    value: float
    label: str
    """With its figure: `Moçambique 21,7`."""
    fact: str = ""


@dataclass(frozen=True)
class MapClass:
    """A class of a map, lower bound included."""

    low: float | None
    high: float | None
    label: str


@dataclass(frozen=True)
class Chart:
    id: str
    kind: str
    """A key of CHARTS."""
    categories: tuple[Category, ...]
    series: tuple[Series, ...]
    ticks: tuple[Tick, ...] = ()
    """Of the value axis, first and last included; empty: no axis is drawn."""
    breaks: tuple[BreakBand, ...] = ()
    references: tuple[ReferenceLine, ...] = ()
    classes: tuple[MapClass, ...] = ()
    key_title: str = ""
    """Heading of the class key."""
    country: str = ""
    """Whose own row stands out in a ranking."""
    boundaries: str = ""
    """File of the boundaries that a map is drawn on; empty: tiles."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Small words inside the picture, by key: `missing` (the sign), …"""
    width: float = 170
    """Millimetres, as printed."""
    height: float = 0
    """0: by kind and number of rows."""


@dataclass(frozen=True)
class Image:
    """A chart's drawn bytes, as printed: same size, same lettering in both forms; or a picture that came with the project."""

    svg: bytes
    """Empty: there is none."""
    png: bytes
    """200 dpi; of a chart empty where no Word file is wanted; a picture of the project may be JPEG."""
    width: float
    height: float
    """Millimetres."""
    word: bytes = b""
    """SVG as Word takes it, as gzip, where it has been made beforehand."""

    @property
    def raster(self) -> str:
        """Ending of a file with these dots."""
        return "jpg" if self.png.startswith(b"\xff\xd8") else "png"


TOTALS = ("_T", "total")
"""Keys of a series of a stacked chart that is not a part of the stack but the figure above it."""
SECOND = "\u200b"
"""Begins a line of lettering in the second language of an edition in two; it has no width and is drawn in italics."""


def stacked(first: str, second: str) -> str:
    """Lettering in two languages, the second on a line of its own; once where both say the same."""
    if not second or first == second:
        return first
    return f"{first}\n{SECOND}{second}" if first else second


def leading_words(lettering: str) -> str:
    """What lettering says in the first language."""
    return lettering.partition("\n")[0]
