"""The trees as they are printed: tables wider than a page in parts, those longer than an edition prints as extracts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bulletin.document.blocks import Block, Note, Table
from bulletin.document.inline import Inline, Literal, Text
from bulletin.document.parts import extract, in_parts
from bulletin.document.tree import Document, Section, walk
from bulletin.model.edition import Edition
from bulletin.model.project import Project
from bulletin.pipeline.names import workbook_name
from bulletin.write.sheets import Sheets, sheets_of
from bulletin.write.xlsx.names import sheet_of

SHOWN = 30
"""Rows of a table too long to be printed."""


def printed(documents: Mapping[str, Document], project: Project) -> Mapping[str, Document]:
    """All languages cut at the same places; what is not cut is the same as before. Trees, facts and CSV keep the whole tables."""
    tables: dict[str, list[Table]] = {}
    for language, document in documents.items():
        for block in walk(document.sections):
            if isinstance(block, Table):
                tables.setdefault(block.id, []).append(_shortened(block, document, language, project))
    chosen = {name: sheets_of(found) for name, found in tables.items()}
    return {language: _document(document, language, chosen, project) for language, document in documents.items()}


def on_screen(document: Document, project: Project) -> Document:
    """A page of the web scrolls: only the longest tables are shortened, as in print; the same document where there is none."""
    if not too_long(document, project.edition):
        return document
    language = document.metadata.language

    def section(found: Section) -> Section:
        blocks = tuple(_shortened(b, document, language, project) if isinstance(b, Table) else b for b in found.blocks)
        return replace(found, blocks=blocks, sections=tuple(section(s) for s in found.sections))

    return replace(document, sections=tuple(section(s) for s in document.sections))


def too_long(document: Document, edition: Edition) -> tuple[Table, ...]:
    """Tables of which only the first rows are printed."""
    return tuple(b for b in walk(document.sections) if isinstance(b, Table) and _count(b) > edition.longest_table)


def _document(document: Document, language: str, chosen: Mapping[str, Sheets], project: Project) -> Document:
    def one(block: Block) -> tuple[Block, ...]:
        if not isinstance(block, Table):
            return (block,)
        sheets = chosen[block.id]
        table = replace(_shortened(block, document, language, project), landscape=sheets.landscape)
        return in_parts(table, sheets.cuts, document.words)

    def section(found: Section) -> Section:
        blocks = tuple(part for block in found.blocks for part in one(block))
        return replace(found, blocks=blocks, sections=tuple(section(s) for s in found.sections))

    return replace(document, sections=tuple(section(s) for s in document.sections))


def _count(table: Table) -> int:
    """Rows of figures, without the headings between them."""
    return sum(row.role != "block" for row in table.rows)


def _shortened(table: Table, document: Document, language: str, project: Project) -> Table:
    if _count(table) <= project.edition.longest_table:
        return table
    number = project.locales[language].number
    said = {
        "rows": number(_count(table), 0),
        "shown": str(SHOWN),
        "sheet": sheet_of(table),
        "file": workbook_name(project.edition, document),
    }
    pieces: list[Inline] = []
    for piece in re.split(r"(\{\w+\})", document.words["table_extract_note"]):
        name = piece.strip("{}")
        known = name if piece.startswith("{") else ""
        pieces.append(Literal(said[known], "label") if known else Text(piece))
    return extract(table, SHOWN, Note(f"{table.id}.extract", "", tuple(pieces)), document.words)
