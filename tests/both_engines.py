"""What a PDF says, chapter by chapter, for setting the two PDF writers against each other: each is a proof of the other."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf

from tagged import Tag, content, tags

UNSEEN = re.compile("[\\s\u00ad\u2060\u200b]")


def chapters(data: bytes) -> list[str]:
    """Words in reading order, spaces and capitals aside; without the lettering inside pictures, which has an alternative text, and
    without the page numbers of the contents."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = tags(pdf, content(pdf))
        return [UNSEEN.sub("", "".join(_said(chapter))).casefold() for chapter in root.kids]


def _said(tag: Tag) -> Iterator[str]:
    if tag.kind == "Figure":
        yield str(tag.raw.get("/Alt", ""))
        return
    kids = tag.kids[:-1] if tag.kind == "TOCI" else tag.kids
    for part in tag.parts:
        if not isinstance(part, int):
            yield part
        elif tag.kids[part] in kids:
            yield from _said(tag.kids[part])
