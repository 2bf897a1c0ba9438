"""A small project with its own outline, on top of a few of the shipped files so that loading is quick."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin.load.messages import load_messages
from bulletin.load.observations import Loaded, load_observations
from bulletin.load.project import load_project
from bulletin.model.finding import Finding
from bulletin.model.project import Project
from bulletin.pipeline.messages import filled
from bulletin.shipped import shipped

BULLETIN = """\
schema: bulletin/1
id: mz-2024
country: MZ
year: 2024
years: {first: 2019, last: 2024}
release_date: 2025-10-31
status: draft
languages: [pt, en]
publisher: {pt: Editor, en: Publisher}
"""
OUTLINE = """\
id: standard
title: {pt: Boletim sobre Proteção Social, en: Bulletin on Social Protection}
subtitle: {pt: Ação, en: Action}
order: [context]
"""
CHAPTER = """\
chapter: context
title: {pt: Contexto, en: Context}
sections:
  - id: population
    title: {pt: População, en: Population}
    items:
      - text: population
      - table: pop_area
        title: {pt: População por província, en: Population by province}
        indicator: POPULATION
        rows: [{level: {by: ref_area}}]
        columns: [{by: period, codes: [2023, 2024]}]
"""
INDICATORS = """\
indicators:
  - id: POPULATION
    label: {pt: População, en: Population}
    subject: {pt: {text: a população, gender: f, of: da população}, en: {text: the population, of: of the population}}
    definition: {pt: Residentes em proteção., en: Residents.}
    kind: count
    unit: PERS
    dimensions: [sex, age]
  - id: INFLATION
    label: {pt: Inflação, en: Inflation}
    subject: {pt: {text: a inflação, gender: f}, en: {text: inflation}}
    definition: {pt: Variação média., en: Average change.}
    kind: rate
    unit: PT
    decimals: 1
"""
SOURCES = """\
sources:
  - {id: INE, short: {pt: INE, en: INE}, full: {pt: INE, en: INE}}
  - {id: BM, short: {pt: BM, en: WB}, full: {pt: BM, en: WB}}
"""
ORTHOGRAPHY = """language: pt
norm: pre1990
pairs:
  - [proteção, protecção]
  - [ação, acção]
  - [ativo, activo]
"""


def assert_told(findings: Iterable[Finding]) -> None:
    """Every finding has a message in both languages that its parameters fill."""
    for language in ("pt", "en"):
        texts = load_messages(language)
        for finding in findings:
            assert finding.rule in texts, finding.rule
            text = filled(texts[finding.rule], texts, {"key": finding.key, **finding.parameters})
            assert ";" in text or finding.severity.value == "info", text


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("program")
    config = folder / "config"
    for name in ("languages", "themes"):
        shutil.copytree(shipped("config", name), config / name)
    (config / "countries").mkdir()
    for name in ("mz", "cv"):
        shutil.copy(shipped("config", "countries", f"{name}.yaml"), config / "countries")
    shutil.copytree(shipped("config", "geo"), config / "geo")
    shutil.copy(shipped("config", "codelists.yaml"), config)
    shutil.copy(shipped("config", "signs.yaml"), config)
    (config / "orthography.yaml").write_text(ORTHOGRAPHY, encoding="utf-8")
    (config / "indicators").mkdir()
    (config / "indicators" / "a.yaml").write_text(INDICATORS, encoding="utf-8")
    (config / "outlines" / "standard").mkdir(parents=True)
    (config / "outlines" / "standard" / "00-outline.yaml").write_text(OUTLINE, encoding="utf-8")
    (config / "outlines" / "standard" / "10-context.yaml").write_text(CHAPTER, encoding="utf-8")
    for language, text in (("pt", "A proteção cobre {{ value('ativo') }} e ação."), ("en", "Protection covers some.")):
        narrative = folder / "bulletin_templates" / "narrative" / language
        narrative.mkdir(parents=True)
        (narrative / "context.md").write_text(f"{{#population.level}}\n{text}\n\n{{#population.end}}\nX.\n", encoding="utf-8")
        (narrative / "patterns.md.j2").write_text("{% macro change() %}O setor ativo{% endmacro %}", encoding="utf-8")
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project in a folder with blanks and accents in its name."""
    root = tmp_path / "Boletim de Acção 2024"
    (root / "config").mkdir(parents=True)
    (root / "data").mkdir()
    (root / "bulletin.yaml").write_text(BULLETIN, encoding="utf-8")
    (root / "config" / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def loaded_once(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("once")
    (root / "config").mkdir()
    (root / "bulletin.yaml").write_text(BULLETIN, encoding="utf-8")
    (root / "config" / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    return load_project(root, program=program)[0]


@pytest.fixture
def project(loaded_once: Project, root: Path) -> Project:
    return replace(loaded_once, root=root)


Read = Callable[..., Loaded]


@pytest.fixture
def read(project: Project) -> Read:
    """Writes files below `data/` and reads them all."""

    def run(content: str | bytes = "", name: str = "a.csv", **edition: object) -> Loaded:
        if content:
            raw = content.encode("utf-8") if isinstance(content, str) else content
            (project.root / "data" / name).write_bytes(raw)
        changed = replace(project, edition=replace(project.edition, **edition))  # type: ignore[arg-type]
        loaded = load_observations(changed)
        assert_told(loaded.findings)
        return loaded

    return run
