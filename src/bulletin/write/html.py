"""Markup of a document: what the page templates need beyond the tree itself, and nothing a reader would miss."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, assert_never
from urllib.parse import quote

from bulletin.document.anchors import anchor
from bulletin.document.blocks import (
    Block,
    Box,
    BulletList,
    Cell,
    Column,
    Contents,
    Definition,
    Definitions,
    Figure,
    KeyFigure,
    KeyFigures,
    Note,
    Notice,
    Paragraph,
    Row,
    Table,
    holds_figures,
)
from bulletin.document.chart import Chart
from bulletin.document.inline import (
    Emphasis,
    Foreign,
    Inlines,
    Literal,
    NoteMark,
    Number,
    Reference,
    Strong,
    Text,
    plain,
)
from bulletin.document.tree import walk
from bulletin.shipped import shipped

if TYPE_CHECKING:
    from markupsafe import Markup

    from bulletin.document.chart import Image
    from bulletin.document.tree import Document, Section
    from bulletin.model.theme import Theme

ASSET = "asset:"
"""Scheme of everything a page may load; `write.pdf.assets` serves it from memory."""

PORTRAIT, LANDSCAPE = (170.0, 248.0), (257.0, 164.0)
"""Text block in millimetres."""

MAIN = 126.0
"""Width of the main column, right of the 44 mm axis."""

CHARACTER = 1.62
"""Mean width of a character of table text, in millimetres."""


HEAD = 1.46
"""Mean width of a character of a column head, in millimetres."""

DIGIT = 1.5
"""Width of a digit of table text, in millimetres; a thin mark between groups counts as much, which leaves some room."""

BOLD = 1.08
"""How much wider the digits of a total are."""

APART = 1.9
"""Least room between what hangs right of a figure and the next column's figure, in millimetres: nearer, two read as one."""

STUB = 28.0
"""Least width of a stub, in millimetres."""


@dataclass(frozen=True)
class Head:
    """A cell of a table's head."""

    content: Inlines
    columns: int = 1
    rows: int = 1
    classes: str = ""
    sign: str = ""
    column: int = -1
    """Of a leaf: its place among the columns."""

    @property
    def scope(self) -> str:
        return "colgroup" if self.columns > 1 else "col"


@dataclass(frozen=True)
class Layout:
    """How a table is set: everything about it that depends on its size."""

    head: tuple[tuple[Head, ...], ...]
    bodies: tuple[tuple[Row, ...], ...]
    """Rows between block rows; a body is kept on one page where it fits."""
    widths: tuple[str, ...]
    """CSS widths, stub first."""
    classes: str
    beside: tuple[str, ...]
    """CSS length of the room right of the figures of each column."""


def write_html(document: Document, images: Mapping[str, Image], theme: Theme) -> str:
    """One self-contained page tree; pictures and faces are addressed by `asset:`."""
    return spelled("page.html.j2", document, images, theme)


def spelled(page: str, document: Document, images: Mapping[str, Image], theme: Theme, **more: object) -> str:
    """The markup that the template `page` makes; `more`: what it needs beyond one document."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    folder = shipped("bulletin_templates", "html")
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "inline": inline,
        "anchor": anchor,
        "plain": plain,
        "picture": picture,
        "grouped": grouped,
        "pairs": pairs,
    }
    environment.tests |= {"landscape": is_landscape}
    targets = targets_of(document)
    taken: set[str] = set()

    def ident(block_id: str) -> Markup:
        # a list may carry the id of its section: the link leads to the heading, which comes first
        if block_id not in targets or block_id in taken:
            return Markup()
        taken.add(block_id)
        return Markup(' id="{}"').format(anchor(block_id))

    def width_of(chart: Chart) -> float:
        return images[chart.id].width if chart.id in images else chart.width

    environment.globals |= {
        "kind": kind,
        "layout": layout,
        "notes_of": notes_of,
        "flow": flow,
        "ends_with_sheet": ends_with_sheet,
        "is_short": is_short,
    }
    environment.globals |= {"ident": ident, "width_of": width_of, "listed_in": listed_in, "stands_alone": stands_alone}
    environment.globals |= {"is_crowded": is_crowded, "setting": setting}
    style = Markup((folder / "print.css").read_text(encoding="utf-8"))
    return environment.get_template(page).render(
        document=document,
        style=style,
        root=Markup(root(theme)),
        body_class=f"head-{theme.table_head} label-{theme.exhibit_label}{' strip' if theme.page_strip else ''}",
        **more,
    )


def picture(chart_id: str) -> str:
    return f"{ASSET}{quote(chart_id)}.svg"


def inline(content: Inlines) -> Markup:
    from markupsafe import Markup, escape

    pieces = Markup()
    for piece in content:
        match piece:
            case Text(text) | Number(text, _) | Literal(text, _):
                pieces += escape(text)
            case Reference(target, text):
                # "Quadro 4.2" stays on one line; the title of a section may break
                whole = Markup(' class="whole"') if len(text) <= 24 else ""
                pieces += Markup('<a{} href="#{}">{}</a>').format(whole, anchor(target), text)
            case NoteMark(mark):
                pieces += Markup("<sup>{}</sup>").format(mark)
            case Strong(inner):
                pieces += Markup("<strong>{}</strong>").format(inline(inner))
            case Emphasis(inner):
                pieces += Markup("<em>{}</em>").format(inline(inner))
            case Foreign(language, inner):
                pieces += Markup('<span lang="{}">{}</span>').format(language, inline(inner))
            case _:
                assert_never(piece)
    return pieces


def targets_of(document: Document) -> frozenset[str]:
    """Ids that something may link to; other blocks carry none, so that two anchors cannot fall together for nothing."""
    targets = {section.id for section in sections_of(document.sections)}
    for block in walk(document.sections):
        if isinstance(block, Table | Figure):
            targets.add(block.id)
        if isinstance(block, Contents):
            targets |= {entry.target for entry in block.entries}
    return frozenset(targets | {reference.target for reference in references(document)})


def sections_of(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from sections_of(section.sections)


def references(value: object) -> Iterator[Reference]:
    """All references below a node of the tree."""
    if isinstance(value, Reference):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from references(item)
    elif is_dataclass(value) and not isinstance(value, Chart):
        for field in fields(value):
            yield from references(getattr(value, field.name))


def kind(block: Block) -> str:
    """Name of the macro that spells a block."""
    match block:
        case Paragraph():
            return "paragraph"
        case BulletList():
            return "bullets"
        case Notice():
            return "notice"
        case KeyFigures():
            return "key_figures"
        case Table():
            return "table"
        case Figure():
            return "figure"
        case Box():
            return "box"
        case Definitions():
            return "definitions"
        case Contents():
            return "contents"
        case _:
            assert_never(block)


def is_landscape(block: Block) -> bool:
    return isinstance(block, Table) and block.landscape


def flow(section: Section) -> bool:
    """Does the section begin with a sheet of its own, so that its heading must stand on it?"""
    return bool(section.blocks) and is_landscape(section.blocks[0])


def ends_with_sheet(section: Section) -> bool:
    """Does what follows begin on a page of its own, where a heading needs no space above?"""
    return bool(section.blocks) and not section.sections and is_landscape(section.blocks[-1])


def is_short(box: Box) -> bool:
    """Short enough to stand on one page: about a third of it."""
    words = sum(
        len(plain(p.content)) for block in box.blocks for p in (block.items if isinstance(block, BulletList) else (block,))
    )
    return words < 1500


def listed_in(section: Section) -> tuple[Section, ...]:
    return tuple(part for part in section.sections if part.number and plain(part.title))


def stands_alone(section: Section) -> bool:
    """No text of the chapter stands beside the list of its sections."""
    return not (section.blocks and isinstance(section.blocks[0], Paragraph | BulletList))


def is_crowded(figure: KeyFigure) -> bool:
    """Do figure and unit need two lines in a third of the page?"""
    return len(plain(figure.value)) * 5 + len(figure.unit) * 1.95 > 50


def setting(list_: Definitions) -> str:
    """Two columns where entries are short, as acronyms are, or many: the term then stands above its explanation."""
    terms = max((len(plain(item.term)) for item in list_.items), default=0)
    longest = max((len(plain(item.content)) for item in list_.items), default=0)
    if list_.layout == "glossary" and terms <= 12 and longest <= 100:
        return "compact"
    return "many" if list_.layout != "signs" and len(list_.items) > 20 else ""


def pairs(items: tuple[Definition, ...]) -> tuple[tuple[Definition, ...], ...]:
    """Entries side by side, two in a row: CSS columns of long entries make the renderer set each page many times over."""
    return tuple(items[i : i + 2] for i in range(0, len(items), 2))


def grouped(items: tuple[KeyFigure, ...]) -> tuple[tuple[KeyFigure, ...], ...]:
    """Rows of the strip: a row is never cut by a page."""
    return tuple(items[i : i + 3] for i in range(0, len(items), 3))


def notes_of(notes: tuple[Note, ...]) -> tuple[tuple[str, tuple[Note, ...]], ...]:
    """Notes under their label; one without a label continues the one above."""
    groups: list[tuple[str, tuple[Note, ...]]] = []
    for note in notes:
        if not note.label and groups:
            groups[-1] = (groups[-1][0], (*groups[-1][1], note))
        else:
            groups.append((note.label, (note,)))
    return tuple(groups)


# ---------------------------------------------------------------- tables


def layout(table: Table) -> Layout:
    widths = shares(table)
    bodies = bodies_of(table.rows)
    available = room_of(table)[1]
    height = height_of(table, widths)
    classes = ["words" if table.words else "figures"]
    if height <= 0.62 * available:
        classes.append("kept")
    if len(bodies) > 1 and max(map(len, bodies)) <= (24 if table.landscape else 16):
        classes.append("blocks")
    if is_narrow(table):
        classes.append("narrow")
    classes += [size.name] if (size := size_of(table)).name else []
    room = tuple(f"{beside(table, position, size):.2f}mm" for position in range(len(table.columns)))
    return Layout(head_of(table), bodies, tuple(f"{100 * w:.2f}%" for w in widths), " ".join(classes), room)


def is_narrow(table: Table) -> bool:
    """One or two columns: set on the axis, so that the eye need not cross the page."""
    return len(table.columns) <= 2 and not table.words and not table.landscape


def room_of(table: Table) -> tuple[float, float]:
    """Width and height a table may take, in millimetres."""
    if table.landscape:
        return LANDSCAPE
    return (MAIN, PORTRAIT[1]) if is_narrow(table) else PORTRAIT


def head_of(table: Table) -> tuple[tuple[Head, ...], ...]:
    """The boxhead as rows of cells; a leaf without a spanner above it rises to the first row."""
    depth = len(table.spanners) + 1
    covered = [set[int]() for _ in range(depth)]
    rows: list[dict[int, Head]] = [{-1: Head(table.stubhead, rows=depth, classes="stub")}, *({} for _ in range(depth - 1))]
    for level, spanners in enumerate(table.spanners):
        for spanner in spanners:
            covered[level] |= set(range(spanner.start, spanner.start + spanner.span))
            classes = "spanner" + (" brk" if spanner.break_before else "")
            rows[level][spanner.start] = Head(spanner.label, columns=spanner.span, classes=classes)
    for position, column in enumerate(table.columns):
        top = depth - 1
        while top and position not in covered[top - 1]:
            top -= 1
        for level in range(top):
            if position not in covered[level]:
                rows[level][position] = Head((), classes="blank")
        classes = " ".join(c for c in (column_classes(column), "number" if holds_figures(table, position) else "") if c)
        rows[top][position] = Head(column.head, 1, depth - top, classes, column.sign, position)
    return tuple(tuple(cells[i] for i in sorted(cells)) for cells in rows)


def column_classes(column: Column) -> str:
    marks = (("first", column.first), ("brk", column.break_before), ("sum", column.total))
    return " ".join(name for name, holds in marks if holds)


def bodies_of(rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], ...]:
    bodies: list[list[Row]] = []
    for row in rows:
        if row.role == "block" or not bodies:
            bodies.append([])
        bodies[-1].append(row)
    return tuple(tuple(b) for b in bodies)


def shares(table: Table) -> tuple[float, ...]:
    """Shares of the width, stub first: the stub by its longest label within bounds, the rest in equal parts."""
    count = len(table.columns)
    if len(table.shares) == count + 1:
        total = sum(table.shares)
        return tuple(s / total for s in table.shares)
    width = room_of(table)[0]
    if table.words:
        return tuple(1 / (count + 1) for _ in range(count + 1))
    if not count:
        return (1.0,)
    size = size_of(table)
    needs = needs_of(table, size)
    labels = [len(plain(row.label)) + (3 if row.role == "sub" else 0) for row in table.rows if row.role != "block"]
    wish = max(labels, default=0) * CHARACTER * size.scale + 6
    # figures stand apart where there is room, and come first where there is none
    most = 0.7 if is_narrow(table) else 0.5
    stub = min(table.stub_share * width or wish, max(width - sum(needs), STUB), width * most)
    stub = max(stub, STUB)
    equal = (width - stub) / count
    if equal < max(needs):
        return tuple(part / (stub + sum(needs)) for part in (stub, *needs))
    return (stub / width, *((equal / width,) * count))


@dataclass(frozen=True)
class Size:
    """A size of table print: class, factor to the normal 8.5 pt, room beside a figure in millimetres."""

    name: str
    scale: float
    beside: float


SIZES = (Size("", 1, 2.7), Size("dense", 0.93, 1.7), Size("tight", 0.83, 1.1))


def size_of(table: Table) -> Size:
    """The largest print in which the figures fit beside a stub that can be read."""
    width = room_of(table)[0]
    if table.words:
        return SIZES[0]
    words = [word for row in table.rows if row.role != "block" for word in plain(row.label).split()]
    for size in SIZES:
        stub = max(STUB, max((len(w) for w in words), default=0) * CHARACTER * size.scale + 6)
        if sum(needs_of(table, size)) + stub <= width:
            return size
    return SIZES[-1]


def beside(table: Table, position: int, size: Size) -> float:
    """Room right of a column's figures, into which signs and note marks hang, in millimetres."""
    cells = [row.cells[position] for row in table.rows if len(row.cells) > position]
    hanging = [len(cell.signs) * 1.0 + (len(cell.marks) * 1.1 + 0.4 if cell.marks else 0) for cell in cells]
    return max(size.beside, max([*hanging, len(table.columns[position].sign) * 1.0]) + APART)


def needs_of(table: Table, size: Size) -> tuple[float, ...]:
    """Least width of each column of figures: its longest figure, or the longest word of its head."""
    needs = []
    for position, column in enumerate(table.columns):
        figures = [
            len(row.cells[position].text) * DIGIT * (BOLD if row.role in ("total", "group") or column.total else 1)
            for row in table.rows
            if len(row.cells) > position
        ]
        words = [len(word) * HEAD for word in plain(column.head).split()]
        room = (3.5 if column.first else 0) + (APART if column.break_before else 0)
        needs.append(max([*figures, *words, 6.0]) * size.scale + beside(table, position, size) + room)
    return tuple(needs)


def height_of(table: Table, widths: tuple[float, ...]) -> float:
    """Estimate of the exhibit's height in millimetres, for the decision whether it may be cut."""
    width = room_of(table)[0]

    def lines(text: str, share: float) -> int:
        return max(1, math.ceil(len(text) * CHARACTER / max(share * width - 4, 8)))

    height = 22.0 + 5.5 * (len(table.spanners) + 1) + 5 * len(table.notes)
    for row in table.rows:
        tallest = lines(plain(row.label), 1 if row.role == "block" else widths[0])
        if table.words:
            tallest = max([tallest, *(lines(cell_text(c), w) for c, w in zip(row.cells, widths[1:], strict=False))])
        height += 3.9 * tallest + 1.3 + {"block": 3.0, "total": 0.8}.get(row.role, 0)
    return height


def cell_text(cell: Cell) -> str:
    return plain(cell.content) or cell.text


# ---------------------------------------------------------------- theme


COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def root(theme: Theme) -> str:
    """Custom properties of the theme; a face that lacks a sign takes it from the text face, never from the machine."""
    faces = {"text": theme.font.text, "display": theme.font.display, "heading": theme.font.heading, "figures": theme.font.figures}
    lines = [f"--{name}: {', '.join(dict.fromkeys([quoted(face), quoted(theme.font.text)]))};" for name, face in faces.items()]
    for name in (
        "ink", "ink_2", "rule", "hair", "tint", "paper", "brand", "brand_deep", "on_brand", "on_brand_2", "accent", "accent_fill",
    ):  # fmt: skip
        colour = getattr(theme.colour, name)
        if not COLOUR.fullmatch(colour):
            raise ValueError(f"{name}: {colour}")
        lines.append(f"--{name.replace('_', '-')}: {colour};")
    return ":root { " + " ".join(lines) + " }"


def quoted(face: str) -> str:
    return '"' + re.sub(r"[^\w .-]", "", face) + '"'
