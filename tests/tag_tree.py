"""The structure of a tagged PDF as a tree of nodes, text by the maps of its fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from printed import squeezed


@dataclass
class Node:
    """A tag: its name, its own text or its parts, and what it is called instead."""

    tag: str
    kids: list[Node | str] = field(default_factory=list)
    page: int = 0
    """Where its first text or picture stands, counted from 1; 0: it has none."""
    alternative: str = ""
    links: str = ""
    """Name of the place a link leads to."""
    columns: int = 1
    rows: int = 1

    @property
    def nodes(self) -> Iterator[Node]:
        return (k for k in self.kids if isinstance(k, Node))

    def walk(self) -> Iterator[Node]:
        yield self
        for kid in self.nodes:
            yield from kid.walk()

    def pieces(self, depth: int = 0) -> Iterator[tuple[str, int]]:
        """Pieces of text with how deep they lie."""
        for kid in self.kids:
            if isinstance(kid, str):
                yield kid, depth
            else:
                yield from kid.pieces(depth + 1)

    @property
    def text(self) -> str:
        return squeezed("".join(text for text, _ in self.pieces()))


def read_tags(path: Path) -> Node:
    """The structure of a file, from its root."""
    with pikepdf.open(path) as pdf:
        parts = _marked(pdf)
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}

        def node(element: Any, page: Any) -> Node:
            page = element.get("/Pg", page)
            attributes = element.get("/A", {})
            if isinstance(attributes, pikepdf.Array):
                attributes = {k: v for a in attributes if isinstance(a, pikepdf.Dictionary) for k, v in a.items()}
            alternative = str(element.get("/Alt", ""))
            columns, rows = int(attributes.get("/ColSpan", 1)), int(attributes.get("/RowSpan", 1))
            made = Node(str(element.get("/S", "")), [], 0, alternative, "", columns, rows)
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, int) or "/MCID" in kid:
                    sheet = page if isinstance(kid, int) else kid.get("/Pg", page)
                    made.kids.append(parts.get((sheet.objgen, kid if isinstance(kid, int) else int(kid["/MCID"])), ""))
                    made.page = made.page or numbers[sheet.objgen]
                elif "/S" in kid:
                    inner = node(kid, page)
                    made.kids.append(inner)
                    made.page = made.page or inner.page
                elif "/Obj" in kid:
                    made.links = str(kid["/Obj"].get("/Dest", ""))
            return made

        return node(pdf.Root.StructTreeRoot, None)


def _marked(pdf: pikepdf.Pdf) -> dict[tuple[tuple[int, int], int], str]:
    """Text of marked content, by page and number."""
    found: dict[tuple[tuple[int, int], int], str] = {}
    maps: dict[tuple[int, int], dict[int, str]] = {}
    for page in pdf.pages:
        fonts = {str(name): font for name, font in page.obj.Resources.get("/Font", {}).items()}
        mark: list[int] = []
        letters: dict[int, str] = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC" | "BMC":
                    given = operands[1] if len(operands) > 1 else None
                    mark.append(int(given.get("/MCID", -1)) if isinstance(given, pikepdf.Dictionary) else -1)
                case "EMC":
                    mark.pop()
                case "Tf":
                    font = fonts[str(operands[0])]
                    if font.objgen not in maps:
                        maps[font.objgen] = _letters(font)
                    letters = maps[font.objgen]
                case "TJ" | "Tj" if mark and mark[-1] >= 0:
                    key = (page.obj.objgen, mark[-1])
                    strings = operands[0] if str(operator) == "TJ" else operands
                    found[key] = found.get(key, "") + "".join(letters.get(c, "?") for s in strings for c in _codes(s))
                case _:
                    pass
    return found


def _letters(font: pikepdf.Object) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", font.ToUnicode.read_bytes())
    return {int(a, 16): bytes.fromhex(b.decode()).decode("utf-16-be") for a, b in pairs}


def _codes(piece: object) -> list[int]:
    raw = bytes(piece) if isinstance(piece, pikepdf.String) else b""
    return [int.from_bytes(raw[i : i + 2]) for i in range(0, len(raw), 2)]


def places(path: Path) -> dict[str, int]:
    """Page of each named place that links lead to."""
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        flat = list(pdf.Root.Names.Dests.Names) if "/Dests" in pdf.Root.get("/Names", {}) else []
        return {str(flat[i]): numbers[flat[i + 1][0].objgen] for i in range(0, len(flat), 2)}


def bookmarks(path: Path) -> list[tuple[int, str, int]]:
    """Depth, words and page of each, in order."""
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}

        def listed(items: list[pikepdf.OutlineItem], depth: int) -> Iterator[tuple[int, str, int]]:
            for item in items:
                yield depth, squeezed(item.title).replace("/", ""), numbers[item.destination[0].objgen]
                yield from listed(item.children, depth + 1)

        return list(listed(outline.root, 1))
