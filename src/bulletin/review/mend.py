"""Mends the one fault in a part that can be mended without loss: content controls that are closed in the wrong order."""

from __future__ import annotations

import re

_PROPERTIES = re.compile(rb"<w:(sdtPr|sdtEndPr)\b[^>]*?(?:/>|>.*?</w:\1>)", re.DOTALL)
_WRAPPER = re.compile(rb"</?w:(?:sdt|sdtContent)(?:\s[^>]*)?/?>")
_TEXT = re.compile(rb"<w:(?:t|delText)[\s>]")


def without_controls(data: bytes) -> bytes | None:
    """The part with every content control taken away from around its content; None where it has none or words stand in their
    properties. LibreOffice 7.4 closes them in the wrong place when it records changes; the words themselves are all there.
    """
    if b"<w:sdt" not in data or any(_TEXT.search(found.group()) for found in _PROPERTIES.finditer(data)):
        return None
    return _WRAPPER.sub(b"", _PROPERTIES.sub(b"", data))
