"""python-docx by row: the loop that its documentation shows."""

from __future__ import annotations

from pathlib import Path

from benchmarks.content import Content, Heading, Picture, Points, Table, Words


def write(content: Content, charts: Path, target: Path) -> None:
    """Pictures stand in `charts` as PNG; every heading and exhibit has a bookmark, as a reference needs one."""
    from docx import Document
    from docx.shared import Cm

    document = Document()
    document.core_properties.title = content.title
    names = iter(range(1, 1_000_000))
    for item in content.items:
        match item:
            case Heading(level, text, anchor):
                _bookmark(document.add_heading(text, level), anchor, next(names))
            case Words(text):
                document.add_paragraph(text)
            case Points(items):
                for point in items:
                    document.add_paragraph(point, style="List Bullet")
            case Table():
                _bookmark(document.add_paragraph(f"{item.title}. {item.headnote}", style="Caption"), item.anchor, next(names))
                _table(document, item)
                for note in item.notes:
                    document.add_paragraph(note)
            case Picture():
                _bookmark(document.add_paragraph(f"{item.title}. {item.subtitle}", style="Caption"), item.anchor, next(names))
                document.add_picture(str(charts / f"{item.chart.id}.png"), width=Cm(17))
                document.inline_shapes[-1]._inline.docPr.set("descr", item.alt)
                for note in item.notes:
                    document.add_paragraph(note)
    document.save(str(target))


def _table(document, table: Table) -> None:  # type: ignore[no-untyped-def]
    width = sum(span for _, span in table.heads[-1])
    made = document.add_table(rows=0, cols=width)
    made.style = "Table Grid"
    for heads in table.heads:
        cells = made.add_row().cells
        at = 0
        for text, span in heads:
            cells[at].text = text
            at += span
    for row in table.rows:
        cells = made.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            cell.text = text


def _bookmark(paragraph, name: str, number: int) -> None:  # type: ignore[no-untyped-def]
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), f"_{name}"[:40])
    end.set(qn("w:id"), str(number))
    paragraph._p.insert(0, start)
    paragraph._p.append(end)
