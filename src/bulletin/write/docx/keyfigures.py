"""Key figures, in a borderless table: each cell is read whole before the next."""

from __future__ import annotations

from bulletin.document.anchors import part_of, qualified, remark_of, title_of
from bulletin.document.blocks import KeyFigure, KeyFigures
from bulletin.document.inline import plain
from bulletin.document.pieces import illustrative
from bulletin.document.tree import Opening, Section
from bulletin.write.docx import grid
from bulletin.write.docx.inlines import runs
from bulletin.write.docx.markup import paragraph, run, spacing, styled
from bulletin.write.docx.pictures import inline
from bulletin.write.docx.story import Story
from bulletin.write.docx.styles import COLUMN, FULL, GUTTER, semibold
from bulletin.write.measure import lines, width

THIRD = (FULL - 2 * GUTTER) / 3
ARROWS = {"up": "▲", "down": "▼", "same": "=", "none": ""}


def strip(story: Story, block: KeyFigures) -> str:
    """Rows of three, label first."""
    rows = []
    for start in range(0, len(block.items), 3):
        items = block.items[start : start + 3]
        # The figures of a row stand level although their labels take one or two lines.
        heights = [lines(item.label, semibold(story.theme), 8.5, THIRD) for item in items]
        look = sized(story, min(fitting(story, item, THIRD, beside=True) for item in items))
        cells = []
        for place in range(3):
            if place:
                cells.append(grid.cell(paragraph("KeyLabel", ""), GUTTER))
            if place < len(items):
                content = _figure(story, block.id, items[place], max(heights) - heights[place], look)
                cells.append(grid.cell(content, THIRD, top=(8, story.theme.colour.brand)))
            else:
                cells.append(grid.cell(paragraph("KeyLabel", ""), THIRD))
        rows.append(grid.row("".join(cells)))
    said = "; ".join(item.label for item in block.items)
    return grid.table("".join(rows), (THIRD, GUTTER, THIRD, GUTTER, THIRD), caption=said, description=said, head=False)


def fitting(story: Story, item: KeyFigure, room: float, *, beside: bool) -> float:
    """Points in which a figure takes one line: its digits are never broken; `beside`: its unit begins on the same line."""
    unit = width("\u00a0" + item.unit.split(" ")[0], story.theme.font.text, 10) if beside and item.unit else 0.0
    full = story.theme.type.key_figure.size
    natural = width(plain(item.value), story.theme.font.figures, full)
    # A little less than the room: Word rounds the advances of its letters.
    return full * min(1.0, (room - unit - 0.8) / natural) if natural else full


def sized(story: Story, size: float) -> str:
    """Properties for a figure smaller than its style has it; the figures of one row are equally large."""
    half = int(size * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half < story.theme.type.key_figure.size * 2 else ""


def _figure(story: Story, parent: str, item: KeyFigure, short: int, look: str) -> str:
    identity = qualified(parent, item.id)
    label = story.block(identity, run(item.label))
    value = _value(story, item, identity, look)
    if item.unit:
        value += styled("KeyWords", "\u00a0") + story.block(part_of(identity, "unit"), styled("KeyWords", item.unit))
    parts = [
        paragraph("KeyTitle", label, space=spacing(after=short * 4.25) if short else ""),
        paragraph("KeyFigure", value),
        paragraph("KeyPeriod", _when(story, item, identity)),
    ]
    if item.spark:
        picture = inline(story, story.images[item.spark.id], item.spark_alt)
        parts.append(paragraph("KeySpark", picture))
    elif item.no_series:
        words = story.block(part_of(identity, "series"), run(item.no_series))
        parts.append(paragraph("KeyPeriod", words, space=spacing(before=7, after=3)))
    parts.append(_change(story, item, identity))
    return "".join(parts)


def _value(story: Story, item: KeyFigure, identity: str, look: str) -> str:
    return story.block(part_of(identity, "value"), runs(story, item.value, look=look))


def _when(story: Story, item: KeyFigure, identity: str) -> str:
    when = story.block(part_of(identity, "when"), run(item.when))
    if not item.illustrative:
        return when
    mark = story.block(remark_of(identity), styled("Illustrative", illustrative(item.illustrative)))
    return when + styled("Illustrative", " ") + mark


def _change(story: Story, item: KeyFigure, identity: str) -> str:
    arrow = ARROWS[item.direction] if item.change else ""
    change = story.block(part_of(identity, "change"), runs(story, item.change, "KeyChangeFigure", bold=True))
    since = story.block(part_of(identity, "since"), runs(story, item.since))
    content = (styled("KeyArrow", arrow + "\u00a0") if arrow else "") + change + (run(" ") + since if since else "")
    return paragraph("KeyChange", content)


def opening_figures(story: Story, section: Section, opening: Opening) -> str:
    """At most three beside their heading in the margin column."""
    items = opening.figures[:3]
    colour = story.theme.colour
    head = paragraph("MarginHead", story.block(title_of(f"{section.id}.figures"), run(opening.figures_title)))
    cells = [grid.cell(head, COLUMN, top=(6, colour.accent))]
    look = sized(story, min(fitting(story, item, COLUMN, beside=False) for item in items)) if items else ""
    for place in range(3):
        cells.append(grid.cell(paragraph("KeyLabel", ""), GUTTER))
        content = _opening_figure(story, section.id, items[place], look) if place < len(items) else paragraph("KeyLabel", "")
        cells.append(grid.cell(content, COLUMN, top=(8, colour.brand) if place < len(items) else None))
    widths = (COLUMN, GUTTER) * 3 + (COLUMN,)
    said = f"{opening.figures_title}: " + "; ".join(item.label for item in items)
    return grid.table(grid.row("".join(cells)), widths, caption=opening.figures_title, description=said, head=False)


def _opening_figure(story: Story, parent: str, item: KeyFigure, look: str) -> str:
    identity = qualified(parent, item.id)
    parts = [paragraph("KeyFigure", _value(story, item, identity, look))]
    if item.unit:
        parts.append(paragraph("KeyUnit", story.block(part_of(identity, "unit"), run(item.unit))))
    parts.append(paragraph("KeyLabel", story.block(identity, run(item.label))))
    parts.append(paragraph("KeyPeriod", _when(story, item, identity)))
    if item.change:
        parts.append(_change(story, item, identity))
    return "".join(parts)
