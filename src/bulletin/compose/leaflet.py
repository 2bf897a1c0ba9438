"""A leaflet of an edition: chosen blocks of its finished tree, so that no figure in it can differ from the bulletin's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bulletin.compose.context import Context, with_literals
from bulletin.compose.labels import date_words, source_line
from bulletin.document.alternatives import LIMIT
from bulletin.document.blocks import (
    Block,
    BulletList,
    Definition,
    Definitions,
    Figure,
    KeyFigure,
    KeyFigures,
    Note,
    Paragraph,
    Row,
    Table,
)
from bulletin.document.footnotes import without_footnotes
from bulletin.document.inline import Emphasis, Foreign, Inline, Inlines, NoteMark, Number, Reference, Strong, Text, plain
from bulletin.document.leaflet import HALF, Leaflet
from bulletin.document.serial import facts_used
from bulletin.document.tree import Document, Section, walk
from bulletin.model.leaflet import ChartPlace, LeafletSpec
from bulletin.model.signs import MEANINGS

FULL = 170.0
BAND = 58.0
"""Millimetres: height of the band on the first page, in which the country is drawn."""
_ROW, _AROUND, _PLOT, _MAP = 6.0, 13.0, 52.0, 108.0
"""Millimetres: a row of a chart of rows, the axis and key above it, the height of other charts."""
_ROWS = ("dots", "dumbbell", "bar", "grouped", "share")
_MAPS = ("choropleth", "symbols", "tiles")


@dataclass(frozen=True)
class Choice:
    """What of an edition its leaflet shows: the same in every language."""

    figures: tuple[str, ...]
    charts: tuple[tuple[str, float, float], ...]
    """Id, width and height of each."""


def choose(spec: LeafletSpec, document: Document) -> Choice:
    """Figures without series come first, so that the sparklines stand in one row."""
    figures = sorted(_best(spec, document), key=lambda f: f.spark is not None)
    return Choice(tuple(f.id for f in figures), tuple(_placed(spec.charts, document)))


def compose_leaflet(context: Context, spec: LeafletSpec, document: Document, choice: Choice) -> Leaflet:
    """`document`: the numbered bulletin in one language."""
    name, title = spec.leaflet, context.said(spec.title)
    known = {f.id: f for f in _figures(document)}
    strip = KeyFigures(f"{name}.strip", tuple(_headed(known[i]) for i in choice.figures if i in known))
    messages = _messages(spec, document)
    if not strip.items and messages is None:
        messages = _nothing(context, name)
    charts = {b.id: b for b in walk(document.sections) if isinstance(b, Figure)}
    labels = tuple(b.label for b in walk(document.sections) if isinstance(b, Table))
    shown = tuple(_resized(context, charts[i], width, height, labels) for i, width, height in choice.charts if i in charts)
    table = next((b for b in walk(document.sections) if isinstance(b, Table) and b.id == spec.table), None)
    reduced = _with_values(context, table) if table else None
    notes = tuple(_definitions(context, name, _explained(context, strip, messages)))
    about = tuple(_definitions(context, name, _about(context, spec, document)))
    sections = (
        _part(f"{name}.figures", "", (strip,) if strip.items else ()),
        _part(f"{name}.messages", context.said(spec.messages_title), (messages,) if messages else ()),
        _part(f"{name}.explained", "", (Definitions(f"{name}.notes", notes, "imprint"),) if notes else ()),
        _part(f"{name}.charts", "", shown),
        _part(f"{name}.table", "", (reduced,) if reduced else ()),
        _part(f"{name}.rest", "", (Definitions(f"{name}.about", about, "imprint"),)),
    )
    told, page = document.metadata, document.cover
    art = replace(page.art, id=f"{name}.art", height=BAND + 2) if page.art else None
    made = replace(
        document,
        metadata=replace(told, title=f"{title}. {told.title}", running=f"{title} · {told.running}"),
        cover=replace(page, subtitle=title, art=art),
        sections=tuple(s for s in sections if s.blocks),
    )
    return Leaflet(name, made)


def _part(name: str, title: str, blocks: tuple[Block, ...]) -> Section:
    return Section(name, 2, with_literals(title), blocks, numbering="none")


def _figures(document: Document) -> Iterator[KeyFigure]:
    """Those with a value, of the strips before those of chapter openings."""
    strips = [item for b in walk(document.sections) if isinstance(b, KeyFigures) for item in b.items]
    openings = [item for s in document.sections if s.opening for item in s.opening.figures]
    yield from (f for f in (*strips, *openings) if _facts(f))


def _facts(figure: KeyFigure) -> frozenset[str]:
    return frozenset(piece.fact for piece in figure.value if isinstance(piece, Number))


def _best(spec: LeafletSpec, document: Document) -> list[KeyFigure]:
    """Those named in the outline, then the others; each fact once; illustrative ones only where nothing else is left."""
    found = list(_figures(document))
    order = {name: n for n, name in enumerate(spec.figures)}
    ranked = sorted(enumerate(found), key=lambda f: (bool(f[1].illustrative), order.get(f[1].id, len(order)), f[0]))
    chosen: list[KeyFigure] = []
    for _, figure in ranked:
        if len(chosen) < spec.most_figures and not any(_facts(figure) & _facts(other) for other in chosen):
            chosen.append(figure)
    return sorted(chosen, key=lambda f: order.get(f.id, len(order)))


def _headed(figure: KeyFigure) -> KeyFigure:
    return replace(figure, label=figure.label[:1].upper() + figure.label[1:], no_series="")


def _placed(places: tuple[ChartPlace, ...], document: Document) -> Iterator[tuple[str, float, float]]:
    """Halves are paired in order; one that stays alone takes the whole width. Where the edition has none of the charts named for a
    place, its first other one stands there that is no map."""
    known = {b.id: b for b in walk(document.sections) if isinstance(b, Figure) and _is_drawn(b)}
    named = {i for place in places for i in place.any}
    others = [f for f in known.values() if f.id not in named and f.chart.kind not in _MAPS]
    others.sort(key=lambda f: bool(f.illustrative))
    found: list[tuple[Figure, ChartPlace]] = []
    for place in places:
        taken = {f.id for f, _ in found}
        fitting = [known[i] for i in place.any if i in known and i not in taken]
        chosen = (
            min(fitting, key=lambda f: bool(f.illustrative)) if fitting else next((f for f in others if f.id not in taken), None)
        )
        if chosen:
            found.append((chosen, place if fitting else replace(place, height=0)))
    open_half = False
    for n, (figure, place) in enumerate(found):
        half = place.width == "half"
        paired = half and (open_half or (n + 1 < len(found) and found[n + 1][1].width == "half"))
        open_half = half and paired and not open_half
        yield figure.id, HALF if paired else FULL, place.height or _height(figure)


def _is_drawn(figure: Figure) -> bool:
    return any(p.value is not None for s in figure.chart.series for p in s.points)


def _height(figure: Figure) -> float:
    if figure.chart.kind in _MAPS:
        return _MAP
    return len(figure.chart.categories) * _ROW + _AROUND if figure.chart.kind in _ROWS else _PLOT


def _resized(context: Context, figure: Figure, width: float, height: float, tables: tuple[str, ...]) -> Figure:
    return replace(
        figure,
        chart=replace(figure.chart, width=width, height=height),
        native=False,
        label=_pointer(context, figure.label),
        title=_unlinked(figure.title),
        subtitle=_unlinked(figure.subtitle),
        notes=_notes(figure.notes),
        alt=_alternative(context, figure.alt, tables),
    )


def _alternative(context: Context, text: str, tables: tuple[str, ...]) -> str:
    """The table in which the figures are printed is one of the bulletin's; `tables`: labels of all."""
    for key in ("alt_table_all", "alt_table_part"):
        for label in tables:
            pointer = context.word(key).format(table=label)
            if text.endswith(pointer):
                rest = text.removesuffix(pointer).rstrip()
                said = f"{rest} {context.word(key).format(table=_pointer(context, label))}"
                return said if _has_bulletin(context) and len(said) <= LIMIT else rest
    return text


def _pointer(context: Context, label: str) -> str:
    """`Gráfico 6.1 do boletim`; nothing where there is no bulletin to look into."""
    return context.word("in_bulletin").format(label=label) if _has_bulletin(context) else ""


def _has_bulletin(context: Context) -> bool:
    """No leaflet of its name is an edition's outline unless it is published alone."""
    return all(spec.leaflet != context.project.edition.outline for spec in context.project.leaflets)


def _messages(spec: LeafletSpec, document: Document) -> BulletList | None:
    """By importance, as the bulletin has them; where it has none, what opens its chapters and names a figure."""
    lists = (b for b in walk(document.sections) if isinstance(b, BulletList) and b.id == spec.messages)
    found = next(lists, None)
    ledes = tuple(s.opening.lede for s in document.sections if s.opening and s.opening.lede)
    said = found.items if found else tuple(p for p in ledes if any(facts_used(p)))
    items = tuple(Paragraph(p.id, _unlinked(p.content)) for p in said[: spec.most_messages])
    return BulletList(found.id if found else f"{spec.leaflet}.list", items) if items else None


def _nothing(context: Context, name: str) -> BulletList:
    """What is said where an edition has no figure yet."""
    return BulletList(f"{name}.list", (Paragraph(f"{name}.empty", (Text(context.word("missing_figures")),)),))


def _with_values(context: Context, table: Table) -> Table | None:
    """Without the rows that have no figure, their blocks and their notes."""
    kept: list[Row] = []
    for row in table.rows:
        if row.role == "block":
            if kept and kept[-1].role == "block":
                kept.pop()
            kept.append(row)
        elif any(cell.fact and cell.kind == "number" for cell in row.cells):
            kept.append(row)
    if kept and kept[-1].role == "block":
        kept.pop()
    if sum(row.role != "block" for row in kept) < 2:
        return None
    marks = {m for row in kept for m in (row.marks, *(c.marks for c in row.cells)) for m in m.split(",") if m}
    notes = tuple(n for n in _notes(table.notes) if not _marked(n) or _marked(n) in marks)
    return replace(
        table, rows=tuple(kept), notes=notes, label=_pointer(context, table.label), title=_unlinked(table.title), continued=""
    )


def _marked(note: Note) -> str:
    return next((piece.mark for piece in note.content if isinstance(piece, NoteMark)), "")


def _notes(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    return tuple(replace(note, content=_unlinked(note.content)) for note in notes)


def _unlinked(content: Inlines) -> Inlines:
    """What a reference leads to does not stand in the leaflet; its words do. Nor do notes."""
    return tuple(_plain_link(piece) for piece in without_footnotes(content))


def _plain_link(piece: Inline) -> Inline:
    match piece:
        case Reference(_, text):
            return Text(text)
        case Strong(inner):
            return Strong(_unlinked(inner))
        case Emphasis(inner):
            return Emphasis(_unlinked(inner))
        case Foreign(language, inner):
            return Foreign(language, _unlinked(inner))
        case _:
            return piece


def _explained(context: Context, strip: KeyFigures, messages: BulletList | None) -> Iterator[tuple[str, str]]:
    """Signs and sources of what has no notes of its own."""
    said = tuple(content for f in strip.items for content in (f.value, f.change, f.since))
    facts = tuple(dict.fromkeys(fact for fact, _ in facts_used((said, *((messages,) if messages else ())))))
    sources = source_line(context, context.facts.behind(facts))
    yield "signs", _legend(context, strip)
    yield "sources", context.word("clause_separator").join(n.rstrip(".") for n in sources) + "." if sources else ""


def _about(context: Context, spec: LeafletSpec, document: Document) -> Iterator[tuple[str, str]]:
    """Where the rest is to be found, and who publishes it."""
    edition = context.project.edition
    contact = ". ".join(t.rstrip(".") for t in (context.said(edition.publisher), context.said(edition.contact)) if t)
    if _has_bulletin(context):
        yield "publication", context.said(spec.about).replace("{publication}", document.metadata.title.rstrip("."))
    yield "contact", contact + "." if contact else ""
    yield "release_date", date_words(context, edition.release_date) + "."
    yield "rounding_title", context.word("rounding_short")


def _definitions(context: Context, name: str, said: Iterator[tuple[str, str]]) -> Iterator[Definition]:
    """By the name of the word that heads each."""
    for key, text in said:
        if text:
            yield Definition(f"{name}.{key}", with_literals(context.word(key)), with_literals(text))


def _legend(context: Context, strip: KeyFigures) -> str:
    """Of the signs that stand beside the key figures; tables and charts have their own."""
    printed = " ".join(" ".join((f.when, plain(f.value))) for f in strip.items)
    locale = context.locale
    said = dict.fromkeys(
        f"{locale.signs[m]} {locale.sign_names[m][0].lower()}{locale.sign_names[m][1:]}"
        for m in MEANINGS
        if m in locale.signs and len(locale.signs[m]) > 1 and locale.signs[m] in printed
    )
    return context.word("clause_separator").join(said) + "." if said else ""
