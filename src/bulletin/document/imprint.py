"""What the imprint of an edition says, line by line, and how its cover says that it is no final one."""

from __future__ import annotations

from collections.abc import Mapping

from bulletin.document.blocks import Definition, Definitions
from bulletin.document.grid import tidy
from bulletin.document.tree import Cover, Document, walk

IMPRINT = "imprint"


def imprint_of(document: Document) -> Mapping[str, Definition]:
    """By name, `contact`, in print order."""
    lists = [b for b in walk(document.sections) if isinstance(b, Definitions) and b.id == IMPRINT]
    return {item.id.removeprefix(f"{IMPRINT}."): item for found in lists for item in found.items}


def standing(cover: Cover) -> str:
    """`EDIÇÃO DE DEMONSTRAÇÃO. Não oficial`; empty for a final edition."""
    return ". ".join(t.rstrip(".") for t in (tidy(cover.banner), tidy(cover.banner_text)) if t)
