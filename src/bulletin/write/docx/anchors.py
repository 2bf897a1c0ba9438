"""Names of the bookmarks to which contents and references of a Word document lead."""

from __future__ import annotations

import base64
import hashlib


def contents_target(block_id: str) -> str:
    """Bookmark that entries of contents and lists link to; Word hides names that begin with a low line."""
    return "_Toc" + _digest(block_id)


def reference_target(block_id: str) -> str:
    """Bookmark around the label `Quadro 5.1`, which cross-references repeat."""
    return "_Ref" + _digest(block_id)


def _digest(block_id: str) -> str:
    return base64.b32encode(hashlib.sha256(block_id.encode()).digest()[:10])[:12].decode().lower()
