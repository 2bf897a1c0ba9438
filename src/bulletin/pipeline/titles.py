"""Titles of tables, charts and maps that take more than two lines over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulletin.document.blocks import Figure, Table
from bulletin.document.inline import plain
from bulletin.document.tree import Document, walk
from bulletin.model.finding import Finding, Parameter, Place, Severity
from bulletin.model.theme import Theme
from bulletin.write.measure import lines
from bulletin.write.table_layout import MAIN

LINES = 2
"""The finding as title is read at a glance: one thought, two lines."""


def long_titles(documents: Mapping[str, Document], theme: Theme) -> Iterator[Finding]:
    """As printed, in the type of `theme`; a title of every language for itself."""
    face = f"{theme.font.text} Semibold"
    for language, document in documents.items():
        for block in walk(document.sections):
            if isinstance(block, Table | Figure):
                title = plain(block.title)
                count = lines(title, face, theme.type.exhibit.size, MAIN)
                if count > LINES:
                    parameters: dict[str, Parameter] = {
                        "exhibit": block.label,
                        "language": language,
                        "lines": count,
                        "title": title,
                    }
                    yield Finding("title-long", Severity.WARNING, Place(), block.id, parameters)
