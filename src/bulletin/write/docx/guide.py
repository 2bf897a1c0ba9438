"""The page after the cover of a file for review: how to review it, in the words of each of its languages."""

from __future__ import annotations

from bulletin.document.for_review import Guide, guide
from bulletin.write.docx.inlines import properties
from bulletin.write.docx.markup import paragraph, run, spacing
from bulletin.write.docx.story import Story


def guide_page(story: Story) -> str:
    """Empty for a file that is not sent out for review."""
    found = guide_of(story)
    if found is None:
        return ""
    parts = [
        paragraph("FrontHeading", guide_words(story, found.title)),
        paragraph("Lede", guide_words(story, found.lede)),
        *(paragraph("ListBullet", point(story, p), space=spacing(after=2.5)) for p in found.points),
        paragraph("Notice", guide_words(story, found.build), space=spacing(before=7)),
    ]
    return "".join(parts)


def guide_of(story: Story) -> Guide | None:
    return guide(story.document.words, story.review.build) if story.review else None


def point(story: Story, said: tuple[str, str]) -> str:
    """Its first sentence in bold letters: that is what to do."""
    name, text = said
    first, stop, rest = text.partition(". ")
    bold = run(first + stop.rstrip(), properties("", True, False, story.tongue))
    return story.block(name, bold + (run(" " + rest, properties("", False, False, story.tongue)) if rest else ""))


def guide_words(story: Story, said: tuple[str, str], style: str = "") -> str:
    name, text = said
    return story.block(name, run(text, properties(style, False, False, story.tongue)))
