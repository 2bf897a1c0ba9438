"""Names of anchors and bookmarks, made from stable block ids."""

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
    return "_b" + base64.b32encode(digest)[:12].decode().lower()
