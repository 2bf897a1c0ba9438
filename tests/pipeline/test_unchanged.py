"""Nothing is done twice, and the files are the same whether or not anything was kept."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bulletin.cache import Cache
from bulletin.pipeline import build as building
from bulletin.pipeline import unchanged as deciding
from bulletin.pipeline.inputs import digests
from bulletin.pipeline.kept import canonical
from bulletin.pipeline.prepare import WORDS, _figures, without_words
from bulletin.pipeline.progress import silent
from bulletin.pipeline.summary import Asked, Result
from bulletin.pipeline.unchanged import ensure_built
from factories import small_project

ROOT = Path(__file__).parents[2]
WORD = Asked(formats=("docx",))
# pydantic is not among them: Typer itself takes it to read the options.
HEAVY = (
    "yaml",
    "ruamel",
    "bulletin.load.project",
    "pandas",
    "numpy",
    "jinja2",
    "lxml",
    "docx",
    "matplotlib",
    "weasyprint",
    "pikepdf",
)

_opened: list[str] = []
_listening: list[bool] = []


def _hear(event: str, args: tuple[Any, ...]) -> None:
    if _listening and event == "open" and isinstance(args[0], str | os.PathLike) and args[1] in ("r", "rb", None):
        _opened.append(os.fspath(args[0]))


sys.addaudithook(_hear)


@contextmanager
def hearing(root: Path) -> Iterator[set[str]]:
    """Files of the project that are opened for reading."""
    found: set[str] = set()
    _listening.append(True)
    try:
        yield found
    finally:
        _listening.clear()
        paths = {Path(p) for p in _opened}
        _opened.clear()
        found.update(p.relative_to(root).as_posix() for p in paths if p.is_relative_to(root) and p.is_file())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "país com espaço")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result, set[str]]:
    """A project built once in Word, the result, and what was opened meanwhile. Read only."""
    root = small_project(tmp_path_factory.mktemp("once") / "país com espaço")
    with hearing(root) as opened:
        result = ensure_built(root, silent, WORD, jobs=1)
    return root, result, opened


def again(first: tuple[Path, Result, set[str]], folder: Path) -> Path:
    """A copy of the built project, what was kept included."""
    import shutil

    shutil.copytree(first[0], folder)
    return folder


def contents(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def never(*_: object, **__: object) -> None:
    raise AssertionError("built again")


def test_what_has_not_changed_is_not_built_again(
    first: tuple[Path, Result, set[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = again(first, tmp_path / "outra pasta")
    monkeypatch.setattr(building, "build", never)
    result = ensure_built(root, silent, WORD)
    assert result.unchanged
    assert result.summary == first[1].summary
    assert contents(root / "out") == contents(first[0] / "out")


def test_what_killed_commands_left_is_swept(first: tuple[Path, Result, set[str]], tmp_path: Path) -> None:
    root = again(first, tmp_path / "p")
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, encoding="utf-8", check=True
    )
    number = ended.stdout.strip()
    left = [
        root / "work/.build.json.part", root / ".work.lock", root / ".out.lock", root / f".out.staging-{number}" / "a.docx",
        root / "work/cache/chart" / f".{'0' * 64}.{number}-1.part",
    ]  # fmt: skip
    theirs = root / "work/cache/chart" / f".{'1' * 64}.{os.getppid()}-1.part"
    for path in (*left, theirs):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"{}")
    assert ensure_built(root, silent, WORD).unchanged
    assert [p for p in left if p.exists()] == []
    assert theirs.exists()


def test_the_command_says_the_same_and_reads_nothing_heavy(first: tuple[Path, Result, set[str]], tmp_path: Path) -> None:
    root = again(first, tmp_path / "p")
    program = (
        "import sys; from bulletin.cli import app; "
        f"sys.exit(app(['build', {str(root)!r}, '--format', 'docx', '--why'], standalone_mode=False) "
        f"or ', '.join(m for m in {HEAVY} if m in sys.modules) or None)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    names = [w.name for w in first[1].summary.written]
    assert [n for n in names if n in done.stdout] == names
    for words in ("avisos 0", f"Edição gravada em {root / 'out'}", "Nada mudou", "no máximo 1000 MB"):
        assert words in done.stdout


def test_all_that_a_build_reads_of_a_project_counts(first: tuple[Path, Result, set[str]]) -> None:
    root, _, opened = first
    read = {name for name in opened if not name.startswith(("out/", "work/"))}
    counted = digests(root)
    assert counted is not None
    assert len(read) > 10
    assert read <= counted.keys()


def test_a_file_changed_new_or_gone_is_seen_wherever_it_is(project: Path) -> None:
    known = digests(project)
    assert known is not None
    for name in (
        "data/novo.csv",
        "config/novo.yaml",
        "editions/x/manifest.json",
        "text/pt/novo.md",
        ".hidden",
        "letterhead.docx",
    ):
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"new")
        found = digests(project)
        assert found is not None
        assert found.keys() - known.keys() == {name}
        path.unlink()
    for made in ("out/a.pdf", "work/cache/x", "review/out/a.docx", ".out.lock", ".out.waiting/a", "data/.a.csv.part"):
        path = project / made
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"made")
    assert digests(project) == known
    (project / "bulletin.yaml").write_bytes(b"languages: [pt]")
    assert digests(project) != known


@pytest.mark.skipif(os.name == "nt", reason="there are no devices among files")
def test_what_is_no_file_is_named_and_never_read(project: Path) -> None:
    (project / "data" / "quadro.csv").symlink_to(os.devnull)
    found = digests(project)
    assert found
    assert found["data/quadro.csv"] == "no file"


def test_figures_open_no_text(project: Path) -> None:
    from bulletin.load.project import load_project

    loaded, _ = load_project(project)
    with hearing(project) as opened:
        _figures(without_words(loaded), silent, ())
    assert any(name.startswith("data/") for name in opened)
    assert [name for name in opened if name.startswith(WORDS)] == []


def test_options_count(first: tuple[Path, Result, set[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = again(first, tmp_path / "p")
    monkeypatch.setattr(building, "build", never)
    for asked in (Asked(), Asked(("pt",), ("docx",)), Asked(formats=("docx",), strict=True), Asked((), ("docx",), outline="x")):
        with pytest.raises(AssertionError, match="built again"):
            ensure_built(root, silent, asked)
    monkeypatch.setattr(deciding, "versions", lambda: "another program")
    with pytest.raises(AssertionError, match="built again"):
        ensure_built(root, silent, WORD)


def test_an_altered_edition_is_put_back(
    first: tuple[Path, Result, set[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = again(first, tmp_path / "p")
    was = contents(root / "out")
    with (root / "out" / "facts.json").open("ab") as stream:
        stream.write(b" ")
    (root / "out" / first[1].summary.written[0].name).unlink()
    (root / "work" / "findings.json").unlink()
    monkeypatch.setattr(building, "build", never)
    result = ensure_built(root, silent, WORD)
    assert set(result.healed) == {"facts.json", first[1].summary.written[0].name}
    assert contents(root / "out") == was
    assert (root / "work" / "findings.json").is_file()


def test_a_project_cannot_bring_its_own_answer(
    first: tuple[Path, Result, set[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = again(first, tmp_path / "p")
    monkeypatch.setenv("BULLETIN_HOME", str(tmp_path / "somebody else"))
    monkeypatch.setattr(building, "build", never)
    with pytest.raises(AssertionError, match="built again"):
        ensure_built(root, silent, WORD)


def test_the_same_bytes_from_a_damaged_cache(first: tuple[Path, Result, set[str]], tmp_path: Path) -> None:
    """Every entry is cut, altered or gone; and one data file is another than when they were made, then is as it was."""
    root = again(first, tmp_path / "p")
    was = contents(root / "out")
    entries = sorted(p for p in (root / "work" / "cache").rglob("*") if p.is_file())
    for n, path in enumerate(entries):
        data = path.read_bytes()
        if n % 3 == 0:
            path.unlink()
        else:
            path.write_bytes(
                data[: len(data) // 2] + (b"" if n % 3 == 1 else bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :])
            )
    (root / "out" / "manifest.json").unlink()
    result = ensure_built(root, silent, WORD, jobs=1)
    assert not result.unchanged
    assert result.damaged > 5
    assert contents(root / "out") == was
    assert ensure_built(root, silent, WORD).unchanged


def test_one_sentence_and_one_figure_are_told_by_name(first: tuple[Path, Result, set[str]], tmp_path: Path) -> None:
    root = again(first, tmp_path / "p")
    for name, old, new in (
        ("data/pensionistas.csv", "MZ,2020,91000", "MZ,2020,91001"),
        ("text/pt/people.md", "{{ ranking", "Em resumo: {{ ranking"),
        ("text/en/people.md", "{{ ranking", "In short: {{ ranking"),
    ):
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    told = {r.key: r for r in ensure_built(root, silent, WORD, jobs=1).reasons}
    assert told["why_changed"].names == ("data/pensionistas.csv", "text/en/people.md", "text/pt/people.md")
    assert "PENSIONERS" in told["why_figures"].names
    assert "POPULATION" not in told["why_figures"].names
    assert "pt/people.ranking" in told["why_texts"].names
    assert not any(name.startswith("pt/cover") for name in told["why_texts"].names)
    assert 0 < told["why_made_chart"].count < told["why_made_chart"].of


def test_no_room_is_no_fault(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cache, "_make", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    result = ensure_built(project, silent, Asked(("pt",), ("docx",)), jobs=1)
    assert result.unwritten > 0
    assert (project / "out" / "manifest.json").is_file()


def test_what_goes_in_is_the_same_bytes_in_every_process() -> None:
    program = (
        "from pathlib import Path; import hashlib; from dataclasses import make_dataclass;"
        "from bulletin.pipeline.kept import canonical; from bulletin.model.finding import Finding, Severity, Place;"
        "import __main__; D = make_dataclass('D', ['of', 'at']); D.__module__ = '__main__'; __main__.D = D;"
        "f = Finding('r', Severity.ERROR, Place('a' * 2), parameters={'b': 1.5, 'a': 2});"
        "print(hashlib.sha256(canonical((f, f, D(frozenset('abcdefgh'), Path('x/y')), 'a' + 'b'))).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "7")
    }  # fmt: skip
    assert len(found) == 1


def test_values_that_differ_have_other_bytes() -> None:
    values = [1, 1.0, True, "1", b"1", (1,), [1], {1: 1}, None, "", (), ("a", "b"), ("ab",), 0.0, -0.0, frozenset({1}), ((1,),)]
    assert len({canonical(v) for v in values}) == len(values)
    shared = ("x", "y")
    assert canonical((shared, shared)) == canonical((("x", "y"), tuple("xy")))
