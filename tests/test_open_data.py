"""The open data of an edition: what is published and no more, in forms that other people's programs read."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from printed_csv import Opened, opened
from printed_tree import nodes

ROOT = Path(__file__).parents[1]
READERS = Path(os.environ.get("BULLETIN_READERS_PYTHON", ROOT / ".readers" / "bin" / "python"))
PLAIN = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV"))}
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


def test_a_table_that_is_illustrative_says_so_in_every_language(data: Opened, out: Path) -> None:
    trees = [json.loads((out / f"document.{language}.json").read_text(encoding="utf-8")) for language in ("pt", "en")]
    tables = [list(nodes(tree, "Table")) for tree in trees]
    assert any(t["illustrative"] for t in tables[0])
    listed = {r["path"]: r for r in data.package["resources"]}
    for same in zip(*tables, strict=True):
        path = f"tables/{same[0]['id']}.csv"
        said = [t["illustrative"] for t in same if t["illustrative"]]
        comment = json.loads(data.files[f"{path}-metadata.json"])["tables"][0].get("rdfs:comment", [])
        assert [c["@value"] for c in comment][: len(said)] == said
        assert listed[path].get("description", "") == ". ".join(said)


def read_elsewhere(folder: Path) -> dict[str, list[Any]]:
    """What programs of other people find in the unpacked data."""
    if not READERS.exists():
        told = "no environment .readers: tools/setup.sh dev makes it"
        (pytest.fail if os.environ.get("BULLETIN_READERS") == "required" else pytest.skip)(told)
    script = ROOT / "tests" / "tools" / "read_open_data.py"
    done = subprocess.run([READERS, script, folder], capture_output=True, text=True, check=False, env=PLAIN)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[Any]] = json.loads(done.stdout)
    return found


def test_programs_of_other_people_read_the_same_and_find_no_fault(data: Opened, tmp_path: Path) -> None:
    """CSV on the Web by csvw, SDMX-CSV by pysdmx, the package by frictionless, the facts by jsonschema."""
    found = read_elsewhere(unpacked(data, tmp_path))
    assert (found["csvw"], found["frictionless"], found["schema"]) == ([], [], [])
    rows = data.rows("observations.csv")
    assert {r["dataset"] for r in found["sdmx"]} == {f"Dataflow={rows[0]['STRUCTURE_ID']}"}
    names = [n for n in rows[0] if n not in ("STRUCTURE", "STRUCTURE_ID", "ACTION", "ILLUSTRATIVE", "DERIVED")]
    assert [{n: r[n] for n in names} for r in found["sdmx"]] == [{n: r[n] for n in names} for r in rows]


def test_they_find_a_word_for_a_number_and_a_code_that_is_in_no_list(small_out: Path, tmp_path: Path) -> None:
    data = opened(small_out / "small-data.zip")
    path = "tables/population.csv"
    rows = list(csv.reader(io.StringIO(data.files[path].decode(), newline="")))
    rows[1][rows[0].index("value")], rows[2][rows[0].index("ref_area")] = "muitos", "ZZ"
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    folder = unpacked(data, tmp_path)
    (folder / path).write_bytes(out.getvalue().encode())
    found = read_elsewhere(folder)
    assert [f.partition(":")[0] for f in found["csvw"]] == [f"{path}-metadata.json"]
    assert any("muitos" in f for f in found["frictionless"])
    assert any("ZZ" in f for f in found["frictionless"])


def test_the_zip_has_no_time_and_no_maker(out: Path) -> None:
    (path,) = out.glob("*-data.zip")
    with zipfile.ZipFile(path) as package:
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {(i.create_system, i.external_attr, i.extra, i.comment) for i in package.infolist()} == {(0, 0, b"", b"")}
        assert all(not n.startswith("/") and ".." not in n and "\\" not in n for n in package.namelist())


LICENCE = """
licence:
  name: CC-BY-4.0
  title: {pt: Atribuição 4.0 Internacional, en: Attribution 4.0 International}
  path: "https://creativecommons.org/licenses/by/4.0/"
"""


@pytest.fixture(scope="module")
def changed_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the small project under a licence, one cell of it marked confidential by its sender."""
    from bulletin.pipeline.build import build
    from bulletin.pipeline.progress import silent
    from factories import small_project

    folder = small_project(tmp_path_factory.mktemp("changed") / "projecto")
    path = folder / "data" / "pensionistas.csv"
    text = path.read_text(encoding="utf-8")
    head, *lines = text.splitlines()
    if "CONF_STATUS" not in head:
        head, lines = f"{head},CONF_STATUS", [f"{line},{'C' if ',45307,' in line else 'F'}" for line in lines]
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    with (folder / "bulletin.yaml").open("a", encoding="utf-8") as edition:
        edition.write(LICENCE)
    build(folder, silent, formats=["data"], jobs=1)
    return folder / "out"


def test_a_hidden_value_is_a_sign_and_nothing_else(changed_out: Path) -> None:
    (made,) = changed_out.glob("*-data.zip")
    data = opened(made)
    assert not [n for n, content in data.files.items() if b"45307" in content or b"45 307" in content]
    rows = [r for r in data.rows("observations.csv") if r["CONF_STATUS"] == "C"]
    assert rows
    assert {(r["OBS_VALUE"], r["OBS_STATUS"], r["COMMENT_PT"]) for r in rows} == {("", "Q", "")}
    (cell,) = (r for r in data.rows("tables/pensioners_type.csv") if r["row_en"] == "Old age" and r["column"] == "2024")
    assert (cell["value"], cell["fact"]) == ("", "")
    assert cell["sign"].split()[0] == "[c]"


def test_a_licence_is_declared_to_programs_and_printed_in_place_of_the_usual_words(changed_out: Path, small_out: Path) -> None:
    (made,) = changed_out.glob("*-data.zip")
    data = opened(made)
    path = "https://creativecommons.org/licenses/by/4.0/"
    assert data.package["licenses"] == [{"name": "CC-BY-4.0", "path": path, "title": "Atribuição 4.0 Internacional"}]
    assert "rights" not in data.package
    said = json.loads(data.files["observations.csv-metadata.json"])["tables"][0]
    assert (said["dc:license"], said.get("dc:rights")) == ({"@id": path}, None)
    tree = (changed_out.parent / "work" / "document.en.txt").read_text(encoding="utf-8")
    assert f"Attribution 4.0 International (CC-BY-4.0), {path}" in tree
    assert "imprint.reproduction" not in tree
    without = opened(small_out / "small-data.zip").package
    assert (without.get("licenses"), set(without["rights"])) == (None, {"pt", "en"})
