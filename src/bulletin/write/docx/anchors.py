"""Names of the bookmarks in a Word document and the ids of parts of blocks that carry one."""

from __future__ import annotations

import base64
import hashlib


def qualified(parent: str, child: str) -> str:
    """Id of a part that is unique only inside its block (note `f` of a table), in the whole document."""
    return child if child.startswith(parent + ".") else f"{parent}.{child}"


def grid_of(table_id: str) -> str:
    """Id of the table proper; the table's own id is the anchor of its title, as the manifest has it."""
    return f"{table_id}.table"


def heading_of(section_id: str) -> str:
    """Id of a section's heading."""
    return f"{section_id}.heading"


def subtitle_of(block_id: str) -> str:
    """Id of a table's unit line or a figure's subtitle."""
    return f"{block_id}.subtitle"


def contents_target(block_id: str) -> str:
    """Bookmark that entries of contents and lists link to; Word hides names that begin with a low line."""
    return "_Toc" + _digest(block_id)


def reference_target(block_id: str) -> str:
    """Bookmark around the label `Quadro 5.1`, which cross-references repeat."""
    return "_Ref" + _digest(block_id)


def _digest(block_id: str) -> str:
    return base64.b32encode(hashlib.sha256(block_id.encode()).digest())[:12].decode().lower()
