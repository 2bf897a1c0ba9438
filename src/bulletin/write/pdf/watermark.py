"""The mark across the pages of a draft, as outlines: a picture in the background, no words in the text layer."""

from __future__ import annotations

from bulletin.shipped import shipped

SIDE = 200.0
"""Millimetres of the square that holds the mark."""


def watermark(text: str, colour: str) -> bytes:
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib import TTFont

    font = TTFont(shipped("config", "fonts", "SourceSans3-Semibold.ttf"))
    glyphs, cmap, advances = font.getGlyphSet(), font.getBestCmap(), font["hmtx"]
    pen, x = SVGPathPen(glyphs), 0
    for character in text.upper():
        name = cmap.get(ord(character), ".notdef")
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, -1, x, 0)))
        x += advances[name][0] + 60
    scale = min(190 / max(x, 1), 45 / font["head"].unitsPerEm)
    half = SIDE / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}mm" height="{SIDE}mm" viewBox="0 0 {SIDE} {SIDE}">'
        f'<path transform="translate({half} {half}) rotate(-50) scale({scale:.5f}) translate({-x / 2:.1f} 230)" '
        f'fill="{colour}" fill-opacity=".55" d="{pen.getCommands()}"/></svg>'
    ).encode()
