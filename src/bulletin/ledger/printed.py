"""The trees of an edition: where a figure is printed, and where words stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from bulletin.document.lines import Line, Lines
from bulletin.document.wording import sentences
from bulletin.ledger.answer import Appearance, Kind
from bulletin.ledger.nodes import Node, nodes, one, plain, printed_numbers, text
from bulletin.ledger.words import folded, sentence_at
from bulletin.model.fact import ALTERNATIVE

_ID = re.compile(rb'"id":"([^"\\]*)"')
_EXHIBITS = (b'{"type":"Table"', b'{"type":"Figure"')
Found = tuple[str, Appearance]
"""A fact and one place where it stands."""


@dataclass(frozen=True)
class Pages:
    """The tree of one language."""

    language: str
    tree: Lines
    title: str = ""
    """Of a leaflet, which heads its places; empty: the bulletin."""

    @cached_property
    def places(self) -> Mapping[str, list[int]]:
        """Id of a block, note or figure to its offsets: a paragraph may be printed in two chapters."""
        found: dict[str, list[int]] = {}
        for match in _ID.finditer(self.tree.data, self.tree.lines[0].start if self.tree.lines else 0):
            found.setdefault(match[1].decode(), []).append(match.start())
        return found

    def order(self, block: str) -> int:
        return self.places.get(block, [len(self.tree.data)])[0]

    def lines(self, block: str) -> tuple[Line, ...]:
        """Those that hold the block, in the order of reading."""
        places = self.places.get(block) or self.places.get(block.removesuffix(ALTERNATIVE)) or []
        found = (self.tree.at(place) for place in places)
        return tuple({line.start: line for line in found if line}.values())

    def appearances(self, fact: str, blocks: tuple[str, ...]) -> tuple[Appearance, ...]:
        """Where the fact stands in the blocks that print it, in the order of reading."""
        lines = {line.start: line for b in blocks for line in self.lines(b)}
        return tuple(a for start in sorted(lines) for given, a in self.figures(lines[start]) if given == fact)

    def figures(self, line: Line) -> tuple[Found, ...]:
        """Every fact in a block and where it stands."""
        found = _in_block(line.node())
        around = self.sections(line)
        return tuple(
            (fact, replace(a, language=self.language, sections=around, order=line.start + n)) for n, (fact, a) in enumerate(found)
        )

    def sections(self, line: Line) -> tuple[str, ...]:
        heads = [self.tree.lines[n].head() for n in line.sections]
        said = (f"{text(h, 'number')} {plain(h.get('title'))}".strip() for h in heads)
        return tuple(words for words in (self.title, *said) if words)

    # Words

    @cached_property
    def said(self) -> tuple[tuple[Line, Appearance, str], ...]:
        """Every sentence, title, note and key figure, and its words folded."""
        return tuple((line, a, folded(a.sentence)) for line in self.tree.lines for a in _spoken(line.head()))

    def words_of(self, line: Line) -> list[Appearance]:
        around = self.sections(line)
        found = enumerate(_spoken(line.head()))
        return [replace(a, language=self.language, sections=around, order=line.start + n) for n, a in found]

    def saying(self, matches: Callable[[str], bool]) -> tuple[tuple[Line, Appearance], ...]:
        found = [(line, a) for line, a, words in self.said if matches(words)]
        return tuple(
            (line, replace(a, language=self.language, sections=self.sections(line), order=line.start + n))
            for n, (line, a) in enumerate(found)
        )

    def beside(self, other: Pages, words: Appearance) -> list[Appearance]:
        """What this language says where another says the words: the same sentence of the block, or all of it when their numbers
        differ."""
        line, there = self.lines(words.block)[:1], other.lines(words.block)[:1]
        own = [a for x in line for a in self.words_of(x) if a.block == words.block and a.kind is words.kind]
        theirs = [a.sentence for x in there for a in other.words_of(x) if a.block == words.block and a.kind is words.kind]
        return [own[theirs.index(words.sentence)]] if len(own) == len(theirs) and words.sentence in theirs else own

    def exhibit(self, label: str) -> tuple[Line, str] | None:
        """The table or chart whose label, folded, begins the text, and what stands after it."""
        for line in (x for x in self.tree.lines if x.data.startswith(_EXHIBITS)):
            own = folded(text(line.head(), "label"))
            if own and (label == own or label.startswith(f"{own} ")):
                return line, label[len(own) :].strip()
        return None


def _in_block(node: Node) -> Iterator[Found]:
    match node.get("type"):
        case "Section":
            yield from _inline(node.get("title"), Appearance("", Kind.TITLE, text(node, "id")))
            opening = one(node, "opening")
            yield from _paragraph(one(opening, "lede"))
            for item in nodes(opening, "figures"):
                yield from _key_figure(item)
            yield from _paragraph(one(opening, "notice"))
        case "Table":
            yield from _table(node)
        case "Figure":
            yield from _figure(node)
        case "KeyFigures":
            for item in nodes(node, "items"):
                yield from _key_figure(item)
        case "Box":
            yield from _inline(node.get("title"), Appearance("", Kind.TITLE, text(node, "id")))
            for inner in nodes(node, "blocks"):
                yield from _in_block(inner)
        case "BulletList" | "Definitions":
            for item in nodes(node, "items"):
                yield from _paragraph(item)
        case _:
            yield from _paragraph(node)


def _paragraph(node: Node) -> Iterator[Found]:
    words = plain(node.get("content"))
    block = text(node, "id")
    for fact, printed, place in printed_numbers(node.get("content")):
        yield fact, Appearance("", Kind.SENTENCE, block, text=printed, sentence=sentence_at(words, place))


def _inline(content: object, about: Appearance) -> Iterator[Found]:
    listed = content if isinstance(content, list) else []
    words = plain(listed)
    for fact, printed, _ in printed_numbers(listed):
        yield fact, replace(about, text=printed, sentence=words)


def _titled(node: Node) -> str:
    return f"{text(node, 'label')} {plain(node.get('title'))}".strip()


def _frame(node: Node) -> Iterator[Found]:
    about = Appearance("", Kind.TITLE, text(node, "id"), exhibit=_titled(node))
    for part in ("title", "headnote", "subtitle"):
        yield from _inline(node.get(part), about)


def _notes(node: Node) -> Iterator[Found]:
    for note in nodes(node, "notes"):
        yield from _inline(note.get("content"), Appearance("", Kind.NOTE, text(note, "id"), exhibit=_titled(node)))


def _table(node: Node) -> Iterator[Found]:
    yield from _frame(node)
    heads = column_heads(node)
    about = Appearance("", Kind.CELL, text(node, "id"), exhibit=_titled(node))
    for label, row in labelled_rows(node):
        yield from _inline(row.get("label"), replace(about, kind=Kind.TITLE))
        for head, cell in zip(heads, nodes(row, "cells"), strict=False):
            place = replace(about, row=label, column=head)
            if text(cell, "fact"):
                yield text(cell, "fact"), replace(place, text=text(cell, "text"))
            for fact, printed, _ in printed_numbers(cell.get("content")):
                yield fact, replace(place, text=printed)
    yield from _notes(node)


def column_heads(table: Node) -> tuple[str, ...]:
    """The words over each column, spanners first."""
    spanners = table.get("spanners")
    heads = []
    for n, column in enumerate(nodes(table, "columns")):
        over = [
            plain(s.get("label"))
            for row in (spanners if isinstance(spanners, list) else [])
            for s in (row if isinstance(row, list) else [])
            if isinstance(s, dict) and _int(s, "start") <= n < _int(s, "start") + _int(s, "span")
        ]
        heads.append(" › ".join(w for w in (*over, plain(column.get("head"))) if w))
    return tuple(heads)


def labelled_rows(table: Node) -> Iterator[tuple[str, Node]]:
    """Rows with cells and their words, those of the heading and of the group above them included."""
    block = group = ""
    for row in nodes(table, "rows"):
        words = plain(row.get("label"))
        match row.get("role"):
            case "block":
                block, group = words, ""
            case "group" | "total":
                group = words if row.get("role") == "group" else ""
            case _:
                pass
        over = [w for w in (block, group if row.get("role") == "sub" else "") if w and w != words]
        if row.get("cells"):
            yield " › ".join([*over, words]), row


def _int(node: Node, name: str) -> int:
    found = node.get(name)
    return found if isinstance(found, int) else 0


def _figure(node: Node) -> Iterator[Found]:
    yield from _frame(node)
    yield from _chart(one(node, "chart"), Appearance("", Kind.MARK, text(node, "id"), exhibit=_titled(node)))
    yield from _notes(node)


def _chart(chart: Node, about: Appearance) -> Iterator[Found]:
    categories = [text(c, "label") for c in nodes(chart, "categories")]
    for series in nodes(chart, "series"):
        for label, point in zip(categories, nodes(series, "points"), strict=False):
            if text(point, "fact"):
                yield text(point, "fact"), replace(about, row=text(series, "label"), column=label, text=text(point, "text"))
    for line in nodes(chart, "references"):
        if text(line, "fact"):
            yield text(line, "fact"), replace(about, row=text(line, "label"))


def _key_figure(node: Node) -> Iterator[Found]:
    about = Appearance("", Kind.KEY_FIGURE, text(node, "id"), row=text(node, "label"), column=text(node, "when"))
    for part in ("value", "change", "since"):
        for fact, printed, _ in printed_numbers(node.get(part)):
            unit = text(node, "unit") if part == "value" else ""
            yield fact, replace(about, text=f"{printed} {unit}".strip())
    yield from _chart(one(node, "spark"), replace(about, kind=Kind.MARK, exhibit=text(node, "label"), row=""))


def _spoken(node: Node) -> Iterator[Appearance]:
    """Of a block's head: each sentence, title, note and key figure."""
    match node.get("type"):
        case "Section":
            yield Appearance("", Kind.TITLE, text(node, "id"), sentence=plain(node.get("title")))
            opening = one(node, "opening")
            for inner in (one(opening, "lede"), one(opening, "notice")):
                yield from _sentences(inner)
            for item in nodes(opening, "figures"):
                yield _spoken_figure(item)
        case "Table" | "Figure":
            about = Appearance("", Kind.TITLE, text(node, "id"), exhibit=_titled(node))
            yield replace(about, sentence=_titled(node))
            for part in ("headnote", "subtitle"):
                if node.get(part):
                    yield replace(about, sentence=plain(node.get(part)))
            for note in nodes(node, "notes"):
                yield replace(about, kind=Kind.NOTE, block=text(note, "id"), sentence=plain(note.get("content")))
            for _, sentence in sentences(text(node, "alt")):
                yield replace(about, kind=Kind.ALTERNATIVE, block=f"{text(node, 'id')}{ALTERNATIVE}", sentence=sentence)
        case "KeyFigures":
            for item in nodes(node, "items"):
                yield _spoken_figure(item)
        case "Box":
            yield Appearance("", Kind.TITLE, text(node, "id"), sentence=plain(node.get("title")))
            for inner in nodes(node, "blocks"):
                yield from _spoken(inner)
        case "BulletList" | "Definitions":
            for item in nodes(node, "items"):
                yield from _sentences(item)
        case "Contents":
            return
        case _:
            yield from _sentences(node)


def _sentences(node: Node) -> Iterator[Appearance]:
    for _, sentence in sentences(plain(node.get("content"))):
        yield Appearance("", Kind.SENTENCE, text(node, "id"), sentence=sentence)


def _spoken_figure(item: Node) -> Appearance:
    change = f"{plain(item.get('change'))} {plain(item.get('since'))}".strip()
    words = " ".join(
        w for w in (text(item, "label"), plain(item.get("value")), text(item, "unit"), text(item, "when"), change) if w
    )
    return Appearance("", Kind.KEY_FIGURE, text(item, "id"), sentence=words)
