"""Comments of a Word file: at the words they are about, and the part that holds them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletin.document.anchors import bookmark
from bulletin.document.for_review import Comment, ForReview
from bulletin.write.docx.markup import DECLARATION, NAMESPACES, escape, run


@dataclass(frozen=True)
class Commented:
    text: str
    """The body with the comments' marks."""
    part: bytes
    """Empty where there is no comment."""


def commented(text: str, review: ForReview) -> Commented:
    """Comments in the order of the text; one on a block that the file does not have is left out."""
    placed: list[tuple[int, int, Comment]] = []
    for comment in review.comments:
        name = bookmark(comment.block, comment.language)
        start = re.search(rf'<w:bookmarkStart w:id="(\d+)" w:name="{name}"/>', text)
        if start:
            end = text.index(closing := f'<w:bookmarkEnd w:id="{start[1]}"/>', start.end()) + len(closing)
            placed.append((start.start(), end, comment))
    if not placed:
        return Commented(text, b"")
    placed.sort(key=lambda p: p[0])
    marks: list[tuple[int, int, str]] = []
    for number, (start_at, end_at, _) in enumerate(placed):
        marks.append((start_at, 1, f'<w:commentRangeStart w:id="{number}"/>'))
        marks.append((end_at, 0, f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'))
    parts, at = [], 0
    # Where one block ends and the next begins, the end comes first; comments on one block keep their order.
    for place, _, mark in sorted(marks, key=lambda m: (m[0], m[1])):
        parts += [text[at:place], mark]
        at = place
    comments = "".join(_comment(n, c, review.date) for n, (_, _, c) in enumerate(placed))
    part = f"{DECLARATION}<w:comments {NAMESPACES}>{comments}</w:comments>".encode()
    return Commented("".join((*parts, text[at:])), part)


def _comment(number: int, comment: Comment, date: str) -> str:
    initials = "".join(word[0] for word in re.findall(r"\w+", comment.author)[:3]).upper()
    first, *others = comment.text.split("\n")
    mark = "<w:r><w:annotationRef/></w:r>"
    size = '<w:sz w:val="20"/><w:szCs w:val="20"/>'
    paragraphs = "".join(f"<w:p>{mark if n == 0 else ''}{run(line, size)}</w:p>" for n, line in enumerate((first, *others)))
    return (
        f'<w:comment w:id="{number}" w:author="{escape(comment.author)}" w:date="{escape(date)}T00:00:00Z" '
        f'w:initials="{escape(initials)}">{paragraphs}</w:comment>'
    )
