"""Reads what a tagged PDF prints as assistive technology does: by its structure, text by the maps of its fonts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from printed import BLANK, Cell, Exhibit, Grid, Index, Printed, cell, squeezed
from tag_tree import Node, read_tags

_UNITS = re.compile(r"/(P|H\d?|LI|Caption)")


def read_pdf(path: Path, index: Index) -> Printed:
    found = Printed()
    for top in read_tags(path).nodes:
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
        words = _words(node, "/Reference", "/Note")
        if not _is_entry(node) and words and words not in index.framing:
            found.words.append(words)
            found.words += [_words(note, "/Lbl") for note in node.walk() if note.tag == "/Note"]
    else:
        for kid in node.nodes:
            _read(kid, index, found)


def _words(node: Node, *but: str) -> str:
    """Without what stands in some tags: footnotes and the calls of them."""
    if node.tag not in ("/P", "/LI", "/LBody", "/Note") or not any(n.tag == "/Note" for n in node.walk()):
        return node.text
    return squeezed("".join(k if isinstance(k, str) else "" if k.tag in but else _words(k, *but) for k in node.kids))


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
