"""The text of a Word file in two languages, from cover to last page: headings over both columns, so that Word finds them."""

from __future__ import annotations

import math
from collections.abc import Iterator

from bulletin.document.anchors import entry_of, heading_of, title_of
from bulletin.document.blocks import Block, Table
from bulletin.document.inline import plain
from bulletin.document.issued import numbers_id
from bulletin.document.tree import Opening, Section
from bulletin.write.docx import grid
from bulletin.write.docx.anchors import contents_target
from bulletin.write.docx.chapters import Piece, Stretch, bound, guided, in_contents, stretched
from bulletin.write.docx.cover import photograph
from bulletin.write.docx.fields import link
from bulletin.write.docx.guide import guide_of, guide_words, point
from bulletin.write.docx.inlines import runs
from bulletin.write.docx.keyfigures import fitting, sized
from bulletin.write.docx.markup import hexed, paragraph, run, spacing, styled
from bulletin.write.docx.pages import OPENING_TOP, Furniture, cover_page
from bulletin.write.docx.parallel_blocks import (
    BETWEEN,
    COLUMN,
    GAP,
    Pen,
    block,
    end,
    hung,
    is_text,
    key_figure,
    pair,
    rows_table,
    text_rows,
)
from bulletin.write.docx.pictures import area, placed
from bulletin.write.docx.story import Story
from bulletin.write.docx.styles import COLUMN as NARROW
from bulletin.write.docx.styles import FULL, GUTTER, light, semibold
from bulletin.write.measure import POINT, line_height, lines, width

NUMBER, OPENING = 14.0, 30.0
"""Millimetres before a heading, and before a chapter's title, in which its number hangs."""

PANEL, SHEET = 148.0, 210.0
"""Millimetres: the drawn country, and the sheet's width."""

_FIRST, _SECOND = 30.0, 21.0
"""Points of the titles on the cover."""


def parallel_body(pen: Pen, numbers: tuple[str, str]) -> tuple[str, tuple[Furniture, ...]]:
    """`numbers`: how shared figures are written, told after the imprint."""
    story = pen.first
    listed = in_contents(story)
    stretches = [Stretch(cover_page(_panel(pen) + 2, pen.first.document.cover.foot), _cover(pen)), *guided(_guide(pen))]
    bands: dict[str, float] = {}
    for index, (a, b) in enumerate(zip(story.document.sections, pen.second.document.sections, strict=True)):
        pieces = list(_pieces(pen, a, b, listed))
        if index == 0 and all(numbers):
            name = numbers_id(story.document)
            left = paragraph("PairText", story.block(name, run(numbers[0])))
            right = paragraph("PairText", pen.words(numbers[1], name=name))
            pieces.append(Piece(rows_table(pair(left, right), numbers[0]) + end()))
        stretches += stretched(pieces, a, _band_height(pen, a, b), bands)
    return bound(story, stretches, bands)


def _guide(pen: Pen) -> str:
    one, two = guide_of(pen.first), guide_of(pen.second)
    if one is None or two is None:
        return ""

    def said(story: Story, style: str, line: tuple[str, str]) -> str:
        return paragraph(style, point(story, line) if style == "PairBullet" else guide_words(story, line))

    words = guide_words(pen.first, one.title) + run("\n") + guide_words(pen.second, two.title, "SecondTitle")
    styles = ("PairLede", *("PairBullet" for _ in one.points), "PairNotice")
    lines = zip(styles, one.lines()[1:], two.lines()[1:], strict=True)
    rows = "".join(pair(said(pen.first, style, a), said(pen.second, style, b)) for style, a, b in lines)
    return paragraph("FrontHeading", words) + rows_table(rows, one.title[1]) + end()


def _pieces(pen: Pen, a: Section, b: Section, listed: set[str]) -> Iterator[Piece]:
    if a.opening and b.opening:
        yield Piece(_opening(pen, a, b, a.opening, b.opening))
    elif plain(a.title):
        yield Piece(_heading(pen, a, b, listed), heading=True)
    title = plain(a.title)
    rows: list[str] = []
    for x, y in zip(a.blocks, b.blocks, strict=True):
        if is_text(x):
            rows += text_rows(pen, x, y)
            continue
        yield from _flushed(rows, title)
        rows = []
        yield Piece(block(pen, x, y, title), _is_sheet(x))
    yield from _flushed(rows, title)
    for inner, other in zip(a.sections, b.sections, strict=True):
        yield from _pieces(pen, inner, other, listed)


def _is_sheet(found: Block) -> bool:
    return isinstance(found, Table) and found.landscape


def _flushed(rows: list[str], said: str) -> Iterator[Piece]:
    """The paragraphs so far as one table."""
    if rows:
        yield Piece(rows_table("".join(rows), said) + end())


def _heading(pen: Pen, a: Section, b: Section, listed: set[str]) -> str:
    top = a.level == 1
    words = _words(pen, a, b, "TitleNumber" if top else "HeadingNumber", "", "SecondTitle" if top else "SecondHeading")
    if top and a.id not in listed:
        return paragraph("FrontHeading", words)
    return paragraph(f"Heading{min(a.level, 3)}", words, ind=hung(NUMBER if a.number else 0))


def _words(pen: Pen, a: Section, b: Section, number_style: str, title_style: str, second_style: str, size: float = 0) -> str:
    look = f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    number = styled(number_style, a.number, look) + run("\t") if a.number else ""
    words = pen.first.block(heading_of(a.id), runs(pen.first, a.title, title_style, look=look if title_style else ""))
    if plain(a.title) != plain(b.title):
        words += run("\n") + pen.second.block(heading_of(b.id), runs(pen.second, b.title, second_style))
    return pen.first.marked(contents_target(a.id), number + words)


# ---------------------------------------------------------------- chapter opening

_TITLE, _BELOW, _GAP_BELOW = 29.0, 12.0, 9.0


def _band_height(pen: Pen, a: Section, b: Section) -> float:
    if not a.opening or not b.opening:
        return 0.0
    theme = pen.first.theme
    room = FULL - OPENING
    height = OPENING_TOP + line_height(light(theme), _TITLE) * lines(plain(a.title), light(theme), _TITLE, room)
    if plain(a.title) != plain(b.title):
        height += line_height(theme.font.heading, 18) * lines(plain(b.title), theme.font.heading, 18, room)
    if a.opening.lede and b.opening.lede:
        texts = (plain(a.opening.lede.content), plain(b.opening.lede.content))
        height += 6 + 5.25 * max(lines(text, theme.font.heading, 11, COLUMN - 2) for text in texts)
    return height + _BELOW


def _opening(pen: Pen, a: Section, b: Section, one: Opening, other: Opening) -> str:
    deep = pen.first.theme.colour.brand_deep
    after = _BELOW + _GAP_BELOW
    words = _words(pen, a, b, "ChapterNumber", "ChapterTitle", "SecondChapter", _TITLE)
    space = spacing(line=11.5, rule="atLeast", after=6 if one.lede else after)
    parts = [paragraph("Heading1", words, shade=deep, space=space, ind=hung(OPENING if a.number else 0))]
    if one.lede and other.lede:
        cells = [
            grid.cell(paragraph("PairBand", pen.first.block(one.lede.id, runs(pen.first, one.lede.content))), COLUMN, shade=deep),
            grid.cell(paragraph("PairBand", ""), GAP, shade=deep),
            grid.cell(paragraph("PairBand", pen.second.block(other.lede.id, runs(pen.second, other.lede.content))), COLUMN, shade=deep),
        ]  # fmt: skip
        parts += [rows_table(grid.row("".join(cells)), plain(a.title)), paragraph("FieldEnd", "", space=spacing(after=after))]
    if one.figures:
        parts.append(_opening_figures(pen, a, one, other))
    if one.notice and other.notice:
        rows = "".join(text_rows(pen, one.notice, other.notice))
        parts.append(_gap(parts, 4) + rows_table(rows, plain(a.title)) + end())
    named = [(x, y) for x, y in zip(a.sections, b.sections, strict=True) if plain(x.title)]
    if named:
        name = title_of(f"{a.id}.sections")
        head = paragraph("MarginHead", pen.first.block(name, run(one.sections_title)))
        rows = pair(head, paragraph("MarginHead", pen.words(other.sections_title, name=name)))
        for x, y in named:
            number = styled("EntryNumber", x.number) + run("\t") if x.number else ""
            left = link(contents_target(x.id), number + pen.first.block(entry_of(x.id), runs(pen.first, x.title)))
            right = link(contents_target(x.id), pen.second.block(entry_of(y.id), runs(pen.second, y.title)))
            ind = hung(NUMBER - 4 if x.number else 0)
            rows += pair(
                paragraph("PairText", left, ind=ind, space=spacing(after=0.8)),
                paragraph("PairText", right, space=spacing(after=0.8)),
            )
        parts.append(_gap(parts, 5) + rows_table(rows, one.sections_title))
    return "".join(parts) + _gap(parts, 5)


def _gap(parts: list[str], after: float) -> str:
    """A distance of so many millimetres below a table; paragraphs keep their own."""
    return paragraph("FieldEnd", "", space=spacing(after=after)) if parts[-1].endswith("</w:tbl>") else ""


def _opening_figures(pen: Pen, a: Section, one: Opening, other: Opening) -> str:
    items = list(zip(one.figures, other.figures, strict=True))[:3]
    colour = pen.first.theme.colour
    head = paragraph("MarginHead", pen.both(one.figures_title, other.figures_title, title_of(f"{a.id}.figures"), between="\n"))
    cells = [grid.cell(head, NARROW, top=(6, colour.accent))]
    look = sized(pen.first, min(fitting(pen.first, x, NARROW, beside=False) for x, _ in items))
    for place in range(3):
        cells.append(grid.cell(paragraph("KeyLabel", ""), GUTTER))
        content = (
            key_figure(pen, a.id, *items[place], look, label_first=False) if place < len(items) else paragraph("KeyLabel", "")
        )
        cells.append(grid.cell(content, NARROW, top=(8, colour.brand) if place < len(items) else None))
    said = f"{one.figures_title}: " + "; ".join(x.label for x, _ in items)
    widths = (NARROW, GUTTER) * 3 + (NARROW,)
    return grid.table(grid.row("".join(cells)), widths, caption=one.figures_title, description=said, head=False)


# ---------------------------------------------------------------- cover


def _panel(pen: Pen) -> float:
    return PANEL - pen.first.document.cover.foot


def _cover(pen: Pen) -> list[str]:
    story, one, two = pen.first, pen.first.document.cover, pen.second.document.cover
    colour, face = story.theme.colour, semibold(story.theme)
    panel = _panel(pen)
    back = placed(story, area(colour.brand_deep, SHEET + 4, panel + 2), "", -2, -2)
    if one.art:
        drawn = story.images[one.art.id]
        said = f"{one.country} {one.year}"
        back += placed(story, drawn, said, -(drawn.width - SHEET) / 2, panel - drawn.height)
    back += photograph(story, panel)
    parts = []
    if one.banner:
        count = sum(
            math.ceil((width(c.banner.upper() + "  " + c.banner_text, face, 8.5) + len(c.banner) * 1.2 * POINT) * 1.02 / FULL)
            for c in (one, two)
        )
        back += placed(story, area(colour.accent, SHEET + 4, 4 + 5 * count), "", -2, panel)
        first = story.block("cover.banner", styled("BannerStatus", one.banner))
        if one.banner_text:
            first += run("\u2003") + story.block("cover.status", run(one.banner_text))
        parts.append(paragraph("CoverBanner", back + first))
        second = pen.words(two.banner, "BannerStatus", "cover.banner")
        if two.banner_text:
            second += pen.words("\u2003") + pen.words(two.banner_text, name="cover.status")
        parts.append(paragraph("CoverBanner", second))
        back = ""
    country = story.block("cover.country", run(one.country))
    if one.country != two.country:
        country += run(BETWEEN) + pen.second.block("cover.country", run(two.country))
    year = run("\t") + story.block("cover.year", run(one.year))
    parts.append(paragraph("CoverCountry", back + country + year, space=spacing(before=9, after=1)))
    title = story.block("cover.title", run(one.title, _points(_FIRST)))
    parts.append(paragraph("Title", title, space=spacing(line=11.5, after=2)))
    look = _points(_SECOND) + f'<w:lang w:val="{pen.second.tongue}"/>'
    if one.title != two.title:
        title = pen.second.block("cover.title", run(two.title, f'<w:color w:val="{hexed(colour.ink_2)}"/>{look}'))
        parts.append(paragraph("Title", title, space=spacing(line=9, after=3)))
    for name, first, second in (
        ("cover.subtitle", one.subtitle, two.subtitle),
        ("cover.edition", one.edition, two.edition),
    ):
        if first:
            parts.append(paragraph("Subtitle", story.block(name, run(first))))
        if first and second and second != first:
            parts.append(paragraph("Subtitle", pen.words(second, "SecondLanguage", name)))
    return parts


def _points(size: float) -> str:
    return f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
