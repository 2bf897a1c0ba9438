"""Pictures with a palette: charts have few colours, and a Word file is sent by mail."""

from __future__ import annotations

import io

_FEW = 4096
"""Bytes below which nothing is to be gained."""


def lighter(png: bytes) -> bytes:
    """The picture in at most 256 colours, those of its areas unchanged; as it is where it is translucent or would not get smaller."""
    if len(png) < _FEW:
        return png
    from PIL import Image

    with Image.open(io.BytesIO(png)) as read:
        alpha = read.getchannel("A").getextrema() if "A" in read.getbands() else (255, 255)
        if read.mode not in ("RGB", "RGBA") or alpha != (255, 255):
            return png
        few = read.convert("RGB").quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        out = io.BytesIO()
        few.save(out, "PNG", optimize=True, dpi=read.info.get("dpi", (200, 200)))
    return min(out.getvalue(), png, key=len)
