"""The portable ZIP for Windows, as far as it can be looked at elsewhere: what it holds, how its command files read, how long its paths are."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def portable(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """With an empty Python and one library."""
    place = tmp_path_factory.mktemp("portable")
    with zipfile.ZipFile(place / "embed.zip", "w") as archive:
        for name in ("python.exe", "python312.dll", "python312.zip", "python312._pth"):
            archive.writestr(name, name)
    for name in ("typst/__init__.py", "typst/tests/big.py", "typst/__pycache__/x.pyc"):
        (place / "lib" / name).parent.mkdir(parents=True, exist_ok=True)
        (place / "lib" / name).write_bytes(b"")
    results = [place / "a.zip", place / "b.zip"]
    for result in results:
        command = [sys.executable, ROOT / "tools/windows/portable.py", place / "embed.zip", result, "--libraries", place / "lib"]
        subprocess.run(command, check=True, capture_output=True)
    assert results[0].read_bytes() == results[1].read_bytes()
    with zipfile.ZipFile(results[0]) as archive:
        return {n: archive.read(n) for n in archive.namelist()}


def test_it_holds_python_libraries_program_fonts_and_the_example_and_nothing_made(portable: dict[str, bytes]) -> None:
    assert {
        "bulletin/python/python.exe", "bulletin/lib/typst/__init__.py", "bulletin/program/bulletin/__main__.py",
        "bulletin/program/bulletin/_shipped/config/fonts/SourceSans3-Regular.ttf", "bulletin/examples/mozambique/bulletin.yaml",
        "bulletin/build.cmd", "bulletin/doctor.cmd", "bulletin/bulletin.cmd", "bulletin/LEIA-ME.txt", "bulletin/README.txt",
    } <= portable.keys()  # fmt: skip
    assert not [n for n in portable if "__pycache__" in n or "/tests/" in n or n.startswith("bulletin/examples/mozambique/out")]
    assert portable["bulletin/python/python312._pth"].decode() == "python312.zip\r\n.\r\n..\\lib\r\n..\\program\r\n"


def test_no_path_is_long_and_every_name_is_one_for_windows(portable: dict[str, bytes]) -> None:
    assert max(len(n) for n in portable) <= 150
    reserved = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
    parts = {part for name in portable for part in name.split("/")}
    assert [p for p in parts if reserved.match(p) or re.search(r'[<>:"|?*\\]', p) or p.endswith((".", " "))] == []
    assert len({n.casefold() for n in portable}) == len(portable)


@pytest.mark.parametrize("name", ["build", "doctor", "bulletin"])
def test_command_files_stand_any_folder_name(portable: dict[str, bytes], name: str) -> None:
    """Every path is in quotation marks, signs of the command language in it are not read, and lines end as the command window wants."""
    data = portable[f"bulletin/{name}.cmd"]
    assert data.count(b"\r\n") == data.count(b"\n")
    text = data.decode("ascii" if name != "build" else "utf-8")
    assert "setlocal DisableDelayedExpansion" in text
    for line in text.splitlines():
        if not line.startswith("rem"):
            assert not re.search(r'(?<!["\w])%~(dp0|1)', re.sub(r'"[^"]*"', "", line)), line
            assert line.count('"') % 2 == 0, line


def test_the_longest_name_that_a_build_gives_leaves_room_in_windows(small_out: Path) -> None:
    """A project may lie 120 characters deep: everything a build puts into it stays below 260."""
    project = small_out.parent
    made = [p.relative_to(project).as_posix() for folder in ("out", "work") for p in (project / folder).rglob("*")]
    waiting = [f".out.waiting/.former/{n.removeprefix('out/')}.part" for n in made if n.startswith("out/")]
    assert max(len(n) for n in (*made, *waiting)) + 120 < 260
