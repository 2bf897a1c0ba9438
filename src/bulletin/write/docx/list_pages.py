"""Which lists of tables, charts and maps begin a page: LibreOffice keeps no heading with the list below it.

Word keeps them together, so a break where the heading would move over anyway changes nothing there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletin.document.blocks import Block, Contents, Entry
from bulletin.document.inline import plain
from bulletin.write.docx.pages import PORTRAIT
from bulletin.write.docx.story import Story
from bulletin.write.docx.styles import FULL
from bulletin.write.measure import lines

_ROOM = PORTRAIT.height - PORTRAIT.top - PORTRAIT.bottom
_TITLE, _HEADING = 18.0, 19.1
"""Millimetres: of the section's title, and of a list's heading with the space around it."""
_CHAPTER, _SECTION, _EXHIBIT, _LINE = 10.5, 5.95, 6.19, 4.25
"""Millimetres of an entry, and of each further line of one."""
_TOP = 2.1
"""Above the first entry of a page."""
_NEAR = 14.0
"""What these heights may be wrong by, over the pages of all lists."""


def begin_pages(story: Story, blocks: Sequence[Block], title: str) -> frozenset[str]:
    """Ids of the lists whose heading would stand at the foot of a page. `title`: of the section, which begins a page."""
    used = _TITLE
    found: set[str] = set()
    for block in blocks:
        if not isinstance(block, Contents):
            return frozenset(found)
        heights = list(_heights(story, block))
        if block.title and block.title != title and heights:
            if used + _HEADING + heights[0] > _ROOM - _NEAR:
                found.add(block.id)
                used = 0.0
            used += _HEADING
        for height in heights:
            used = _TOP + height if used + height > _ROOM else used + height
    return frozenset(found)


def _heights(story: Story, block: Contents) -> Iterator[float]:
    for entry in block.entries:
        if block.kind == "sections":
            yield _CHAPTER if entry.level == 1 else _SECTION
        else:
            yield _EXHIBIT + _LINE * (_lines(story, entry) - 1)


def _lines(story: Story, entry: Entry) -> int:
    return lines(plain(entry.title), story.theme.font.text, 9, FULL - 24)
