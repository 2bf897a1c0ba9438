"""Every block of the tree as paragraphs and tables."""

from __future__ import annotations

from typing import assert_never

from bulletin.document.anchors import detail_of, qualified, term_of, title_of
from bulletin.document.blocks import (
    Block,
    Box,
    BulletList,
    Contents,
    Definition,
    Definitions,
    Figure,
    KeyFigures,
    Notice,
    Paragraph,
    Table,
)
from bulletin.document.inline import plain
from bulletin.document.pieces import headed
from bulletin.write.docx import exhibits, grid
from bulletin.write.docx.contents import contents
from bulletin.write.docx.inlines import runs
from bulletin.write.docx.keyfigures import strip
from bulletin.write.docx.markup import paragraph, run, spacing, styled
from bulletin.write.docx.story import Story
from bulletin.write.docx.styles import AXIS, FULL, semibold
from bulletin.write.measure import width

_ABOVE = 6.0
"""Millimetres between text and the key figures or box below it."""

_ROLES = {"body": "BodyText", "lede": "Lede", "gap": "DraftGap", "stale": "DraftGap"}
_DEFINITIONS = {"imprint": ("ImprintLine", "ImprintTerm"), "signs": ("SignLine", "Term"), "glossary": ("GlossaryEntry", "Term")}


def block_text(story: Story, block: Block, heading: str, follower: Block | None = None) -> str:
    """`heading`: plain title of the section around it; `follower`: the block after it."""
    # Key figures and boxes are tables, which keep no distance from what stands above them.
    space = spacing(after=_ABOVE) if isinstance(follower, KeyFigures | Box) else ""
    match block:
        case Paragraph():
            return _paragraph(story, block, _ROLES[block.role], space)
        case BulletList():
            last = len(block.items) - 1
            return "".join(
                _paragraph(story, item, "ListBullet", space if index == last else "") for index, item in enumerate(block.items)
            )
        case Notice():
            return paragraph("Notice", story.block(block.id, runs(story, block.content)))
        case KeyFigures():
            return strip(story, block)
        case Table():
            return exhibits.table(story, block)
        case Figure():
            return exhibits.figure(story, block)
        case Box():
            return _box(story, block)
        case Definitions():
            return _definitions(story, block)
        case Contents():
            return contents(story, block, heading)
        case _:
            assert_never(block)


def _paragraph(story: Story, block: Paragraph, style: str, space: str = "") -> str:
    return paragraph(style, story.block(block.id, runs(story, block.content)), space=space)


def _box(story: Story, box: Box) -> str:
    title = paragraph("BoxTitle", story.block(box.id, runs(story, box.title)))
    inner: list[tuple[Paragraph, str]] = []
    for block in box.blocks:
        if isinstance(block, BulletList):
            inner += [(item, "BoxBullet") for item in block.items]
        else:
            inner.append((block, "BoxText"))
    last = len(inner) - 1
    content = title + "".join(
        _paragraph(story, block, style, spacing(after=3) if index == last else "") for index, (block, style) in enumerate(inner)
    )
    # One shaded cell: Word leaves white stripes between shaded paragraphs whose indents differ, as those of text and bullets do.
    colour = story.theme.colour
    cell = grid.cell(content, FULL - AXIS, top=(8, colour.brand), shade=colour.tint)
    said = plain(box.title)
    row = grid.row(cell, split=True)
    return grid.table(row, (FULL - AXIS,), caption=said, description=said, head=False, indent=AXIS) + paragraph("BlockEnd", "")


def _after(story: Story, item: Definition) -> str:
    """A term too long for the margin column has a line of its own."""
    return "\t" if width(plain(item.term), semibold(story.theme), 9.5) < AXIS - 2 else "\n"


def _definitions(story: Story, block: Definitions) -> str:
    if block.layout == "sheets":
        return _sheets(story, block)
    style, term = _DEFINITIONS[block.layout]
    last = len(block.items) - 1
    return _definitions_title(story, block) + "".join(
        paragraph(
            style,
            story.block(term_of(qualified(block.id, item.id)), runs(story, item.term, term))
            + run(_after(story, item))
            + story.block(item.id, runs(story, item.content), block.id),
            space=spacing(after=5) if index == last else "",
        )
        for index, item in enumerate(block.items)
    )


def _sheets(story: Story, block: Definitions) -> str:
    """Name and code, then a line for each detail; a sheet is not divided.

    A row of a table each: LibreOffice does not hold a dozen paragraphs together that are to be kept with the next, and leaves the
    name at the foot of a page.
    """
    rows = "".join(grid.row(grid.cell(_sheet(story, item, block.id), FULL)) for item in block.items)
    said = block.title or plain(block.items[0].term)
    return (
        _definitions_title(story, block)
        + grid.table(rows, (FULL,), caption=said, description=said, head=False)
        + paragraph("BlockEnd", "")
    )


def _definitions_title(story: Story, block: Definitions) -> str:
    return paragraph("ListHeading", story.block(title_of(block.id), run(block.title))) if block.title else ""


def _sheet(story: Story, item: Definition, parent: str) -> str:
    """Nothing in it is kept with the next: of a table that begins so LibreOffice makes one that is not divided."""
    name = qualified(parent, item.id)
    words = runs(story, item.term, "Term") + runs(story, headed(item)[len(item.term) :], "SheetCode")
    parts = [paragraph("SheetHead", story.block(term_of(name), words), keep=False)]
    parts.append(paragraph("SheetText", story.block(item.id, runs(story, item.content), parent)))
    last = len(item.details) - 1
    for index, detail in enumerate(item.details):
        line = styled("SheetLabel", detail.label) + run("\t")
        line += story.block(detail_of(name, index + 1), runs(story, detail.content))
        parts.append(paragraph("SheetLine", line, space=spacing(after=2) if index == last else ""))
    return "".join(parts)
