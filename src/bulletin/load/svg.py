"""Drawings from outside made harmless: no scripts, nothing fetched, no lettering that another machine would set otherwise."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_ACTIVE = frozenset(
    ("script", "foreignObject", "iframe", "object", "embed", "audio", "video", "animate", "animateMotion", "animateTransform", "set", "handler")
)  # fmt: skip
_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?(?!#)|expression\s*\(", re.IGNORECASE)
_INSIDE = re.compile(r"#|data:image/(?:png|jpeg);base64,")
_LENGTH = re.compile(r"\s*([0-9.]+)\s*(?:px|pt|mm|cm|in)?\s*")


@dataclass(frozen=True)
class Drawing:
    data: bytes
    aspect: float
    """Width over height."""
    removed: tuple[str, ...]
    """What would have run or been fetched, by name."""
    lettered: bool
    """Whether it has lettering that is not drawn as outlines."""


def harmless(data: bytes) -> Drawing:
    """Raises ValueError for what is no drawing, declares entities, or does not say how wide and high it is."""
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", data, re.IGNORECASE) and b"<!ENTITY" in data.upper():
        raise ValueError("ENTITY")
    try:
        root = ET.fromstring(re.sub(rb"<!DOCTYPE[^>\[]*>", b"", data))
    except ET.ParseError as error:
        raise ValueError(str(error)) from error
    if root.tag != f"{{{_SVG}}}svg":
        raise ValueError(root.tag[:40])
    removed: list[str] = []
    for parent in list(root.iter()):
        for child in list(parent):
            name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if name in _ACTIVE or (name == "style" and _OUTSIDE.search(child.text or "")):
                removed.append(name)
                parent.remove(child)
        _cleaned(parent, removed)
    lettered = any(isinstance(e.tag, str) and e.tag.rpartition("}")[2] == "text" for e in root.iter())
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    return Drawing(ET.tostring(root, encoding="utf-8"), _aspect(root), tuple(dict.fromkeys(removed)), lettered)


def _cleaned(element: ET.Element, removed: list[str]) -> None:
    for key, value in list(element.attrib.items()):
        name = key.rpartition("}")[2]
        outside = name in ("href", "src") and not _INSIDE.match(value.strip())
        if name.lower().startswith("on") or outside or _OUTSIDE.search(value):
            removed.append(name)
            del element.attrib[key]


def _aspect(root: ET.Element) -> float:
    box = [float(part) for part in re.findall(r"-?[0-9.]+", root.get("viewBox", ""))]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        return box[2] / box[3]
    sides = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    if not (sides[0] and sides[1]) or float(sides[0][1]) <= 0 or float(sides[1][1]) <= 0:
        raise ValueError("viewBox")
    return float(sides[0][1]) / float(sides[1][1])
