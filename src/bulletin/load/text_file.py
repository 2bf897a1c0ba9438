"""Decoding of text files as people save them: UTF-8 with or without mark, UTF-16, Windows-1252; refused characters."""

from __future__ import annotations

import codecs
import re
import unicodedata

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2061-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f\U0010fffe\U0010ffff]"
)
"""Control, zero-width and bidirectional characters and those that are none: they change what is printed without being seen. The word joiner
(U+2060) only keeps a range of years on one line."""


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


_PORTUGUESE = frozenset("ÁÀÂÃÇÉÈÊÍÓÔÕÚÜÑáàâãçéèêíóôõúüñªº«»€§°·±×²³½¼¾–—‘’“”…•\u00a0\u00ad")
"""What Portuguese and English tables hold beyond ASCII, as far as Windows-1252 can write it."""
_LETTER_BESIDE_NO_BREAK = re.compile("[^\\W\\d_]\u00a0|\u00a0[^\\W\\d_]")
"""`á` of the DOS code page looks like this when taken for Windows-1252; between digits it groups thousands."""


def as_windows(content: bytes) -> str | None:
    """Text of a file that Excel saved as "CSV" without UTF-8, when it reads as Portuguese or English throughout; the DOS and
    Macintosh code pages do not."""
    try:
        text = unicodedata.normalize("NFC", content.decode("cp1252"))
    except UnicodeDecodeError:
        return None
    beyond = {c for c in set(text) if ord(c) > 126}
    return text if beyond <= _PORTUGUESE and not _LETTER_BESIDE_NO_BREAK.search(text) else None
