"""How many pages the contents will take, before they are set: a wrong answer costs time and changes nothing."""

from __future__ import annotations

import re
from html import unescape

from bulletin.write.measure import lines
from bulletin.write.pdf.pages import Survey
from bulletin.write.pdf.parts import ANCHOR

FACE = "Source Sans 3"
FIRST, PAGE = 233.0, 248.0
"""Millimetres below the title of the contents, and of a whole page."""
HEAD = 19.0
"""Millimetres of the title of a list with what is around it."""
_LIST = re.compile(r'<ul class="toc( minor)?( double)?.*?</ul>', re.DOTALL)
_ENTRY = re.compile(r'<li class="level(\d)">(.*?)</li>', re.DOTALL)
_TEXT = re.compile(r"<a [^>]*>([^<]*)</a>")


def expected(html: str) -> Survey:
    """Of a part with contents, by its markup; what is named in it is taken to be on its first page."""
    pages = expected_pages(html)
    return Survey((False,) * pages, (0.0,) * pages, tuple((name, 0) for name in ANCHOR.findall(html)))


def expected_pages(html: str) -> int:
    """As `print.css` and `parallel.css` set them."""
    pages, used = 1, PAGE - FIRST
    for number, found in enumerate(_LIST.finditer(html)):
        minor, double = bool(found[1]), bool(found[2])
        used += HEAD if number else 0
        columns = 2 if minor and not double else 1
        left = sum(_height(int(level), body, minor=minor, double=double) for level, body in _ENTRY.findall(found[0]))
        while used + left / columns > PAGE:
            left -= max(PAGE - used, 0) * columns
            pages, used = pages + 1, 0.0
        used += left / columns
    return pages


def _height(level: int, body: str, *, minor: bool, double: bool) -> float:
    """Millimetres of an entry."""
    texts = [unescape(text) for text in _TEXT.findall(body)] or [""]
    if double:
        size, room, line, around = (7.5, 70.0, 3.5, 0.84) if minor else (9.5, 72.0, 4.7, 0.5)
        return max(lines(text, FACE, size, room) for text in texts) * line + around
    if minor:
        return lines(texts[0], FACE, 8, 62.5) * 3.75 + 0.58
    if level == 1:
        return lines(texts[0], f"{FACE} Bold", 11, 144) * 5.5 + 4.06
    return lines(texts[0], FACE, 9.5, 144) * 4.7 + 0.5
