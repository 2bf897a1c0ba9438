"""Names of WordprocessingML that the reader knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
W16DU = "{http://schemas.microsoft.com/office/word/2023/wordml/word16du}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"

CALLS = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
"""Elements that call a note, and the part in which it stands."""

PUT = {f"{W}ins": "insert", f"{W}moveTo": "move-to"}
"""Elements around what a change put in."""
TAKEN = {f"{W}del": "delete", f"{W}moveFrom": "move-from"}
"""Elements around what a change took out."""

SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
"""Elements that stand for one character."""

PASSED_OVER = frozenset(
    [f"{W}{name}" for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sectPr")]
    + [f"{W}{name}" for name in ("smartTagPr", "customXmlPr", "fldData", "rt", "rubyPr", "altChunk", "objectEmbed")]
    + [f"{M}{name}" for name in ("oMathParaPr", "ctrlPr", "rPr")]
)
"""They hold no words of the text."""

_SYMBOLS = dict(
    zip(
        (0xA3, 0xB3, 0xB1, 0xB4, 0xB8, 0xB0, 0xB9, 0xBB, 0xB7, 0xAC, 0xAD, 0xAE, 0xAF, 0xB2, 0xA2, 0xD7, 0xA5, 0xBC, 0x2D),
        "≤≥±×÷°≠≈•←↑→↓″′⋅∞…−",
        strict=True,
    )
)
"""Adobe's Symbol encoding, where an author of prose may meet it."""


def symbol(element: Element) -> str:
    """The character of a `w:sym`; those of fonts of pictures stay in the private use area."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return "\ufffd"
    if "symbol" in element.get(f"{W}font", "").lower():
        low = code - 0xF000 if code >= 0xF000 else code
        return _SYMBOLS.get(low) or (chr(low) if 0x20 <= low < 0x7F else chr(code))
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else "\ufffd"


def is_on(element: Element | None) -> bool:
    """A switch such as `w:b`: on when it stands there without a value that says no."""
    return element is not None and element.get(f"{W}val", "1") not in {"0", "false", "off", "none"}


def value(element: Element | None, name: str = f"{W}val") -> str:
    return "" if element is None else element.get(name, "")


def whole(text: str | None, default: int = 0) -> int:
    """A number of a grid or index; nonsense counts as the default."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else default


def once(alternate: Element) -> Iterator[Element]:
    """Children of `mc:AlternateContent` in one of its forms: the first choice, or else the fallback."""
    chosen = alternate.find(f"{MC}Choice")
    if chosen is None or not len(chosen):
        fallback = alternate.find(f"{MC}Fallback")
        chosen = chosen if fallback is None else fallback
    if chosen is not None:
        yield from chosen


def moment(element: Element) -> str:
    """When it was recorded, in UTC where the file says so; what Word calls `date` may be local time."""
    return element.get(f"{W16DU}dateUtc", "") or element.get(f"{W}date", "")
