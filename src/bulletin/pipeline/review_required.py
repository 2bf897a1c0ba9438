"""Which blocks of a project may be reworded but not left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.load.rewordable import blocks_of

if TYPE_CHECKING:
    from bulletin.model.project import Project


def required_blocks(project: Project) -> frozenset[str]:
    """Ids, whatever the language: titles and headings always."""
    found: set[str] = set()
    for chapters in project.narrative.values():
        blocks = blocks_of(chapters, project.outline)
        found |= {name for name, block in blocks.rewordable.items() if block.required or block.kind in ("title", "heading")}
    return frozenset(found)
