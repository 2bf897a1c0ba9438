"""Where labels go: moved apart along a line, or to the first place that is free."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bulletin.draw.canvas import Box

T = TypeVar("T")
Segment = tuple[float, float, float, float]


def dodge(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Middles of blocks as near as possible (least squares) to where they are wanted, in the same order, none overlapping,
    all between `low` and `high` where they fit."""
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    offsets = [0.0]
    for a, b in itertools.pairwise(order):
        offsets.append(offsets[-1] + (heights[a] + heights[b]) / 2)
    pools: list[tuple[float, int]] = []
    for i, offset in zip(order, offsets, strict=False):
        pool = (wanted[i] - offset, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, count = pools.pop()
            pool = ((mean * count + pool[0] * pool[1]) / (count + pool[1]), count + pool[1])
        pools.append(pool)
    if not order:
        return []
    least = low + heights[order[0]] / 2
    most = max(least, high - heights[order[-1]] / 2 - offsets[-1])
    placed = [0.0] * len(wanted)
    at = 0
    for mean, count in pools:
        for _ in range(count):
            placed[order[at]] = min(max(mean, least), most) + offsets[at]
            at += 1
    return placed


@dataclass
class Taken:
    """What is on the canvas already: boxes of text and marks, and lines."""

    boxes: list[Box] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)

    def free(self, box: Box, gap: float = 0.3) -> bool:
        return not any(box.meets(b, gap) for b in self.boxes) and not any(crosses(s, box, gap) for s in self.segments)

    def first_free(self, candidates: Iterable[T], box_of: Callable[[T], Box]) -> T | None:
        for candidate in candidates:
            box = box_of(candidate)
            if self.free(box):
                self.boxes.append(box)
                return candidate
        return None


def crosses(segment: Segment, box: Box, gap: float = 0.0) -> bool:
    """Whether a straight line enters a box (Liang and Barsky's clipping)."""
    x0, y0, x1, y1 = segment
    enter, leave = 0.0, 1.0
    for start, delta, low, high in ((x0, x1 - x0, box.x0 - gap, box.x1 + gap), (y0, y1 - y0, box.y0 - gap, box.y1 + gap)):
        if abs(delta) < 1e-12:
            if not low <= start <= high:
                return False
            continue
        a, b = sorted(((low - start) / delta, (high - start) / delta))
        enter, leave = max(enter, a), min(leave, b)
    return enter <= leave
