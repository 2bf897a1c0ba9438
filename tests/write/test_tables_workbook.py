"""The workbook of tables: what it says is what is printed, as numbers; it obeys the checklist in docs; the same tables give the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from sample import INDICO, sample

from bulletin.document.blocks import Cell, Column, Note, Row, Table
from bulletin.document.inline import Text
from bulletin.document.tree import Document, walk
from bulletin.document.workbook import Sign, Workbook
from bulletin.write.xlsx import write_workbook
from bulletin.write.xlsx.cells import Spelling, figure, shown
from bulletin.write.xlsx.looks import FACE
from bulletin.write.xlsx.names import sheet_names, table_names
from factories import shipped_pack

SIGNS = (
    Sign("missing", "..", "[x]", "dado não disponível"),
    Sign("zero", "–", "0", "valor nulo"),
    Sign("below_half", "0", "[low]", "menos de metade da unidade"),
    Sign("confidential", "c", "[c]", "valor confidencial"),
    Sign("estimated", "*", "[e]", "valor estimado"),
    Sign("provisional", "*", "[p]", "valor provisório"),
    Sign("break", "(b)", "[b]", "quebra de série"),
)


@pytest.fixture(scope="module")
def document() -> Document:
    return replace(sample(), words=shipped_pack("pt").words)


@pytest.fixture(scope="module")
def tables(document: Document) -> tuple[Table, ...]:
    return tuple(b for b in walk(document.sections) if isinstance(b, Table))


@pytest.fixture(scope="module")
def data(document: Document, tables: tuple[Table, ...]) -> bytes:
    return write_workbook(Workbook(document, tables, SIGNS), INDICO)


@pytest.fixture(scope="module")
def book(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_the_same_tables_give_the_same_bytes(document: Document, tables: tuple[Table, ...], data: bytes) -> None:
    """The first workbook of a process too: the library would change what it is given, and with it those that follow."""
    given = {**FACE}
    assert data == write_workbook(Workbook(document, tables, SIGNS), INDICO)
    assert given == FACE == {"font_name": "Arial", "font_size": 11, "font_scheme": "none"}


def test_every_sheet_obeys_the_checklist(document: Document, tables: tuple[Table, ...], book: openpyxl.Workbook) -> None:
    assert len(book.sheetnames) == len({n.casefold() for n in book.sheetnames}) >= 3 + len(tables)
    assert all(len(n) <= 31 and not re.search(r"[\[\]:*?/\\]", n) for n in book.sheetnames)
    named = [t for s in book for t in s.tables]
    assert len(set(named)) == len(named) == len(book.sheetnames) - 1
    for number, sheet in enumerate(book):
        assert not sheet.merged_cells.ranges
        assert not sheet.auto_filter.ref
        assert isinstance(sheet["A1"].value, str)
        assert not any(d.hidden for d in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()))
        assert not any(part.center.text or part.left.text or part.right.text for part in (sheet.oddHeader, sheet.oddFooter))
        assert not any(c.fill.fill_type for row in sheet.iter_rows() for c in row)
        if number == 0:
            assert sheet.dimensions.startswith("A1:A")
            continue
        (table,) = sheet.tables.values()
        cells = sheet[table.ref]
        assert cells[0][0].column == 1, "against the left edge"
        assert cells[-1][0].row == sheet.max_row, "nothing below"
        assert all(isinstance(c.value, str) and c.value for c in cells[0])
        assert all(c.value not in (None, "") for row in cells for c in row), "no cell is empty"
        assert all(sheet.cell(row, 1).value for row in range(1, cells[0][0].row)), "nothing blank above"
        assert not any(c.value for row in sheet.iter_rows(1, cells[0][0].row - 1, 2) for c in row), "column A alone above"
        assert table.autoFilter is None
        assert sheet.freeze_panes.endswith(str(cells[0][0].row + 1))
    about = book.properties
    assert (about.title or "").startswith(document.metadata.title)
    assert about.language == document.metadata.tag
    assert book.active is not None
    assert book.active.title == book.sheetnames[0]


def test_figures_are_numbers_with_the_digits_that_are_printed(tables: tuple[Table, ...], book: openpyxl.Workbook) -> None:
    spelling = Spelling.of(SIGNS)
    for table, name in zip(tables, book.sheetnames[-len(tables) :], strict=True):
        (marked,) = book[name].tables.values()
        numbers = [c.value for row in book[name][marked.ref] for c in row if isinstance(c.value, int | float)]
        printed = [v for row in table.rows for c in row.cells if (v := shown(c, ",", spelling).value) is not None]
        assert [Decimal(str(n)) for n in numbers] == printed


def test_links_lead_to_sheets_that_are_there(book: openpyxl.Workbook) -> None:
    links = [c.hyperlink for s in book for row in s.iter_rows() for c in row if c.hyperlink]
    assert len(links) > 2 * (len(book.sheetnames) - 1)
    for link in links:
        assert link.target is None
        assert (link.location or "").rpartition("!")[0].strip("'") in book.sheetnames


@pytest.mark.parametrize(
    "label", ["=1+1", "@SUM(A1)", "+1", "-1", "http://example.org", "internal:A1", "'x", "{=1}", "\tx", "Q1", "1.5"]
)
def test_a_label_never_runs_as_a_formula_or_a_link(document: Document, label: str) -> None:
    column = Column("c", (Text(label),))
    rows = (Row("r", (Text(label),), (Cell(label, kind="text"),)),)
    note = Note("n", "Fonte", (Text(label),))
    table = Table("t", (Text(label),), (Text(label),), (Text(label),), (column,), (), rows, (note,), label, label, label=label)
    made = write_workbook(Workbook(document, (table,), ()), INDICO)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        sheets = [package.read(n) for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
        assert not any(
            b"<f>" in s or b"<f " in s or b"r:id" in s.partition(b"<hyperlinks")[2].partition(b"</hyperlinks")[0] for s in sheets
        )
        assert not any("externalLink" in n for n in package.namelist())
    openpyxl.load_workbook(io.BytesIO(made))


@pytest.mark.parametrize(
    ("text", "decimal", "value", "code"),
    [
        ("1\u00a0234\u00a0567", ",", "1234567", "#,##0"),
        ("\u221212,50", ",", "-12.50", "#,##0.00"),
        ("1.234,5", ",", "1234.5", "#,##0.0"),
        ("1,234.5", ".", "1234.5", "#,##0.0"),
        ("+2,4", ",", "2.4", "+#,##0.0;-#,##0.0;#,##0.0"),
        ("5,28%", ",", "5.28", '#,##0.00"%"'),
        ("2,43\u00a0p.p.", ",", "2.43", '#,##0.00" p.p."'),
        ("1.23.4", ",", None, "@"),
        ("2024-06", ",", None, "@"),
        ("12 de 15", ",", None, "@"),
    ],
)
def test_a_printed_figure_is_read_as_it_is_printed(text: str, decimal: str, value: str | None, code: str) -> None:
    found = figure(text.replace("\u00a0", " "), decimal)
    assert found == (None if value is None else Decimal(value), code)


def test_signs_are_spelt_in_letters_and_none_is_lost() -> None:
    spelling = Spelling.of(SIGNS)
    assert shown(Cell("..", kind="missing"), ",", spelling).text == "[x]"
    assert shown(Cell("c", kind="missing", signs="(b)"), ",", spelling).signs == ("[b]",)
    zero, low = shown(Cell("–"), ",", spelling), shown(Cell("0,0", signs="*"), ",", spelling)
    assert (zero.value, zero.signs) == (0, ())
    assert (low.value, low.signs) == (0, ("[low]", "[e] [p]"))
    assert spelling.spelt("(b)*") == ("[b]", "[e] [p]")


def test_a_text_longer_than_a_cell_is_cut_and_not_lost(document: Document) -> None:
    note = Note("n", "Nota", (Text("muito longa " * 4000),))
    rows = (Row("r", (Text("linha"),), (Cell("1"),)),)
    table = Table("t", (Text("T"),), (), (), (Column("c", (Text("2024"),)),), (), rows, (note,), "", "", label="Quadro\u00a01")
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(Workbook(document, (table,), ()), INDICO)))
    (said,) = (c.value for c in book["Notas"]["C"] if c.row == 4)
    assert said.startswith("muito longa muito longa")
    assert said.endswith("…")


def test_names_are_those_that_excel_takes_each_once() -> None:
    found = sheet_names(["History", "a/b:c", "A B C", "'x'", "", "x" * 40, "x" * 50])
    assert found == ("History 1", "a b c", "A B C 2", "x", "–", "x" * 31, "x" * 29 + " 2")
    assert table_names(["Q1", "Quadro 1.1", "Quadro 1 1", "2.1", "R2C3"]) == (
        "_Q1",
        "Quadro_1_1",
        "Quadro_1_1_2",
        "_2_1",
        "_R2C3",
    )
