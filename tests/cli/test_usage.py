"""Mistakes at the command line: one whole sentence in the user's language, the right exit code, never a fragment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from bulletin.cli import run
from bulletin.cli.console import Console
from bulletin.model.finding import Finding, Severity
from factories import small_project

ROOT = Path(__file__).parents[2]


class Desk:
    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def run(self, *words: str) -> tuple[int, str]:
        """Exit code, and what stood on either stream."""
        self.monkeypatch.setattr(sys, "argv", ["bulletin", *words])
        with pytest.raises(SystemExit) as ended:
            run()
        shown = self.capsys.readouterr()
        return int(ended.value.code or 0), shown.out + shown.err


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    return Desk(monkeypatch, capsys)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("chek",), ("«chek»", "o mais parecido é check")),
        (("form", "reed"), ("«reed»", "bulletin form", "read")),
        (("check",), ("falta PROJETO", "bulletin check PROJETO")),
        (("compare", "a", "--messages", "en"), ("NEW is missing", "bulletin compare OLD NEW")),
        (("check", "x", "--reprot", "json"), ("--reprot", "a mais parecida é --report")),
        (("check", "x", "--zzz"), ("--zzz", "bulletin check --help")),
        (("build", "o", "meu", "país"), ("meu país", "entre aspas")),
        (("build", "x", "--format", "odt"), ("«odt»", "--format", "pdf, docx, xlsx, html, data")),
        (("build", "x", "--jobs=-1", "--messages=en"), ("“-1”", "a whole number")),
        (("form", "write", "x", "--year", "20x4"), ("«20x4»", "um ano")),
        (("form", "status", "x", "--on", "ontem", "--messages", "en"), ("“ontem”", "YYYY-MM-DD")),
        (("check", "x", "--report"), ("--report", "bulletin check --help")),
        (("check", "x", "--quiet=1"), ("--quiet não leva valor",)),
        (("check", "x", "--messages", "xx"), ("«xx»", "en, pt")),
        (("check", "x", "-o", "nome"), ("--output", "--report")),
        (("init", "x"), ("bulletin init PASTA --country", "mz")),
        (("init", "x", "--country", "mz", "--from", "y"), ("--from",)),
        (("release", "x", "--reason", "pt=x"), ("--reason", "--corrects")),
        (("release", "x", "--corrects", "y", "--reason", "sem língua"), ("«sem língua»", "pt=…")),
        (("check", "não existe"), ("não existe", "a pasta")),
    ],
)
def test_a_command_that_cannot_be_understood(desk: Desk, words: tuple[str, ...], expected: tuple[str, ...]) -> None:
    code, said = desk.run(*words)
    assert code == 2
    for word in expected:
        assert word in said
    for fragment in ("Usage:", "Error", "Traceback", "No such", "Invalid", "usage-", "argument_"):
        assert fragment not in said


def test_usage_errors_speak_the_language_of_the_project(desk: Desk, tmp_path: Path) -> None:
    project = small_project(tmp_path / "p")
    settings = project / "bulletin.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "messages: en\n", encoding="utf-8")
    assert "has no option --zzz" in desk.run("build", str(project), "--zzz")[1]


def test_a_correction_without_a_reason_in_every_language_names_the_missing_one(desk: Desk, tmp_path: Path) -> None:
    project = small_project(tmp_path / "p")
    (project / "editions" / "small").mkdir(parents=True)
    (project / "editions" / "small" / "manifest.json").write_text('{"schema": "bulletin-edition/1"}', encoding="utf-8")
    code, said = desk.run("release", str(project), "--corrects", "small", "--reason", "pt=Soma errada")
    assert (code, '--reason "en=…"' in said) == (2, True)
    assert "errata.yaml" not in said
    assert not (project / "errata.yaml").exists()


def test_reports_get_the_ending_of_their_kind(desk: Desk, tmp_path: Path) -> None:
    project = str(small_project(tmp_path / "p"))
    assert desk.run("check", project, "--report", "json", "-o", str(tmp_path / "r.2024"), "-q")[0] == 0
    assert (tmp_path / "r.2024.json").is_file()
    code, said = desk.run("compare", project, project, "--report", "xlsx", "-o", str(tmp_path / "r.json"))
    assert (code, "r.xlsx" in said) == (2, True)
    assert not (tmp_path / "r.json").exists()


def test_files_that_are_not_there_are_a_mistake_of_the_command(desk: Desk, tmp_path: Path) -> None:
    project = str(small_project(tmp_path / "p"))
    for words in (
        ("form", "read", "falta.xlsx", "-p", project),
        ("form", "read", str(tmp_path), "-p", project),
        ("compare", str(tmp_path / "x"), project),
        ("trace", str(tmp_path / "x"), "5"),
        ("impact", project, "--change", "data/pensionistas.csv=falta.csv"),
    ):
        assert desk.run(*words)[0] == 2, words


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_interrupting_a_command_that_only_reads_promises_nothing(tmp_path: Path) -> None:
    project = small_project(tmp_path / "p")
    command = [sys.executable, "-m", "bulletin", "check", str(project)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
    heard = partial(
        signal.signal, signal.SIGINT, signal.SIG_DFL
    )  # A suite run in the background has taught its children not to hear
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, preexec_fn=heard
    ) as running:
        assert running.stderr is not None
        running.stderr.readline()
        running.send_signal(signal.SIGINT)
        said = running.stderr.read()
    assert running.returncode == 130
    assert said.splitlines()[-1] == "Interrompido pelo utilizador."
    assert "Traceback" not in said


def test_where_errors_stand_warnings_are_only_counted(capsys: pytest.CaptureFixture[str]) -> None:
    error, warning = (
        Finding("value-above", s, key="A.MZ@2024", parameters={"indicator": s, "value": 2, "bound": 1})
        for s in (Severity.ERROR, Severity.WARNING)
    )
    Console("pt").stopped([warning, error, warning])
    said = capsys.readouterr()
    assert "error: 2 está acima" in said.err
    assert "warning: 2 está acima" not in said.err
    assert "Há ainda 2 avisos" in said.out + said.err
    Console("pt").stopped([warning])
    assert "warning: 2 está acima" in capsys.readouterr().err
    Console("pt").stopped([warning, Finding("warnings-unexplained", Severity.ERROR, parameters={"count": 1})])
    said = capsys.readouterr()
    assert "warning: 2 está acima" in said.err
    assert "Há ainda" not in said.out + said.err
