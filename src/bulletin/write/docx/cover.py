"""The cover page."""

from __future__ import annotations

import math
from dataclasses import replace

from bulletin.write.docx.inlines import runs
from bulletin.write.docx.markup import paragraph, run, styled
from bulletin.write.docx.pictures import area, filling, inline, placed
from bulletin.write.docx.story import Story
from bulletin.write.docx.styles import FULL, light, semibold
from bulletin.write.look import LONG
from bulletin.write.measure import POINT, lines, width

PANEL, BANNER, FOOT, WIDTH, HEIGHT = 178.0, 9.0, 30.0, 210.0, 297.0
"""Millimetres: the panel with the drawn country, the strip below it, the publisher's lines, the sheet."""


def text_top(story: Story) -> float:
    """Where the cover's text begins: inside the banner, or below the panel."""
    return _panel(story) + (2 if story.document.cover.banner else 0)


def _panel(story: Story) -> float:
    """Height of the panel, which gives way to a long title: the cover is one page."""
    page = story.document.cover
    words = (page.subtitle, page.edition)
    text = sum(6 * lines(said, story.theme.font.heading, 12.5, FULL - 35) for said in words if said)
    title = story.theme.type.cover.line * lines(page.title, light(story.theme), _title_size(story), FULL - 20)
    return min(
        PANEL - page.foot,
        HEIGHT - FOOT - page.foot - 28 - title - text - (7 + 5 * (_banner_lines(story) - 1) if page.banner else 0),
    )


def _banner_lines(story: Story) -> int:
    page, face = story.document.cover, semibold(story.theme)
    spaced = width(page.banner.upper(), face, 8.5) + len(page.banner) * 1.2 * POINT
    if (spaced + 3 + width(page.banner_text, face, 8.5)) * 1.02 <= FULL:
        return 1
    return math.ceil(spaced * 1.02 / FULL) + lines(page.banner_text, face, 8.5 * 1.02, FULL)


def _title_size(story: Story) -> float:
    size = story.theme.type.cover.size
    return size * LONG if lines(story.document.cover.title, light(story.theme), size, FULL - 20) > 2 else size


def cover(story: Story) -> list[str]:
    """Paragraphs of the cover; the first holds the pictures behind it."""
    page = story.document.cover
    colour, panel = story.theme.colour, _panel(story)
    back = placed(story, area(colour.brand_deep, WIDTH + 4, panel + 2), "", -2, -2)
    if page.art:
        drawn = story.images[page.art.id]
        wide = max(WIDTH, drawn.width)
        art = replace(drawn, width=wide, height=drawn.height * wide / drawn.width)
        back += placed(story, art, f"{page.country} {page.year}", -(wide - WIDTH) / 2, panel - art.height)
    back += photograph(story, panel)
    parts = []
    if page.banner:
        back += placed(story, area(colour.accent, WIDTH + 4, BANNER + 5 * (_banner_lines(story) - 1)), "", -2, panel)
        # What does not fit beside the status begins a line, so that no single word is left over.
        between = "\u2003" if _banner_lines(story) == 1 else "\n"
        status = story.block("cover.status", run(page.banner_text))
        text = story.block("cover.banner", styled("BannerStatus", page.banner)) + (run(between) + status if status else "")
        parts.append(paragraph("CoverBanner", back + text))
        back = ""
    place = story.block("cover.country", run(page.country)) + run("\t") + story.block("cover.year", run(page.year))
    parts.append(paragraph("CoverCountry", back + place))
    half = round(_title_size(story) * 2)
    look = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half != round(story.theme.type.cover.size * 2) else ""
    parts.append(paragraph("Title", story.block("cover.title", run(page.title, look))))
    parts.append(paragraph("Subtitle", story.block("cover.subtitle", run(page.subtitle))))
    if page.edition:
        parts.append(paragraph("Subtitle", story.block("cover.edition", run(page.edition))))
    return parts


def photograph(story: Story, panel: float) -> str:
    """The picture of the cover, as high as the panel and a little beyond the sheet."""
    page = story.document.cover
    if page.picture is None:
        return ""
    image, crop = filling(story.images[page.picture.id], WIDTH + 4, panel + 2, page.focus)
    return placed(story, image, page.picture.alt, -2, -2, crop)


def cover_foot(story: Story) -> str:
    """Publisher, partners and logos: in the page foot, so that they stand at the bottom of the sheet however long the title is."""
    page = story.document.cover
    words = paragraph("CoverPublisher", runs(story, page.publisher)) + paragraph("CoverPartners", runs(story, page.partners))
    if not page.logos:
        return words
    return words + paragraph("CoverLogos", marks(story))


def marks(story: Story, scale: float = 1.0) -> str:
    """The logos, one beside the other."""
    drawn = [(story.images[logo.id], logo.alt) for logo in story.document.cover.logos]
    logos = [inline(story, replace(image, width=image.width * scale, height=image.height * scale), alt) for image, alt in drawn]
    return run("\u2003\u2003\u2002").join(logos)
