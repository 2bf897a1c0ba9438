"""A form as an institution receives it: what is asked, what may be edited, what stands beside it, and nothing that runs by itself."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from ruamel.yaml import YAML

from bulletin.errors import ConfigError
from bulletin.form.layout import asked_cells, lay_out
from bulletin.load.project import load_project
from bulletin.model.project import Project
from bulletin.pipeline.form_write import write_forms
from bulletin.write.form import write_form
from desk import Desk, quiet

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def example() -> Project:
    return load_project(ROOT / "examples" / "mozambique")[0]


def test_every_institution_gets_one_and_the_same_bytes_each_time(desk: Desk) -> None:
    first = {p.name: p.read_bytes() for p in (desk.root / "forms").iterdir()}
    assert sorted(first) == ["mz-ine-2024.xlsx", "mz-inss-2024.xlsx"]
    write_forms(desk.root, quiet)
    assert {p.name: p.read_bytes() for p in (desk.root / "forms").iterdir()} == first


def test_only_cells_to_fill_in_are_open(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.form())
    sheet = book["T01"]
    assert [s.title for s in book.worksheets if s.sheet_state == "visible"] == [
        "Instruções | Instructions", "Contactos | Contacts", "T01", "Notas | Notes",
    ]  # fmt: skip
    assert {s.title for s in book.worksheets if s.sheet_state != "visible"} == {"_listas", "_meta"}
    assert all(s.protection.sheet and not s.protection.password for s in book.worksheets)
    open_cells = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
    assert open_cells == {f"{column}{row}" for column in "GHI" for row in range(9, 13)}
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[3].hidden
    assert sheet.print_title_rows == "$1:$6"
    assert sheet.page_setup.orientation == "landscape"
    lists = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation if v.type == "list"}
    assert lists == {"H7:H12": "bulletin_status"}
    assert book.custom_doc_props["bulletin_form"].value == "small/INSS/2024"  # type: ignore[attr-defined]
    assert book.properties.created.date().isoformat() == "2025-01-31"


def test_the_last_known_figure_stands_beside_and_totals_are_live(desk: Desk) -> None:
    sheet = openpyxl.load_workbook(desk.form())["T01"]
    assert [sheet.cell(row, 5).value for row in range(9, 13)] == ["2023", "2021", "2021", "2021"]
    assert sheet["F9"].value == 116000
    assert sheet["G9"].value == '=IF(COUNT(G10:G12)=3,SUM(G10:G12),"")'
    assert "≠ soma" in sheet["J9"].value
    rules = [r.formula for area in sheet.conditional_formatting if "G9" in area for r in area.rules]
    assert rules == [["AND(ISNUMBER(G9),COUNT(G10:G12)=3,ABS(N(G9)-SUM(G10:G12))>0.5)"]]


def test_a_project_without_data_gets_a_useful_form(example: Project) -> None:
    asked = asked_cells(example, {}, 2025)
    assert {"INSS", "INAS", "INE"} <= set(asked)
    form = lay_out(example, "INSS", asked["INSS"], {}, 2025)
    assert form.asked > 150
    by_name = {b.indicator: (t, b) for t in form.tables for b in t.blocks}
    table, block = by_name["PENSIONERS"]
    assert [c.sex for c in table.columns] == ["_T", "M", "F"]
    assert [r.cell[1] for r in block.rows][:3] == ["MZ", "MZ-A", "MZ-P"]
    assert any(len(s.parts) == len(example.country.subdivisions) for s in table.sums)
    assert by_name["REVENUE_TOTAL"][1].unit == {"pt": "milhões de meticais", "en": "MZN million"}
    assert not any(example.catalogue[name].formula for name in by_name)


def test_nothing_from_outside_becomes_a_formula(example: Project) -> None:
    asked = asked_cells(example, {}, 2025)
    form = lay_out(example, "INAS", asked["INAS"], {}, 2025)
    evil = dict.fromkeys(("pt", "en"), '=HYPERLINK("http://x")')
    block = form.tables[0].blocks[0]
    rows = tuple(replace(r, label=evil, code="@x") for r in block.rows)
    table = replace(form.tables[0], title=evil, blocks=(replace(block, label=evil, definition=evil, rows=rows),))
    data = write_form(replace(form, name=evil, contact=evil, publication=evil, tables=(table,)), example.theme)
    formulas = [
        str(c.value)
        for s in openpyxl.load_workbook(io.BytesIO(data)).worksheets
        for row in s.iter_rows()
        for c in row
        if c.data_type == "f"
    ]
    assert formulas
    assert all(re.match(r"=IF\((COUNT|OR)\(", f) for f in formulas)


def test_an_institution_that_supplies_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(ConfigError) as raised:
        write_forms(desk.root, quiet, institutions=("misau",))
    assert [f.rule for f in raised.value.findings] == ["form-unknown-institution"]


@pytest.mark.parametrize("path", sorted((ROOT / "config" / "countries").glob("*.yaml")), ids=lambda p: p.stem)
def test_what_shipped_institutions_supply_exists(path: Path, example: Project) -> None:
    read = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    offers = [s for i in read["institutions"] for s in i.get("supplies", ())]
    assert offers
    for name in (n for s in offers for n in s.get("indicators", ())):
        assert any(i == name or (name.endswith("*") and i.startswith(name[:-1])) for i in example.catalogue), name
    for dimension in (d for s in offers for d in s.get("where", ())):
        assert dimension in ("ref_area", "sex", "age", "scheme", "function", "programme")


def test_the_declared_institution_comes_before_the_countrys(example: Project) -> None:
    from bulletin.model.country import Supply
    from bulletin.model.edition import Collection
    from bulletin.model.supply import cell_of, responsible

    cell = cell_of("PENSIONERS", {"scheme": "INSS"}, "MZ")
    assert responsible(example, cell, 2024) == "INSS"
    collect = (Collection("INE", supplies=(Supply(("PENSIONERS",)),)),)
    changed = replace(example, edition=replace(example.edition, collect=collect))
    assert responsible(changed, cell, 2024) == "INE"
    assert responsible(example, cell_of("GINI", {"sex": "F"}, "MZ"), 2024, {cell: "INSS"}) == "INE"
    assert responsible(example, cell_of("POVERTY_190", {}, "MZ"), 2024) == ""
