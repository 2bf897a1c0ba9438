"""What a PDF owes its readers beyond the rules that validators know: titles, headers, alternatives, names of links, data."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from bulletin.model.finding import Finding
from bulletin.verify.faults import fault
from bulletin.verify.tags import Tag, loose_pages, read_tags

if TYPE_CHECKING:
    from pikepdf import Pdf

LONGEST = 300
"""Characters of an alternative text; a screen reader says it in one breath and cannot be stopped inside it."""

FILE_NAME = re.compile(r"\.(svg|png|jpe?g|gif|tiff?|emf)\s*$", re.IGNORECASE)


def check_pdf(name: str, data: bytes) -> Iterator[Finding]:
    from pikepdf import PdfError
    from pikepdf import open as opened

    try:
        pdf = opened(io.BytesIO(data))
    except PdfError as error:
        yield fault("verify-unreadable", name, reason=str(error)[:120])
        return
    with pdf:
        yield from _declared(name, pdf)
        yield from _fonts(name, pdf)
        yield from _attachments(name, pdf)
        if "/StructTreeRoot" not in pdf.Root:
            yield fault("verify-untagged", name)
            return
        root = read_tags(pdf)
        yield from (fault("verify-loose-text", name, page=str(page)) for page in loose_pages(pdf, root))
        yield from _headings(name, pdf, root)
        yield from _figures(name, root)
        yield from _tables(name, root)
        yield from _links(name, pdf, root)


def _declared(name: str, pdf: Pdf) -> Iterator[Finding]:
    shown = pdf.Root.get("/ViewerPreferences")
    if not str(pdf.docinfo.get("/Title", "")).strip() or shown is None or not shown.get("/DisplayDocTitle", False):
        yield fault("verify-no-title", name)
    if not str(pdf.Root.get("/Lang", "")).strip():
        yield fault("verify-no-language", name)
    said = pdf.Root.Metadata.read_bytes().decode("utf-8", "replace") if "/Metadata" in pdf.Root else ""
    for standard, mark in (("PDF/UA-1", r"pdfuaid:part\W+1\b"), ("PDF/A-3a", r"pdfaid:conformance\W+A\b")):
        if not re.search(mark, said):
            yield fault("verify-undeclared", name, standard=standard)


def _fonts(name: str, pdf: Pdf) -> Iterator[Finding]:
    from pikepdf import Dictionary

    for item in pdf.objects:
        if (
            isinstance(item, Dictionary)
            and item.get("/Type") == "/FontDescriptor"
            and not any(key in item for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        ):
            yield fault("verify-font", name, font=str(item.get("/FontName", "")).lstrip("/"))


def _attachments(name: str, pdf: Pdf) -> Iterator[Finding]:
    for key, file in pdf.attachments.items():
        told = file.obj
        if not str(told.get("/Desc", "")).strip() or "/AFRelationship" not in told:
            yield fault("verify-attachment", name, found=key)


def _headings(name: str, pdf: Pdf, root: Tag) -> Iterator[Finding]:
    levels = [tag for tag in root.below() if re.fullmatch(r"H[1-6]", tag.kind)]
    former = 0
    for tag in levels:
        level = int(tag.kind[1])
        if level > former + 1:
            yield fault("verify-heading", name, page=str(tag.page), former=str(former), found=str(level))
        former = level
    if levels and "/Outlines" not in pdf.Root:
        yield fault("verify-no-bookmarks", name)


def _figures(name: str, root: Tag) -> Iterator[Finding]:
    for tag in root.below():
        if tag.kind == "Figure":
            yield from check_alternative(name, str(tag.raw.get("/Alt", "")), f"p. {tag.page}")


def check_alternative(name: str, text: str, where: str) -> Iterator[Finding]:
    """Of a picture in whatever file; `where`: page or name of the picture."""
    if not text.strip():
        yield fault("verify-alternative-missing", name, where=where)
    elif len(text) > LONGEST:
        yield fault("verify-alternative-long", name, where=where, found=len(text), limit=LONGEST)
    elif FILE_NAME.search(text):
        yield fault("verify-alternative-name", name, where=where, found=text)


def _tables(name: str, root: Tag) -> Iterator[Finding]:
    number = 0
    beside = {id(b) for parent in root.below() for a, b in pairwise(parent.kids) if a.kind == b.kind == "Table"}
    for tag in root.below():
        if tag.kind != "Table":
            continue
        number += 1
        if not any(kid.kind == "Caption" for kid in tag.kids) and id(tag) not in beside:
            yield fault("verify-table-title", name, number=number, page=str(tag.page))
        if lost := unheaded(tag):
            yield fault("verify-table-headers", name, number=number, page=str(tag.page), count=lost)


def unheaded(table: Tag) -> int:
    """Data cells that do not name every header above them and beside them."""
    rows = [(line, group.kind) for group in table.kids if group.kind in ("THead", "TBody", "TFoot") for line in group.kids]
    rows += [(line, "TBody") for line in table.kids if line.kind == "TR"]
    names = {str(tag.raw.get("/ID", "")): id(tag) for tag in table.below() if tag.kind == "TH"}
    columns: dict[int, list[int]] = {}
    """Headers over each column."""
    reaching: dict[int, int] = {}
    """Column to how many rows a cell from above still covers."""
    lost = 0
    for line, group in rows:
        at = 0
        placed: list[tuple[Tag, range]] = []
        for cell in line.kids:
            while reaching.get(at, 0):
                at += 1
            wide = range(at, at + cell.number("/ColSpan"))
            placed.append((cell, wide))
            at = wide.stop
        reaching = {column: left - 1 for column, left in reaching.items() if left > 1}
        for cell, wide in placed:
            if (high := cell.number("/RowSpan")) > 1:
                reaching |= dict.fromkeys(wide, high - 1)
            if cell.kind == "TH" and group == "THead":
                for column in wide:
                    columns.setdefault(column, []).append(id(cell))
        beside = [id(cell) for cell, _ in placed if cell.kind == "TH"]
        for cell, wide in placed if group != "THead" else ():
            wanted = {*beside, *(head for column in wide for head in columns.get(column, []))}
            given = cell.attribute("/Headers")
            named = {names.get(str(head)) for head in given} if given is not None else set()
            lost += cell.kind == "TD" and not wanted <= named
    return lost


def _links(name: str, pdf: Pdf, root: Tag) -> Iterator[Finding]:
    tagged = {annotation.objgen for tag in root.below() for annotation in tag.annotations}
    targets = set(_destinations(pdf))
    for number, page in enumerate(pdf.pages, 1):
        for annotation in page.obj.get("/Annots", []):
            if annotation.get("/Subtype") != "/Link":
                continue
            said, target = str(annotation.get("/Contents", "")).strip(), str(annotation.get("/Dest", ""))
            address = str(annotation["/A"].get("/URI", "")) if "/A" in annotation else ""
            if annotation.objgen not in tagged or not said or said in (target, address):
                yield fault("verify-link-name", name, page=str(number), found=said or "–")
            if target and not target.startswith("pikepdf") and targets and target not in targets:
                yield fault("verify-link-target", name, page=str(number), found=said or target)


def _destinations(pdf: Pdf) -> Iterator[str]:
    from pikepdf import NameTree

    if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
        yield from (str(name) for name in NameTree(pdf.Root.Names.Dests))


def counted(data: bytes) -> dict[str, int]:
    """Pages, tables, figures, links and attached files of a PDF that can be read."""
    from pikepdf import Pdf

    with Pdf.open(io.BytesIO(data)) as pdf:
        kinds = [tag.kind for tag in read_tags(pdf).below()] if "/StructTreeRoot" in pdf.Root else []
        found = {kind: kinds.count(tag) for kind, tag in (("tables", "Table"), ("figures", "Figure"), ("links", "Link"))}
        return {"pages": len(pdf.pages), **found, "attachments": len(pdf.attachments)}
