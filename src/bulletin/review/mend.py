"""Mends the one fault in a part that can be mended without loss: content controls that are closed in the wrong order."""

from __future__ import annotations

import re

_PROPERTIES = re.compile(rb"<w:(sdtPr|sdtEndPr)\b[^>]*?(?:/>|>.*?</w:\1>)", re.DOTALL)
_WRAPPER = re.compile(rb"</?w:(?:sdt|sdtContent)(?:\s[^>]*)?/?>")
_TEXT = re.compile(rb"<w:(?:t|delText)[\s>]")
_REPEATED = re.compile(rb"</w:(t|delText)><w:\1[\s>]")


def without_controls(data: bytes) -> bytes | None:
    """The part with every content control taken away from around its content; None where that would not be the reviewer's text.

    LibreOffice 7.4 closes controls in the wrong place when it records changes inside them. Where a change takes up the whole
    control, its words are all there, once. Where it takes up a part, the program repeats the whole text of the control in the runs of
    every piece, as a second text of one run (it never writes two otherwise): what the reviewer wrote can then not be told for sure.
    """
    if (
        b"<w:sdt" not in data
        or _REPEATED.search(data)
        or any(_TEXT.search(found.group()) for found in _PROPERTIES.finditer(data))
    ):
        return None
    return _WRAPPER.sub(b"", _PROPERTIES.sub(b"", data))
