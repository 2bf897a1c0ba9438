"""Parts of JSON by name and type; what is not there, or not of the type, is empty."""

from __future__ import annotations

from bulletin.document.serial import Json

Node = dict[str, Json]


def text(node: Node, name: str) -> str:
    found = node.get(name)
    return found if isinstance(found, str) else ""


def number(node: Node, name: str) -> float | None:
    found = node.get(name)
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None


def nodes(node: Node, name: str) -> list[Node]:
    found = node.get(name)
    return [n for n in found if isinstance(n, dict)] if isinstance(found, list) else []


def one(node: Node, name: str) -> Node:
    found = node.get(name)
    return found if isinstance(found, dict) else {}


def texts(node: Node, name: str) -> tuple[str, ...]:
    found = node.get(name)
    return tuple(t for t in found if isinstance(t, str)) if isinstance(found, list) else ()


def said(node: Node, name: str) -> dict[str, str]:
    """A text by language."""
    return {k: v for k, v in one(node, name).items() if isinstance(v, str)}


def plain(content: Json) -> str:
    """The words of inline content, as a reader sees them."""
    if isinstance(content, list):
        return "".join(plain(c) for c in content)
    if not isinstance(content, dict) or content.get("type") == "NoteMark":
        return ""
    return plain(content["content"]) if "content" in content else text(content, "text")


def printed_numbers(content: Json, start: int = 0) -> list[tuple[str, str, int]]:
    """Fact, text and place in the plain words of every number of inline content."""
    found: list[tuple[str, str, int]] = []
    for piece in content if isinstance(content, list) else []:
        if not isinstance(piece, dict):
            continue
        if piece.get("type") == "Number":
            found.append((text(piece, "fact"), text(piece, "text"), start))
        elif "content" in piece:
            found += printed_numbers(piece["content"], start)
        start += len(plain(piece))
    return found
