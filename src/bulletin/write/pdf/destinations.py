"""Pages that the named places of a PDF lie on."""

from __future__ import annotations

import io
import re


def destinations(data: bytes) -> dict[str, int]:
    """Name to number of the page, counted from 1; empty for a PDF without names."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        found: dict[str, pikepdf.Object] = {}
        if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
            found |= {str(name): place for name, place in pikepdf.NameTree(pdf.Root.Names.Dests).items()}
        if "/Dests" in pdf.Root:
            found |= {name.lstrip("/"): pdf.Root.Dests[name] for name in pdf.Root.Dests.keys()}  # noqa: SIM118
        pages = {}
        for name, place in found.items():
            where = place.D if isinstance(place, pikepdf.Dictionary) else place
            if isinstance(where, pikepdf.Array) and len(where) and where[0].objgen in numbers:
                pages[_plain(name)] = numbers[where[0].objgen]
        return pages


def _plain(name: str) -> str:
    """LibreOffice writes what is no letter or digit as its code: `5FTocabc` is `_Tocabc`."""
    return re.sub(r"^5F(?=\w)", "_", name)
