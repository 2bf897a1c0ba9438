"""The inline content of a paragraph as atoms, the smallest pieces that a recorded change keeps or takes away whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.model.issued import Span
from bulletin.write.docx.inlines import NUMBER

if TYPE_CHECKING:
    from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_BLANKS = "\u00a0\u202f"
_TOKEN = re.compile(
    rf"[-+\u2212]?(?:\d{{1,3}}(?:[ {_BLANKS}.,'’]\d{{3}})+(?!\d)|\d+)(?:[.,]\d+)*(?:[{_BLANKS}]?%)?"
    r"|\w+(?:[-'’]\w+)*|\n|\t|[^\S\n\t]+|[^\w\s]"
)


@dataclass(frozen=True)
class Atom:
    """A word, a blank, a mark, a whole figure; or something that is not divided: a field, a link, a picture."""

    text: str
    properties: etree._Element | None = None
    """Of its run."""
    solid: tuple[etree._Element, ...] = ()
    """What stands for it in the file, where it is not plain text."""


def tokens(text: str, spans: Iterable[Span] = ()) -> list[str]:
    """Words, blanks, marks and figures, which stay whole; each of `spans` that is a figure or a reference is one."""
    found, position = [], 0
    for span in sorted((s for s in spans if s.kind != "literal"), key=lambda s: s.start):
        found += _TOKEN.findall(text[position : span.start])
        found.append(span.text)
        position = span.end
    return found + _TOKEN.findall(text[position:])


def atoms(nodes: Iterable[etree._Element]) -> list[Atom]:
    """Of neighbours in a paragraph; what prints nothing (ends of bookmarks) is an atom without a text."""
    found: list[Atom] = []
    field: list[etree._Element] = []
    depth = 0
    for node in nodes:
        marks = [str(m.get(f"{W}fldCharType")) for m in node.iter(f"{W}fldChar")] if node.tag == f"{W}r" else []
        if depth or "begin" in marks:
            field.append(node)
            depth += marks.count("begin") - marks.count("end")
            if not depth:
                found.append(Atom(_result(field), None, tuple(field)))
                field = []
        elif node.tag == f"{W}r":
            found += _run(node)
        else:
            found.append(Atom("".join(_texts(node)), None, (node,)))
    return found if not field else [*found, Atom(_result(field), None, tuple(field))]


def _run(run: etree._Element) -> Iterator[Atom]:
    properties = run.find(f"{W}rPr")
    parts = [p for p in run if p.tag != f"{W}rPr"]
    if any(p.tag not in (f"{W}t", f"{W}tab", f"{W}br") for p in parts):
        yield Atom("", None, (run,))
        return
    text = "".join(_texts(run))
    style = properties.find(f"{W}rStyle") if properties is not None else None
    if style is not None and style.get(f"{W}val") == NUMBER:
        yield Atom(text, properties)
        return
    for token in tokens(text):
        yield Atom(token, properties)


def _texts(node: etree._Element) -> Iterator[str]:
    for part in node.iter(f"{W}t", f"{W}tab", f"{W}br"):
        if part.tag == f"{W}t":
            yield part.text or ""
        elif part.get(f"{W}pos") is None:
            yield "\t" if part.tag == f"{W}tab" else "\n"


def _result(field: Iterable[etree._Element]) -> str:
    """What a field prints: the text between its second and its third mark."""
    texts: list[str] = []
    shown = False
    for run in field:
        for mark in run.iter(f"{W}fldChar"):
            shown = mark.get(f"{W}fldCharType") == "separate"
        if shown:
            texts += _texts(run)
    return "".join(texts)


def runs(parts: Iterable[Atom], *, deleted: bool = False) -> Iterator[etree._Element]:
    """The atoms as runs again, neighbours of one look together."""
    waiting: list[Atom] = []
    for part in parts:
        if part.solid or (waiting and _key(part) != _key(waiting[0])):
            yield from _joined(waiting, deleted=deleted)
            waiting = []
        if part.solid:
            yield from part.solid
        else:
            waiting.append(part)
    yield from _joined(waiting, deleted=deleted)


def _key(part: Atom) -> bytes:
    from lxml import etree

    return b"" if part.properties is None else etree.tostring(part.properties)


def _joined(parts: list[Atom], *, deleted: bool) -> Iterator[etree._Element]:
    from lxml import etree

    text = "".join(p.text for p in parts)
    if not text:
        return
    run = etree.Element(f"{W}r")
    if parts[0].properties is not None:
        run.append(deepcopy(parts[0].properties))
    for piece in re.split(r"([\t\n])", text):
        if piece in ("\t", "\n"):
            etree.SubElement(run, f"{W}tab" if piece == "\t" else f"{W}br")
        elif piece:
            words = etree.SubElement(run, f"{W}delText" if deleted else f"{W}t")
            words.set(SPACE, "preserve")
            words.text = piece
    yield run
