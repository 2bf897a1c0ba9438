"""Printed tables as Typst source, from the layout that all formats share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bulletin.document.blocks import Cell, Note, Row, Table
from bulletin.document.inline import Inlines, Text, plain
from bulletin.write.html import notes_of
from bulletin.write.measure import lines
from bulletin.write.parallel import brief, same
from bulletin.write.table_layout import FACE, POINTS, Head, Layout, continued_line, layout, room_of
from bulletin.write.typst.source import array, blocks, call, content, dictionary, inline, literal, mm, said, statement

TOGETHER, OF_WORDS = 4, 2
"""Rows at the head and the foot of a table that stay on one page; those of a table of words are paragraphs."""

OVER = "-4mm"
"""Room that a figure may take of the column before, sooner than be broken; it stands at the right."""

LANDSCAPE_CELL = ".62mm"


@dataclass(frozen=True)
class Second:
    """What a second language says in a table as well."""

    tag: str
    heads: tuple[tuple[Head, ...], ...]
    rows: tuple[Row, ...]
    in_line: bool
    """Whether both languages of every stub find room on one line."""


def table(block: Table, cut: bool, *, joined: bool = False, below: str = "") -> str:
    """`joined`: below its heading on the sheet; `below`: space around it, if not the usual."""
    set_out = layout(block, cut)
    kept = "kept" in set_out.classes.split()
    line = "" if kept else continued_line(block.continued, block)
    head = exhibit_head(block.label, block.illustrative, block.title, block.headnote, block.part, line, lift(block, kept, joined))
    return composed(block, set_out, head, notes_source(block.notes), joined=joined, below=below)


def lift(block: Table, kept: bool, joined: bool) -> str:
    """How much higher than the text the exhibits on sheets of their own begin."""
    return "-8mm" if block.landscape and not joined and not (block.part_of and kept) else "0mm"


def composed(
    block: Table, set_out: Layout, head: str, notes: str, *, joined: bool, below: str = "", second: Second | None = None
) -> str:
    """The exhibit: head, table and notes; a page that cuts it leaves some rows and the notes together."""
    classes = frozenset(set_out.classes.split())
    kept = "kept" in classes
    wide = [float(width.rstrip("%")) / 100 * room_of(block)[0] for width in set_out.widths]
    rows = [row for body in set_out.bodies for row in body]
    tall = [height_of_row(row, block, wide) * (2 if second and not second.in_line else 1) for row in rows]
    loose = max(tall, default=0.0) > room_of(block)[1] / 3
    groups = [] if kept or loose else together(set_out, classes, tall, 4.0 * len(block.notes) + 6 if notes else 0.0, block)
    printed = [
        _row(row, second.rows[i] if second else None, block, set_out, classes, second, last=i == len(rows) - 1)
        for i, row in enumerate(rows)
    ]
    indent = "narrow" in classes and second is None
    if notes and not kept:
        inset = dictionary({"top": "2.5mm", "left": "-44mm" if indent else "0mm"})
        printed.append([call("table.cell", blocks([notes]), colspan=str(len(wide)), inset=inset)])
    body = call(
        "tabular",
        *_held(printed, dict(groups)),
        kind=literal(kind_of(classes)),
        left="axis" if indent else "0mm",
        columns=array([mm(w) for w in wide] + (["0mm"] if groups else [])),
        header=array(_head(set_out, classes, second, held=bool(groups))),
        **({"loose": "true"} if loose else {}),
    )
    parts = [head, f"#{body}\n", notes if kept else "#after[]\n"]
    return exhibit(parts, block, kept, joined=joined, below=below)


def height_of_row(row: Row, block: Table, wide: Sequence[float]) -> float:
    """Estimate in millimetres."""
    texts = [(plain(row.label), wide[0] if row.role != "block" else sum(wide))]
    if block.words:
        texts += [(plain(cell.content) or cell.text, width) for cell, width in zip(row.cells, wide[1:], strict=False)]
    return 1.7 + 4.1 * max(lines(text, FACE, POINTS, max(width - 4, 8)) for text, width in texts)


def _held(rows: list[list[str]], groups: Mapping[int, int]) -> Iterator[str]:
    """All cells; a last column without width holds rows together."""
    taken = -1
    for number, cells in enumerate(rows):
        yield from cells
        if groups and number > taken:
            count = groups.get(number, 1)
            yield f"held({count})"
            taken = number + count - 1


def exhibit(parts: list[str], block: Table, kept: bool, *, joined: bool, below: str) -> str:
    if not block.landscape:
        return call("exhibit", blocks(parts), kept="true" if kept else "false", **space(below))
    above = "10mm" if block.part_of and kept and not joined else "0mm"
    return call("exhibit", blocks(parts), kept="true" if kept else "false", above=above, below="0mm")


def space(below: str) -> dict[str, str]:
    return {"above": below, "below": below} if below else {}


def exhibit_head(label: str, flag: str, title: Inlines, sub: Inlines, part: str = "", line: str = "", lift: str = "0mm") -> str:
    named = {"sub": content(sub)} if plain(sub) else {}
    if part:
        named["part"] = said(part)
    if line:
        named["line"] = literal(line)
    if lift != "0mm":
        named["lift"] = lift
    return statement("head", literal(label), literal(flag), content(title), **named)


def notes_source(notes: tuple[Note, ...]) -> str:
    if not notes:
        return ""
    groups = []
    for label, group in notes_of(notes):
        words = "#linebreak()".join(content(n.content)[1:-1] for n in group)
        groups.append(f"({said(label)}, [{words}])")
    return statement("notes", *groups)


def kind_of(classes: frozenset[str]) -> str:
    return next((name for name in ("dense", "tight", "words") if name in classes), "normal")


def together(
    set_out: Layout, classes: frozenset[str], tall: Sequence[float], notes: float, block: Table
) -> list[tuple[int, int]]:
    """First row and number of the rows that no page parts; `tall`: heights of the rows, `notes`: of the notes below, which count as
    a row."""
    room = room_of(block)[1] / 2
    whole = "blocks" in classes
    least = OF_WORDS if "words" in classes else TOGETHER
    heights = [*tall, *([notes] if notes else [])]
    spans: list[tuple[int, int]] = []
    start = 0
    for body in set_out.bodies:
        size = len(body)
        all_of_it = whole and sum(tall[start : start + size]) <= room
        spans.append((start, start + (size if all_of_it else min(least, size))))
        start += size
    spans.append((max(0, len(tall) - least), len(heights)))
    merged: list[list[int]] = []
    for begin, end in spans:
        if merged and begin < merged[-1][1]:
            if sum(heights[merged[-1][0] : end]) <= room:
                merged[-1][1] = max(merged[-1][1], end)
                continue
            begin = merged[-1][1]
        if end > begin and sum(heights[begin:end]) <= room:
            merged.append([begin, end])
    return [(begin, end - begin) for begin, end in merged]


# ---------------------------------------------------------------- the head


def _head(set_out: Layout, classes: frozenset[str], second: Second | None, *, held: bool) -> list[str]:
    depth = len(set_out.head)
    kind = kind_of(classes)
    words = "words" in classes
    cells = []
    for level, row in enumerate(set_out.head):
        others = second.heads[level] if second else (None,) * len(row)
        for head, other in zip(row, others, strict=True):
            cells.append(_head_cell(head, other, second, level, depth, set_out, kind, words))
        if held and level == 0:
            cells.append(f"held({depth})")
    return cells


def _head_cell(
    head: Head, other: Head | None, second: Second | None, level: int, depth: int, set_out: Layout, kind: str, words: bool
) -> str:
    classes = frozenset(head.classes.split())
    stroke = {}
    if level == 0:
        stroke["top"] = ".5pt + theme.rule"
    if level + head.rows == depth:
        stroke["bottom"] = "ink-rule"
    if "brk" in classes:
        stroke["left"] = ".75pt + theme.accent"
    if "blank" in classes:
        return call("t-head", "[]", stroke=dictionary(stroke), kind=literal(kind))
    named = {"kind": literal(kind)}
    if stroke:
        named["stroke"] = dictionary(stroke)
    if head.columns > 1:
        named["x"] = str(head.columns)
    if head.rows > 1:
        named["y"] = str(head.rows)
    inset: dict[str, str] = {}
    if "spanner" in classes:
        inset = {"top": ".9mm", "bottom": "0mm", "left": "3.5mm"}
        named["align"] = "bottom + center"
        body = f"under([{inline(head.content)}{in_row(head.content, other.content if other else (), second)}])"
    else:
        hanging = set_out.beside[head.column] if head.column >= 0 else "0mm"
        body = content(head.content)
        if "stub" in classes:
            inset = {"left": "1.6mm"}
            named["align"] = "bottom + left"
        elif words and "number" not in classes:
            inset = {"left": "2.6mm", "right": hanging}
            named["align"] = "bottom + left"
        else:
            inset = {"right": hanging}
            if "first" in classes:
                inset["left"] = "2.4mm" if kind == "tight" else "3.5mm"
            if head.sign:
                body = f"[{body[1:-1]}#hung({hanging}, {literal(head.sign)})]"
        if second:
            named["align"] = named.get("align", "bottom + right").replace("bottom", "top")
            body = f"[{body[1:-1]}{below_it(head.content, other.content if other else (), second)}]"
    if inset:
        named["inset"] = dictionary(inset)
    return call("t-head", body, **named)


# ---------------------------------------------------------------- the second language


def in_row(a: Inlines, b: Inlines, second: Second | None) -> str:
    """Its words after those of the first, where they differ."""
    return f"#inrow({literal(second.tag)}, {content(b)})" if second and not same(a, b) else ""


def below_it(a: Inlines, b: Inlines, second: Second | None) -> str:
    return f"#below({literal(second.tag)}, {content(b)})" if second and not same(a, b) else ""


def beside_label(a: Inlines, b: Inlines, second: Second | None) -> str:
    if second is None or same(a, b):
        return ""
    short = brief(a, b)
    if short:
        return f"#inrow({literal(second.tag)}, {said(short)})"
    return in_row(a, b, second) if second.in_line else below_it(a, b, second)


# ---------------------------------------------------------------- the body


def _row(
    row: Row,
    other: Row | None,
    block: Table,
    set_out: Layout,
    classes: frozenset[str],
    second: Second | None,
    *,
    last: bool,
) -> list[str]:
    words = "words" in classes
    if row.role == "block":
        stroke = dictionary({"bottom": "ink-rule" if last else ".5pt + theme.rule"})
        body = f"t-block([{_label(row)}{in_row(row.label, other.label, second) if other else ''}])"
        return [
            call(
                "table.cell",
                body,
                colspan=str(len(set_out.widths)),
                stroke=stroke,
                inset="(top: 3.2mm, bottom: .55mm, left: 1.6mm)",
            )
        ]
    top, bottom = _padding(row, block, words)
    closing = "ink-rule" if last else (".5pt + theme.rule" if row.role == "total" else ".4pt + theme.hair")
    common = {"stroke": dictionary({"bottom": closing})}
    if row.role == "total":
        common["fill"] = "theme.tint"
    if words or second:
        common["align"] = "top + left"
    style = {"total": "weight: 700", "group": "weight: 600", "sub": "fill: theme.ink_2"}.get(row.role, "")
    stub_style = "weight: 600" if words and not style else style
    indent = "4.6mm" if row.role == "sub" else "1.6mm"
    inset = f"(top: {top}, bottom: {bottom}, left: {indent}, right: 2mm)"
    label = _label(row) + (beside_label(row.label, other.label, second) if other else "")
    cells = [call("table.cell", _styled(f"[{label}]", stub_style), inset=inset, **common)]
    for position, cell in enumerate(row.cells):
        twin = other.cells[position] if other else None
        cells.append(_cell(cell, twin, second, position, block, set_out, words, (top, bottom), style, common))
    return cells


def _cell(
    cell: Cell,
    twin: Cell | None,
    second: Second | None,
    position: int,
    block: Table,
    set_out: Layout,
    words: bool,
    padding: tuple[str, str],
    style: str,
    common: dict[str, str],
) -> str:
    column = block.columns[position]
    top, bottom = padding
    named = dict(common)
    if column.break_before:
        named["stroke"] = named["stroke"].replace("(", '("left": .75pt + theme.accent, ', 1)
    body = content(cell.content) if cell.content else said(_unbroken(cell))
    if twin and cell.kind == "text":
        mine, yours = (c.content or (Text(c.text),) for c in (cell, twin))
        body = f"[{body[1:-1]}{below_it(mine, yours, second)}]"
    if words and cell.kind == "text":
        named["inset"] = f"(top: {top}, bottom: {bottom}, left: 2.6mm, right: {set_out.beside[position]})"
        return call("table.cell", _styled(body, style), **named)
    named["align"] = "top + right" if words or second else "bottom + right"
    beside = set_out.beside[position]
    if words:
        beside = "2.6mm"
    if cell.signs or cell.marks:
        body = f"[{body[1:-1]}#hung({beside}, {literal(cell.signs)}, marks: {literal(cell.marks)})]"
    named["inset"] = f"(top: {top}, bottom: {bottom}, left: {OVER}, right: {beside})"
    own = "fill: theme.ink_2" if cell.kind == "missing" and not style else style
    if column.total and row_is_plain(style):
        own = ", ".join(part for part in (own, "weight: 600") if part) if "ink_2" in style else own
    return call("table.cell", _styled(body, own), **named)


def row_is_plain(style: str) -> bool:
    return "weight" not in style


def _unbroken(cell: Cell) -> str:
    return cell.text if cell.kind == "text" else cell.text.replace(" ", "\u00a0")


def _label(row: Row) -> str:
    marks = f"#raised({literal(row.marks)})" if row.marks else ""
    return f"{inline(row.label)}{marks}"


def _styled(body: str, style: str) -> str:
    return f"text({style}, {body})" if style else body


def _padding(row: Row, block: Table, words: bool) -> tuple[str, str]:
    """Above and below the words of a row; rules below have a height."""
    if words:
        return "1mm", "1.2mm + .4pt"
    usual = LANDSCAPE_CELL if block.landscape else ".55mm"
    if row.role == "total":
        return (LANDSCAPE_CELL, f"{LANDSCAPE_CELL} + .5pt") if block.landscape else (".9mm", ".9mm + .5pt")
    if row.role == "group":
        return (usual if block.landscape else "1.3mm"), f"{usual} + .4pt"
    return usual, f"{usual} + .4pt"
