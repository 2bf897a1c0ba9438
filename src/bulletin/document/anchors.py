"""Names of anchors and bookmarks, made from stable block ids, and the ids of the parts of blocks that have none of their own."""

from __future__ import annotations

import base64
import hashlib


def anchor(block_id: str) -> str:
    """For links inside HTML and PDF: the id in characters that need no escaping; different ids never fall together."""
    return "b-" + "".join(c if c.isascii() and c.isalnum() else _SIGNS.get(c) or f"_{ord(c):x}_" for c in block_id)


_SIGNS = {".": "-", "-": "_-", "_": "__"}


def bookmark(block_id: str, language: str) -> str:
    """Hidden Word bookmark of a block: `_b` and 12 base32 characters of its hash (limit 40), see docx.md section 7."""
    digest = hashlib.sha256(f"{block_id}.{language}".encode()).digest()
    return "_b" + base64.b32encode(digest[:10])[:12].decode().lower()


def qualified(parent: str, child: str) -> str:
    """Id of a part that is unique only inside its block (note `f` of a table), in the whole document."""
    return child if child.startswith(parent + ".") else f"{parent}.{child}"


def grid_of(table_id: str) -> str:
    """Id of the table proper; the table's own id is the anchor of its title."""
    return f"{table_id}.table"


def heading_of(section_id: str) -> str:
    """Id of a section's heading."""
    return f"{section_id}.heading"


def entry_of(section_id: str) -> str:
    """Id of a section's line in the list on its chapter's opening page."""
    return f"{section_id}.entry"


def subtitle_of(block_id: str) -> str:
    """Id of a table's unit line or a figure's subtitle."""
    return f"{block_id}.subtitle"


def remark_of(block_id: str) -> str:
    """Id of the printed mark of illustrative figures beside a table or chart."""
    return f"{block_id}.remark"


def title_of(block_id: str) -> str:
    """Id of the small heading above a list of definitions, or above the lists of a chapter's opening."""
    return f"{block_id}.title"


def term_of(definition_id: str) -> str:
    """Id of the term that a definition explains."""
    return f"{definition_id}.term"


def detail_of(definition_id: str, position: int) -> str:
    """Id of a line of a sheet, counted from 1."""
    return f"{definition_id}.detail.{position}"


def part_of(figure_id: str, part: str) -> str:
    """Id of a part of a key figure: its `value`, `unit`, `when`, `change`, or why it has no `series`; the figure's own id is the
    anchor of its label."""
    return f"{figure_id}.{part}"
