"""Reads what the web edition of a language says, page by page in the order of its contents; knows nothing of its writer."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from printed import BLANK, Cell, Exhibit, Grid, Printed, piece, spelled, squeezed
from printed_xlsx import plain

Node = etree._Element


def read_html(folder: Path) -> Printed:
    """`folder`: of one language."""
    printed = Printed()
    for page in _pages(folder):
        notes = {str(li.get("id")): li for li in _with(page, "li") if str(li.get("id")).startswith("note-")}
        for node in page.iter("figure", "li", "p", "h1", "h2", "h3"):
            kinds = _classes(node)
            if node.tag == "figure":
                label, exhibit = _exhibit(node)
                printed.exhibits[label] = exhibit
            elif "kpi" in kinds:
                printed.figures.append(_key_figure(node))
            elif kinds & {"text", "standfirst", "lede", "notice"} or (node.tag == "li" and "list" in _classes(node.getparent())):
                printed.words.append(_text(node, "call"))
                called = [str(a.get("href")) for a in _with(node, "a") if "call" in _classes(a)]
                printed.words += [_text(next(notes[c[1:]].iter("span"))) for c in called]
            elif node.tag in ("h1", "h2", "h3"):
                printed.words.append(_text(node))
    return printed


def _pages(folder: Path) -> Iterator[Node]:
    contents = _parsed(folder / "index.html")
    names = [str(a.get("href")) for li in _with(contents, "li") if "level1" in _classes(li) for a in li.findall("a")]
    assert len(names) == len(set(names)) == len(list(folder.glob("*.html"))) - 1
    for name in names:
        yield _parsed(folder / name)


def _parsed(path: Path) -> Node:
    return etree.fromstring(path.read_bytes(), etree.HTMLParser(encoding="utf-8"))


def _with(node: Node, tag: str) -> Iterator[Node]:
    return iter(node.iter(tag))


def _classes(node: Node | None) -> set[str]:
    return set() if node is None else set(str(node.get("class", "")).split())


def _raw(node: Node, *without: str) -> str:
    """Text of a node, but of nothing inside that is of a class, or of a kind, in `without`."""
    parts = [str(node.text or "")]
    for child in node:
        if isinstance(child.tag, str) and not (_classes(child) | {child.tag}) & set(without):
            parts.append(_raw(child, *without))
        parts.append(str(child.tail or ""))
    return "".join(parts)


def _text(node: Node, *without: str) -> str:
    return squeezed(_raw(node, *without))


def _one(node: Node, kind: str) -> Node | None:
    return next((n for n in node.iter() if isinstance(n.tag, str) and kind in _classes(n)), None)


def _exhibit(figure: Node) -> tuple[str, Exhibit]:
    label, name, sub = (_one(figure, kind) for kind in ("label", "name", "sub"))
    assert label is not None
    assert name is not None
    notes = "".join(_text(n) for dl in figure.findall("dl") for n in dl.iter("dt", "dd"))
    tables = [t for t in _with(figure, "table") if not any(a.tag == "details" for a in t.iterancestors())]
    texts = [_text(d) for d in figure.iter("desc")]
    head = _text(name) + ("" if sub is None else _text(sub))
    return _text(label, "perma"), Exhibit(head, grid(tables[0]) if tables else (), notes, texts[0] if texts else "")


def _key_figure(node: Node) -> tuple[str, ...]:
    return tuple(filter(None, (_text(p) for p in node.iter("p") if "flagged" not in _classes(p))))


def grid(table: Node) -> Grid:
    """Every place, what spans several standing in each."""
    lines = list(table.iter("tr"))
    width = sum(int(c.get("colspan", "1")) for c in lines[0] if c.tag in ("th", "td"))
    rows: list[list[Cell | None]] = [[None] * width for _ in lines]
    for at, line in enumerate(lines):
        for found in (c for c in line if c.tag in ("th", "td")):
            start = rows[at].index(None)
            cell = _cell(found)
            for down in range(int(found.get("rowspan", "1"))):
                for across in range(int(found.get("colspan", "1"))):
                    rows[at + down][start + across] = cell
    return tuple(tuple(cell or BLANK for cell in row) for row in rows)


def _cell(node: Node) -> Cell:
    marks = "".join(piece(_raw(sup)) for sup in node.iter("sup"))
    signs = "".join(piece(_raw(n, "sup")) for n in node.iter("span") if "flag" in _classes(n))
    return Cell(spelled(_raw(node, "flag", "sup")), marks, signs)


def unequal_csv(folder: Path, exhibits: Mapping[str, Exhibit], language: str) -> list[str]:
    """Rows of the CSV files of a language that say something else than the pages: labels, figures and signs."""
    found, seen = [], 0
    for path in sorted((folder / "data").glob("*.csv")):
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";" if language == "pt" else ","))
        label = squeezed(rows[0][0])
        exhibit = exhibits[label]
        start = rows.index([]) + 1
        lines = rows[start + 1 : rows.index([], start)]
        ours = [[c for c in row if c] for row in lines]
        blocks = [row for row in exhibit.grid if len(row) > 1 and len(set(row)) == 1 and row[0].text]
        theirs = [row for row in exhibit.grid[-len(lines) - len(blocks) :] if row not in blocks]
        for mine, yours in zip(ours, theirs, strict=True):
            seen += 1
            said = "".join(squeezed(c) for c in mine).replace("[", "").replace("]", "").replace("'", "")
            missing = [
                c
                for c in yours
                if squeezed(plain(c.text, language)).replace("'", "") not in said.replace(",", ".")
                and squeezed(c.text).replace("'", "") not in said
            ]
            found += [f"{label}: {c} / {mine}" for c in missing]
    assert seen
    return found
