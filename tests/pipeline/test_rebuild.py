"""An edition is built anew and compared: what differs is named, and why; its archive holds all that this takes."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bulletin.cli import app
from bulletin.errors import ConfigError
from bulletin.limits import Limit
from bulletin.pipeline.archive import keep, unpacked
from bulletin.pipeline.rebuild import Rebuilt, compared, copied
from bulletin.pipeline.release import Released
from bulletin.write.zipped import zipped
from factories import spoken


@pytest.fixture
def pair(small_out: Path, tmp_path: Path) -> tuple[Path, Path]:
    """An edition and the same one built anew."""
    return shutil.copytree(small_out, tmp_path / "out"), shutil.copytree(small_out, tmp_path / "again")


def changed(folder: Path, **fields: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **fields}), encoding="utf-8")


def of(folder: Path, field: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))[field]
    return found


def told(made: Rebuilt) -> list[str]:
    return [f"{f.rule} {f.key}".strip() for f in spoken(made.findings)]


def test_the_same_edition_has_nothing_to_tell(pair: tuple[Path, Path]) -> None:
    made = compared(*pair)
    assert (told(made), made.content, made.same) == ([], True, made.files)


def test_other_bytes_with_other_versions_are_explained_where_the_content_is_the_same(pair: tuple[Path, Path]) -> None:
    out, again = pair
    (again / "small-pt.pdf").write_bytes(b"%PDF other lines")
    assert told(compared(out, again)) == ["rebuild-differs small-pt.pdf"]
    changed(again, versions=of(again, "versions") | {"pango": "1.99"})
    made = compared(out, again)
    assert told(made) == ["rebuild-versions"]
    assert f"pango {of(out, 'versions')['pango']} → 1.99" in str(made.findings[0].parameters["versions"])
    assert made.content


def test_other_words_or_figures_are_never_explained_by_versions(pair: tuple[Path, Path]) -> None:
    out, again = pair
    changed(again, versions=of(again, "versions") | {"pandas": "4.0"})
    (out / "table.csv").write_bytes((out / "table.csv").read_bytes().replace(b"124488", b"124480"))
    made = compared(out, again)
    assert told(made) == ["rebuild-other-versions", "rebuild-differs table.csv"]
    assert not made.content


def test_a_changed_input_is_named_first(pair: tuple[Path, Path]) -> None:
    out, again = pair
    inputs = [{**i, "sha256": "0"} if i["path"] == "data/pensionistas.csv" else i for i in of(again, "inputs")]  # type: ignore[attr-defined, index]
    changed(again, inputs=inputs)
    (again / "facts.json").write_bytes(b"{}")
    assert told(compared(out, again)) == ["rebuild-input data/pensionistas.csv", "rebuild-differs facts.json"]


def test_the_manifest_lists_every_library_and_a_digest_of_the_content_alone(small_out: Path) -> None:
    versions = of(small_out, "versions")
    assert {"pango", "harfbuzz", "harfbuzz-subset", "fontconfig", "zlib", "qpdf", "weasyprint", "numpy"} <= versions.keys()
    assert set(of(small_out, "content")["files"]) == {"document.en.json", "document.pt.json", "facts.json", "table.csv"}  # type: ignore[call-overload]


@pytest.fixture
def archive(sealed_small: Path, tmp_path: Path) -> Path:
    project = shutil.copytree(sealed_small, tmp_path / "outra pasta")
    (project / ".git").mkdir()
    (project / ".git" / "config").write_text("secret", encoding="utf-8")
    return keep(project, Released(project / "editions" / "small", {}, 0, ()))


def test_an_archive_holds_inputs_results_program_fonts_and_lock_and_is_the_same_twice(archive: Path, sealed_small: Path) -> None:
    assert archive.name == "small-CONFIDENTIAL.zip"
    with zipfile.ZipFile(archive) as kept:
        names = {n.partition("/")[2] for n in kept.namelist()}
        assert {i.external_attr >> 16 for i in kept.infolist()} == {0o600}
    assert {
        "project/bulletin.yaml", "project/data/pensionistas.csv", "project/text/pt/people.md", "project/editions/small/manifest.json",
        "out/manifest.json", "out/small-pt.docx", "program/src/bulletin/cli/verify.py", "program/config/fonts/SourceSans3-Regular.ttf",
        "program/requirements/run.lock", "versions.txt", "LEIA-ME README.txt",
    } <= names  # fmt: skip
    assert not [n for n in names if n.startswith(("project/out", "project/work", "project/.git")) or "__pycache__" in n]
    again = keep(copied_whole(sealed_small, archive), Released(Path("small"), {}, 0, ()))
    assert again.read_bytes() == archive.read_bytes()


def copied_whole(project: Path, archive: Path) -> Path:
    return shutil.copytree(project, archive.parents[2] / "terceira")


def test_what_would_be_too_large_to_check_later_is_not_archived(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.unlink()
    monkeypatch.setattr("bulletin.pipeline.archive.ARCHIVE_FILES", Limit(100, "files", "archive-too-large"))
    with pytest.raises(ConfigError) as refused:
        keep(archive.parents[1], Released(Path("small"), {}, 0, ()))
    assert [f.rule for f in spoken(refused.value.findings)] == ["archive-too-large"]
    assert not archive.exists()


@pytest.mark.slow
def test_an_archive_gives_the_same_edition_again_and_a_change_in_it_is_told(archive: Path) -> None:
    ran = CliRunner().invoke(app, ["verify", str(archive), "--messages", "en"])
    assert ran.exit_code == 0, ran.output
    assert "have the same bytes; figures, words and tables are the same" in ran.output
    with zipfile.ZipFile(archive) as kept:
        files = {n: kept.read(n) for n in kept.namelist()}
    name = "small-CONFIDENTIAL/project/data/pensionistas.csv"
    assert b"124488" in files[name]
    archive.write_bytes(zipped(files | {name: files[name].replace(b"124488", b"124489")}))
    ran = CliRunner().invoke(app, ["verify", str(archive), "--messages", "en"])
    assert ran.exit_code == 1, ran.output
    assert "data/pensionistas.csv: is not what it was when the edition was built" in ran.output


@pytest.mark.parametrize("name", ["../outside.txt", "/tmp/outside.txt", "a/../../b", "C:/x", "a\\..\\b"])
def test_an_archive_that_would_write_elsewhere_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "mau-CONFIDENTIAL.zip"
    path.write_bytes(zipped({"small/out/manifest.json": b"{}", "small/project/bulletin.yaml": b"", name: b"x"}))
    with pytest.raises(ConfigError) as refused:
        unpacked(path, tmp_path / "into")
    assert [f.rule for f in spoken(refused.value.findings)] == ["archive-unreadable"]
    assert sorted(p.name for p in tmp_path.iterdir()) == [path.name]


def test_a_rebuild_begins_with_what_a_project_is_made_from_and_not_with_what_was_made(tmp_path: Path) -> None:
    project = tmp_path / "projeto"
    for name in (
        "data/a.csv",
        "out/x.pdf",
        "work/cache/y",
        "review/out/z.docx",
        "review/decisions.yaml",
        ".out.lock",
        "config/out/k.yaml",
    ):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_bytes(b"")
    made = copied(project, tmp_path / "copy")
    found = sorted(p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file())
    assert found == ["config/out/k.yaml", "data/a.csv", "review/decisions.yaml"]
