"""The look: colours, faces, sizes, spaces and variants that feed style sheet, charts and Word styles alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bulletin.model.text import LocalText


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
class Logo:
    """Of the publisher or of a partner, at the foot of the cover."""

    file: str
    """Relative to the project: SVG with a PNG of the same name beside it, PNG or JPEG."""
    alt: LocalText
    """What it is, for those who do not see it."""
    height: float = 14
    """Millimetres in print."""


@dataclass(frozen=True)
class CoverPicture:
    """Instead of the country drawn in lines."""

    file: str
    """Relative to the project: JPEG or PNG."""
    alt: LocalText
    focus: tuple[float, float] = (0.5, 0.5)
    """What stays in sight when the picture is cropped to the cover: shares of its width and height, from the upper left corner."""
    credit: LocalText | None = None
    """Whose picture it is, for the imprint."""


PANEL = (214.0, 180.0)
"""Millimetres of a cover picture, 2 of them beyond the edge of the sheet on each side."""


@dataclass(frozen=True)
class Picture:
    """A file ready to be printed."""

    data: bytes
    """PNG or JPEG."""
    svg: bytes
    """Empty: none."""
    width: float
    """Millimetres in print."""
    height: float


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
    logos: tuple[Logo, ...] = ()
    cover_picture: CoverPicture | None = None

    @property
    def foot(self) -> float:
        """Millimetres that the logos take at the foot of the cover, with the space above them."""
        return max((logo.height for logo in self.logos), default=-4.0) + 4
