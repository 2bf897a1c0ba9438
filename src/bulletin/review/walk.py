"""One pass over a story of the file: paragraphs with their pieces and ranges, tables with their cells, drawings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from bulletin.model.reviewed import Revision
from bulletin.review.pieces import Edge, Piece, Raw, RevisionKind, Stamp
from bulletin.review.styles import Styles, is_formatted
from bulletin.review.wordml import (
    CALLS,
    CHART,
    MC,
    PASSED_OVER,
    PUT,
    SIGNS,
    TAKEN,
    WP,
    M,
    R,
    W,
    is_on,
    moment,
    once,
    symbol,
    value,
    whole,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_EDGES: dict[str, tuple[Literal["bookmark", "comment"], bool]] = {
    f"{W}bookmarkStart": ("bookmark", True),
    f"{W}bookmarkEnd": ("bookmark", False),
    f"{W}commentRangeStart": ("comment", True),
    f"{W}commentRangeEnd": ("comment", False),
}
_FIELD_LIMIT = 100
"""Fields one inside another; no program gets near."""
_BACK = 1000
"""Paragraphs of text boxes over which the end of a range is carried back."""
_SPAN_LIMIT = 64
"""Columns that a cell may claim; more is a fault of the file, not a table."""


@dataclass(frozen=True, slots=True)
class Fate:
    """Recorded changes and links around a place."""

    put: Stamp | None = None
    taken: Stamp | None = None
    linked: bool = False


@dataclass(slots=True)
class Field:
    """A complex field that is not closed yet."""

    code: str = ""
    coding: bool = True
    """Between its begin and its result."""
    held: list[Piece] = field(default_factory=list)
    """Text met in its code: shown where the field turns out to have no end."""

    @property
    def lists(self) -> bool:
        return self.code[:40].lstrip().upper().startswith("TOC")


@dataclass(slots=True)
class RawCell:
    row: int
    """Of the accepted view; -1: the row is only in the original one."""
    column: int
    first: int
    """Its paragraphs in `Walk.paragraphs`, those of tables inside it included."""
    last: int
    put: Stamp | None
    taken: Stamp | None


@dataclass(slots=True)
class RawTable:
    rows: list[list[RawCell]] = field(default_factory=list)
    columns: int = 0
    revisions: list[Revision] = field(default_factory=list)
    fates: list[Fate] = field(default_factory=list)
    """Of each row."""
    standing: int = 0
    """Rows of the accepted view so far."""
    first: int = 0
    last: int = 0


@dataclass(slots=True)
class Walk:
    """What was met so far; the only thing in this package that changes."""

    styles: Styles
    paragraphs: list[Raw] = field(default_factory=list)
    tables: list[RawTable] = field(default_factory=list)
    charts: list[tuple[str, str]] = field(default_factory=list)
    """Name of the drawing and relationship of the chart."""
    tongues: Counter[str] = field(default_factory=Counter)
    """Characters in each language that runs name."""
    called: dict[str, Fate] = field(default_factory=dict)
    """Kind and id of the notes that are called, with what was recorded of the call."""
    _note: str = ""
    _story: int = 0
    _stories: int = 0
    _row: int = 0
    _fields: list[Field] = field(default_factory=list)
    _waiting: list[Element] = field(default_factory=list)
    """Ends of ranges that stand between paragraphs."""
    _begun: set[tuple[str, str | None]] = field(default_factory=set)
    """Their kinds and ids."""
    _boxes: list[Element] = field(default_factory=list)
    _drawing: str = ""

    def body(self, element: Element) -> None:
        """The text proper."""
        self._blocks(element, Fate(), None)
        self._settle()

    def aside(self, element: Element, fate: Fate = Fate(), note: str = "") -> None:
        """A note, text box, header or footer, with ranges and fields of its own."""
        story, fields, drawing = self._story, self._fields, self._drawing
        self._note = note or self._note
        self._stories += 1
        self._story, self._fields = self._stories, []
        self._row += 1
        self._blocks(element, fate, None)
        self._settle()
        self._row += 1
        self._story, self._fields, self._drawing = story, fields, drawing
        self._note = "" if note else self._note

    def _settle(self) -> None:
        """Ends of ranges after the last paragraph belong to its end."""
        waiting, self._waiting = self._waiting, []
        self._begun.clear()
        if self.paragraphs:
            for element in waiting:
                self._edge(self.paragraphs[-1], element)

    # Blocks

    def _blocks(self, element: Iterable[Element], fate: Fate, cell: tuple[int, int, int] | None) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{W}p":
                self._paragraph(child, fate, cell)
            elif tag == f"{W}tbl":
                self._table(child, fate)
            elif tag in _EDGES:
                self._between(child)
            elif tag == f"{W}r":
                # No program writes it, but words are not to be lost.
                self.paragraphs.append(Raw(self._row, self._story, cell=cell, style=self.styles.default))
                self._run(child, fate, self.paragraphs[-1])
            elif tag == f"{MC}AlternateContent":
                self._blocks(once(child), fate, cell)
            elif tag not in PASSED_OVER:
                self._blocks(child, _within(child, fate), cell)

    def _between(self, child: Element) -> None:
        kind, start = _EDGES[str(child.tag)]
        last = next((p for p in reversed(self.paragraphs[-_BACK:]) if p.story == self._story), None)
        if start or (kind, child.get(f"{W}id")) in self._begun or last is None:
            self._waiting.append(child)
            self._begun.add((kind, child.get(f"{W}id")))
        else:
            self._edge(last, child)

    def _paragraph(self, element: Element, fate: Fate, cell: tuple[int, int, int] | None) -> None:
        raw = Raw(self._row, self._story, cell=cell, style=self.styles.default, note=self._note)
        self.paragraphs.append(raw)
        properties = element.find(f"{W}pPr")
        identity = ""
        if properties is not None:
            identity = value(properties.find(f"{W}pStyle"))
            raw.style = self.styles.names.get(identity, identity) or raw.style
            raw.looks = _stamp(properties.find(f"{W}pPrChange"), "format")
            for mark in properties.iterfind(f"{W}rPr/*"):
                tag = str(mark.tag)
                if tag in PUT:
                    raw.mark_put = _stamp(mark, "split")
                elif tag in TAKEN:
                    raw.mark_taken = _stamp(mark, "join")
        self._settle()
        listed = any(f.lists for f in self._fields)
        links = plain = 0
        for child in element:
            before = len(raw.pieces)
            self._inline(child, fate, raw)
            if child.tag == f"{W}hyperlink" and child.get(f"{W}anchor", "").startswith("_Toc"):
                links += len(raw.pieces) - before
            else:
                plain += len(raw.pieces) - before
        for open_field in [f for f in self._fields if f.coding]:
            # No field has its code in two paragraphs: this one is broken, and what it seemed to hide is text.
            self._fields.remove(open_field)
            for piece in open_field.held:
                raw.add(piece)
        listed = listed or any(f.lists for f in self._fields)
        raw.contents = identity in self.styles.contents or (listed and links > 0 and plain == 0)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.aside(box)

    # Inline content

    def _inline(self, child: Element, fate: Fate, raw: Raw) -> None:
        tag = child.tag
        if tag == f"{W}r":
            self._run(child, fate, raw)
        elif tag in _EDGES:
            self._edge(raw, child)
        elif tag == f"{MC}AlternateContent":
            for inner in once(child):
                self._inline(inner, fate, raw)
        elif tag == f"{M}r":
            for text in child.iterfind(f"{M}t"):
                self._text(raw, Piece(text.text or "", fate.put, fate.taken))
        elif tag not in PASSED_OVER:
            within = _within(child, fate)
            for inner in child:
                self._inline(inner, within, raw)

    def _edge(self, raw: Raw, element: Element) -> None:
        kind, start = _EDGES[str(element.tag)]
        identity = element.get(f"{W}id", "")
        raw.edges.append(Edge(kind, identity, start, raw.accepted_length, raw.original_length, element.get(f"{W}name", "")))

    def _text(self, raw: Raw, piece: Piece) -> None:
        if not piece.text or (piece.put and piece.taken):
            return
        coding = next((f for f in self._fields if f.coding), None)
        if coding:
            coding.held.append(piece)
        else:
            raw.add(piece)

    def _run(self, element: Element, fate: Fate, raw: Raw) -> None:
        properties = element.find(f"{W}rPr")
        model = Piece("", fate.put, fate.taken)
        hidden, tongue = False, ""
        if properties is not None:
            model = Piece(
                "",
                fate.put,
                fate.taken,
                _stamp(properties.find(f"{W}rPrChange"), "format"),
                value(properties.find(f"{W}rStyle")) in self.styles.numbers,
                is_formatted(properties),
            )
            hidden = is_on(properties.find(f"{W}vanish"))
            tongue = value(properties.find(f"{W}lang"))
        length = raw.accepted_length
        self._characters(element, model, hidden, raw)
        if tongue:
            self.tongues[tongue] += raw.accepted_length - length

    def _characters(self, element: Iterable[Element], model: Piece, hidden: bool, raw: Raw) -> None:
        for child in element:
            tag = child.tag
            text = ""
            if tag == f"{W}t":
                text = child.text or ""
            elif tag == f"{W}delText":
                text = child.text or ""
                if text and not model.taken:
                    self._text(raw, replace(model, text=text, taken=Stamp("delete", "", "")))
                    continue
            elif tag in SIGNS:
                text = SIGNS[str(tag)]
            elif tag == f"{W}br":
                text = "" if child.get(f"{W}type") in {"page", "column"} else "\n"
            elif tag == f"{W}sym":
                text = symbol(child)
            elif tag == f"{W}fldChar":
                self._field(child.get(f"{W}fldCharType", ""))
            elif tag == f"{W}instrText" or tag == f"{W}delInstrText":
                if self._fields:
                    self._fields[-1].code += child.text or ""
            elif tag == f"{W}commentReference":
                identity = child.get(f"{W}id", "")
                raw.edges.append(Edge("reference", identity, True, raw.accepted_length, raw.original_length))
            elif tag in CALLS:
                self._call(f"{CALLS[str(tag)]} {child.get(f'{W}id', '')}", model, raw)
            elif tag == f"{MC}AlternateContent":
                self._characters(once(child), model, hidden, raw)
            elif tag == f"{W}ruby":
                for inner in child.iterfind(f"{W}rubyBase/{W}r"):
                    self._characters(inner, model, hidden, raw)
            elif tag == f"{W}txbxContent":
                self._boxes.append(child)
            elif tag == f"{WP}docPr":
                self._drawing = child.get("name", "")
            elif tag == f"{CHART}chart" and child.get(f"{R}id"):
                self.charts.append((self._drawing, child.get(f"{R}id", "")))
            elif tag not in PASSED_OVER:
                self._characters(child, model, hidden, raw)
            if text and not hidden:
                self._text(raw, replace(model, text=text))

    def _call(self, note: str, model: Piece, raw: Raw) -> None:
        if model.put and model.taken:
            return
        # Of a note that was moved the call that stays counts.
        if note not in self.called or not model.taken:
            self.called[note] = Fate(model.put, model.taken)
        stamp = model.put or model.taken
        raw.edges.append(Edge("note", note, True, raw.accepted_length, raw.original_length, stamp=stamp))

    def _field(self, kind: str) -> None:
        if kind == "begin" and len(self._fields) < _FIELD_LIMIT:
            self._fields.append(Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].coding = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    # Tables

    def _table(self, element: Element, fate: Fate) -> None:
        self._row += 1
        table = RawTable(first=len(self.paragraphs))
        index = len(self.tables)
        self.tables.append(table)
        self._rows(element, fate, table, index)
        table.last = len(self.paragraphs) - 1
        self._row += 1

    def _rows(self, element: Iterable[Element], fate: Fate, table: RawTable, index: int) -> None:
        for child in element:
            if child.tag == f"{W}tr":
                self._table_row(child, fate, table, index)
            elif child.tag in _EDGES:
                self._between(child)
            elif child.tag == f"{MC}AlternateContent":
                self._rows(once(child), fate, table, index)
            elif child.tag not in PASSED_OVER:
                self._rows(child, _within(child, fate), table, index)

    def _table_row(self, element: Element, fate: Fate, table: RawTable, index: int) -> None:
        properties = element.find(f"{W}trPr")
        column = 0
        if properties is not None:
            column = min(whole(value(properties.find(f"{W}gridBefore"))), _SPAN_LIMIT)
            for child in properties:
                fate = _within(child, fate)
        number = -1 if fate.taken else table.standing
        table.standing += not fate.taken
        table.fates.append(fate)
        row: list[RawCell] = []
        table.rows.append(row)
        column = self._cells(element, fate, (index, number, column), row)
        table.columns = max(table.columns, column)

    def _cells(self, element: Iterable[Element], fate: Fate, at: tuple[int, int, int], row: list[RawCell]) -> int:
        """The grid column after the last cell; `at`: table, row and column of the next cell."""
        index, number, column = at
        for child in element:
            if child.tag == f"{W}tc":
                column = self._cell(child, fate, (index, number, column), row)
            elif child.tag in _EDGES:
                self._between(child)
            elif child.tag == f"{MC}AlternateContent":
                column = self._cells(once(child), fate, (index, number, column), row)
            elif child.tag not in PASSED_OVER:
                column = self._cells(child, _within(child, fate), (index, number, column), row)
        return column

    def _cell(self, element: Element, fate: Fate, at: tuple[int, int, int], row: list[RawCell]) -> int:
        properties = element.find(f"{W}tcPr")
        span = 1
        if properties is not None:
            span = max(1, min(whole(value(properties.find(f"{W}gridSpan")), 1), _SPAN_LIMIT))
            put, taken = _stamp(properties.find(f"{W}cellIns"), "insert"), _stamp(properties.find(f"{W}cellDel"), "delete")
            fate = replace(fate, put=put or fate.put, taken=taken or fate.taken)
        first = len(self.paragraphs)
        self._row += 1
        self._blocks(element, fate, at)
        row.append(RawCell(at[1], at[2], first, len(self.paragraphs) - 1, fate.put, fate.taken))
        return at[2] + span


def _within(element: Element, fate: Fate) -> Fate:
    """The fate of what stands inside an element."""
    tag = str(element.tag)
    if tag in PUT:
        return replace(fate, put=_stamp(element, _kind(PUT[tag])))
    if tag in TAKEN:
        return replace(fate, taken=_stamp(element, _kind(TAKEN[tag])))
    return fate


def _kind(name: str) -> RevisionKind:
    return next(kind for kind in _KINDS if kind == name)


_KINDS: tuple[RevisionKind, ...] = ("insert", "delete", "move-from", "move-to")


def _stamp(element: Element | None, kind: RevisionKind) -> Stamp | None:
    if element is None:
        return None
    return Stamp(kind, element.get(f"{W}author", ""), moment(element))
