"""The finished pages of one part: rendered and mended by themselves, with what the joining of parts must know of them in the same file."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.write.pdf.assets import faces_shipped
from bulletin.write.pdf.conform import keep_pictures_sharp, saved
from bulletin.write.pdf.faces import check_faces
from bulletin.write.pdf.mend import mend
from bulletin.write.pdf.parts import Part
from bulletin.write.pdf.render import laid_out
from bulletin.write.pdf.union import give_spaces

if TYPE_CHECKING:
    from pikepdf import Pdf

MIRRORED, EXHIBITS = "Mirrored", "Exhibits"
"""Keys of the catalogue of a part, which no finished file has: see `Survey`; tags of its tables and figures in order."""


@dataclass(frozen=True)
class Survey:
    """What the other parts and the contents must know of a rendered part."""

    wide: tuple[bool, ...]
    """Of each page: whether it is broader than high."""
    mirrored: tuple[float, ...]
    """Of each page: points by which what is on it stands further right on the other side of a spread. The first page of a part is
    set as a right-hand page."""
    anchors: tuple[tuple[str, int], ...]
    """Named places, and the page each is on, counted from 0."""


def render_part(part: Part) -> bytes:
    """Its pages with their tags, mended; raises OutputError for a missing picture or glyph. Same bytes for the same part."""
    from pikepdf import Array, Pdf

    sheets = laid_out(part.html, faces_shipped() | dict(part.assets))
    with Pdf.open(io.BytesIO(sheets.data)) as pdf:
        check_faces(pdf)
        give_spaces(pdf)
        exhibits = mend(pdf, {}, part.name)
        keep_pictures_sharp(pdf)
        pdf.Root[f"/{EXHIBITS}"] = Array(exhibits)
        pdf.Root[f"/{MIRRORED}"] = Array([round(points, 6) for points in sheets.mirrored])
        return saved(pdf)


def surveyed(data: bytes) -> Survey:
    """Of what `render_part` has made."""
    from pikepdf import Pdf

    with Pdf.open(io.BytesIO(data)) as pdf:
        boxes = [[float(v) for v in page.mediabox] for page in pdf.pages]
        wide = tuple(right - left > top - bottom for left, bottom, right, top in boxes)
        return Survey(wide, tuple(float(v) for v in pdf.Root[f"/{MIRRORED}"]), tuple(_anchors(pdf)))


def _anchors(pdf: Pdf) -> list[tuple[str, int]]:
    places = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    flat = list(pdf.Root.Names.Dests.Names) if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names else []
    return [(str(name), places[place[0].objgen]) for name, place in zip(flat[::2], flat[1::2], strict=True)]
