"""What was sent out for review: per block the words that reviewers see, with the place of every figure, literal and reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal as OneOf

BlockKind = OneOf["text", "item", "title", "heading", "note", "fixed"]
"""`text`: paragraph of the narrative; `item`: of a list; `title`: of a table, chart or map; `heading`: of a chapter or section;
`note`: under a table or chart; `fixed`: words that come from elsewhere (definitions, imprint, cover, unit lines, key figures)."""


@dataclass(frozen=True)
class Span:
    """A piece of a text that is no plain word: it is printed anew at each build."""

    start: int
    """Offset in the text, in characters."""
    text: str
    kind: OneOf["number", "literal", "reference"]
    ref: str
    """Of a number the id of its fact; of a reference the id of the block that it names; of a literal its kind."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class IssuedBlock:
    id: str
    """Unique in a language; parts of a block that are unique only inside it carry their block's id before their own."""
    language: str
    bookmark: str
    kind: BlockKind
    order: int
    """Place in reading order, over the whole file."""
    text: str
    """Plain words as printed, no-break spaces kept; empty where the record holds the digest alone."""
    digest: str
    """SHA-256 of `text`."""
    spans: tuple[Span, ...] = ()
    generated: str = ""
    """Digest of the generated wording, figures left out, that an override of this block rests on (`document.digest.digest_of`);
    that of the program's own words also where a reviewer's wording was printed."""
    section: str = ""
    """Id of the innermost section."""
    editable: bool = True
    """An edit of its words can come back as an override."""
    source: str = ""
    """Where words that cannot be overridden are kept: a file of the project, or empty."""
    lead: str = ""
    """What the paragraph of the Word file says before its words, outside the bookmark: `Quadro 5.1` and a tab, the number of a
    heading, the label of a note, on a line for two languages the words of the first. A tab is a tab, a line break a line break."""
    tail: str = ""
    """What it says after them: the paragraph reads `lead`, `text`, `tail`."""


@dataclass(frozen=True)
class IssuedTable:
    id: str
    bookmark: str
    grid: tuple[tuple[str, ...], ...]
    """Every row as printed in Word, heads first; a cell that spans columns stands once, at its first column, then empty texts."""
    facts: tuple[tuple[str, ...], ...]
    """Same shape: the id of the cell's fact, or empty."""
    marks: tuple[tuple[str, ...], ...] = ()
    """Same shape: the marks of notes that end the cell's text, which are no digits of its figure; empty where none are known."""


@dataclass(frozen=True)
class IssuedChart:
    """A chart that Word can edit, with the rows of its workbook."""

    id: str
    rows: tuple[tuple[str, ...], ...]
    """Heads first; numbers with a full stop and no grouping, empty where the chart has no value."""
    facts: tuple[tuple[str, ...], ...] = ()
    """Same shape: the id of the cell's fact, or empty."""


@dataclass(frozen=True)
class Issued:
    """One file sent out."""

    build: str
    """Id of the build of which the file is part; folder `review/issued/<build>/`."""
    edition: str
    project: str
    """Code of the country: a file of another bulletin is refused."""
    languages: tuple[str, ...]
    """Of the file: one, or two side by side."""
    blocks: tuple[IssuedBlock, ...]
    tables: tuple[IssuedTable, ...] = ()
    charts: tuple[IssuedChart, ...] = ()
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Fact id to language to its printed text at the time, where the record has it."""
    author: str = ""
    """Under which the program's own comments stand in the file; empty where it was not sent out for review."""
