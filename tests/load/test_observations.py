"""Data files as they arrive: read exactly, or refused with the cell; never a changed number and never an exception."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulletin.load.account import FileAccount
from bulletin.load.observations import Loaded
from bulletin.model.codes import TOTAL
from bulletin.model.dataset import COLUMNS
from bulletin.model.edition import DataFile, Preference

Read = Callable[..., Loaded]
HEAD = "REF_AREA,INDICATOR,SEX,TIME_PERIOD,OBS_VALUE,UNIT_MULT,OBS_STATUS,SOURCE\n"


def rules(loaded: Loaded) -> list[str]:
    return [f.rule for f in loaded.findings if f.rule != "missing-places"]


def test_canonical_rows_keep_value_and_origin(read: Read) -> None:
    loaded = read(HEAD + "MZ,POPULATION,_T,2024,33.2,6,E;P,INE\nMZ-A,POPULATION,F,2024,,0,O,INE\n")
    frame = loaded.observations.frame
    assert tuple(frame.columns) == COLUMNS
    first, second = frame.iloc[0], frame.iloc[1]
    assert (first["value"], first["unit"], first["unit_mult"], first["obs_status"]) == (33_200_000.0, "PERS", "6", "E;P")
    assert (first["file"], first["cell"], first["age"], first["conf_status"]) == ("data/a.csv", "2", TOTAL, "F")
    assert second["value"] != second["value"]
    assert (second["obs_status"], second["sex"]) == ("O", "F")
    assert rules(loaded) == []
    assert loaded.accounting == (FileAccount("data/a.csv", 2, 2, 0, 0),)
    assert [i.path for i in loaded.inputs] == ["data/a.csv"]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("MZ,POPULATON,_T,2024,1,0,A,INE", "unknown-indicator-code"),
        ("MZ,,_T,2024,1,0,A,INE", "empty-code"),
        ("Zambesia,POPULATION,_T,2024,1,0,A,INE", "unknown-place"),
        ("MZ,POPULATION,X,2024,1,0,A,INE", "unknown-code"),
        ("MZ,POPULATION,_T,24,1,0,A,INE", "unknown-period"),
        ("MZ,POPULATION,_T,2204,1,0,A,INE", "year-out-of-range"),
        ("MZ,POPULATION,_T,1024,1,0,A,INE", "year-out-of-range"),
        ("MZ,POPULATION,_T,2024,abc,0,A,INE", "not-a-number"),
        ("MZ,POPULATION,_T,2024,1e5,0,A,INE", "not-a-number"),
        ("MZ,POPULATION,_T,2024,nan,0,A,INE", "not-a-number"),
        ("MZ,POPULATION,_T,2024,1.234,0,A,INE", "ambiguous-number"),
        ("MZ,POPULATION,_T,2024,,0,A,INE", "empty-value"),
        ("MZ,POPULATION,_T,2024,5,0,O,INE", "value-with-missing-status"),
        ("MZ,POPULATION,_T,2024,5,0,X,INE", "unknown-status"),
        ("MZ,POPULATION,_T,2024,5,x,A,INE", "unknown-multiplier"),
        ("MZ,POPULATION,_T,2024,5,0,A,INX", "unknown-source-code"),
        ("MZ,POPULATION,_T,2024,5,0,A,", "no-source"),
        ("MZ,POPULATION,_T,2024,5,0,A", "row-width"),
        ("MZ,POPULATION,_T,2024,5,0,A,INE,x", "row-width"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_the_others_are_read(read: Read, row: str, rule: str) -> None:
    good = "MZ,POPULATION,_T,2023,7,0,A,INE\n"
    loaded = read(HEAD + good + row + "\n")
    assert rules(loaded) == [rule]
    assert loaded.findings[0].place.file == "data/a.csv"
    assert loaded.findings[0].place.cell == "3"
    if rule != "ambiguous-number":
        assert loaded.observations.frame["value"].tolist() == [7.0]
        assert loaded.accounting == (FileAccount("data/a.csv", 2, 1, 1, 0, {rule: 1}),)


def test_suggestions_name_the_nearest(read: Read) -> None:
    loaded = read(HEAD + "Zambesia,POPULATON,_T,2024,1,0,A,INE\n")
    assert {f.rule: f.parameters["nearest"] for f in loaded.findings} == {
        "unknown-indicator-code": "POPULATION",
        "unknown-place": "Zambézia (MZ-Q)",
    }


def test_names_without_accents_are_taken_only_when_one_fits_and_reported(read: Read) -> None:
    loaded = read(HEAD + "zambezia,POPULATION,_T,2024,1,0,A,INE\nMaputo,POPULATION,_T,2024,1,0,A,INE\n")
    found = {f.rule: f for f in loaded.findings}
    assert found["recognised-by-name"].parameters["code"] == "MZ-Q"
    assert loaded.observations.frame["ref_area"].tolist()[0] == "MZ-Q"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_separators_and_line_ends(read: Read, encoding: str, separator: str, newline: str) -> None:
    text = (HEAD + "Zambézia,POPULATION,_T,2024,12.5,0,A,INE\n").replace(",", separator).replace("\n", newline)
    declared = (DataFile("a.csv", encoding="cp1252"),) if encoding == "cp1252" else ()
    loaded = read(text.encode(encoding), files=declared)
    assert loaded.observations.frame["value"].tolist() == [12.5]
    assert loaded.observations.frame["ref_area"].tolist() == ["MZ-Q"]


def test_what_excel_saves_without_utf8_is_read_where_it_is_sure_and_said(read: Read) -> None:
    text = HEAD + "Zambézia,POPULATION,_T,2024,12.5,0,A,INE\n"
    loaded = read(text.encode("cp1252"))
    assert loaded.observations.frame["ref_area"].tolist() == ["MZ-Q"]
    assert "encoding-windows" in rules(loaded)
    for other in ("cp850", "mac_roman"):
        assert rules(read(text.encode(other))) == ["unknown-encoding"]


def test_decimal_comma_is_read_where_it_is_sure_and_said(read: Read) -> None:
    rows = ["MZ", "POPULATION", "_T", "2024", "1.234", "5", "0", "A", "INE"]
    text = HEAD.replace(",", ";") + ";".join([*rows[:4], "1.234,5", *rows[6:]]) + "\n"
    loaded = read(text)
    assert loaded.observations.frame["value"].tolist() == [1234.5]
    assert rules(loaded) == ["number-style-inferred"]
    mixed = text + "MZ;POPULATION;_T;2023;3.7;0;A;INE\n"
    assert rules(read(mixed)) == ["mixed-decimals"]
    ambiguous = text.replace("1.234,5", "1.234")
    assert rules(read(ambiguous)) == ["ambiguous-number"]
    declared = read(ambiguous, files=(DataFile("data/a.csv", decimal=","),))
    assert declared.observations.frame["value"].tolist() == [1234.0]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"\xef\xbb\xbf\r\n", "empty-file"),
        (b"PK\x03\x04zip", "csv-is-workbook"),
        (b"A,B\n1,2\n", "missing-columns"),
        (HEAD.encode(), "no-rows"),
        ((HEAD + 'MZ,"POPULATION,_T,2024,1,0,A,INE\n').encode(), "csv-quotes"),
        ((HEAD + "MZ,POPULATION,_T,2024,1\u202e2,0,A,INE\n").encode(), "forbidden-character"),
        ((HEAD + "MZ,POPULATION,_T,2024,1\x0712,0,A,INE\n").encode(), "forbidden-character"),
        (HEAD.replace("SEX", "SEXO").encode() + b"MZ,POPULATION,_T,2024,1,0,A,INE\n", "unknown-column"),
        (HEAD.replace("SEX", "SOURCE").encode() + b"MZ,POPULATION,INE,2024,1,0,A,INE\n", "repeated-column"),
        ((HEAD + "MZ,POPULATION,_T,2024,1,0,A,INE").encode(), "no-final-newline"),
    ],
)
def test_unusable_files_are_findings(read: Read, content: bytes, rule: str) -> None:
    assert rule in rules(read(content))


def test_a_value_cut_at_the_end_of_the_file_is_an_error(read: Read) -> None:
    head = "INDICATOR,TIME_PERIOD,SOURCE,OBS_VALUE\n"
    (finding,) = [f for f in read(head + "POPULATION,2024,INE,33").findings if f.rule == "no-final-newline"]
    assert finding.severity.value == "error"


def test_text_such_as_na_stays_text(read: Read) -> None:
    loaded = read(
        HEAD.replace("OBS_STATUS", "COMMENT_PT") + 'MZ,POPULATION,_T,2024,1,0,NA,INE\nMZ,POPULATION,_T,2023,1,0,"01, a\nb",INE\n'
    )
    assert loaded.observations.frame["comment_pt"].tolist() == ["NA", "01, a\nb"]
    assert loaded.observations.frame["cell"].tolist() == ["2", "3"]


def test_repeated_rows(read: Read) -> None:
    row = "MZ,POPULATION,_T,2024,1,0,A,INE\n"
    same = read(HEAD + row + row)
    assert rules(same) == ["duplicate-row"]
    assert same.accounting == (FileAccount("data/a.csv", 2, 1, 0, 1, {}, {"repeated": 1}),)
    differs = read(HEAD + row + row.replace(",1,", ",2,"))
    assert rules(differs) == ["duplicate-differs"]
    assert differs.findings[0].key == "POPULATION.MZ@2024"


def test_sources_that_differ_need_a_preference(read: Read) -> None:
    text = HEAD + "MZ,POPULATION,_T,2024,1,0,A,INE\nMZ,POPULATION,_T,2024,2,0,A,BM\n"
    conflict = read(text)
    assert rules(conflict) == ["conflicting-sources"]
    chosen = read(text, prefer=(Preference("POPULATION", ("BM", "INE")),))
    assert rules(chosen) == []
    assert chosen.observations.frame["source"].tolist() == ["BM"]
    assert chosen.observations.alternates["source"].tolist() == ["INE"]
    agreed = read(text.replace(",2,0", ",1,0"))
    assert rules(agreed) == []
    assert len(agreed.observations.alternates) == 1


def test_a_published_value_stands_before_an_illustrative_one(read: Read) -> None:
    head = "INDICATOR,TIME_PERIOD,OBS_VALUE,SOURCE,ILLUSTRATIVE\n"
    loaded = read(head + "POPULATION,2024,1,BM,true\nPOPULATION,2024,2,INE,false\n")
    assert rules(loaded) == []
    assert loaded.observations.frame["value"].tolist() == [2.0]


def test_shares_given_for_percentages_are_noticed(read: Read) -> None:
    text = HEAD + "".join(f"MZ,INFLATION,_T,{2018 + n},0.{n}1,0,A,INE\n" for n in range(6))
    assert rules(read(text)) == ["share-for-percent"]


def test_missing_province_is_noticed_where_the_source_has_it_otherwise(read: Read, project: object) -> None:
    from bulletin.model.project import Project

    assert isinstance(project, Project)
    places = [p.code for p in project.country.subdivisions]
    text = HEAD + "".join(f"{p},POPULATION,_T,{y},5,0,A,INE\n" for y in (2023, 2024) for p in places if (p, y) != ("MZ-Q", 2024))
    (finding,) = read(text).findings
    assert (finding.rule, finding.severity.value, finding.parameters["places"]) == ("missing-places", "warning", "MZ-Q")


def test_thousands_of_errors_are_grouped(read: Read) -> None:
    text = HEAD + "".join(f"XX{n % 7},POPULATION,_T,2024,v{n},0,A,INE\n" for n in range(10_000))
    loaded = read(text)
    assert len(loaded.findings) < 60
    counted = sum(int(f.parameters["count"]) for f in loaded.findings if f.rule == "not-a-number")
    rest = sum(int(f.parameters["count"]) for f in loaded.findings if f.parameters.get("rule") == "not-a-number")
    assert counted + rest == 10_000


def test_lock_files_do_not_count_and_strange_files_are_told(read: Read) -> None:
    read(b"x", "~$a.xlsx")
    read(b"x", ".~lock.a.ods#")
    read(b"x", "old.xls")
    loaded = read(b"x", "notes.docx")
    assert sorted(rules(loaded)) == ["file-ignored", "no-data", "old-workbook"]


def test_no_data_at_all(read: Read) -> None:
    loaded = read()
    assert rules(loaded) == ["no-data"]
    assert tuple(loaded.observations.frame.columns) == COLUMNS


def test_a_declared_file_must_be_there(read: Read) -> None:
    loaded = read(HEAD + "MZ,POPULATION,_T,2024,1,0,A,INE\n", files=(DataFile("b.csv"),))
    assert rules(loaded) == ["declared-file-missing"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60), st.integers(0, 200))
def test_damaged_bytes_never_raise(read: Read, noise: bytes, position: int) -> None:
    raw = (HEAD + "MZ,POPULATION,_T,2024,1234,0,A,INE\nMZ-A,POPULATION,_T,2024,99,0,A,INE\n").encode()
    position = min(position, len(raw))
    loaded = read(raw[:position] + noise + raw[position:])
    values = set(loaded.observations.frame["value"].tolist())
    if not loaded.findings:
        assert len(values) <= 4
