"""Lettering of vector pictures as outlines: Word draws them with installed fonts only, and another face would move every label."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bulletin.write.measure import faces

if TYPE_CHECKING:
    from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}"
_CUTS = {"300": (" Light", False), "400": ("", False), "600": (" Semibold", False), "700": ("", True), "bold": ("", True)}


def outlined(svg: bytes) -> bytes:
    """The same picture without `text` elements; text in a face that is not shipped stays as it is."""
    if b"<text" not in svg:
        return svg
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(svg, parser)
    for text in list(root.iter(f"{_SVG}text")):
        parent, drawn = text.getparent(), _drawn(text)
        if parent is not None and drawn is not None:
            parent.replace(text, drawn)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _drawn(text: etree._Element) -> etree._Element | None:
    from lxml import etree

    style = dict(re.findall(r"([a-z-]+):\s*([^;]+)", text.get("style", "")))
    ending, bold = _CUTS.get(style.get("font-weight", "400"), ("", False))
    family = style.get("font-family", "").split(",")[0].strip(" '\"")
    words = text.text or ""
    glyphs = _glyphs(family + ending, bold, style.get("font-style") == "italic")
    size = float(re.sub(r"[^0-9.]", "", style.get("font-size", "")) or 0)
    if not glyphs or not size or len(text) or any(ord(c) not in glyphs for c in words if c != "\u2060"):
        return None
    shown = [glyphs[ord(c)] for c in words if c != "\u2060"]
    length = sum(advance for advance, _ in shown)
    at = -length * {"middle": 0.5, "end": 1.0}.get(style.get("text-anchor", "start"), 0.0)
    turned = text.get("transform", "")
    place = f"translate({text.get('x', '0')} {text.get('y', '0')}) scale({size / 1000:.6g} {-size / 1000:.6g})"
    group = etree.Element(f"{_SVG}g", transform=f"{turned} {place}".strip())
    if "fill" in style:
        group.set("style", f"fill: {style['fill']}")
    for advance, outline in shown:
        if outline:
            etree.SubElement(group, f"{_SVG}path", transform=f"translate({at:.1f} 0)", d=outline)
        at += advance
    return group


@cache
def _glyphs(family: str, bold: bool, italic: bool) -> dict[int, tuple[float, str]]:
    """Code point to advance and outline, in thousandths of the size; empty for a face that is not shipped."""
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib import TTFont

    path = faces().get((family, bold, italic))
    if path is None:
        return {}
    found = {}
    with TTFont(path, lazy=True) as font:
        scale, shapes = 1000 / font["head"].unitsPerEm, font.getGlyphSet()
        for code, name in font.getBestCmap().items():
            # The scripts the bulletins print in, and signs: outlines of all others would only take time.
            if code > 0x250 and not 0x2000 <= code < 0x2700:
                continue
            pen = SVGPathPen(shapes, ntos=lambda number: f"{number:.0f}")
            shapes[name].draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
            found[code] = (shapes[name].width * scale, pen.getCommands())
    return found
