"""Files beside the tables of a web edition, the table in which each chart's figures are, and how an exhibit is cited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bulletin.document.alternatives import facts_of_figure, facts_of_table
from bulletin.document.blocks import Figure, Table
from bulletin.document.imprint import imprint_of
from bulletin.document.inline import plain
from bulletin.document.tree import Document, Section, walk
from bulletin.document.web import Web
from bulletin.document.workbook import Workbook
from bulletin.model.theme import Theme
from bulletin.write.table_csv import file_name, table_csv
from bulletin.write.xlsx import write_workbook

FOLDER = "data"


@dataclass(frozen=True)
class Beside:
    """A file that holds a table."""

    path: str
    kind: str
    """`CSV`, `XLSX`."""
    media: str
    kilobytes: int


def table_names(web: Web) -> Mapping[str, str]:
    """Id of every table to what its files are called, without their ending."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for shown in (b for b in walk(web.document.sections) if isinstance(b, Table)):
        name = wanted = file_name(web.whole.get(shown.id, shown)).removesuffix(".csv")
        number = 2
        while name in taken:
            name, number = f"{wanted}-{number}", number + 1
        taken.add(name)
        names[shown.id] = f"{FOLDER}/{name}"
    return names


def _csv(book: Workbook, theme: Theme) -> bytes:
    return table_csv(book.tables[0], book.document)


KINDS: Mapping[str, tuple[str, Callable[[Workbook, Theme], bytes]]] = {
    "CSV": ("text/csv", _csv),
    "XLSX": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_workbook),
}
"""What a table has beside it: how it is sent, and how it is made of what `book_of` gives."""


def book_of(web: Web, name: str) -> Workbook:
    """All that the files of a table are made of: of the edition no more than they say, so that they are the same whatever its prose
    says. `name`: the table's id."""

    def held(section: Section) -> Section | None:
        blocks = tuple(b for b in section.blocks if b.id in (name, *_SAID))
        parts = tuple(found for part in section.sections if (found := held(part)) is not None)
        return replace(section, blocks=blocks, sections=parts, opening=None) if blocks or parts else None

    sections = tuple(found for section in web.document.sections if (found := held(section)) is not None)
    table = next(b for b in walk(sections) if b.id == name)
    assert isinstance(table, Table)
    document = replace(web.document, sections=sections)
    return Workbook(document, (web.whole.get(name, table),), web.signs, extract=True, single=True)


_SAID = ("imprint", "imprint.rounding")
"""Blocks of the imprint that are said again with a table."""


def table_files(web: Web, theme: Theme) -> tuple[dict[str, bytes], Mapping[str, tuple[Beside, ...]]]:
    """Every table as CSV and as a workbook, by path; and by id of the table what it has."""
    files: dict[str, bytes] = {}
    beside: dict[str, tuple[Beside, ...]] = {}
    for name, path in table_names(web).items():
        book = book_of(web, name)
        made = {kind: make(book, theme) for kind, (_, make) in KINDS.items()}
        files |= {file_of(path, kind): data for kind, data in made.items()}
        beside[name] = beside_of(path, made)
    return files, beside


def file_of(path: str, kind: str) -> str:
    return f"{path}.{kind.lower()}"


def beside_of(path: str, made: Mapping[str, bytes]) -> tuple[Beside, ...]:
    """`made`: the table's files by kind."""
    return tuple(Beside(file_of(path, kind), kind, KINDS[kind][0], kilobytes(len(data))) for kind, data in made.items())


def kilobytes(count: int) -> int:
    return max(1, round(count / 1000))


def values_of(document: Document) -> Mapping[str, Table]:
    """Id of a chart to the table with all its figures, of several the nearest."""
    blocks = list(walk(document.sections))
    tables = [(at, block, facts_of_table(block)) for at, block in enumerate(blocks) if isinstance(block, Table)]
    found = {}
    for place, figure in enumerate(blocks):
        own = facts_of_figure(figure) if isinstance(figure, Figure) else frozenset()
        near = [(abs(at - place), at, table) for at, table, facts in tables if own and own <= facts]
        if near:
            found[figure.id] = min(near, key=lambda one: one[:2])[2]
    return found


def cited(exhibit: Table | Figure, document: Document) -> str:
    """What is written under a quotation."""
    name = f"{exhibit.label}: {plain(exhibit.title).rstrip('.')}"
    return document.words["web_citation"].format(exhibit=name, **_edition(document))


def cited_whole(document: Document) -> str:
    return document.words["web_citation_whole"].format(**_edition(document))


def _edition(document: Document) -> Mapping[str, str]:
    """As a quotation names it; that it is a draft, or not official, goes with its title."""
    about, banner = document.metadata, document.cover.banner
    title = about.title + (f" ({banner.lower()})" if banner else "")
    return {"publisher": about.publisher.rstrip("."), "title": title, "date": released(document)}


def released(document: Document) -> str:
    """The date in words, as the imprint prints it."""
    return said_in_imprint(document).get("release_date", document.metadata.release_date)


def said_in_imprint(document: Document) -> dict[str, str]:
    """Line of the imprint to what it says."""
    return {name: plain(line.content) for name, line in imprint_of(document).items()}
