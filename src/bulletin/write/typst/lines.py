"""Words as they are spelled: without the places where they might have been divided, and with each hyphen once, although Portuguese
repeats one of the spelling at the beginning of the next line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletin.write.typst.tags import contents

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

MARKED = re.compile(rb"/MCID (\d+)")
FACE = re.compile(rb"/(\w+) [\d.]+ Tf")
PLAIN = rb"[^\\()]|\\."
STRING = re.compile(rb"(?<!ActualText)\((?:%s|\((?:%s|\((?:%s)*\))*\))*\)" % (PLAIN, PLAIN, PLAIN), re.DOTALL)
"""Of glyphs; parentheses inside need no sign before them where they close. What `SAID` says is no string that is shown."""

BYTE = re.compile(rb"\\([0-7]{1,3})|\\(.)|([^\\])", re.DOTALL)
ESCAPES = {b"n": 10, b"r": 13, b"t": 9, b"b": 8, b"f": 12}
UNUSED = re.compile(rb"/ActualText<FEFF([0-9A-F]{4})00AD>")
"""A letter after which a word might have been divided; where it was, the hyphen stands alone."""

SAID = b"/Span<</ActualText(-)>>BDC"
"""Before a hyphen whose glyph stands for another sign as well."""

HYPHEN = re.compile(rb"<([0-9a-fA-F]{4})> +<002[dD]>")


def spell_words(pdf: Pdf) -> None:
    """A hyphen at the end of a line that stands again at the head of the next is one hyphen (ISO 32000-1, 14.9.4: ActualText)."""
    known: dict[tuple[int, int], bytes] = {}
    for page in pdf.pages:
        codes = {str(name)[1:].encode(): _code(font, known) for name, font in page.obj.Resources.get("/Font", {}).items()}
        data = contents(page)
        changed = _said_once(UNUSED.sub(rb"/ActualText<FEFF\1>", data), {name: code for name, code in codes.items() if code})
        if changed != data:
            page.obj.Contents = pdf.make_stream(changed)


def _code(font: Object, known: dict[tuple[int, int], bytes]) -> bytes:
    if font.objgen not in known:
        found = HYPHEN.search(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else None
        known[font.objgen] = bytes.fromhex(found[1].decode()) if found else b""
    return known[font.objgen]


def _said_once(data: bytes, hyphens: dict[bytes, bytes]) -> bytes:
    starts = [m.end() for m in MARKED.finditer(data)]
    if not starts:
        return data
    pieces: list[bytes] = []
    at = 0
    ended = False
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        body = data[start:end]
        shown, faces = list(STRING.finditer(body)), list(FACE.finditer(body))
        if not shown or not faces:
            ended = False
            continue
        first = shown[0]
        code = hyphens.get(faces[0][1], b"")
        opening = body.find(b"BT")
        if ended and body.startswith(SAID, opening + 2):
            pieces += [data[at : start + opening + 2], SAID.replace(b"-", b"")]
            at = start + opening + 2 + len(SAID)
        elif ended and len(shown) == 1 and code and _bytes(first[0][1:-1]) == code:
            # the repeated hyphen is a piece of text of its own
            pieces += [data[at : start + first.start()], b"/Span<</ActualText()>>BDC " + first[0] + b"Tj EMC"]
            at = start + first.end() + len(b"Tj")
        ended = _ends_in(body, shown[-1], hyphens.get(faces[-1][1], b""))
    return b"".join([*pieces, data[at:]])


def _ends_in(body: bytes, last: re.Match[bytes], code: bytes) -> bool:
    """Whether the last sign shown is a hyphen of the spelling."""
    opened = body.rfind(b"/ActualText", 0, last.start())
    if opened >= 0 and body.find(b"EMC", opened, last.start()) < 0:
        return body.startswith(SAID, opened - len(b"/Span<<"))
    return bool(code) and _bytes(last[0][1:-1]).endswith(code)


def _bytes(text: bytes) -> bytes:
    """Of a string as it is written in a PDF (ISO 32000-1, 7.3.4.2)."""
    return bytes(int(m[1], 8) & 255 if m[1] else ESCAPES.get(m[2], m[2][0]) if m[2] else m[3][0] for m in BYTE.finditer(text))
