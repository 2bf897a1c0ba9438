"""Statistical tables and tables of words, each written in one pass."""

from __future__ import annotations

from bisect import bisect_right

from bulletin.document.anchors import bookmark, grid_of
from bulletin.document.blocks import Cell, Row, Table, holds_figures
from bulletin.document.inline import plain
from bulletin.document.issued import spanner_at, top_of
from bulletin.write.docx import grid
from bulletin.write.docx.inlines import NUMBER, runs
from bulletin.write.docx.layout import THIN, Layout, hanging, laid_out
from bulletin.write.docx.markup import indent, paragraph, run, styled
from bulletin.write.docx.story import Story
from bulletin.write.docx.styles import PAD

_TOGETHER = 28
"""Rows up to which a table is kept on one page."""

_BLOCKS_TOGETHER = 14
"""The same for a table of several blocks, which may be divided between them."""


def table(story: Story, block: Table, measured: Table | None = None) -> str:
    """The table proper, without its title and notes; `measured`: a table whose widths it takes.

    Word repeats head rows but cannot say `(continuação)` from the second page on, so `continued` is not used here: the head
    rows repeat, and the title stands once, above.
    """
    layout = laid_out(story, measured or block)
    starts = _blocks(block)
    rows = (_row(story, block, layout, row, _kept(block, index, starts)) for index, row in enumerate(block.rows))
    caption = " ".join(part for part in (block.label, plain(block.title)) if part)
    text = _head(story, block, layout) + "".join(rows)
    return grid.table(text, layout.widths, caption=caption, description=block.summary or caption, head=True)


def _head(story: Story, block: Table, layout: Layout) -> str:
    """Spanner rows and the leaf heads; the stub head and heads without a spanner go through to the bottom of the boxhead."""
    colour = story.theme.colour
    filled = story.theme.table_head == "filled"
    shade = colour.brand if filled else ""
    rule: grid.Edge = (4, colour.on_brand_2 if filled else colour.rule)
    foot: grid.Edge = (6, colour.brand if filled else colour.ink)
    levels = len(block.spanners)
    covered = [[spanner_at(row, index) for index in range(len(block.columns))] for row in block.spanners]
    tops = [top_of(block, index) for index in range(len(block.columns))]
    rows = []
    for level in range(levels + 1):
        leaf = level == levels
        top: grid.Edge | None = (4, colour.rule) if level == 0 and not filled else None
        merge = "" if not levels else "restart" if level == 0 else "continue"
        style = f"{layout.kind}Head"
        content = story.marked(bookmark(grid_of(block.id), story.language), runs(story, block.stubhead)) if level == 0 else ""
        # The bookmark of the whole table lies in its first cell: around a table it would cross paragraph marks.
        stub = paragraph(style, content, ind=indent(left=1.6))
        below = foot if leaf else None
        cells = [grid.cell(stub, layout.widths[0], merge=merge, top=top, bottom=below, shade=shade, align="bottom")]
        index = 0
        while index < len(block.columns):
            column = block.columns[index]
            edge: grid.Edge | None = (6, colour.accent) if column.break_before else None
            spanner = None if leaf else covered[level][index]
            if spanner:
                wide = sum(layout.widths[1 + spanner.start : 1 + spanner.start + spanner.span])
                text = paragraph(style, runs(story, spanner.label), align="center", ind=indent(left=2))
                if spanner.break_before:
                    edge = (6, colour.accent)
                cells.append(
                    grid.cell(text, wide, span=spanner.span, top=top, left=edge, bottom=rule, shade=shade, align="bottom")
                )
                index += spanner.span
                continue
            first, through = level == tops[index], tops[index] < levels
            shown = _head_text(story, block, layout, index) if first else paragraph(style, "")
            state = "" if not through or level < tops[index] else "restart" if first else "continue"
            cells.append(
                grid.cell(
                    shown, layout.widths[1 + index], merge=state, top=top, left=edge,
                    bottom=below, shade=shade, align="bottom",
                )
            )  # fmt: skip
            index += 1
        rows.append(grid.row("".join(cells), head=True))
    return "".join(rows)


def _head_text(story: Story, block: Table, layout: Layout, index: int) -> str:
    column = block.columns[index]
    style = f"{layout.kind}Head"
    content = runs(story, column.head)
    if block.words:
        side = "right" if holds_figures(block, index) else ""
        return paragraph(style, content, align=side, ind=indent(left=1.6, right=1))
    if column.sign:
        content += styled("HeadSign", THIN + column.sign)
    # A sign hangs into the padding: what is left of it becomes the indent, and the figures stay under each other.
    room = max(0.0, layout.pads[index] - hanging(story, column.sign, "", layout.size))
    return paragraph(style, content, align="right", ind=indent(right=room))


def _row(story: Story, block: Table, layout: Layout, row: Row, keep: bool) -> str:
    colour = story.theme.colour
    last = row is block.rows[-1]
    if row.role == "block":
        text = paragraph(f"{layout.kind}Block", runs(story, row.label), keep=True)
        return grid.row(grid.cell(text, sum(layout.widths), span=len(layout.widths), bottom=(4, colour.rule)))
    bottom: grid.Edge = (6, colour.ink) if last else (4, colour.rule) if row.role == "total" else (3, colour.hair)
    shade = colour.tint if row.role == "total" else ""
    align = "" if block.words else "bottom"
    label = runs(story, row.label) + _marks(row.marks)
    stub = paragraph(layout.kind + ("Text" if block.words else _STUBS[row.role]), label, keep=keep or None)
    cells = [grid.cell(stub, layout.widths[0], bottom=bottom, shade=shade, align=align)]
    for place, (column, cell) in enumerate(zip(block.columns, row.cells, strict=True)):
        edge: grid.Edge | None = (6, colour.accent) if column.break_before else None
        text = _cell(story, block, layout, row, place, cell, keep or None)
        cells.append(grid.cell(text, layout.widths[1 + place], left=edge, bottom=bottom, shade=shade, align=align))
    return grid.row("".join(cells))


def _kept(block: Table, index: int, starts: list[int]) -> bool:
    """Whether a row stays with what follows: a short table and a block of a long one are not split, notes not left alone."""
    if index >= len(block.rows) - 2:
        return index < len(block.rows) - 1 or bool(block.notes)
    if len(block.rows) <= (_BLOCKS_TOGETHER if len(starts) > 2 else _TOGETHER) or index == 0:
        return True
    after = bisect_right(starts, index)
    begin, end = starts[after - 1] if after else 0, starts[after]
    return block.rows[begin].role == "block" and end - begin <= _TOGETHER and index + 1 < end


def _blocks(block: Table) -> list[int]:
    """Where its blocks begin, and the end."""
    return [place for place, row in enumerate(block.rows) if row.role == "block"] + [len(block.rows)]


_STUBS = {"normal": "Stub", "total": "StubTotal", "group": "StubTotal", "sub": "StubSub"}


def _cell(story: Story, block: Table, layout: Layout, row: Row, place: int, cell: Cell, keep: bool | None) -> str:
    words = runs(story, cell.content) if cell.content else run(cell.text)
    if block.words:
        align = "right" if holds_figures(block, place) else ""
        return paragraph(f"{layout.kind}Text", words + _marks(cell.marks), keep=keep, align=align)
    if cell.kind == "text":
        # The period of a figure, under its head as the figures are.
        room = max(0.0, layout.pads[place] - hanging(story, "", cell.marks, layout.size))
        return paragraph(f"{layout.kind}Number", words + _marks(cell.marks), keep=keep, ind=indent(right=room))
    style = layout.kind + "Number" + ("Sub" if row.role == "sub" else "")
    if block.columns[place].total or row.role in ("total", "group"):
        style += "Total"
    content = styled(NUMBER, cell.text) if cell.fact else run(cell.text)
    content += (styled("StatusSign", THIN + cell.signs) if cell.signs else "") + _marks(cell.marks)
    room = max(0.0, layout.pads[place] - hanging(story, cell.signs, cell.marks, layout.size))
    return paragraph(style, content, keep=keep, ind=indent(right=room) if room != PAD else "")


def _marks(marks: str) -> str:
    return styled("NoteMark", marks) if marks else ""
