"""What a Word file says where, read from its finished text: the record of what is sent out holds nothing that the file does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape

from bulletin.model.issued import Issued, IssuedBlock, IssuedTable

# The text is the program's own, of one writing for each thing: it is read as text, a tenth of the time that its tree would take.
_WORDS = '<w:t xml:space="preserve">'
_MARK = "<w:bookmarkStart "
_PIECE = re.compile(
    rf'{_WORDS}([^<]*)|<w:(tab|br)/>|{_MARK}w:id="(\d+)" w:name="(\w+)"/>|<w:bookmarkEnd w:id="(\d+)"/>',
)
_SPAN = re.compile(r'<w:gridSpan w:val="(\d+)"/>')
_SIGNS = {"tab": "\t", "br": "\n", "": ""}


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
    known = {b.bookmark: b for b in reversed(issued.blocks)}
    tables = {t.bookmark: t for t in issued.tables}
    blocks: list[IssuedBlock] = []
    printed: list[IssuedTable] = []
    at = 0
    for paragraph in text.split("</w:p>"):
        if _MARK in paragraph:
            found = _read(paragraph)
            for name, start, end in found.marked:
                if name in known:
                    around = {"lead": found.text[:start], "tail": found.text[end:], "order": len(blocks)}
                    blocks.append(IssuedBlock(**(vars(known[name]) | around)))
                elif name in tables:
                    inside = text[text.rindex("<w:tbl>", 0, at + len(paragraph)) : text.index("</w:tbl>", at)]
                    printed.append(replace(tables[name], grid=tuple(_rows(inside))))
        at += len(paragraph) + len("</w:p>")
    return replace(issued, blocks=tuple(blocks), tables=tuple(printed))


def _rows(table: str) -> Iterator[tuple[str, ...]]:
    for row in table.split("</w:tr>")[:-1]:
        yield tuple(_cells(row))


def _cells(row: str) -> Iterator[str]:
    for cell in row.split("</w:tc>")[:-1]:
        yield "\n".join(map(_said, cell.split("</w:p>")[:-1]))
        span = _SPAN.search(cell)
        yield from ("",) * (int(span[1]) - 1 if span else 0)


def _said(paragraph: str) -> str:
    if "<w:tab/>" in paragraph or "<w:br/>" in paragraph:
        return _read(paragraph).text
    words = "".join(piece[: piece.index("<")] for piece in paragraph.split(_WORDS)[1:])
    return unescape(words)


def _read(paragraph: str) -> _Paragraph:
    found = _Paragraph()
    for words, sign, begun, name, ended in _PIECE.findall(paragraph):
        if begun:
            found.starts[begun] = (name, len(found.text))
        elif ended:
            name, start = found.starts[ended]
            found.marked.append((name, start, len(found.text)))
        else:
            found.text += unescape(words) + _SIGNS[sign]
    found.marked.sort(key=lambda m: m[1])
    return found
