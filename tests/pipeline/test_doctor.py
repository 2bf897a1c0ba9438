"""The doctor finds what a folder or a machine would spoil a build with, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bulletin.cli.project import _examined
from bulletin.load.messages import load_messages
from bulletin.pipeline import disk, doctor, doctor_folder
from bulletin.pipeline.doctor_folder import examine_folder, is_synced, longest_path
from bulletin.pipeline.examined import Item
from factories import small_project

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "São Tomé")


def states(project: Path) -> dict[str, str]:
    return {i.name: i.state for i in examine_folder(project)}


def test_a_sound_folder_is_said_to_be_so_and_stays_as_it_was(project: Path) -> None:
    before = sorted(project.rglob("*"))
    assert set(states(project).values()) == {"ok"}
    assert sorted(project.rglob("*")) == before


def test_every_fault_has_its_fix_in_both_languages() -> None:
    names = {i.name for i in doctor.examine()} | {"writable", "held", "room", "synced", "length", "case", "cache"}
    for language in ("pt", "en"):
        texts = load_messages(language)
        assert {n for n in names if f"doctor_{n}" not in texts} == set()
        assert {n for n in names - {"program", "cache"} if f"fix_{n}" not in texts} == set()
    steps = load_messages("en")
    for name in ("libraries", "pango", "folder", "libreoffice", "writable"):
        assert all(system in steps[f"fix_{name}"] for system in ("Debian", "Windows", "macOS")), name


def test_a_folder_that_cannot_be_written_and_a_full_disk_are_missing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_folder, "ROOM", 10**18)

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(disk, "write", refused)
    found = states(project)
    assert (found["writable"], found["room"]) == ("missing", "missing")
    assert not [p.name for p in project.iterdir() if "doctor" in p.name]


@pytest.mark.parametrize(
    ("path", "environment", "service"),
    [
        (r"C:\Users\ana\OneDrive - Ministério\boletim", {}, "OneDrive - Ministério"),
        (r"C:\Users\ana\Documentos\boletim", {"OneDrive": r"C:\Users\ana\Documentos"}, "OneDrive"),
        (r"C:\Users\ana\documentos\boletim", {"OneDriveCommercial": r"c:\users\ANA\Documentos"}, "OneDrive"),
        (r"G:\Meu Drive\boletim", {}, "Meu Drive"),
        ("/home/ana/Dropbox/boletim", {}, "Dropbox"),
        (r"C:\bulletin\mz", {"OneDrive": r"C:\Users\ana\OneDrive"}, ""),
        ("/home/ana/dropboxes/boletim", {}, ""),
    ],
)
def test_folders_that_another_program_copies_are_known_by_name_or_by_what_it_says(
    path: str, environment: dict[str, str], service: str
) -> None:
    assert is_synced(path, environment) == service


def test_a_path_too_long_for_windows_is_told_there(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = project / "data" / ("ç" * 60) / ("d" * 60)
    deep.mkdir(parents=True)
    assert longest_path(project) >= len(str(deep))
    assert longest_path(project / "data") < longest_path(project) + len("data/") + 1
    monkeypatch.setattr(doctor_folder, "LONGEST", 100)
    monkeypatch.setattr(sys, "platform", "win32")
    assert doctor_folder._length(project).state == "optional"


def test_names_that_are_one_file_in_windows_are_told(project: Path) -> None:
    (project / "data" / "PENSIONISTAS.csv").write_bytes(b"")
    if len(list((project / "data").iterdir())) == 3:
        assert states(project)["case"] == "optional"


def test_what_is_missing_is_shown_with_its_fix(capsys: pytest.CaptureFixture[str]) -> None:
    from bulletin.cli.console import Console

    assert not _examined(Console("en"), [Item("room", "missing", "3 MB"), Item("synced", "optional", "OneDrive")])
    told = capsys.readouterr().out
    assert "! Free room on this disk: 3 MB" in told
    assert "recycle bin" in told
    assert "- Folder copied to a server by another program: OneDrive" in told


@pytest.mark.slow
def test_without_pango_everything_is_made_and_the_pdf_by_typst(project: Path) -> None:
    """Hidden from every interpreter that the build starts, as on a machine that never had it."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "tools" / "without_pango"), str(ROOT / "src")])}

    with (project / "bulletin.yaml").open("a", encoding="utf-8") as settings:
        settings.write("longest_table: 3\n")
    command = [sys.executable, "-m", "bulletin", "build", str(project), "--language", "pt", "--jobs", "1", "--quiet"]
    built = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
    assert built.returncode == 0, built.stderr
    assert {p.suffix for p in (project / "out").iterdir()} == {".pdf", ".docx", ".xlsx", ".csv", ".json"}
    manifest = json.loads((project / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["pdf_engine"].startswith("typst ")
    assert {manifest["versions"][n] for n in ("pango", "harfbuzz", "fontconfig")} == {"absent"}
