"""The text from cover to last page: chapters with their openings, sections, and the Word sections they fall into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bulletin.document.anchors import entry_of, heading_of, title_of
from bulletin.document.blocks import Contents, Table
from bulletin.document.inline import plain
from bulletin.document.tree import Opening, Section, walk
from bulletin.write.docx.anchors import contents_target
from bulletin.write.docx.blocks import block_text
from bulletin.write.docx.contents import contents
from bulletin.write.docx.cover import cover, text_top
from bulletin.write.docx.fields import closed, link
from bulletin.write.docx.guide import guide_page
from bulletin.write.docx.inlines import runs
from bulletin.write.docx.keyfigures import opening_figures
from bulletin.write.docx.list_pages import begin_pages
from bulletin.write.docx.markup import indent, paragraph, run, spacing, styled
from bulletin.write.docx.pages import (
    LANDSCAPE,
    OPENING_TOP,
    PORTRAIT,
    Furniture,
    Page,
    cover_page,
    heads_and_feet,
    opening_page,
    section_properties,
)
from bulletin.write.docx.story import Story
from bulletin.write.docx.styles import AXIS, FULL, light
from bulletin.write.measure import line_height, lines


@dataclass(frozen=True)
class Piece:
    """Consecutive paragraphs and tables that stay together on one kind of page."""

    xml: str
    landscape: bool = False
    heading: bool = False


@dataclass
class Stretch:
    """What lies in one Word section."""

    page: Page
    xml: list[str] = field(default_factory=list)


def body(story: Story) -> tuple[str, tuple[Furniture, ...]]:
    """The document's text with its Word sections, and the heads and feet these use."""
    listed = in_contents(story)
    stretches = [Stretch(cover_page(text_top(story), story.document.cover.foot), cover(story)), *guided(guide_page(story))]
    bands: dict[str, float] = {}
    for section in story.document.sections:
        height = _band_height(story, section, section.opening) if section.opening else 0.0
        stretches += stretched(list(_pieces(story, section, listed)), section, height, bands)
    return bound(story, stretches, bands)


def guided(xml: str) -> list[Stretch]:
    """The page on how to review, where there is one."""
    return [Stretch(PORTRAIT, [xml])] if xml else []


def in_contents(story: Story) -> set[str]:
    """Ids of the sections that the contents list."""
    return {
        entry.target
        for block in walk(story.document.sections)
        if isinstance(block, Contents) and block.kind == "sections"
        for entry in block.entries
    }


def bound(story: Story, stretches: list[Stretch], bands: dict[str, float]) -> tuple[str, tuple[Furniture, ...]]:
    return joined(stretches, heads_and_feet(story, bands))


def joined(stretches: list[Stretch], furniture: dict[str, Furniture]) -> tuple[str, tuple[Furniture, ...]]:
    """Every stretch a Word section with its page."""
    parts = [_closed("".join(stretch.xml), section_properties(stretch.page, furniture)) for stretch in stretches[:-1]]
    final = stretches[-1]
    parts.append(_ended("".join(final.xml)) + section_properties(final.page, furniture))
    text = "".join(parts)
    used = set(_PAGES.findall(text))
    return text, tuple(found for found in furniture.values() if found.relation in used)


_PAGES = re.compile(r'r:id="(rIdPage\d+)"')


def _closed(xml: str, properties: str) -> str:
    """A Word section ends in its last paragraph's properties; only after a table an own paragraph is needed."""
    xml = _ended(xml)
    start = xml.rindex("<w:pPr>", 0, xml.rindex("</w:pPr>"))
    end = xml.index("</w:pPr>", start)
    return xml[:end] + properties + xml[end:]


def _ended(xml: str) -> str:
    # Nor may it end where a field does: LibreOffice reads the page foot there, inside the field, and loses the page number.
    whole = xml.endswith("</w:p>") and not xml.endswith(closed() + "</w:p>")
    return xml if whole else xml + paragraph("FieldEnd", "")


def stretched(pieces: list[Piece], section: Section, height: float, bands: dict[str, float]) -> list[Stretch]:
    """A chapter begins a page; landscape tables get Word sections of their own, with the headings that lead to them.

    `height`: of the band of its opening, which is added to `bands`.
    """
    page = PORTRAIT
    if section.opening:
        name = f"band{len(bands) + 1}"
        bands[name] = height
        page = opening_page(name)
    for index in range(len(pieces) - 2, 0, -1):
        if pieces[index].heading and pieces[index + 1].landscape:
            pieces[index] = replace(pieces[index], landscape=True)
    if len(pieces) > 1 and not section.opening and pieces[1].landscape:
        pieces[0] = replace(pieces[0], landscape=True)
    stretches: list[Stretch] = []
    for piece in pieces:
        wanted = LANDSCAPE if piece.landscape else PORTRAIT
        if not stretches:
            stretches.append(Stretch(LANDSCAPE if piece.landscape else page))
        elif (stretches[-1].page == LANDSCAPE) != piece.landscape:
            stretches.append(Stretch(wanted))
        stretches[-1].xml.append(piece.xml)
    return stretches


def _pieces(story: Story, section: Section, listed: set[str]) -> Iterator[Piece]:
    if section.opening:
        yield Piece(_opening(story, section, section.opening))
    elif plain(section.title):
        yield Piece(_heading(story, section, listed), heading=True)
    title = plain(section.title)
    fresh = begin_pages(story, section.blocks, title)
    for block, follower in zip(section.blocks, (*section.blocks[1:], None), strict=False):
        if block.id in fresh and isinstance(block, Contents):
            yield Piece(contents(story, block, title, fresh=True))
        else:
            yield Piece(block_text(story, block, title, follower), isinstance(block, Table) and block.landscape)
    for inner in section.sections:
        yield from _pieces(story, inner, listed)


def _heading(story: Story, section: Section, listed: set[str]) -> str:
    words = _heading_words(story, section, "TitleNumber" if section.level == 1 else "HeadingNumber")
    if section.level == 1 and section.id not in listed:
        # Not in the contents: a look of its own, so that renewing the contents in Word does not bring it in.
        return paragraph("FrontHeading", words)
    ind = "" if section.number else indent(0, hanging=0)
    return paragraph(f"Heading{min(section.level, 3)}", words, ind=ind)


def _heading_words(story: Story, section: Section, number_style: str, title_style: str = "", size: float = 0) -> str:
    """`size`: points of the number where they are not those of its style."""
    look = f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    number = styled(number_style, section.number, look) + run("\t") if section.number else ""
    words = story.block(heading_of(section.id), runs(story, section.title, title_style))
    return story.marked(contents_target(section.id), number + words)


_BELOW, _GAP = 14.0, 9.0
"""Millimetres: room below the text of the band, and from the band to what follows."""


def _band_height(story: Story, section: Section, opening: Opening) -> float:
    """The band is drawn before Word breaks the lines, so its height is worked out from the widths of the words."""
    titles, type_ = _title_lines(story, section), story.theme.type
    first = line_height(light(story.theme), (type_.chapter_number if section.number and titles == 1 else type_.chapter).size)
    height = OPENING_TOP + first + (titles - 1) * line_height(light(story.theme), type_.chapter.size) + _BELOW
    if opening.lede:
        lede = type_.lede
        height += 6 + lede.line * lines(plain(opening.lede.content), story.theme.font.heading, lede.size, FULL - AXIS - 4)
    return height


def _title_lines(story: Story, section: Section) -> int:
    return lines(plain(section.title), light(story.theme), story.theme.type.chapter.size, FULL - AXIS if section.number else FULL)


def _opening(story: Story, section: Section, opening: Opening) -> str:
    """Title and standfirst are shaded themselves: they stay readable on the band even if edited to be longer than it."""
    deep = story.theme.colour.brand_deep
    after = _BELOW + _GAP
    # Beside a title of several lines the large number would push them apart.
    size = story.theme.type.chapter.size if _title_lines(story, section) > 1 else 0
    parts = [
        paragraph(
            "Heading1",
            _heading_words(story, section, "ChapterNumber", "ChapterTitle", size),
            shade=deep,
            space=spacing(line=story.theme.type.chapter.line, rule="atLeast", after=6 if opening.lede else after),
            ind="" if section.number else indent(0, hanging=0),
        )
    ]
    if opening.lede:
        lede = story.block(opening.lede.id, runs(story, opening.lede.content))
        parts.append(paragraph("ChapterLede", lede, space=spacing(after=after)))
    if opening.figures:
        parts.append(opening_figures(story, section, opening))
    if opening.notice:
        notice = story.block(opening.notice.id, runs(story, opening.notice.content))
        parts.append(paragraph("Notice", notice, space=spacing(before=6)))
    named = [inner for inner in section.sections if plain(inner.title)]
    for index, inner in enumerate(named):
        name = title_of(f"{section.id}.sections")
        head = story.block(name, styled("NoteHead", opening.sections_title)) if index == 0 else ""
        number = styled("EntryNumber", inner.number) + run("\t") if inner.number else ""
        entry = link(contents_target(inner.id), number + story.block(entry_of(inner.id), runs(story, inner.title)))
        first, last = index == 0, index == len(named) - 1
        space = spacing(before=6 if first else None, after=7.5 if last else None)
        parts.append(paragraph("ChapterSections", head + run("\t") + entry, space=space))
    return "".join(parts)
