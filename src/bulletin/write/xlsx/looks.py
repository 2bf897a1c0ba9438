"""Formats of the cells of a workbook: one face without serifs, no fill, colour for links only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from bulletin.model.theme import Theme

FACE = {"font_name": "Arial", "font_size": 11, "font_scheme": "none"}
"""What every computer has and every reader can enlarge; without a scheme, which would put the face of the Office theme in its place."""
_INDENT = {"sub": 1}
STRONG = ("total", "group")
"""Roles of rows in bold."""


@dataclass(frozen=True)
class Looks:
    book: Workbook
    brand: str
    known: dict[tuple[tuple[str, str | int | bool], ...], Format] = field(default_factory=dict)

    def of(self, **properties: str | int | bool) -> Format:
        """The same format for the same properties."""
        key = tuple(sorted(properties.items()))
        if key not in self.known:
            self.known[key] = self.book.add_format({**FACE, "valign": "top", **properties})
        return self.known[key]

    @property
    def title(self) -> Format:
        return self.of(bold=True, font_size=15, font_color=self.brand)

    @property
    def subtitle(self) -> Format:
        return self.of(bold=True, font_size=12)

    @property
    def line(self) -> Format:
        return self.of()

    @property
    def text(self) -> Format:
        return self.of(text_wrap=True)

    @property
    def remark(self) -> Format:
        return self.of(text_wrap=True, indent=1, align="left")

    @property
    def link(self) -> Format:
        return self.of(font_color=self.brand, underline=1)

    def head(self, *, right: bool = False, first: bool = True) -> Format:
        indent = 0 if right or first else 1
        return self.of(bold=True, text_wrap=True, valign="bottom", bottom=1, align="right" if right else "left", indent=indent)

    def stub(self, role: str) -> Format:
        return self.of(text_wrap=True, bold=role in STRONG, indent=_INDENT.get(role, 0), align="left")

    def figure(self, code: str, *, strong: bool) -> Format:
        return self.of(num_format=code, align="right", bold=strong)

    def words(self, *, strong: bool) -> Format:
        return self.of(text_wrap=True, bold=strong, indent=1, align="left")


def looks_of(book: Workbook, theme: Theme) -> Looks:
    return Looks(book, theme.colour.brand)


LONGEST = 32_767
"""Letters in a cell; of a longer text the library would write nothing at all."""


def put(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    """Text as text, whatever it begins with."""
    fault = sheet.write_string(row, column, text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…", look)
    assert not fault, (row, column, fault)


LINE = 14.5
"""Points from line to line."""
TITLE = 21
_TALLEST = 400
"""Excel takes no more than 409."""


def height(cells: Iterable[tuple[str, float]]) -> float:
    """Points that a row needs, of its texts and the widths of their columns: not every program measures wrapped rows when it opens a
    file. Words of bold capitals are a fifth wider than the digits that widths count in, others narrower."""
    lines = max((len(wrap(text, max(int(width), 4))) or 1 for text, width in cells), default=1)
    return min(lines * LINE + 1, _TALLEST)
