"""Follows tables and figures over the pages of a finished PDF by its tags, and says where a page cuts them badly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from printed import Index
from tag_tree import Node

LEAST_ROWS = 2


def badly_cut(root: Node, index: Index) -> Iterator[tuple[int, str]]:
    """Page, and what is wrong there."""
    for node in _exhibits(root, index.labels):
        name = next(n for n in node.walk() if n.text in index.labels)
        body = next(n for n in node.walk() if n.tag in ("/Table", "/Figure"))
        if name.page != body.page:
            yield name.page, f"{name.text}: head apart from its body"
        if body.tag == "/Table":
            yield from _few_rows(body, name.text)
    last = 0
    for node in root.walk():
        if node.tag in ("/TR", "/Figure", "/P") and node.page:
            last = node.page
        elif node.tag == "/L" and next((n.text for n in node.nodes), "") in index.notes and node.page != last:
            yield node.page, "notes apart from what they explain"


def _exhibits(node: Node, labels: frozenset[str]) -> Iterator[Node]:
    inner = list(node.walk())
    found = {n.text for n in inner if n.tag in ("/P", "/Caption")} & labels
    if not found:
        return
    headed = any(n.tag in ("/H1", "/H2", "/H3") for n in inner)
    if len(found) == 1 and not headed and node.tag != "/Sect" and any(n.tag in ("/Table", "/Figure") for n in inner):
        yield node
    else:
        for kid in node.nodes:
            yield from _exhibits(kid, labels)


def _few_rows(table: Node, name: str) -> Iterator[tuple[int, str]]:
    rows = [row for part in table.nodes if part.tag == "/TBody" for row in part.nodes]
    pages = Counter(row.page for row in rows)
    if len(pages) < 2:
        return
    for page, count in pages.items():
        if count < LEAST_ROWS:
            yield page, f"{name}: {count} row on a page of its own"
    for page, (*_, last) in ((p, list(g)) for p, g in groupby(rows, key=lambda r: r.page)):
        if page != rows[-1].page and sum(1 for _ in last.nodes) == 1 and last.text:
            yield page, f"{name}: head of a block at the foot: {last.text[:40]}"
