"""Reads what a tagged PDF prints as assistive technology does: by its structure, text by the maps of its fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pikepdf

from printed import BLANK, Cell, Exhibit, Grid, Index, Printed, cell, squeezed

_UNITS = re.compile(r"/(P|H\d?|LI|Caption)")


@dataclass
class Node:
    """A tag: its name, its own text or its parts, and what it is called instead."""

    tag: str
    kids: list[Node | str] = field(default_factory=list)
    alternative: str = ""
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


def read_pdf(path: Path, index: Index) -> Printed:
    found = Printed()
    for top in _tree(path).nodes:
        sections = list(top.nodes)
        first = next(i for i, s in enumerate(sections) if _has_heading(list(s.walk())))
        for section in sections[first:]:
            _read(section, index, found)
    return found


def _read(node: Node, index: Index, found: Printed) -> None:
    label = _label(node, index)
    if _is_notes(node, index):
        # a page may come between a table and its notes, which are then a list of their own
        last = next(reversed(found.exhibits))
        found.exhibits[last] = replace(found.exhibits[last], notes="".join(n.text for n in node.nodes))
    elif label:
        found.exhibits[label] = _exhibit(node, label, index)
    elif said := _key_figure(node, index):
        found.figures.append(said)
    elif _UNITS.fullmatch(node.tag):
        if not _is_entry(node) and node.text and node.text not in index.framing:
            found.words.append(node.text)
    else:
        for kid in node.nodes:
            _read(kid, index, found)


def _is_notes(node: Node, index: Index) -> bool:
    return node.tag == "/L" and next((n.text for n in node.nodes), "") in index.notes


def _label(node: Node, index: Index) -> str:
    """Label of the exhibit that the tag holds, if it holds one, whole, and nothing else."""
    inner = list(node.walk())
    labels = {n.text for n in inner if n.tag in ("/P", "/Caption")} & index.labels
    whole = any(n.tag in ("/Table", "/Figure") for n in inner)
    return labels.pop() if len(labels) == 1 and whole and node.tag != "/Sect" and not _has_heading(inner) else ""


def _has_heading(nodes: list[Node]) -> bool:
    return any(n.tag in ("/H1", "/H2", "/H3") for n in nodes)


def _exhibit(node: Node, label: str, index: Index) -> Exhibit:
    head, notes, grid, alternative, body = "", "", Grid(), "", False
    stack = [node]
    while stack:
        part = stack.pop()
        if part.tag == "/Table":
            said = [n.text for c in part.nodes if c.tag == "/Caption" for n in c.walk() if n.tag == "/P"]
            head += "".join(t for t in said if t != label and t.casefold() not in index.framing)
            grid, body = _grid(part), True
        elif part.alternative:
            alternative, body = squeezed(part.alternative), True
            stack += reversed([n for n in part.nodes if n.tag != "/Span"])
        elif part.tag in ("/P", "/LI"):
            text = part.text
            if text != label and text.casefold() not in index.framing:
                head, notes = (head, notes + text) if body else (head + text, notes)
        else:
            stack += reversed(list(part.nodes))
    return Exhibit(head, grid, notes, alternative)


def _grid(table: Node) -> Grid:
    places: dict[tuple[int, int], Cell] = {}
    row = 0
    for line in (n for n in table.walk() if n.tag == "/TR"):
        column = 0
        for held in line.nodes:
            while (row, column) in places:
                column += 1
            said = _cell(held)
            places |= {(r, c): said for r in range(row, row + held.rows) for c in range(column, column + held.columns)}
            column += held.columns
        row += 1
    width = max((c for _, c in places), default=-1) + 1
    return tuple(tuple(places.get((r, c), BLANK) for c in range(width)) for r in range(row))


def _cell(held: Node) -> Cell:
    pieces = [(text, depth) for text, depth in held.pieces() if text.strip()]
    if not pieces:
        return BLANK
    return cell([(text, depth > pieces[0][1]) for text, depth in pieces])


def _key_figure(node: Node, index: Index) -> tuple[str, ...]:
    """The words of a key figure: its label and its value are parts of the tag."""
    parts = {n.text for n in node.nodes if n.tag == "/P"}
    if len(parts) < 3 or not any(len(known & parts) > 1 for known in index.figures):
        return ()
    said = (n.text for n in node.nodes if n.tag == "/P")
    return tuple(text for text in said if text.casefold() not in index.framing)


def _is_entry(node: Node) -> bool:
    """A line of the contents: a link to a page."""
    links = [n.text for n in node.walk() if n.tag == "/Link"]
    return node.tag == "/LI" and len(links) > 1 and links[-1].isdigit()


# ---------------------------------------------------------------- the file


def _tree(path: Path) -> Node:
    with pikepdf.open(path) as pdf:
        parts = _marked(pdf)

        def node(element: Any, page: Any) -> Node:
            page = element.get("/Pg", page)
            attributes = element.get("/A", {})
            if isinstance(attributes, pikepdf.Array):
                attributes = {k: v for a in attributes if isinstance(a, pikepdf.Dictionary) for k, v in a.items()}
            alternative = str(element.get("/Alt", ""))
            columns, rows = int(attributes.get("/ColSpan", 1)), int(attributes.get("/RowSpan", 1))
            made = Node(str(element.get("/S", "")), [], alternative, columns, rows)
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, int):
                    made.kids.append(parts.get((page.objgen, kid), ""))
                elif "/S" in kid:
                    made.kids.append(node(kid, page))
                elif "/MCID" in kid:
                    made.kids.append(parts.get((kid.get("/Pg", page).objgen, int(kid["/MCID"])), ""))
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
                    letters = maps.setdefault(font.objgen, _letters(font))
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
