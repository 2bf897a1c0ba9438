"""Indicator sheets say every formula in words and symbols; metadata not yet written show in a draft only; chapters wait for data."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin.compose.assemble import printed_chapters
from bulletin.compose.context import Context
from bulletin.compose.facts import FactBook
from bulletin.compose.formula_words import formula_words
from bulletin.compose.lookup import Lookup
from bulletin.compose.metadata import indicator_sheets, reference_metadata
from bulletin.derive.formulas import FORMULAS
from bulletin.document.inline import plain
from bulletin.pipeline.leaves import leaves_of
from bulletin.pipeline.prepare import Prepared, prepare
from bulletin.pipeline.progress import silent

SMALL = Path(__file__).resolve().parent.parent / "projects" / "small"
HEAD = "INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,SOURCE,SCHEME\n"


def context(prepared: Prepared, language: str) -> Context:
    project = prepared.project
    lookup = Lookup(prepared.observations, project)
    return Context(project, lookup, FactBook(leaves_of(lookup, project)), project.locales[language])


@pytest.fixture(scope="module")
def small() -> Prepared:
    return prepare(SMALL, silent)


@pytest.mark.parametrize("language", ["pt", "en"])
def test_every_formula_is_said_with_the_names_and_codes_of_its_inputs(small: Prepared, language: str) -> None:
    found = context(small, language)
    assert all(f"formula_{name}" in found.locale.words for name in FORMULAS)
    for indicator in small.project.catalogue.values():
        words, symbols = formula_words(found, indicator)
        if indicator.formula is None:
            assert (words, symbols) == ("", "")
            continue
        for name in set(indicator.formula.inputs.values()):
            assert found.said(found.lookup.catalogue[name].label) in words
            assert name in symbols
        assert "{" not in words + symbols


def test_formulas_read_as_a_statistician_writes_them(small: Prepared) -> None:
    found, catalogue = context(small, "en"), small.project.catalogue
    said = {i: formula_words(found, catalogue[i])[1] for i in ("ACTIVE_RATE_INSURED", "POP_GROWTH", "AVG_BENEFIT", "COV_ANY")}
    assert said == {
        "ACTIVE_RATE_INSURED": "100 × INSURED_ACTIVE ÷ INSURED_REGISTERED",
        "POP_GROWTH": "100 × (POPULATION[t] − POPULATION[t−1]) ÷ POPULATION[t−1]",
        "AVG_BENEFIT": "SP_EXPENDITURE ÷ (RECIPIENTS_AVERAGE × 12)",
        "COV_ANY": "100 × (COVERED_CONTRIBUTORY + COVERED_NONCONTRIBUTORY − COVERED_BOTH) ÷ POPULATION",
    }
    assert formula_words(found, catalogue["DEPENDENCY_RATIO"])[0] == (
        "100 × (Population by age and sex [0–14] + Population by age and sex [65+]) ÷ Population by age and sex [15–64]"
    )


def test_a_sheet_tells_what_the_catalogue_knows(small: Prepared) -> None:
    found = context(small, "en")
    printed = [o for p in found.lookup.periods("PENSIONERS", {"scheme": "INSS"})
               if (o := found.lookup.get("PENSIONERS", p, {"scheme": "INSS"}))]  # fmt: skip
    (block,) = indicator_sheets(found, printed)
    (sheet,) = block.items
    details = {d.label: plain(d.content) for d in sheet.details}
    assert (plain(sheet.term), sheet.code) == ("Pensioners", "PENSIONERS")
    assert details["Unit"] == "people"
    assert details["Correspondence"] == "ESSPROS: old age, survivors, disability"
    assert details["Checks"].startswith("sum of the parts (")
    assert "One person may receive two pensions" in details["Limitations"]


def test_what_has_not_been_said_shows_in_a_draft_only(small: Prepared) -> None:
    project = small.project
    (note,) = [f for f in small.findings if f.rule == "metadata-missing"]
    assert "mandate" in str(note.parameters["items"])
    texts = {}
    for status in ("draft", "final"):
        changed = replace(small, project=replace(project, edition=replace(project.edition, status=status)))
        (block,) = reference_metadata(context(changed, "en"), ())
        texts[status] = {d.id: plain(d.content) for d in block.items}
    assert texts["draft"]["metadata.mandate"].startswith("[To be completed: legal acts")
    assert "metadata.mandate" not in texts["final"]
    assert not any("To be completed" in t or "{" in t for t in texts["final"].values())
    assert "30 " in texts["final"]["metadata.timeliness"] or "20" in texts["final"]["metadata.timeliness"]


def test_an_optional_chapter_waits_for_data(tmp_path: Path) -> None:
    project = Path(shutil.copytree(SMALL, tmp_path / "small", ignore=shutil.ignore_patterns("out", "work")))
    chapter = project / "config" / "outlines" / "small" / "service.yaml"
    chapter.write_text(
        "chapter: service\ntitle: {pt: Serviço, en: Service}\noptional: true\nsections:\n  - id: service.one\n    items:\n"
        "      - {table: days, title: {pt: T, en: T}, indicator: PROCESSING_DAYS, where: {scheme: INSS}, rows: [{}],"
        " columns: [{by: period, periods: years}]}\n",
        encoding="utf-8",
    )
    head = project / "config" / "outlines" / "small" / "00-outline.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("pensions]", "pensions, service]"), encoding="utf-8")
    for language in ("pt", "en"):
        (project / "text" / language / "service.md").write_text("{#one.text}\nTexto.\n", encoding="utf-8")
    assert "service" not in {c.chapter for c in printed_chapters(context(prepare(project, silent), "pt"))}
    row = "PROCESSING_DAYS,MZ,2024,46,DAYS,PRIMEIRA,INSS\n"
    (project / "data" / "more.csv").write_text(HEAD + row, encoding="utf-8")
    assert "service" in {c.chapter for c in printed_chapters(context(prepare(project, silent), "pt"))}
