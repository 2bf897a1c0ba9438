"""What is printed and is no content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletin.write.pdf.structure import Element, Mark

if TYPE_CHECKING:
    from pikepdf import Page, Pdf

MARKED = re.compile(rb"/\w+\s+<<\s*/MCID (\d+)\s*>>\s*BDC")


def drop_running_heads(pdf: Pdf, root: Element) -> None:
    """What stands in no tag, running heads, folios and repeated table heads, is an artifact (PDF/UA-1, 7.1 and 7.8; Matterhorn
    01-003, 17-001). WeasyPrint marks it as content that no tag owns."""
    kept: dict[int, set[int]] = {}
    for mark in root.owned():
        if isinstance(mark, Mark):
            kept.setdefault(mark.page, set()).add(mark.number)
    for number, page in enumerate(pdf.pages):
        _keep(pdf, page, kept.get(number, set()))


def _keep(pdf: Pdf, page: Page, keep: set[int]) -> None:
    from pikepdf import Array

    contents = page.obj.Contents
    streams = list(contents) if isinstance(contents, Array) else [contents]
    data = b"\n".join(stream.read_bytes() for stream in streams)

    def replaced(match: re.Match[bytes]) -> bytes:
        return match[0] if int(match[1]) in keep else b"/Artifact\n<</Type /Pagination>>\nBDC"

    found = MARKED.sub(replaced, data)
    if found != data:
        page.obj.Contents = pdf.make_stream(found)
