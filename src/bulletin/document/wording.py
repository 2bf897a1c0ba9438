"""The words of an edition by block, taken from its tree as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bulletin.document.serial import Json

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý«\"“])")
_INSIDE = ("opening", "lede", "notice", "blocks", "items", "notes", "sections")
"""Fields that hold further blocks, in the order in which they are read."""


def wording_of(tree: Json) -> dict[str, str]:
    """Block id to its text, in reading order: openings, paragraphs, list items, titles, notes, definitions."""
    return dict(_texts(tree))


def sentences(text: str) -> list[tuple[int, str]]:
    """Where each begins, and its words."""
    found, start = [], 0
    for match in _SENTENCE.finditer(text):
        found.append((start, text[start : match.start()]))
        start = match.end()
    return [*found, (start, text[start:])] if text[start:].strip() else found


def _texts(node: Json) -> Iterator[tuple[str, str]]:
    if isinstance(node, list):
        for inner in node:
            yield from _texts(inner)
    elif isinstance(node, dict):
        match node.get("type"):
            case "Paragraph" | "Notice" | "Note" | "Definition":
                yield _said(node, "content")
                yield from _footnotes(node.get("content"))
            case "Table" | "Figure" | "Box":
                yield _said(node, "title")
            case _:
                pass
        for name in _INSIDE:
            if name in node:
                yield from _texts(node[name])


def _footnotes(node: Json) -> Iterator[tuple[str, str]]:
    """A note in running text has an entry of its own."""
    if isinstance(node, list):
        for inner in node:
            yield from _footnotes(inner)
    elif isinstance(node, dict):
        if node.get("type") == "Footnote":
            yield _said(node, "content")
        yield from _footnotes(node.get("content"))


def _said(node: Mapping[str, Json], part: str) -> tuple[str, str]:
    return str(node.get("id", "")), _plain(node.get(part)).strip()


def _plain(node: Json) -> str:
    if isinstance(node, list):
        return "".join(_plain(n) for n in node)
    if isinstance(node, dict):
        if node.get("type") in ("NoteMark", "Footnote"):
            return ""
        return _plain(node["content"]) if "content" in node else str(node.get("text", ""))
    return ""
