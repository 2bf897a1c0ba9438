"""A drawing's dots as PNG with a palette: charts have few colours, and a Word file is sent by mail."""

from __future__ import annotations

from io import BytesIO

import numpy as np

_MOST = 256
_BOXES = 1 << 18
"""Colours alike in the six high bits of red, green and blue are one."""
_SPARSE = 11
"""Of so many dots one is looked at to find the colours of areas; no divisor of a usual width."""


def light_png(dots: np.ndarray, dpi: float) -> bytes:
    """`dots`: height x width x RGBA, nothing translucent, the paper in the first.

    The 256 most frequent colours, those of areas unchanged; each other takes the nearest of them.
    """
    from PIL import Image

    codes = dots.reshape(-1).view(np.uint32)
    paper = codes[0]
    inked = np.flatnonzero(codes != paper)
    colours = codes[inked]
    boxes = _boxes(colours)
    counts = np.bincount(boxes, minlength=_BOXES)
    colour_of = np.zeros(_BOXES, np.uint32)
    colour_of[boxes] = colours
    # Where letters' edges share a box with an area, the box is the area's colour.
    areas, times = np.unique(colours[::_SPARSE], return_counts=True)
    areas = areas[np.argsort(times, kind="stable")]
    colour_of[_boxes(areas)] = areas
    used = np.flatnonzero(counts)
    used = used[np.argsort(-counts[used], kind="stable")]
    kept, others = used[: _MOST - 1], used[_MOST - 1 :]
    palette = _channels(np.concatenate(([paper], colour_of[kept])))
    number = np.zeros(_BOXES, np.uint8)
    number[kept] = np.arange(1, len(kept) + 1)
    apart = _channels(colour_of[others])[:, None].astype(np.int32) - palette[None].astype(np.int32)
    number[others] = (apart**2).sum(2).argmin(1)
    indexed = np.zeros(codes.shape, np.uint8)
    indexed[inked] = number[boxes]
    image = Image.fromarray(indexed.reshape(dots.shape[:2]))
    image.putpalette(palette.tobytes())
    out = BytesIO()
    image.save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()


def _boxes(colours: np.ndarray) -> np.ndarray:
    return (colours >> 2 & 0x3F) | (colours >> 4 & 0xFC0) | (colours >> 6 & 0x3F000)


def _channels(colours: np.ndarray) -> np.ndarray:
    """Red, green and blue, a row a colour."""
    return np.ascontiguousarray(colours, np.uint32).view(np.uint8).reshape(-1, 4)[:, :3]
