"""Footnotes as Word's own: it counts them, moves them with their words and prints them at the foot of the page."""

from __future__ import annotations

from bulletin.document.inline import Footnote
from bulletin.model.theme import Theme
from bulletin.write.docx.markup import DECLARATION, NAMESPACES
from bulletin.write.docx.properties import SEPARATORS
from bulletin.write.docx.story import Story
from bulletin.write.docx.styles import AXIS, Look

TEXT, CALL = "FootnoteText", "FootnoteReference"
_CALL = f'<w:rPr><w:rStyle w:val="{CALL}"/></w:rPr>'


def call(story: Story, note: Footnote, words: str) -> str:
    """The sign in the text; `words`: runs of the note, which is taken in once."""
    name = f"{note.id}.{story.language}"
    if name in story.footnotes:
        return ""
    number = len(story.footnotes) + 1
    head = f'<w:r>{_CALL}<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'
    said = f'<w:p><w:pPr><w:pStyle w:val="{TEXT}"/></w:pPr>{head}{words if note.added else story.block(note.id, words)}</w:p>'
    story.footnotes[name] = f'<w:footnote w:id="{number}">{said}</w:footnote>'
    return f'<w:r>{_CALL}<w:footnoteReference w:id="{number}"/></w:r>'


def footnotes_part(story: Story) -> bytes:
    """Empty where there is no note."""
    if not story.footnotes:
        return b""
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:pPr><w:spacing w:before="0" w:after="40" w:line="240" w:lineRule="auto"/></w:pPr>'
        f"<w:r><w:{kind}/></w:r></w:p></w:footnote>"
        for kind, n in SEPARATORS
    )
    said = "".join(story.footnotes.values())
    return f"{DECLARATION}<w:footnotes {NAMESPACES}>{lines}{said}</w:footnotes>".encode()


def footnote_looks(theme: Theme, *, double: bool) -> tuple[Look, ...]:
    """Below the column of the text, or over the whole width below two."""
    left = 0 if double else AXIS
    return (Look("footnote text", theme.font.text, *theme.type.note.pair, theme.colour.ink_2, after=0.8, left=left),)
