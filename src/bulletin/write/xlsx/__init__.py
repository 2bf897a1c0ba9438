"""The tables of an edition as a workbook for calculation, after the practice of the Government Statistical Service: docs/en/workbook.md."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from bulletin.document.workbook import Workbook
from bulletin.write.xlsx.cells import Spelling
from bulletin.write.xlsx.front import (
    places_of_notes,
    sources,
    write_contents,
    write_cover,
    write_notes,
    write_signs,
    write_sources,
)
from bulletin.write.xlsx.looks import FACE, looks_of
from bulletin.write.xlsx.names import sheet_names, sheet_of, table_names
from bulletin.write.xlsx.sheet import Around, mark, write_table
from bulletin.write.zipped import zipped

if TYPE_CHECKING:
    from bulletin.model.theme import Theme

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_workbook(book: Workbook, theme: Theme) -> bytes:
    """Cover, contents, signs, notes, sources, then one table a sheet. Figures are numbers with the digits that are printed and no
    others; a hidden one is its sign. No formula; the links lead to other sheets. The same edition gives the same bytes."""
    import xlsxwriter

    document = book.document
    words, places = document.words, places_of_notes(book)
    front = {"cover": words["workbook_cover"], "contents": words["contents"]}
    front |= {"signs": words["signs"]} if book.signs else {}
    front |= {"notes": words["notes"]} if any(p >= 0 for p in places) else {}
    front |= {"sources": words["sources"]} if sources(document) and not book.extract else {}
    names = sheet_names([*front.values(), *(sheet_of(t) for t in book.tables)])
    known = dict(zip(front, names, strict=False))
    own = names[len(front) :]
    stream = io.BytesIO()
    # the library changes the properties it is given, and the next workbook would not be the same
    options = {**OPTIONS, "default_format_properties": {**FACE}}
    with xlsxwriter.Workbook(stream, options) as made:
        made.set_properties(_properties(book))
        looks, spelling = looks_of(made, theme), Spelling.of(book.signs)
        sheets = [made.add_worksheet(name) for name in names]
        of = dict(zip(known, sheets, strict=False))
        write_cover(of["cover"], book, known, looks)
        tables = {"contents": write_contents(of["contents"], book, known, own, looks)}
        if "signs" in of:
            tables["signs"] = write_signs(of["signs"], book, known["signs"], looks)
        if "notes" in of:
            tables["notes"] = write_notes(of["notes"], book, known["notes"], own, looks)
        if "sources" in of:
            tables["sources"] = write_sources(of["sources"], book, known["sources"], looks)
        written = list(tables.values())
        for sheet, table, place in zip(sheets[len(front) :], book.tables, places, strict=True):
            around = Around(known["contents"], known.get("signs", ""), known.get("notes", ""), place)
            written.append(write_table(sheet, table, document, spelling, looks, around))
        for sheet, name, marked in zip(sheets[1:], table_names(names[1:]), written, strict=True):
            mark(sheet, name, marked)
    return _with_language(stream.getvalue(), document.metadata.tag)


def _properties(book: Workbook) -> dict[str, object]:
    """A date of the edition, not of the clock; workbooks have no time zones."""
    about, words = book.document.metadata, book.document.words
    return {
        "title": f"{about.title}: {words[book.named].lower()}",
        "subject": about.description,
        "author": about.publisher,
        "company": about.publisher,
        "keywords": "; ".join(about.keywords),
        "status": words.get(about.status, about.status),
        "created": datetime.fromisoformat(about.release_date[:10]),
    }


def _with_language(data: bytes, tag: str) -> bytes:
    """The language of a workbook stands in its properties; the library has no way to say it."""
    with zipfile.ZipFile(io.BytesIO(data)) as read:
        parts = {name: read.read(name) for name in read.namelist()}
    core = parts["docProps/core.xml"].decode()
    parts["docProps/core.xml"] = core.replace(
        "</cp:coreProperties>", f"<dc:language>{escape(tag)}</dc:language></cp:coreProperties>"
    ).encode()
    return zipped(parts)
