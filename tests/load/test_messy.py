"""Tables as institutions really send them: each is read right through its map, or refused with file, sheet and cell."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from bulletin.load.observations import Loaded
from bulletin.model.finding import Severity
from bulletin.model.project import Project

Read = Callable[..., Loaded]
Change = Callable[[Any], None]

CONSTANTS = "constants: {INDICATOR: POPULATION, SOURCE: INE}\n"
PLAIN = "header_rows: [1]\ncolumns: {REF_AREA: A}\nacross: [{column: TIME_PERIOD, row: 1}]\n" + CONSTANTS


@pytest.fixture
def sent(read: Read, project: Project) -> Callable[..., Loaded]:
    """A sheet of rows, changed by hand as in Excel, and its map."""

    def run(rows: list[list[Any]], spec: str, change: Change | None = None, **edition: object) -> Loaded:
        book = openpyxl.Workbook()
        sheet = book["Sheet"]
        sheet.title = "Quadro"
        for row in rows:
            sheet.append(row)
        if change:
            change(sheet)
        stream = io.BytesIO()
        book.save(stream)
        return mapped(stream.getvalue(), spec, **edition)

    def mapped(content: bytes, spec: str, **edition: object) -> Loaded:
        (project.root / "data" / "q.xlsx.map.yaml").write_text(spec, encoding="utf-8")
        loaded = read(content, "q.xlsx", **edition)
        for account in loaded.accounting:
            assert account.read == account.used + account.rejected + account.ignored
        return loaded

    run.mapped = mapped  # type: ignore[attr-defined]
    return run


def values(loaded: Loaded) -> dict[tuple[str, ...], float | str]:
    """Place, sex and period to value; a missing one by its status."""
    found: dict[tuple[str, ...], float | str] = {}
    for r in loaded.observations.frame.to_dict("records"):
        key = tuple(t for t in (r["ref_area"], r["sex"], r["period"]) if t != "_T")
        found[key] = r["value"] if r["value"] == r["value"] else r["obs_status"]
    return found


def errors(loaded: Loaded) -> set[tuple[str, str]]:
    return {(f.rule, f.place.cell) for f in loaded.findings if f.severity is Severity.ERROR}


def told(loaded: Loaded) -> set[str]:
    return {f.rule for f in loaded.findings if f.severity is Severity.INFO}


def test_three_header_rows_merged_title_bilingual_heads_totals_first_and_subtotals(sent: Callable[..., Loaded]) -> None:
    def change(sheet: Any) -> None:
        for cells in ("A1:G1", "B3:C3", "D3:E3", "A3:A5", "F3:G3"):
            sheet.merge_cells(cells)

    rows = [
        ["Quadro 3 / Table 3"],
        [],
        ["Província\nProvince", 2023, None, "2024 (p)", None, "Variação", None],
        [None, "Homens/Men", "Mulheres/Women", "Homens – Men", "Mulheres – Women", "%", "%"],
        [None, "(1)", "(1)", "(1)", "(1)", None, None],
        ["Moçambique", 30, 60, 32, 64, 1, 2],
        ["Região Norte"],
        ["Niassa", 10, 20, 11, 21, 1, 2],
        ["Cabo Delgado", 20, 40, 21, 43, 1, 2],
        ["Sub-total Norte", 30, 60, 32, 64, 1, 2],
        [],
        ["Fonte/Source: INE 2024"],
    ]
    spec = (
        "header_rows: [3, 4, 5]\ncolumns: {REF_AREA: 'Província Province'}\n"
        "across:\n  - {column: TIME_PERIOD, row: 3}\n"
        "  - {column: SEX, row: 4, map: {Homens: M, Men: M, Mulheres: F, Women: F}}\n"
        "footnote: '\\([p1]\\)'\nmarks: {'(p)': {OBS_STATUS: P}}\n"
        "drop: ['Sub-total.*']\ndrop_columns: [F, G]\nuntil_blank: true\n" + CONSTANTS
    )
    loaded = sent(rows, spec, change)
    assert not errors(loaded)
    assert values(loaded) == {
        ("MZ", "M", "2023"): 30, ("MZ", "F", "2023"): 60, ("MZ", "M", "2024"): 32, ("MZ", "F", "2024"): 64,
        ("MZ-A", "M", "2023"): 10, ("MZ-A", "F", "2023"): 20, ("MZ-A", "M", "2024"): 11, ("MZ-A", "F", "2024"): 21,
        ("MZ-P", "M", "2023"): 20, ("MZ-P", "F", "2023"): 40, ("MZ-P", "M", "2024"): 21, ("MZ-P", "F", "2024"): 43,
    }  # fmt: skip
    frame = loaded.observations.frame
    assert set(frame.loc[frame["period"] == "2024", "obs_status"]) == {"P"}
    assert set(frame.loc[frame["period"] == "2023", "obs_status"]) == {"A"}
    assert loaded.accounting[0].ignored_by == {"dropped": 4, "dropped-column": 8, "no-figures": 1, "outside": 2}
    assert {"recognised-by-name", "rows-without-figures"} <= told(loaded)


def test_a_head_in_two_languages_that_do_not_agree_is_refused(sent: Callable[..., Loaded]) -> None:
    spec = (
        "header_rows: [1]\ncolumns: {REF_AREA: A}\nconstants: {INDICATOR: POPULATION, SOURCE: INE, TIME_PERIOD: '2024'}\n"
        "across: [{column: SEX, row: 1, map: {Homens: M, Men: M, Mulheres: F}}]\n"
    )
    for head in ("Homens/Mulheres", "Homens/Total"):
        assert errors(sent([["X", head], ["MZ", 1]], spec)) == {("map-head-not-understood", "B1")}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234", 1234), ("1\u00a0234", 1234), ("1\u202f234", 1234), ("1\u2009234", 1234), ("1.234", 1234), ("1.234.567", 1234567),
        ("1 234,5", 1234.5), ("\u22125", -5), ("n.d.", "O"), ("N.D.", "O"), ("…", "L"), ("–", 0),
    ],
)  # fmt: skip
def test_numbers_as_text_in_the_declared_style(sent: Callable[..., Loaded], text: str, value: float | str) -> None:
    spec = PLAIN + "decimal: ','\nmissing: {n.d.: O, …: L}\nzero: ['–']\n"
    assert values(sent([["X", 2024], ["MZ", text]], spec)) == {("MZ", "2024"): value}


@pytest.mark.parametrize("text", ["12 mil", "1 2343", "1.23", "1e3", "12%", "ca. 5", "-", "x", "1'234", "१२"])
def test_what_the_style_does_not_know_is_refused_with_its_cell(sent: Callable[..., Loaded], text: str) -> None:
    loaded = sent([["X", 2023, 2024], ["MZ", 7, text]], PLAIN + "decimal: ','\n")
    assert errors(loaded) == {("not-a-number", "C2")}
    assert values(loaded) == {("MZ", "2023"): 7}


def test_an_undeclared_style_is_never_guessed(sent: Callable[..., Loaded]) -> None:
    assert errors(sent([["X", 2024], ["MZ", "1.234"]], PLAIN)) == {("ambiguous-number", "B2")}


GLUED = r"footnote: '(?<=[ .]\d{3})\d'" + "\n"


def test_digits_of_notes_are_taken_off_as_declared_and_told(sent: Callable[..., Loaded]) -> None:
    loaded = sent([["X", 2023, 2024], ["MZ", "1 2343", "1 234"]], PLAIN + GLUED + "groups: ' '\n")
    assert values(loaded) == {("MZ", "2023"): 1234, ("MZ", "2024"): 1234}
    assert not errors(loaded)
    (finding,) = [f for f in loaded.findings if f.rule == "marks-taken-off"]
    assert (finding.parameters["marks"], finding.parameters["cells"]) == ("3", "B2")


def test_a_digit_is_never_taken_off_what_is_a_number_with_it(sent: Callable[..., Loaded]) -> None:
    loaded = sent([["X", 2023, 2024], ["MZ", "12343", 12343]], PLAIN + r"footnote: '\d'" + "\n")
    assert errors(loaded) == {("footnote-ambiguous", "B2")}
    assert values(loaded) == {("MZ", "2024"): 12343}


def _raised(sheet: Any) -> None:
    sheet["B2"] = CellRichText("1 234", TextBlock(InlineFont(vertAlign="superscript"), "3"))
    sheet["A2"] = CellRichText("Niassa", TextBlock(InlineFont(vertAlign="superscript"), "1"))


def test_raised_digits_are_notes_only_when_the_map_says_so(sent: Callable[..., Loaded]) -> None:
    rows = [["X", 2024], ["", ""]]
    assert ("superscript-mark", "B2") in errors(sent(rows, PLAIN, _raised))
    loaded = sent(rows, PLAIN + "superscript: note\nmarks: {'3': {OBS_STATUS: E, COMMENT_EN: About.}, '1': {}}\n", _raised)
    assert values(loaded) == {("MZ-A", "2024"): 1234}
    row = loaded.observations.frame.iloc[0]
    assert (row["obs_status"], row["comment_en"]) == ("E", "About.")
    unknown = sent(rows, PLAIN + "superscript: note\nmarks: {'1': {}}\n", _raised)
    assert errors(unknown) == {("map-unknown-mark", "B2")}


def test_raised_digits_in_shared_texts_as_excel_stores_them(sent: Callable[..., Loaded]) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Quadro")
        raised = book.add_format({"font_script": 1})
        sheet.write_row(0, 0, ["X", 2024])
        sheet.write_string(1, 0, "MZ")
        sheet.write_rich_string(1, 1, "1 234", raised, "3")
    content = stream.getvalue()
    assert errors(sent.mapped(content, PLAIN)) == {("superscript-mark", "B2")}  # type: ignore[attr-defined]
    loaded = sent.mapped(content, PLAIN + "superscript: note\n")  # type: ignore[attr-defined]
    assert values(loaded) == {("MZ", "2024"): 1234}


def test_several_tables_on_a_sheet_below_and_beside_each_other(sent: Callable[..., Loaded]) -> None:
    rows = [
        ["Homens", None, None, None, "Mulheres"],
        ["X", 2023, 2024, None, "X", 2023],
        ["Niassa", 1, 2, None, "Niassa", 3],
        [],
        ["Taxa (%)"],
        ["X", 2024],
        ["MZ", 0.125],
        ["Nota: provisório"],
    ]
    shared = "columns: {REF_AREA: X}\nacross: [{column: TIME_PERIOD, row: 2}]\nheader_rows: [2]\n"
    spec = (
        shared + "tables:\n"
        "  - {constants: {INDICATOR: POPULATION, SOURCE: INE, SEX: M}, last_column: C, until_blank: true}\n"
        "  - {constants: {INDICATOR: POPULATION, SOURCE: INE, SEX: F}, first_column: E, until_blank: true}\n"
        "  - {header_rows: [6], across: [{column: TIME_PERIOD, row: 6}], constants: {INDICATOR: INFLATION, SOURCE: INE},"
        " until: Nota, percent: multiply}\n"
    )

    def change(sheet: Any) -> None:
        sheet["B7"].number_format = "0.0%"

    loaded = sent(rows, spec, change)
    assert not errors(loaded)
    frame = loaded.observations.frame
    found = {(r.indicator, r.sex, r.period): (r.value, r.cell) for r in frame.itertuples()}
    assert found == {
        ("POPULATION", "M", "2023"): (1, "B3"),
        ("POPULATION", "M", "2024"): (2, "C3"),
        ("POPULATION", "F", "2023"): (3, "F3"),
        ("INFLATION", "_T", "2024"): (12.5, "B7"),
    }
    assert loaded.accounting[0].ignored_by == {"outside": 3}
    refused = sent(rows, spec.replace(", percent: multiply", ""), change)
    assert errors(refused) == {("percent-format", "B7")}


@pytest.mark.parametrize("what", ["row", "column"])
def test_hidden_rows_and_columns_count_as_the_map_says(sent: Callable[..., Loaded], what: str) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = what == "row"
        sheet.column_dimensions["C"].hidden = what == "column"

    rows = [["X", 2023, 2024], ["Niassa", 1, 2], ["Sofala", 3, 4]]
    every = {("MZ-A", "2023"): 1, ("MZ-A", "2024"): 2, ("MZ-S", "2023"): 3, ("MZ-S", "2024"): 4}
    seen = {k: v for k, v in every.items() if (k[0] != "MZ-S" if what == "row" else k[1] != "2024")}
    undeclared = sent(rows, PLAIN, hide)
    assert errors(undeclared) == {(f"hidden-{what}s", "3" if what == "row" else "C")}
    assert values(undeclared) == seen
    assert undeclared.accounting[0].rejected_by == {f"hidden-{what}s": 2}
    assert values(sent(rows, PLAIN + "hidden: read\n", hide)) == every
    skipped = sent(rows, PLAIN + "hidden: skip\n", hide)
    assert (values(skipped), skipped.accounting[0].ignored_by) == (seen, {"hidden": 2})
    assert f"hidden-{what}s-skip" in told(skipped)


def test_formulas_with_and_without_a_stored_value(sent: Callable[..., Loaded]) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Quadro")
        sheet.write_row(0, 0, ["X", 2022, 2023, 2024])
        sheet.write_row(1, 0, ["MZ", 5])
        sheet.write_formula(1, 2, "=B2+1", None, 6)
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")
    loaded = sent.mapped(stream.getvalue(), PLAIN)  # type: ignore[attr-defined]
    assert values(loaded) == {("MZ", "2022"): 5, ("MZ", "2023"): 6}
    assert errors(loaded) == {("cell-error", "D2")}
    assert [f.place.cell for f in loaded.findings if f.rule == "formula-values"] == ["C2"]
    unsaved = sent([["X", 2023, 2024], ["MZ", 5, "=B2+1"]], PLAIN)
    assert errors(unsaved) == {("formula-without-value", "C2")}


def test_dates_stand_for_years_only_by_a_pattern(sent: Callable[..., Loaded]) -> None:
    rows = [["X", date(2023, 12, 31), date(2024, 12, 31)], ["MZ", 1, 2]]
    assert {rule for rule, _ in errors(sent(rows, PLAIN))} == {"unknown-period"}
    by_year = PLAIN.replace("row: 1}", r"row: 1, regex: '(20\d\d)-12-31'}")
    assert values(sent(rows, by_year)) == {("MZ", "2023"): 1, ("MZ", "2024"): 2}
    # 2024 typed into a cell formatted as a date is a day of the year 1905.
    slip = [["X", date(1905, 7, 16)], ["MZ", 1]]
    assert errors(sent(slip, by_year)) == {("map-head-not-understood", "B1")}
    down = (
        "header_rows: [1]\ncolumns: {TIME_PERIOD: Data, OBS_VALUE: Valor}\nregex: {TIME_PERIOD: '(20\\d\\d-\\d\\d)'}\n"
        + CONSTANTS
    )
    assert values(sent([["Data", "Valor"], [date(2024, 6, 30), 9]], down)) == {("MZ", "2024-06"): 9}


def test_a_row_without_a_label_never_passes_for_the_total(sent: Callable[..., Loaded]) -> None:
    rows = [["X", 2023, 2024], ["Niassa", 1, 2], [None, 3, 4]]
    loaded = sent(rows, PLAIN)
    assert errors(loaded) == {("label-missing", "B3"), ("label-missing", "C3")}
    assert set(values(loaded)) == {("MZ-A", "2023"), ("MZ-A", "2024")}


def test_figures_without_a_head_are_never_passed_over(sent: Callable[..., Loaded]) -> None:
    spec = PLAIN.replace("row: 1}", "row: 1, fill: false}")
    rows = [["X", 2023, None], ["MZ", 1, 2]]
    assert errors(sent(rows, spec)) == {("map-column-without-head", "C2")}
    assert values(sent(rows, spec + "drop_columns: [C]\n")) == {("MZ", "2023"): 1}


def test_an_undeclared_subtotal_is_refused_with_the_nearest_name(sent: Callable[..., Loaded]) -> None:
    loaded = sent([["X", 2024], ["Niasa", 1], ["Sub-total", 1]], PLAIN)
    assert {(f.place.sheet, f.place.cell, f.parameters["nearest"]) for f in loaded.findings if f.rule == "unknown-place"} >= {
        ("Quadro", "B2", "Niassa (MZ-A)")
    }
    assert loaded.observations.frame.empty


@pytest.mark.parametrize(("empty", "expected"), [("", {}), ("empty: O\n", {("MZ", "2024"): "O"}), ("empty: ignore\n", {})])
def test_empty_cells(sent: Callable[..., Loaded], empty: str, expected: dict[tuple[str, str], str]) -> None:
    loaded = sent([["X", 2023, 2024], ["MZ", 1, None]], PLAIN + empty)
    assert values(loaded) == {("MZ", "2023"): 1} | expected
    assert errors(loaded) == (set() if empty else {("empty-value", "C2")})


def test_every_sheet_that_holds_something_is_told(sent: Callable[..., Loaded]) -> None:
    def change(sheet: Any) -> None:
        sheet.parent.create_sheet("Outra")["A1"] = 5

    loaded = sent([["X", 2024], ["MZ", 1]], "sheet: Quadro\n" + PLAIN, change)
    assert [f.place.sheet for f in loaded.findings if f.rule == "map-sheet-unread"] == ["Outra"]


def test_a_count_of_rows_from_the_sender_is_held_against_the_file(sent: Callable[..., Loaded]) -> None:
    from bulletin.model.edition import DataFile

    rows = [["X", 2023, 2024], ["MZ", 1, 2]]
    assert not errors(sent(rows, PLAIN, files=(DataFile("q.xlsx", rows=2),)))
    assert {r for r, _ in errors(sent(rows, PLAIN, files=(DataFile("q.xlsx", rows=3),)))} == {"row-count-differs"}


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">
<office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties
 style:text-position="super 58%"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="Quadro"><table:table-column/><table:table-column/>
<table:table-column table:visibility="collapse"/>
<table:table-row><C t="string"><text:p>X</text:p></C><C t="float" office:value="2022"/><C t="float" office:value="2023"/>
<C t="float" office:value="2024"/></table:table-row>
<table:table-row><C t="string"><text:p>Niassa</text:p></C><C t="string"><text:p>1<text:s/>234<text:span
 text:style-name="T1">3</text:span></text:p></C><C t="float" office:value="9"/><C t="float" office:value="7" table:formula="of:=7"/>
</table:table-row>
<table:table-row table:number-rows-repeated="2" table:visibility="filter"><C t="string"><text:p>Sofala</text:p></C>
<C t="float" office:value="5"/><C t="float" office:value="5"/><C t="float" office:value="5"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_the_same_in_ods(sent: Callable[..., Loaded], read: Read, project: Project, tmp_path: Path) -> None:
    import re
    import zipfile

    content = re.sub(r'<C t="(\w+)"', r'<table:table-cell office:value-type="\1"', ODS).replace("</C>", "</table:table-cell>")
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<x/>")
        archive.writestr("content.xml", content)
    spec = project.root / "data" / "q.ods.map.yaml"
    spec.write_text(PLAIN, encoding="utf-8")
    assert errors(read(path.read_bytes(), "q.ods")) == {("hidden-rows", "3"), ("hidden-columns", "C"), ("superscript-mark", "B2")}
    spec.write_text(PLAIN + "hidden: skip\nsuperscript: note\n", encoding="utf-8")
    loaded = read(path.read_bytes(), "q.ods")
    assert values(loaded) == {("MZ-A", "2022"): 1234, ("MZ-A", "2024"): 7}
    assert loaded.accounting[0].ignored_by == {"hidden": 7}
