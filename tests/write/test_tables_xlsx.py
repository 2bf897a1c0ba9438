"""The workbook of long tables: what it says is what is printed, as numbers, and the same tables give the same bytes."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import openpyxl
from sample import INDICO, sample

from bulletin.document.blocks import Cell, Table
from bulletin.document.tree import walk
from bulletin.write.tables_xlsx import printed_value, write_tables
from factories import shipped_pack


def test_figures_are_numbers_with_the_printed_decimals_and_signs_are_words() -> None:
    document = replace(sample(), words=shipped_pack("pt").words)
    tables = tuple(b for b in walk(document.sections) if isinstance(b, Table) and not b.words)
    data = write_tables(document, tables, INDICO)
    assert data == write_tables(document, tables, INDICO)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert len(book.sheetnames) == 3 + len(tables)
    for table, name in zip(tables, book.sheetnames[3:], strict=True):
        sheet = book[name]
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes
        top = int(sheet.freeze_panes.lstrip("ABC")) - 1
        assert all(c.value for c in sheet[top])
        values = [c for line in sheet.iter_rows(min_row=top + 1) for c in line]
        assert all(c.value is not None for c in values)
        figures = sorted(v for row in table.rows for c in row.cells if (v := printed_value(c, ",")) is not None)
        assert sorted(Decimal(str(c.value)) for c in values if isinstance(c.value, int | float)) == figures
        signs = [c.text for row in table.rows for c in row.cells if c.kind == "missing"]
        assert sorted(signs) == sorted(c.value for c in values if c.value in set(signs))
        marks = [c.signs for row in table.rows for c in row.cells if c.signs]
        assert len(marks) <= sum(isinstance(c.value, str) and any(m in c.value for m in marks) for c in values) if marks else True


def test_a_printed_figure_is_read_as_it_is_printed() -> None:
    def read(text: str, kind: str = "number", decimal: str = ",") -> Decimal | None:
        return printed_value(Cell(text, "f", kind), decimal)  # type: ignore[arg-type]

    assert read("1\u00a0234\u00a0567") == 1234567
    assert read("\u221212,50") == Decimal("-12.50")
    assert read("1.234,5") == Decimal("1234.5")
    assert read("1,234.5", decimal=".") == Decimal("1234.5")
    assert read("–") == 0
    assert read("c", "missing") is None
    assert read("1,2\u00a0p.p.") is None
