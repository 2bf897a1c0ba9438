"""What the two pages of a leaflet measure, in millimetres: the same in its PDF and in its Word file, worked out before either is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.document.blocks import Definition, Figure, KeyFigure, Note, Table
from bulletin.document.inline import Inlines, plain
from bulletin.document.leaflet import HALF, halves, in_rows, in_strips
from bulletin.write.measure import lines, width

if TYPE_CHECKING:
    from bulletin.document.leaflet import Leaflet
    from bulletin.model.theme import Theme

SHEET, TOP, FOOT, LEFT, RIGHT = 297.0, 12.0, 15.0, 22.0, 18.0
BAND, BANNER, BELOW = 58.0, 8.0, 7.0
"""The band with the title, the strip of a demonstration or draft below it, the space below both."""
FULL, MAIN, THIRD = 170.0, 126.0, 158 / 3
GAP = 6.0
"""Between the parts of a page."""
SPARK = 15.0
LABEL, TITLE, SUB, NOTE = (8.5, 4.2), (11.0, 5.2), (8.5, 4.2), (7.4, 3.5)
"""Points and line of the kinds of print."""
SMALL_TITLE, SMALL_SUB = (10.0, 4.7), (8.0, 3.9)
"""Of a chart on half the width."""
MESSAGE, ROW, ABOUT = (9.5, 4.7), (8.5, 5.0), (7.4, 3.5)
SEPARATE = 1.3
"""Between two messages."""
LOGO = 9.0
"""The tallest logo: it stands in what is margin on the bulletin's pages, and takes nothing of the room."""
ROOM = (SHEET - FOOT - 4.0, SHEET - 27.0)
"""Down to where the pages may be filled: the first with room for a line that breaks otherwise than was worked out, the second to the
margin of the bulletin's pages."""


def front(leaflet: Leaflet, theme: Theme) -> float:
    """Height of the first page as far as it is filled."""
    at = BAND + (BANNER if leaflet.document.cover.banner else 0.0) + BELOW
    rows = in_strips(leaflet.figures)
    at += sum(strip_height(row, theme) for row in rows) + GAP * len(rows)
    if leaflet.messages:
        at += 2.4 + sum(message_height(item.content, theme) for item in leaflet.messages[1].items) + GAP
    at += sum(row_of_charts(row, theme) for row in in_rows(leaflet.first_charts))
    if leaflet.notes:
        at += 2.0 + sum(about_height(item, theme, FULL) for item in leaflet.notes.items)
    return at


def back(leaflet: Leaflet, theme: Theme) -> float:
    """Height of the second page as far as it is filled."""
    at = TOP
    at += sum(row_of_charts(row, theme) for row in in_rows(leaflet.charts))
    if leaflet.table:
        at += table_height(leaflet.table, theme) + GAP
    if leaflet.about:
        left, right = columns(leaflet.about.items, theme)
        at += 2.0 + max(sum(about_height(item, theme) for item in side) for side in (left, right))
    return at


def logo_scale(leaflet: Leaflet) -> float:
    """Of the cover's logos, which stand smaller at the foot of the second page."""
    page = leaflet.document.cover
    return min(1.0, LOGO / (page.foot - 4.0)) if page.logos else 1.0


def row_of_charts(row: tuple[Figure, ...], theme: Theme) -> float:
    return max(chart_height(figure, theme) for figure in row) + GAP


def semibold(theme: Theme) -> str:
    return f"{theme.font.text} Semibold"


def strip_height(row: tuple[KeyFigure, ...], theme: Theme) -> float:
    label = max(lines(item.label, semibold(theme), 9, THIRD - 1) for item in row)
    below = 4.5 if any(is_below(item, theme) for item in row) else 0.0
    change = max((lines(change_text(item), theme.font.text, 8.7, THIRD) for item in row if item.change), default=0)
    spark = SPARK if any(item.spark for item in row) else 0.0
    return 2.4 + 4.4 * label + 12.0 + below + 4.0 + spark + (1.2 + 4.25 * change if change else 0.0)


def is_below(item: KeyFigure, theme: Theme) -> bool:
    """Whether the unit of a figure takes a line of its own."""
    if not item.unit:
        return False
    figure = width(plain(item.value), theme.font.figures, 27)
    return figure + width("\u00a0" + item.unit, theme.font.text, 11) > THIRD - 2


def change_text(item: KeyFigure) -> str:
    return f"▲ {plain(item.change)} {plain(item.since)}"


def message_height(content: Inlines, theme: Theme) -> float:
    return MESSAGE[1] * lines(plain(content), theme.font.text, MESSAGE[0], MAIN - 4) + SEPARATE


def chart_height(figure: Figure, theme: Theme) -> float:
    if figure.chart.width <= HALF:
        head = LABEL[1] if figure.label or figure.illustrative else 0.0
        title = _text(plain(figure.title), SMALL_TITLE, HALF, semibold(theme))
        sub = _text(plain(figure.subtitle), SMALL_SUB, HALF, theme.font.text)
        return 2.0 + head + title + sub + 2.0 + figure.chart.height + 1.5 + notes_height(figure.notes, HALF, theme)
    margin = _text(figure.label, LABEL, 36, semibold(theme)) + (4.6 if figure.illustrative else 0.0)
    main = _text(plain(figure.title), TITLE, MAIN, semibold(theme)) + _text(plain(figure.subtitle), SUB, MAIN, theme.font.text)
    return 2.0 + max(margin, main) + 2.0 + figure.chart.height + 1.5 + notes_height(figure.notes, FULL, theme)


def notes_height(notes: tuple[Note, ...], wide: float, theme: Theme) -> float:
    return _text(" ".join(f"{label} {text}" for label, text in run_in(notes)), NOTE, wide, theme.font.text)


def run_in(notes: tuple[Note, ...]) -> tuple[tuple[str, str], ...]:
    """Label and words of each group of notes: all are set as one paragraph."""
    groups: list[tuple[str, list[str]]] = []
    for note in notes:
        if note.label or not groups:
            groups.append((note.label, []))
        groups[-1][1].append(plain(note.content))
    return tuple((label, " ".join(texts)) for label, texts in groups)


def table_height(table: Table, theme: Theme) -> float:
    head = max(
        _text(plain(table.title), TITLE, MAIN, semibold(theme)) + _text(plain(table.headnote), SUB, MAIN, theme.font.text),
        _text(table.label, LABEL, 36, semibold(theme)) + (4.6 if table.illustrative else 0.0),
    )
    parts = halves(table)
    wide = HALF if len(parts) == 2 else FULL
    stub = wide - VALUE * len(table.columns) - 2
    tall = max(sum(row_height(plain(row.label), stub, theme) for row in part.rows) for part in parts)
    return 2.0 + head + 2.0 + 6.0 + tall + 1.5 + notes_height(table.notes, FULL, theme)


VALUE = 17.5
"""Width of a column of figures."""


def row_height(label: str, stub: float, theme: Theme) -> float:
    return ROW[1] + 3.9 * (lines(label, theme.font.text, ROW[0], stub) - 1)


def about_height(item: Definition, theme: Theme, wide: float = HALF) -> float:
    return _text(f"{plain(item.term)} {plain(item.content)}", ABOUT, wide, theme.font.text) + 0.9


def columns(items: tuple[Definition, ...], theme: Theme) -> tuple[tuple[Definition, ...], tuple[Definition, ...]]:
    """In two columns as equal as their order allows."""
    heights = [about_height(item, theme) for item in items]
    cut = min(range(1, len(items) + 1), key=lambda n: max(sum(heights[:n]), sum(heights[n:])))
    return items[:cut], items[cut:]


def _text(text: str, size: tuple[float, float], wide: float, face: str) -> float:
    return size[1] * lines(text, face, size[0] * 1.01, wide) if text else 0.0
