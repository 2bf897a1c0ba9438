"""Heights of blocks in two languages side by side, in millimetres, from the widths of letters and the measures of `parallel.css`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bulletin.document.blocks import Block, Box, BulletList, Definitions, Figure, KeyFigure, KeyFigures, Notice, Paragraph, Table
from bulletin.document.inline import Inlines, plain
from bulletin.model.theme import SPACING, Spacing
from bulletin.write.html import listed_in
from bulletin.write.measure import lines
from bulletin.write.parallel import COLUMN, brief, facing_notes, is_kept, measure, same
from bulletin.write.pdf.fill import Measures
from bulletin.write.pdf.heights import DISPLAY, HEADING, LEADING, PRINT, Parts, breaks_of
from bulletin.write.table_layout import FACE, PORTRAIT, STRONG, cell_text, room_of, shares, size_of

if TYPE_CHECKING:
    from bulletin.document.chart import Image
    from bulletin.document.parallel import Parallel
    from bulletin.document.tree import Section


def double(parallel: Parallel, images: Mapping[str, Image], spacing: Spacing = SPACING) -> Measures:
    """Of an edition in two languages; blocks and sections are asked for by those of the first."""
    second: dict[int, Block] = {}
    twins: dict[int, Section] = {}

    def learn(a: tuple[Section, ...], b: tuple[Section, ...]) -> None:
        for one, other in zip(a, b, strict=True):
            twins[id(one)] = other
            second.update({id(x): y for x, y in zip(one.blocks, other.blocks, strict=True)})
            learn(one.sections, other.sections)

    learn(parallel.first.sections, parallel.second.sections)
    return Measures(
        lambda block: _height(block, second[id(block)], images, spacing),
        lambda section: _opening(section, twins[id(section)]),
        lambda section: _heading(section, twins[id(section)]),
        lambda block: _is_whole(block, second[id(block)]),
        spacing.exhibit,
        lambda table: _parts_of(table, second[id(table)], spacing),
    )


def _is_whole(a: Block, b: Block) -> bool:
    if isinstance(a, Table) and isinstance(b, Table):
        return is_kept(a, b)
    return isinstance(a, Figure | Box | KeyFigures)


def _deep(a: str, b: str, width: float, size: float, face: str = FACE) -> int:
    """Lines of the longer of two texts that stand beside each other."""
    return max(lines(text, face, size, width) if text else 0 for text in (a, b))


def _height(a: Block, b: Block, images: Mapping[str, Image], spacing: Spacing = SPACING) -> float:
    match a, b:
        case Paragraph(), Paragraph():
            if a.role == "lede":
                return 6.25 * _deep(plain(a.content), plain(b.content), COLUMN, 12.5, HEADING) + 7.5
            return 4.75 * _deep(plain(a.content), plain(b.content), COLUMN, 9.5) + 2.5
        case BulletList(), BulletList():
            items = zip(a.items, b.items, strict=True)
            return sum(4.75 * _deep(plain(x.content), plain(y.content), COLUMN - 4.5, 9.5) + 2.2 for x, y in items)
        case Notice(), Notice():
            return 4.5 * _deep(plain(a.content), plain(b.content), COLUMN - 4, 9, STRONG) + 7.7
        case KeyFigures(), KeyFigures():
            return 60.0 * -(-len(a.items) // 3) + 7
        case Figure(), Figure():
            image = images.get(a.chart.id)
            drawn = image.height if image else 70.0
            return _head(a, b, a.subtitle, b.subtitle) + drawn + 0.3 + _notes(a, b) + spacing.exhibit
        case Table(), Table():
            parts = _parts(a, b, spacing)
            return parts.above + parts.head + sum(parts.rows) + parts.below
        case Box(), Box():
            return 16.0 + sum(_height(x, y, images) for x, y in zip(a.blocks, b.blocks, strict=True))
        case Definitions(), Definitions():
            return 11.0 * len(a.items)
        case _:
            return 7.0


def _head(a: Table | Figure, b: Table | Figure, sub: Inlines, other: Inlines) -> float:
    wide = (room_of(a)[0] if isinstance(a, Table) and a.landscape else PORTRAIT[0]) / 2 - 4
    name = 5.0 * _deep(plain(a.title), plain(b.title), wide, 10.5, STRONG)
    below = _deep(plain(sub), plain(other), wide, 8.5)
    return 2.4 + 5.0 + name + (4.1 * below + 0.6 if below else 0) + 2.5


def _notes(a: Table | Figure, b: Table | Figure) -> float:
    groups = facing_notes(a.notes, b.notes)
    if not groups:
        return 0.0
    total = 2.5 + 0.6 * (len(groups) - 1)
    for pair in groups:
        tall = [
            sum(
                max(1, lines((group[0] + "  " if i == 0 else "") + plain(n.content), FACE, 7.6, COLUMN))
                for i, n in enumerate(group[1])
            )
            for group in pair
            if group
        ]
        total += 3.7 * max(tall)
    return total


def _parts_of(a: Table, b: Block, spacing: Spacing) -> Parts | None:
    return _parts(a, b, spacing) if isinstance(b, Table) else None


def _parts(a: Table, b: Table, spacing: Spacing) -> Parts:
    head, rows = _rows(a, b)
    return Parts(_head(a, b, a.headnote, b.headnote), head, rows, breaks_of(a), _notes(a, b) + spacing.exhibit)


def _rows(a: Table, b: Table) -> tuple[float, tuple[float, ...]]:
    measured, in_line = measure(a, b)
    width = room_of(a)[0]
    columns = [width * share for share in shares(measured)]
    size = size_of(measured).name
    leading, letters = LEADING[size], PRINT[size]
    heads = [
        lines(plain(x.head), STRONG, 8, w - 3) + (0 if same(x.head, y.head) else lines(plain(y.head), FACE, 8, w - 3))
        for x, y, w in zip(a.columns, b.columns, columns[1:], strict=True)
    ]
    head = leading * max([*heads, 1 if same(a.stubhead, b.stubhead) else 2]) + 2 + (leading + 1.9) * len(a.spanners)
    rows = []
    for one, other in zip(a.rows, b.rows, strict=True):
        if one.role == "block":
            label = f"{plain(one.label)} / {plain(other.label)}"
            rows.append(4 * lines(label, STRONG, 8.5, width - 4) + (2.3 if a.words else 3.9))
            continue
        stub = columns[0] - (6.6 if one.role == "sub" else 3.6)
        in_row = in_line or bool(brief(one.label, other.label))
        tall = [_stacked(plain(one.label), plain(other.label), stub, letters, in_row)]
        if a.words:
            cells = zip(one.cells, other.cells, columns[1:], strict=True)
            tall += [_stacked(cell_text(x), cell_text(y), w - 4, 8.5, False) for x, y, w in cells]
        rows.append(leading * max(tall) + {"total": 1.95, "group": 1.9}.get(one.role, 2.4 if a.words else 1.24))
    return head, tuple(rows)


def _stacked(a: str, b: str, width: float, size: float, in_line: bool) -> int:
    if in_line or a == b or not b:
        return max(1, lines(a, FACE, size, width))
    return lines(a, FACE, size, width) + lines(b, FACE, size, width)


def _heading(a: Section, b: Section) -> float:
    return 6.5 * _deep(f"{a.number}   {plain(a.title)}", plain(b.title), COLUMN, 13.5, "Source Serif 4 Subhead Semibold") + 3.75


def _opening(a: Section, b: Section) -> float:
    """Where the first block of a chapter begins, from the head of the text block."""
    if a.opening is None or b.opening is None:
        return 23.0
    title = 11.5 * lines(plain(a.title), DISPLAY, 29, 140) + 2 + 8.5 * lines(plain(b.title), HEADING, 18, 140)
    words = 0.0
    if a.opening.lede and b.opening.lede:
        words = 7 + 5.25 * _deep(plain(a.opening.lede.content), plain(b.opening.lede.content), COLUMN, 11, HEADING)
    at = max(66.0, title + words) + 44 - 24 + 11
    if a.opening.notice and b.opening.notice:
        at += _height(a.opening.notice, b.opening.notice, {})
    if a.opening.figures:
        pairs = zip(a.opening.figures, b.opening.figures, strict=True)
        at += 37 + max(_below_value(x, y) for x, y in pairs)
    listed = listed_in(a)
    return at + (6.3 * len(listed) + 6 + 9 if listed else 0)


def _below_value(x: KeyFigure, y: KeyFigure) -> float:
    label = lines(x.label, FACE, 8.5, 38) + (0 if x.label == y.label else lines(y.label, FACE, 8.5, 38))
    change = lines(f"▲ {plain(x.change)} {plain(x.since)}", FACE, 8, 38) + lines(plain(y.since), FACE, 8, 38) if x.change else 0
    return 4.25 * label + (4.0 * change + 0.6 if change else 0) + (4.6 if x.illustrative else 0)
