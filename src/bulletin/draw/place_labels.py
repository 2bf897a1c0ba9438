"""Names and values on a map, in one language (the ranking beside it has both): inside a unit that holds them, else beside the country with a leader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from bulletin.document.chart import Category, Point, leading_words
from bulletin.draw.canvas import Box
from bulletin.draw.lettering import SMALL, Lettering, leading
from bulletin.draw.placing import Taken, crosses, dodge
from bulletin.draw.shapes import Shape, Span, union

Labelled = tuple[Category, Point]
_FREE = 2.6
"""From the coast to a label."""
_MOST = 24
"""With more labels than this outside, leaders are a thicket: the ranking names the places, and the map is large without them."""


@dataclass(frozen=True)
class MapLabel:
    category: Category
    point: Point
    lines: tuple[str, ...]
    size: float
    x: float
    y: float
    side: str
    """`in`, `left` or `right`."""
    anchor: tuple[float, float]
    """Where the leader ends."""


def place_labels(
    letters: Lettering, shapes: Mapping[str, Shape], labelled: list[Labelled], box: Box, *, name_room: float = 30.0
) -> tuple[list[MapLabel], Span]:
    """The labels, and how far those outside reach to the left and to the right."""
    inside, outside = [], []
    for category, point in labelled:
        shape = shapes.get(category.key)
        if shape is None:
            continue
        label = _inside(letters, shape, category, point)
        if label is not None:
            inside.append(label)
        else:
            outside.append((category, point, shape))
    if len(outside) > _MOST:
        outside = []
    placed = _outside(letters, shapes, outside, box, name_room, [_box(letters, label) for label in inside])
    left, right = box.x1, box.x0
    for label in placed:
        w = letters.widest(list(label.lines), label.size)
        if label.side == "left":
            left = min(left, label.x - w)
        else:
            right = max(right, label.x + w)
    return inside + placed, (left, right)


def _inside(letters: Lettering, shape: Shape, category: Category, point: Point) -> MapLabel | None:
    bounds = shape.bounds
    for size in (SMALL, 7.5):
        for lines in _forms(letters, category, point, size):
            w, h = letters.widest(list(lines), size), len(lines) * leading(size)
            if w > bounds.x1 - bounds.x0 or h > bounds.y1 - bounds.y0:
                continue
            for dx, dy in _NEAR:
                x, y = shape.label[0] + dx, shape.label[1] + dy
                if shape.holds(Box(x - w / 2, y - h / 2 + 0.2, x + w / 2, y + h / 2 - 0.2), 0.6):
                    return MapLabel(category, point, lines, size, x, y, "in", shape.label)
    return None


def _box(letters: Lettering, label: MapLabel) -> Box:
    w, h = letters.widest(list(label.lines), label.size) / 2, len(label.lines) * leading(label.size) / 2
    return Box(label.x - w, label.y - h, label.x + w, label.y + h)


_NEAR = sorted(((dx, dy) for dx in (0, -1.5, 1.5, -3, 3) for dy in (0, -1.5, 1.5, -3, 3)), key=lambda d: d[0] ** 2 + d[1] ** 2)


def _forms(letters: Lettering, category: Category, point: Point, size: float) -> list[tuple[str, ...]]:
    """The name in one line, then in two, each with the value below."""
    value = (point.text,) if point.text else ()
    name = leading_words(category.label)
    forms = [(name, *value)]
    if " " in name:
        two = letters.balanced(name, letters.width(name, size) * 0.72, size)
        if len(two) <= 3:
            forms.append((*two, *value))
    return forms


def _outside(
    letters: Lettering,
    shapes: Mapping[str, Shape],
    labelled: list[tuple[Category, Point, Shape]],
    box: Box,
    name_room: float,
    inside: list[Box],
) -> list[MapLabel]:
    many = len(labelled) > 9
    size = 7.5 if len(labelled) > 6 else SMALL
    sides: dict[str, list[tuple[Category, Point, Shape, tuple[str, ...], Span]]] = {"left": [], "right": []}
    for category, point, shape in labelled:
        x, y = shape.label
        coast = _coast(shapes, y, y)
        left, right = coast or (x, x)
        near, far = ("right", "left") if right - x <= 1.3 * (x - left) else ("left", "right")
        blocked = {side: any(crosses((x, y, left if side == "left" else right, y), b) for b in inside) for side in (near, far)}
        near = far if blocked[near] and not blocked[far] else near
        lines = letters.balanced(leading_words(category.label), name_room, size)
        if many:
            lines = (*lines[:-1], f"{lines[-1]} {point.text}".strip())
        elif point.text:
            lines = (*lines, point.text)
        sides[near].append((category, point, shape, lines, (left, right)))
    _even(sides, size, box.y1 - box.y0)
    for items in sides.values():
        while sum(_height(item[3], size) for item in items) > box.y1 - box.y0:
            items.remove(min(items, key=_land_of))
    found: list[MapLabel] = []
    taken = Taken(boxes=[*inside])
    for side, items in sides.items():
        heights = [_height(lines, size) for _, _, _, lines, _ in items]
        ys = dodge([shape.label[1] for _, _, shape, _, _ in items], heights, box.y0, box.y1)
        for (category, point, shape, lines, _), y, height in zip(items, ys, heights, strict=True):
            x = _beside(shapes, shape.label, y, height, letters.widest(list(lines), size), side, taken)
            label = MapLabel(category, point, lines, size, x, y, side, shape.label)
            taken.boxes.append(_reach(letters, label))
            taken.segments.append((x, y, *shape.label))
            found.append(label)
    return found


def _land_of(item: tuple[Category, Point, Shape, tuple[str, ...], Span]) -> float:
    """The smallest go without a label where a side cannot hold all."""
    bounds = item[2].bounds
    return (bounds.x1 - bounds.x0) * (bounds.y1 - bounds.y0)


def _beside(shapes: Mapping[str, Shape], at: Span, y: float, height: float, width: float, side: str, taken: Taken) -> float:
    """Where a label begins: at the first sea wide enough for it and free, else beyond all land."""
    sign = 1.0 if side == "right" else -1.0
    top, bottom = min(y - height / 2, at[1]), max(y + height / 2, at[1])
    land = _land(shapes, top, bottom) or [(at[0], at[0])]
    shores = sorted((b, next((c for c, _ in land if c > b), None)) for _, b in land if b >= at[0])
    if sign < 0:
        shores = sorted(((a, next((d for _, d in reversed(land) if d < a), None)) for a, _ in land if a <= at[0]), reverse=True)
    for shore, other in shores:
        x = shore + sign * _FREE
        end = x + sign * width
        if other is not None and sign * (other - end) < _FREE / 2:
            continue
        box = Box(min(x, end), y - height / 2 + 0.3, max(x, end), y + height / 2 - 0.3)
        if other is None or (taken.free(box) and not any(crosses((x, y, *at), b, 0.2) for b in taken.boxes)):
            return x
    return at[0] + sign * _FREE


def _reach(letters: Lettering, label: MapLabel) -> Box:
    w, h = letters.widest(list(label.lines), label.size), _height(label.lines, label.size) / 2 - 0.3
    return Box(
        label.x - w if label.side == "left" else label.x,
        label.y - h,
        label.x if label.side == "left" else label.x + w,
        label.y + h,
    )


def _even(sides: dict[str, list[tuple[Category, Point, Shape, tuple[str, ...], Span]]], size: float, room: float) -> None:
    """Where a side carries more labels than it is high, those nearest the other side change over."""
    for full, other, sign in (("left", "right", 1), ("right", "left", -1)):
        while len(sides[full]) > len(sides[other]) + 1 and sum(_height(item[3], size) for item in sides[full]) > room:
            item = max(sides[full], key=partial(_eastward, sign))
            sides[full].remove(item)
            sides[other].append(item)


def _eastward(sign: int, item: tuple[Category, Point, Shape, tuple[str, ...], Span]) -> float:
    return sign * item[2].label[0]


def _height(lines: tuple[str, ...], size: float) -> float:
    return len(lines) * leading(size) + 0.9


def _coast(shapes: Mapping[str, Shape], top: float, bottom: float) -> Span | None:
    merged = _land(shapes, top, bottom)
    return (merged[0][0], merged[-1][1]) if merged else None


def _land(shapes: Mapping[str, Shape], top: float, bottom: float) -> list[Span]:
    return union(s for y in np.linspace(top, bottom, 7) for shape in shapes.values() for s in shape.spans(float(y)))
