"""The next edition against the sealed one: what was revised is signed everywhere, listed, explained, and nothing hidden is compared."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bulletin.document.serial import dump
from bulletin.load.project import load_project
from bulletin.model.dataset import COLUMNS
from bulletin.model.quality import Amendment, Cause
from bulletin.pipeline import records
from bulletin.pipeline.edit import Composed, compose_editions
from bulletin.pipeline.prepare import Prepared, prepare
from bulletin.pipeline.progress import silent
from bulletin.pipeline.revise import published_before
from factories import spoken
from independent import Source
from test_truth import faults

KEY = "PENSIONERS.MZ.scheme=INSS@2021"


def put(project: Path, old: str, new: str, file: str = "data/pensionistas.csv") -> None:
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def following(sealed_small: Path, tmp_path: Path) -> Path:
    """The project of the edition after the sealed one, with a list of revisions and a sentence about one figure."""
    folder = Path(shutil.copytree(sealed_small, tmp_path / "seguinte", ignore=shutil.ignore_patterns("out", "work")))
    put(folder, "id: small\n", "id: small-2\n", "bulletin.yaml")
    put(folder, "2025-01-31", "2026-01-31", "bulletin.yaml")
    with (folder / "bulletin.yaml").open("a", encoding="utf-8") as stream:
        stream.write("add:\n  - {to: pensions.types, item: {list: revisions}}\n")
    for language in ("pt", "en"):
        with (folder / "text" / language / "pensions.md").open("a", encoding="utf-8") as stream:
            stream.write('\n{#pensioners.revised}\n{{ revised("PENSIONERS", scheme="INSS", at="2021") }}\n')
    return folder


def edition(project: Path) -> tuple[Prepared, Composed, dict[str, str]]:
    prepared = prepare(project, silent)
    composed = compose_editions(prepared)
    return prepared, composed, {language: dump(d).replace("\u00a0", " ") for language, d in composed.documents.items()}


def revise(project: Path) -> None:
    put(project, "PENSIONERS,MZ,2021,103540", "PENSIONERS,MZ,2021,103840")


def test_unchanged_figures_carry_no_sign_and_the_chapter_says_so(following: Path) -> None:
    prepared, _, pages = edition(following)
    assert prepared.revisions == ()
    assert not [f for f in prepared.findings if f.rule.startswith("revision")]
    assert "(r)" not in pages["en"].split("{pensions}")[1]
    assert "None of the" in pages["en"]
    assert "Nenhum dos" in pages["pt"]


def test_a_revised_figure_is_signed_said_and_listed_with_its_reason(following: Path) -> None:
    revise(following)
    with (following / "bulletin.yaml").open("a", encoding="utf-8") as stream:
        stream.write("revisions:\n  - {key: 'PENSIONERS.*', reason: {pt: Registo completado, en: Register completed}}\n")
    prepared, composed, pages = edition(following)
    (revision,) = (r for r in prepared.revisions if r.cause is not Cause.CONSEQUENCE)
    assert (revision.key, revision.kind, revision.old, revision.new) == (KEY, Amendment.AMENDED, 103540, 103840)
    assert not [f for f in prepared.findings if f.rule.startswith("revision")]
    for language, expected in {
        "pt": ("O valor de 2021 relativo ao número de pensionistas (INSS) foi revisto de 103 540 para 103 840.",
               "Registo completado (revisão programada).", "103 540 | 103 840 | +300", "103 840(r)", "(r) valor revisto", "0,29%"),
        "en": ("The figure for the number of pensioners (INSS) in 2021 was revised from 103,540 to 103,840.",
               "Register completed (scheduled revision).", "103,540 | 103,840 | +300", "103,840(r)", "(r) revised value", "0.29%"),
    }.items():  # fmt: skip
        for words in expected:
            assert words in pages[language], words
    table, kind = (next(line for line in pages["en"].splitlines() if line.startswith("  ") and line.count("103,840") and c in line)
                   for c in ("91,000", "Total"))  # fmt: skip
    assert "103,840(r)" in table, "in the table of years"
    assert "103,840(r)" in kind, "and in that of types"
    assert "revised value" in pages["en"].split("{pensioners_chart}")[1].split("\n\n")[0], "below the chart"
    facts = json.loads(records.facts(prepared, composed.facts, *composed.published()))
    trees = {language: json.loads(data) for language, data in composed.trees().items()}
    assert faults(Source(following), (facts, trees)) == []


def test_a_revision_without_a_reason_is_a_warning_and_a_reason_without_a_revision_too(following: Path) -> None:
    revise(following)
    with (following / "bulletin.yaml").open("a", encoding="utf-8") as stream:
        stream.write("revisions:\n  - {key: POPULATION, kind: correction, reason: {pt: Erro, en: Error}}\n")
    prepared, _, pages = edition(following)
    found = [f for f in spoken(prepared.findings) if f.rule.startswith("revision")]
    assert [(f.rule, f.severity, f.key) for f in found] == [
        ("revision-unexplained", "warning", "PENSIONERS"), ("revision-reason-unused", "warning", "POPULATION"),
    ]  # fmt: skip
    assert "No reason given" in pages["en"]


def test_what_was_or_is_confidential_is_never_compared_by_value(following: Path) -> None:
    path = following / "data" / "pensionistas.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[0] += ",CONF_STATUS"
    hidden = [line + (",C" if ",2021,103540" in line else ",F") for line in lines[1:]]
    path.write_text("\n".join([lines[0], *hidden]).replace("103540", "103777") + "\n", encoding="utf-8")
    prepared, composed, pages = edition(following)
    (revision,) = (r for r in prepared.revisions if r.key == KEY)
    assert (revision.kind, revision.old, revision.new, revision.before, revision.after) == (
        Amendment.HIDDEN,
        None,
        None,
        None,
        None,
    )
    published = b"".join((*composed.trees().values(), records.facts(prepared, composed.facts, *composed.published())))
    assert b"103777" not in published
    assert "103,777" not in pages["en"]


def test_a_withdrawn_figure_stands_in_the_list(following: Path) -> None:
    put(following, "PENSIONERS,MZ,2020,91000,PERS,PRIMEIRA,INSS,_T,A", "PENSIONERS,MZ,2020,,PERS,PRIMEIRA,INSS,_T,O")
    prepared, _, pages = edition(following)
    assert [(r.key, r.kind) for r in prepared.revisions] == [("PENSIONERS.MZ.scheme=INSS@2020", Amendment.DELETED)]
    assert "No reason given" in pages["en"]
    assert "91,000 | .. | .." in pages["en"]


def test_disclosure_control_is_told_what_readers_have(sealed_small: Path, following: Path) -> None:
    assert published_before(load_project(sealed_small)[0]).published() is None
    found = published_before(load_project(following)[0]).published()
    assert found is not None
    assert list(found.columns) == list(COLUMNS)
    rows = {(r.indicator, r.function, r.period): r for r in found.itertuples() if r.ref_area == "MZ"}
    assert rows["PENSIONERS", "_T", "2021"].value == 103540
    assert rows["PENSIONERS", "_T", "2022"].obs_status == "O"
