"""Whatever happens while an edition is written, the folder holds a whole one, or says that it does not."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bulletin.cli import app
from bulletin.errors import OutputError
from bulletin.pipeline import swap
from bulletin.pipeline.lock import alone
from bulletin.pipeline.progress import silent
from bulletin.pipeline.swap import save, settle
from bulletin.pipeline.verify import verify
from factories import spoken

ROOT = Path(__file__).parents[2]
OLD = {"a.docx": b"old a", "b.pdf": b"old b", "gone.xlsx": b"old"}
NEW = {"a.docx": b"new a", "b.pdf": b"new b", "c.json": b"new c"}


def manifest(files: dict[str, bytes]) -> bytes:
    return json.dumps({"artifacts": [{"path": n, "sha256": "0"} for n in files]}).encode()


def held(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.name != "manifest.json"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    save(tmp_path / "saída 1" / "out", OLD, manifest(OLD))
    return tmp_path / "saída 1" / "out"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are copied by fork")
def test_killed_or_refused_at_any_call_that_writes_no_edition_is_lost_or_left_half_written() -> None:
    """Some 270 faults in the writing alone; `tools/kill.py` makes them in whole builds."""
    made = subprocess.run(
        [sys.executable, ROOT / "tools" / "kill.py", "--quick"], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert made.returncode == 0, made.stdout + made.stderr
    assert made.stdout.count("partial or lost 0; next build other than the reference or leftovers 0") == 15


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_web_server_may_read_what_is_published_where_the_user_lets_it(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        save(tmp_path / "out", NEW, manifest(NEW))
    finally:
        os.umask(before)
    assert {p.stat().st_mode & 0o777 for p in (tmp_path / "out").iterdir()} == {mode}


def refusing(monkeypatch: pytest.MonkeyPatch, refuses: Callable[[int, Path], bool]) -> list[Path]:
    """`refuses`: number of the move, and its target."""
    moves: list[Path] = []
    really = os.replace

    def replace(path: Path, target: Path) -> None:
        moves.append(Path(target))
        if refuses(len(moves), Path(target)):
            raise PermissionError(errno.EACCES, "open in Word", str(target))
        really(path, target)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(swap, "_PATIENCE", ())
    return moves


@pytest.mark.parametrize("number", range(1, 5))
def test_a_file_held_open_changes_nothing_and_the_new_edition_waits_for_the_next_build(
    out: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    with monkeypatch.context() as patched:
        moves = refusing(patched, lambda n, _: n == number)
        with pytest.raises(OutputError) as refused:
            save(out, NEW, manifest(NEW))
        name = moves[number - 1].name
    (finding,) = spoken(refused.value.findings)
    assert (finding.rule, finding.place.file, refused.value.exit_code) == ("edition-held", name, 3)
    assert held(out) == OLD
    told = [f.rule for f in verify(out, silent).findings]
    assert "verify-waiting" in told
    assert settle(out)
    assert held(out) == NEW
    assert [p.name for p in out.parent.iterdir()] == ["out"]
    assert not settle(out)


def test_a_file_that_stays_held_even_on_the_way_back_is_said_to_be_in_between(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        refusing(patched, lambda n, _: n >= 2)
        with pytest.raises(OutputError) as refused:
            save(out, NEW, manifest(NEW))
        assert [f.rule for f in spoken(refused.value.findings)] == ["edition-between"]
        with pytest.raises(OutputError):
            settle(out)
    assert settle(out)
    assert held(out) == NEW


def test_a_newer_edition_overtakes_the_one_that_waits(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        refusing(patched, lambda _, target: target == out / "a.docx")
        for files in (NEW, {"a.docx": b"newer"}):
            with pytest.raises(OutputError):
                save(out, files, manifest(files))
    assert settle(out)
    assert held(out) == {"a.docx": b"newer"}
    assert [p.name for p in out.parent.iterdir()] == ["out"]


def test_files_of_the_user_in_the_folder_stay(out: Path) -> None:
    (out / "notas.txt").write_bytes(b"mine")
    save(out, NEW, manifest(NEW))
    assert held(out) == {**NEW, "notas.txt": b"mine"}


def test_folders_of_an_edition_come_and_go_with_it_and_keep_what_is_the_users(out: Path, tmp_path: Path) -> None:
    deep = {"web/pt/index.html": b"1", "web/en/index.html": b"2", "a.docx": b"3"}
    save(out, deep, manifest(deep))
    assert {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()} == {*deep, "manifest.json"}
    (out / "web" / "pt" / "notas.txt").write_bytes(b"mine")
    assert not [f for f in verify(out, silent).findings if f.rule == "verify-file-missing"]
    later = {"web/pt/other.html": b"4"}
    save(out, later, manifest(later))
    assert {p.relative_to(out).as_posix() for p in out.rglob("*")} == {
        "web", "web/pt", "web/pt/notas.txt", "web/pt/other.html", "manifest.json"
    }  # fmt: skip


def test_a_manifest_and_a_folder_that_lead_elsewhere_touch_nothing_there(out: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "a.html").write_bytes(b"theirs")
    names = {"../../theirs/a.html": b"", "web/../../../theirs/a.html": b"", "web//a.html": b"", "C:a.html": b""}
    (out / "manifest.json").write_bytes(manifest(names))
    save(out, {"a.docx": b"1"}, manifest({"a.docx": b"1"}))
    try:
        (out / "web").symlink_to(tmp_path / "theirs", target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    deep = {"web/a.html": b"ours", "a.docx": b"2"}
    with pytest.raises(OutputError):
        save(out, deep, manifest(deep))
    assert (tmp_path / "theirs" / "a.html").read_bytes() == b"theirs"
    assert (out / "a.docx").read_bytes() == b"1"


def test_a_folder_that_is_a_link_is_written_where_it_leads(out: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    try:
        link.symlink_to(out, target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    save(link, NEW, manifest(NEW))
    assert link.is_symlink()
    assert held(out) == NEW


HOLDER = """
import sys
from pathlib import Path
from bulletin.pipeline import swap
from bulletin.pipeline.lock import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_build_says_who_holds_the_folder_and_a_dead_one_holds_nothing(out: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(out)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(OutputError) as refused, alone(out, seconds=0):
            pass
        (finding,) = spoken(refused.value.findings)
        assert (finding.rule, finding.parameters["pid"], finding.parameters["folder"]) == ("build-running", str(other.pid), "out")
        other.kill()
    with alone(out, seconds=0), alone(out, seconds=0):
        pass
    assert [p.name for p in out.parent.iterdir()] == ["out"]


def test_a_place_where_nothing_can_be_written_is_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"a file, not a folder")
    for target in (tmp_path / "out", tmp_path / "out" / "below"):
        with pytest.raises(OutputError) as refused:
            save(target, NEW, manifest(NEW))
        assert [f.rule for f in spoken(refused.value.findings)] == ["cannot-write"]
        ran = CliRunner().invoke(app, ["build", str(ROOT / "tests" / "projects" / "small"), "-o", str(target)])
        assert ran.exit_code == 3, ran.output
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


BUSY = """
import multiprocessing, time
from bulletin.pipeline.workers import Pool
if __name__ == "__main__":
    with Pool(2) as pool:
        list(pool.each(abs, [1, 2]))
        waiting = pool.each(time.sleep, [600, 600])
        print(*(child.pid for child in multiprocessing.active_children()), flush=True)
        list(waiting)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc what became of a process")
def test_workers_end_with_the_build_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "busy.py"
    script.write_text(BUSY, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=environment) as killed:
        assert killed.stdout is not None
        children = [int(pid) for pid in killed.stdout.readline().split()]
        killed.kill()
    assert len(children) == 2
    for _ in range(1200):  # at once where the machine is idle
        if not (running := [pid for pid in children if is_running(pid)]):
            return
        time.sleep(0.1)
    raise AssertionError(running)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False
