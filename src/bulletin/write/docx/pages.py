"""Page set-up: Word sections with their size, margins, heads and feet, the draft mark and the band of a chapter's first page."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.write.docx.cover import cover_foot, marks
from bulletin.write.docx.fields import folio
from bulletin.write.docx.markup import DECLARATION, NAMESPACES, escape, hexed, paragraph, run, spacing, twips
from bulletin.write.docx.pictures import area, placed
from bulletin.write.docx.story import Story
from bulletin.write.measure import POINT, width

WIDTH, HEIGHT = 210.0, 297.0
OPENING_TOP = 50.0
"""Millimetres from the edge of the sheet to the text of a chapter's band."""

_MARK, _MARK_CLEAR = 460.0, 6.0
"""Points: length of the draft mark; millimetres: its distance from a chapter's band and from the foot of the sheet."""


@dataclass(frozen=True)
class Page:
    """One kind of page; millimetres."""

    width: float = WIDTH
    height: float = HEIGHT
    top: float = 22
    right: float = 18
    bottom: float = 27
    left: float = 22
    header: float = 10
    footer: float = 13
    head: str = "plain"
    """Name of its head; `plain` and those of the chapter bands."""
    foot: str = "portrait"
    first: str = ""
    """Name of the head of its first page, where that differs."""


PORTRAIT = Page()
LANDSCAPE = Page(HEIGHT, WIDTH, 20, 20, 20, 20, 8, 9, head="wide", foot="landscape")


def opening_page(first: str) -> Page:
    return Page(header=0, first=first)


def cover_page(top: float, foot: float) -> Page:
    """`foot`: millimetres that logos take at its foot."""
    return Page(top=top, bottom=30 + foot, header=0, footer=14, head="cover", foot="coverfoot")


@dataclass(frozen=True)
class Furniture:
    """A head or foot of pages."""

    relation: str
    name: str
    kind: str
    """`header` or `footer`."""
    xml: bytes


def section_properties(page: Page, furniture: dict[str, Furniture], last: bool = False) -> str:
    """Every section names all its heads and feet, so that nothing depends on the section before."""
    first = page.first
    orient = ' w:orient="landscape"' if page.width > page.height else ""
    return (
        "<w:sectPr>"
        f'<w:headerReference w:type="default" r:id="{furniture[page.head].relation}"/>'
        + (f'<w:headerReference w:type="first" r:id="{furniture[first].relation}"/>' if first else "")
        + f'<w:footerReference w:type="default" r:id="{furniture[page.foot].relation}"/>'
        + (f'<w:footerReference w:type="first" r:id="{furniture[page.foot].relation}"/>' if first else "")
        + ('<w:type w:val="nextPage"/>')
        + f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"{orient}/>'
        f'<w:pgMar w:top="{twips(page.top)}" w:right="{twips(page.right)}" w:bottom="{twips(page.bottom)}" '
        f'w:left="{twips(page.left)}" w:header="{twips(page.header)}" w:footer="{twips(page.footer)}" w:gutter="0"/>'
        + '<w:cols w:space="0"/>'
        + ("<w:titlePg/>" if first else "")
        + "</w:sectPr>"
    )


def heads_and_feet(story: Story, bands: dict[str, float]) -> dict[str, Furniture]:
    """By name; `bands`: name to height of the band on a chapter's first page."""
    metadata = story.document.metadata
    made: dict[str, str] = {
        "plain": _part("hdr", paragraph("Header", _page_strip(story, WIDTH) + _draft_mark(story))),
        "wide": _part("hdr", paragraph("Header", _page_strip(story, HEIGHT) + _draft_mark(story))),
        "cover": _part("hdr", paragraph("Header", "")),
        "portrait": _part("ftr", paragraph("Footer", run(metadata.running + "\t") + folio())),
        "landscape": _part("ftr", paragraph("Footer", run(metadata.running + "\t") + folio(), tabs=_tabs())),
        "coverfoot": _part("ftr", cover_foot(story)),
    }
    for name, height in bands.items():
        # Behind the text and in the head: the band is no content, and the heading stays a plain paragraph for outlines and
        # screen readers.
        band = placed(story, area(story.theme.colour.brand_deep, WIDTH + 4, height + 2), "", -2, -2)
        made[name] = _part("hdr", paragraph("Header", band + _draft_mark(story, height), space=spacing(line=OPENING_TOP)))
    return _numbered(made)


def leaflet_furniture(story: Story, scale: float) -> dict[str, Furniture]:
    """Of a leaflet, whose two pages have no head. `scale`: of the logos, which stand in the foot of the second."""
    words = run(f"{story.document.metadata.running}\t") + folio()
    logos = paragraph("CoverLogos", marks(story, scale), space=spacing(before=0, after=2)) if story.document.cover.logos else ""
    return _numbered(
        {
            "leaflet": _part("hdr", paragraph("Header", _draft_mark(story))),
            "leaflet-foot": _part("ftr", paragraph("Footer", words)),
            "leaflet-logos": _part("ftr", logos + paragraph("Footer", words)),
        }
    )


def _numbered(made: dict[str, str]) -> dict[str, Furniture]:
    found = {}
    for index, (name, xml) in enumerate(made.items(), 1):
        kind = "footer" if "<w:ftr " in xml[:200] else "header"
        found[name] = Furniture(f"rIdPage{index}", f"{kind}{index}.xml", kind, xml.encode())
    return found


def _part(element: str, content: str) -> str:
    return f"{DECLARATION}<w:{element} {NAMESPACES}>{content}</w:{element}>"


def _tabs() -> str:
    right = LANDSCAPE.width - LANDSCAPE.left - LANDSCAPE.right
    return f'<w:tabs><w:tab w:val="clear" w:pos="{twips(170)}"/><w:tab w:val="right" w:pos="{twips(right)}"/></w:tabs>'


def _page_strip(story: Story, wide: float) -> str:
    return placed(story, area(story.theme.colour.brand, wide + 4, 11), "", -2, -2) if story.theme.page_strip else ""


def _draft_mark(story: Story, band: float = 0) -> str:
    """The watermark as a text path, by the name under which Word and LibreOffice know watermarks; none in an issued edition.

    `band`: millimetres at the top of the sheet which it leaves free.
    """
    metadata = story.document.metadata
    if not metadata.watermark:
        return ""
    number = story.identity()
    # Word fills the height with a whole line of the face, so this is the line height at that length.
    size = min(165.0, _MARK / max(width(metadata.watermark, story.theme.font.text, 1) / POINT, 1) * 1.22)
    place, share = "margin-top:0", 1.0
    if band:
        # Half letters on the dark band would look like a fault of printing. The diagonal is as high as it is wide.
        room = (HEIGHT - band - 2 * _MARK_CLEAR) / POINT
        share = min(1.0, room * 2**0.5 / (_MARK + size))
        place = f"margin-top:{((band + HEIGHT) / 2 / POINT) - size * share / 2:.0f}pt"
    middle = "" if band else "mso-position-vertical:center;"
    return (
        '<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/>'
        '<v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" '
        'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>'
        '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" '
        f'alt="{escape(metadata.watermark)}" '
        f'style="position:absolute;margin-left:0;{place};width:{_MARK * share:.0f}pt;height:{size * share:.0f}pt;rotation:315;'
        f"z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:page;{middle}"
        f'mso-position-vertical-relative:page" o:allowincell="f" fillcolor="#{hexed(story.theme.colour.hair)}" stroked="f">'
        f'<v:fill opacity=".7"/><v:textpath style="font-family:&quot;{escape(story.theme.font.text)}&quot;;font-size:1pt" '
        f'string="{escape(metadata.watermark)}"/></v:shape></w:pict></w:r>'
    )
