"""Reads what a DOCX prints: paragraphs, tables by their grid, key figures and alternative texts, from its XML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from printed import BLANK, Cell, Exhibit, Grid, Index, Printed, cell, squeezed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HUNG = ("NoteMark", "StatusSign", "HeadSign")


def read_docx(path: Path, index: Index) -> Printed:
    with zipfile.ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
        part = package.read("word/footnotes.xml") if "word/footnotes.xml" in package.namelist() else b"<none/>"
    footnotes = {n.get(f"{W}id"): "".join(map(_text, n.iter(f"{W}p"))) for n in etree.fromstring(part)}
    found = Printed()
    begun = False
    label, head, notes, alternative = "", "", "", ""
    grid: Grid = ()

    def close() -> None:
        if label:
            found.exhibits[label] = Exhibit(head, grid, notes, alternative)

    for block in _blocks(body):
        if block.tag == f"{W}tbl":
            grid = _grid(block)
            continue
        if figure := _key_figure(block, index):
            found.figures.append(figure)
            continue
        style = _style(block)
        begun = begun or style == "Heading1"
        said = _text(block)
        if style == "ExhibitLabel":
            close()
            label = next(name for name in sorted(index.labels, key=len, reverse=True) if said.startswith(name))
            head, notes, alternative, grid = said.removeprefix(label), "", "", ()
        elif style == "ExhibitSubtitle":
            head += _unmarked(said, index)
        elif style == "ExhibitNote":
            notes += said
        elif style == "Figure":
            alternative = squeezed(next(str(d.get("descr")) for d in block.iter("{*}docPr")))
        elif begun and said and not style.startswith(("Toc", "TOC", "TableOfFigures")) and said not in index.framing:
            found.words.append(said)
            found.words += [footnotes[n.get(f"{W}id")] for n in block.iter(f"{W}footnoteReference")]
    close()
    return found


_LOOKS = (f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}sdt", f"{W}sdtContent")
"""What may be there for the looks alone: a box, a row of key figures, the holder of a contents list."""


def _blocks(holder: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs, tables with a head, and cells of key figures, in order."""
    for child in holder:
        exhibit = child.tag == f"{W}tbl" and child.find(f".//{W}tblHeader") is not None
        figure = child.tag == f"{W}tc" and any(_style(p) == "KeyFigure" for p in child)
        if child.tag == f"{W}p" or exhibit or figure:
            yield child
        elif child.tag in _LOOKS:
            yield from _blocks(child)


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))


def _pieces(paragraph: etree._Element) -> Iterator[tuple[str, bool]]:
    """Text with whether it hangs: a note mark or a status sign."""
    for run in paragraph.iter(f"{W}r"):
        if next(run.iterancestors(f"{W}p")) is not paragraph:
            continue
        style = run.find(f"{W}rPr/{W}rStyle")
        hung = style is not None and style.get(f"{W}val") in _HUNG
        text = "".join((n.text or "") if n.tag == f"{W}t" else "-" if n.tag == f"{W}noBreakHyphen" else "" for n in run)
        if text:
            yield text, hung


def _text(paragraph: etree._Element) -> str:
    return squeezed("".join(text for text, _ in _pieces(paragraph)))


def _unmarked(text: str, index: Index) -> str:
    """Without the mark of illustrative figures."""
    for mark in filter(None, index.framing):
        text = re.sub(re.escape("○" + mark), "", text, flags=re.IGNORECASE)
    return text


def _grid(table: etree._Element) -> Grid:
    rows: list[list[Cell]] = []
    for line in table.iter(f"{W}tr"):
        row: list[Cell] = []
        for held in line.iter(f"{W}tc"):
            merged = held.find(f"{W}tcPr/{W}vMerge")
            span = held.find(f"{W}tcPr/{W}gridSpan")
            if merged is not None and merged.get(f"{W}val") != "restart":
                said = rows[-1][len(row)]
            else:
                pieces = [pair for p in held.iter(f"{W}p") for pair in _pieces(p)]
                said = cell(pieces) if pieces else BLANK
            row += [said] * (1 if span is None else int(span.get(f"{W}val", 1)))
        rows.append(row)
    return tuple(map(tuple, rows))


def _key_figure(held: etree._Element, index: Index) -> tuple[str, ...]:
    if held.tag != f"{W}tc":
        return ()
    texts = (_unmarked(_text(p), index) for p in held.iter(f"{W}p"))
    return tuple(text for text in texts if text)
