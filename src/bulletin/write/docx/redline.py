"""Native recorded changes in a Word file, from what an earlier build or edition said: each figure one change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from bulletin.model.issued import Issued, IssuedBlock, IssuedTable
from bulletin.model.noted import note, noted
from bulletin.write.docx.atoms import W, atoms, tokens
from bulletin.write.docx.new_notes import mark_new_notes
from bulletin.write.docx.recorded import Pen, mark_paragraph, rewrite, struck

if TYPE_CHECKING:
    from lxml import etree

BODY, NOTES = "word/document.xml", "word/footnotes.xml"
_STORIES = (BODY, NOTES)
_STYLES = {"text": "BodyText", "item": "ListBullet", "note": "BodyText", "title": "BodyText", "heading": "BodyText"}
"""Style in which a block that is gone is shown; headings and titles too, for contents lists must not take them in."""


@dataclass(frozen=True)
class Redline:
    data: bytes
    changes: int
    """Insertions and deletions."""
    reshaped: tuple[str, ...]
    """Ids of tables whose columns differ: only what both have in common is marked."""
    unmarked: tuple[str, ...]
    """Ids of blocks that are gone and have no place in the new file."""


def redlined(data: bytes, old: Issued, new: Issued, *, author: str, date: str) -> Redline:
    """`data`: the Word file of `new`. `date`: ISO 8601, of the edition, never of the clock.

    A block whose words are equal in both records is left as it is. Pictures are not compared; their titles and tables are.
    """
    from lxml import etree

    from bulletin.write.docx.package import opened, replaced

    parts = opened(data)
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False)
    roots = {name: etree.fromstring(parts[name], parser) for name in _STORIES if name in parts}
    identities = [int(i) for root in roots.values() for e in root.iter() if (i := str(e.get(f"{W}id", ""))).isdigit()]
    pen = Pen(author, date, max(identities, default=0))
    pen.places = {str(m.get(f"{W}name")): m for root in roots.values() for m in root.iter(f"{W}bookmarkStart")}
    before = {(b.language, b.id): b for b in old.blocks}
    for block in new.blocks:
        start = pen.places.get(block.bookmark)
        former = before.get((block.language, block.id))
        if start is not None and (former is None or former.text != block.text):
            _reword(pen, start, _without_shared(former, block) if former else None)
    if NOTES in roots:
        mark_new_notes(pen, roots[NOTES], roots[BODY], [b.text for b in old.blocks])
    unmarked = _gone(pen, old.blocks, new.blocks)
    tables = {t.id: t for t in old.tables}
    reshaped = [t.id for t in new.tables if t.id in tables and not _regrid(pen, tables[t.id], t)]
    changed = {n: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True) for n, root in roots.items()}
    return Redline(replaced(data, changed), pen.count, tuple(reshaped), tuple(unmarked))


def _without_shared(former: IssuedBlock, block: IssuedBlock) -> IssuedBlock:
    """Without a reviewer's notes that are in both: the paragraph itself does not print them."""
    now = [note(said) for kind, said in noted(block.text) if kind == "note"]
    text = former.text
    for each in now:
        text = text.replace(each, "", 1)
    return former if text == former.text else replace(former, text=text, spans=())


# ---------------------------------------------------------------- words


def _reword(pen: Pen, start: etree._Element, former: IssuedBlock | None) -> None:
    paragraph = start.getparent()
    if paragraph is None:
        return
    nodes = list(_between(start))
    said = atoms(nodes)
    rewrite(pen, start, nodes, said, tokens(former.text, former.spans) if former else [])
    if former is None and paragraph.tag == f"{W}p" and _is_alone(paragraph, start, nodes):
        mark_paragraph(pen, paragraph, "ins")


def _between(start: etree._Element) -> Iterator[etree._Element]:
    """Neighbours up to the end of the bookmark."""
    number = start.get(f"{W}id")
    node = start.getnext()
    while node is not None and not (node.tag == f"{W}bookmarkEnd" and node.get(f"{W}id") == number):
        yield node
        node = node.getnext()


def _is_alone(paragraph: etree._Element, start: etree._Element, nodes: Sequence[etree._Element]) -> bool:
    """Nothing but the block is printed in its paragraph, and a paragraph of a cell is not its last."""
    inside = {id(n) for n in (start, *nodes)}
    other = any(id(n) not in inside and n.tag == f"{W}r" for n in paragraph)
    last_of_cell = paragraph.getnext() is None and (around := paragraph.getparent()) is not None and around.tag == f"{W}tc"
    return not other and not last_of_cell


def _gone(pen: Pen, old: Sequence[IssuedBlock], new: Sequence[IssuedBlock]) -> list[str]:
    """Shows blocks that are no more after the block that stood before them; returns those that cannot be shown."""
    from lxml import etree

    kept = {(b.language, b.id): b.bookmark for b in new}
    unmarked: list[str] = []
    place: etree._Element | None = None
    for block in old:
        mark = pen.places.get(kept.get((block.language, block.id), ""))
        if mark is not None:
            # What goes after a note is shown below the paragraph that calls it.
            place = _outermost(mark) if next(mark.iterancestors(f"{W}footnote"), None) is None else place
            continue
        if (block.language, block.id) in kept or not block.text:
            continue
        if place is None or block.kind not in _STYLES:
            unmarked.append(block.id)
            continue
        paragraph = etree.Element(f"{W}p")
        style = etree.SubElement(etree.SubElement(paragraph, f"{W}pPr"), f"{W}pStyle")
        style.set(f"{W}val", _STYLES[block.kind])
        mark_paragraph(pen, paragraph, "del")
        paragraph.extend(struck(pen, block.text, None))
        place.addnext(paragraph)
        place = paragraph
    return unmarked


def _outermost(mark: etree._Element) -> etree._Element:
    """The paragraph or table of the body in which a bookmark stands."""
    place = mark
    for around in mark.iterancestors():
        if around.tag == f"{W}body":
            return place
        place = around
    return place


# ---------------------------------------------------------------- tables


def _regrid(pen: Pen, old: IssuedTable, new: IssuedTable) -> bool:
    """Marks cells, and rows that came or went; false where columns differ, which are then matched by their heads."""
    if old.grid == new.grid:
        return True
    start = pen.places.get(new.bookmark)
    table = next((a for a in start.iterancestors(f"{W}tbl")), None) if start is not None else None
    if table is None or not new.grid:
        return True
    rows = list(table.iterchildren(f"{W}tr"))
    heads_old, heads_new = _column_names(old), _column_names(new)
    columns = {n: heads_old.index(h) for n, h in enumerate(heads_new) if heads_old.count(h) == 1 == heads_new.count(h)}
    same = len(heads_old) == len(heads_new)
    if same and len(columns) < len(heads_new):
        columns = {n: n for n in range(len(heads_new))}
    stubs = SequenceMatcher(None, [r[0] for r in old.grid], [r[0] for r in new.grid], autojunk=False)
    for kind, a, b, i, j in stubs.get_opcodes():
        paired = kind == "equal" or (kind == "replace" and b - a == j - i)
        for n in range(i, j):
            if n < len(rows):
                former = old.grid[a + n - i] if paired else None
                _row(pen, rows[n], former, new.grid[n], columns)
        if not paired and rows:
            model = rows[min(max(i, 1), len(rows)) - 1]
            for values in reversed(old.grid[a:b]):
                model.addnext(_row_gone(pen, model, values, columns))
    return same


def _column_names(table: IssuedTable) -> list[str]:
    """The words over each column, as far as rows without figures go."""
    deep = next((n for n, facts in enumerate(table.facts) if any(facts)), 1)
    return [" / ".join(filter(None, column)) for column in zip(*table.grid[: max(deep, 1)], strict=True)]


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Grid column and cell."""
    column = 0
    for cell in row.iterchildren(f"{W}tc"):
        yield column, cell
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        column += int(str(span.get(f"{W}val"))) if span is not None else 1


def _row(pen: Pen, row: etree._Element, former: Sequence[str] | None, now: Sequence[str], columns: Mapping[int, int]) -> None:
    if former is None:
        _mark_row(pen, row, "ins")
    for column, cell in _cells(row):
        was = former[columns[column]] if former is not None and column in columns else ""
        if column >= len(now) or was == now[column]:
            continue
        paragraph = cell.find(f"{W}p")
        if paragraph is None:
            continue
        nodes = [n for n in paragraph if n.tag != f"{W}pPr"]
        anchor = paragraph.find(f"{W}pPr")
        if anchor is not None and nodes:
            said = atoms(nodes)
            rewrite(pen, anchor, nodes, said, _divided(was, [a.text for a in said if a.text]))


def _divided(was: str, now: Sequence[str]) -> list[str]:
    """A former cell's text with the signs and marks that still hang on it apart: only the figure has changed."""
    hanging = "".join(now[1:])
    if hanging and was.endswith(hanging) and was != hanging:
        return [was.removesuffix(hanging), *now[1:]]
    return [was] if was else []


def _mark_row(pen: Pen, row: etree._Element, name: str) -> None:
    from lxml import etree

    properties = row.find(f"{W}trPr")
    if properties is None:
        properties = etree.Element(f"{W}trPr")
        exception = row.find(f"{W}tblPrEx")
        row.insert(0 if exception is None else 1, properties)
    properties.append(pen.change(name))


def _row_gone(pen: Pen, model: etree._Element, values: Sequence[str], columns: Mapping[int, int]) -> etree._Element:
    """A row like its neighbour, with the former texts struck out."""
    row = deepcopy(model)
    for mark in list(row.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        around = mark.getparent()
        if around is not None:
            around.remove(mark)
    for name in ("ins", "del"):
        for found in row.findall(f"{W}trPr/{W}{name}"):
            found.getparent().remove(found)  # type: ignore[union-attr]
    _mark_row(pen, row, "del")
    for column, cell in _cells(row):
        for extra in cell.findall(f"{W}p")[1:]:
            cell.remove(extra)
        paragraph = cell.find(f"{W}p")
        if paragraph is None:
            continue
        look = next(iter(paragraph.iter(f"{W}rPr")), None)
        for node in [n for n in paragraph if n.tag != f"{W}pPr"]:
            paragraph.remove(node)
        was = values[columns[column]] if column in columns else ""
        if was:
            paragraph.extend(struck(pen, was, deepcopy(look)))
    return row
