"""Drawn charts as part of a page: named for who does not see them, without styles of their own, which the page's policy forbids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_FONT = re.compile(r"(?:(italic) )?(?:(\d{3}|bold) )?([\d.]+px) (.+)")
_USED = re.compile(r"url\(#([^)]+)\)")


def inline_picture(svg: bytes, prefix: str, name: str = "", text: str = "", series: Mapping[str, int] | None = None) -> str:
    """`prefix`: of its ids, which are those of one page only; `name` and `text`: what it shows, both empty where it only adorns;
    `series`: colour to the number of the series drawn in it, for those who want one of them to stand out."""
    from lxml import etree

    root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    for style in [*root.iter(f"{_SVG}style"), *root.iter(f"{_SVG}metadata")]:
        _drop(style)
    used = {e.get(_LINK, "").removeprefix("#") for e in root.iter() if e.get(_LINK)}
    used |= {found for e in root.iter() for value in e.attrib.values() for found in _USED.findall(str(value))}
    marks = {name: f"{prefix}-{n}" for n, name in enumerate(sorted(used))}
    for element in root.iter():
        _plain(element, marks, series or {})
    for group in [g for g in root.iter(f"{_SVG}g") if not g.attrib]:
        _dissolve(group)
    for key in ("width", "height", "version"):
        root.attrib.pop(key, "")
    # what the drawing's own sheet said of all its lines
    root.set("stroke-linejoin", "round")
    root.set("stroke-linecap", "butt")
    root.set("class", "chart")
    if name or text:
        root.set("role", "img")
        for place, (tag, words) in enumerate([("title", name), ("desc", text)]):
            said = etree.Element(f"{_SVG}{tag}", id=f"{prefix}-{tag}")
            said.text = words
            root.insert(place, said)
        root.set("aria-labelledby", f"{prefix}-title {prefix}-desc")
    else:
        root.set("aria-hidden", "true")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _plain(element: _Element, marks: Mapping[str, str], series: Mapping[str, int]) -> None:
    """Style as attributes, names of this page only, two decimals of a point."""
    for key, value in _declared(str(element.attrib.pop("style", ""))):
        element.set(key, value)
    name, link = (str(element.attrib.pop(key, "")) for key in ("id", _LINK))
    if name in marks:
        element.set("id", marks[name])
    if link:
        element.set("href", f"#{marks[link[1:]]}")
    for key, given in [(str(k), str(v)) for k, v in element.attrib.items()]:
        said = _USED.sub(lambda found: f"url(#{marks[found[1]]})", given)
        if key in ("d", "x", "y", "transform", "points", "width", "height", "cx", "cy", "r", "viewBox", "stroke-dasharray"):
            said = " ".join(_NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), said).split())
        element.set(key, said)
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]
    for key in ("stroke", "fill"):
        colour = str(element.get(key, "")).lower()
        if colour in series:
            element.set("class", f"series s{series[colour]}")
    if element.tail and not element.tail.strip():
        element.tail = None
    if element.text and not element.text.strip():
        element.text = None


def _declared(style: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for part in style.split(";"):
        key, _, value = (p.strip() for p in part.partition(":"))
        if key == "font":
            parts = _FONT.fullmatch(value)
            if parts:
                found += [("font-style", parts[1])] if parts[1] else []
                found += [("font-weight", parts[2])] if parts[2] else []
                found.append(("font-size", parts[3]))
        elif key and key != "font-family":
            found.append((key, value))
    return found


def _drop(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _dissolve(group: _Element) -> None:
    parent = group.getparent()
    if parent is None:
        return
    at = parent.index(group)
    for child in list(group):
        parent.insert(at, child)
        at += 1
    parent.remove(group)
