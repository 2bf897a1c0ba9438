"""Walks the tags of a PDF: elements, their children, and the marked content of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Dictionary, Object, Page, Pdf

MARKED = re.compile(rb"/\w+\s+<<\s*/MCID (\d+)\s*>>\s*BDC")


def children(element: Object) -> list[Object | int]:
    """Kids of an element: elements, object references, numbers of marked content."""
    from pikepdf import Array

    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def elements(element: Object) -> Iterator[Dictionary]:
    """The structure elements among the kids."""
    from pikepdf import Dictionary

    for kid in children(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid


def walk(element: Object) -> Iterator[Dictionary]:
    """An element's descendants in reading order."""
    for kid in elements(element):
        yield kid
        yield from walk(kid)


def named(element: Object, *names: str) -> Iterator[Dictionary]:
    """Descendants with one of the tags."""
    return (e for e in walk(element) if str(e.S) in names)


def put(element: Object, kids: list[Object | int]) -> None:
    """Sets the kids and makes the element their parent."""
    from pikepdf import Array, Dictionary

    for kid in kids:
        if isinstance(kid, Dictionary) and "/S" in kid:
            kid.P = element
    element.K = Array(kids)


def parent_tree(pdf: Pdf) -> dict[int, Object]:
    """Key of a page or annotation to its elements; the arrays may be changed in place."""
    flat = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return {int(flat[i]): flat[i + 1] for i in range(0, len(flat), 2)}


def keep_marked(pdf: Pdf, page: Page, keep: set[int]) -> None:
    """Marked content of a page outside `keep` becomes an artifact of pagination."""
    from pikepdf import Array

    contents = page.obj.Contents
    streams = list(contents) if isinstance(contents, Array) else [contents]
    data = b"\n".join(stream.read_bytes() for stream in streams)

    def replaced(match: re.Match[bytes]) -> bytes:
        return match[0] if int(match[1]) in keep else b"/Artifact\n<</Type /Pagination>>\nBDC"

    page.obj.Contents = pdf.make_stream(MARKED.sub(replaced, data))
