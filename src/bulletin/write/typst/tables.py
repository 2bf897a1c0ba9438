"""Printed tables as Typst source, from the layout that all formats share."""

from __future__ import annotations

from bulletin.document.blocks import Cell, Note, Row, Table
from bulletin.document.inline import Inlines, plain
from bulletin.write.html import notes_of
from bulletin.write.table_layout import Head, Layout, continued_line, layout, room_of, shares
from bulletin.write.typst.source import array, blocks, call, content, dictionary, literal, mm, said, statement

TOGETHER, OF_WORDS = 4, 2
"""Rows at the head and the foot of a table that stay on one page; those of a table of words are paragraphs."""

HELD = 24
"""Rows that are held together at most; more may be higher than a page."""

OVER = "-4mm"
"""Room that a figure may take of the column before, sooner than be broken; it stands at the right."""

LANDSCAPE_CELL = ".62mm"


def table(block: Table, cut: bool, *, joined: bool = False, below: str = "") -> str:
    """`joined`: below its heading on the sheet; `below`: space around it, if not the usual."""
    set_out = layout(block, cut)
    classes = frozenset(set_out.classes.split())
    kept = "kept" in classes
    line = "" if kept else continued_line(block.continued, block)
    narrow = "narrow" in classes
    wide = [share * room_of(block)[0] for share in shares(block)]
    lift = "-8mm" if block.landscape and not joined and not (block.part_of and kept) else "0mm"
    head = exhibit_head(block.label, block.illustrative, block.title, block.headnote, block.part, line, lift)
    notes = notes_source(block.notes)
    rows = _rows(block, set_out, classes)
    groups = [] if kept else together(set_out, classes, bool(notes))
    lines = [_row(row, block, set_out, classes, last=i == len(rows) - 1) for i, row in enumerate(rows)]
    if notes and not kept:
        inside = call(
            "table.cell",
            f"[#after({blocks([notes])})]",
            colspan=str(len(wide)),
            inset=dictionary({"top": "2.5mm", "left": "-44mm" if narrow else "0mm"}),
        )
        lines.append([inside])
    held = dict(groups)
    taken: set[int] = set()
    cells = []
    for i, line_cells in enumerate(lines):
        cells += line_cells
        if groups and i not in taken:
            cells.append(f"held({held.get(i, 1)})")
            taken |= set(range(i, i + held.get(i, 1)))
    columns = [mm(w) for w in wide] + (["0mm"] if groups else [])
    body = call(
        "tabular",
        *cells,
        kind=literal(kind_of(classes)),
        left="axis" if narrow else "0mm",
        columns=array(columns),
        header=array(_head(block, set_out, classes, held=bool(groups))),
    )
    parts = [head, f"#{body}\n"]
    if kept:
        parts.append(notes)
    return exhibit(parts, block, kept, joined=joined, below=below)


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


def together(set_out: Layout, classes: frozenset[str], notes: bool) -> list[tuple[int, int]]:
    """First row and number of the rows that no page parts."""
    count = sum(len(body) for body in set_out.bodies)
    whole = "blocks" in classes
    least = OF_WORDS if "words" in classes else TOGETHER
    spans: list[list[int]] = []
    start = 0
    for body in set_out.bodies:
        size = len(body)
        spans.append([start, start + (size if whole and size <= HELD else min(least, size))])
        start += size
    spans.append([max(0, count - least), count + (1 if notes else 0)])
    merged: list[list[int]] = []
    for begin, end in spans:
        if merged and begin < merged[-1][1] and end - merged[-1][0] <= HELD:
            merged[-1][1] = max(merged[-1][1], end)
        elif merged and begin < merged[-1][1]:
            merged.append([merged[-1][1], end])
        else:
            merged.append([begin, end])
    return [(begin, end - begin) for begin, end in merged if end > begin]


def _rows(block: Table, set_out: Layout, classes: frozenset[str]) -> list[Row]:
    return [row for body in set_out.bodies for row in body]


# ---------------------------------------------------------------- the head


def _head(block: Table, set_out: Layout, classes: frozenset[str], *, held: bool) -> list[str]:
    depth = len(set_out.head)
    kind = kind_of(classes)
    words = "words" in classes
    cells = []
    for level, row in enumerate(set_out.head):
        cells += [_head_cell(head, level, depth, set_out, kind, words) for head in row]
        if held and level == 0:
            cells.append(f"held({depth})")
    return cells


def _head_cell(head: Head, level: int, depth: int, set_out: Layout, kind: str, words: bool) -> str:
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
        body = f"under({content(head.content)})"
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
    if inset:
        named["inset"] = dictionary(inset)
    return call("t-head", body, **named)


# ---------------------------------------------------------------- the body


def _row(row: Row, block: Table, set_out: Layout, classes: frozenset[str], *, last: bool) -> list[str]:
    words = "words" in classes
    if row.role == "block":
        stroke = dictionary({"bottom": "ink-rule" if last else ".5pt + theme.rule"})
        body = f"t-block({_label(row)})"
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
    if words:
        common["align"] = "top + left"
    style = {"total": "weight: 700", "group": "weight: 600", "sub": "fill: theme.ink_2"}.get(row.role, "")
    stub_style = "weight: 600" if words and not style else style
    indent = "4.6mm" if row.role == "sub" else "1.6mm"
    inset = f"(top: {top}, bottom: {bottom}, left: {indent}, right: 2mm)"
    cells = [call("table.cell", _styled(_label(row), stub_style), inset=inset, **common)]
    for position, cell in enumerate(row.cells):
        cells.append(_cell(cell, position, block, set_out, words, (top, bottom), style, common))
    return cells


def _cell(
    cell: Cell,
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
    if words and cell.kind == "text":
        named["inset"] = f"(top: {top}, bottom: {bottom}, left: 2.6mm, right: {set_out.beside[position]})"
        return call("table.cell", _styled(body, style), **named)
    named["align"] = "top + right" if words else "bottom + right"
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
    return f"[{content(row.label)[1:-1]}{marks}]"


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
