"""Contents and lists of exhibits: real fields whose entries are already there, each a link."""

from __future__ import annotations

from bulletin.document.anchors import title_of
from bulletin.document.blocks import Contents, Entry
from bulletin.write.docx.anchors import contents_target
from bulletin.write.docx.fields import closed, link, opened
from bulletin.write.docx.inlines import runs
from bulletin.write.docx.markup import hexed, paragraph, run
from bulletin.write.docx.story import Story


def contents(story: Story, block: Contents, above: str, *, fresh: bool = False) -> str:
    """`above`: heading of the section it stands in, which is not said twice; `fresh`: it begins a page.

    Entries carry no page numbers, as only a layout of this very file knows its pages: `page_numbers` adds them; in Word F9 does.
    """
    head = (
        paragraph("ListHeading", story.block(title_of(block.id), run(block.title)), fresh=fresh)
        if block.title and block.title != above
        else ""
    )
    if not block.entries:
        return head
    lines = []
    for index, entry in enumerate(block.entries):
        style = f"Toc{min(entry.level, 3)}" if block.kind == "sections" else "TableOfFigures"
        start = opened(_instruction(story, block)) if index == 0 else ""
        lines.append(paragraph(style, start + _entry(story, entry)))
    # Its end stands in a paragraph of its own: LibreOffice would otherwise take the next paragraphs into the index.
    return head + "".join(lines) + paragraph("FieldEnd", closed())


def _instruction(story: Story, block: Contents) -> str:
    if block.kind == "sections":
        return f'TOC \\o "1-{max(entry.level for entry in block.entries)}" \\h \\z'
    label = next((story.labels[entry.target] for entry in block.entries if story.labels.get(entry.target)), "")
    word = label.split(" ")[0].split("\u00a0")[0] or story.document.words.get(block.kind.removesuffix("s"), block.title)
    return f'TOC \\h \\z \\c "{word}"'


def _entry(story: Story, entry: Entry) -> str:
    # The number's colour stands here directly: LibreOffice drops character styles inside an index.
    look = f'<w:rStyle w:val="EntryNumber"/><w:color w:val="{hexed(story.theme.colour.accent)}"/>'
    content = run(entry.number, look) + run("\t") + runs(story, entry.title)
    return link(contents_target(entry.target), content) if entry.target in story.targets else content
