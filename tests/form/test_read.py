"""A form that comes back: read by its marks wherever they went, refused with the cell where something is wrong, never a traceback."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bulletin.load.observations import load_observations
from bulletin.load.project import load_project
from bulletin.model.quality import Arrival
from bulletin.pipeline.form_read import plain_number, read_forms
from bulletin.pipeline.form_status import form_status
from bulletin.pipeline.form_write import write_forms
from desk import Desk, quiet

ROWS = {"_T": 9, "OLD_AGE": 10, "SURVIVORS": 11, "DISABILITY": 12}


def fill(book: Any, old: int = 50000, survivors: int = 60000, disability: int = 5000) -> None:
    for row, value in zip((10, 11, 12), (old, survivors, disability), strict=True):
        book["T01"].cell(row, 7).value = value


def figures(desk: Desk) -> dict[str, float]:
    """By function, what the project now reads."""
    own = sent(desk)
    return dict(zip(own["function"].astype(str), own["value"], strict=True))


def sent(desk: Desk) -> Any:
    """Rows of the form, whether another source is preferred or not."""
    read = load_observations(load_project(desk.root)[0]).observations
    rows = pd.concat([read.frame, read.alternates])
    return rows[rows["source"] == "FORM"]


def test_a_filled_form_becomes_data_with_the_cell_it_came_from(desk: Desk) -> None:
    def by_hand(book: Any) -> None:
        fill(book)
        book["T01"]["H10"] = "P – provisório | provisional"
        book["T01"]["I10"] = "Ainda por confirmar,\ncom «aspas»; e vírgula"
        book["Notas | Notes"].cell(11, 3).value = "Uma nota"

    found = desk.read(desk.changed(by_hand))
    assert found.table is not None
    assert (found.answered, found.unanswered) == (4, 0)
    assert figures(desk) == {"_T": 115000, "OLD_AGE": 50000, "SURVIVORS": 60000, "DISABILITY": 5000}
    row = sent(desk).set_index("function").loc["OLD_AGE"]
    assert (row["file"], row["sheet"], row["cell"]) == ("forms/returned.xlsx", "T01", "G10")
    assert (row["obs_status"], row["source"]) == ("P", "FORM")
    assert row["comment_pt"] == "Ainda por confirmar, com «aspas»; e vírgula"
    written = found.table.read_bytes()
    assert desk.read(desk.root / "forms" / "returned.xlsx").table == found.table
    assert found.table.read_bytes() == written


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], phases=[Phase.generate])
@given(
    values=st.tuples(*[st.integers(0, 10**9)] * 3),
    rows=st.lists(st.integers(4, 14), max_size=3),
    columns=st.lists(st.integers(1, 12), max_size=3),
    order=st.permutations([9, 10, 11, 12]),
)
def test_rows_and_columns_may_go_anywhere(
    desk: Desk, values: tuple[int, int, int], rows: list[int], columns: list[int], order: list[int]
) -> None:
    """Whatever is inserted and however whole rows are sorted, the same observations come back."""

    def by_hand(book: Any) -> None:
        sheet = book["T01"]
        fill(book, *values)
        sheet["G9"] = sum(values)
        before = {r: [sheet.cell(r, c).value for c in range(1, 11)] for r in order}
        for target, source in zip((9, 10, 11, 12), order, strict=True):
            for column, value in enumerate(before[source], 1):
                sheet.cell(target, column).value = value
        sheet.unmerge_cells("B8:J8")
        sheet.unmerge_cells("E5:F5")
        for row in rows:
            sheet.insert_rows(row)
        for column in columns:
            sheet.insert_cols(column)

    found = desk.read(desk.changed(by_hand))
    assert [f for f in found.findings if f.severity == "error"] == []
    assert figures(desk) == {"_T": sum(values), "OLD_AGE": values[0], "SURVIVORS": values[1], "DISABILITY": values[2]}


@given(st.decimals(-(10**12), 10**12, allow_nan=False, places=3), st.integers(0, 9))
def test_a_figure_is_written_so_that_it_is_read_the_same(value: Any, multiplier: int) -> None:
    number = float(f"{value}e{multiplier}")
    assert float(f"{plain_number(number, multiplier)}e{multiplier}") == number


def set_cell(sheet: str, cell: str, value: object) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        fill(book)
        book[sheet][cell] = value

    return change


def percent(book: Any) -> None:
    fill(book)
    book["T01"]["G10"] = 0.5
    book["T01"]["G10"].number_format = "0%"


def without(sheet: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        fill(book)
        del book[sheet]

    return change


def copied(book: Any) -> None:
    fill(book)
    book.copy_worksheet(book["T01"])


def row_deleted(book: Any) -> None:
    fill(book)
    book["T01"].delete_rows(11)


def row_copied(book: Any) -> None:
    fill(book)
    for column in range(1, 11):
        book["T01"].cell(14, column).value = book["T01"].cell(10, column).value


def codes_sorted_alone(book: Any) -> None:
    fill(book)
    sheet = book["T01"]
    sheet["B10"], sheet["B11"] = sheet["B11"].value, sheet["B10"].value


def foreign(book: Any) -> None:
    fill(book)
    book["T01"]["A1"] = book["T01"]["A1"].value.replace("INSS", "INE")


TAMPERED = [
    (set_cell("T01", "G10", "n.d."), "not-a-number", "T01", "G10"),
    (set_cell("T01", "G10", "12%"), "not-a-number", "T01", "G10"),
    (set_cell("T01", "G10", "1.234"), "ambiguous-number", "T01", "G10"),
    (set_cell("T01", "G10", 12.5), "", "T01", "G10"),
    (set_cell("T01", "G10", "=A1/0"), "formula-without-value", "T01", "G10"),
    (set_cell("T01", "G10", -5), "value-below", "T01", "G10"),
    (set_cell("T01", "G9", 99), "sum-of-parts", "T01", "G9"),
    (percent, "percent-format", "T01", "G10"),
    (set_cell("T01", "H10", "não sei"), "form-status-unknown", "T01", "H10"),
    (set_cell("T01", "H10", "O"), "form-status-with-value", "T01", "H10"),
    (set_cell("T01", "I10", "@SUM(A1)"), "form-comment-formula", "T01", "I10"),
    (set_cell("T01", "I10", "=1+1"), "form-comment-formula", "T01", "I10"),
    (set_cell("T01", "A10", "bulletin:row;indicator=PENSIONERS;scheme"), "form-anchor-broken", "T01", "A10"),
    (set_cell("T01", "A10", "bulletin:row;indicator=PENSIONADOS;scheme=INSS;function=OLD_AGE;mult=0;sexes=_T"), "unknown-indicator-code", "T01", "G10"),
    (set_cell("T01", "A10", "bulletin:row;indicator=PENSIONERS;ref_area=MZ-ZZ;mult=0;sexes=_T"), "form-row-shifted", "T01", "B10"),
    (set_cell("T01", "G3", "bulletin:column;period=20x4;sex=_T"), "unknown-period", "T01", "G10"),
    (set_cell("T01", "G15", 7), "form-value-outside", "T01", "G15"),
    (set_cell("T01", "L10", 7), "form-value-outside", "T01", "L10"),
    (without("T01"), "form-table-missing", "", ""),
    (copied, "form-table-twice", "T01 Copy", ""),
    (row_deleted, "form-row-missing", "T01", ""),
    (row_copied, "form-row-twice", "T01", "14"),
    (codes_sorted_alone, "form-row-shifted", "T01", "B10"),
    (foreign, "form-sheet-foreign", "T01", ""),
]  # fmt: skip


@pytest.mark.parametrize(("change", "rule", "sheet", "cell"), TAMPERED, ids=[f"{n}-{t[1]}" for n, t in enumerate(TAMPERED)])
def test_what_is_wrong_is_told_with_its_cell_and_nothing_is_written(
    desk: Desk, change: Callable[[Any], None], rule: str, sheet: str, cell: str
) -> None:
    found = desk.read(desk.changed(change))
    places = [(f.rule, f.place.sheet, f.place.cell) for f in found.findings if f.severity == "error"]
    if rule:
        assert (rule, sheet, cell) in places, places
    assert found.table is None
    assert not (desk.root / "data" / "forms").exists()
    assert found.copy is not None


def test_a_refused_part_is_not_made_up_from_older_data(desk: Desk) -> None:
    """A total is not compared with parts of which one is what another source had for the cell that is being asked."""

    def by_hand(book: Any) -> None:
        fill(book)
        book["T01"]["G9"] = 115000
        book["T01"]["G10"] = "n.d."

    assert [f.rule for f in desk.read(desk.changed(by_hand)).findings if f.severity == "error"] == ["not-a-number"]


def test_a_good_result_stays_when_a_worse_form_follows(desk: Desk) -> None:
    good = desk.read(desk.changed(fill)).table
    assert good is not None
    before = good.read_bytes()
    assert desk.read(desk.changed(set_cell("T01", "G10", "n.d."))).table is None
    assert good.read_bytes() == before
    assert [p.name for p in good.parent.iterdir()] == [good.name]


def test_a_gap_with_its_reason_is_data_and_one_without_is_open(desk: Desk) -> None:
    def by_hand(book: Any) -> None:
        book["T01"]["G10"] = 50000
        book["T01"]["H11"] = "L – não recolhido | not collected"
        book["T01"]["I12"] = "Segue em Março"

    found = desk.read(desk.changed(by_hand))
    assert (found.answered, found.unanswered) == (2, 2)
    assert found.notes == ("T01 PENSIONERS: Segue em Março",)
    assert found.table is not None
    lines = found.table.read_text(encoding="utf-8").splitlines()[1:]
    assert [line.split(",")[8:12] for line in lines] == [["50000", "PERS", "0", "A"], ["", "PERS", "0", "L"]]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("form;version=1", "form;version=7", "form-version"),
        ("country=MZ;edition", "country=AO;edition", "form-other-country"),
        ("edition=small;institution=INSS;year=2024", "edition=grande;institution=INSS;year=2023", "form-other-edition"),
        ("institution=INSS", "institution=INSX", "form-other-institution"),
        ("bulletin:", "", "form-not-a-form"),
    ],
)
def test_a_form_of_something_else_is_refused(desk: Desk, old: str, new: str, rule: str) -> None:
    def by_hand(book: Any) -> None:
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith(("bulletin:", "expected:")):
                        cell.value = cell.value.replace(old, new)

    found = desk.read(desk.changed(by_hand))
    assert [f.rule for f in found.findings] == [rule], "one clear message, not what else such a form has"
    assert found.table is None


def test_forms_sent_out_before_are_taken_by_the_erratum_and_by_the_next_edition(desk: Desk) -> None:
    """The erratum has another id, the next edition too; the form of the year before is none of the next edition's."""
    path = desk.changed(fill)
    config = desk.root / "bulletin.yaml"
    text = config.read_text(encoding="utf-8")
    entry = "errata:\n  - {id: small-r1, corrects: small, reason: {pt: Erro., en: Error.}}\n"
    (desk.root / "errata.yaml").write_text(entry, encoding="utf-8")
    assert desk.read(path).table is not None
    (desk.root / "errata.yaml").unlink()
    config.write_text(text.replace("id: small\n", "id: small-2025\n").replace("year: 2024", "year: 2025"), encoding="utf-8")
    assert [f.rule for f in desk.read(path).findings] == ["form-other-edition"]
    config.write_text(text, encoding="utf-8")
    write_forms(desk.root, quiet, year=2025)
    sent_early = desk.root / "forms" / "mz-inss-2025.xlsx"
    book = openpyxl.load_workbook(sent_early)
    fill(book)
    book.save(sent_early)
    assert desk.read(sent_early).year == "2025", "by the edition that sent it"
    config.write_text(text.replace("id: small\n", "id: small-2025\n").replace("year: 2024", "year: 2025"), encoding="utf-8")
    assert desk.read(sent_early).table == desk.root / "data" / "forms" / "inss-2025.csv"
    (sender,) = form_status(desk.root, quiet, institutions=["INSS"])
    assert (sender.forms, sender.waiting) == ((2024, 2025), ())
    (later,) = form_status(desk.root, quiet, institutions=["INSS"], years=[2026])
    assert (later.forms, later.waiting, later.entries) == ((2024, 2025), (2026,), ())


def test_an_empty_form_takes_nothing_of_what_was_read_before(desk: Desk) -> None:
    table = desk.read(desk.changed(fill)).table
    assert table is not None
    before = table.read_bytes()
    blank = desk.read(desk.form())
    assert ([f.rule for f in blank.findings], blank.table, blank.copy) == (["form-empty"], None, None)
    assert table.read_bytes() == before


def test_files_that_are_no_forms(desk: Desk) -> None:
    other = desk.root / "resposta.pdf"
    other.write_bytes(b"%PDF-")
    rules = [r.findings[0].rule for r in read_forms(desk.root, quiet, [other, desk.root / "nada.xlsx"])]
    assert rules == ["form-not-a-workbook", "file-missing"]


def test_the_copy_is_the_senders_own_with_remarks_in_the_senders_language(desk: Desk) -> None:
    def by_hand(book: Any) -> None:
        fill(book)
        book["T01"]["G10"] = "=1+1"
        book["T01"]["G10"].data_type = "s"
        contacts = book["Contactos | Contacts"]
        row = next(r for r in range(1, 30) if "field=language" in str(contacts.cell(r, 1).value))
        contacts.cell(row, 3).value = "en"

    path = desk.changed(by_hand)
    found = desk.read(path)
    assert found.copy is not None
    assert found.copy.name == "returned-to-correct.xlsx"
    sent, copy = openpyxl.load_workbook(path), openpyxl.load_workbook(found.copy)
    assert "is not a number" in copy["T01"]["G10"].comment.text
    assert "explain it in the comment column" in copy["T01"]["G10"].comment.text
    assert (copy["T01"]["G10"].value, copy["T01"]["G10"].data_type) == ("=1+1", "s")
    assert copy.worksheets[0].title == "To correct"
    assert all(c.data_type != "f" for row in copy.worksheets[0].iter_rows() for c in row)
    for sheet in sent.worksheets:
        other = copy[sheet.title]
        assert other.protection.sheet
        assert other.sheet_state == sheet.sheet_state
        assert len(other.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
        assert len(other.conditional_formatting) == len(sheet.conditional_formatting)
        assert [c.value for row in other.iter_rows() for c in row] == [c.value for row in sheet.iter_rows() for c in row]
    assert copy.custom_doc_props["bulletin_form"].value == "small/INSS/2024"  # type: ignore[attr-defined]

    # The corrected copy comes back, remarks and all.
    copy["T01"]["G10"] = 50000
    corrected = desk.root / "forms" / "corrigido.xlsx"
    copy.save(corrected)
    again = desk.read(corrected)
    assert again.table is not None
    assert figures(desk)["OLD_AGE"] == 50000


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_form_saved_by_libreoffice_is_read(desk: Desk, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Filled in and then saved by LibreOffice 7.4; read in the process of its own that all workbooks are read in."""
    monkeypatch.undo()
    saved = Path(__file__).with_name("saved") / f"libreoffice.{suffix}"
    target = desk.root / "forms" / saved.name
    target.write_bytes(saved.read_bytes())
    found = desk.read(target)
    assert [f.rule for f in found.findings if f.severity == "error"] == []
    assert figures(desk) == {"_T": 115000, "OLD_AGE": 50000, "SURVIVORS": 60000, "DISABILITY": 5000}


def test_a_total_is_added_up_anew(desk: Desk) -> None:
    """The saved file kept another sum than that of the parts: a program that does not work out formulas saved it."""
    import zipfile

    saved = Path(__file__).with_name("saved") / "libreoffice.xlsx"
    stream = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>115000</v>", b"<v>114000</v>"))
    path = desk.root / "forms" / "velho.xlsx"
    path.write_bytes(stream.getvalue())
    found = desk.read(path)
    assert [(f.rule, f.place.cell) for f in found.findings if f.rule.startswith("form-")] == [("form-total-stale", "G9")]
    assert figures(desk)["_T"] == 115000


@pytest.mark.slow
def test_the_examples_form_gives_the_examples_data(tmp_path: Path) -> None:
    """The workbook that INAS's illustrative figures came in, saved by LibreOffice, gives the table kept among the data again."""
    example = Path(__file__).parents[2] / "examples" / "mozambique"
    kept = example / "data" / "forms" / "inas-2024.csv"
    root = tmp_path / "mz"
    shutil.copytree(example, root, ignore=shutil.ignore_patterns("out", "work", "expected", "editions", "forms"))
    (root / "forms" / "received").mkdir(parents=True)
    path = root / "forms" / "received" / "mz-inas-2024.xlsx"
    shutil.copy(example / "forms" / "received" / path.name, path)
    (found,) = read_forms(root, quiet, [path])
    assert found.table is not None
    assert found.table.read_bytes() == kept.read_bytes()
    assert all(",ILUSTRATIVO,,,,true," in line for line in kept.read_text(encoding="utf-8").splitlines()[1:])


def test_what_has_come_and_what_is_late(desk: Desk) -> None:
    desk.read(desk.changed(fill))
    by_name = {s.institution: s for s in form_status(desk.root, quiet, years=(2024,), on="2025-02-01")}
    inss, ine = by_name["INSS"], by_name["INE"]
    assert (inss.forms, ine.forms, inss.due) == ((2024,), (), "2025-01-15")
    assert (inss.waiting, ine.waiting) == ((), (2024,))
    assert inss.counted(Arrival.LATE) == 0
    (desk.root / "data" / "forms" / "inss-2024.csv").unlink()
    source = desk.root / "data" / "pensionistas.csv"
    rows = source.read_text(encoding="utf-8").splitlines(keepends=True)
    source.write_text("".join(r for r in rows if ",2024," not in r), encoding="utf-8")
    late = [s for s in form_status(desk.root, quiet, years=(2024,), on="2025-02-01") if s.institution == "INSS"]
    assert late[0].counted(Arrival.LATE) > 0
    early = [s for s in form_status(desk.root, quiet, years=(2024,), on="2025-01-10") if s.institution == "INSS"]
    assert (early[0].counted(Arrival.LATE), early[0].counted(Arrival.NOT_DUE)) == (0, late[0].counted(Arrival.LATE))
