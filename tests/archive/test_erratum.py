"""A corrected issue: sealed beside what it corrects, with a notice that names table, cell, old and new value in each language."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bulletin.archive.compare import stands_open
from bulletin.archive.erratum import explained_by, next_issue, put_right, with_entry
from bulletin.cli import app
from bulletin.document.serial import dump
from bulletin.errors import BulletinError
from bulletin.load.archive import load_archive
from bulletin.model.edition import Erratum, RevisionReason
from bulletin.model.quality import Amendment, Cause, Revision
from bulletin.pipeline import records
from bulletin.pipeline.archive import keep
from bulletin.pipeline.compare import compare
from bulletin.pipeline.correct import correct
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.init_from import init_from
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent
from bulletin.pipeline.release import sealed_files
from bulletin.pipeline.save import save_sealed
from factories import spoken
from finished import docx_text
from independent import Source
from test_truth import faults

REASON = {"pt": 'Erro de "digitação": dígitos trocados.', "en": "Typing error: digits exchanged."}


def put(project: Path, old: str, new: str, file: str = "data/pensionistas.csv") -> None:
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def project(sealed_small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sealed_small, tmp_path / "cópia", ignore=shutil.ignore_patterns("work")))


def test_issues_are_numbered_on_from_what_is_sealed() -> None:
    assert next_issue("mz-2024", ["mz-2023", "mz-2024"]) == "mz-2024-r1"
    assert next_issue("mz-2024", ["mz-2024", "mz-2024-r1", "mz-2024-r9", "mz-2024-r10"]) == "mz-2024-r11"
    assert next_issue("mz-2024-r1", ["mz-2024", "mz-2024-r1"]) == "mz-2024-r2"


def test_a_corrected_issue_says_what_was_wrong_where_and_why(project: Path, tmp_path: Path) -> None:
    put(project, "PENSIONERS,MZ,2023,116000", "PENSIONERS,MZ,2023,119000")
    made = correct(project, "small", REASON, silent, formats=("docx",), jobs=1)
    assert made.folder == project / "editions" / "small-r1"
    assert json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))["edition"]["corrects"] == "small"
    text = docx_text(project / "out" / "small-r1-en.docx").replace("\u00a0", " ")
    notice = "Pensioners, National Institute of Social Security, 2023: for 116,000 read 119,000 (Table 2.1, row “Pensioners”, column “2023”; Chart 2.1)."
    assert notice in " ".join(text.split("\n"))
    assert "This issue replaces edition small, released on 31 January 2025." in text
    assert "Reason: Typing error: digits exchanged." in text
    text = docx_text(project / "out" / "small-r1-pt.docx").replace("\u00a0", " ")
    assert (
        "Pensionistas, Instituto Nacional de Segurança Social, 2023: onde se lia 116 000, leia-se 119 000 (Quadro 2.1, linha «Pensionistas», coluna «2023»"
        in text
    )
    prepared = prepare(project, silent)
    composed = compose_editions(prepared)
    page = dump(composed.documents["en"])
    assert page.index("{imprint}") < page.index("{erratum}") < page.index("{people}")
    assert "119,000(r)" in page
    facts = json.loads(records.facts(prepared, composed.facts, *composed.published()))
    assert faults(Source(project), (facts, {k: json.loads(d) for k, d in composed.trees().items()})) == []
    # The next edition is compared with the corrected issue, and goes on from the edition's own name.
    following = init_from(project, tmp_path / "seguinte", silent)
    assert following.new.id == "small-2025"
    assert following.prepared.revisions == ()
    assert following.prepared.former is not None
    assert following.prepared.former.id == "small-r1"
    assert not (following.folder / "errata.yaml").exists()
    with zipfile.ZipFile(keep(project, made)) as kept:
        names = set(kept.namelist())
    top = "small-r1-CONFIDENTIAL"
    assert {f"{top}/project/data/pensionistas.csv", f"{top}/project/bulletin.yaml", f"{top}/out/small-r1-pt.docx"} <= names
    assert not list((project / "editions").rglob("*CONFIDENTIAL*")), "what holds inputs lies in work/ only"


def test_what_follows_from_a_corrected_figure_says_so_unless_the_calculation_itself_was_wrong() -> None:
    typed = Revision("A.MZ@2023", Amendment.AMENDED, 1, 2, cause=Cause.UNEXPLAINED)
    worked_out = Revision("RATE.MZ@2023", Amendment.AMENDED, 5, 6, cause=Cause.CONSEQUENCE)
    added = Revision("B.MZ@2023", Amendment.ADDED, None, 6)
    erratum = Erratum("small-r2", "small-r1", REASON)
    earlier = (
        RevisionReason("A.MZ@2023", {"pt": "Antes."}, "correction"),
        RevisionReason("C.MZ@2023", {"pt": "Antes."}, "correction"),
    )
    named = put_right(erratum, (typed, worked_out, added), earlier)
    assert [(r.key, r.reason) for r in named] == [("A.MZ@2023", REASON), ("C.MZ@2023", {"pt": "Antes."})]
    causes = [r.cause for r in explained_by(named, (typed, worked_out, added))]
    assert causes == [Cause.CORRECTION, Cause.CONSEQUENCE, Cause.NONE]
    assert [r.key for r in put_right(erratum, (worked_out, added), ())] == ["RATE.MZ@2023"]


def test_the_reason_of_a_correction_is_the_reason_of_its_figures(project: Path) -> None:
    put(project, "PENSIONERS,MZ,2023,116000", "PENSIONERS,MZ,2023,119000")
    entry = with_entry("", Erratum("small-r1", "small", REASON))
    (project / "errata.yaml").write_text(entry, encoding="utf-8")
    found = compare(project / "editions" / "small", project, silent)
    causes = {r.key: (r.cause, r.reason) for r in found.of(Amendment.AMENDED)}
    assert causes["PENSIONERS.MZ.scheme=INSS@2023"] == (Cause.CORRECTION, REASON)
    assert {cause for cause, _ in causes.values()} == {Cause.CORRECTION}
    # Sealed, and corrected once more: each figure keeps the reason of its own issue.
    prepared = prepare(project, silent)
    composed = compose_editions(prepared)
    files = sealed_files(prepared, composed)
    save_sealed(project / "editions" / "small-r1", {**files, "manifest.json": records.sealed_manifest(prepared, files, [])})
    again = {"pt": "Outra vez.", "en": "Once more."}
    put(project, "2021,103540", "2021,103600")
    (project / "errata.yaml").write_text(with_entry(entry, Erratum("small-r2", "small-r1", again)), encoding="utf-8")
    for since, expected in (
        ("small-r1", {"2021": again}),
        ("small", {"2021": again, "2023": REASON}),
    ):
        found = compare(project / "editions" / since, project, silent)
        own = [r for r in found.revisions if r.key.startswith("PENSIONERS.MZ.scheme=INSS@") and r.kind is Amendment.AMENDED]
        assert {r.key.partition("@")[2]: r.reason for r in own} == expected
        assert not stands_open(found.revisions)
    old = CliRunner().invoke(
        app, ["compare", *(str(project / "editions" / n) for n in ("small", "small-r1")), "--messages", "en"]
    )
    assert old.exit_code == 0
    assert not found.is_backwards
    assert compare(project, project / "editions" / "small", silent).is_backwards
    assert "Typing error: digits exchanged." in old.output


def test_a_figure_put_right_needs_no_second_reason_against_last_year(project: Path) -> None:
    """What last year's edition had wrong too is a revision since then, and explained by the correction."""
    seal = project / "editions"
    seal.joinpath("small").rename(seal / "small-2023")
    manifest = seal / "small-2023" / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"id": "small"', '"id": "small-2023"'), encoding="utf-8")
    put(project, "2025-01-31", "2026-01-31", "bulletin.yaml")
    prepared = prepare(project, silent)
    files = sealed_files(prepared, compose_editions(prepared))
    save_sealed(seal / "small", {**files, "manifest.json": records.sealed_manifest(prepared, files, [])})
    put(project, "2021,103540", "2021,103600")
    assert "revision-unexplained" in {f.rule for f in prepare(project, silent).findings}
    (project / "errata.yaml").write_text(with_entry("", Erratum("small-r1", "small", REASON)), encoding="utf-8")
    prepared = prepare(project, silent)
    assert "revision-unexplained" not in {f.rule for f in prepared.findings}
    assert {r.key: r.reason for r in prepared.revisions if r.cause is Cause.CORRECTION} == {
        "PENSIONERS.MZ.scheme=INSS@2021": REASON
    }


@pytest.mark.parametrize(
    ("corrects", "release", "rule"),
    [
        ("other", "2025-01-31", "erratum-unknown"),
        ("small", "2025-01-30", "erratum-date"),
        ("small", "2025-01-31", "erratum-empty"),
    ],
)
def test_what_is_no_correction_is_refused_and_leaves_nothing(project: Path, corrects: str, release: str, rule: str) -> None:
    put(project, "2025-01-31", release, "bulletin.yaml")
    with pytest.raises(BulletinError) as stop:
        correct(project, corrects, REASON, silent, formats=("docx",), jobs=1)
    assert [f.rule for f in spoken(stop.value.findings)] == [rule]
    assert not (project / "errata.yaml").exists()
    assert [s.id for s in load_archive(project)[0]] == ["small"]


def test_a_correction_is_of_the_newest_issue(project: Path) -> None:
    shutil.copytree(project / "editions" / "small", project / "editions" / "small-r1")
    with pytest.raises(BulletinError) as stop:
        correct(project, "small", REASON, silent, formats=("docx",), jobs=1)
    (found,) = spoken(stop.value.findings)
    assert (found.rule, found.parameters["newest"]) == ("erratum-superseded", "small-r1")
    assert not (project / "errata.yaml").exists()


def test_a_reason_lacks_no_language_of_the_edition(project: Path) -> None:
    (project / "errata.yaml").write_text(with_entry("", Erratum("small-r1", "small", {"pt": "Erro."})), encoding="utf-8")
    with pytest.raises(BulletinError) as stop:
        prepare(project, silent)
    assert [f.rule for f in stop.value.findings if f.severity == "error"] == ["missing-text"]
