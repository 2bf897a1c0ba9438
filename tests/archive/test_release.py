"""Sealing an edition: only what was built, once, whole, and readable ever after."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bulletin.errors import BulletinError
from bulletin.load.archive import load_archive
from bulletin.pipeline.compare import as_json, compare
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent
from bulletin.pipeline.records import sealed_manifest
from bulletin.pipeline.release import release, sealed_files
from factories import spoken


def put(project: Path, old: str, new: str, file: str = "data/pensionistas.csv") -> None:
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refused(rule: str, act: Callable[[], object]) -> None:
    with pytest.raises(BulletinError) as stop:
        act()
    assert [f.rule for f in spoken(stop.value.findings) if f.severity == "error"] == [rule]


@pytest.fixture
def project(sealed_small: Path, tmp_path: Path) -> Path:
    """A copy with its sealed edition and its build."""
    return Path(shutil.copytree(sealed_small, tmp_path / "cópia"))


def test_a_sealed_edition_holds_every_figure_its_words_and_hashes_of_what_was_published(sealed_small: Path) -> None:
    folder = sealed_small / "editions" / "small"
    assert sorted(p.name for p in folder.iterdir()) == [
        "facts.json", "manifest.json", "table.csv", "wording.en.json", "wording.pt.json",
    ]  # fmt: skip
    assert not list((sealed_small / "editions").glob(".*"))
    rows = {
        (r["INDICATOR"], r["REF_AREA"], r["FUNCTION"], r["TIME_PERIOD"]): r
        for r in csv.DictReader((folder / "table.csv").read_text(encoding="utf-8").splitlines())
    }
    assert rows["PENSIONERS", "MZ", "_T", "2021"]["OBS_VALUE"] == "103540"
    assert rows["POPULATION", "MZ-P", "_T", "2024"]["OBS_VALUE"] == "2821500"
    assert rows["PENSIONERS", "MZ", "_T", "2022"]["OBS_VALUE"] == ""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {a["path"] for a in manifest["artifacts"]} >= {"small-pt.docx", "small-en.docx", "document.pt.json"}
    words = json.loads((folder / "wording.pt.json").read_text(encoding="utf-8"))["blocks"]
    assert "124 488" in words["pensions.lede"].replace("\u00a0", " ")
    facts = {f["id"]: f for f in json.loads((folder / "facts.json").read_text(encoding="utf-8"))["facts"]}
    assert facts["PENSIONERS.MZ.scheme=INSS@2021"]["lineage"][0][3] == "3"


def test_a_sealed_edition_is_never_written_over(project: Path) -> None:
    before = {p.name: p.read_bytes() for p in (project / "editions" / "small").iterdir()}
    refused("release-sealed", lambda: release(project, silent))
    assert {p.name: p.read_bytes() for p in (project / "editions" / "small").iterdir()} == before


def test_only_a_final_edition_that_was_built_from_these_data_is_sealed(project: Path) -> None:
    shutil.rmtree(project / "editions")
    put(project, "status: final", "status: draft", "bulletin.yaml")
    refused("release-not-final", lambda: release(project, silent))
    put(project, "status: draft", "status: final", "bulletin.yaml")
    put(project, "MZ,2020,91000", "MZ,2020,91001")
    refused("release-differs", lambda: release(project, silent))
    put(project, "MZ,2020,91001", "MZ,2020,91000")
    word = project / "out" / "small-pt.docx"
    data = word.read_bytes()
    word.write_bytes(data[:-1])
    refused("release-differs", lambda: release(project, silent))
    word.write_bytes(data)
    release(project, silent)
    shutil.rmtree(project / "editions")
    shutil.rmtree(project / "out")
    refused("release-not-built", lambda: release(project, silent))
    assert not (project / "editions").exists()


def test_an_edited_or_broken_sealed_edition_stops_everything_that_reads_it(project: Path) -> None:
    table = project / "editions" / "small" / "table.csv"
    table.write_bytes(table.read_bytes().replace(b"103540", b"103541"))
    refused("edition-altered", lambda: load_archive(project))
    refused("edition-altered", lambda: compare(project / "editions" / "small", project, silent))
    (project / "editions" / "small" / "manifest.json").write_text("{", encoding="utf-8")
    refused("edition-unreadable", lambda: load_archive(project))
    refused("no-edition", lambda: compare(project / "data", project, silent))


def test_compare_reads_projects_sealed_editions_and_built_folders_alike(project: Path) -> None:
    sealed, out = project / "editions" / "small", project / "out"
    for one in (sealed, out, project):
        for other in (sealed, out, project):
            found = compare(one, other, silent)
            assert (found.revisions, found.rewordings) == ((), ()), (one, other)
    put(project, "MZ,2020,91000", "MZ,2020,91500")
    found = compare(sealed, project, silent)
    assert [(r.key, r.old, r.new, r.difference) for r in found.revisions] == [
        ("PENSIONERS.MZ.scheme=INSS@2020", 91000, 91500, 500)
    ]
    assert json.loads(as_json(found))["counts"]["amended"] == 1


def test_nothing_hidden_is_in_any_file_of_a_sealed_edition(project: Path) -> None:
    path = project / "data" / "pensionistas.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    rows = [row.replace("103540", "98761") + (",C" if ",2021,103540" in row else ",F") for row in rows]
    path.write_text("\n".join([f"{head},CONF_STATUS", *rows]) + "\n", encoding="utf-8")
    prepared = prepare(project, silent)
    files = sealed_files(prepared, compose_editions(prepared))
    files["manifest.json"] = sealed_manifest(prepared, files, [])
    said = [
        name
        for name, data in files.items()
        for secret in (b"98761", b"98 761", b"98,761", "98\u00a0761".encode())
        if secret in data
    ]
    assert said == []
    (row,) = (
        r for r in csv.DictReader(files["table.csv"].decode().splitlines()) if r["OBS_STATUS"] == "Q" and r["FUNCTION"] == "_T"
    )
    assert (row["TIME_PERIOD"], row["OBS_VALUE"], row["CONF_STATUS"]) == ("2021", "", "C")
