"""What reads files from elsewhere may be brought down by them; the program is not, and says what happened."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bulletin import limits
from bulletin.errors import ReviewError
from bulletin.isolated import LostError, Reader
from bulletin.limits import READER_MEMORY
from bulletin.load.lost import stopped
from bulletin.load.workbook import read_sheets
from factories import shipped_messages, spoken


@pytest.fixture(scope="module")
def held() -> tuple[str, ...]:
    with Reader() as reader:
        return tuple(reader.call("bulletin.isolated:in_force"))


def lost(reader: Reader, task: str, *arguments: object) -> str:
    with pytest.raises(LostError) as caught:
        reader.call(task, *arguments)
    spoken([stopped(caught.value, "voltou.xlsx")])
    return caught.value.reason


def test_one_process_reads_all_files_and_a_new_one_takes_over_after_a_fall() -> None:
    with Reader() as reader:
        first = reader.call("os:getpid")
        assert first != os.getpid()
        assert reader.call("os:getpid") == first
        assert lost(reader, "os:abort") == "crash"
        assert reader.call("os:getpid") != first


def test_a_file_that_takes_too_long_is_given_up() -> None:
    with Reader(seconds=0.5) as reader:
        assert lost(reader, "time:sleep", 3600) == "time"


def test_a_file_that_wants_too_much_memory_is_refused(held: tuple[str, ...]) -> None:
    if "memory" not in held:
        pytest.skip("this system limits no memory")
    with Reader() as reader:
        assert lost(reader, "builtins:bytearray", READER_MEMORY.most) == "memory"


def test_errors_come_back_with_what_they_say() -> None:
    with Reader() as reader, pytest.raises(ReviewError) as caught:
        reader.call("bulletin.review.read:read_docx", b"%PDF-1.7", "voltou.docx")
    assert caught.value.findings[0].rule == "review-file-not-docx"


@pytest.mark.parametrize("task", [("pathlib:Path", "x"), ("functools:partial", print), ("fractions:Fraction", "1/2")])
def test_an_answer_that_would_do_something_when_read_is_not_read(task: tuple[object, ...]) -> None:
    with Reader() as reader:
        assert lost(reader, *task) == "crash"  # type: ignore[arg-type]


def test_no_module_comes_from_the_folder_of_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "zipfile.py").write_text("raise SystemExit(f'taken from the project: {__file__}')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    sheets, findings = read_sheets(b"PK\x03\x04 half a file", "a.xlsx")
    assert [f.rule for f in findings] == ["workbook-broken"]
    assert sheets == ()


def test_a_project_brings_no_modules(tmp_path: Path) -> None:
    """`python -m bulletin` in a folder that somebody sent."""
    for name in ("typer", "json", "pandas", "bulletin_x"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken from the folder')\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    command = [sys.executable, "-m", "bulletin", "doctor", "--help"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "taken from" in done.stdout + done.stderr) == (0, False)


def test_every_limit_has_its_message() -> None:
    found = [v for v in vars(limits).values() if isinstance(v, limits.Limit)]
    assert len(found) > 30
    assert [limit for limit in found for language in ("pt", "en") if limit.rule not in shipped_messages(language)] == []


def test_the_clock_is_kept_everywhere_the_rest_where_there_is_one(held: tuple[str, ...]) -> None:
    assert held[0] == "time"
    if sys.platform == "linux":
        assert held == ("time", "processor", "memory")
