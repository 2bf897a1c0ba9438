"""How figures may be asked to be printed: no more digits than a figure can have, whatever file says so."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.limits import PRINTED_DECIMALS, PRINTED_SCALE
from bulletin.load.yaml_text import Map, Seq, Tree, place
from bulletin.model.finding import Finding, Severity

_MOST = {"decimals": PRINTED_DECIMALS, "scale": PRINTED_SCALE}


def beyond_print(tree: Tree) -> Iterator[Finding]:
    """Decimals and powers of ten below zero or beyond the limit, wherever they stand."""
    waiting: list[Tree] = [tree]
    while waiting:
        node = waiting.pop()
        waiting += node.values() if isinstance(node, Map) else node if isinstance(node, Seq) else ()
        if not isinstance(node, Map):
            continue
        for key, limit in _MOST.items():
            value = node.get(key)
            if type(value) is int and not 0 <= value <= limit.most:
                said = {"found": str(value)[:20], "expected": f"0–{limit.most}"}
                yield Finding(limit.rule, Severity.ERROR, place(node.at[key], key), parameters=said)
