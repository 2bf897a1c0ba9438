"""Words as they are spelled, although a line or a page ends in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from bulletin.write.pdf.faces import fonts_of, resources
from bulletin.write.pdf.origin import LINES, Ending
from bulletin.write.pdf.structure import Element, Mark

if TYPE_CHECKING:
    from pikepdf import Pdf

SOFT = b"/Span\n<</ActualText <FEFF00AD>>>\nBDC\n[<%s>0] TJ\nEMC"
SHOWN = re.compile(rb"\[([^\[\]]*)\] TJ")
Number = tuple[int, int]
"""Of an object of the file."""

LETTERS = re.compile(rb"<([0-9a-fA-F]+)>[^<]*\Z")


def end_lines(pdf: Pdf, root: Element) -> None:
    """Between the last word of a line and the first of the next stands a space, as it would in a text without lines; a hyphen put in
    to divide a word is a soft one, and one of the spelling is the usual one (ISO 32000-1, 14.8.2.2.3 and 14.8.2.5). WeasyPrint drops
    the space, and both hyphens are the same glyph to it."""
    if f"/{LINES}" not in pdf.Root:
        return
    flat = [int(n) for n in pdf.Root[f"/{LINES}"]]
    del pdf.Root[f"/{LINES}"]
    ends = {Mark(page, number): Ending(ending) for page, number, ending in zip(*(iter(flat),) * 3, strict=True)}
    _turn_pages(root, ends)
    fonts = [font for font in fonts_of(pdf) if font.Subtype == "/Type0" and "/ToUnicode" in font]
    meanings = {font.objgen: font.ToUnicode.read_bytes() for font in fonts}
    names = {str(name).encode(): font.objgen for held in resources(pdf) for name, font in held.get("/Font", {}).items()}
    spaces = _codes(names, meanings, b"00a0", b"0020")  # one glyph, called after whichever comes first
    hyphens = _codes(names, meanings, b"002d", b"2010")
    by_page: dict[int, dict[int, Ending]] = {}
    for mark, ending in ends.items():
        if ending is not Ending.LAST:
            by_page.setdefault(mark.page, {})[mark.number] = ending
    for number, page in enumerate(pdf.pages):
        if wanted := by_page.get(number):
            data = page.obj.Contents.read_bytes()
            page.obj.Contents = pdf.make_stream(_ended(data, wanted, spaces, hyphens))
    for font in fonts:
        font.ToUnicode.write(meanings[font.objgen].replace(b"> <2010>", b"> <002d>"))


def _turn_pages(root: Element, ends: dict[Mark, Ending]) -> None:
    """A paragraph that goes on overleaf has no last line on the first page."""
    for element in root.walk():
        marks = [kid for kid in element.kids if isinstance(kid, Mark)]
        for one, other in pairwise(marks):
            if one.page < other.page and ends.get(one) is Ending.LAST:
                ends[one] = Ending.SPACE


def _codes(names: Mapping[bytes, Number], meanings: Mapping[Number, bytes], *letters: bytes) -> dict[bytes, bytes]:
    """Font, by the name that pages call it, to the code in it of one of `letters`, the last that it has."""
    found: dict[bytes, bytes] = {}
    for letter in letters:
        told = re.compile(rb"<([0-9a-fA-F]{4})> <" + letter + rb">")
        codes = {number: told.search(meaning) for number, meaning in meanings.items()}
        found |= {name: code[1] for name, number in names.items() if (code := codes.get(number))}
    return found


def _ended(data: bytes, wanted: Mapping[int, Ending], spaces: Mapping[bytes, bytes], hyphens: Mapping[bytes, bytes]) -> bytes:
    """The content of a page with the ends of its lines; what does not look as the renderer writes it stays as it is."""
    pieces: list[bytes] = []
    at = 0
    for mark in re.finditer(rb"<<\s*/MCID (\d+)\s*>>\s*BDC", data):
        ending = wanted.get(int(mark[1]))
        stop = data.find(b"\nEMC", mark.end())
        if ending is None or stop < 0:
            continue
        body = data[mark.end() : stop]
        shown = list(SHOWN.finditer(body))
        faces = re.findall(rb"(/\S+) [\d.]+ Tf", body)
        if not shown or not faces:
            continue
        last = shown[-1]
        changed = _spaced(last, spaces.get(faces[-1])) if ending is Ending.SPACE else _softened(last, hyphens.get(faces[-1]))
        pieces += [data[at : mark.end()], body[: last.start()], changed, body[last.end() :]]
        at = stop
    return b"".join([*pieces, data[at:]])


def _spaced(shown: re.Match[bytes], space: bytes | None) -> bytes:
    return b"[" + shown[1] + b"<" + space + b">] TJ" if space else shown[0]


def _softened(shown: re.Match[bytes], hyphen: bytes | None) -> bytes:
    letters = LETTERS.search(shown[1])
    if hyphen is None or letters is None or letters[1][-4:] != hyphen:
        return shown[0]
    before = shown[1][: letters.start()] + (b"<" + letters[1][:-4] + b">" if letters[1][:-4] else b"")
    return b"[" + before + b"] TJ\n" + SOFT % hyphen
