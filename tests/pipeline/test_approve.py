"""A final edition complies or explains, and is approved as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin.load.messages import load_messages
from bulletin.model.finding import Finding
from bulletin.pipeline.approve import contents_id
from bulletin.pipeline.check import check
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.messages import message
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent
from factories import small_project, spoken

SLIP = ("MZ,PENSIONERS,_T,_T,INSS,_T,_T,2024,124598", "MZ,PENSIONERS,_T,_T,INSS,_T,_T,2024,1245980")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "pequeno")


def change(project: Path, old: str, new: str, file: str = "bulletin.yaml") -> None:
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def errors(project: Path) -> list[Finding]:
    return [f for f in spoken(check(project, silent).findings) if f.severity == "error" and not f.waived]


def identity(project: Path) -> str:
    prepared = prepare(project, silent)
    return contents_id(prepared, compose_editions(prepared))


def test_a_final_edition_explains_every_warning(project: Path) -> None:
    assert errors(project) == []
    path = project / "bulletin.yaml"
    text = path.read_text(encoding="utf-8")
    waiver = "\nwaivers:\n  - {rule: figure-gone, key: A.MZ@2020, reason: {pt: x, en: x}, role: Direcção, date: 2025-01-01}\n"
    path.write_text(text + waiver, encoding="utf-8")
    assert [f.rule for f in errors(project)] == ["warnings-unexplained"]
    change(project, "status: final", "status: validation")
    assert errors(project) == []


def test_whoever_has_an_error_to_mend_hears_of_warnings_afterwards(project: Path) -> None:
    """And a computed figure is named in words, rounded, with the cells it comes from."""
    path = project / "bulletin.yaml"
    text = path.read_text(encoding="utf-8")
    waiver = "\nwaivers:\n  - {rule: figure-gone, key: A.MZ@2020, reason: {pt: x, en: x}, role: Direcção, date: 2025-01-01}\n"
    path.write_text(text + waiver, encoding="utf-8")
    change(project, "2024,45307,PERS", "2024,145307,PERS", "data/pensionistas.csv")
    found = errors(project)
    assert "warnings-unexplained" not in {f.rule for f in found}
    (share,) = (f for f in found if f.rule == "derived-above")
    said = message(share, load_messages("pt"))
    for words in (
        "INSS, Velhice",
        "Moçambique, 2024: o valor calculado é 116,7%, acima do máximo 100%",
        "= 145 307 (data/pensionistas.csv:11",
    ):
        assert words in said.replace("\u00a0", " ")
    assert "Old age), Mozambique, 2024: the computed figure is 116.7%" in message(share, load_messages("en"))


def test_a_final_edition_is_approved_by_every_institution_and_as_it_stands(project: Path) -> None:
    change(project, "demonstration: true", "demonstration: false")
    missing = errors(project)
    assert [f.rule for f in missing] == ["approval-missing"] * len(missing)
    assert missing
    build = str(missing[0].parameters["build"])
    lines = "".join(f'  - {{institution: {f.key}, role: Direcção, date: 2025-01-20, build: "{build}"}}\n' for f in missing)
    path = project / "bulletin.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\napprovals:\n" + lines, encoding="utf-8")
    assert errors(project) == []
    change(project, "status: final", "status: validation")
    assert identity(project) == build
    change(project, "status: validation", "status: final")
    for language in ("pt", "en"):
        change(
            project, '{{ change("PENSIONERS", scheme="INSS") }}\n{{ composition', "{{ composition", f"text/{language}/pensions.md"
        )
    assert identity(project) != build
    assert {f.rule for f in errors(project)} == {"approval-outdated"}
