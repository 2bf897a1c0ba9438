"""A further language is a pack and files of texts beside the configuration: nothing else changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bulletin.errors import ConfigError
from bulletin.load.project import load_project
from bulletin.model.finding import Finding

TEXTS = """\
POPULATION.label: Befolkning
POPULATION.subject: {text: befolkningen, gender: n, of: befolkningens}
POPULATION.definition: Invånare (på portugisiska ação).
INFLATION.label: Inflation
INFLATION.subject: {text: inflationen, gender: n}
INFLATION.definition:
"""


@pytest.fixture
def swedish(program: Path, root: Path, tmp_path: Path) -> Path:
    """A program that knows a third language, `sv`, in part; the edition uses it."""
    copy = tmp_path / "program"
    shutil.copytree(program, copy)
    languages = copy / "config" / "languages"
    pack = (languages / "en.yaml").read_text(encoding="utf-8")
    (languages / "sv.yaml").write_text(pack.replace("language: en", "language: sv", 1), encoding="utf-8")
    (languages / "sv" / "indicators").mkdir(parents=True)
    (languages / "sv" / "indicators" / "a.yaml").write_text(TEXTS, encoding="utf-8")
    edition = root / "bulletin.yaml"
    edition.write_text(edition.read_text(encoding="utf-8").replace("[pt, en]", "[pt, sv]"), encoding="utf-8")
    return copy


def _own(root: Path, name: str, text: str) -> None:
    path = root / "config" / "languages" / "sv" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _seen(findings: tuple[Finding, ...], rule: str) -> list[tuple[str, str]]:
    return [(f.key, str(f.place)) for f in findings if f.rule == rule]


def test_texts_beside_a_file_are_those_of_its_maps(root: Path, swedish: Path) -> None:
    project, findings = load_project(root, program=swedish)
    population = project.catalogue["POPULATION"]
    assert population.label == {"pt": "População", "en": "Population", "sv": "Befolkning"}
    assert population.subject["sv"].of == "befolkningens"
    # Mozambique's former orthography is for Portuguese only.
    assert population.definition["sv"].endswith("ação).")
    assert population.definition["pt"] == "Residentes em protecção."
    assert "shipped:config/languages/sv/indicators/a.yaml" in {i.path for i in project.inputs}
    # What a pack lacks of the program's texts is told once, with the count; the edition's own texts one by one.
    (incomplete,) = (f for f in findings if f.rule == "pack-incomplete")
    assert (incomplete.key, incomplete.severity.value) == ("sv", "warning")
    assert int(incomplete.parameters["count"]) > 100
    assert ("publisher@sv", "bulletin.yaml:9 (publisher)") in _seen(findings, "missing-text")
    assert not any(place.startswith("shipped:") for _, place in _seen(findings, "missing-text"))
    _, findings = load_project(root, ["pt"], program=swedish)
    assert findings == ()


def test_a_project_corrects_our_texts_and_adds_its_own(root: Path, swedish: Path) -> None:
    own = (swedish / "config" / "indicators" / "a.yaml").read_text(encoding="utf-8").replace("POPULATION", "OWN")
    (root / "config" / "indicators").mkdir()
    (root / "config" / "indicators" / "own.yaml").write_text(own.partition("  - id: INFLATION")[0], encoding="utf-8")
    _own(root, "indicators/own.yaml", "OWN.label: Egen\n")
    _own(root, "indicators/a.yaml", "POPULATION.label: Folkmängd\n")
    _own(root, "sources.yaml", "INE.short: SCB\n")
    project, _ = load_project(root, program=swedish)
    assert [project.catalogue[i].label["sv"] for i in ("POPULATION", "INFLATION", "OWN")] == ["Folkmängd", "Inflation", "Egen"]
    assert project.sources["INE"].short["sv"] == "SCB"


def test_a_text_that_belongs_nowhere_is_told_with_its_line(root: Path, swedish: Path) -> None:
    shipped_texts = swedish / "config" / "languages" / "sv" / "indicators" / "a.yaml"
    shipped_texts.write_text(TEXTS + "POPULATION.lable: x\n", encoding="utf-8")
    _own(root, "indicators/a.yaml", "POPULATION.label: Folkmängd\nNOTHING.label: x\n")
    _own(root, "nowhere.yaml", "x: y\n")
    with pytest.raises(ConfigError) as caught:
        load_project(root, program=swedish)
    assert [str(f.place) for f in caught.value.findings if f.rule == "translation-unknown"] == [
        "shipped:config/languages/sv/indicators/a.yaml:7",
        "config/languages/sv/indicators/a.yaml:2",
        "config/languages/sv/nowhere.yaml:1",
    ]


def test_a_wrong_value_names_the_line_of_the_translation(root: Path, swedish: Path) -> None:
    _own(root, "indicators/a.yaml", "\nPOPULATION.subject: {text: x, gender: q}\n")
    with pytest.raises(ConfigError) as caught:
        load_project(root, program=swedish)
    assert [(f.rule, f.place.file, f.place.cell) for f in caught.value.findings if f.severity == "error"] == [
        ("config-not-allowed", "config/languages/sv/indicators/a.yaml", "2")
    ]


def test_words_to_avoid_are_said_per_language(root: Path, swedish: Path) -> None:
    term = "terms:\n  - {id: ink, term: {pt: Rendimento}, avoid: [[pt, renda]]}\n"
    (root / "config" / "glossary.yaml").write_text(term, encoding="utf-8")
    _own(root, "glossary.yaml", 'ink.term: Inkomst\nink.avoid: [lön, "löne*"]\n')
    project, _ = load_project(root, program=swedish)
    (found,) = (t for t in project.glossary if t.id == "ink")
    assert (found.term["sv"], found.avoid) == ("Inkomst", (("pt", "renda"), ("sv", "lön"), ("sv", "löne*")))
