"""Native recorded changes in a Word file, from what an earlier build or edition said: each figure one change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from bulletin.model.issued import Issued, IssuedBlock, IssuedTable
from bulletin.write.docx.atoms import Atom, W, atoms, runs, tokens

if TYPE_CHECKING:
    from lxml import etree

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


@dataclass
class _Pen:
    """Writes the changes of one file."""

    author: str
    date: str
    number: int
    """The last one given."""
    count: int = 0
    places: dict[str, etree._Element] = field(default_factory=dict)
    """Bookmark to its start."""

    def change(self, name: str) -> etree._Element:
        from lxml import etree

        self.number += 1
        self.count += 1
        found = etree.Element(f"{W}{name}")
        found.set(f"{W}id", str(self.number))
        found.set(f"{W}author", self.author)
        found.set(f"{W}date", self.date)
        return found


def redlined(data: bytes, old: Issued, new: Issued, *, author: str, date: str) -> Redline:
    """`data`: the Word file of `new`. `date`: ISO 8601, of the edition, never of the clock.

    A block whose words are equal in both records is left as it is. Pictures are not compared; their titles and tables are.
    """
    from lxml import etree

    from bulletin.write.docx.package import opened, replaced

    parts = opened(data)
    root = etree.fromstring(parts["word/document.xml"], etree.XMLParser(huge_tree=True, resolve_entities=False))
    identities = [int(i) for i in (str(e.get(f"{W}id", "")) for e in root.iter()) if i.isdigit()]
    pen = _Pen(author, date, max(identities, default=0))
    pen.places = {str(m.get(f"{W}name")): m for m in root.iter(f"{W}bookmarkStart")}
    before = {(b.language, b.id): b for b in old.blocks}
    for block in new.blocks:
        start = pen.places.get(block.bookmark)
        former = before.get((block.language, block.id))
        if start is not None and (former is None or former.text != block.text):
            _reword(pen, start, former)
    unmarked = _gone(pen, old.blocks, new.blocks)
    tables = {t.id: t for t in old.tables}
    reshaped = [t.id for t in new.tables if t.id in tables and not _regrid(pen, tables[t.id], t)]
    changed = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return Redline(replaced(data, {"word/document.xml": changed}), pen.count, tuple(reshaped), tuple(unmarked))


# ---------------------------------------------------------------- words


def _reword(pen: _Pen, start: etree._Element, former: IssuedBlock | None) -> None:
    paragraph = start.getparent()
    if paragraph is None:
        return
    nodes = list(_between(start))
    said = atoms(nodes)
    _write(pen, start, nodes, said, tokens(former.text, former.spans) if former else [])
    if former is None and paragraph.tag == f"{W}p" and _is_alone(paragraph, start, nodes):
        _mark_paragraph(pen, paragraph, "ins")


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


def _write(pen: _Pen, before: etree._Element, nodes: Sequence[etree._Element], said: list[Atom], former: list[str]) -> None:
    """Puts the atoms back after `before`, with what has gone and what has come."""
    parent = before.getparent()
    if parent is None:
        return
    for node in nodes:
        parent.remove(node)
    spoken = [a for a in said if a.text]
    texts = [a.text for a in spoken]
    result: list[etree._Element] = []
    silent = _silent(said)
    result += silent.get(0, [])
    for kind, a, b, i, j in SequenceMatcher(None, former, texts, autojunk=False).get_opcodes():
        if kind in ("delete", "replace"):
            result += _deleted(pen, "".join(former[a:b]), _look(spoken, i))
        for group in _groups(spoken, i, j, silent):
            result += list(runs(group)) if kind == "equal" else _inserted(pen, group)
            result += silent.get(_end(spoken, group), [])
    place = parent.index(before) + 1
    for offset, node in enumerate(result):
        parent.insert(place + offset, node)


def _silent(said: Sequence[Atom]) -> dict[int, list[etree._Element]]:
    """What prints nothing, by the number of speaking atoms before it."""
    found: dict[int, list[etree._Element]] = {}
    spoken = 0
    for atom in said:
        if atom.text:
            spoken += 1
        else:
            found.setdefault(spoken, []).extend(atom.solid)
    return found


def _groups(spoken: Sequence[Atom], i: int, j: int, silent: Mapping[int, object]) -> Iterator[list[Atom]]:
    """Atoms `i` to `j`, divided where something silent stands."""
    group: list[Atom] = []
    for n in range(i, j):
        group.append(spoken[n])
        if n + 1 in silent or n + 1 == j:
            yield group
            group = []


def _end(spoken: Sequence[Atom], group: Sequence[Atom]) -> int:
    return next(n for n, atom in enumerate(spoken, 1) if atom is group[-1])


def _look(spoken: Sequence[Atom], position: int) -> etree._Element | None:
    """The look of what replaces a text, or of what stands before it."""
    near = [*spoken[position : position + 1], *spoken[max(0, position - 1) : position]]
    return next((a.properties for a in near if a.properties is not None), None)


def _deleted(pen: _Pen, text: str, look: etree._Element | None) -> list[etree._Element]:
    gone = pen.change("del")
    gone.extend(runs([Atom(text, look)], deleted=True))
    return [gone]


def _inserted(pen: _Pen, group: Sequence[Atom]) -> list[etree._Element]:
    found: list[etree._Element] = []
    come: etree._Element | None = None
    for node in runs(group):
        if node.tag == f"{W}r":
            if come is None:
                come = pen.change("ins")
                found.append(come)
            come.append(node)
            continue
        # A link holds its changes; Word takes none around it.
        come = None
        held = pen.change("ins")
        held.extend(list(node))
        node.append(held)
        found.append(node)
    return found


def _mark_paragraph(pen: _Pen, paragraph: etree._Element, name: str) -> None:
    """The paragraph's own mark came or went."""
    from lxml import etree

    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    look = properties.find(f"{W}rPr")
    if look is None:
        look = etree.Element(f"{W}rPr")
        section = properties.find(f"{W}sectPr")
        properties.append(look) if section is None else section.addprevious(look)
    look.insert(0, pen.change(name))


def _gone(pen: _Pen, old: Sequence[IssuedBlock], new: Sequence[IssuedBlock]) -> list[str]:
    """Shows blocks that are no more after the block that stood before them; returns those that cannot be shown."""
    from lxml import etree

    kept = {(b.language, b.id): b.bookmark for b in new}
    unmarked: list[str] = []
    place: etree._Element | None = None
    for block in old:
        mark = pen.places.get(kept.get((block.language, block.id), ""))
        if mark is not None:
            place = _outermost(mark)
            continue
        if (block.language, block.id) in kept or not block.text:
            continue
        if place is None or block.kind not in _STYLES:
            unmarked.append(block.id)
            continue
        paragraph = etree.Element(f"{W}p")
        style = etree.SubElement(etree.SubElement(paragraph, f"{W}pPr"), f"{W}pStyle")
        style.set(f"{W}val", _STYLES[block.kind])
        _mark_paragraph(pen, paragraph, "del")
        paragraph.extend(_deleted(pen, block.text, None))
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


def _regrid(pen: _Pen, old: IssuedTable, new: IssuedTable) -> bool:
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


def _row(pen: _Pen, row: etree._Element, former: Sequence[str] | None, now: Sequence[str], columns: Mapping[int, int]) -> None:
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
            _write(pen, anchor, nodes, said, _divided(was, [a.text for a in said if a.text]))


def _divided(was: str, now: Sequence[str]) -> list[str]:
    """A former cell's text with the signs and marks that still hang on it apart: only the figure has changed."""
    hanging = "".join(now[1:])
    if hanging and was.endswith(hanging) and was != hanging:
        return [was.removesuffix(hanging), *now[1:]]
    return [was] if was else []


def _mark_row(pen: _Pen, row: etree._Element, name: str) -> None:
    from lxml import etree

    properties = row.find(f"{W}trPr")
    if properties is None:
        properties = etree.Element(f"{W}trPr")
        exception = row.find(f"{W}tblPrEx")
        row.insert(0 if exception is None else 1, properties)
    properties.append(pen.change(name))


def _row_gone(pen: _Pen, model: etree._Element, values: Sequence[str], columns: Mapping[int, int]) -> etree._Element:
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
            paragraph.extend(_deleted(pen, was, deepcopy(look)))
    return row
