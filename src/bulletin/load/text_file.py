"""Decoding of text files as people save them: UTF-8 with or without mark, UTF-16, Windows-1252; refused characters."""

from __future__ import annotations

import codecs
import re
import unicodedata

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Control, zero-width and bidirectional characters: they change what is printed without being seen."""


def decode(content: bytes, declared: str | None = None) -> tuple[str, str] | None:
    """Text in NFC and the encoding found: by mark, else strict UTF-8, else `declared`; None when none fits."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        order: tuple[str, ...] = ("utf-16",)
    elif content.startswith(codecs.BOM_UTF8):
        order = ("utf-8-sig",)
    elif declared:
        order = ("utf-8", declared) if declared != "utf-16" else ("utf-16-le",)
    else:
        order = ("utf-8",)
    for name in order:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        return (text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)), name
    return None
