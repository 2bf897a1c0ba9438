"""The look: colours, faces, sizes, spaces and variants that feed style sheet, charts and Word styles alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Faces:
    text: str
    display: str
    heading: str
    figures: str


@dataclass(frozen=True)
class Colours:
    ink: str
    ink_2: str
    rule: str
    hair: str
    tint: str
    paper: str
    brand: str
    brand_deep: str
    on_brand: str
    on_brand_2: str
    accent: str
    accent_fill: str
    context: str
    series: tuple[str, ...]
    sequential: tuple[str, ...]
    missing: tuple[str, str]
    """Fill and hatch."""


@dataclass(frozen=True)
class Print:
    size: float
    """Points."""
    line: float
    """Millimetres from line to line."""

    @property
    def pair(self) -> tuple[float, float]:
        return self.size, self.line


@dataclass(frozen=True)
class Type:
    """Sizes of what is read. Those of tables are not here: which of their three sizes a table takes is how it is made to fit."""

    cover: Print = Print(38, 14)
    chapter: Print = Print(34, 13)
    chapter_number: Print = Print(60, 16)
    title: Print = Print(25, 10)
    """Of pages without an opening: contents, annexes."""
    section: Print = Print(15, 7.5)
    subsection: Print = Print(11.5, 5.5)
    lede: Print = Print(12.5, 6.25)
    key_figure: Print = Print(27, 11)
    exhibit: Print = Print(11.5, 5.5)
    """Titles of tables, charts and maps."""
    subtitle: Print = Print(9, 4.5)
    """What is measured, where, when, in which unit."""
    note: Print = Print(8, 4)
    body: Print = Print(10, 5)
    chart: float = 8.5
    """Points: ordinary lettering inside charts and maps; the smaller kinds keep their share of it."""


@dataclass(frozen=True)
class Spacing:
    """Millimetres. The columns of the page are not here: charts are drawn at the size at which they are printed."""

    paragraph: float = 2.5
    """Below a paragraph."""
    exhibit: float = 7.5
    """Below a table, chart or map, and above it after text."""
    section: float = 10.0
    """Above the heading of a section."""


TYPE, SPACING = Type(), Spacing()


@dataclass(frozen=True)
class Theme:
    id: str
    label: Mapping[str, str]
    font: Faces
    colour: Colours
    table_head: Literal["open", "filled"] = "open"
    exhibit_label: Literal["plain", "chip"] = "plain"
    page_strip: bool = False
    type: Type = TYPE
    spacing: Spacing = SPACING
