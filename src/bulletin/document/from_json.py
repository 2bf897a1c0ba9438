"""The tree read back from its JSON, as `serial.tree` wrote it."""

from __future__ import annotations

from dataclasses import fields
from types import ModuleType

from bulletin.document import blocks, chart, inline
from bulletin.document import tree as trees
from bulletin.document.serial import Json
from bulletin.document.tree import Document


def document_of(node: Json) -> Document:
    """Raises ValueError for what is no tree of this version of the program."""
    try:
        found = _value(node)
    except (KeyError, TypeError) as fault:
        raise ValueError(str(fault)) from fault
    if not isinstance(found, Document):
        raise ValueError("no document")
    return found


def _types(*modules: ModuleType) -> dict[str, type]:
    return {
        name: kind for m in modules for name, kind in vars(m).items() if isinstance(kind, type) and kind.__module__ == m.__name__
    }


_TYPES = _types(blocks, chart, inline, trees)


def _value(node: Json) -> object:
    if isinstance(node, list):
        return tuple(_value(n) for n in node)
    if not isinstance(node, dict):
        return node
    name = node.get("type")
    kind = _TYPES.get(name) if isinstance(name, str) else None
    if kind is None:
        return {k: _value(v) for k, v in node.items()}
    known = {f.name for f in fields(kind)}
    return kind(**{k: _value(v) for k, v in node.items() if k in known})
