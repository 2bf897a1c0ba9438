"""Terms with what they mean, contents and lists of exhibits as Typst source; in two columns where entries are short or many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bulletin.document.blocks import Contents, Definition, Definitions, Entry
from bulletin.document.inline import plain
from bulletin.write.html import setting
from bulletin.write.measure import lines
from bulletin.write.table_layout import FACE, STRONG
from bulletin.write.typst.source import blocks, call, content, goal, literal, mm, said, statement

PAGE = 248.0 - 3.0
"""Millimetres of a page that a list in two columns may fill, with some room for a line that breaks otherwise than was measured."""

COLUMN = 81.0
TITLE = 15.0
"""Of the page's heading, with the space below."""
SMALL = 9.0
"""Of a small heading with the space below; what stands above it is the list's."""
LEAD = 10.0
LEAST = 12.0
"""Millimetres of a page below which a list begins on the next, with its heading."""
BREAK = "#pagebreak(weak: true)\n"
LITTLE = 22.0
"""Millimetres that are too little for the last page of a list: the page before leaves it some lines."""


@dataclass(frozen=True)
class Item:
    source: str
    height: float


@dataclass(frozen=True)
class Place:
    """How far the pages of a list are filled, in millimetres."""

    at: float
    page: int = 0
    former: int = -1
    """The page before the last one, which leaves it some lines."""
    left: float = 0.0
    """As many millimetres of them."""

    @property
    def room(self) -> float:
        return PAGE - self.at - (self.left if self.page == self.former else 0.0)

    def below(self, height: float) -> Place:
        return replace(self, at=self.at + height)

    def next(self) -> Place:
        return replace(self, at=0.0, page=self.page + 1)


def settled(make: Callable[[Place], tuple[str, Place]], at: float) -> tuple[str, Place]:
    """What `make` sets; again, with more of it on the last page, where that would hold too little."""
    source, end = make(Place(at))
    if end.page == 0 or end.at >= LITTLE:
        return source, end
    for left in (LITTLE, 2 * LITTLE):
        other, again = make(Place(at, former=end.page - 1, left=left))
        if again.page == end.page and again.at >= LITTLE:
            return other, again
    return source, end


# ---------------------------------------------------------------- contents


def contents(lists: Sequence[Contents], at: float) -> tuple[str, float]:
    """The lists of a section, one after the other; `at`: millimetres of the page above them, and below the last."""
    source, end = settled(lambda place: _contents(lists, place), at)
    return source, end.at


def _contents(lists: Sequence[Contents], place: Place) -> tuple[str, Place]:
    parts = []
    for number, block in enumerate(lists):
        if not block.entries:
            continue
        if block.title:
            lead = LEAD if number else 0.0
            if place.room < lead + SMALL + LEAST:
                parts.append(BREAK)
                place, lead = place.next(), 0.0
            parts.append(statement("small-heading", said(block.title), above=mm(lead)))
            place = place.below(SMALL + lead)
        if block.kind == "sections":
            parts.append(f"#{call('index', *(_line(e) for e in block.entries))}\n")
            for tall in map(_tall, block.entries):
                place = place.next().below(tall) if place.at + tall > PAGE else place.below(tall)
        else:
            source, place = in_columns([_minor(e) for e in block.entries], place, "index")
            parts.append(source)
    return "".join(parts), place


def _line(entry: Entry) -> str:
    name = "chapter-line" if entry.level == 1 else "section-line"
    return call(name, goal(entry.target, times=2), said(entry.number), said(plain(entry.title)))


def _tall(entry: Entry) -> float:
    if entry.level == 1:
        return 4.1 + 5.5 * lines(plain(entry.title), "Source Serif 4 Subhead", 11, 144)
    return 0.5 + 4.7 * lines(plain(entry.title), FACE, 9.5, 144)


def _minor(entry: Entry) -> Item:
    source = call("minor-line", goal(entry.target, times=2), said(entry.number), said(plain(entry.title)))
    return Item(source, 0.75 + 4.0 * lines(plain(entry.title), FACE, 8.5, COLUMN - 18.5))


def in_columns(items: Sequence[Item], place: Place, name: str = "entries") -> tuple[str, Place]:
    """Two columns, each page's filled before the next, those of the last page equally; with where they end."""
    parts: list[str] = []
    waiting = list(items)
    while waiting:
        if place.room < LEAST and parts == [] and place.at > 0:
            parts.append(BREAK)
            place = place.next()
        left, right = split(waiting, place.room)
        columns = [call(name, *(i.source for i in side)) if side else "[]" for side in (left, right)]
        parts.append(statement("beside", *columns))
        waiting = waiting[len(left) + len(right) :]
        place = place.below(max(sum(i.height for i in left), sum(i.height for i in right)))
        if waiting:
            parts.append(BREAK)
            place = place.next()
    return "".join(parts), place


def split(items: Sequence[Item], room: float) -> tuple[list[Item], list[Item]]:
    """As much as two columns of `room` millimetres hold; equal where all of it does."""
    whole = [i.height for i in items]
    if sum(whole) <= 2 * room:
        for n in range(len(items) + 1):
            left, right = sum(whole[:n]), sum(whole[n:])
            if left >= right and left <= room:
                return list(items[:n]), list(items[n:])
    first, n = 0.0, 0
    while n < len(items) and (first + whole[n] <= room or n == 0):
        first += whole[n]
        n += 1
    second, m = 0.0, n
    while m < len(items) and second + whole[m] <= room:
        second += whole[m]
        m += 1
    return list(items[:n]), list(items[n:m])


# ---------------------------------------------------------------- definitions


def definitions(block: Definitions, at: float | None) -> tuple[str, float | None]:
    """`at`: millimetres of the page above, where they are known."""
    parts = []
    if block.title:
        sheets = block.layout == "sheets"
        if not sheets and at is not None and at + SMALL + 7 > PAGE - LEAST:
            parts.append(BREAK)
            at = 0.0
        named = {"above": "6mm", "below": "2.5mm"} if sheets else ({"above": "0mm"} if at is not None and at <= TITLE else {})
        parts.append(statement("small-heading", said(block.title), **named))
        at = at + SMALL + 7 if at is not None else None
    if block.layout == "sheets":
        pairs = [block.items[i : i + 2] for i in range(0, len(block.items), 2)]
        rows = [statement("beside", *(call("entries", _sheet(item)) for item in pair)) for pair in pairs]
        parts.append(statement("spaced", blocks(f"#block(breakable: false){blocks([row])}\n" for row in rows), below="5mm"))
        return "".join(parts), None
    way = setting(block)
    if block.layout == "signs":
        items = [Item(call("sign-entry", content(i.term), content(i.content)), 0) for i in block.items]
        rows = [
            statement("beside", *(call("entries", i.source) for i in items[n : n + 2]), columns="(85mm, 85mm)", gutter="0mm")
            for n in range(0, len(items), 2)
        ]
        parts.append(statement("spaced", blocks(rows), breakable="false"))
        return "".join(parts), None
    if way and at is not None:
        items = [_narrow(i, way) for i in block.items]
        source, end = settled(lambda place: in_columns(items, place), at)
        parts.append(statement("spaced", blocks([source])) if "pagebreak" not in source else source)
        return "".join(parts), end.at
    if way:
        narrow = [_narrow(i, way).source for i in block.items]
        rows = [call("beside", *narrow[n : n + 2]) for n in range(0, len(narrow), 2)]
        parts.append(statement("spaced", call("entries", *rows)))
        return "".join(parts), None
    name = "imprint-entry" if block.layout == "imprint" else "glossary-entry"
    entries = call("entries", *(call(name, content(i.term), content(i.content)) for i in block.items))
    parts.append(statement("spaced", f"[#{entries}]"))
    return "".join(parts), None


def _narrow(item: Definition, way: str) -> Item:
    if way == "compact":
        source = call("compact-entry", content(item.term), content(item.content))
        return Item(source, 1.75 + 4.1 * max(1, lines(plain(item.content), FACE, 8.5, COLUMN - 24)))
    source = call("brief-entry", content(item.term), content(item.content))
    tall = lines(plain(item.term), STRONG, 8.3, COLUMN) + lines(plain(item.content), FACE, 8.3, COLUMN)
    return Item(source, 1.6 + 3.7 * tall)


def _sheet(item: Definition) -> str:
    details = [call("detail", said(d.label), content(d.content)) for d in item.details]
    return call("sheet", content(item.term), literal(item.code), content(item.content), *details)
