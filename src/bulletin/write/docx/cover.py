"""The cover page."""

from __future__ import annotations

from dataclasses import replace

from bulletin.write.docx.inlines import runs
from bulletin.write.docx.markup import paragraph, run, styled, twips
from bulletin.write.docx.pages import HEIGHT, WIDTH
from bulletin.write.docx.pictures import area, placed
from bulletin.write.docx.story import Story
from bulletin.write.docx.styles import FULL

PANEL, BANNER = 178.0, 9.0
"""Millimetres: the panel with the drawn country, the strip below it."""


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
    parts.append(paragraph("Title", run(page.title)))
    parts.append(paragraph("Subtitle", run(page.subtitle)))
    if page.edition:
        parts.append(paragraph("Subtitle", run(page.edition)))
    if page.publisher:
        parts.append(paragraph("CoverPublisher", story.block("cover.publisher", runs(story, page.publisher)), frame=_foot(24 if page.partners else 19)))
    if page.partners:
        parts.append(paragraph("CoverPartners", story.block("cover.partners", runs(story, page.partners)), frame=_foot(24)))
    return parts


def _foot(above: float) -> str:
    """A frame that stands at the foot of the sheet, however long the title is; paragraphs with the same frame share it."""
    return (
        f'<w:framePr w:w="{twips(FULL)}" w:hSpace="0" w:wrap="notBeside" w:vAnchor="page" w:hAnchor="margin" w:x="0" '
        f'w:y="{twips(HEIGHT - above)}"/>'
    )
