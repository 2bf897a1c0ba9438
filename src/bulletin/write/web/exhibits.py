"""Files beside the tables of a web edition, the table in which each chart's figures are, and how an exhibit is cited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bulletin.document.alternatives import facts_of_figure, facts_of_table
from bulletin.document.blocks import Figure, Table
from bulletin.document.imprint import imprint_of
from bulletin.document.inline import plain
from bulletin.document.tree import Document, walk
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


def table_csv_of(web: Web, table: Table, theme: Theme) -> bytes:
    return table_csv(table, web.document)


def table_workbook_of(web: Web, table: Table, theme: Theme) -> bytes:
    return write_workbook(Workbook(web.document, (table,), web.signs, extract=True, single=True), theme)


KINDS: Mapping[str, tuple[str, Callable[[Web, Table, Theme], bytes]]] = {
    "CSV": ("text/csv", table_csv_of),
    "XLSX": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", table_workbook_of),
}
"""What a table has beside it: how it is sent, and how it is made."""


def table_files(web: Web, theme: Theme) -> tuple[dict[str, bytes], Mapping[str, tuple[Beside, ...]]]:
    """Every table as CSV and as a workbook, by path; and by id of the table what it has."""
    files: dict[str, bytes] = {}
    beside: dict[str, tuple[Beside, ...]] = {}
    tables = {b.id: b for b in walk(web.document.sections) if isinstance(b, Table)}
    for name, path in table_names(web).items():
        table = web.whole.get(name, tables[name])
        made = {kind: make(web, table, theme) for kind, (_, make) in KINDS.items()}
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
