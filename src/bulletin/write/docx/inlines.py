"""Inline content as runs."""

from __future__ import annotations

from typing import assert_never

from bulletin.document.inline import Emphasis, Footnote, Foreign, Inlines, Literal, NoteMark, Number, Reference, Strong, Text
from bulletin.write.docx.anchors import contents_target, reference_target
from bulletin.write.docx.fields import link, reference
from bulletin.write.docx.footnotes import call
from bulletin.write.docx.markup import escape, run
from bulletin.write.docx.story import Story

NUMBER = "BulletinNumber"
"""Id of the character style that tells data from other digits when a reviewed file comes back."""


def runs(
    story: Story,
    content: Inlines,
    style: str = "",
    *,
    bold: bool = False,
    italic: bool = False,
    language: str = "",
    look: str = "",
) -> str:
    """`style`: id of a character style for everything but data numbers, which keep their own; `look`: size of these runs."""
    parts = []
    language = language or story.tongue
    for piece in content:
        match piece:
            case Text(text) | Literal(text, _):
                parts.append(run(text, properties(style, bold, italic, language, look)))
            case Number(text, _):
                parts.append(run(text, properties(NUMBER, bold, italic, language, look)))
            case Strong(inner):
                parts.append(runs(story, inner, style, bold=True, italic=italic, language=language, look=look))
            case Emphasis(inner):
                parts.append(runs(story, inner, style, bold=bold, italic=True, language=language, look=look))
            case Foreign(tongue, inner):
                parts.append(runs(story, inner, style, bold=bold, italic=italic, language=tongue, look=look))
            case NoteMark(mark):
                parts.append(run(mark, properties("NoteMark", bold, italic, "")))
            case Footnote(inner):
                parts.append(call(story, piece, runs(story, inner, language=story.tongue)))
            case Reference(target, text):
                parts.append(_reference(story, target, text, properties(style, bold, italic, language, look)))
            case _:
                assert_never(piece)
    return "".join(parts)


def _reference(story: Story, target: str, text: str, kept: str) -> str:
    if story.labels.get(target) == text and text:
        return reference(reference_target(target), text, kept)
    if target in story.targets:
        # Worded otherwise than the label (`quadro 5.1`, a section): a field would put the label back, a link leaves the words.
        return link(contents_target(target), run(text, kept))
    return run(text, kept)


def properties(style: str, bold: bool, italic: bool, language: str, look: str = "") -> str:
    return (
        (f'<w:rStyle w:val="{style}"/>' if style else "")
        + ("<w:b/><w:bCs/>" if bold else "")
        + ("<w:i/><w:iCs/>" if italic else "")
        + look
        + (f'<w:lang w:val="{escape(language)}"/>' if language else "")
    )
