"""What the tree of an edition says is to be printed, read from `document.<language>.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from printed import BLANK, Cell, Exhibit, Grid, Index, Printed, piece, spelled, squeezed

Node = dict[str, Any]


def read_tree(path: Path) -> tuple[Printed, Index, list[str]]:
    """What is printed; what is what; the paragraphs of the narrative, in order. Of `Printed`, the words are left empty."""
    whole: Node = json.loads(path.read_text(encoding="utf-8"))
    blocks = [b for kind in ("Table", "Figure") for b in nodes(whole["sections"], kind)]
    figures = list(nodes(whole["sections"], "KeyFigure"))
    marks = {str(b["illustrative"]) for b in (*blocks, *figures)} | {whole["words"].get("margin_illustrative", "")}
    titles = {s["opening"]["figures_title"] for s in nodes(whole["sections"], "Section") if s["opening"]}
    index = Index(
        frozenset(squeezed(b["label"]) for b in blocks),
        tuple(frozenset((squeezed(f["label"]), squeezed(words(f["value"])), squeezed(words(f["value"]) + f["unit"]))) for f in figures),
        frozenset(squeezed(m).casefold() for m in marks) | frozenset(map(squeezed, titles)) | {""},
        frozenset(squeezed(n["label"]) for b in blocks for n in b["notes"] if n["label"]),
    )  # fmt: skip
    printed = Printed()
    for block in nodes(whole["sections"], "Table", "Figure"):
        notes = "".join(squeezed(n["label"] + words(n["content"])) for n in block["notes"])
        sub = block["headnote"] if block["type"] == "Table" else block["subtitle"]
        printed.exhibits[squeezed(block["label"])] = Exhibit(
            squeezed(words(block["title"]) + words(sub)),
            grid(block) if block["type"] == "Table" else (),
            notes,
            squeezed(block.get("alt", "")),
        )
    strip = {f["id"] for b in nodes(whole["sections"], "KeyFigures") for f in b["items"]}
    arrows = {"up": "▲", "down": "▼"}
    for figure in figures:
        change = words(figure["change"])
        said = [words(figure["value"]), figure["unit"], figure["label"], figure["when"]]
        said += [figure["no_series"] if figure["id"] in strip and not figure["spark"] else ""]
        said += [arrows.get(figure["direction"], "") + change + words(figure["since"]) if change else ""]
        printed.figures.append(tuple(filter(None, map(squeezed, said))))
    paragraphs = nodes(whole["sections"], "Paragraph", "Notice")
    narrative = [squeezed(words(n["content"])) for p in paragraphs for n in (p, *nodes(p["content"], "Footnote"))]
    return printed, index, [text for text in narrative if text]


def nodes(node: object, *kinds: str) -> Iterator[Node]:
    """Nodes of some types, in order; an opening before the blocks of its section."""
    if isinstance(node, dict):
        if node.get("type") in kinds:
            yield node
        for key in sorted(node, key=lambda k: _ORDER.index(k) if k in _ORDER else -1):
            yield from nodes(node[key], *kinds)
    elif isinstance(node, list):
        for value in node:
            yield from nodes(value, *kinds)


_ORDER = ("opening", "lede", "notice", "figures", "blocks", "sections")


def words(node: object) -> str:
    """Without those of footnotes, which are printed elsewhere."""
    if isinstance(node, list):
        return "".join(map(words, node))
    if isinstance(node, dict):
        if node.get("type") == "Footnote":
            return ""
        return words(node["content"]) if "content" in node else str(node.get("text", node.get("mark", "")))
    return ""


def grid(table: Node) -> Grid:
    width = len(table["columns"]) + 1
    depth = len(table["spanners"]) + 1
    head = [[BLANK] * width for _ in range(depth)]
    for row in head:
        row[0] = Cell(spelled(words(table["stubhead"])))
    tops = [depth - 1] * width
    for level, spanners in reversed(list(enumerate(table["spanners"]))):
        for spanner in spanners:
            for column in range(spanner["start"] + 1, spanner["start"] + 1 + spanner["span"]):
                head[level][column] = _head(spanner["label"])
    for position, column in enumerate(table["columns"], 1):
        while tops[position] and head[tops[position] - 1][position] is BLANK:
            tops[position] -= 1
        for level in range(tops[position], depth):
            head[level][position] = _head(column["head"], piece(column["sign"]))
    rows = []
    for row in table["rows"]:
        stub = Cell(spelled(words(row["label"])), row["marks"])
        cells = [Cell(spelled(words(c["content"]) or c["text"]), c["marks"], piece(c["signs"])) for c in row["cells"]]
        rows.append([stub, *cells] if row["role"] != "block" else [stub] * width)
    return tuple(map(tuple, (*head, *rows)))


def _head(content: list[Node], sign: str = "") -> Cell:
    marks = "".join(n["mark"] for n in content if n["type"] == "NoteMark")
    return Cell(spelled(words([n for n in content if n["type"] != "NoteMark"])), marks, sign)


def against_facts(tree: Path, facts: Path, language: str) -> list[str]:
    """Cells and numbers of the tree that print something else than their fact."""
    known = {f["id"]: f["texts"].get(language, []) for f in json.loads(facts.read_text(encoding="utf-8"))["facts"]}
    whole = json.loads(tree.read_text(encoding="utf-8"))
    used = [n for n in nodes(whole["sections"], "Cell", "Number") if n.get("fact")]
    return [f"{n['fact']}: {n['text']} / {known.get(n['fact'])}" for n in used if n["text"] not in known.get(n["fact"], [])]
