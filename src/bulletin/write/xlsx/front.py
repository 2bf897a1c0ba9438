"""The first sheets of a workbook: cover, contents, signs, notes and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from bulletin.document.blocks import Definitions, Paragraph, Table
from bulletin.document.grid import spoken, tidy
from bulletin.document.imprint import imprint_of, standing
from bulletin.document.tree import walk
from bulletin.document.workbook import Workbook
from bulletin.write.xlsx.looks import TITLE, Looks, height, put
from bulletin.write.xlsx.names import link
from bulletin.write.xlsx.sheet import Marked, notes_of, printable

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from bulletin.document.tree import Document

WIDTH = 90
"""Letters in a line of the cover."""


def write_cover(sheet: Worksheet, book: Workbook, sheets: Mapping[str, str], looks: Looks) -> None:
    """Column A alone, a line a row: what is read aloud in this order is the imprint."""
    document, words = book.document, book.document.words
    cover, about = document.cover, document.metadata
    sheet.set_column(0, 0, WIDTH)
    put(sheet, 0, 0, about.title, looks.title)
    sheet.set_row(0, TITLE)
    row = 1
    for text in (words[book.named], cover.edition):
        if text:
            put(sheet, row, 0, tidy(text), looks.subtitle)
            row += 1
    banner = standing(cover)
    if banner:
        put(sheet, row, 0, f"{banner}.", looks.of(bold=True, text_wrap=True))
        sheet.set_row(row, height([(banner, WIDTH * 0.8)]))
        row += 1
    about_book = [
        words[book.about],
        *(words[k] for k in ("workbook_figures", "workbook_free")),
    ]
    about_book += [words["workbook_other"].format(language=name, file=file) for name, file in book.others]
    rows = [(words["workbook_this"], " ".join(about_book)), *_imprint(document)]
    for term, text in rows:
        put(sheet, row, 0, term, looks.subtitle)
        put(sheet, row + 1, 0, text, looks.text)
        sheet.set_row(row + 1, height([(text, WIDTH)]))
        row += 2
    put(sheet, row, 0, words["workbook_sheets"], looks.subtitle)
    for key, name in sheets.items():
        if key != "cover":
            row += 1
            sheet.write_url(row, 0, link(name), looks.link, name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _imprint(document: Document) -> Iterator[tuple[str, str]]:
    """What the page behind the title says, but for the title itself, and the note on rounding."""
    yield from ((spoken(d.term), spoken(d.content)) for name, d in imprint_of(document).items() if name != "title_word")
    for block in walk(document.sections):
        if isinstance(block, Paragraph) and block.id == "imprint.rounding":
            yield document.words["note"], spoken(block.content)


def write_contents(sheet: Worksheet, book: Workbook, sheets: Mapping[str, str], names: Sequence[str], looks: Looks) -> Marked:
    """A line for every sheet, in their order."""
    words = book.document.words
    chapters = dict(_chapters(book.document))
    rows = [
        (name, words[f"workbook_{key}_about"], words["workbook_general"])
        for key, name in sheets.items()
        if key not in ("cover", "contents")
    ]
    rows += [
        (name, spoken(t.title), chapters.get(t.id, words["workbook_general"])) for name, t in zip(names, book.tables, strict=True)
    ]
    heads = (words["workbook_sheet"], words["title_word"], words["chapter"])
    return _write(sheet, sheets["contents"], words["workbook_contents_about"], heads, (20, 90, 48), rows, looks, linked=True)


def _chapters(document: Document) -> Iterator[tuple[str, str]]:
    for section in document.sections:
        name = " ".join(p for p in (section.number, spoken(section.title)) if p)
        yield from ((block.id, name) for block in walk((section,)) if isinstance(block, Table))


def write_signs(sheet: Worksheet, book: Workbook, name: str, looks: Looks) -> Marked:
    words = book.document.words
    rows = [(s.spelt, s.printed, s.name) for s in book.signs]
    heads = (words["workbook_here"], words["workbook_printed"], words["workbook_meaning"])
    return _write(sheet, name, words["workbook_signs_how"], heads, (20, 20, 90), rows, looks)


def write_notes(sheet: Worksheet, book: Workbook, name: str, names: Sequence[str], looks: Looks) -> Marked:
    words = book.document.words
    rows = [(at, note, text) for at, table in zip(names, book.tables, strict=True) for note, text in notes_of(table, words)]
    heads = (words["workbook_sheet"], words["note"], words["workbook_text"])
    return _write(sheet, name, words["workbook_notes_about"], heads, (20, 14, 120), rows, looks, linked=True)


def places_of_notes(book: Workbook) -> tuple[int, ...]:
    """Row of the first note of each table, from 0; −1 where it has none."""
    found, row = [], FIRST
    for table in book.tables:
        count = sum(1 for _ in notes_of(table, book.document.words))
        found.append(row if count else -1)
        row += count
    return tuple(found)


def write_sources(sheet: Worksheet, book: Workbook, name: str, looks: Looks) -> Marked:
    words = book.document.words
    heads = (words["source"], words["workbook_text"])
    return _write(sheet, name, words["workbook_sources_about"], heads, (50, 110), sources(book.document), looks)


def sources(document: Document) -> list[tuple[str, str]]:
    found = (b for b in walk(document.sections) if isinstance(b, Definitions) and b.id == "sources")
    return [(spoken(d.term), spoken(d.content)) for block in found for d in block.items]


FIRST = 3
"""First row of the tables below, from 0: title, what it is, head."""


def _write(
    sheet: Worksheet,
    name: str,
    about: str,
    heads: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[tuple[str, ...]],
    looks: Looks,
    *,
    linked: bool = False,
) -> Marked:
    """A table of words; `linked`: its first column names sheets."""
    put(sheet, 0, 0, name, looks.title)
    put(sheet, 1, 0, about, looks.line)
    for place, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(place, place, width)
        put(sheet, FIRST - 1, place, head, looks.head())
    sheet.set_row(0, TITLE)
    for at, row in enumerate(rows, FIRST):
        sheet.set_row(at, height(zip(row, widths, strict=True)))
        for place, text in enumerate(row):
            if linked and place == 0:
                sheet.write_url(at, 0, link(text), looks.link, text)
            else:
                put(sheet, at, place, text, looks.text)
    sheet.freeze_panes(FIRST, 0)
    printable(sheet, FIRST - 1)
    return Marked(FIRST - 1, len(rows), heads, [looks.head() for _ in heads], about)
