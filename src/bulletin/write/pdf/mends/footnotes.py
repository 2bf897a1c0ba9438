"""Footnotes: read where they are called, each with its number and a name."""

from __future__ import annotations

from bulletin.write.pdf.structure import Element, Mark, Target

CALL, NOTE = "call", "fn"
"""Classes of the markup."""


def place_footnotes(root: Element) -> None:
    """The renderer leaves the notes of a page together, outside the text and without a tag; each is a Note with an identifier, after
    the Reference to it (ISO 32000-1, 14.8.4.4.1; PDF/UA-1, 7.9; Matterhorn 19-003, 19-004), and so in the language around it."""
    notes = _taken(root)
    if not notes:
        return
    waiting = iter(enumerate(notes, 1))
    for parent in (root, *root.walk()):
        if parent.tag == "Reference" or not any(CALL in kid.classes for kid in parent.elements):
            continue
        kids = list(parent.kids)
        parent.kids = []
        for kid in kids:
            if not (isinstance(kid, Element) and kid.tag == "Link" and CALL in kid.classes):
                parent.kids.append(kid)
                continue
            number, note = next(waiting)
            parent.kids += [Element("Reference", [kid]), Element("Note", _labelled(note), name=f"footnote-{number}")]


def _taken(root: Element) -> list[Element]:
    """The notes in order, those that go on over a page in one piece, out of the tree."""
    found: dict[int, Element] = {}
    for parent in [root, *root.walk()]:
        for kid in parent.elements:
            if NOTE not in kid.classes:
                continue
            parent.kids.remove(kid)
            if kid.source in found:
                found[kid.source].kids += kid.kids
            else:
                found[kid.source] = kid
    return list(found.values())


def _labelled(note: Element) -> list[Element | Mark | Target]:
    """The number before the words, which leads back, as the label."""
    kids = list(note.kids)
    for at, kid in enumerate(kids):
        if isinstance(kid, Element) and kid.tag == "Link":
            kids[at] = Element("Lbl", [kid])
            break
    return kids
