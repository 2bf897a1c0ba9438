"""Workbooks and messy tables: values keep their cell, what looks empty but is not is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bulletin.load.observations import Loaded
from bulletin.load.workbook import read_sheets
from bulletin.model.edition import DataFile
from bulletin.model.project import Project

Read = Callable[..., Loaded]


def _bytes(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _rules(loaded: Loaded) -> list[str]:
    return [f.rule for f in loaded.findings if f.rule != "missing-places"]


def _canonical(rows: list[list[Any]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Dados"
    for row in [["REF_AREA", "INDICATOR", "TIME_PERIOD", "OBS_VALUE", "SOURCE", "ILLUSTRATIVE", "REF_DATE"], *rows]:
        sheet.append(row)
    return book


def test_canonical_workbook(read: Read) -> None:
    book = _canonical(
        [["MZ", "POPULATION", 2024, 1.234, "INE", True, date(2024, 7, 1)], ["Niassa", "POPULATION", 2024, 7, "INE", None, None]]
    )
    loaded = read(_bytes(book), "a.xlsx")
    frame = loaded.observations.frame
    assert frame["value"].tolist() == [1.234, 7.0]
    assert frame["cell"].tolist() == ["D2", "D3"]
    assert frame["sheet"].tolist() == ["Dados", "Dados"]
    assert frame["illustrative"].tolist() == [True, False]
    assert frame["ref_date"].tolist() == ["2024-07-01", ""]
    assert _rules(loaded) == ["recognised-by-name"]


def test_what_only_looks_empty_is_told_with_its_cell(read: Read) -> None:
    book = _canonical(
        [
            ["MZ", "POPULATION", 2024, "=1+1", "INE"],
            ["MZ", "POPULATION", 2023, "#N/A", "INE"],
            ["MZ", "INFLATION", 2023, 0.125, "INE"],
            ["MZ", "POPULATION", 2021, "12 000", "INE"],
        ]
    )
    sheet = book["Dados"]
    sheet["D3"].data_type = "e"
    sheet["D4"].number_format = "0.0%"
    sheet.row_dimensions[5].hidden = True
    loaded = read(_bytes(book), "a.xlsx")
    assert {(f.rule, f.place.cell) for f in loaded.findings} == {
        ("formula-without-value", "D2"),
        ("cell-error", "D3"),
        ("percent-format", "D4"),
        ("hidden-rows", "5"),
        ("no-rows", ""),
    }
    assert loaded.observations.frame.empty
    assert (loaded.accounting[0].read, loaded.accounting[0].rejected) == (4, 4)
    for choice, values in (("read", [12000.0]), ("skip", [])):
        declared = read(_bytes(book), "a.xlsx", files=(DataFile("a.xlsx", hidden=choice),))
        assert f"hidden-rows-{choice}" in _rules(declared)
        assert declared.observations.frame["value"].tolist() == values


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old-workbook"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "workbook-encrypted"),
        (b"<html><table></table></html>", "html-as-workbook"),
        (b"PK\x03\x04 half a file", "workbook-broken"),
        (b"plain text", "workbook-broken"),
    ],
)
def test_files_that_are_no_workbooks(read: Read, content: bytes, rule: str) -> None:
    assert _rules(read(content, "a.xlsx")) == [rule]


def test_bombs_and_far_cells_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    assert read_sheets(stream.getvalue(), "a.xlsx")[1][0].rule == "workbook-too-large"
    book = openpyxl.Workbook()
    book["Sheet"]["XFD1048576"] = 1
    assert read_sheets(_bytes(book), "a.xlsx")[1][0].rule == "workbook-too-large"


MAP = r"""
sheet: quadro 3
header_rows: [3, 4]
until: Fonte
columns: {REF_AREA: A}
across:
  - {column: TIME_PERIOD, row: 3, regex: '(20\d\d)'}
  - {column: SEX, row: 4, map: {Homens: M, Mulheres: F}}
constants: {INDICATOR: POPULATION, SOURCE: INE}
drop: ['Sub-?total.*']
drop_columns: [F]
map: {REF_AREA: {Total: MZ}}
missing: {n.d.: O}
zero: ['–']
footnote: '\(\d\)'
groups: ' '
"""


def _messy() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Quadro 3"
    for row in (
        ["Quadro 3. População"],
        [],
        ["Província", "Ano 2023", None, "Ano 2024", None, "Observações"],
        [None, "Homens", "Mulheres", "Homens", "Mulheres", None],
        ["Niassa", 10, 20, "1 234", "22 (1)", "nota"],
        ["Zambezia (1)", 11, "n.d.", 13, "–", None],
        ["Sub-total", 1, 2, 3, 4, None],
        ["Total", 21, 20, 1247, 22, None],
        ["Fonte: INE 2024"],
        ["Nota", 99, 99, 99, 99],
    ):
        sheet.append(row)
    sheet.merge_cells("B3:C3")
    book.create_sheet("Outra")["A1"] = "x"
    return _bytes(book)


def test_a_messy_table_is_read_by_its_map(read: Read, project: Project) -> None:
    (project.root / "data" / "q.xlsx.map.yaml").write_text(MAP, encoding="utf-8")
    loaded = read(_messy(), "q.xlsx")
    frame = loaded.observations.frame
    found = {(r.ref_area, r.sex, r.period): (r.value, r.cell) for r in frame.itertuples()}
    assert found[("MZ-A", "M", "2024")] == (1234.0, "D5")
    assert found[("MZ-A", "F", "2024")] == (22.0, "E5")
    assert found[("MZ-Q", "F", "2024")] == (0.0, "E6")
    assert found[("MZ", "M", "2024")] == (1247.0, "D8")
    assert len(found) == 12
    missing = frame[(frame["ref_area"] == "MZ-Q") & (frame["period"] == "2023") & (frame["sex"] == "F")].iloc[0]
    assert (missing["obs_status"], missing["value"] != missing["value"]) == ("O", True)
    assert set(_rules(loaded)) == {"recognised-by-name", "marks-taken-off", "map-sheet-unread"}
    assert [i.path for i in loaded.inputs] == ["data/q.xlsx", "data/q.xlsx.map.yaml"]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("quadro 3", "quadro 4", "map-unknown-sheet"),
        ("drop_columns: [F]", "", "map-head-not-understood"),
        ("REF_AREA: A", "REF_AREA: Distrito", "map-unknown-head"),
        ("columns: {REF_AREA", "columns: {REF_AREAS", "map-unknown-column"),
        (", SOURCE: INE", "", "map-incomplete"),
        ("until: Fonte", "until: '('", "map-bad-pattern"),
        ("(20\\d\\d)", "(20", "map-bad-pattern"),
        ("until: Fonte", "untill: Fonte", "config-unknown-key"),
    ],
)
def test_a_map_that_does_not_fit_is_told(read: Read, project: Project, old: str, new: str, rule: str) -> None:
    (project.root / "data" / "q.xlsx.map.yaml").write_text(MAP.replace(old, new), encoding="utf-8")
    assert rule in _rules(read(_messy(), "q.xlsx"))


def test_years_across_in_a_csv_file(read: Read, project: Project) -> None:
    (project.root / "data" / "w.csv.map.yaml").write_text(
        "columns: {REF_AREA: Prov}\nacross: [{column: TIME_PERIOD, row: 1}]\n"
        "constants: {INDICATOR: POPULATION, SOURCE: INE}\nmissing: {'..': O}\n",
        encoding="utf-8",
    )
    loaded = read("Prov;2023;2024\nMZ-A;12,5;1.234,5\nMZ-T;..;3\n", "w.csv")
    frame = loaded.observations.frame
    assert frame["value"].fillna(-1).tolist() == [12.5, 1234.5, -1, 3]
    assert frame["cell"].tolist() == ["B2", "C2", "B3", "C3"]


def _ods(path: Path, rows: str) -> bytes:
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Dados">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<x/>")
        archive.writestr("content.xml", content)
    return path.read_bytes()


def test_ods(read: Read, tmp_path: Path) -> None:
    def text(*words: str) -> str:
        return "".join(f'<table:table-cell office:value-type="string"><text:p>{w}</text:p></table:table-cell>' for w in words)

    def row(cells: str) -> str:
        return f"<table:table-row>{cells}</table:table-row>"

    year = '<table:table-cell office:value-type="float" office:value="{}"><text:p>x</text:p></table:table-cell>'
    rows = (
        row(text("INDICATOR", "SOURCE", "TIME_PERIOD", "OBS_VALUE"))
        + row(text("POPULATION", "INE") + year.format(2024) + year.format("1234.5"))
        + row(
            text("POPULATION", "INE")
            + year.format(2023)
            + '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
        )
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    loaded = read(_ods(tmp_path / "a.ods", rows), "a.ods")
    assert loaded.observations.frame["value"].tolist() == [1234.5]
    assert loaded.observations.frame["cell"].tolist() == ["D2"]
    assert [(f.rule, f.place.cell) for f in loaded.findings] == [("cell-error", "D3")]
