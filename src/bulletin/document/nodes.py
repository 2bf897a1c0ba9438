"""Walks through a tree: what has fields, in reading order. Trees have 10^5 nodes, so what is asked of a class is asked once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

_PLAIN = frozenset((str, int, float, bool, type(None)))
_NO_NODES = frozenset(("str", "int", "float", "bool", "str | None", "int | None", "float | None"))
"""Annotations of fields that hold no other node; most fields do not."""


class _Fields(dict[type, tuple[str, ...]]):
    def __missing__(self, kind: type) -> tuple[str, ...]:
        self[kind] = tuple(f.name for f in fields(kind)) if is_dataclass(kind) else ()
        return self[kind]


class _Holding(dict[type, tuple[str, ...]]):
    """Fields that may hold nodes, the last first: as a list of what waits takes them."""

    def __missing__(self, kind: type) -> tuple[str, ...]:
        self[kind] = tuple(f.name for f in reversed(fields(kind)) if f.type not in _NO_NODES)
        return self[kind]


FIELDS = _Fields()
"""Names of the fields of a dataclass; of any other type none."""
_HOLDING = _Holding()


def nodes(value: object, leaving: type | None = None) -> Iterator[object]:
    """Whatever in a tree or a part of it has fields, in reading order; nothing within and of the kind `leaving`."""
    waiting: list[object] = [value]
    while waiting:
        node = waiting.pop()
        kind = type(node)
        if kind in _PLAIN:
            continue
        if kind is tuple or isinstance(node, tuple):
            waiting += reversed(node)  # type: ignore[call-overload]
        elif kind is not leaving and FIELDS[kind]:
            yield node
            waiting += [getattr(node, name) for name in _HOLDING[kind]]
