"""Gives the tags that Typst makes the shape of those of the other renderer: chapters, captions, lists, contents, row headers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bulletin.write.pdf.mends.headers import associate_headers, placed
from bulletin.write.pdf.mends.plainer import drop_noise
from bulletin.write.pdf.structure import Element, Mark, Target

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
ENTRIES = "BlockQuote"
"""Tag of lists whose entries we set ourselves: a wrapper in which Typst allows anything."""

Kid = Element | Mark | Target


@dataclass(frozen=True)
class Grid:
    """What is known of a table, in order of print."""

    columns: int
    """With the stub."""
    summary: str
    rows: int
    """Of the body; one more holds the notes."""


def shape(root: Element, grids: Sequence[Grid]) -> None:
    tables = list(root.named("Table"))
    if len(tables) != len(grids):
        raise ValueError(f"{len(tables)} tables for {len(grids)}")
    rows = {id(table): grid.rows for table, grid in zip(tables, grids, strict=True)}
    for parent in (root, *root.walk()):
        take_out_notes(parent, rows)
    for table, grid in zip(tables, grids, strict=True):
        head_rows(table, grid)
    list_entries(root)
    name_footnotes(root)
    caption_exhibits(root)
    for element in (root, *root.walk()):
        unwrap_lines(element)
    drop_noise(root)
    associate_headers(root)
    part(root)


# ---------------------------------------------------------------- tables


def head_rows(table: Element, grid: Grid) -> None:
    """Row headers and heads of blocks are headers; the column that only holds rows together goes."""
    extra = {id(place.cell) for place in placed(table) if place.column >= grid.columns}
    for row in (row for group in table.elements for row in group.elements):
        row.kids = [kid for kid in row.kids if id(kid) not in extra]
    for group in table.elements:
        for row in group.elements:
            cells = row.elements
            if group.tag == "THead":
                for cell in cells:
                    if not list(cell.owned()):
                        cell.tag = "TD"
            elif cells:
                cells[0].tag = "TH"
    table.attributes = {"Table": {"Summary": grid.summary}} if grid.summary else {}


def take_out_notes(parent: Element, rows: Mapping[int, int]) -> None:
    """Notes set as the last row of a table, so that no page parts them from it, come after it."""
    kids: list[Kid] = []
    for kid in parent.kids:
        kids.append(kid)
        if not isinstance(kid, Element) or id(kid) not in rows:
            continue
        body = kid.elements[-1] if kid.elements else None
        if body is not None and body.tag == "TBody" and len(body.elements) == rows[id(kid)] + 1:
            last = body.elements[-1]
            body.kids.remove(last)
            kids += [inner for cell in last.elements for inner in cell.kids]
    parent.kids = kids


# ---------------------------------------------------------------- lists


def list_entries(root: Element) -> None:
    """Entries come as grids of cells: a term and what it means, or, where one wrapper stands in another, a line of the contents."""
    for found in root.named("L"):
        found.attributes = {"List": {"ListNumbering": "Disc"}}
    for found in list(root.named(ENTRIES)):  # outer ones first
        if found.tag != ENTRIES:
            continue  # inside one of those above
        contents = [e.tag for e in found.elements] == [ENTRIES]
        grids = _grids(found)
        found.tag = "TOC" if contents else "L"
        found.kids = [_line(g) if contents else _item(g) for g in grids]


def _grids(element: Element) -> list[Element]:
    """Innermost groups of cells."""
    found: list[Element] = []
    for kid in element.elements:
        inner = _grids(kid)
        is_grid = kid.tag == "Div" and len(kid.elements) > 1 and all(e.tag == "Div" for e in kid.elements)
        found += [kid] if is_grid and not inner else inner
    return found


def _inner(cell: Element) -> list[Kid]:
    """Of a cell with one paragraph its words."""
    kids = list(cell.kids)
    while len(kids) == 1 and isinstance(kids[0], Element) and kids[0].tag in ("P", "Div", "Span") and not kids[0].language:
        kids = list(kids[0].kids)
    return kids


def _item(grid: Element) -> Element:
    term, *rest = grid.elements
    said: list[Kid] = [kid for cell in rest for kid in (_inner(cell) if len(rest) == 1 else [cell])]
    body = Element("LBody", said)
    return Element("LI", [Element("Lbl", _inner(term)), body] if list(term.owned()) else [body])


def _line(grid: Element) -> Element:
    number, *rest = grid.elements
    kids: list[Kid] = [Element("Lbl", _inner(number))] if list(number.owned()) else []
    return Element("TOCI", [*kids, *(Element("Reference", _inner(cell)) for cell in rest)])


def name_footnotes(root: Element) -> None:
    """The call of a footnote is a Reference, its number before the words a label."""
    count = 0
    for element in root.walk():
        if element.tag == "Note":
            count += 1
            element.name = f"footnote-{count}"
            if element.elements and element.elements[0].tag == "Link":
                element.kids[element.kids.index(element.elements[0])] = Element("Lbl", [element.elements[0]])
        elif element.tag == "Lbl" and any(e.tag == "Link" for e in element.elements):
            element.tag = "Reference"


# ---------------------------------------------------------------- exhibits


def caption_exhibits(root: Element) -> None:
    """What stands right above a table is its Caption, inside it; above a picture, a Caption in one group with it."""
    for parent in (root, *root.walk()):
        kids: list[Kid] = []
        for kid in parent.kids:
            former = kids[-1] if kids else None
            headed = isinstance(former, Element) and former.tag == "Div" and list(former.owned())
            if isinstance(kid, Element) and kid.tag in ("Table", "Figure") and headed:
                assert isinstance(former, Element)
                kids.pop()
                caption = Element("Caption", former.kids)
                if kid.tag == "Table":
                    kid.kids.insert(0, caption)
                    kids.append(Element("Div", [kid]))
                else:
                    kids.append(Element("Div", [caption, kid]))
            elif isinstance(kid, Element) and headed and (halves := _halves(kid)):
                assert isinstance(former, Element)
                kids.pop()
                halves[0].kids.insert(0, Element("Caption", former.kids))
                kids.append(Element("Div", list(halves)))
            elif isinstance(kid, Element) and kid.tag == "L" and _ends_exhibit(former):
                assert isinstance(former, Element)
                former.kids.append(kid)
            else:
                kids.append(kid)
        parent.kids = kids


def _halves(group: Element) -> list[Element]:
    """Tables of a grid that holds nothing else."""
    cells = [list(cell.kids) for cell in group.elements] if group.tag == "Div" else []
    tables = [kid for kids in cells for kid in kids if isinstance(kid, Element) and kid.tag == "Table"]
    return tables if tables and sum(map(len, cells)) == len(tables) else []


def _ends_exhibit(former: Kid | None) -> bool:
    return (
        isinstance(former, Element)
        and former.tag == "Div"
        and bool(former.elements)
        and former.elements[-1].tag in ("Table", "Figure")
    )


def unwrap_lines(element: Element) -> None:
    """No paragraph inside a heading or a label."""
    if element.tag in (*HEADINGS, "Lbl", "Reference"):
        while any(isinstance(k, Element) and k.tag in ("P", "Div") for k in element.kids):
            element.kids = [
                inner
                for kid in element.kids
                for inner in (kid.kids if isinstance(kid, Element) and kid.tag in ("P", "Div") else [kid])
            ]


# ---------------------------------------------------------------- chapters


def part(root: Element) -> None:
    """A `Sect` for the cover, each chapter and each section of it."""
    chapters = _parts(root.kids, "H1")
    for chapter in chapters:
        sections = _parts(chapter.kids, "H2")
        chapter.kids = [*sections[0].kids, *sections[1:]] if sections else []
    root.kids = [chapter for chapter in chapters if chapter.kids]


def _parts(kids: list[Kid], heading: str) -> list[Element]:
    found = [Element("Sect")]
    for kid in kids:
        if isinstance(kid, Element) and (kid.tag == heading or any(e.tag == heading for e in kid.walk())):
            found.append(Element("Sect"))
        found[-1].kids.append(kid)
    return found


Shape = Callable[[Element, Sequence[Grid]], None]
