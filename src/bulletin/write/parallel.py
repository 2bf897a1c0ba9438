"""Markup of an edition in two languages side by side: what its page template needs beyond the two trees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bulletin.document.blocks import Row, Table
from bulletin.document.inline import Inlines, Text, plain
from bulletin.shipped import shipped
from bulletin.write.html import ASSET, inline, notes_of, spelled
from bulletin.write.table_layout import (
    CHARACTER,
    Head,
    Layout,
    bodies_of,
    head_of,
    height_of,
    layout,
    room_of,
    shares,
    size_of,
)

if TYPE_CHECKING:
    from markupsafe import Markup

    from bulletin.document.blocks import Note
    from bulletin.document.chart import Image
    from bulletin.document.parallel import Parallel
    from bulletin.model.theme import Theme

COLUMN, GUTTER = 81.0, 8.0
"""Millimetres: a column of text, one for each language, and what is between them."""

SPOKEN = ASSET + "spoken.svg"
"""Address of the picture that carries alternative texts in the second language."""

BETWEEN = " / "
"""Between the languages where both stand on one line."""

LINE = 3.9
"""Millimetres of a line of table text."""


def write_parallel_html(parallel: Parallel, images: Mapping[str, Image], theme: Theme, cut: frozenset[str] = frozenset()) -> str:
    """One page tree for both languages; what the second says is inside `article` or a `span` with its language. `cut`: ids of blocks
    that a page cuts."""
    from markupsafe import Markup

    first, second = parallel.first, parallel.second
    style = Markup((shipped("bulletin_templates", "html") / "parallel.css").read_text(encoding="utf-8"))
    return spelled(
        "parallel.html.j2",
        first,
        images,
        theme,
        cut,
        other=second,
        tag=second.metadata.tag,
        parallel=parallel,
        parallel_style=style,
        zipped=zipped,
        joined=joined,
        set_out=lambda a, b: set_out(a, b, a.id in cut),
        facing_notes=facing_notes,
        words_of=words_of,
        spoken=SPOKEN,
        same=same,
        brief=brief,
    )


def zipped(a: tuple[object, ...], b: tuple[object, ...]) -> list[tuple[object, object]]:
    return list(zip(a, b, strict=True))


def words_of(content: Inlines | str) -> Markup:
    from markupsafe import Markup, escape

    return Markup(escape(content)) if isinstance(content, str) else inline(content)


def same(a: Inlines | str, b: Inlines | str) -> bool:
    """Whether two languages say the same, or the second nothing: it is printed once."""
    mine, yours = (x if isinstance(x, str) else plain(x) for x in (a, b))
    return not yours or mine == yours


def joined(a: Inlines | str, b: Inlines | str) -> str:
    """Plain text of both on one line."""
    mine, yours = (x if isinstance(x, str) else plain(x) for x in (a, b))
    if not yours or mine == yours:
        return mine
    return f"{mine}{BETWEEN}{yours}"


def brief(a: Inlines, b: Inlines) -> str:
    """The last word of the second where all that stands before it is a number that both share: `0–4 anos / years`."""
    mine, yours = plain(a).rsplit(" ", 1), plain(b).rsplit(" ", 1)
    shared = len(mine) == len(yours) == 2 and mine[0] == yours[0] and mine != yours
    return yours[1] if shared and any(c.isdigit() for c in mine[0]) else ""


Group = tuple[str, tuple["Note", ...]]


def facing_notes(a: tuple[Note, ...], b: tuple[Note, ...]) -> list[tuple[Group | None, Group | None]]:
    """Notes under their labels, those of the second language facing those of the first."""
    mine, yours = notes_of(a), notes_of(b)
    count = max(len(mine), len(yours))
    return [(mine[i] if i < len(mine) else None, yours[i] if i < len(yours) else None) for i in range(count)]


# ---------------------------------------------------------------- tables


@dataclass(frozen=True)
class Set:
    """How a table in two languages is set."""

    layout: Layout
    head: tuple[tuple[tuple[Head, Head], ...], ...]
    bodies: tuple[tuple[tuple[Row, Row], ...], ...]
    in_line: bool
    """Whether both languages of every stub find room on one line."""


def set_out(a: Table, b: Table, cut: bool = False) -> Set:
    """`cut`: a page may cut it, however short it is."""
    measured, in_line = measure(a, b)
    found = layout(measured)
    classes = [c for c in found.classes.split() if c != "kept"]
    if is_kept(a, b) and not cut:
        classes.append("kept")
    head = tuple(tuple(zip(x, y, strict=True)) for x, y in zip(head_of(a), head_of(b), strict=True))
    bodies = tuple(tuple(zip(x, y, strict=True)) for x, y in zip(bodies_of(a.rows), bodies_of(b.rows), strict=True))
    return Set(replace(found, classes=" ".join(classes)), head, bodies, in_line)


def is_kept(a: Table, b: Table) -> bool:
    """Whether it stays on one page."""
    return height(a, b) <= 0.62 * room_of(a)[1]


def measure(a: Table, b: Table) -> tuple[Table, bool]:
    """A table whose heads and stubs take the room that both languages need, and whether its stubs take one line."""
    a = replace(a, stub_share=0)
    columns = tuple(
        replace(x, head=(*x.head, Text(" "), *y.head)) if not same(x.head, y.head) else x
        for x, y in zip(a.columns, b.columns, strict=True)
    )
    wide = replace(a, columns=columns, rows=_labelled(a, b, _in_line))
    if not a.words and _fits(wide):
        return wide, True
    return replace(a, columns=columns, rows=_labelled(a, b, _longer)), False


def _labelled(a: Table, b: Table, label: object) -> tuple[Row, ...]:
    assert callable(label)
    return tuple(replace(x, label=(Text(label(x.label, y.label)),)) for x, y in zip(a.rows, b.rows, strict=True))


def _in_line(a: Inlines, b: Inlines) -> str:
    return f"{plain(a)}{BETWEEN}{brief(a, b)}" if brief(a, b) else joined(a, b)


def _longer(a: Inlines, b: Inlines) -> str:
    return _in_line(a, b) if brief(a, b) else max(plain(a), plain(b), key=len)


def _fits(table: Table) -> bool:
    """Whether every stub takes one line."""
    stub = shares(table)[0] * room_of(table)[0]
    scale = size_of(table).scale
    return all(
        len(plain(r.label)) * CHARACTER * scale + (9 if r.role == "sub" else 6) <= stub for r in table.rows if r.role != "block"
    )


def height(a: Table, b: Table) -> float:
    """Estimate in millimetres of the exhibit's height."""
    measured, in_line = measure(a, b)
    widths = shares(measured)
    if a.words:
        return height_of(a, widths) + height_of(b, widths) - 22
    found = height_of(measured, widths) + 5 * len(a.notes)
    if not in_line:
        found += LINE * sum(
            not same(x.label, y.label) and not brief(x.label, y.label)
            for x, y in zip(a.rows, b.rows, strict=True)
            if x.role != "block"
        )
    heads = [not same(x.head, y.head) for x, y in zip(a.columns, b.columns, strict=True)]
    return found + LINE * (any(heads) + len(a.spanners))
