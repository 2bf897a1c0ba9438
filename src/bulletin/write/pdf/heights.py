"""Heights of blocks before they are set, in millimetres: worked out from the widths of the letters and the measures of the style sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.document.blocks import (
    Block,
    Box,
    BulletList,
    Contents,
    Definitions,
    Figure,
    KeyFigure,
    KeyFigures,
    Notice,
    Paragraph,
    Row,
    Table,
)
from bulletin.document.inline import Inlines, plain
from bulletin.model.theme import SPACING, TYPE, Print, Spacing, Type
from bulletin.shipped import shipped
from bulletin.write.html import listed_in, notes_of, setting, stands_alone
from bulletin.write.look import BOX
from bulletin.write.measure import POINT, advances
from bulletin.write.table_layout import MAIN, Head, cell_text, layout, room_of, shares

if TYPE_CHECKING:
    from bulletin.document.chart import Image
    from bulletin.document.tree import Section

LEADING = {"": 3.9, "dense": 3.7, "tight": 3.4}
PRINT = {"": 8.5, "dense": 7.9, "tight": 7.05}


def lines(text: str, width: float, size: float, face: str = "SourceSans3-Regular") -> int:
    """Lines a text takes in a column of `width`."""
    if not text:
        return 0
    known = advances(shipped("config", "fonts", f"{face}.ttf"))

    def length(word: str) -> float:
        return sum(known.get(ord(c), 0.5) for c in word) * size * POINT

    count, at, space = 1, 0.0, length(" ")
    for word in text.split(" "):
        wide = length(word)
        if at and at + space + wide > width:
            count, at = count + 1, wide
        else:
            at += (space if at else 0.0) + wide
    return count


def _set(text: str, role: Print, face: str = "SourceSans3-Regular", width: float = MAIN, share: float = 1) -> float:
    """Height of a text in the main column, or in one of another width; `share`: of the role's size."""
    return share * role.line * lines(text, width, share * role.size, face)


def height(block: Block, images: Mapping[str, Image], type_: Type = TYPE, spacing: Spacing = SPACING) -> float:
    """With the space below, without the space above."""
    match block:
        case Paragraph():
            return _paragraph(block, type_, spacing)
        case BulletList():
            return sum(_set(plain(i.content), type_.body, width=MAIN - 4.5) + 1 for i in block.items) + 2
        case Notice():
            return 4.5 * lines(plain(block.content), MAIN - 4, 9, "SourceSans3-Semibold") + 11.2
        case KeyFigures():
            return (45.0 + type_.key_figure.line) * -(-len(block.items) // 3) + 7
        case Figure():
            image = images.get(block.chart.id)
            drawn = image.height if image else 70.0
            return _head(block, block.subtitle, type_) + drawn + _notes(block, type_) + spacing.exhibit
        case Table():
            head, rows = _rows(block)
            return _head(block, block.headnote, type_) + head + sum(rows) + _notes(block, type_) + spacing.exhibit
        case Box():
            inner = [i for b in block.blocks for i in (b.items if isinstance(b, BulletList) else (b,))]
            return 14.8 + sum(_set(plain(i.content), type_.body, width=MAIN - 5, share=BOX) + spacing.paragraph for i in inner)
        case Definitions(layout="sheets"):
            return sum(7.0 + 3.75 * (1 + len(item.details) * 1.4) for item in block.items) / 2
        case Definitions():
            many = setting(block) == "many"
            return sum(_entry(plain(i.term), plain(i.content)) for i in block.items) / 2 if many else 7.0 * len(block.items)
        case Contents():
            return 7.0 * len(block.entries)


def _entry(term: str, content: str) -> float:
    """Of a list in two columns."""
    return 3.7 * (lines(term, 81, 8.3, "SourceSans3-Semibold") + lines(content, 81, 8.3)) + 1.6


LEAST = 8
"""Rows of a table on either side of a page that cuts it."""


@dataclass(frozen=True)
class Parts:
    """A table that may be cut: heights of what stands above its rows, of its head, of its rows, of what stands below."""

    above: float
    head: float
    rows: tuple[float, ...]
    breaks: tuple[int, ...]
    """Numbers of rows after which it may be cut."""
    below: float

    def rest(self, room: float) -> float:
        """What it takes of the next page when as much as may stand in `room`; 0: not enough can."""
        fitting = [k for k in self.breaks if self.above + self.head + sum(self.rows[:k]) <= room]
        return self.head + sum(self.rows[fitting[-1] :]) + self.below if fitting else 0.0


def parts_of(table: Table, type_: Type = TYPE, spacing: Spacing = SPACING) -> Parts | None:
    """None: too short to be cut."""
    set_ = layout(table)
    blocks = {i for i, row in enumerate(table.rows) if row.role == "block"}
    apart = "blocks" in set_.classes.split()
    breaks = tuple(k for k in range(LEAST, len(table.rows) - LEAST + 1) if (k in blocks if apart else k - 1 not in blocks))
    head, rows = _rows(table)
    below = _notes(table, type_) + spacing.exhibit
    return Parts(_head(table, table.headnote, type_), head, rows, breaks, below) if breaks else None


def _paragraph(block: Paragraph, type_: Type, spacing: Spacing) -> float:
    if block.role == "lede":
        return _set(plain(block.content), type_.lede) + 7.5
    return _set(plain(block.content), type_.body) + spacing.paragraph


def _head(block: Table | Figure, sub: Inlines, type_: Type) -> float:
    name = _set(plain(block.title), type_.exhibit, "SourceSans3-Semibold")
    below = _set(plain(sub), type_.subtitle)
    label = type_.exhibit.line + (4.6 if block.illustrative else 0)
    return 4.9 + max(name + (below + 0.6 if below else 0), label)


def _notes(block: Table | Figure, type_: Type) -> float:
    note = type_.note
    groups = [sum(max(note.line, _set(plain(n.content), note)) for n in group) for _, group in notes_of(block.notes)]
    return 2.5 + sum(groups) + 0.8 * (len(groups) - 1) if groups else 0.0


def _rows(table: Table) -> tuple[float, tuple[float, ...]]:
    """Of the head, and of each row."""
    width, set_ = room_of(table)[0], layout(table)
    size = next((s for s in ("dense", "tight") if s in set_.classes.split()), "")
    columns = [width * share for share in shares(table)]
    if table.words:
        head = 4.1 * max(lines(plain(h.content), w - 3, 8, "SourceSans3-Semibold") for h, w in _heads(set_.head[0], columns)) + 2
        rows = [
            4.1 * max(lines(t, w - 4, 8.5) for t, w in zip((plain(r.label), *map(cell_text, r.cells)), columns, strict=False))
            + 2.3
            for r in table.rows
        ]
        return head, tuple(rows)
    leading, letters = LEADING[size], PRINT[size]
    head = 0.2
    for row in set_.head:
        tall = max(
            (lines(plain(h.content), w - 3, min(8, letters), "SourceSans3-Semibold") for h, w in _heads(row, columns)), default=1
        )
        head += leading * max(1, tall) + 1.9
    return head, tuple(_row(r, columns[0], leading, letters) for r in table.rows)


def _row(row: Row, stub: float, leading: float, letters: float) -> float:
    if row.role == "block":
        return 7.9
    room = stub - (6.6 if row.role == "sub" else 3.6)
    face = "SourceSans3-Bold" if row.role == "total" else "SourceSans3-Regular"
    extra = {"total": 1.95, "group": 1.9}.get(row.role, 1.24)
    return leading * max(1, lines(plain(row.label), room, letters, face)) + extra


def _heads(row: tuple[Head, ...], columns: list[float]) -> list[tuple[Head, float]]:
    """Heads of one column, with its width."""
    return [(h, columns[h.column + 1]) for h in row if h.columns == 1 and h.classes != "blank"]


def opening(section: Section, type_: Type = TYPE) -> float:
    """Where the first block of a chapter begins, from the head of the text block."""
    if section.opening is None:
        return 15.0
    title = _set(plain(section.title), type_.chapter, "SourceSerif4Display-Light")
    lede = section.opening.lede
    words = 7 + _set(plain(lede.content), type_.lede, "SourceSerif4Subhead-Regular") if lede else 0.0
    at = max(66.0, title + words) + 52 - 24 + 11
    if section.opening.notice:
        at += height(section.opening.notice, {})
    if section.opening.figures:
        at += 23.7 + type_.key_figure.line + max(map(_below_value, section.opening.figures))
    if listed_in(section) and stands_alone(section):
        at += 7.95 * len(listed_in(section)) + 10
    return at


def _below_value(figure: KeyFigure) -> float:
    """Of a chapter's key figure: what differs from one to the next."""
    change = lines(f"▲ {plain(figure.change)} {plain(figure.since)}", 38, 8) if figure.change else 0
    return 4.25 * lines(figure.label, 38, 8.5) + (4.0 * change + 0.6 if change else 0) + (4.6 if figure.illustrative else 0)
