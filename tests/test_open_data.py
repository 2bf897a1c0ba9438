"""The open data of an edition: what is published and no more, in forms that other people's programs read."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from printed_csv import Opened, opened

BUILT = [pytest.param("small_out"), pytest.param("example_out", marks=pytest.mark.slow)]


@pytest.fixture(params=BUILT)
def out(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def data(out: Path) -> Opened:
    (path,) = out.glob("*-data.zip")
    return opened(path)


def unpacked(data: Opened, folder: Path) -> Path:
    for name, content in data.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def test_the_package_lists_every_file_with_its_size_and_digest(data: Opened) -> None:
    listed = {r["path"]: r for r in data.package["resources"]}
    beside = {"datapackage.json", *(n for n in data.files if n.endswith("-metadata.json"))}
    assert set(listed) | beside == set(data.files)
    for path, resource in listed.items():
        content = data.files[path]
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        if path.endswith(".csv"):
            head = content.decode().partition("\r\n")[0].split(",")
            assert [f["name"] for f in resource["schema"]["fields"]] == head
            key = resource["schema"]["primaryKey"]
            keys = [tuple(row[k] for k in key) for row in data.rows(path)]
            assert len(set(keys)) == len(keys), path


def test_every_code_is_in_its_list_and_every_name_in_both_languages(data: Opened) -> None:
    lists = {n: {row["code"] for row in data.rows(n)} for n in data.files if n.startswith("codes/")}
    for path in (n for n in lists if n != "codes/sign.csv"):
        assert all(row["name_pt"] and row["name_en"] for row in data.rows(path)), path
    for row in data.rows("observations.csv"):
        for name, value in row.items():
            if f"codes/{name.lower()}.csv" in lists:
                assert value in lists[f"codes/{name.lower()}.csv"] or not value, (name, value)


def test_observations_are_the_published_ones_with_the_same_values(data: Opened, out: Path) -> None:
    lines = csv.DictReader(io.StringIO((out / "table.csv").read_text(encoding="utf-8")))
    names = ("INDICATOR", "REF_AREA", "SEX", "AGE", "SCHEME", "FUNCTION", "PROGRAMME", "TIME_PERIOD")
    published = {tuple(row[n] for n in names): (row["OBS_VALUE"], row["CONF_STATUS"]) for row in lines}
    rows = data.rows("observations.csv")
    assert {tuple(row[n] for n in names): (row["OBS_VALUE"], row["CONF_STATUS"]) for row in rows} == published
    assert all(not row["OBS_VALUE"] for row in rows if row["CONF_STATUS"] != "F" or row["OBS_STATUS"] == "Q")
    facts = {f["id"]: f["value"] for f in json.loads(data.files["facts.json"])["facts"]}
    assert data.files["facts.json"] == (out / "facts.json").read_bytes()
    for path in (n for n in data.files if n.startswith("tables/") and n.endswith(".csv")):
        assert {row["fact"] for row in data.rows(path) if row.get("fact")} <= facts.keys()


def test_the_facts_are_as_their_schema_says(data: Opened) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(data.files["facts.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    assert [
        e.message[:200] for e in jsonschema.Draft202012Validator(schema).iter_errors(json.loads(data.files["facts.json"]))
    ] == []


def test_pysdmx_reads_the_observations_back(data: Opened, tmp_path: Path) -> None:
    reader = pytest.importorskip("pysdmx.io")
    found = reader.read_sdmx(unpacked(data, tmp_path) / "observations.csv", validate=False)
    (dataset,) = found.data
    rows = data.rows("observations.csv")
    assert dataset.structure.endswith(rows[0]["STRUCTURE_ID"])
    names = [n for n in rows[0] if n not in ("STRUCTURE", "STRUCTURE_ID", "ACTION", "ILLUSTRATIVE", "DERIVED")]
    read = [{n: _written(line[n]) for n in names} for line in dataset.data.to_dict("records")]
    assert read == [{n: row[n] for n in names} for row in rows]


def _written(value: object) -> str:
    return "" if value is None or value != value else str(value)  # what is no number is not itself


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_public_library_finds_the_metadata_valid(out: Path, data: Opened, tmp_path: Path) -> None:
    csvw = pytest.importorskip("csvw")
    folder = unpacked(data, tmp_path)
    found = sorted(n for n in data.files if n.endswith("-metadata.json"))
    assert [n for n in found if not csvw.CSVW(str(folder / n), validate=True).is_valid] == []
    for old, new in ((b",2024,", b",zwanzig,"), (b"PERS", b"PERSX")):  # a value of another kind, a code that is in no list
        path = folder / "observations.csv"
        path.write_bytes(data.files["observations.csv"].replace(old, new) if new != b",zwanzig," else _spoilt(data))
        with pytest.raises((ValueError, AssertionError)):
            assert csvw.CSVW(str(folder / "observations.csv-metadata.json"), validate=True).is_valid


def _spoilt(data: Opened) -> bytes:
    """With a word for a number."""
    rows = list(csv.reader(io.StringIO(data.files["observations.csv"].decode(), newline="")))
    rows[1][rows[0].index("OBS_VALUE")] = "muitos"
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def test_the_zip_has_no_time_and_no_maker(out: Path) -> None:
    (path,) = out.glob("*-data.zip")
    with zipfile.ZipFile(path) as package:
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {(i.create_system, i.external_attr, i.extra, i.comment) for i in package.infolist()} == {(0, 0, b"", b"")}
        assert all(not n.startswith("/") and ".." not in n and "\\" not in n for n in package.namelist())


def test_a_hidden_value_is_a_sign_and_nothing_else(tmp_path: Path) -> None:
    """One cell of the small project is marked confidential by its sender."""
    from bulletin.pipeline.build import build
    from bulletin.pipeline.progress import silent
    from factories import small_project

    folder = small_project(tmp_path / "projecto")
    path = folder / "data" / "pensionistas.csv"
    text = path.read_text(encoding="utf-8")
    head, *lines = text.splitlines()
    if "CONF_STATUS" not in head:
        head, lines = f"{head},CONF_STATUS", [f"{line},{'C' if ',45307,' in line else 'F'}" for line in lines]
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    build(folder, silent, formats=["data"], jobs=1)
    (made,) = (folder / "out").glob("*-data.zip")
    data = opened(made)
    assert not [n for n, content in data.files.items() if b"45307" in content or b"45 307" in content]
    rows = [r for r in data.rows("observations.csv") if r["CONF_STATUS"] == "C"]
    assert rows
    assert {(r["OBS_VALUE"], r["OBS_STATUS"], r["COMMENT_PT"]) for r in rows} == {("", "Q", "")}
    (cell,) = (r for r in data.rows("tables/pensioners_type.csv") if r["row_en"] == "Old age" and r["column"] == "2024")
    assert (cell["value"], cell["fact"]) == ("", "")
    assert cell["sign"].split()[0] == "[c]"
    shutil.rmtree(folder)
