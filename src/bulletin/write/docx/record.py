"""What a Word file says where, read from its finished text: the record of what is sent out holds nothing that the file does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bulletin.document.issued import ordered
from bulletin.model.issued import Issued, IssuedBlock, IssuedTable
from bulletin.write.docx.markup import NAMESPACES

if TYPE_CHECKING:
    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass
class _Paragraph:
    text: str = ""
    starts: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Number of a bookmark to its name and where it begins."""
    marked: list[tuple[str, int, int]] = field(default_factory=list)
    """Name, begin and end."""


def fitted(issued: Issued, text: str) -> Issued:
    """The record with the blocks and tables that `text`, the body of the file, has bookmarks for, in its order, each block with
    what its paragraph says around it and each table as it is printed."""
    from lxml import etree

    body = etree.fromstring(
        f"<w:body {NAMESPACES}>{text}</w:body>".encode(), etree.XMLParser(huge_tree=True, resolve_entities=False)
    )
    known = {b.bookmark: b for b in reversed(issued.blocks)}
    tables = {t.bookmark: t for t in issued.tables}
    blocks: list[IssuedBlock] = []
    printed: list[IssuedTable] = []
    for paragraph in body.iter(f"{_W}p"):
        found = _read(paragraph)
        for name, start, end in found.marked:
            if name in known:
                blocks.append(replace(known[name], lead=found.text[:start], tail=found.text[end:]))
            elif name in tables:
                printed.append(_as_printed(tables[name], paragraph))
    return ordered(issued, blocks, printed)


def _as_printed(table: IssuedTable, first: etree._Element) -> IssuedTable:
    around = next(a for a in first.iterancestors(f"{_W}tbl"))
    return replace(table, grid=tuple(tuple(_cells(row)) for row in around.iterchildren(f"{_W}tr")))


def _cells(row: etree._Element) -> Iterator[str]:
    for cell in row.iterchildren(f"{_W}tc"):
        yield "\n".join(_read(p).text for p in cell.iterchildren(f"{_W}p"))
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        yield from ("",) * (int(str(span.get(f"{_W}val"))) - 1 if span is not None else 0)


def _read(paragraph: etree._Element) -> _Paragraph:
    found = _Paragraph()
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}bookmarkStart", f"{_W}bookmarkEnd"):
        match str(element.tag).removeprefix(_W):
            case "t":
                found.text += element.text or ""
            case "tab" if element.get(f"{_W}pos") is None:
                found.text += "\t"
            case "br":
                found.text += "\n"
            case "bookmarkStart":
                found.starts[str(element.get(f"{_W}id"))] = (str(element.get(f"{_W}name")), len(found.text))
            case "bookmarkEnd":
                name, start = found.starts[str(element.get(f"{_W}id"))]
                found.marked.append((name, start, len(found.text)))
            case _:
                pass
    found.marked.sort(key=lambda m: m[1])
    return found
