"""The two pages of a leaflet in Word: the layout of its PDF, as paragraphs, pictures and borderless tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bulletin.document.anchors import heading_of, part_of, qualified, remark_of, subtitle_of, term_of
from bulletin.document.blocks import Cell, Definition, Figure, KeyFigure, Note, Row, Table
from bulletin.document.inline import plain
from bulletin.document.leaflet import HALF, halves, in_rows, in_strips
from bulletin.document.pieces import illustrative
from bulletin.write.docx import grid
from bulletin.write.docx.chapters import Stretch, joined
from bulletin.write.docx.cover import WIDTH
from bulletin.write.docx.inlines import NUMBER, runs
from bulletin.write.docx.keyfigures import ARROWS
from bulletin.write.docx.leaflet_looks import OF, OF_LINE, PLACE_LINE, TITLE_LINE
from bulletin.write.docx.markup import hexed, indent, paragraph, run, spacing, styled
from bulletin.write.docx.pages import Page, leaflet_furniture
from bulletin.write.docx.pictures import area, inline, placed
from bulletin.write.docx.styles import AXIS, COLUMN, FULL, GUTTER, semibold
from bulletin.write.leaflet import (
    BAND,
    BANNER,
    BELOW,
    FOOT,
    GAP,
    LEFT,
    RIGHT,
    THIRD,
    TOP,
    VALUE,
    columns,
    is_below,
    logo_scale,
)
from bulletin.write.measure import lines, width

if TYPE_CHECKING:
    from bulletin.document.leaflet import Leaflet
    from bulletin.write.docx.pages import Furniture
    from bulletin.write.docx.story import Story

_TOP_OF_TEXT = 14.0
"""Millimetres from the edge of the sheet to the country's name in the band."""
_FACE = Page(top=_TOP_OF_TEXT, right=RIGHT, bottom=FOOT, left=LEFT, header=0, footer=7, head="leaflet", foot="leaflet-foot")
_BACK = Page(top=TOP - 1, right=RIGHT, bottom=FOOT, left=LEFT, header=0, footer=7, head="leaflet", foot="leaflet-logos")


def leaflet_body(story: Story, leaflet: Leaflet) -> tuple[str, tuple[Furniture, ...]]:
    """The text in two Word sections, one to a page, and their heads and feet."""
    face = [*_band(story), *_face(story, leaflet)]
    back = [*_back(story, leaflet)]
    return joined([Stretch(_FACE, face), Stretch(_BACK, back)], leaflet_furniture(story, logo_scale(leaflet)))


def _band(story: Story) -> Iterable[str]:
    """The first paragraph holds the pictures behind the words."""
    page, colour = story.document.cover, story.theme.colour
    back = placed(story, area(colour.brand_deep, WIDTH + 4, BAND + 2), "", -2, -2)
    if page.art:
        drawn = story.images[page.art.id]
        back += placed(story, drawn, f"{page.country} {page.year}", -2, BAND - drawn.height)
    if page.banner:
        back += placed(story, area(colour.accent, WIDTH + 4, BANNER), "", -2, BAND)
    place = story.block("cover.country", run(page.country)) + run("\u2003") + story.block("cover.year", run(page.year))
    yield paragraph("LeafletPlace", back + place)
    yield paragraph("LeafletTitle", story.block("cover.subtitle", run(page.subtitle)))
    words = story.block("cover.title", run(page.title))
    words += run(" · ") + story.block("cover.edition", run(page.edition)) if page.edition else ""
    said = f"{page.title} · {page.edition}" if page.edition else page.title
    at = _TOP_OF_TEXT + PLACE_LINE + TITLE_LINE + 4 + OF_LINE * lines(said, story.theme.font.heading, 14, OF)
    yield paragraph("LeafletOf", words, space=spacing(after=BAND - at + (0 if page.banner else BELOW)))
    if page.banner:
        text = story.block("cover.banner", styled("BannerStatus", page.banner)) + run("\u2003")
        text += story.block("cover.status", run(page.banner_text)) if page.banner_text else ""
        yield paragraph("LeafletBanner", text, space=spacing(after=BELOW + 1.1))


def _face(story: Story, leaflet: Leaflet) -> Iterable[str]:
    strip = leaflet.strip
    for row in in_strips(leaflet.figures):
        yield _strip(story, strip.id if strip else "", row)
    if leaflet.messages:
        section, messages = leaflet.messages
        rule = (8, story.theme.colour.brand)
        title = paragraph("LeafletHeading", story.block(heading_of(section.id), runs(story, section.title)))
        first = messages.items[0].id
        items = "".join(
            paragraph(
                "LeafletMessage",
                story.block(item.id, runs(story, item.content)),
                space=spacing(before=1.6) if item.id == first else "",
            )
            for item in messages.items
        )
        cells = (
            grid.cell(title, COLUMN, top=rule),
            grid.cell(_space(), GUTTER, top=rule),
            grid.cell(items, FULL - AXIS, top=rule),
        )
        yield _layout((COLUMN, GUTTER, FULL - AXIS), cells, plain(section.title))
        yield _space(GAP - 1.5)
    yield from _charts(story, leaflet.first_charts)
    if leaflet.notes:
        words = "".join(_said(story, leaflet.notes.id, leaflet.notes.items))
        cell = grid.cell(words, FULL, top=(4, story.theme.colour.rule))
        yield _layout((FULL,), (cell,), plain(leaflet.notes.items[0].term))
        yield _space()


def _back(story: Story, leaflet: Leaflet) -> Iterable[str]:
    yield from _charts(story, leaflet.charts)
    if leaflet.table:
        yield from _table(story, leaflet.table)
    if leaflet.about:
        edge = (4, story.theme.colour.rule)
        sides = columns(leaflet.about.items, story.theme)
        left, right = ("".join(_said(story, leaflet.about.id, side)) or _space() for side in sides)
        cells = (grid.cell(left, HALF, top=edge), grid.cell(_space(), GUTTER, top=edge), grid.cell(right, HALF, top=edge))
        yield _layout((HALF, GUTTER, HALF), cells, plain(leaflet.about.items[0].term))
        yield _space()


def _charts(story: Story, charts: tuple[Figure, ...]) -> Iterable[str]:
    for row in in_rows(charts):
        yield from _pair(story, row) if len(row) == 2 else _chart(story, row[0])


def _layout(widths: tuple[float, ...], cells: Iterable[str], said: str) -> str:
    return grid.table(grid.row("".join(cells)), widths, caption=said, description=said, head=False)


def _space(after: float = 0) -> str:
    return paragraph("LeafletSpace", "", space=spacing(after=after) if after else "")


def _strip(story: Story, parent: str, row: tuple[KeyFigure, ...]) -> str:
    level = any(is_below(item, story.theme) for item in row)
    heights = [lines(item.label, semibold(story.theme), 9, THIRD - 1) for item in row]
    cells, edge = [], (8, story.theme.colour.brand)
    for place in range(3):
        if place:
            cells.append(grid.cell(_space(), GUTTER))
        if place < len(row):
            card = _card(story, parent, row[place], max(heights) - heights[place], level)
            cells.append(grid.cell(card, THIRD, top=edge))
        else:
            cells.append(grid.cell(_space(), THIRD))
    return _layout((THIRD, GUTTER, THIRD, GUTTER, THIRD), cells, "; ".join(item.label for item in row)) + _space()


def _card(story: Story, parent: str, item: KeyFigure, short: int, level: bool) -> str:
    identity, theme = qualified(parent, item.id), story.theme
    natural = width(plain(item.value), theme.font.figures, 27)
    half = int(54 * min(1.0, (THIRD - 1) / natural)) if natural else 54
    look = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half < 54 else ""
    value = story.block(part_of(identity, "value"), runs(story, item.value, look=look))
    below = is_below(item, theme)
    unit = story.block(part_of(identity, "unit"), styled("KeyWords", item.unit)) if item.unit else ""
    figure = value if below or not unit else value + styled("KeyWords", "\u00a0") + unit
    parts = [
        paragraph("LeafletKey", story.block(identity, run(item.label)), space=spacing(after=short * 4.4) if short else ""),
        paragraph("LeafletFigure", figure),
    ]
    if below:
        parts.append(paragraph("LeafletUnit", unit))
    when = story.block(part_of(identity, "when"), run(item.when))
    if item.illustrative:
        when += styled("Illustrative", "\u2002") + story.block(
            remark_of(identity), styled("Illustrative", illustrative(item.illustrative))
        )
    last = not item.spark and not item.change
    parts.append(paragraph("LeafletWhen", when, space=spacing(after=GAP) if last else ""))
    if item.spark:
        picture = inline(story, story.images[item.spark.id], item.spark_alt)
        before = 4.9 if level and not below else None
        parts.append(paragraph("LeafletSpark", picture, space=spacing(before=before, after=None if item.change else GAP)))
    if item.change:
        arrow = ARROWS[item.direction]
        change = story.block(part_of(identity, "change"), runs(story, item.change, "KeyChangeFigure", bold=True))
        since = story.block(part_of(identity, "since"), runs(story, item.since))
        content = (styled("KeyArrow", arrow + "\u00a0") if arrow else "") + change + (run(" ") + since if since else "")
        parts.append(paragraph("LeafletChange", content, space=spacing(after=GAP)))
    return "".join(parts)


def _chart(story: Story, figure: Figure) -> Iterable[str]:
    yield _head(story, figure.id, figure.label, figure.illustrative, figure)
    yield paragraph("LeafletPicture", inline(story, story.images[figure.chart.id], figure.alt))
    yield _notes(story, figure.id, figure.notes)


def _head(story: Story, block: str, label: str, mark: str, exhibit: Figure | Table) -> str:
    """Label and mark in the margin column, title and subtitle on the axis."""
    title = story.block(block, runs(story, exhibit.title))
    below = exhibit.subtitle if isinstance(exhibit, Figure) else exhibit.headnote
    head = paragraph("LeafletHead", _pointer(story, label) + run("\t") + title)
    words = story.block(remark_of(block), styled("Illustrative", illustrative(mark))) if mark else ""
    return head + paragraph("LeafletSubtitle", words + run("\t") + story.block(subtitle_of(block), runs(story, below)))


def _pointer(story: Story, label: str) -> str:
    """Where the bulletin has the exhibit; without the frame that a theme may give to labels."""
    look = f'<w:color w:val="{hexed(story.theme.colour.accent)}"/><w:sz w:val="17"/><w:szCs w:val="17"/>'
    return run(label, look) if label else ""


def _pair(story: Story, row: tuple[Figure, ...]) -> Iterable[str]:
    edge = (8, story.theme.colour.brand)
    cells = [grid.cell(_half(story, row[0]), HALF, top=edge), grid.cell(_space(), GUTTER)]
    cells.append(grid.cell(_half(story, row[1]), HALF, top=edge))
    yield _layout((HALF, GUTTER, HALF), cells, "; ".join(plain(f.title) for f in row))
    yield _space()


def _half(story: Story, figure: Figure) -> str:
    label = _pointer(story, figure.label)
    if figure.illustrative:
        label += run("\t") + story.block(remark_of(figure.id), styled("Illustrative", illustrative(figure.illustrative)))
    parts = [paragraph("LeafletHalfLabel", label)] if label else []
    before = spacing(before=1.2) if not label else ""
    parts.append(paragraph("LeafletHalfHead", story.block(figure.id, runs(story, figure.title)), space=before))
    parts.append(paragraph("LeafletHalfSubtitle", story.block(subtitle_of(figure.id), runs(story, figure.subtitle))))
    parts.append(paragraph("LeafletPicture", inline(story, story.images[figure.chart.id], figure.alt)))
    return "".join(parts) + _notes(story, figure.id, figure.notes)


def _notes(story: Story, block: str, notes: tuple[Note, ...], after: float = GAP) -> str:
    """All in one paragraph, each group after its label."""
    if not notes:
        return _space(after)
    pieces = []
    for note in notes:
        label = styled("NoteHead", note.label, _NOTE) + run(" ") if note.label else ""
        pieces.append(label + story.block(note.id, runs(story, note.content), block))
    return paragraph("LeafletNote", run(" ").join(pieces), space=spacing(after=after))


_NOTE = '<w:sz w:val="15"/><w:szCs w:val="15"/>'
"""A label in the print of the notes of a leaflet."""


def _table(story: Story, table: Table) -> Iterable[str]:
    """Two blocks of rows stand side by side, each a table of its own: no cell of either is empty."""
    yield _head(story, table.id, table.label, table.illustrative, table)
    parts = halves(table)
    if len(parts) == 1:
        yield _figured(story, table, parts[0], FULL)
    else:
        cells = [grid.cell(_figured(story, table, part, HALF) + _space(), HALF) for part in parts]
        yield _layout((HALF, GUTTER, HALF), (cells[0], grid.cell(_space(), GUTTER), cells[1]), plain(table.title))
    yield _notes(story, table.id, table.notes)


def _figured(story: Story, table: Table, part: Table, wide: float) -> str:
    count = len(part.columns)
    widths = (wide - VALUE * count, *((VALUE,) * count))
    rows = [grid.row("".join(_heads(story, part, widths)), head=True)]
    rows += [grid.row("".join(_cells(story, part, widths, place))) for place in range(len(part.rows))]
    said = plain(table.title)
    own = plain(part.stubhead) if part.stubhead else said
    return grid.table("".join(rows), widths, caption=own, description=table.summary or said, head=True)


def _heads(story: Story, part: Table, widths: tuple[float, ...]) -> list[str]:
    colour, filled = story.theme.colour, story.theme.table_head == "filled"
    top, foot = (4, colour.brand if filled else colour.rule), (6, colour.brand if filled else colour.ink)
    look = f'<w:color w:val="{hexed(colour.on_brand)}"/>' if filled else ""
    words = [
        paragraph("LeafletScheme", runs(story, part.stubhead or part.title, look=look), ind=indent(left=1.8) if filled else "")
    ]
    words += [paragraph("LeafletColumn", runs(story, c.head, look=look) + styled("HeadSign", c.sign)) for c in part.columns]
    shade = colour.brand if filled else ""
    return [grid.cell(w, wide, top=top, bottom=foot, shade=shade, align="bottom") for w, wide in zip(words, widths, strict=True)]


def _cells(story: Story, part: Table, widths: tuple[float, ...], place: int) -> list[str]:
    row = part.rows[place]
    colour = story.theme.colour
    edge = (6, colour.ink) if place == len(part.rows) - 1 else (3, colour.hair)
    if row.role == "block":
        words = [paragraph("LeafletScheme", runs(story, row.label)), *(_space() for _ in widths[1:])]
    else:
        left = indent(left=1.8) if story.theme.table_head == "filled" else ""
        words = [paragraph("LeafletStub", runs(story, row.label) + _marks(row.marks), ind=left), *_figures(story, row)]
    return [grid.cell(w, wide, bottom=edge, align="bottom") for w, wide in zip(words, widths, strict=True)]


def _figures(story: Story, row: Row) -> Iterable[str]:
    for cell in row.cells:
        words = runs(story, cell.content) if cell.content else styled(NUMBER, cell.text) if cell.fact else run(cell.text)
        room = max(0.0, 2.6 - _hanging(story, cell))
        yield paragraph(
            "LeafletNumber",
            words + styled("StatusSign", "\u202f" + cell.signs if cell.signs else "") + _marks(cell.marks),
            ind=indent(right=room),
        )


def _hanging(story: Story, cell: Cell) -> float:
    signs = width("\u202f" + cell.signs, story.theme.font.text, 6.8) if cell.signs else 0.0
    return signs + (width(cell.marks, story.theme.font.text, 8.5 * 0.66) if cell.marks else 0.0)


def _marks(marks: str) -> str:
    return styled("NoteMark", marks) if marks else ""


def _said(story: Story, parent: str, items: tuple[Definition, ...]) -> Iterable[str]:
    for index, item in enumerate(items):
        term = story.block(term_of(qualified(parent, item.id)), runs(story, item.term, "NoteHead", look=_NOTE))
        words = term + run(" ") + story.block(item.id, runs(story, item.content), parent)
        space = spacing(before=1.2) if index == 0 else ""
        yield paragraph("LeafletSaid", words, space=space)
