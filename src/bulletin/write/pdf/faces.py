"""Only shipped faces may be in the file: another one means that a sign was taken from the machine. What a face is called, and its
space."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.errors import OutputError
from bulletin.model.finding import Finding, Severity
from bulletin.shipped import shipped

if TYPE_CHECKING:
    from pikepdf import Object, Pdf


def shipped_families() -> frozenset[str]:
    """`sourcesans3`, …: file names without style, letters and digits only."""
    return frozenset(letters(path.stem.partition("-")[0]) for path in shipped("config", "fonts").glob("*.ttf"))


def resources(pdf: Pdf) -> Iterator[Object]:
    """What pages, and the pictures and patterns on them, draw with; each once. Nothing else of the file is read."""
    from pikepdf import Dictionary

    seen: set[tuple[int, int]] = set()
    waiting = [page.resources for page in pdf.pages]
    while waiting:
        found = waiting.pop()
        if found.is_indirect:
            if found.objgen in seen:
                continue
            seen.add(found.objgen)
        yield found
        drawn = [piece for kind in ("/XObject", "/Pattern") for piece in found.get(kind, {}).values()]
        masks = [state.get("/SMask") for state in found.get("/ExtGState", {}).values()]
        drawn += [mask.G for mask in masks if isinstance(mask, Dictionary)]
        for piece in drawn:
            if piece.objgen not in seen:
                seen.add(piece.objgen)
                if "/Resources" in piece:
                    waiting.append(piece.Resources)  # type: ignore[arg-type]  # a dictionary it is


def fonts_of(pdf: Pdf) -> list[Object]:
    """In the order in which they stand in the file."""
    found = {font.objgen: font for held in resources(pdf) for font in held.get("/Font", {}).values()}
    return [found[number] for number in sorted(found)]


def faces(pdf: Pdf) -> tuple[str, ...]:
    """Names of the fonts in the file, without the subset prefix."""
    names = {str(inner.BaseFont).lstrip("/") for font in fonts_of(pdf) for inner in (font, *font.get("/DescendantFonts", []))}
    return tuple(sorted({name.partition("+")[2] or name for name in names}))


def check_faces(pdf: Pdf) -> None:
    families = shipped_families()
    foreign = [name for name in faces(pdf) if not any(letters(name).startswith(family) for family in families)]
    if foreign:
        raise OutputError([Finding("pdf-foreign-font", Severity.ERROR, parameters={"font": name}) for name in foreign])


def letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def postscript_name(data: bytes) -> str:
    """Of a font file; a subset keeps it."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(data), lazy=True) as font:
        return str(font["name"].getDebugName(6))


@cache
def files() -> dict[str, Path]:
    """Shipped faces by their PostScript name."""
    return {postscript_name(path.read_bytes()): path for path in sorted(shipped("config", "fonts").glob("*.ttf"))}


def file_of(name: str) -> Path:
    """Raises OutputError for a face that is not shipped."""
    if name not in files():
        raise OutputError([Finding("pdf-foreign-font", Severity.ERROR, parameters={"font": name})])
    return files()[name]


@cache
def space_of(name: str) -> tuple[int, int]:
    """Glyph number and width, in thousandths of the size."""
    from fontTools.ttLib import TTFont

    with TTFont(file_of(name), lazy=True) as font:
        glyph = font.getBestCmap()[0x20]
        return font.getGlyphID(glyph), round(font["hmtx"][glyph][0] * 1000 / font["head"].unitsPerEm)
