"""Exhibits: the head with its label in the margin column, the picture or table, the notes below."""

from __future__ import annotations

from bulletin.document.anchors import remark_of, subtitle_of
from bulletin.document.blocks import Figure, Note, Table
from bulletin.document.inline import Inlines
from bulletin.document.pieces import illustrative as remark
from bulletin.document.pieces import without_mark
from bulletin.write.docx import tables
from bulletin.write.docx.anchors import contents_target
from bulletin.write.docx.inlines import runs
from bulletin.write.docx.markup import paragraph, run, spacing, styled
from bulletin.write.docx.pictures import exhibited
from bulletin.write.docx.story import Story

_SHORT = 9
"""Rows of which two parts go on a landscape page."""


def table(story: Story, block: Table) -> str:
    head = _head(story, block, block.headnote)
    # Without notes the text below would touch the table, as only paragraphs keep a distance.
    below = _notes(story, owner(block), block.notes) or paragraph("BlockEnd", "")
    return head + tables.table(story, block) + below


def figure(story: Story, block: Figure) -> str:
    head = _head(story, block, block.subtitle)
    picture = paragraph("Figure", exhibited(story, block, block.alt), keep=bool(block.notes))
    return head + picture + _notes(story, block.id, block.notes)


def _head(story: Story, block: Table | Figure, subtitle: Inlines) -> str:
    block_id, illustrative = block.id, block.illustrative
    label = number(story, block)
    if label and story.theme.exhibit_label == "chip":
        edge = styled("Label", "\u00a0")
        label = edge + label + edge
    words = story.block(block_id, runs(story, block.title)) + part(block)
    inner = story.marked(contents_target(block_id), label + run("\t") + words)
    if not subtitle and not illustrative:
        return paragraph("ExhibitLabel", inner, space=spacing(after=2.5), fresh=begins_page(block))
    head = paragraph("ExhibitLabel", inner, fresh=begins_page(block))
    mark = ""
    if illustrative:
        mark = story.block(remark_of(block_id), styled("Illustrative", remark(illustrative)))
    below = story.block(subtitle_of(block_id), runs(story, subtitle)) if subtitle else ""
    return head + paragraph("ExhibitSubtitle", mark + run("\t") + below)


def number(story: Story, block: Table | Figure) -> str:
    """`Quadro 5.1`; over a later part of a table as plain words, for a number counted again would list it twice."""
    if not block.label:
        return ""
    later = isinstance(block, Table) and block.part_of
    return styled("Label", block.label) if later else story.label(block.id, block.label)


def part(block: Table | Figure) -> str:
    """`(parte 1 de 3)`, after the title and outside its bookmark."""
    return styled("PartMark", f" {block.part}") if isinstance(block, Table) and block.part else ""


def begins_page(block: Table | Figure) -> bool:
    """Whether it is a later part of a table that would not go on the page of the part before."""
    return isinstance(block, Table) and bool(block.part_of) and len(block.rows) > _SHORT


def owner(block: Table | Figure) -> str:
    """Id of the block to which its notes belong."""
    return (block.part_of if isinstance(block, Table) else "") or block.id


def _notes(story: Story, block_id: str, notes: tuple[Note, ...]) -> str:
    lines = []
    for index, note in enumerate(notes):
        label = styled("NoteHead", note.label) if note.label else ""
        content = label + run("\t") + note_words(story, block_id, note)
        space = spacing(before=2.5 if index == 0 else None, after=5 if index == len(notes) - 1 else None)
        last = index == len(notes) - 1
        # An exhibit that no line opens is closed by one.
        rule = story.theme.colour.rule if last and story.theme.exhibit_label == "chip" else ""
        lines.append(paragraph("ExhibitNote", content, keep=None if last else True, space=space, rule=rule))
    return "".join(lines)


def note_words(story: Story, block_id: str, note: Note) -> str:
    """The bookmark holds the note's own words, which a reviewer can change, and not the mark before them."""
    mark, words = without_mark(note.content)
    return runs(story, mark) + story.block(note.id, runs(story, words), block_id)
