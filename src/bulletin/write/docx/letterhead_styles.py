"""Styles of a letterhead over ours: what it sets of letters and paragraphs counts, what it leaves open stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import TYPE_CHECKING

from bulletin.model.colour import contrast

if TYPE_CHECKING:
    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

TEXT = 4.5
"""Least contrast of words (WCAG 2.1, 1.4.3)."""

_LETTERS = (
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "color",
    "spacing",
    "sz",
    "szCs",
    "u",
    "shd",
    "vertAlign",
    "lang",
)
"""In the order of the schema."""

_TAKEN = frozenset(("rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "color", "spacing", "sz", "szCs", "u"))

_PARAGRAPH = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs", "suppressAutoHyphens",
    "spacing", "ind", "contextualSpacing", "jc", "outlineLvl",
)  # fmt: skip
_TAKEN_OF_PARAGRAPH = frozenset(("pBdr", "shd", "jc"))
"""Distances, indents, tabs, numbers and levels stay ours: labels, numbers and tables stand by them."""


def named(styles: bytes) -> dict[str, str]:
    """Name in lower case to id."""
    from lxml import etree

    found = {}
    for style in etree.fromstring(styles).iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None:
            found[str(name.get(f"{_W}val")).lower()] = str(style.get(f"{_W}styleId"))
    return found


def restyled(ours: bytes, theirs: bytes, faces: Mapping[str, str], paper: str) -> tuple[bytes, tuple[str, ...]]:
    """Our style sheet with the letters, borders and shades of the letterhead's styles of the same name, and what of them is left out:
    colours too faint to be read on `paper`. Ids stay ours."""
    from lxml import etree

    root, other = etree.fromstring(ours), etree.fromstring(theirs)
    by_id = {str(s.get(f"{_W}styleId")): s for s in other.iter(f"{_W}style")}
    by_name = {_name(s): s for s in by_id.values()}
    faint: list[str] = []
    for style in root.iter(f"{_W}style"):
        source = by_name.get(_name(style))
        if (
            source is None
            or source.get(f"{_W}type") != style.get(f"{_W}type")
            or style.get(f"{_W}type") not in ("paragraph", "character")
        ):
            continue
        if style.get(f"{_W}default") == "1":
            continue
        letters = _inherited(source, by_id, "rPr", _TAKEN, faces)
        shape = _inherited(source, by_id, "pPr", _TAKEN_OF_PARAGRAPH, faces) if style.get(f"{_W}type") == "paragraph" else {}
        if (colour := letters.get("color")) is not None and _is_faint(str(colour.get(f"{_W}val")), paper):
            faint.append(f"#{letters.pop('color').get(f'{_W}val')}")
        _grown(style, letters, shape)
        _merged(style, "pPr", shape, _PARAGRAPH)
        _merged(style, "rPr", letters, _LETTERS)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), tuple(dict.fromkeys(faint))


def _is_faint(colour: str, paper: str) -> bool:
    return not re.fullmatch(r"[0-9A-Fa-f]{6}", colour) or contrast(f"#{colour}", paper) < TEXT


def _name(style: etree._Element) -> str:
    name = style.find(f"{_W}name")
    return str(name.get(f"{_W}val")).lower() if name is not None else ""


def _inherited(
    style: etree._Element | None, by_id: Mapping[str, etree._Element], group: str, taken: frozenset[str], faces: Mapping[str, str]
) -> dict[str, etree._Element]:
    """What a style sets itself or takes from those it is based on, the default style left out."""
    found: dict[str, etree._Element] = {}
    seen: set[str] = set()
    while style is not None and style.get(f"{_W}default") != "1" and str(style.get(f"{_W}styleId")) not in seen:
        seen.add(str(style.get(f"{_W}styleId")))
        properties = style.find(f"{_W}{group}")
        for element in properties if properties is not None else ():
            tag = str(element.tag).removeprefix(_W)
            if tag in taken and tag not in found and (clean := _plain(element, faces)) is not None:
                found[tag] = clean
        base = style.find(f"{_W}basedOn")
        style = by_id.get(str(base.get(f"{_W}val"))) if base is not None else None
    return found


def _plain(element: etree._Element, faces: Mapping[str, str]) -> etree._Element | None:
    """Without pointers to the letterhead's theme, which does not come along."""
    copy = deepcopy(element)
    if copy.tag == f"{_W}rFonts":
        theme = str(copy.get(f"{_W}asciiTheme") or "")
        face = faces.get("major" if theme.startswith("major") else "minor", "") if theme else str(copy.get(f"{_W}ascii") or "")
        if not face:
            return None
        copy.attrib.clear()
        for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
            copy.set(f"{_W}{kind}", face)
        return copy
    for part in copy.iter():
        for attribute in [a for a in part.attrib if "theme" in str(a).lower()]:
            del part.attrib[attribute]
    if copy.tag == f"{_W}color" and copy.get(f"{_W}val") in (None, "auto"):
        return None
    return copy


def _grown(style: etree._Element, letters: Mapping[str, etree._Element], shape: dict[str, etree._Element]) -> None:
    """An exact line height of ours grows with the letters, or they would be cut."""
    size, own = letters.get("sz"), style.find(f"{_W}rPr/{_W}sz")
    line = style.find(f"{_W}pPr/{_W}spacing")
    if size is None or own is None or line is None or line.get(f"{_W}lineRule") != "exact":
        return
    share = float(str(size.get(f"{_W}val"))) / float(str(own.get(f"{_W}val")))
    shape["spacing"] = deepcopy(line)
    shape["spacing"].set(f"{_W}line", str(round(int(str(line.get(f"{_W}line"))) * share)))


def _merged(style: etree._Element, group: str, found: Mapping[str, etree._Element], order: tuple[str, ...]) -> None:
    from lxml import etree

    if not found:
        return
    properties = style.find(f"{_W}{group}")
    if properties is None:
        properties = etree.SubElement(style, f"{_W}{group}")
        if group == "pPr" and (letters := style.find(f"{_W}rPr")) is not None:
            letters.addprevious(properties)
    for tag, element in found.items():
        before = properties.find(f"{_W}{tag}")
        if before is not None:
            properties.remove(before)
        properties.append(element)
    ranks = {f"{_W}{tag}": rank for rank, tag in enumerate(order)}
    properties[:] = sorted(properties, key=lambda e: ranks.get(str(e.tag), len(ranks)))
