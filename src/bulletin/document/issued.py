"""The record of what an edition says, block by block, as it is sent out for review and as it stands today."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Literal as OneOf

from bulletin.document.anchors import bookmark, grid_of
from bulletin.document.blocks import Cell, Figure, Row, Spanner, Table
from bulletin.document.for_review import guide
from bulletin.document.inline import (
    UNPRINTABLE,
    Emphasis,
    Footnote,
    Foreign,
    Inlines,
    Literal,
    NoteMark,
    Number,
    Reference,
    Strong,
    Text,
)
from bulletin.document.native import issued_chart
from bulletin.document.parallel import Parallel
from bulletin.document.pieces import Piece, pieces
from bulletin.document.serial import facts_used
from bulletin.document.tree import Document, walk
from bulletin.model.issued import Issued, IssuedBlock, IssuedTable, Span
from bulletin.model.noted import CLOSE, OPEN, inside, typed

THIN = "\u202f"
"""Between a figure and its sign; no line may break there."""

Generated = Mapping[str, Mapping[str, str]]
"""Language to block id to the digest of the program's own wording; empty for a block that a reviewer added. Only what is in it can
be reworded."""


def issued_of(
    edition: Document | Parallel,
    *,
    build: str = "",
    project: str = "",
    generated: Generated | None = None,
    sources: Mapping[str, str] | None = None,
    for_review: bool = False,
) -> Issued:
    """`generated`: by default every text, item, title, heading and note counts as the program's own and has no digest; `sources`:
    what an id begins with to the file where its words are kept, the longest beginning counts; `for_review`: with the page on
    how to review.

    What a Word file prints elsewhere or not at all (a part of a key figure, words equal in both languages) is known only once it is
    written, as is the place of each block in it.
    """
    documents = (edition.first, edition.second) if isinstance(edition, Parallel) else (edition,)
    blocks: list[IssuedBlock] = []
    texts: dict[str, dict[str, str]] = {}
    for document in documents:
        language = document.metadata.language
        guided = guide(document.words, build).lines() if for_review else ()
        told = (Piece(name, "fixed", (Text(words),)) for name, words in guided)
        found = (*told, *pieces(document), *_numbers(edition, document))
        own = None if generated is None else generated.get(language, {})
        blocks += [_block(piece, language, len(blocks) + n, own, sources or {}) for n, piece in enumerate(found)]
        for fact, text in facts_used(document):
            texts.setdefault(fact, {}).setdefault(language, text)
    first = documents[0]
    tables = tuple(table_of(b, first.metadata.language) for b in walk(first.sections) if isinstance(b, Table))
    charts = tuple(issued_chart(b) for b in walk(first.sections) if isinstance(b, Figure) and b.native)
    languages = tuple(d.metadata.language for d in documents)
    author = first.words["review_author"] if for_review else ""
    return Issued(build, first.metadata.edition, project, languages, tuple(blocks), tables, charts, texts, author)


def numbers_id(document: Document) -> str:
    """Of the words, in a file of two languages, that tell in whose marks the shared figures are printed."""
    return f"{document.sections[0].id}.numbers" if document.sections else "numbers"


def _numbers(edition: Document | Parallel, document: Document) -> tuple[Piece, ...]:
    if not isinstance(edition, Parallel):
        return ()
    said = edition.numbers if document is edition.first else edition.second_numbers
    return (Piece(numbers_id(edition.first), "fixed", (Text(said),)),) if said else ()


def _block(piece: Piece, language: str, order: int, own: Mapping[str, str] | None, sources: Mapping[str, str]) -> IssuedBlock:
    kind = piece.kind if own is None or piece.id in own else "fixed"
    text, spans = spelled(piece.content, noted=True)
    return IssuedBlock(
        piece.id,
        language,
        bookmark(piece.id, language),
        kind,
        order,
        text,
        text_digest(text),
        spans,
        (own or {}).get(piece.id, ""),
        piece.section,
        kind != "fixed",
        _source(piece.id, sources) if kind == "fixed" else "",
    )


def _source(block: str, sources: Mapping[str, str]) -> str:
    beginning = max((b for b in sources if block == b or block.startswith(b + ".")), key=len, default="")
    return sources.get(beginning, "")


def text_digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def spelled(content: Inlines, *, noted: bool = False) -> tuple[str, tuple[Span, ...]]:
    """The words as Word prints them, marks of notes included, and what in them is no plain word; `noted`: with the notes that a
    reviewer has put in, as his wording has them."""
    text, spans = "", []
    for words, kind, ref in _pieces(content, noted=noted):
        said = UNPRINTABLE.sub("", words)
        if kind:
            spans.append(Span(len(text), said, kind, ref))
        text += said
    return text, tuple(spans)


def _pieces(
    content: Inlines, *, noted: bool = False, inner: bool = False
) -> Iterator[tuple[str, OneOf["number", "literal", "reference", ""], str]]:
    """`inner`: of a note."""
    for piece in content:
        match piece:
            case Text(text):
                yield inside(text) if inner else typed(text) if noted else text, "", ""
            case Number(text, fact):
                yield text, "number", fact
            case Literal(text, kind):
                yield text, "literal", kind
            case Reference(target, text):
                yield text, "reference", target
            case NoteMark(mark):
                yield mark, "literal", "mark"
            case Footnote(words, added=True) if noted:
                yield OPEN, "", ""
                yield from _pieces(words, noted=noted, inner=True)
                yield CLOSE, "", ""
            case Footnote():
                pass  # Word has no words in its place, and the note is a piece of its own
            case Strong(words) | Emphasis(words) | Foreign(_, words):
                yield from _pieces(words, noted=noted, inner=inner)


# ---------------------------------------------------------------- tables


def table_of(table: Table, language: str) -> IssuedTable:
    heads = tuple(_head(table))
    grid, facts = zip(*heads, *(_row(table, row) for row in table.rows), strict=True)
    none = ("",) * (len(table.columns) + 1)
    marks = (*(none for _ in heads), *(_marks(row) if row.cells else none for row in table.rows))
    return IssuedTable(grid_of(table.id), bookmark(grid_of(table.id), language), grid, facts, marks)


def _marks(row: Row) -> tuple[str, ...]:
    return (row.marks, *(c.marks for c in row.cells))


Line = tuple[tuple[str, ...], tuple[str, ...]]
"""Texts of a row, and the facts behind them."""


def spanner_at(row: tuple[Spanner, ...], index: int) -> Spanner | None:
    return next((s for s in row if s.start <= index < s.start + s.span), None)


def top_of(table: Table, index: int) -> int:
    """First head row from which nothing but the column's own head stands over it: there its words are printed."""
    top = len(table.spanners)
    while top and spanner_at(table.spanners[top - 1], index) is None:
        top -= 1
    return top


def _head(table: Table) -> Iterator[Line]:
    for level in range(len(table.spanners) + 1):
        texts = [spelled(table.stubhead)[0] if level == 0 else ""]
        for index, column in enumerate(table.columns):
            spanner = spanner_at(table.spanners[level], index) if level < len(table.spanners) else None
            if spanner:
                texts.append(spelled(spanner.label)[0] if spanner.start == index else "")
            else:
                words = spelled(column.head)[0] + (THIN + column.sign if column.sign and not table.words else "")
                texts.append(words if level == top_of(table, index) else "")
        yield tuple(texts), ("",) * len(texts)


def _row(table: Table, row: Row) -> Line:
    label = spelled(row.label)[0]
    if row.role == "block":
        empty = ("",) * len(table.columns)
        return (label, *empty), ("", *empty)
    texts = (label + row.marks, *(_cell(table, c) for c in row.cells))
    return texts, ("", *(c.fact for c in row.cells))


def _cell(table: Table, cell: Cell) -> str:
    words = spelled(cell.content)[0] if cell.content and (table.words or cell.kind == "text") else cell.text
    signs = THIN + cell.signs if cell.signs and not table.words and cell.kind != "text" else ""
    return words + signs + cell.marks
