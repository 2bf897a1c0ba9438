"""The command as a user meets it: another folder, an old console, mistakes of every kind; never a traceback."""

from __future__ import annotations

import io
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from bulletin import __version__
from bulletin.cli import run

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests" / "projects" / "small"
HEAVY = ("pandas", "numpy", "matplotlib", "weasyprint", "rich", "docx", "pydantic", "jinja2", "ruamel", "openpyxl", "lxml")


def bulletin(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs the command in `place`, on a console that knows few characters; in this process, which has the libraries loaded."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="cp850") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        for name in foreign():
            patch.delenv(name)
        patch.chdir(place)
        patch.setattr(sys, "argv", ["bulletin", *words])
        for name, stream in (("stdin", io.StringIO()), ("stdout", out), ("stderr", err), ("unraisablehook", sys.unraisablehook)):
            patch.setattr(sys, name, stream)
        with pytest.raises(SystemExit) as ended:
            run()
    said = []
    for stream in (out, err):
        stream.flush()
        said.append(stream.buffer.getvalue().decode("cp850"))  # type: ignore[attr-defined]
    return without_traceback(subprocess.CompletedProcess(words, int(ended.value.code or 0), *said))


def process(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The same as a process of its own: what a user starts."""
    environment = {k: v for k, v in os.environ.items() if k not in foreign()}
    environment |= {"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "cp850", "LC_ALL": "C"}
    command = [sys.executable, "-m", "bulletin", *words]
    done = subprocess.run(
        command, cwd=place, env=environment, capture_output=True, encoding="cp850", timeout=900, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return without_traceback(done)


def foreign() -> list[str]:
    """Variables that say which language and which signs the user has."""
    return [name for name in os.environ if name.startswith(("LC_", "LANG", "COV"))]


def without_traceback(done: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    assert "Traceback" not in done.stdout + done.stderr
    assert "bulletin-" not in done.stderr, "an unexpected failure was recorded"
    return done


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "país com espaço"
    shutil.copytree(SMALL, folder, ignore=shutil.ignore_patterns("out", "work"))
    return folder


def told(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """The exit code, and every word in the messages."""
    assert done.returncode == code, done.stderr
    for word in words:
        assert word in done.stderr, done.stderr


def put(project: Path, old: str, new: str, file: str = "data/pensionistas.csv") -> None:
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    "command", [(), ("init",), ("check",), ("build",), ("release",), ("compare",), ("trace",), ("impact",), ("doctor",)]
)
def test_help_of_every_command_is_complete_and_light(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = bulletin(tmp_path, *command, "--help")
    assert done.returncode == 0
    options = re.findall(r"^\s+(?:-\w, )?(--[\w-]+)[^\n]*", done.stdout, re.MULTILINE)
    assert "--help" in options
    for option in options:
        line = done.stdout[done.stdout.index(option) :]
        assert re.match(rf"{option}.*?\s\s+\S", line, re.DOTALL), f"{option} is not explained"


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys; sys.argv = ['bulletin', '--help']\n"
        "from bulletin.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print('LOADED', [m for m in {HEAVY!r} if m in sys.modules])\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert "LOADED []" in done.stdout


def test_version(tmp_path: Path) -> None:
    assert process(tmp_path, "--version").stdout.strip() == f"bulletin {__version__}"


def test_doctor_says_what_there_is(tmp_path: Path) -> None:
    done = bulletin(tmp_path, "doctor", "--messages", "en")
    assert done.returncode == 0
    assert __version__ in done.stdout


def test_from_nothing_to_a_bulletin(tmp_path: Path) -> None:
    """A new project builds at once, without data: the missing sign, and one sentence per empty chapter."""
    told(bulletin(tmp_path, "init", "novo país", "--country", "cv"), 0)
    told(bulletin(tmp_path, "check", "novo país"), 0)
    assert not (tmp_path / "novo país" / "out").exists()
    told(bulletin(tmp_path, "build", "novo país", "--format", "docx", "--language", "pt", "--jobs", "1"), 0)
    names = {p.suffix for p in (tmp_path / "novo país" / "out").iterdir()}
    assert names == {".docx", ".json", ".csv"}
    told(bulletin(tmp_path, "init", "novo país", "--country", "cv"), 3, "novo pa")


def test_a_built_edition_is_announced(project: Path, tmp_path: Path) -> None:
    done = process(tmp_path, "build", project.name, "--format", "docx", "-l", "en", "-j", "1", "--messages", "en", "-o", "saída")
    assert done.returncode == 0, done.stderr
    assert "small-en.docx" in done.stdout
    assert "errors 0" in done.stdout
    assert (tmp_path / "saída" / "manifest.json").exists()
    quiet = bulletin(tmp_path, "check", project.name, "--quiet")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


def test_log_is_one_json_object_a_line(project: Path, tmp_path: Path) -> None:
    put(project, "116000", "muitos")
    done = bulletin(tmp_path, "check", project.name, "--log-format", "json", "--messages", "en")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert done.stderr == ""
    assert {"stage", "finding", "findings"} <= {e["event"] for e in events}
    assert any("muitos" in e.get("message", "") for e in events)


def test_a_warning_counts_when_asked(project: Path, tmp_path: Path) -> None:
    put(project, "status: final", "status: draft", "bulletin.yaml")
    (project / "text" / "en" / "pensions.md").unlink()
    told(bulletin(tmp_path, "check", project.name), 0)
    told(bulletin(tmp_path, "check", project.name, "--strict"), 1)


def test_usage(tmp_path: Path, project: Path) -> None:
    told(bulletin(tmp_path, "frobnicate"), 2)
    told(bulletin(tmp_path, "build", project.name, "--format", "odt"), 2)
    told(bulletin(tmp_path, "check", project.name, "--language", "fr", "--messages", "en"), 2, "fr")
    told(bulletin(tmp_path, "check", project.name, "--messages", "fr"), 2, "pt")
    told(bulletin(tmp_path, "init", "x", "--country", "br", "--messages", "en"), 2, "br", "mz")


def test_no_project(tmp_path: Path) -> None:
    told(bulletin(tmp_path, "check", "não existe", "--messages", "en"), 2, "não existe does not exist")
    (tmp_path / "vazia").mkdir()
    told(bulletin(tmp_path, "build", "vazia", "--messages", "en"), 2, "bulletin.yaml")
    (tmp_path / "ficheiro").write_text("x")
    told(bulletin(tmp_path, "build", "ficheiro", "--messages", "en"), 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("schema: bulletin/1\nid: [small\n", ("bulletin.yaml:",)),
        ("schema: bulletin/1\n\tid: small\n", ("bulletin.yaml:2",)),
        ("schema: bulletin/1\nid: small\nyaer: 2024\n", ("yaer", "year")),
        ("- a\n- b\n", ("bulletin.yaml",)),
        ("", ("bulletin.yaml",)),
        ("schema: bulletin/9\nid: small\n", ("bulletin/9",)),
    ],
)
def test_broken_configuration(project: Path, tmp_path: Path, text: str, words: tuple[str, ...]) -> None:
    (project / "bulletin.yaml").write_text(text, encoding="utf-8")
    told(bulletin(tmp_path, "build", project.name, "--messages", "en"), 2, *words)


HEAD = "INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,SOURCE"


def test_bad_data_are_told_all_together_with_their_places(project: Path, tmp_path: Path) -> None:
    faults = {
        "116000,": ("muitos,", "pensionistas.csv:6", "muitos"),
        "MZ,2021,36412": ("MX,2021,36412", "pensionistas.csv:8", "MX"),
        "PENSIONERS,MZ,2021,65601": ("PENSIONER,MZ,2021,65601", "PENSIONERS"),
        "INSS,OLD_AGE,P": ("INSS,OLDAGE,P", "OLDAGE", "OLD_AGE"),
        "PRIMEIRA,INSS,SURVIVORS,P": ("TERCEIRA,INSS,SURVIVORS,P", "TERCEIRA"),
        "MZ,2024,1613": ("MZ,20240,1613", "pensionistas.csv:13", "20240"),
        "124488,PERS,PRIMEIRA,INSS,_T,P,,": (
            "124488,PERS,PRIMEIRA,INSS,_T,P,,\nPENSIONERS,MZ,2024,124489,PERS,PRIMEIRA,INSS,_T,P,,", "124,489"
        ),
    }  # fmt: skip
    for old, (new, *_) in reversed(faults.items()):
        put(project, old, new)
    done = bulletin(tmp_path, "build", project.name, "--messages", "en")
    lines = {"pensionistas.csv:13": "pensionistas.csv:14"}  # a row came in before
    told(done, 1, *(lines.get(word, word) for _, *words in faults.values() for word in words))
    assert not (project / "out").exists()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("OBS_VALUE", "OBS_VALEU", ("pensionistas.csv:1", "OBS_VALEU", "OBS_VALUE")),
        ("Rounded by the source", "Rounded\u202eby the source", ("pensionistas.csv:6", "U+202E")),
    ],
)
def test_a_table_that_cannot_be_trusted_is_refused_whole(
    project: Path, tmp_path: Path, old: str, new: str, words: tuple[str, ...]
) -> None:
    put(project, old, new)
    told(bulletin(tmp_path, "check", project.name, "--messages", "en"), 1, *words)


def test_files_that_cannot_be_used(project: Path, tmp_path: Path) -> None:
    data = project / "data"
    (data / "~$pensionistas.xlsx").write_bytes(b"\x00lock")
    (data / ".~lock.pensionistas.ods#").write_text("lock")
    told(bulletin(tmp_path, "check", project.name), 0)
    (data / "vazio.csv").write_bytes(b"")
    (data / "livro.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (data / "antigo.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    done = bulletin(tmp_path, "check", project.name, "--messages", "en")
    told(done, done.returncode, "vazio.csv", "livro.xlsx", "antigo.xls")
    assert done.returncode in (1, 2)


def test_a_workbook_without_the_sheet_that_was_named(project: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Dados"
    book.active.append(HEAD.split(","))
    book.active.append(["GDP", "MZ", "2024", 5, "XDC", "PRIMEIRA"])
    book.save(project / "data" / "pib.xlsx")
    (project / "data" / "pib.xlsx.map.yaml").write_text("sheet: Dadoss\n", encoding="utf-8")
    done = bulletin(tmp_path, "check", project.name, "--messages", "en")
    told(done, done.returncode, "Dadoss", "Dados")
    assert done.returncode in (1, 2)


def test_ten_thousand_faults_are_told_in_a_few_lines(project: Path, tmp_path: Path) -> None:
    rows = "".join(f"PENSIONERS,MZ,{1900 + n % 100}-0{n % 9 + 1},x{n},PERS,PRIMEIRA\n" for n in range(10_000))
    (project / "data" / "longo.csv").write_text(f"{HEAD}\n{rows}", encoding="utf-8")
    done = bulletin(tmp_path, "check", project.name, "--messages", "en")
    told(done, 1, "longo.csv")
    assert len(done.stderr.splitlines()) < 100


def test_an_output_that_cannot_be_written_leaves_everything_as_it_was(project: Path, tmp_path: Path) -> None:
    (tmp_path / "ocupado").write_text("a file where a folder should be")
    done = bulletin(
        tmp_path, "build", project.name, "--format", "docx", "-l", "pt", "-j", "1", "-o", "ocupado", "--messages", "en"
    )
    told(done, 3, "ocupado")
    assert (tmp_path / "ocupado").read_text() == "a file where a folder should be"


def test_messages_come_in_the_users_language(project: Path, tmp_path: Path) -> None:
    put(project, "116000", "muitos")
    pt, en = (
        run(tmp_path, "check", project.name, "--messages", text).stderr for run, text in ((process, "pt"), (bulletin, "en"))
    )
    assert "[erro]" in pt
    assert "[error]" in en


def test_the_first_page_of_help_is_the_one_that_the_commands_make() -> None:
    page = runpy.run_path(str(ROOT / "tools" / "write_help.py"))["page"]()
    assert (ROOT / "src" / "bulletin" / "cli" / "help.txt").read_text(encoding="utf-8") == page
    assert process(ROOT, "--help").stdout.split() == page.split()
