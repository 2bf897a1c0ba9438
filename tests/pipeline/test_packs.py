"""Packs of countries: a folder that builds, with its blank forms, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from bulletin.document.pack import Pack
from bulletin.pipeline.packs import packs
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent


@pytest.fixture(scope="module")
def pack() -> Pack:
    (found,) = packs(countries=("st",))
    return found


def test_a_pack_is_a_project_with_its_forms(pack: Pack, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(pack.data)) as archive:
        archive.extractall(tmp_path)
        dates = {entry.date_time for entry in archive.infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}
    (folder,) = tmp_path.iterdir()
    assert folder.name == pack.name.removesuffix(".zip")
    assert prepare(folder, silent).project.country.code == pack.country == "ST"
    assert {p.name: p.read_bytes() for p in (folder / "forms").iterdir()} == {f.name: f.data for f in pack.forms}
    assert {f.acronym for f in pack.forms} == {"INSS", "DPSSF", "INE"}
    assert all(f.cells and f.tables for f in pack.forms)
    told = (folder / "LEIA-ME.txt").read_bytes()
    assert told.startswith("\ufeffSão Tomé e Príncipe".encode())
    assert b"{{" not in told


def test_the_same_program_gives_the_same_bytes(pack: Pack) -> None:
    assert packs.__wrapped__(("st",)) == (pack,)
