"""A leaflet as Typst source: what stands where is decided in `write.leaflet`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from bulletin.document.leaflet import HALF, halves, in_rows, in_strips
from bulletin.write.html import notes_of
from bulletin.write.leaflet import THIRD, columns, is_below, logo_scale, semibold
from bulletin.write.measure import lines
from bulletin.write.typst.figures import Path, card
from bulletin.write.typst.pages import picture_path
from bulletin.write.typst.source import array, blocks, call, content, inline, literal, mm, said, statement

if TYPE_CHECKING:
    from bulletin.document.blocks import Cell, Definition, Figure, KeyFigure, Note, Row, Table
    from bulletin.document.chart import Image
    from bulletin.document.inline import Inlines
    from bulletin.document.leaflet import Leaflet
    from bulletin.model.theme import Theme


def leaflet_body(leaflet: Leaflet, images: Mapping[str, Image], theme: Theme) -> str:
    def path(identity: str) -> str:
        return picture_path(identity, images)

    page = leaflet.document.cover
    of = page.title + (f" · {page.edition}" if page.edition else "")
    parts = ["#set page(..leaf)\n"]
    art = {"art": literal(path(page.art.id))} if page.art else {}
    parts.append(statement("face-title", literal(page.country), literal(page.year), literal(page.subtitle), literal(of), **art))
    if page.banner:
        parts.append(statement("face-banner", literal(page.banner), literal(page.banner_text)))
    for number, row in enumerate(in_strips(leaflet.figures)):
        parts.append(strip(row, path, theme, above="6mm" if number else "7mm"))
    if leaflet.messages:
        section, listed = leaflet.messages
        parts.append(statement("messages", content(section.title), *(content(item.content) for item in listed.items)))
    if leaflet.first_charts:
        parts.append(statement("first", blocks(exhibits(leaflet.first_charts, path, images))))
    if leaflet.notes:
        parts.append(statement("said", terms(leaflet.notes.items)))
    parts.append("#pagebreak()\n")
    parts += exhibits(leaflet.charts, path, images)
    if leaflet.table:
        parts.append(statement("piece", blocks(table(leaflet.table))))
    if leaflet.about:
        parts.append(statement("said", *(terms(side) for side in columns(leaflet.about.items, theme)), bottom="12mm"))
    if page.logos:
        scale = logo_scale(leaflet)
        logos = [array((literal(path(m.id)), mm(images[m.id].height * scale), literal(m.alt))) for m in page.logos]
        parts.append(statement("logos-below", *logos))
    return "".join(parts)


def strip(row: tuple[KeyFigure, ...], path: Path, theme: Theme, above: str) -> str:
    below = [is_below(item, theme) for item in row]
    tall = 4.4 * max(lines(item.label, semibold(theme), 9, THIRD - 1) for item in row)
    named = {"label_height": mm(tall), "level": "true" if any(below) else "false"}
    cards = [card(item, path, below=low, name="face-card", **named) for item, low in zip(row, below, strict=True)]
    return statement("face-cards", *cards, above=above)


def exhibits(charts: Sequence[Figure], path: Path, images: Mapping[str, Image]) -> list[str]:
    found = []
    for row in in_rows(charts):
        if len(row) == 2:
            found.append(statement("two", *(blocks(chart(f, path, images)) for f in row)))
        else:
            found.append(statement("piece", blocks(chart(row[0], path, images))))
    return found


def chart(figure: Figure, path: Path, images: Mapping[str, Image]) -> list[str]:
    name = "half-head" if figure.chart.width <= HALF else "piece-head"
    head = statement(name, literal(figure.label), literal(figure.illustrative), content(figure.title), content(figure.subtitle))
    width = images[figure.chart.id].width if figure.chart.id in images else figure.chart.width
    picture = statement("picture", literal(path(figure.chart.id)), mm(width), literal(figure.alt))
    return [head, picture, notes(figure.notes)]


def notes(items: tuple[Note, ...]) -> str:
    """All as one paragraph, their labels in bold."""
    if not items:
        return ""
    words = []
    for label, group in notes_of(items):
        words.append((f"#label-in({said(label)})" + '#" "') if label else "")
        words += [inline(note.content) + '#" "' for note in group]
    return statement("notes-in", f"[{''.join(words)}]")


def terms(items: Iterable[Definition]) -> str:
    return array(f"({content(item.term)}, {content(item.content)})" for item in items)


# ---------------------------------------------------------------- the table


def table(block: Table) -> list[str]:
    sub = content(block.headnote) if block.headnote else "none"
    head = statement("piece-head", literal(block.label), literal(block.illustrative), content(block.title), sub)
    return [head, statement("sides", *(side(part) for part in halves(block))), notes(block.notes)]


def side(part: Table) -> str:
    header = [call("side-head", content(part.stubhead or part.title), figure="false")]
    header += [call("side-head", f"[{inline(c.head)}{hanging(c.sign, '')}]") for c in part.columns]
    cells: list[str] = []
    for number, row in enumerate(part.rows):
        cells += _row(row, len(part.columns), last=number == len(part.rows) - 1)
    return call("side", *cells, columns=str(len(part.columns)), header=array(header))


def _row(row: Row, count: int, *, last: bool) -> list[str]:
    if row.role == "block":
        return [call("side-block", str(count + 1), content(row.label))]
    named = {"last": "true"} if last else {}
    marks = f"#raised({literal(row.marks)})" if row.marks else ""
    label = call("side-label", f"[{inline(row.label)}{marks}]", **named)
    return [label, *(call("side-cell", f"[{_said(cell)}{hanging(cell.signs, cell.marks)}]", **named) for cell in row.cells)]


def _said(cell: Cell) -> str:
    shown: Inlines = cell.content
    return inline(shown) if shown else f"#{literal(cell.text.replace(' ', chr(160)))}"


def hanging(signs: str, marks: str) -> str:
    return f"#hung(10mm, {literal(signs)}, marks: {literal(marks)})" if signs or marks else ""
