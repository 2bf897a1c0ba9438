"""Drawn charts in the text, and plain coloured areas behind it."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace

from bulletin.document.blocks import Figure
from bulletin.document.chart import Image
from bulletin.write.docx.markup import emu, escape
from bulletin.write.docx.outlines import outlined
from bulletin.write.docx.story import Story
from bulletin.write.zipped import Deflated, deflated

Crop = tuple[float, float, float, float]
"""Shares of a picture that fall away: left, top, right, bottom."""

_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def inline(story: Story, image: Image, alt: str) -> str:
    """A run with the picture: the SVG where it can be shown, the PNG elsewhere."""
    size = f'cx="{emu(image.width)}" cy="{emu(image.height)}"'
    number = story.identity()
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/>{_named(number, alt)}{_locked()}'
        f"{_graphic(number, *_media(story, image), size)}"
        "</wp:inline></w:drawing></w:r>"
    )


def exhibited(story: Story, figure: Figure, alt: str) -> str:
    """A run with the figure's chart, as Word draws it or as a picture."""
    image = story.images[figure.chart.id]
    if not figure.native:
        return inline(story, image, alt)
    size, name = f'cx="{emu(image.width)}" cy="{emu(image.height)}"', escape(figure.chart.id)
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{story.identity()}" name="{name}" descr="{escape(alt)}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" '
        f'r:id="{story.chart(figure, image)}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def placed(story: Story, image: Image, alt: str, x: float, y: float, crop: Crop = (0, 0, 0, 0)) -> str:
    """A run whose picture stands at a place of the sheet (millimetres), behind the text; without `alt` it is decoration."""
    size = f'cx="{emu(image.width)}" cy="{emu(image.height)}"'
    number = story.identity()
    return (
        f'<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" '
        'behindDoc="1" locked="1" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{emu(x)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{emu(y)}</wp:posOffset></wp:positionV>'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>{_named(number, alt)}{_locked()}'
        f"{_graphic(number, *_media(story, image), size, crop)}"
        "</wp:anchor></w:drawing></w:r>"
    )


def filling(image: Image, width: float, height: float, focus: tuple[float, float]) -> tuple[Image, Crop]:
    """The picture as large as the area, and what falls away of it, so that it is not distorted."""
    scale = max(width / image.width, height / image.height)
    across, down = 1 - width / (image.width * scale), 1 - height / (image.height * scale)
    crop = (across * focus[0], down * focus[1], across * (1 - focus[0]), down * (1 - focus[1]))
    return replace(image, width=width, height=height), crop


def area(colour: str, width: float, height: float) -> Image:
    """One pixel of `colour`, to be stretched to millimetres."""
    pixel = bytes.fromhex(colour.lstrip("#"))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    png = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"\0" + pixel, 9))
        + chunk(b"IEND", b"")
    )
    return Image(b"", png, width, height)


def _named(number: int, alt: str) -> str:
    if not alt:
        return f'<wp:docPr id="{number}" name="Area {number}" descr="">{_DECORATIVE}</wp:docPr>'
    return f'<wp:docPr id="{number}" name="Picture {number}" descr="{escape(alt)}"/>'


def _locked() -> str:
    return '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'


def _media(story: Story, image: Image) -> tuple[str, str]:
    """Relationships of the dots and of the drawing."""
    dots = story.medium(image.png, image.raster)
    return dots, story.medium(Deflated(image.word or for_word(image.svg)), "svg") if image.svg else ""


def for_word(svg: bytes) -> bytes:
    """A drawing as Word takes it, as gzip: made once for all files that show it."""
    return deflated(outlined(svg)).gzip


def _graphic(number: int, png: str, svg: str, size: str, crop: Crop = (0, 0, 0, 0)) -> str:
    cut = "".join(f' {side}="{round(share * 100000)}"' for side, share in zip("ltrb", crop, strict=True) if round(share * 100000))
    vector = f'<a:extLst><a:ext uri="{_SVG}"><asvg:svgBlip r:embed="{svg}"/></a:ext></a:extLst>' if svg else ""
    return (
        f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{png}">{vector}</a:blip>'
        f'{f"<a:srcRect{cut}/>" if cut else ""}<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    )
