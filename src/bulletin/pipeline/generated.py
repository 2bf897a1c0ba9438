"""Digests of the program's own wording, block by block, also where a reviewer's wording is printed in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bulletin.document.digest import digest_of
from bulletin.document.rewrite import texts_of
from bulletin.load.rewordable import blocks_of
from bulletin.model.override import part_id, parts_of

if TYPE_CHECKING:
    from bulletin.document.tree import Section
    from bulletin.model.project import Project


def generated_in(project: Project, language: str, sections: Sequence[Section]) -> Mapping[str, str]:
    """Block id to digest of all that can be reworded, of the chapters as composed; what a reviewer added has none: new paragraphs, and
    those after the first into which a text was parted."""
    known = blocks_of(project.narrative[language], project.outline)
    found = {name: digest_of(words) for name, words in texts_of(sections).items() if known.get(name) is not None}
    for each in (r for r in project.overrides if r.language == language):
        first = 1 if each.override.action == "insert-after" else 2
        added = range(first, len(parts_of(each.override.text)) + 1)
        found.update({part_id(each.id, n): "" for n in added if part_id(each.id, n) not in found})
    return found
