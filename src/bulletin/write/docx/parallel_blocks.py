"""Blocks of two languages side by side: rows of two cells for text, one table or picture with the words of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bulletin.document.anchors import detail_of, part_of, qualified, remark_of, subtitle_of, term_of, title_of
from bulletin.document.blocks import (
    Block,
    Box,
    BulletList,
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
)
from bulletin.document.inline import Emphasis, Foreign, Inlines, Text, plain
from bulletin.document.pieces import headed, illustrative
from bulletin.write.docx import exhibits, grid, tables
from bulletin.write.docx.anchors import contents_target
from bulletin.write.docx.contents import contents
from bulletin.write.docx.exhibits import note_words
from bulletin.write.docx.inlines import properties, runs
from bulletin.write.docx.keyfigures import ARROWS, THIRD, fitting, sized
from bulletin.write.docx.layout import LANDSCAPE
from bulletin.write.docx.markup import indent, paragraph, run, spacing, styled
from bulletin.write.docx.pictures import exhibited, inline
from bulletin.write.docx.story import Story
from bulletin.write.docx.styles import FULL, GUTTER

COLUMN, GAP = 81.0, 8.0
"""Millimetres: a column of text, and what is between two."""

SECOND = "SecondLanguage"
"""Id of the character style of words in the second language that stand below or after those of the first."""

BETWEEN = " / "


@dataclass(frozen=True)
class Pen:
    """Writes both languages into one file."""

    first: Story
    second: Story

    def words(self, text: str, style: str = "", name: str = "") -> str:
        """A run in the second language, in the bookmark of the block `name`."""
        said = runs(self.second, (Text(text),), style)
        return self.second.block(name, said) if name else said

    def both(self, a: str, b: str, name: str, between: str = BETWEEN) -> str:
        """Plain words of both, once where they are the same, each in its own bookmark of the block `name`."""
        mine = self.first.block(name, runs(self.first, (Text(a),))) if a else ""
        return mine if not b or a == b else mine + self.words(between, SECOND) + self.words(b, SECOND, name)

    def joined(self, a: Inlines, b: Inlines, between: str = BETWEEN) -> Inlines:
        """Inline content of both, the second in italics and told by its language."""
        if not b or plain(a) == plain(b):
            return a
        return (*a, Text(between), Foreign(self.second.tongue, (Emphasis(b),)))


_ROLES = {"body": "PairText", "lede": "PairLede", "gap": "PairGap", "stale": "PairGap"}
_LONG = 700
"""Characters from which a pair may be divided by a page."""


def pair(left: str, right: str, *, width: float = FULL, split: bool = False) -> str:
    """A row: the first language on the left."""
    column = (width - GAP) / 2
    cells = (
        grid.cell(left or paragraph("PairText", ""), column)
        + grid.cell(paragraph("PairNote", ""), GAP)
        + grid.cell(right or paragraph("PairText", ""), column)
    )
    return grid.row(cells, split=split)


def rows_table(rows: str, said: str, *, width: float = FULL) -> str:
    column = (width - GAP) / 2
    return grid.table(rows, (column, GAP, column), caption=said, description=said, head=False)


def end(*, keep: bool | None = None) -> str:
    """Between two tables, which would become one; also what holds the last row of a head to the table below."""
    return paragraph("FieldEnd", "", keep=keep)


def is_text(block: Block) -> bool:
    return isinstance(block, Paragraph | BulletList | Notice)


def text_rows(pen: Pen, a: Block, b: Block) -> Iterator[str]:
    """Rows of a block of text, one for each paragraph."""
    match a, b:
        case Paragraph(), Paragraph():
            yield _texts(pen, a, b, _ROLES[a.role])
        case BulletList(), BulletList():
            for x, y in zip(a.items, b.items, strict=True):
                yield _texts(pen, x, y, "PairBullet")
        case Notice(), Notice():
            yield _texts(pen, a, b, "PairNotice")
        case _:
            raise TypeError(type(a).__name__)


def _texts(pen: Pen, a: Paragraph | Notice, b: Paragraph | Notice, style: str) -> str:
    left = paragraph(style, pen.first.block(a.id, runs(pen.first, a.content)))
    right = paragraph(style, pen.second.block(b.id, runs(pen.second, b.content)))
    return pair(left, right, split=len(plain(a.content)) > _LONG)


def block(pen: Pen, a: Block, b: Block, heading: str) -> str:
    """A block that is no text; `heading`: plain title of the section around it."""
    match a, b:
        case KeyFigures(), KeyFigures():
            return _strip(pen, a, b)
        case Table(), Table():
            return _table(pen, a, b)
        case Figure(), Figure():
            return _figure(pen, a, b)
        case Box(), Box():
            return _box(pen, a, b)
        case Definitions(), Definitions():
            return _definitions(pen, a, b)
        case Contents(), Contents():
            entries = tuple(
                replace(e, title=pen.joined(e.title, f.title, "\n")) for e, f in zip(a.entries, b.entries, strict=True)
            )
            head = paragraph("ListHeading", pen.both(a.title, b.title, title_of(a.id))) if a.title and a.title != heading else ""
            return head + contents(pen.first, replace(a, entries=entries, title=""), heading)
        case _:
            raise TypeError(type(a).__name__)


# ---------------------------------------------------------------- exhibits


def _table(pen: Pen, a: Table, b: Table) -> str:
    from bulletin.write.parallel import brief, measure

    measured, in_line = measure(a, b)
    width = LANDSCAPE if a.landscape else FULL

    def label(x: Row, y: Row) -> Inlines:
        short = brief(x.label, y.label)
        if short:
            return (*x.label, Text(BETWEEN), Foreign(pen.second.tongue, (Emphasis((Text(short),)),)))
        return pen.joined(x.label, y.label, BETWEEN if in_line or x.role == "block" else "\n")

    def column(x: Column, y: Column) -> Column:
        return replace(x, head=pen.joined(x.head, y.head, "\n"))

    rows = tuple(
        replace(
            x,
            label=label(x, y),
            cells=tuple(
                replace(c, content=pen.joined(c.content or (Text(c.text),), d.content or (Text(d.text),), "\n"))
                if c.kind == "text"
                else c
                for c, d in zip(x.cells, y.cells, strict=True)
            ),
        )
        for x, y in zip(a.rows, b.rows, strict=True)
    )
    spanners = tuple(
        tuple(replace(s, label=pen.joined(s.label, t.label)) for s, t in zip(level, other, strict=True))
        for level, other in zip(a.spanners, b.spanners, strict=True)
    )
    merged = replace(
        a,
        stubhead=pen.joined(a.stubhead, b.stubhead, "\n"),
        columns=tuple(column(x, y) for x, y in zip(a.columns, b.columns, strict=True)),
        spanners=spanners,
        rows=rows,
        summary=BETWEEN.join(dict.fromkeys((a.summary, b.summary))),
    )
    head = _head(pen, a, b, a.headnote, b.headnote)
    return head + tables.table(pen.first, merged, measured) + _notes(pen, a, b, width)


def _figure(pen: Pen, a: Figure, b: Figure) -> str:
    alt = BETWEEN.join((a.alt, b.alt))
    picture = paragraph("Figure", exhibited(pen.first, a, alt), keep=bool(a.notes))
    return _head(pen, a, b, a.subtitle, b.subtitle) + picture + _notes(pen, a, b, FULL)


def _head(pen: Pen, a: Table | Figure, b: Table | Figure, sub: Inlines, other: Inlines) -> str:
    """Over the whole width and one below the other, as headings are: a row of cells would not keep with the table below it.

    The label and the title are one paragraph, as lists of tables and charts take paragraphs whole.
    """
    edge = styled("Label", "\u00a0") if pen.first.theme.exhibit_label == "chip" else ""
    number = edge + exhibits.number(pen.first, a) + edge if a.label else ""
    title = pen.first.block(a.id, runs(pen.first, a.title)) + exhibits.part(a)
    lines = [("PairLabel", pen.first.marked(contents_target(a.id), number + run("\t") + title))]
    said = edge + runs(pen.second, (Text(b.label),), "Label") + edge + run("\t")
    lines.append(("PairSecond", said + pen.second.block(b.id, runs(pen.second, b.title)) + exhibits.part(b)))
    for story, block_id, words in ((pen.first, a.id, sub), (pen.second, b.id, other)):
        if words and not (story is pen.second and plain(other) == plain(sub)):
            lines.append(("PairSubtitle", story.block(subtitle_of(block_id), runs(story, words))))
    if a.illustrative:
        lines.append(("PairSubtitle", _marked(pen, remark_of(a.id), a.illustrative, b.illustrative)))
    last = len(lines) - 1
    fresh = exhibits.begins_page(a)
    return "".join(
        paragraph(s, c, space=spacing(after=2) if i == last else "", fresh=fresh and not i) for i, (s, c) in enumerate(lines)
    )


def _marked(pen: Pen, name: str, first: str, second: str) -> str:
    """The printed mark of invented figures, in both languages."""
    mark = pen.first.block(name, styled("Illustrative", illustrative(first)))
    if first == second or not second:
        return mark
    return mark + pen.words(BETWEEN, "Illustrative") + pen.words(illustrative(second), "Illustrative", name)


def _notes(pen: Pen, a: Table | Figure, b: Table | Figure, width: float) -> str:
    from bulletin.write.parallel import facing_notes

    groups = facing_notes(a.notes, b.notes)
    if not groups:
        return paragraph("BlockEnd", "")
    rows = []
    for mine, yours in groups:
        left = _note_lines(pen.first, exhibits.owner(a), mine[0], mine[1]) if mine else ""
        right = _note_lines(pen.second, exhibits.owner(b), yours[0], yours[1]) if yours else ""
        rows.append(pair(left or paragraph("PairNote", ""), right or paragraph("PairNote", ""), width=width))
    said = plain(a.title)
    return end(keep=True) + rows_table("".join(rows), said, width=width) + paragraph("BlockEnd", "")


def _note_lines(story: Story, block_id: str, label: str, notes: tuple[Note, ...]) -> str:
    lines = []
    for index, note in enumerate(n for n in notes if n.content):
        head = run(label + "\u2002", properties("NoteHead", False, False, story.tongue)) if label and index == 0 else ""
        lines.append(paragraph("PairNote", head + note_words(story, block_id, note)))
    return "".join(lines)


# ---------------------------------------------------------------- box, definitions


def _box(pen: Pen, a: Box, b: Box) -> str:
    def inside(story: Story, box: Box) -> str:
        parts = [paragraph("BoxTitle", story.block(box.id, runs(story, box.title)))]
        for inner in box.blocks:
            items = inner.items if isinstance(inner, BulletList) else (inner,)
            style = "BoxBullet" if isinstance(inner, BulletList) else "BoxText"
            parts += [paragraph(style, story.block(i.id, runs(story, i.content))) for i in items]
        return "".join(parts)

    colour = pen.first.theme.colour
    half = FULL / 2
    cells = "".join(
        grid.cell(inside(story, box), half, top=(8, colour.brand), shade=colour.tint)
        for story, box in ((pen.first, a), (pen.second, b))
    )
    said = plain(a.title)
    table = grid.table(grid.row(cells, split=True), (half, half), caption=said, description=said, head=False)
    return end() + table + paragraph("BlockEnd", "")


def _definitions(pen: Pen, a: Definitions, b: Definitions) -> str:
    if a.layout == "signs":
        title = paragraph("ListHeading", pen.both(a.title, b.title, title_of(a.id))) if a.title else ""
        pairs = list(zip(a.items, b.items, strict=True))
        return title + "".join(_sign(pen, x, y, a.id, last=i == len(pairs) - 1) for i, (x, y) in enumerate(pairs))
    write: Callable[[Story, Definition, str], str] = _sheet if a.layout == "sheets" else _entry
    head = ""
    if a.title:
        head = pair(
            paragraph("PairHeading", pen.first.block(title_of(a.id), runs(pen.first, (Text(a.title),)))),
            paragraph("PairHeading", pen.words(b.title, name=title_of(b.id))),
        )
    rows = [
        pair(write(pen.first, x, a.id) if x.term else "", write(pen.second, y, b.id) if y.term else "")
        for x, y in zip(a.items, b.items, strict=True)
    ]
    return rows_table(head + "".join(rows), a.title or a.id) + paragraph("BlockEnd", "")


def _sign(pen: Pen, a: Definition, b: Definition, parent: str, *, last: bool) -> str:
    words = pen.first.block(term_of(qualified(parent, a.id)), runs(pen.first, a.term, "Term")) + run("\t")
    words += pen.first.block(a.id, runs(pen.first, a.content), parent)
    words += run(BETWEEN) + pen.second.block(b.id, runs(pen.second, b.content, SECOND), parent)
    return paragraph("SignLine", words, space=spacing(after=5) if last else "")


def _entry(story: Story, item: Definition, parent: str) -> str:
    term = paragraph("PairTerm", story.block(term_of(qualified(parent, item.id)), runs(story, item.term)))
    return term + paragraph("PairEntry", story.block(item.id, runs(story, item.content), parent))


def _sheet(story: Story, item: Definition, parent: str) -> str:
    name = qualified(parent, item.id)
    words = runs(story, item.term) + runs(story, headed(item)[len(item.term) :], "SheetCode")
    parts = [paragraph("PairTerm", story.block(term_of(name), words))]
    parts.append(paragraph("PairEntry", story.block(item.id, runs(story, item.content), parent)))
    for position, detail in enumerate(item.details, 1):
        label = run(detail.label, properties("SheetLabel", False, False, story.tongue)) + run("\t")
        parts.append(paragraph("PairLine", label + story.block(detail_of(name, position), runs(story, detail.content))))
    return "".join(parts)


# ---------------------------------------------------------------- key figures


def _strip(pen: Pen, a: KeyFigures, b: KeyFigures) -> str:
    rows = []
    pairs = list(zip(a.items, b.items, strict=True))
    for start in range(0, len(pairs), 3):
        found = pairs[start : start + 3]
        look = sized(pen.first, min(fitting(pen.first, x, THIRD, beside=False) for x, _ in found))
        cells = []
        for place in range(3):
            if place:
                cells.append(grid.cell(paragraph("KeyLabel", ""), GUTTER))
            if place < len(found):
                content = key_figure(pen, a.id, *found[place], look)
                cells.append(grid.cell(content, THIRD, top=(8, pen.first.theme.colour.brand)))
            else:
                cells.append(grid.cell(paragraph("KeyLabel", ""), THIRD))
        rows.append(grid.row("".join(cells)))
    said = "; ".join(item.label for item in a.items)
    widths = (THIRD, GUTTER, THIRD, GUTTER, THIRD)
    return end() + grid.table("".join(rows), widths, caption=said, description=said, head=False) + paragraph("BlockEnd", "")


def key_figure(pen: Pen, parent: str, a: KeyFigure, b: KeyFigure, look: str, *, label_first: bool = True) -> str:
    """The figure once, its words in both languages."""
    identity = qualified(parent, a.id)
    label = pen.first.block(identity, run(a.label))
    other = pen.second.block(identity, pen.words(b.label, SECOND)) if b.label != a.label else ""
    labels = paragraph("KeyTitle" if label_first else "KeyLabel", label)
    if other:
        labels += paragraph("KeyLabel", other, space=spacing(before=0))
    value = [paragraph("KeyFigure", pen.first.block(part_of(identity, "value"), runs(pen.first, a.value, look=look)))]
    if a.unit:
        value.append(paragraph("KeyUnit", pen.both(a.unit, b.unit, part_of(identity, "unit"))))
    mark = run("\n") + _marked(pen, remark_of(identity), a.illustrative, b.illustrative) if a.illustrative else ""
    when = paragraph("KeyPeriod", pen.both(a.when, b.when, part_of(identity, "when")) + mark)
    parts = [labels, *value, when] if label_first else [*value, labels, when]
    if a.spark and label_first:
        said = BETWEEN.join((a.spark_alt, b.spark_alt))
        parts.append(paragraph("KeySpark", inline(pen.first, pen.first.images[a.spark.id], said)))
    elif a.no_series and label_first:
        parts.append(
            paragraph(
                "KeyPeriod", pen.both(a.no_series, b.no_series, part_of(identity, "series")), space=spacing(before=5, after=3)
            )
        )
    if a.change or label_first:
        arrow = ARROWS[a.direction] if a.change else ""
        change = pen.first.block(part_of(identity, "change"), runs(pen.first, a.change, "KeyChangeFigure", bold=True))
        words = _since(pen, part_of(identity, "since"), a.since, b.since) if a.change else ""
        content = (styled("KeyArrow", arrow + "\u00a0") if arrow else "") + change + (run(" ") + words if words else "")
        parts.append(paragraph("KeyChange", content))
    return "".join(parts)


def _since(pen: Pen, name: str, a: Inlines, b: Inlines) -> str:
    mine = pen.first.block(name, runs(pen.first, a))
    if not b or plain(a) == plain(b):
        return mine
    return mine + run(BETWEEN) + pen.second.block(name, runs(pen.second, b, italic=True))


def hung(left: float) -> str:
    """Indent of a heading whose number hangs before it."""
    return indent(left, hanging=left)
