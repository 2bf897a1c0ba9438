"""How to make a bulletin, as pages of the library: the documentation with its links, pictures and heads, in one language."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from bulletin.write.site.markdown import Article, Picture, article
from bulletin.write.site.pages import guide_page

if TYPE_CHECKING:
    from bulletin.document.guide import Guide

FOLDER = "guide"
"""Of its pictures, in the root of the library."""


def articles(guide: Guide) -> Mapping[str, Article]:
    """Pages by name."""
    known = {page.source: guide_page(page.name, guide) for page in guide.pages}
    shown = {name: Picture(f"../{FOLDER}/{_file(name)}", *_pixels(data)) for name, data in guide.pictures.items()}
    return {page.name: article(page.text, known, shown, page.title) for page in guide.pages}


def pictures(guides: Iterable[Guide]) -> dict[str, bytes]:
    """By path from the root of the library."""
    return {f"{FOLDER}/{_file(name)}": data for guide in guides for name, data in guide.pictures.items()}


def _file(name: str) -> str:
    return name.rpartition("/")[2]


def _pixels(data: bytes) -> tuple[int, int]:
    """Width and height, so that a page does not move while its pictures come."""
    if data.startswith(b"\x89PNG"):
        width, height = struct.unpack(">2L", data[16:24])
        return width, height
    box = re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', data[:2000])
    return (round(float(box[1])), round(float(box[2]))) if box else (0, 0)
