"""Digests of the program's own wording, block by block, also where a reviewer's wording is printed in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin.document.blocks import Block, BulletList, Paragraph
from bulletin.document.digest import digest_of
from bulletin.document.pieces import pieces
from bulletin.document.tree import Manuscript
from bulletin.model.override import Reviewed

Narrative = Mapping[str, tuple[Block, ...]]

_ELSEWHERE = ("title", "heading", "note")
"""Kinds of words that do not come from the narrative and can be reworded all the same."""


def generated_in(narratives: Mapping[str, Narrative], manuscript: Manuscript, reviewed: Sequence[Reviewed]) -> Mapping[str, str]:
    """Block id to digest: `narratives` as rendered, `manuscript` before its own overrides; a block that a reviewer added has none."""
    found = {piece.id: digest_of(piece.content) for piece in pieces(manuscript) if piece.kind in _ELSEWHERE}
    for chapter, narrative in narratives.items():
        for blocks in narrative.values():
            for block in blocks:
                for p in block.items if isinstance(block, BulletList) else (block,):
                    if isinstance(p, Paragraph):
                        found[f"{chapter}.lede" if p.id == "lede" else p.id] = digest_of(p.content)
    return {**found, **{r.id: "" for r in reviewed if r.override.action == "insert-after"}}
