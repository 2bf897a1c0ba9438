"""One font for each face of a file put together from parts, which bring a subset each."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bulletin.write.pdf.faces import file_of, fonts_of, postscript_name, space_of

if TYPE_CHECKING:
    from pikepdf import Array, Object, Pdf

_PAIR = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>")
_BATCH = 100
"""Most pairs of one `beginbfchar` (Adobe Technical Note 5014)."""


def give_spaces(pdf: Pdf) -> None:
    """A face of a part whose only spaces stood at the ends of lines has lost them all; number and width of the glyph are enough until
    the face is united."""
    from pikepdf import Array

    for font in (font for font in fonts_of(pdf) if font.Subtype == "/Type0"):
        meanings = font.ToUnicode.read_bytes()
        if b"> <0020>" in meanings or b"> <00a0>" in meanings:
            continue
        inner = font.DescendantFonts[0]
        glyph, width = space_of(postscript_name(inner.FontDescriptor.FontFile2.read_bytes()))
        pair = b"1 beginbfchar\n<%04x> <0020>\nendbfchar\nendcmap" % glyph
        font.ToUnicode.write(meanings.replace(b"endcmap", pair, 1))
        inner.W = Array([*inner.W, glyph, Array([width])])


def unite_faces(pdf: Pdf, listed: Sequence[Object]) -> None:
    """`listed`: the `/Font` dictionaries of the parts, in order; each gets the fonts of all. A part keeps the glyph numbers of the
    face, so that the subsets differ only in what they lack."""
    found: dict[str, list[Object]] = {}
    for fonts in listed:
        for key in fonts.keys():  # noqa: SIM118
            found.setdefault(key, []).append(fonts[key])
    for key, alike in found.items():
        font = _united(pdf, alike)
        for fonts in listed:
            fonts[key] = font


def _united(pdf: Pdf, fonts: Sequence[Object]) -> Object:
    """What a glyph means is what its first use says it means."""
    widths: dict[int, int] = {}
    letters: dict[bytes, bytes] = {}
    for font in reversed(fonts):
        widths |= _widths(font.DescendantFonts[0].W)
        letters |= dict(_PAIR.findall(font.ToUnicode.read_bytes()))
    first = fonts[0]
    inner = first.DescendantFonts[0]
    inner.W = _written(widths)
    first.ToUnicode = pdf.make_stream(_meanings(first.ToUnicode.read_bytes(), letters))
    descriptor = inner.FontDescriptor
    box = descriptor.FontBBox
    box[2] = max(widths.values(), default=0)
    data = subset(postscript_name(descriptor.FontFile2.read_bytes()), tuple(sorted(widths)))
    descriptor.FontFile2 = pdf.make_stream(data)
    descriptor.FontFile2.Length1 = len(data)
    return first


def _widths(listed: Object) -> dict[int, int]:
    """Of `c [w …]` pairs, as the renderer writes them."""
    flat = list(listed)
    return {int(start) + i: int(width) for start, row in zip(flat[::2], flat[1::2], strict=True) for i, width in enumerate(row)}


def _written(widths: Mapping[int, int]) -> Array:
    from pikepdf import Array

    runs: list[tuple[int, list[int]]] = []
    for glyph in sorted(widths):
        if not runs or glyph != runs[-1][0] + len(runs[-1][1]):
            runs.append((glyph, []))
        runs[-1][1].append(widths[glyph])
    return Array([piece for start, row in runs for piece in (start, Array(row))])


def _meanings(former: bytes, letters: Mapping[bytes, bytes]) -> bytes:
    """`former`: for what stands before and after the pairs."""
    head = re.split(rb"\d+ beginbfchar", former, maxsplit=1)[0]
    tail = former.rpartition(b"endbfchar")[2]
    pairs = [b"<%s> <%s>" % pair for pair in sorted(letters.items())]
    batches = [pairs[i : i + _BATCH] for i in range(0, len(pairs), _BATCH)]
    return head + b"\n".join(b"%d beginbfchar\n%s\nendbfchar" % (len(b), b"\n".join(b)) for b in batches) + tail


def subset(name: str, glyphs: tuple[int, ...]) -> bytes:
    """Of a shipped face, by its PostScript name: outlines of `glyphs` under their own numbers, and what a PDF reader asks for."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(
        retain_gids=True, hinting=False, notdef_outline=True, layout_features=[], name_IDs=[1, 2, 4, 6], recalc_timestamp=False
    )
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "DSIG"]
    with TTFont(file_of(name), lazy=True, recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(gids=glyphs)
        subsetter.subset(font)
        written = io.BytesIO()
        font.save(written)
    return written.getvalue()
