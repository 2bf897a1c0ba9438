"""The cover page."""

from __future__ import annotations

from dataclasses import replace

from bulletin.write.docx.inlines import runs
from bulletin.write.docx.markup import paragraph, run, styled
from bulletin.write.docx.measure import lines
from bulletin.write.docx.pictures import area, placed
from bulletin.write.docx.story import Story
from bulletin.write.docx.styles import FULL, light

PANEL, BANNER, WIDTH = 178.0, 9.0, 210.0
"""Millimetres: the panel with the drawn country, the strip below it, the sheet."""


def text_top(story: Story) -> float:
    """Where the cover's text begins: inside the banner, or below the panel."""
    return PANEL + 2 if story.document.cover.banner else PANEL


def cover(story: Story) -> list[str]:
    """Paragraphs of the cover; the first holds the pictures behind it."""
    page = story.document.cover
    colour = story.theme.colour
    back = placed(story, area(colour.brand_deep, WIDTH + 4, PANEL + 2), "", -2, -2)
    if page.art:
        drawn = story.images[page.art.id]
        wide = max(WIDTH, drawn.width)
        art = replace(drawn, width=wide, height=drawn.height * wide / drawn.width)
        back += placed(story, art, f"{page.country} {page.year}", -(wide - WIDTH) / 2, PANEL - art.height)
    parts = []
    if page.banner:
        back += placed(story, area(colour.accent, WIDTH + 4, BANNER), "", -2, PANEL)
        text = styled("BannerStatus", page.banner) + run("\u2003" + page.banner_text)
        parts.append(paragraph("CoverBanner", back + text))
        back = ""
    parts.append(paragraph("CoverCountry", back + run(f"{page.country}\t{page.year}")))
    # More than two lines would push the subtitle into the publisher's: smaller letters then.
    long = lines(page.title, light(story.theme), 38, FULL - 20) > 2
    parts.append(paragraph("Title", run(page.title, '<w:sz w:val="64"/><w:szCs w:val="64"/>' if long else "")))
    parts.append(paragraph("Subtitle", run(page.subtitle)))
    if page.edition:
        parts.append(paragraph("Subtitle", run(page.edition)))
    return parts


def cover_foot(story: Story) -> str:
    """Publisher and partners: in the page foot, so that they stand at the bottom of the sheet however long the title is."""
    page = story.document.cover
    return paragraph("CoverPublisher", runs(story, page.publisher)) + paragraph("CoverPartners", runs(story, page.partners))
