"""A country's own letterhead on a finished Word file: its styles, its page head and foot, its margins at head and foot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.write.docx.letterhead_styles import named, restyled
from bulletin.write.docx.package import opened, replaced

if TYPE_CHECKING:
    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
KINDS = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif"}


@dataclass(frozen=True)
class Strip:
    """The head or foot of a letterhead's pages."""

    xml: bytes
    pictures: Mapping[str, tuple[str, bytes]]
    """Relationship to the ending of the picture's name and its bytes."""


@dataclass(frozen=True)
class Letterhead:
    styles: bytes
    faces: Mapping[str, str]
    """Of its theme: `major`, `minor`."""
    head: Strip | None
    foot: Strip | None
    margins: Mapping[str, int]
    """`top`, `bottom`, `header`, `footer` in twentieths of a point."""


@dataclass(frozen=True)
class Dressed:
    data: bytes
    dropped: tuple[str, ...]
    """What of the head and foot was not taken over: text boxes, objects, pictures that lie elsewhere, faint colours."""


def dressed(data: bytes, letterhead: Letterhead, paper: str) -> Dressed:
    """`paper`: its colour. The cover and the first page of a chapter keep their own heads; text, tables and bookmarks are as they were."""
    from lxml import etree

    parts = opened(data)
    sheet, faint = restyled(parts["word/styles.xml"], letterhead.styles, letterhead.faces, paper)
    changed = {"word/styles.xml": sheet}
    document = parts["word/document.xml"].decode()
    cover, rest = re.split(r"(?<=</w:sectPr>)", document, maxsplit=1)
    changed["word/document.xml"] = (cover + re.sub(r"<w:pgMar [^>]*/>", lambda m: _margins(m[0], letterhead), rest)).encode()
    relations = {str(r.get("Id")): str(r.get("Target")) for r in etree.fromstring(parts["word/_rels/document.xml.rels"])}
    names, styles = named(letterhead.styles), named(changed["word/styles.xml"])
    known = {style: styles.get(name, "") for name, style in names.items()}
    publisher = "".join(re.findall(r"<dc:creator>(.*?)</dc:creator>", parts["docProps/core.xml"].decode()))
    dropped: list[str] = [*faint]
    endings: set[str] = set()
    for kind, strip in (("header", letterhead.head), ("footer", letterhead.foot)):
        ids = dict.fromkeys(re.findall(rf'<w:{kind}Reference w:type="default" r:id="(\w+)"/>', rest))
        if strip is None:
            continue
        for number, relation in enumerate(ids):
            name = f"word/{relations[relation].removeprefix('/word/').removeprefix('word/')}"
            own = etree.fromstring(parts[name])
            blocks = _cleaned(strip, known, publisher, dropped, 900000 + 100 * number + (50 if kind == "footer" else 0))
            used = _put(own, blocks, letterhead, head=kind == "header")
            changed[name] = etree.tostring(own, xml_declaration=True, encoding="UTF-8", standalone=True)
            for picture in used:
                ending, content = strip.pictures[picture]
                endings.add(ending)
                changed[f"word/media/letterhead-{kind}-{picture}.{ending}"] = content
            if used:
                file = f"word/_rels/{name.removeprefix('word/')}.rels"
                changed[file] = _related(parts.get(file), kind, {p: strip.pictures[p][0] for p in used})
    changed["[Content_Types].xml"] = _typed(parts["[Content_Types].xml"], endings)
    return Dressed(replaced(data, changed), tuple(dict.fromkeys(dropped)))


def _margins(found: str, letterhead: Letterhead) -> str:
    """The higher of both margins; the head begins at the edge, and its first paragraph keeps the distance."""

    def set_to(text: str, side: str, value: int) -> str:
        return re.sub(rf'w:{side}="\d+"', f'w:{side}="{value}"', text)

    for side in ("top", "bottom"):
        own = int(re.findall(rf'w:{side}="(\d+)"', found)[0])
        found = set_to(found, side, max(own, min(letterhead.margins.get(side, 0), 4000)))
    if letterhead.head is not None:
        found = set_to(found, "header", 0)
    return found


def _put(own: etree._Element, blocks: list[etree._Element], letterhead: Letterhead, *, head: bool) -> list[str]:
    """Sets the blocks into a head or foot of ours; what must stay (draft mark, strip, page number) stays. Returns used pictures."""
    from lxml import etree

    kept = list(own)
    if head:
        marks = [
            run
            for p in kept
            for run in p.iter(f"{_W}r")
            if run.find(f"{_W}pict") is not None or run.find(f"{_W}drawing") is not None
        ]
        first = etree.SubElement(own, f"{_W}p")
        first.append(etree.fromstring(_EDGE % min(letterhead.margins.get("header", 567), 2500)))
        first.extend(marks)
        for paragraph in kept:
            own.remove(paragraph)
        own.extend(blocks)
        if blocks and blocks[-1].tag == f"{_W}tbl":
            own.append(etree.fromstring(_EDGE_PARAGRAPH))
    else:
        counts = any(re.match(r"\s*PAGE\b", code.text or "") for block in blocks for code in block.iter(f"{_W}instrText"))
        for place, block in enumerate(blocks):
            own.insert(place, block)
        if counts:
            for paragraph in kept:
                own.remove(paragraph)
        if own[-1].tag == f"{_W}tbl":
            own.append(etree.fromstring(_EDGE_PARAGRAPH))
    used = []
    for block in blocks:
        for blip in block.iter(f"{_A}blip"):
            used.append(str(blip.get(f"{_R}embed")))
            blip.set(f"{_R}embed", f"letterhead{used[-1]}")
    return list(dict.fromkeys(used))


_EDGE = f'<w:pPr xmlns:w="{_W[1:-1]}"><w:pStyle w:val="FieldEnd"/><w:spacing w:before="%d"/></w:pPr>'
_EDGE_PARAGRAPH = f'<w:p xmlns:w="{_W[1:-1]}"><w:pPr><w:pStyle w:val="FieldEnd"/></w:pPr></w:p>'


def _cleaned(strip: Strip, known: Mapping[str, str], publisher: str, dropped: list[str], number: int) -> list[etree._Element]:
    """Paragraphs and tables of a head or foot without anything that acts, lies elsewhere, or that only its own file explains."""
    from lxml import etree

    root = etree.fromstring(strip.xml, etree.XMLParser(resolve_entities=False, no_network=True))
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            _out(element)
    for tag, name in _UNWANTED.items():
        for element in list(root.iter(tag)):
            if name:
                dropped.append(name)
            _out(element)
    for tag in _WRAPPERS:
        for element in list(root.iter(f"{_W}{tag}")):
            _unwrapped(element)
    for element in list(root.iter()):
        if element is not root and element.getparent() is not None and not str(element.tag).startswith((_W, _WP, _A, _PIC)):
            _out(element)
        for attribute in list(element.attrib):
            foreign = str(attribute).startswith("{") and not str(attribute).startswith((_W, _R, "{http://www.w3.org/XML/"))
            if foreign or str(attribute).startswith(f"{_W}rsid"):
                del element.attrib[attribute]
    _fields(root)
    for drawing in list(root.iter(f"{_W}drawing")):
        pictures = list(drawing.iter(f"{_A}blip"))
        if len(pictures) != 1 or pictures[0].get(f"{_R}embed") not in strip.pictures or pictures[0].get(f"{_R}link"):
            dropped.append("picture")
            _out(drawing)
            continue
        for link in list(drawing.iter(f"{_A}hlinkClick")):
            _out(link)
        for about in drawing.iter(f"{_WP}docPr"):
            number += 1
            about.set("id", str(number))
            about.set("name", f"Letterhead {number}")
            about.set("descr", str(about.get("descr") or publisher)[:300])
    for tag in ("pStyle", "rStyle"):
        for reference in list(root.iter(f"{_W}{tag}")):
            identity = known.get(str(reference.get(f"{_W}val")), "")
            if identity:
                reference.set(f"{_W}val", identity)
            else:
                _out(reference)
    return [deepcopy(block) for block in root if block.tag in (f"{_W}p", f"{_W}tbl")]


_UNWANTED = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent": "text box",
    f"{_W}pict": "text box",
    f"{_W}object": "object",
    f"{_W}control": "object",
    f"{_W}altChunk": "object",
    f"{_W}subDoc": "object",
    **{f"{_W}{tag}": "" for tag in (
        "bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd", "commentReference", "del", "moveFrom",
        "permStart", "permEnd", "lastRenderedPageBreak", "tblStyle", "numPr", "sectPr", "footnoteReference", "endnoteReference",
        "pPrChange", "rPrChange", "tblPrChange", "trPrChange", "tcPrChange", "framePr", "cnfStyle", "sdtPr", "sdtEndPr",
    )},
    f"{_A}extLst": "",
}  # fmt: skip
_WRAPPERS = ("sdtContent", "sdt", "hyperlink", "smartTag", "customXml", "ins", "moveTo")


def _fields(root: etree._Element) -> None:
    """Of fields only page numbers stay fields; of all others the words they showed."""
    for simple in list(root.iter(f"{_W}fldSimple")):
        if not _counts(str(simple.get(f"{_W}instr"))):
            _unwrapped(simple)
    codes = [code.text or "" for code in root.iter(f"{_W}instrText")]
    if all(_counts(code) or not code.strip() for code in codes):
        return
    open_fields: list[list[etree._Element]] = []
    for run in list(root.iter(f"{_W}r")):
        for part in list(run):
            if part.tag == f"{_W}fldChar" and part.get(f"{_W}fldCharType") == "begin":
                open_fields.append([])
            if open_fields and part.tag in (f"{_W}fldChar", f"{_W}instrText"):
                open_fields[-1].append(part)
            if part.tag == f"{_W}fldChar" and part.get(f"{_W}fldCharType") == "end" and open_fields:
                done = open_fields.pop()
                if not _counts("".join(p.text or "" for p in done if p.tag == f"{_W}instrText")):
                    for mark in done:
                        _out(mark)


def _counts(code: str) -> bool:
    return bool(re.match(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\b", code))


def _out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrapped(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(place, child)
    parent.remove(element)


def _related(before: bytes | None, kind: str, pictures: Mapping[str, str]) -> bytes:
    lines = "".join(
        f'<Relationship Id="letterhead{name}" Type="{_IMAGE}" Target="media/letterhead-{kind}-{name}.{ending}"/>'
        for name, ending in pictures.items()
    )
    empty = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_RELS}"></Relationships>'
    text = (before or empty.encode()).decode()
    text = re.sub(r"<Relationships([^>]*)/>", r"<Relationships\1></Relationships>", text)
    return text.replace("</Relationships>", lines + "</Relationships>").encode()


def _typed(types: bytes, endings: set[str]) -> bytes:
    text = types.decode()

    def missing() -> Iterator[str]:
        for ending in sorted(endings):
            if f'Extension="{ending}"' not in text:
                yield f'<Default Extension="{ending}" ContentType="{KINDS[ending]}"/>'

    start = text.index(">", text.index("<Types")) + 1
    return (text[:start] + "".join(missing()) + text[start:]).encode()
