"""Lists, key figures, charts and tables that say everything in two languages, as Typst source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bulletin.document.blocks import Contents, Definition, Definitions, Figure, KeyFigure, KeyFigures, Table
from bulletin.document.inline import Inlines, plain
from bulletin.write.html import grouped, setting
from bulletin.write.parallel import facing_notes, joined, same, set_out
from bulletin.write.typst.figures import Path
from bulletin.write.typst.source import array, blocks, call, content, goal, inline, literal, mm, said, statement
from bulletin.write.typst.tables import Second, composed, lift

if TYPE_CHECKING:
    from bulletin.document.blocks import Note
    from bulletin.document.parallel import Parallel
    from bulletin.write.parallel import Group

Words = Inlines | str


@dataclass(frozen=True)
class Tongue:
    """The second language. What both languages say alike is printed once."""

    tag: str

    def both(self, a: Words, b: Words, way: str = "below") -> str:
        """The words of the second below those of the first."""
        second = "" if same(a, b) else f"#{way}({literal(self.tag)}, {_content(b)})"
        return f"[{_content(a)[1:-1]}{second}]"

    def in_row(self, a: Words, b: Words, way: str = "inrow-alike") -> str:
        """After those of the first, on the same line."""
        return self.both(a, b, way)


def _content(words: Words) -> str:
    return said(words) if isinstance(words, str) else content(words)


def facing(tongue: Tongue, one: str, two: str, **named: str) -> str:
    return statement("facing", literal(tongue.tag), one, two, **named)


# ---------------------------------------------------------------- lists


def contents(mine: Contents, yours: Contents, tongue: Tongue) -> str:
    if not mine.entries:
        return ""
    name = "minor-line-double"
    lines = []
    for entry, other in zip(mine.entries, yours.entries, strict=True):
        if mine.kind == "sections":
            name = "chapter-line-double" if entry.level == 1 else "section-line-double"
        titles = (said(plain(entry.title)), said(plain(other.title)))
        lines.append(call(name, literal(tongue.tag), goal(entry.target, times=3), said(entry.number), *titles))
    return small(mine.title, yours.title, tongue) + f"#{call('index', *lines)}\n"


def small(mine: str, yours: str, tongue: Tongue, **named: str) -> str:
    if not mine:
        return ""
    second = "none" if same(mine, yours) else said(yours)
    return statement("small-double", literal(tongue.tag), said(mine), second, **named)


def definitions(mine: Definitions, yours: Definitions, tongue: Tongue) -> str:
    pairs = list(zip(mine.items, yours.items, strict=True))
    if mine.layout == "sheets":
        head = small(mine.title, yours.title, tongue, above="6mm", below="2.5mm")
        rows = [statement("sheet-pair", _sheet(a), f"foreign({literal(tongue.tag)}, {_sheet(b)})") for a, b in pairs]
        return head + statement("spaced", blocks(rows), below="5mm")
    head = small(mine.title, yours.title, tongue, above="6mm", below="2mm") if mine.layout == "signs" else ""
    head = head or small(mine.title, yours.title, tongue)
    if mine.layout == "signs":
        cells = [call("sign-pair", content(a.term), tongue.in_row(a.content, b.content, "inrow")) for a, b in pairs]
        rows = [statement("beside", *(f"entries({c})" for c in cells[n : n + 2])) for n in range(0, len(cells), 2)]
        return head + statement("spaced", blocks(rows), below="4mm", breakable="false")
    named = {}
    if setting(mine) == "compact":
        named = {"columns": "(20mm, 1fr)", "gutter": "2mm", "inset": ".7mm"}
    elif mine.layout == "imprint":
        named = {"term_fill": "theme.ink_2", "term_size": "8pt"}
    listed = [call("entry-pair", literal(tongue.tag), _entry(a), _entry(b), **named) for a, b in pairs]
    below = "5mm" if mine.layout == "imprint" else "7.5mm"
    return head + statement("spaced", f"[#{call('entries', *listed)}]", below=below)


def _entry(item: Definition) -> str:
    return array((content(item.term), content(item.content))) if item.term else "none"


def _sheet(item: Definition) -> str:
    if not item.term:
        return "[]"
    details = [call("detail", said(d.label), content(d.content)) for d in item.details]
    return f"entries({call('sheet', content(item.term), literal(item.code), content(item.content), *details)})"


# ---------------------------------------------------------------- key figures


def key_figures(mine: KeyFigures, yours: KeyFigures, path: Path, tongue: Tongue) -> str:
    rows = []
    for n, (row, others) in enumerate(zip(grouped(mine.items), grouped(yours.items), strict=True)):
        cards = [card(f, g, path, tongue) for f, g in zip(row, others, strict=True)]
        rows.append(statement("cards", *cards, above="3.5mm" if n else "0mm"))
    return statement("spaced", blocks(rows), below="5mm")


def card(f: KeyFigure, g: KeyFigure, path: Path, tongue: Tongue) -> str:
    spark = array((literal(path(f.spark.id)), literal(f.spark_alt), literal(g.spark_alt))) if f.spark else "none"
    unsaid = tongue.both(f.no_series, g.no_series) if f.no_series and not f.spark else "none"
    return call(
        "card-double",
        tongue.both(f.label, g.label),
        content(f.value),
        tongue.in_row(f.unit, g.unit, "inrow") if f.unit else "none",
        tongue.in_row(f.when, g.when, "inrow"),
        literal(f.illustrative),
        literal(f.direction),
        content(f.change) if f.change else "none",
        tongue.both(f.since, g.since),
        spark=spark,
        none_said=unsaid,
    )


def opening_fact(f: KeyFigure, g: KeyFigure, tongue: Tongue) -> str:
    return call(
        "fact-double",
        content(f.value),
        tongue.both(f.unit, g.unit, "below-alike") if f.unit else "none",
        tongue.both(f.label, g.label),
        tongue.in_row(f.when, g.when, "inrow"),
        literal(f.direction),
        content(f.change) if f.change else "none",
        tongue.both(f.since, g.since),
        tongue.in_row(f.illustrative, g.illustrative) if f.illustrative else "none",
        long="true" if len(plain(f.value)) > 7 else "false",
    )


# ---------------------------------------------------------------- exhibits


def head(
    a: Table | Figure, b: Table | Figure, sub: tuple[Inlines, Inlines], tongue: Tongue, line: str = "", raised: str = "0mm"
) -> str:
    names = [f"[{inline(x.title)}{_part(x)}]" for x in (a, b)]
    others = array((literal(b.label), literal(b.illustrative), names[1]))
    named = {"sub": array((content(sub[0]), content(sub[1])))} if plain(sub[0]) or plain(sub[1]) else {}
    if line:
        named["line"] = literal(line)
    if raised != "0mm":
        named["lift"] = raised
    return statement("head-double", literal(tongue.tag), literal(a.label), literal(a.illustrative), names[0], others, **named)


def _part(block: Table | Figure) -> str:
    if isinstance(block, Figure) or not block.part:
        return ""
    return f'#" "#text(weight: 400, fill: theme.ink_2, {literal(block.part)})'


def notes(a: tuple[Note, ...], b: tuple[Note, ...], tongue: Tongue) -> str:
    if not a:
        return ""

    def told(group: Group | None) -> str:
        if group is None:
            return "none"
        label, items = group
        words = ""
        for n, note in enumerate(items):
            words += inline(note.content)
            if n + 1 < len(items) and items[n + 1].content:
                words += "#linebreak()"
        return array((said(label), f"[{words}]"))

    pairs = [array((told(mine), told(yours))) for mine, yours in facing_notes(a, b)]
    return statement("notes-double", literal(tongue.tag), *pairs)


def figure(a: Figure, b: Figure, path: Path, width: float, tongue: Tongue) -> str:
    parts = [
        head(a, b, (a.subtitle, b.subtitle), tongue),
        statement("picture", literal(path(a.chart.id)), mm(width), literal(a.alt)),
        statement("spoken", literal(tongue.tag), literal(b.alt)),
        notes(a.notes, b.notes, tongue),
    ]
    return call("exhibit", blocks(parts))


def table(a: Table, b: Table, parallel: Parallel, tongue: Tongue, cut: bool, *, joined_sheet: bool = False) -> tuple[str, bool]:
    """Source, and whether it follows another part on the same sheet."""
    found = set_out(a, b, cut)
    kept = "kept" in found.layout.classes.split()
    words = [d.words["continued"] for d in (parallel.first, parallel.second)]
    line = "" if kept else f"{joined(a.label, b.label)} {joined(a.part or words[0], b.part or words[1])}"
    second = Second(
        tongue.tag,
        tuple(tuple(other for _, other in row) for row in found.head),
        tuple(other for body in found.bodies for _, other in body),
        found.in_line,
    )
    mine = replace(found.layout, head=tuple(tuple(head for head, _ in row) for row in found.head))
    mine = replace(mine, bodies=tuple(tuple(row for row, _ in body) for body in found.bodies))
    top = head(a, b, (a.headnote, b.headnote), tongue, line, lift(a, kept, joined_sheet))
    source = composed(a, mine, top, notes(a.notes, b.notes, tongue), joined=joined_sheet, second=second)
    return source, bool(a.part_of) and kept
