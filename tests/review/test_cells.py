"""Tables and chart workbooks are compared cell by cell, and every difference is a question."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sent_back import ANA, back, collected, edit, issued, sent, standing

from bulletin.model.issued import IssuedChart, IssuedTable
from bulletin.model.review import Collected
from bulletin.model.reviewed import Mark, ReadChart, ReadTable

Rows = tuple[tuple[str, ...], ...]
GRID: Rows = (
    ("", "Pensionistas", "", "Taxa (%)"),
    ("", "2023", "2024", "2024"),
    ("Maputo", "1\u00a0950", "2\u00a0010", "3,1"),
    ("Gaza", "..", "700", "1,4"),
)
FACTS: Rows = (
    ("",) * 4,
    ("",) * 4,
    ("", "P.MZ-L@2023", "P.MZ-L@2024", "R.MZ-L@2024"),
    ("", "P.MZ-G@2023", "P.MZ-G@2024", "R.MZ-G@2024"),
)
TABLE = IssuedTable("pensioners", "_btable", GRID, FACTS)
TITLE = issued("Pensionistas", "pensioners", kind="title", lead="Quadro 3.1\t")
SENT = sent(TITLE, tables=(TABLE,))


def read(rows: Rows, mark: str = "_btable") -> Collected:
    table = ReadTable((Mark(mark, "whole"),) if mark else (), rows, GRID, (edit(),))
    return collected(SENT, back(standing(TITLE), tables=(table,)))


def with_cell(row: int, column: int, text: str) -> Rows:
    return tuple(tuple(text if (r, c) == (row, column) else cell for c, cell in enumerate(cells)) for r, cells in enumerate(GRID))


@pytest.mark.parametrize("mark", ["_btable", ""])
def test_a_changed_figure_names_its_fact_and_its_cell(mark: str) -> None:
    found = read(with_cell(2, 1, "1 959"), mark)
    assert found.changes == ()
    query = found.queries[0]
    assert (query.kind, query.block, query.fact, query.old, query.new) == (
        "table-cell",
        "pensioners",
        "P.MZ-L@2023",
        "1\u00a0950",
        "1 959",
    )
    assert (query.cell, query.authors[0].author, len(found.queries)) == ("Maputo / Pensionistas / 2023", ANA, 1)


def test_the_mark_of_a_note_is_no_digit_of_the_figure() -> None:
    marked = replace(
        TABLE,
        grid=with_cell(2, 1, "1\u00a09501"),
        marks=tuple(tuple("1" if (r, c) == (2, 1) else "" for c in range(4)) for r in range(4)),
    )
    table = ReadTable((Mark("_btable", "whole"),), with_cell(2, 1, "1\u00a09591"), marked.grid, (edit(),))
    (query,) = collected(sent(TITLE, tables=(marked,)), back(standing(TITLE), tables=(table,))).queries
    assert (query.old, query.new) == ("1\u00a0950", "1\u00a0959")


def test_a_cell_is_under_the_head_that_spans_it() -> None:
    assert read(with_cell(3, 2, "701")).queries[0].cell == "Gaza / Pensionistas / 2024"


@pytest.mark.parametrize("said", ["1.950", "1950", "1 950"])
def test_other_marks_in_a_cell_are_no_edit(said: str) -> None:
    assert read(with_cell(2, 1, said)).queries == ()


@pytest.mark.parametrize(
    ("row", "column", "said"), [(2, 3, "31"), (2, 3, "3,1%"), (3, 1, "650"), (2, 1, ""), (2, 0, "Maputo (província)")]
)
def test_every_other_difference_is_asked_about(row: int, column: int, said: str) -> None:
    assert [(q.kind, q.new, q.fact) for q in read(with_cell(row, column, said)).queries] == [
        ("table-cell", said, FACTS[row][column])
    ]


def test_rows_put_in_and_taken_out_are_told_and_the_others_still_compared() -> None:
    rows = (*GRID[:2], ("Sofala", "1", "2", "3"), ("Maputo", "1 959", "2 010", "3,1"))
    shape, cell = read((*rows, ("Total", "", "", ""))).queries
    assert (shape.kind, shape.old, shape.new) == ("table-structure", "4 × 4", "5 × 4")
    assert shape.detail == "+ Sofala; + Total; - Gaza"
    assert (cell.kind, cell.fact) == ("table-cell", "P.MZ-L@2023")


def test_a_table_that_is_gone_is_asked_about() -> None:
    assert [(q.kind, q.new) for q in collected(SENT, back(standing(TITLE))).queries] == [("table-structure", "0 × 0")]


def test_paragraphs_of_cells_are_no_new_blocks() -> None:
    from sent_back import fresh

    cells = [fresh(text, cell=(0, r, c)) for r, row in enumerate(GRID) for c, text in enumerate(row) if text]
    table = ReadTable((Mark("_btable", "whole"),), GRID, GRID)
    assert collected(SENT, back(standing(TITLE), *cells, tables=(table,))) == Collected((), ())


@pytest.mark.parametrize("name", ["pensioners_chart", ""])
def test_an_edited_chart_workbook_is_asked_about(name: str) -> None:
    chart = IssuedChart("pensioners_chart", (("", "INSS"), ("2023", "1950"), ("2024", "2010.5")))
    rows: Rows = (("", "INSS"), ("2023", "1959"), ("2024", "2010.5"))
    found = collected(sent(TITLE, charts=(chart,)), back(standing(TITLE), charts=(ReadChart(name, rows),)))
    assert [(q.kind, q.block, q.old, q.new, q.cell) for q in found.queries] == [
        ("chart-data", "pensioners_chart", "1950", "1959", "2023 / INSS")
    ]
