"""Heights of blocks before they are set, in millimetres: worked out from the widths of the letters and the measures of the style sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
from bulletin.document.inline import Emphasis, Footnote, Foreign, Inlines, Strong, plain
from bulletin.model.theme import SPACING, TYPE, Print, Spacing, Type
from bulletin.write.html import listed_in, notes_of, setting, stands_alone
from bulletin.write.look import BOX
from bulletin.write.measure import lines
from bulletin.write.table_layout import FACE, MAIN, STRONG, Head, cell_text, layout, room_of, shares

if TYPE_CHECKING:
    from bulletin.document.chart import Image
    from bulletin.document.tree import Section

LEADING = {"": 3.9, "dense": 3.7, "tight": 3.4}
PRINT = {"": 8.5, "dense": 7.9, "tight": 7.05}


BOLDER, DISPLAY, HEADING = "Source Sans 3 Bold", "Source Serif 4 Display Light", "Source Serif 4 Subhead"
"""Faces of totals, of titles, of what leads a chapter."""


def _set(text: str, role: Print, face: str = FACE, width: float = MAIN, share: float = 1) -> float:
    """Height of a text in the main column, or in one of another width; `share`: of the role's size."""
    return share * role.line * lines(text, face, share * role.size, width) if text else 0.0


def height(block: Block, images: Mapping[str, Image], type_: Type = TYPE, spacing: Spacing = SPACING) -> float:
    """With the space below, without the space above."""
    match block:
        case Paragraph():
            return _paragraph(block, type_, spacing)
        case BulletList():
            items = sum(_set(plain(i.content), type_.body, width=MAIN - 4.5) + 1 for i in block.items)
            return items + 2 + _foot([note for i in block.items for note in footnotes(i.content)], type_.note)
        case Notice():
            return 4.5 * lines(plain(block.content), STRONG, 9, MAIN - 4) + 11.2
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
            entries = sum(_entry(plain(i.term), plain(i.content)) for i in block.items)
            return 1.03 * entries / 2 if many else 7.0 * len(block.items)  # columns end before an entry that has no room
        case Contents():
            return 7.0 * len(block.entries)


def _entry(term: str, content: str) -> float:
    """Of a list in two columns."""
    return 3.7 * (lines(term, STRONG, 8.3, 81) + lines(content, FACE, 8.3, 81)) + 1.6


LEAST = 8
"""Rows on either side of a page that cuts a table which could stand on one."""
FEW = 4
"""The same, where most of a page were empty otherwise."""


@dataclass(frozen=True)
class Parts:
    """A table that may be cut: heights of what stands above its rows, of its head, of its rows, of what stands below."""

    above: float
    head: float
    rows: tuple[float, ...]
    breaks: tuple[int, ...]
    """Numbers of rows after which it may be cut."""
    below: float

    def most(self, room: float, start: int = 0) -> int:
        """The row, counted from `start`, after which it is cut when as much as may stand in `room`; 0: not enough can."""
        room -= self.head + (0.0 if start else self.above)
        return max((k for k in self.breaks if k > start and sum(self.rows[start:k]) <= room), default=0)

    def rest(self, room: float, least: int = LEAST) -> float:
        """What it takes of the next page when as much as may stand in `room`; 0: not enough can."""
        kept = replace(self, breaks=tuple(k for k in self.breaks if least <= k <= len(self.rows) - least))
        cut = kept.most(room)
        return self.head + sum(self.rows[cut:]) + self.below if cut else 0.0

    def flowed(self, room: float, page: float) -> tuple[int, float]:
        """Pages it goes on to, and what it takes of the last of them; no page: it stands in `room`, or not enough of it can."""
        start = pages = 0
        at = self.above + self.head + sum(self.rows) + self.below
        while at > (page if pages else room):
            cut = self.most(page if pages else room, start)
            if not cut and not pages:
                return 0, 0.0
            start, pages = (
                cut or start + sum(1 for k in range(start + 1, len(self.rows)) if sum(self.rows[start:k]) < page),
                pages + 1,
            )
            at = self.head + sum(self.rows[start:]) + self.below
        return pages, at


def parts_of(table: Table, type_: Type = TYPE, spacing: Spacing = SPACING) -> Parts:
    head, rows = _rows(table)
    below = _notes(table, type_) + spacing.exhibit
    return Parts(_head(table, table.headnote, type_), head, rows, breaks_of(table), below)


def breaks_of(table: Table) -> tuple[int, ...]:
    """Numbers of rows after which the style sheet lets a page cut a table."""
    set_, found, start = layout(table), [], 0
    kept, last = (1 if table.words else 3), len(table.rows)
    apart = "blocks" in set_.classes.split()
    for number, body in enumerate(set_.bodies):
        end = start + len(body)
        inside = () if apart else range(start + kept + 1, end)
        found += [*inside, *((end,) if number or len(body) > kept else ())]
        start = end
    first = last - len(set_.bodies[-1]) if set_.bodies else 0
    return tuple(k for k in found if k < last and not (k >= first and k >= last - kept))


def _paragraph(block: Paragraph, type_: Type, spacing: Spacing) -> float:
    if block.role == "lede":
        return _set(plain(block.content), type_.lede) + 7.5
    return _set(plain(block.content), type_.body) + spacing.paragraph + _foot(footnotes(block.content), type_.note)


def footnotes(content: Inlines) -> list[Inlines]:
    """What is printed at the foot of the page."""
    found = []
    for piece in content:
        match piece:
            case Footnote(inner):
                found.append(inner)
            case Strong(inner) | Emphasis(inner) | Foreign(_, inner):
                found += footnotes(inner)
            case _:
                pass
    return found


def _foot(notes: list[Inlines], note: Print, width: float = MAIN) -> float:
    """With the rule above, as if no other block of the page had notes."""
    return sum(_set(plain(n), note, width=width) for n in notes) + 5.6 if notes else 0.0


def _head(block: Table | Figure, sub: Inlines, type_: Type) -> float:
    name = _set(plain(block.title), type_.exhibit, STRONG)
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
        head = 4.1 * max(lines(plain(h.content), STRONG, 8, w - 3) for h, w in _heads(set_.head[0], columns)) + 2
        rows = [_worded(r, columns) for r in table.rows]
        return head, tuple(rows)
    leading, letters = LEADING[size], PRINT[size]
    head = 0.2
    for row in set_.head:
        tall = max((lines(plain(h.content), STRONG, min(8, letters), w - 3) for h, w in _heads(row, columns)), default=1)
        head += leading * max(1, tall) + 1.9
    return head, tuple(_row(r, columns[0], leading, letters) for r in table.rows)


def _worded(row: Row, columns: list[float]) -> float:
    if row.role == "block":
        return 4 * lines(plain(row.label), STRONG, 8.5, sum(columns) - 4) + 2.3
    texts = (plain(row.label), *map(cell_text, row.cells))
    tall = [
        lines(text, FACE if number else STRONG, 8.5, width - 4)
        for number, (text, width) in enumerate(zip(texts, columns, strict=False))
    ]
    return 4.1 * max(1, *tall) + 2.3


def _row(row: Row, stub: float, leading: float, letters: float) -> float:
    if row.role == "block":
        return 7.9
    room = stub - (6.6 if row.role == "sub" else 3.6)
    face = BOLDER if row.role == "total" else FACE
    extra = {"total": 1.95, "group": 1.9}.get(row.role, 1.24)
    return leading * max(1, lines(plain(row.label), face, letters, room)) + extra


def _heads(row: tuple[Head, ...], columns: list[float]) -> list[tuple[Head, float]]:
    """Heads of one column, with its width."""
    return [(h, columns[h.column + 1]) for h in row if h.columns == 1 and h.classes != "blank"]


def opening(section: Section, type_: Type = TYPE) -> float:
    """Where the first block of a chapter begins, from the head of the text block."""
    if section.opening is None:
        return 15.0
    title = _set(plain(section.title), type_.chapter, DISPLAY)
    lede = section.opening.lede
    words = 7 + _set(plain(lede.content), type_.lede, HEADING) if lede else 0.0
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
    change = lines(f"▲ {plain(figure.change)} {plain(figure.since)}", FACE, 8, 38) if figure.change else 0
    return 4.25 * lines(figure.label, FACE, 8.5, 38) + (4.0 * change + 0.6 if change else 0) + (4.6 if figure.illustrative else 0)
