"""Markup of a document: what the page templates need beyond the tree itself, and nothing a reader would miss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, assert_never
from urllib.parse import quote

from bulletin.document.anchors import anchor
from bulletin.document.blocks import (
    Block,
    Box,
    BulletList,
    Contents,
    Definition,
    Definitions,
    Figure,
    KeyFigure,
    KeyFigures,
    Note,
    Notice,
    Paragraph,
    Table,
)
from bulletin.document.chart import Chart
from bulletin.document.inline import Footnote, Inlines, Reference, plain
from bulletin.document.nodes import nodes
from bulletin.document.tree import walk
from bulletin.shipped import shipped
from bulletin.write.inlines import spelled_inline
from bulletin.write.look import themed
from bulletin.write.table_layout import continued_line, layout

if TYPE_CHECKING:
    from markupsafe import Markup

    from bulletin.document.chart import Image
    from bulletin.document.tree import Document, Section
    from bulletin.model.theme import Theme

ASSET = "asset:"
"""Scheme of everything a page may load; `write.pdf.assets` serves it from memory."""


ROOMS = "\n" + "\n".join(f".r{tenth} {{ padding-right: {tenth / 10:g}mm }}" for tenth in range(19, 160))
"""Rules for the classes of `room`, in tenths of a millimetre."""


def write_html(document: Document, images: Mapping[str, Image], theme: Theme, cut: frozenset[str] = frozenset()) -> str:
    """One self-contained page tree; pictures and faces are addressed by `asset:`. `cut`: ids of blocks that a page cuts."""
    return spelled("page.html.j2", document, images, theme, cut)


def spelled(
    page: str,
    document: Document,
    images: Mapping[str, Image],
    theme: Theme,
    cut: frozenset[str] = frozenset(),
    **more: object,
) -> str:
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
        "settled": settled,
        "room": room,
        "themed": lambda css: Markup(themed(css, theme)),
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

    def address_of(identity: str) -> str:
        return address(identity, images[identity])

    def tall(identity: str) -> float:
        return images[identity].height

    environment.globals |= {
        "address_of": address_of,
        "tall": tall,
        "kind": kind,
        "layout": lambda table: layout(table, table.id in cut),
        "is_cut": lambda block: block.id in cut,
        "continued_line": continued_line,
        "notes_of": notes_of,
        "flow": flow,
        "ends_with_sheet": ends_with_sheet,
        "is_short": is_short,
    }
    environment.globals |= {"ident": ident, "width_of": width_of, "listed_in": listed_in, "stands_alone": stands_alone}
    environment.globals |= {"is_crowded": is_crowded, "setting": setting, "is_spread": is_spread}
    style = Markup((folder / "print.css").read_text(encoding="utf-8") + ROOMS)
    return environment.get_template(page).render(
        document=document,
        style=style,
        body_class=f"head-{theme.table_head} label-{theme.exhibit_label}{' strip' if theme.page_strip else ''}",
        **more,
    )


def room(beside: str) -> str:
    """Class of a cell with so much room on its right: a style of its own would make the renderer work out all its properties anew."""
    return f"r{round(float(beside.removesuffix('mm')) * 10)}"


def picture(chart_id: str) -> str:
    return f"{ASSET}{quote(chart_id)}.svg"


def address(identity: str, image: Image) -> str:
    """Of any picture, with the ending of what it is."""
    return picture(identity) if image.svg else f"{ASSET}{quote(identity)}.{image.raster}"


def inline(content: Inlines) -> Markup:
    return spelled_inline(content, lambda target: f"#{anchor(target)}", _at_foot)


def _at_foot(note: Footnote) -> Markup:
    from markupsafe import Markup

    call = Markup('<a class="call" id="call-{0}" href="#note-{0}">{0}</a>').format(note.number)
    return call + Markup('<span class="fn" id="note-{0}"><a href="#call-{0}">{0}\u2002</a>{1}</span>').format(
        note.number, inline(note.content)
    )


LAST_LINE = 6
"""Fewest letters of a paragraph's last line."""


def settled(markup: Markup) -> Markup:
    """A paragraph whose last words go to the last line together, where one of them alone would be too little for it."""
    from markupsafe import Markup

    text, held = str(markup), list[str]()
    while len("\u00a0".join(held)) < LAST_LINE:
        before, space, word = text.rpartition(" ")
        if not space or "<" in word or ">" in word:
            break
        text, held = before, [word, *held]
    return Markup(" ".join([text, "\u00a0".join(held)])) if held else markup  # parts of what was safe


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
    return (node for node in nodes(value, Chart) if isinstance(node, Reference))


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


def is_spread(section: Section) -> bool:
    """Key results: a strip of figures and what they mean, on two pages that face each other."""
    return section.opening is None and any(
        isinstance(block, KeyFigures) for part in (section, *section.sections) for block in part.blocks
    )


def listed_in(section: Section) -> tuple[Section, ...]:
    return tuple(part for part in section.sections if part.number and plain(part.title))


def stands_alone(section: Section) -> bool:
    """No text of the chapter stands beside the list of its sections, or less than the list is long: what follows would run into it."""
    beside = 0.0
    for block in section.blocks:
        if not isinstance(block, Paragraph | BulletList):
            break
        paragraphs = block.items if isinstance(block, BulletList) else (block,)
        beside += sum(2.5 + 5 * _lines(p.content, 80) for p in paragraphs)
    return beside < 6 + sum(2.4 + 4.25 * _lines(part.title, 24) for part in listed_in(section))


def _lines(content: Inlines, width: int) -> int:
    """Lines that a text takes, about; `width` in characters."""
    return -(-len(plain(content)) // width)


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
