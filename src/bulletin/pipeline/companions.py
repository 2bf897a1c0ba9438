"""What is made beside an edition, from the same trees and facts: workbooks of its tables, pages for the web, open data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletin.document.blocks import Table
from bulletin.document.tree import Document, walk
from bulletin.document.workbook import Sign, Workbook
from bulletin.pipeline.edit import Composed
from bulletin.pipeline.names import file_name, workbook_name
from bulletin.pipeline.open_data import open_data
from bulletin.pipeline.prepare import Prepared
from bulletin.pipeline.printed import too_long
from bulletin.pipeline.produce import Companion
from bulletin.pipeline.web import webs
from bulletin.write.xlsx import write_workbook


def companions(prepared: Prepared, composed: Composed, formats: Sequence[str]) -> tuple[Companion, ...]:
    """Those of the formats asked for; a leaflet that is published alone has none."""
    if prepared.project.alone:
        return ()
    signs = {language: _signs(prepared, composed, language) for language in composed.documents}
    books = _workbooks(prepared, composed) if "xlsx" in formats else ()
    pages = webs(prepared, composed.documents, signs) if "html" in formats else ()
    return (*books, *pages, *((open_data(prepared, composed, signs),) if "data" in formats else ()))


def _workbooks(prepared: Prepared, composed: Composed) -> Iterator[Workbook]:
    """One for each language, whatever the layout: a file has one language, and so have the names of its sheets and its voice."""
    for document in composed.documents.values():
        tables = tuple(b for b in walk(document.sections) if isinstance(b, Table))
        if tables:
            yield workbook_of(prepared, composed, document, tables)


def workbook_of(
    prepared: Prepared, composed: Composed, document: Document, tables: Sequence[Table], *, extract: bool = False
) -> Workbook:
    """`extract`: of some tables only."""
    project, language = prepared.project, document.metadata.language
    signs = _signs(prepared, composed, language)
    others = tuple(
        (document.words[f"language_{other}"], file_name(project.edition, other, "xlsx"))
        for other in composed.documents
        if other != language and not extract
    )
    return Workbook(document, tuple(tables), signs, others, extract)


def long_tables(prepared: Prepared, composed: Composed) -> Iterator[tuple[str, str, bytes]]:
    """Name, language and content of the workbooks of the tables that are not printed whole."""
    edition = prepared.project.edition
    for language, document in composed.documents.items():
        long = too_long(document, edition)
        if long:
            book = workbook_of(prepared, composed, document, long, extract=True)
            yield workbook_name(edition, document), language, write_workbook(book, prepared.project.theme)


def _signs(prepared: Prepared, composed: Composed, language: str) -> tuple[Sign, ...]:
    locale, spelt = prepared.project.locales[language], prepared.project.spelt
    return tuple(
        Sign(meaning, locale.signs[meaning], spelt.get(meaning, locale.signs[meaning]), locale.sign_names[meaning])
        for meaning in composed.facts.meanings()
    )
