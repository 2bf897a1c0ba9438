"""What a Word file owes its readers, as far as it can be seen without Word."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from bulletin.model.finding import Finding
from bulletin.verify.faults import fault
from bulletin.verify.package import parts_of
from bulletin.verify.pdf import check_alternative

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def check_docx(name: str, data: bytes) -> Iterator[Finding]:
    parts = parts_of(data)
    if isinstance(parts, str) or "word/document.xml" not in parts:
        yield fault("verify-unreadable", name, reason=parts if isinstance(parts, str) else "word/document.xml")
        return
    trees = dict(_parsed(parts))
    yield from (fault("verify-part", name, part=part) for part in parts if _is_xml(part) and part not in trees)
    yield from _types(name, parts, trees)
    yield from _relations(name, parts, trees)
    if "word/document.xml" in trees:
        yield from _properties(name, trees)
        yield from _body(name, trees)


def _is_xml(part: str) -> bool:
    return part.endswith((".xml", ".rels"))


def _parsed(parts: Mapping[str, bytes]) -> Iterator[tuple[str, Element]]:
    from lxml import etree

    reader = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    for part, data in parts.items():
        if _is_xml(part):
            try:
                yield part, etree.fromstring(data, reader)
            except etree.XMLSyntaxError:
                continue


def _types(name: str, parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> Iterator[Finding]:
    """Every part says what it is."""
    types = trees.get("[Content_Types].xml")
    if types is None:
        yield fault("verify-part", name, part="[Content_Types].xml")
        return
    endings = {str(d.get("Extension", "")).lower() for d in types.iter(f"{_TYPES}Default")}
    named = {str(o.get("PartName", "")).lstrip("/") for o in types.iter(f"{_TYPES}Override")}
    for part in parts:
        if (
            part != "[Content_Types].xml"
            and not part.endswith("/")
            and part not in named
            and part.rpartition(".")[2].lower() not in endings
        ):
            yield fault("verify-part", name, part=part)


def _relations(name: str, parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> Iterator[Finding]:
    """What one part says of another is there."""
    for part, tree in trees.items():
        if not part.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(part))
        for relation in tree.iter(_RELATIONSHIP):
            if relation.get("TargetMode") == "External":
                continue
            target = str(relation.get("Target", ""))
            found = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if found not in parts:
                yield fault("verify-relation", name, part=part, found=target)


def _properties(name: str, trees: Mapping[str, Element]) -> Iterator[Finding]:
    core = trees.get("docProps/core.xml")
    title = next((t.text or "" for t in core.iter("{*}title")), "") if core is not None else ""
    if not title.strip():
        yield fault("verify-no-title", name)
    styles = trees.get("word/styles.xml")
    default = styles.find(f"{W}docDefaults//{W}lang") if styles is not None else None
    if default is None or not default.get(f"{W}val"):
        yield fault("verify-no-language", name)


def _body(name: str, trees: Mapping[str, Element]) -> Iterator[Finding]:
    body = trees["word/document.xml"]
    for drawing in body.iter("{*}docPr"):
        decorative = next((d.get("val") for d in drawing.iter("{*}decorative")), "0")
        if decorative not in ("1", "true"):
            yield from check_alternative(name, drawing.get("descr", ""), drawing.get("name", ""))
    for number, table in enumerate(body.iter(f"{W}tbl"), 1):
        look = table.find(f"{W}tblPr/{W}tblLook")
        if look is not None and look.get(f"{W}firstRow") == "1":
            first = table.find(f"{W}tr/{W}trPr/{W}tblHeader")
            if first is None:
                yield fault("verify-header-row", name, number=number)
    levels = dict(_levels(trees.get("word/styles.xml")))
    former = 0
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        level = levels.get(style.get(f"{W}val", ""), 0) if style is not None else 0
        if level and "".join(t.text or "" for t in paragraph.iter(f"{W}t")).strip():
            if level > former + 1:
                yield fault("verify-heading", name, page="–", former=str(former), found=str(level))
            former = level


def _levels(styles: Element | None) -> Iterator[tuple[str, int]]:
    """Style to its level among the headings, from 1."""
    for style in styles.iter(f"{W}style") if styles is not None else ():
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        value = outline.get(f"{W}val", "9") if outline is not None else "9"
        if re.fullmatch("[0-8]", value):
            yield str(style.get(f"{W}styleId")), int(value) + 1
