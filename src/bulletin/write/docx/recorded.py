"""Recorded changes of words in a paragraph of a Word file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from bulletin.write.docx.atoms import Atom, W, runs

if TYPE_CHECKING:
    from lxml import etree


@dataclass
class Pen:
    """Writes the changes of one file."""

    author: str
    date: str
    number: int
    """The last one given."""
    count: int = 0
    places: dict[str, etree._Element] = field(default_factory=dict)
    """Bookmark to its start."""

    def change(self, name: str) -> etree._Element:
        from lxml import etree

        self.number += 1
        self.count += 1
        found = etree.Element(f"{W}{name}")
        found.set(f"{W}id", str(self.number))
        found.set(f"{W}author", self.author)
        found.set(f"{W}date", self.date)
        return found


def rewrite(pen: Pen, before: etree._Element, nodes: Sequence[etree._Element], said: list[Atom], former: list[str]) -> None:
    """Puts the atoms back after `before`, with what has gone and what has come."""
    parent = before.getparent()
    if parent is None:
        return
    for node in nodes:
        parent.remove(node)
    spoken = [a for a in said if a.text]
    texts = [a.text for a in spoken]
    result: list[etree._Element] = []
    silent = _silent(said)
    result += silent.get(0, [])
    for kind, a, b, i, j in SequenceMatcher(None, former, texts, autojunk=False).get_opcodes():
        if kind in ("delete", "replace"):
            result += struck(pen, "".join(former[a:b]), _look(spoken, i))
        for group in _groups(spoken, i, j, silent):
            result += list(runs(group)) if kind == "equal" else put_in(pen, group)
            result += silent.get(_end(spoken, group), [])
    place = parent.index(before) + 1
    for offset, node in enumerate(result):
        parent.insert(place + offset, node)


def _silent(said: Sequence[Atom]) -> dict[int, list[etree._Element]]:
    """What prints nothing, by the number of speaking atoms before it."""
    found: dict[int, list[etree._Element]] = {}
    spoken = 0
    for atom in said:
        if atom.text:
            spoken += 1
        else:
            found.setdefault(spoken, []).extend(atom.solid)
    return found


def _groups(spoken: Sequence[Atom], i: int, j: int, silent: Mapping[int, object]) -> Iterator[list[Atom]]:
    """Atoms `i` to `j`, divided where something silent stands."""
    group: list[Atom] = []
    for n in range(i, j):
        group.append(spoken[n])
        if n + 1 in silent or n + 1 == j:
            yield group
            group = []


def _end(spoken: Sequence[Atom], group: Sequence[Atom]) -> int:
    return next(n for n, atom in enumerate(spoken, 1) if atom is group[-1])


def _look(spoken: Sequence[Atom], position: int) -> etree._Element | None:
    """The look of what replaces a text, or of what stands before it."""
    near = [*spoken[position : position + 1], *spoken[max(0, position - 1) : position]]
    return next((a.properties for a in near if a.properties is not None), None)


def struck(pen: Pen, text: str, look: etree._Element | None) -> list[etree._Element]:
    gone = pen.change("del")
    gone.extend(runs([Atom(text, look)], deleted=True))
    return [gone]


def put_in(pen: Pen, group: Sequence[Atom]) -> list[etree._Element]:
    found: list[etree._Element] = []
    come: etree._Element | None = None
    for node in runs(group):
        if node.tag == f"{W}r":
            if come is None:
                come = pen.change("ins")
                found.append(come)
            come.append(node)
            continue
        # A link holds its changes; Word takes none around it.
        come = None
        held = pen.change("ins")
        held.extend(list(node))
        node.append(held)
        found.append(node)
    return found


def mark_paragraph(pen: Pen, paragraph: etree._Element, name: str) -> None:
    """The paragraph's own mark came or went."""
    from lxml import etree

    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    look = properties.find(f"{W}rPr")
    if look is None:
        look = etree.Element(f"{W}rPr")
        section = properties.find(f"{W}sectPr")
        properties.append(look) if section is None else section.addprevious(look)
    look.insert(0, pen.change(name))
