"""What came back from Word: paragraphs in both views, revisions, comments, tables, chart workbooks; nothing interpreted yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf

BREAK = "\u2029"
"""Paragraph separator, between the paragraphs of an original view that the accepted one has joined."""


MarkState = OneOf["whole", "part", "empty"]


@dataclass(frozen=True)
class Revision:
    kind: OneOf["insert", "delete", "move-from", "move-to", "format", "split", "join"]
    """`split`: a paragraph mark was put in; `join`: one was taken out."""
    author: str
    date: str
    """As written in the file: UTC, ISO 8601; may be empty."""
    text: str = ""


@dataclass(frozen=True)
class Mark:
    """A bookmark found in a paragraph."""

    name: str
    state: MarkState
    """`part`: covers only some of the paragraph's words; `empty`: none that are still there."""
    start: int = 0
    """What it covers of `accepted`, from its first character to its last; of several pieces under one name, all."""
    end: int = 0


@dataclass(frozen=True)
class Call:
    """Where a footnote or endnote is called."""

    note: int
    """Number of the note in the file, from 1; `ReadParagraph.within` of its paragraphs."""
    accepted: int
    original: int
    """Offsets in both views of the paragraph."""
    change: Revision | None = None
    """Where the call was put in or taken out on record."""


@dataclass(frozen=True)
class ReadParagraph:
    """A paragraph of the accepted view, or one that only the original view has (then `accepted` is empty)."""

    accepted: str
    """All changes taken."""
    original: str
    """No recorded change taken; equal to `accepted` where nothing was recorded. Of joined paragraphs all, with `BREAK` between them;
    of a split each part has its own share, and all but the last a revision `split`."""
    figures: tuple[tuple[int, int], ...] = ()
    """Ranges of `accepted` that carry the character style of data numbers, neighbours joined."""
    marks: tuple[Mark, ...] = ()
    revisions: tuple[Revision, ...] = ()
    style: str = ""
    """Name of its style in the file, as Word knows it: `Body Text`, `heading 1`; programs give styles other ids."""
    cell: tuple[int, int, int] | None = None
    """Inside a table: index of the table, row of its accepted view (-1: a row that was taken out), grid column, from 0."""
    note: bool = False
    """In a footnote, endnote, text box, header or footer."""
    contents: bool = False
    """A line of a contents list, by its style or field."""
    formatted: bool = False
    """Words are bold, italic or underlined by hand, beyond their style."""
    calls: tuple[Call, ...] = ()
    within: int = 0
    """Number of the footnote or endnote of whose words it is part; 0: of none."""


@dataclass(frozen=True)
class ReadTable:
    marks: tuple[Mark, ...]
    """Bookmarks that enclose it, stand before its first row or in its first cell."""
    accepted: tuple[tuple[str, ...], ...]
    """Rows of cells in grid columns; a cell that spans several stands once, then empty texts."""
    original: tuple[tuple[str, ...], ...]
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True)
class ReadComment:
    id: str
    author: str
    date: str
    text: str
    resolved: bool = False
    parent: str = ""
    """Id of the comment to which it replies."""
    paragraph: int = -1
    """Index into `paragraphs`; -1: not anchored."""
    quoted: str = ""
    """Words on which it was set."""


@dataclass(frozen=True)
class ReadChart:
    name: str
    """Id of the chart, from the name of its drawing; empty where the file has lost it."""
    rows: tuple[tuple[str, ...], ...]
    """Of the embedded workbook's first sheet, numbers with a full stop and no grouping."""


@dataclass(frozen=True)
class ReadFile:
    paragraphs: tuple[ReadParagraph, ...]
    """In reading order, those of tables, controls and text boxes included where they stand."""
    tables: tuple[ReadTable, ...]
    comments: tuple[ReadComment, ...]
    charts: tuple[ReadChart, ...]
    manifest: bytes
    """Content of the manifest part; empty where it is lost."""
    build: str
    """The custom property; empty where it is lost."""
    application: str
    """The program that saved it: `LibreOffice/7.4…`, `Microsoft Office Word`."""
    saved: str
    """Date of the last saving, from the core properties; may be empty."""
    digest: str
    """SHA-256 of the file as received."""
    languages: tuple[str, ...] = ()
    """Tags of the languages that its runs name, the most frequent first."""
