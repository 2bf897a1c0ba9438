"""A project folder is read whole, or every fault is told with file and line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bulletin.errors import ConfigError
from bulletin.load.json_schemas import json_schemas
from bulletin.load.messages import load_messages
from bulletin.load.project import load_project
from bulletin.model.finding import Finding
from bulletin.model.outline import TableSpec
from bulletin.pipeline.messages import filled
from bulletin.shipped import shipped


def _add(root: Path, text: str) -> None:
    path = root / "bulletin.yaml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def _faults(root: Path, program: Path) -> list[tuple[str, str]]:
    with pytest.raises(ConfigError) as caught:
        load_project(root, program=program)
    _told(caught.value.findings)
    return [(f.rule, str(f.place)) for f in caught.value.findings]


def _told(findings: tuple[Finding, ...]) -> None:
    for language in ("pt", "en"):
        texts = load_messages(language)
        assert all(filled(texts[f.rule], texts, dict(f.parameters)) for f in findings)


def test_loads_with_the_former_orthography_in_shipped_texts_only(root: Path, program: Path) -> None:
    (root / "text" / "pt").mkdir(parents=True)
    (root / "text" / "en").mkdir(parents=True)
    (root / "text" / "pt" / "context.md").write_text("{#population.own}\nProteção própria.\n", encoding="utf-8")
    (root / "text" / "en" / "context.md").write_text("{#population.own}\nOwn.\n", encoding="utf-8")
    project, findings = load_project(root, program=program)
    assert [(f.rule, f.parameters["words"]) for f in findings] == [("spelling-other-norm", "Proteção → Protecção")]
    assert project.outline.title["pt"] == "Boletim sobre Protecção Social"
    assert project.outline.subtitle["pt"] == "Acção"
    assert project.catalogue["POPULATION"].definition["pt"] == "Residentes em protecção."
    assert project.locales["pt"].months[2] == "Março"
    assert project.locales["pt"].tag == "pt-MZ"
    paragraphs = {p.id: p for p in project.narrative["pt"]["context"]}
    assert paragraphs["population.level"].text == "A protecção cobre {{ value('ativo') }} e acção."
    assert paragraphs["population.own"].text == "Proteção própria."
    assert paragraphs["population.own"].own
    assert project.patterns["pt"] == "{% macro change() %}O setor activo{% endmacro %}"
    assert ["MZ-A" in g.units for g in project.geometries] == [True]
    assert [c.id for c in project.codelists["ref_area"].codes][:2] == ["MZ", "MZ-A"]
    assert all("\\" not in i.path and not i.path.startswith("/") for i in project.inputs)


def test_other_countries_keep_the_agreement(root: Path, program: Path) -> None:
    path = root / "bulletin.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("country: MZ", "country: CV"), encoding="utf-8")
    project, _ = load_project(root, program=program)
    assert project.outline.title["pt"] == "Boletim sobre Proteção Social"
    assert project.locales["pt"].months[2] == "março"


def test_all_faults_come_together_with_file_and_line(root: Path, program: Path) -> None:
    path = root / "bulletin.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("year: 2024", "yaer: 2024").replace("draft", "rascunho"), encoding="utf-8"
    )
    with pytest.raises(ConfigError) as caught:
        load_project(root, program=program)
    found = {f.rule: f for f in caught.value.findings}
    assert found["config-unknown-key"].parameters == {"name": "yaer", "nearest": "year"}
    assert found["config-unknown-key"].place.cell == "4"
    assert found["config-missing-key"].parameters["name"] == "year"
    assert found["config-not-allowed"].place.cell == "7"


def test_faults_inside_outline_items_name_the_meant_kind(root: Path, program: Path, tmp_path: Path) -> None:
    own = tmp_path / "program"
    shutil.copytree(program, own)
    chapter = own / "config" / "outlines" / "standard" / "10-context.yaml"
    chapter.write_text(chapter.read_text(encoding="utf-8").replace("columns:", "colums:"), encoding="utf-8")
    faults = _faults(root, own)
    assert [rule for rule, _ in faults] == ["config-missing-key", "config-unknown-key"]
    assert all(place.startswith("shipped:config/outlines/standard/10-context.yaml:") for _, place in faults)


def test_add_omit_and_change(root: Path, program: Path) -> None:
    _add(
        root,
        """\
add:
  - to: population
    after: pop_area
    item:
      table: pop_sex
      title: {pt: Por sexo, en: By sex}
      indicator: POPULATION
      rows: [{level: {by: sex}}]
      columns: [{by: period}]
omit: [population_text_that_is_not_there]
change: {pop_area: {title: {pt: Outro título}}}
""",
    )
    assert _faults(root, program) == [("unknown-id", "bulletin.yaml:19")]
    path = root / "bulletin.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("omit: [population_text_that_is_not_there]\n", ""), encoding="utf-8")
    project, _ = load_project(root, program=program)
    items = project.outline.chapters[0].sections[0].items
    tables = [i for i in items if isinstance(i, TableSpec)]
    assert [t.table for t in tables] == ["pop_area", "pop_sex"]
    assert tables[0].title == {"pt": "Outro título", "en": "Population by province"}


def test_one_language_asks_nothing_of_the_other(root: Path, program: Path) -> None:
    (root / "config" / "glossary.yaml").write_text("terms:\n  - {id: x, term: {pt: Termo}}\n", encoding="utf-8")
    _, findings = load_project(root, program=program)
    assert [(f.rule, f.severity.value) for f in findings] == [("missing-text", "warning")]
    project, findings = load_project(root, ["pt"], program=program)
    assert findings == ()
    assert project.edition.languages == ("pt",)
    path = root / "bulletin.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("draft", "final"), encoding="utf-8")
    assert [rule for rule, _ in _faults(root, program)] == ["missing-text"]


def test_own_paragraphs_stand_where_their_file_puts_them(root: Path, program: Path) -> None:
    (root / "text" / "pt").mkdir(parents=True)
    (root / "text" / "pt" / "context.md").write_bytes(
        "\ufeff{#population.level}\r\nMeu.\r\n\r\n{#population.new}\r\nNovo.\r\n".encode()
    )
    project, findings = load_project(root, ["pt"], program=program)
    assert findings == ()
    assert [(p.id, p.text) for p in project.narrative["pt"]["context"]] == [
        ("population.level", "Meu."),
        ("population.new", "Novo."),
        ("population.end", "X."),
    ]


def test_text_for_an_unknown_chapter_is_an_error(root: Path, program: Path) -> None:
    (root / "text" / "pt").mkdir(parents=True)
    (root / "text" / "pt" / "contexto.md").write_text("{#a}\nb\n", encoding="utf-8")
    assert _faults(root, program) == [("unknown-chapter-text", "text/pt/contexto.md")]


def test_own_entries_are_laid_over_by_id(root: Path, program: Path) -> None:
    (root / "config" / "indicators").mkdir()
    (root / "config" / "indicators" / "own.yaml").write_text(
        "indicators:\n  - {id: INFLATION, decimals: 2, label: {pt: Proteção}}\n", encoding="utf-8"
    )
    (root / "config" / "codelists.yaml").write_text(
        "SCHEME:\n  codes:\n    - {id: NOVO, label: {pt: Novo, en: New}}\n", encoding="utf-8"
    )
    project, _ = load_project(root, program=program)
    assert project.catalogue["INFLATION"].decimals == 2
    assert project.catalogue["INFLATION"].label == {"pt": "Proteção", "en": "Inflation"}
    assert project.codelists["scheme"].codes[-1].id == "NOVO"


@pytest.mark.parametrize("name", ["../evil", "CON", "a/b", "x" * 200])
def test_names_that_become_files_are_checked(root: Path, program: Path, name: str) -> None:
    path = root / "bulletin.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: mz-2024", f'id: "{name}"'), encoding="utf-8")
    assert [rule for rule, _ in _faults(root, program)] == ["unsafe-name"]


@pytest.mark.parametrize(
    ("licence", "rule"),
    [
        ("{name: Creative Commons}", "licence-name"),
        ("{name: CC-BY-4.0, path: creativecommons.org/licenses/by/4.0}", "licence-path"),
        ('{name: CC-BY-4.0, path: "javascript:alert(1)"}', "licence-path"),
    ],
)
def test_a_licence_that_programs_would_not_know_is_refused(root: Path, program: Path, licence: str, rule: str) -> None:
    path = root / "bulletin.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}licence: {licence}\n", encoding="utf-8")
    assert [rule for rule, _ in _faults(root, program)] == [rule]


def test_a_folder_without_project(tmp_path: Path, program: Path) -> None:
    assert _faults(tmp_path, program) == [("no-project", "bulletin.yaml")]


def test_published_schemas_are_those_of_the_program() -> None:
    for name, schema in json_schemas().items():
        published = json.loads(shipped("config", "schemas", f"{name}.json").read_text(encoding="utf-8"))
        assert published == json.loads(json.dumps(schema)), f"run tools/write_schemas.py ({name})"
