"""What all figures of a column share is said at its head, once."""

from __future__ import annotations

from bulletin.compose.heads import gathered, without_single_spanner
from bulletin.document.blocks import Cell, Column, Row, Spanner
from bulletin.document.inline import Literal, NoteMark, Text


def row(key: str, *cells: Cell) -> Row:
    return Row(key, (Text(key),), cells)


def number(text: str, marks: str = "") -> Cell:
    return Cell(text, "fact", marks=marks)


def period(text: str) -> Cell:
    return Cell(text, "", "text", content=(Literal(text, "period"),))


def test_a_note_on_every_figure_of_a_column_moves_to_its_head() -> None:
    columns: tuple[Column, ...] = (Column("2023", (Text("2023"),)), Column("2024", (Text("2024"),)))
    rows: tuple[Row, ...] = (row("a", number("1"), number("2", "1")), row("b", number("3"), number("4", "1,2")))
    columns, _, rows = gathered(columns, (), rows)
    assert columns[1].head == (Text("2024"), NoteMark("1"))
    assert [r.cells[1].marks for r in rows] == ["", "2"]


def test_a_note_on_every_figure_of_a_row_moves_to_its_stub() -> None:
    columns = (Column("2023", (Text("2023"),)), Column("2024", (Text("2024"),)))
    _, _, rows = gathered(columns, (), (row("a", number("1", "1"), number("2", "1")), row("b", number("3"), number("4"))))
    assert (rows[0].marks, [c.marks for c in rows[0].cells]) == ("1", ["", ""])


def test_one_period_beside_all_figures_becomes_their_head() -> None:
    columns = tuple(Column(f"{i}/{k}", (Text(k),)) for i in "XY" for k in ("newest", "newest.period"))
    spanners: tuple[tuple[Spanner, ...], ...] = ((Spanner((Text("X"),), 0, 2), Spanner((Text("Y"),), 2, 2)),)
    rows = tuple(row(k, number("1"), period("2022"), number("2"), period(k)) for k in ("2023", "2024"))
    columns, spanners, rows = gathered(columns, spanners, rows)
    assert [c.head for c in columns] == [(Literal("2022", "period"),), (Text("newest"),), (Text("newest.period"),)]
    assert [(s.start, s.span) for s in spanners[0]] == [(0, 1), (1, 2)]
    assert all(len(r.cells) == 3 for r in rows)


def test_a_single_spanner_goes() -> None:
    columns = (Column("2024/M", (Text("M"),), spanner=0, first=True), Column("2024/F", (Text("F"),), spanner=0))
    found, spanners = without_single_spanner(columns, ((Spanner((Text("2024"),), 0, 2),),))
    assert spanners == ()
    assert [c.spanner for c in found] == [-1, -1]
    assert not found[0].first
