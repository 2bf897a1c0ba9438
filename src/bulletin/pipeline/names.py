"""Names of what an edition is published as: what is a leaflet, is not final, or goes out for review, says so in its name."""

from __future__ import annotations

from bulletin.document.tree import Document
from bulletin.model.edition import Edition

ZIPPED = {"data": "data.zip"}
"""Formats of several files in all languages."""


def file_name(edition: Edition, language: str, file_format: str, *, for_review: bool = False, leaflet: str = "") -> str:
    """`<edition id>-<language>.<format>`, of all languages `<edition id>-data.zip`."""
    review = "-review" if for_review and file_format == "docx" else ""
    return f"{_named(edition, leaflet)}-{ZIPPED.get(file_format, f'{language}{review}.{file_format}')}"


def workbook_name(edition: Edition, document: Document) -> str:
    """Of the tables that are not printed whole: `<edition id>-<language>-quadros.xlsx`."""
    return f"{_named(edition)}-{document.metadata.language}-{document.words['workbook_file']}.xlsx"


def web_folder(edition: Edition) -> str:
    return f"{_named(edition)}-web"


def _named(edition: Edition, leaflet: str = "") -> str:
    part = f"-{leaflet}" if leaflet else ""
    return f"{edition.id}{part}{'' if edition.status == 'final' else f'-{edition.status}'}"
