"""Some chapters of a document as one of its own: what refers to others becomes words, so that pages can be made of them alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, is_dataclass, replace
from typing import Any

from bulletin.document.blocks import Figure, Table
from bulletin.document.chart import Chart
from bulletin.document.inline import Reference, Text
from bulletin.document.tree import Document, walk
from bulletin.write.html import sections_of


def only(document: Document, numbers: Collection[str]) -> Document:
    """The chapters with these numbers."""
    part = replace(document, sections=tuple(s for s in document.sections if s.number in numbers))
    known = {s.id for s in sections_of(part.sections)} | {b.id for b in walk(part.sections) if isinstance(b, Table | Figure)}

    def mended(value: Any) -> Any:
        if isinstance(value, Reference):
            return value if value.target in known else Text(value.text)
        if isinstance(value, tuple):
            return tuple(map(mended, value))
        if is_dataclass(value) and not isinstance(value, type | Chart):
            return replace(value, **{f.name: mended(getattr(value, f.name)) for f in fields(value)})
        return value

    return replace(part, sections=mended(part.sections))
