"""Signs that the shipped letters lack are refused before anything is drawn, all together, each with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin.errors import DataError
from bulletin.pipeline.build import build
from bulletin.pipeline.check import check
from bulletin.pipeline.progress import silent
from factories import small_project


def put(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_sign_of_another_script_is_told_with_its_place(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    assert "sign-unprintable" not in {f.rule for f in check(project, silent).findings}
    put(project / "data" / "pensionistas.csv", "Valor arredondado", "Valor ไทย 中")
    put(project / "config" / "sources.yaml", "pt: Primeira fonte,", "pt: Primeira fonte 😀,")
    put(project / "text" / "pt" / "pensions.md", "{#lede}\n", "{#lede}\nم ")
    # never printed: a remark in the configuration, and a language that is not built
    put(project / "config" / "sources.yaml", "sources:", "# 漢字\nsources:")
    with pytest.raises(DataError) as stopped:
        build(project, silent, languages=("pt",))
    found = {str(f.place): f.parameters["sign"] for f in stopped.value.findings if f.rule == "sign-unprintable"}
    assert found == {
        "data/pensionistas.csv:6 (COMMENT_PT)": "ท ย ไ 中",
        "config/sources.yaml:4": "😀",
        "text/pt/pensions.md:2": "م",
    }
    assert not (project / "out").exists()


def test_a_title_of_three_lines_is_told_with_its_exhibit_and_language(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    assert "title-long" not in {f.rule for f in check(project, silent).findings}
    longer = "Pensionistas da segurança social obrigatória e dos regimes próprios, "
    put(project / "config" / "outlines" / "small" / "pensions.yaml", 'pt: "Pensionistas, por', f'pt: "{longer * 2}por')
    (told,) = [f for f in check(project, silent).findings if f.rule == "title-long"]
    assert told.parameters["language"] == "pt"
    assert told.parameters["lines"] == 3
