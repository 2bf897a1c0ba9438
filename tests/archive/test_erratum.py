"""A corrected issue: sealed beside what it corrects, with a notice that names table, cell, old and new value in each language."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from bulletin.archive.erratum import next_issue, with_entry
from bulletin.document.serial import dump
from bulletin.errors import BulletinError
from bulletin.load.archive import load_archive
from bulletin.model.edition import Erratum
from bulletin.pipeline import records
from bulletin.pipeline.correct import correct, keep
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.init_from import init_from
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent
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
    assert {f"{top}/data/pensionistas.csv", f"{top}/bulletin.yaml", f"{top}/out/small-r1-pt.docx"} <= names
    assert not list((project / "editions").rglob("*CONFIDENTIAL*")), "what holds inputs lies in work/ only"


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


def test_a_reason_lacks_no_language_of_the_edition(project: Path) -> None:
    (project / "errata.yaml").write_text(with_entry("", Erratum("small-r1", "small", {"pt": "Erro."})), encoding="utf-8")
    with pytest.raises(BulletinError) as stop:
        prepare(project, silent)
    assert [f.rule for f in stop.value.findings if f.severity == "error"] == ["missing-text"]
