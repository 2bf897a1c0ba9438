"""Translations that have not followed an edit: found with before and after, confirmed, and never in a final edition."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bulletin.cli import app
from bulletin.errors import ConfigError, DataError
from bulletin.load.translated import RECORD
from bulletin.model.finding import Severity
from bulletin.model.translation import Translated
from bulletin.parity.stale import agreement
from bulletin.pipeline.build import build
from bulletin.pipeline.check import check
from bulletin.pipeline.progress import silent
from bulletin.pipeline.translations import agreed, keep_record, translations

SMALL = Path(__file__).parents[1] / "projects" / "small"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "país com espaço"
    shutil.copytree(SMALL, folder, ignore=shutil.ignore_patterns("out", "work", "translations.json"))
    return folder


def put(project: Path, file: str, old: str, new: str) -> None:
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add(project: Path, language: str, words: str) -> None:
    """To the last paragraph of a chapter."""
    path = project / "text" / language / "people.md"
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + f"\n{words}\n", encoding="utf-8")


def recorded(project: Path) -> None:
    """As a build leaves it."""
    from bulletin.load.project import load_project

    keep_record(project, agreed(load_project(project)[0]))


def test_a_build_records_the_texts_and_asks_nothing(project: Path) -> None:
    assert translations(project, silent).stale == ()
    built = build(project, silent, formats=["docx"], jobs=1)
    assert [f for f in built.findings if f.rule.startswith("translation")] == []
    texts = json.loads((project / RECORD).read_text(encoding="utf-8"))["texts"]
    assert {"pt", "en"} <= set(texts[0])
    assert any(t["id"].startswith("people/") for t in texts)
    assert any(t["id"].startswith("sources.yaml/") for t in texts)
    before = (project / RECORD).read_bytes()
    build(project, silent, formats=["docx"], jobs=1)
    assert (project / RECORD).read_bytes() == before


def test_an_edit_in_one_language_is_told_with_both_texts_until_confirmed(project: Path) -> None:
    recorded(project)
    add(project, "pt", "Uma frase nova.")
    (stale,) = translations(project, silent).stale
    assert stale.parameters["language"] == "en"
    assert str(stale.parameters["after"]).endswith("Uma frase nova.")
    assert "Uma frase nova" not in str(stale.parameters["before"])
    assert stale.place.file == "text/en/people.md"
    made = check(project, silent)
    assert [f.severity for f in made.findings if f.rule == "translation-stale"] == [Severity.ERROR]
    recorded(project)
    assert len(translations(project, silent).stale) == 1, "a build alone confirms nothing"
    done = translations(project, silent, [str(stale.parameters["name"])])
    assert done.stale == ()
    assert translations(project, silent).stale == ()


def test_an_edit_in_both_languages_is_a_new_translation(project: Path) -> None:
    recorded(project)
    add(project, "pt", "Uma frase nova.")
    add(project, "en", "A new sentence.")
    assert translations(project, silent).stale == ()


def test_texts_of_the_configuration_count_too(project: Path) -> None:
    recorded(project)
    put(project, "config/sources.yaml", "en: ", "en: New ")
    (stale,) = translations(project, silent).stale
    assert stale.parameters["language"] == "pt"
    assert str(stale.parameters["name"]).startswith("sources.yaml/")


def test_nothing_stale_reaches_an_edition_that_is_no_draft(project: Path) -> None:
    recorded(project)
    put(project, "config/sources.yaml", "en: ", "en: New ")
    with pytest.raises(DataError) as stopped:
        build(project, silent, formats=["docx"], jobs=1)
    assert "translation-stale" in {f.rule for f in stopped.value.findings}
    assert not (project / "out").exists()


def test_a_draft_sets_the_paragraph_off(project: Path) -> None:
    recorded(project)
    put(project, "bulletin.yaml", "status: final", "status: draft")
    add(project, "en", "A new sentence.")
    made = check(project, silent)
    assert '"role":"stale"' in made.composed.trees()["pt"].decode()
    assert '"role":"stale"' not in made.composed.trees()["en"].decode()
    assert [f.rule for f in made.findings if f.rule.startswith("parity")] == []


def test_any_languages_one_after_the_other() -> None:
    def said(**texts: str) -> list[Translated]:
        return [Translated("a/b", texts)]

    known = agreement(said(fr="un", tet="ida", pt="um"), {}, Severity.ERROR).confirmed
    found = agreement(said(fr="deux", tet="ida", pt="um"), known, Severity.ERROR)
    assert {f.parameters["language"] for f in found.findings} == {"tet", "pt"}
    half = agreement(said(fr="deux", tet="rua", pt="um"), found.confirmed, Severity.ERROR)
    assert {f.parameters["language"] for f in half.findings} == {"pt"}
    assert agreement(said(fr="deux", tet="rua", pt="dois"), half.confirmed, Severity.ERROR).findings == ()
    # an edition in one language only forgets nothing
    alone = agreement(said(fr="deux"), known, Severity.ERROR)
    assert alone.findings == ()
    later = agreement(said(fr="deux", tet="ida", pt="um"), alone.confirmed, Severity.ERROR)
    assert {f.parameters["language"] for f in later.findings} == {"tet", "pt"}


def test_the_command_lists_confirms_and_refuses(project: Path) -> None:
    recorded(project)
    put(project, "config/sources.yaml", "en: ", "en: New ")
    run = CliRunner()
    told = run.invoke(app, ["translations", str(project)])
    assert told.exit_code == 1
    assert "New " in told.output
    assert run.invoke(app, ["translations", str(project), "--confirm", "elsewhere"]).exit_code == 2
    assert run.invoke(app, ["translations", str(project), "--confirm", "all"]).exit_code == 0
    assert run.invoke(app, ["translations", str(project)]).exit_code == 0


def test_a_broken_record_is_told(project: Path) -> None:
    (project / RECORD).write_text("{", encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        translations(project, silent)
    assert refused.value.findings[0].rule == "translations-unreadable"
