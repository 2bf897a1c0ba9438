"""Markup of web pages: what their templates need beyond the tree itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from bulletin.document.anchors import anchor
from bulletin.document.blocks import Figure, Row, Table
from bulletin.document.inline import Footnote, Inlines, plain
from bulletin.document.tree import walk
from bulletin.shipped import shipped
from bulletin.write.html import kind, listed_in, notes_of
from bulletin.write.inlines import spelled_inline
from bulletin.write.table_layout import bodies_of, head_of
from bulletin.write.web.exhibits import Beside, cited, cited_whole, released, said_in_imprint, values_of
from bulletin.write.web.pages import INDEX, Page, address, addresses, pages_of
from bulletin.write.web.pictures import inline_picture

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

    from bulletin.document.chart import Chart, Image
    from bulletin.document.tree import Document
    from bulletin.document.web import Web
    from bulletin.model.theme import Theme


@cache
def environment() -> Environment:
    """One for all pages: templates are compiled once. What depends on the page comes with each."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context

    found = Environment(
        loader=FileSystemLoader(shipped("bulletin_templates", "web")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "inline": pass_context(lambda context, content: context["inlines"](content)),
        "anchor": anchor,
        "plain": plain,
    }
    found.globals |= {
        "kind": kind,
        "listed_in": listed_in,
        "notes_of": notes_of,
        "head_of": head_of,
        "bodies_of": bodies_of,
        "released_on": released,
    }
    return found


@dataclass
class Around:
    """What a page shares with the others of its language."""

    web: Web
    theme: Theme
    images: Mapping[str, Image]
    beside: Callable[[str], Sequence[Beside]]
    """Id of a table to its files."""
    pages: tuple[Page, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Table] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pages = pages_of(self.web.document)
        self.known = addresses(self.pages)
        self.values = values_of(self.web.document)

    def spelled(self, template: str, here: str, **more: object) -> bytes:
        page = _Page(self, here)
        document = self.web.document
        given: dict[str, object] = {
            "document": document,
            "about": document.metadata,
            "words": document.words,
            "web": self.web,
            "here": here,
            "index": INDEX,
            "pages": self.pages,
            "inlines": page.inline,
            "said": said_in_imprint(document),
            "released": released(document),
            "cited_whole": cited_whole(document),
            "others": [t for t in self.web.tongues if t.language != self.web.language],
            "corrected": self.known.get("erratum", ""),
            "placed": self._placed(),
            "marks": script_words(document),
        }
        given |= {name: getattr(page, name) for name in _SPELLED}
        text = environment().get_template(template).render(**given, **more)
        return "\n".join(line for line in text.splitlines() if line.strip()).encode() + b"\n"

    def _placed(self) -> str:
        """Pages with tables by place, in their order: a reader who follows a place is led from one to the next."""
        codes = {code for code, _ in self.web.places}
        names = [
            page.name
            for page in self.pages
            if any(isinstance(b, Table) and any(place_of(r.key, codes) for r in b.rows) for b in walk((page.section,)))
        ]
        return " ".join(names)


_SPELLED = (
    "ident", "href", "chart", "spark", "files_of", "cited_as", "values_table", "is_here", "notes_here", "row_place", "column_place",
    "sortable", "series_of",
)  # fmt: skip


class _Page:
    """One page being written: which ids it has, and which footnotes."""

    def __init__(self, around: Around, here: str) -> None:
        self.around, self.here = around, here
        self.taken: set[str] = set()
        self.drawn = 0
        self.notes_here: list[Footnote] = []
        self.codes = {code for code, _ in around.web.places}

    def inline(self, content: Inlines) -> Markup:
        return spelled_inline(content, self.href, self._called)

    def _called(self, note: Footnote) -> Markup:
        from markupsafe import Markup

        first = note.number not in {n.number for n in self.notes_here}
        if first:
            self.notes_here.append(note)
        name = Markup(' id="call-{}"').format(note.number) if first else ""
        said = self.around.web.document.words["note"]
        return Markup('<sup><a class="call"{0} href="#note-{1}" aria-label="{2} {1}">{1}</a></sup>').format(
            name, note.number, said
        )

    def href(self, target: str) -> str:
        return address(target, self.around.known, self.here)

    def ident(self, block_id: str) -> Markup:
        """The id of a block, once a page."""
        from markupsafe import Markup

        if not block_id or block_id in self.taken:
            return Markup()
        self.taken.add(block_id)
        return Markup(' id="{}"').format(anchor(block_id))

    def chart(self, figure: Figure) -> Markup:
        colours = {c.lower(): n for n, c in self._colours(figure.chart)}
        name = f"{figure.label}: {plain(figure.title)}" if figure.label else plain(figure.title)
        return self._drawn(figure.chart, name, figure.alt, colours)

    def spark(self, chart: Chart, label: str, text: str) -> Markup:
        return self._drawn(chart, label, text, {})

    def _drawn(self, chart: Chart, name: str, text: str, colours: Mapping[str, int]) -> Markup:
        from markupsafe import Markup

        self.drawn += 1
        return Markup(inline_picture(self.around.images[chart.id].svg, f"c{self.drawn}", name, text, colours))

    def _colours(self, chart: Chart) -> list[tuple[int, str]]:
        """Series that differ in colour and may stand out one by one."""
        named = [(n, s) for n, s in enumerate(chart.series) if s.label and s.colour >= 0]
        palette = self.around.theme.colour.series
        if len(named) < 2 or len({s.colour % len(palette) for _, s in named}) < len(named) or len(named) < len(chart.series):
            return []
        return [(n, palette[s.colour % len(palette)]) for n, s in named]

    def series_of(self, figure: Figure) -> str:
        chart = figure.chart
        found = [[n, " ".join(chart.series[n].label.split())] for n, _ in self._colours(chart)]
        return json.dumps(found, ensure_ascii=False) if found else ""

    def files_of(self, table: Table) -> Sequence[Beside]:
        return self.around.beside(table.id)

    def cited_as(self, exhibit: Table | Figure) -> str:
        return cited(exhibit, self.around.web.document)

    def values_table(self, figure: Figure) -> Table | None:
        return self.around.values.get(figure.id)

    def is_here(self, block_id: str) -> bool:
        return self.around.known.get(block_id) == self.here

    def row_place(self, row: Row) -> str:
        return place_of(row.key, self.codes)

    def column_place(self, key: str) -> str:
        return next((part for part in key.split("/") if part in self.codes), "")

    def sortable(self, table: Table) -> bool:
        """Rows that stand for themselves may change their order: none leads others, none belongs to one above it."""
        return len(table.rows) > 3 and not table.words and all(r.role in ("normal", "total") for r in table.rows)


def place_of(key: str, codes: set[str]) -> str:
    part = key.rpartition(".")[2]
    return part if part in codes else ""


def script_words(document: Document) -> str:
    """What the script says."""
    keys = (
        "sort", "sorted_up", "sorted_down", "unsorted", "follow", "follow_none", "followed", "follow_next", "highlight", "copy",
        "copied",
    )  # fmt: skip
    said = {key: document.words[f"web_{key}"] for key in keys}
    return json.dumps({**said, "decimal": document.metadata.decimal}, ensure_ascii=False)
