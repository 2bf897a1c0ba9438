"""A build sent out for review: what its files ask, what is kept of it, and that nothing kept is ever replaced."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from bulletin.document.issued_json import decode_issued
from bulletin.errors import OutputError
from bulletin.model.finding import Finding, Severity
from bulletin.model.override import Reviewer
from bulletin.model.review import Answer, Query
from bulletin.model.round import Asked
from bulletin.pipeline.build import Built, build
from bulletin.pipeline.comments import Earlier, comments_of
from bulletin.pipeline.issue import issued
from bulletin.pipeline.progress import silent

if TYPE_CHECKING:
    from bulletin.pipeline.edit import Composed
    from bulletin.pipeline.prepare import Prepared

SMALL = Path(__file__).parents[1] / "projects" / "small"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WAIVER = """
waivers:
  - rule: sources-differ
    key: PENSIONERS.MZ.scheme=INSS@2021
    reason: {pt: Série revista., en: Revised series.}
    role: {pt: Editora, en: Editor}
    date: 2025-01-20
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rever") / "país com espaço"
    return shutil.copytree(SMALL, folder, ignore=shutil.ignore_patterns("out", "work"))


@pytest.fixture(scope="module")
def sent(project: Path) -> Built:
    """Side by side, as translators read it."""
    return build(project, silent, jobs=1, layout="side-by-side", for_review=True)


@pytest.fixture(scope="module")
def parts(sent: Built) -> dict[str, bytes]:
    with zipfile.ZipFile(sent.output / "small-pt-en-review.docx") as package:
        return {name: package.read(name) for name in package.namelist()}


def words(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(W + "t"))


def test_the_files_stand_apart_from_what_is_published(project: Path, sent: Built) -> None:
    assert sent.output == project / "review" / "out"
    assert not (project / "out").exists()
    assert {p.suffix for p in sent.output.iterdir()} == {".docx", ".json", ".csv"}


def test_changes_are_recorded_and_the_page_after_the_cover_says_how_to_review(parts: dict[str, bytes], sent: Built) -> None:
    assert b"<w:trackRevisions/>" in parts["word/settings.xml"]
    body = etree.fromstring(parts["word/document.xml"])[0]
    first = [words(p) for p in body.iter(W + "p") if words(p)]
    at = next(n for n, text in enumerate(first) if text.startswith("Como rever este documento"))
    assert at < 8
    assert any("How to review" in text for text in first)
    assert any(sent.issued in text for text in first[at : at + 25])


def test_a_comment_stands_where_its_figure_is_printed(parts: dict[str, bytes], sent: Built, project: Path) -> None:
    comments = etree.fromstring(parts["word/comments.xml"])
    (comment,) = comments
    said = decode_issued((project / "review" / "issued" / sent.issued / "issued.pt-en.json").read_bytes())
    assert comment.get(W + "author") == said.author == "Programa do boletim"
    assert comment.get(W + "date") == "2025-01-31T00:00:00Z"
    assert "103 540" in words(comment).replace("\u00a0", " ")
    assert "PENSIONERS" not in words(comment)
    body = etree.fromstring(parts["word/document.xml"])
    start, end = (body.find(f".//{W}commentRange{side}[@{W}id='0']") for side in ("Start", "End"))
    assert start.getparent() is end.getparent()
    assert "Pensionistas" in words(start.getparent())
    assert body.find(f".//{W}commentReference[@{W}id='0']") is not None


def test_the_record_is_whole_and_names_the_files(project: Path, sent: Built) -> None:
    import hashlib

    folder = project / "review" / "issued" / sent.issued
    assert {p.name for p in folder.iterdir()} == {
        "document.en.json", "document.pt.json", "facts.json", "issued.json", "issued.pt-en.json",
    }  # fmt: skip
    index = json.loads((folder / "issued.json").read_text(encoding="utf-8"))
    assert (index["build"], index["edition"], index["project"], index["layout"]) == (sent.issued, "small", "MZ", "side-by-side")
    (file,) = index["files"]
    assert file["sha256"] == hashlib.sha256((sent.output / file["path"]).read_bytes()).hexdigest()
    said = decode_issued((folder / "issued.pt-en.json").read_bytes())
    assert {"review.heading", "review.build"} <= {b.id for b in said.blocks if not b.editable}
    assert next(b for b in said.blocks if b.id == "cover.title").source == "bulletin.yaml"


def test_the_same_build_again_changes_nothing_and_another_under_its_id_is_refused(
    project: Path, sent: Built, parts: dict[str, bytes]
) -> None:
    folder = project / "review" / "issued" / sent.issued
    before = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()}
    data = (sent.output / "small-pt-en-review.docx").read_bytes()
    again = build(project, silent, jobs=1, layout="side-by-side", for_review=True)
    assert again.issued == sent.issued
    assert (sent.output / "small-pt-en-review.docx").read_bytes() == data
    assert {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()} == before
    (folder / "issued.pt-en.json").write_bytes(b"{}")
    with pytest.raises(OutputError) as raised:
        build(project, silent, jobs=1, layout="side-by-side", for_review=True)
    assert [(f.rule, f.parameters["files"]) for f in raised.value.findings] == [("issued-differs", "issued.pt-en.json")]
    (folder / "issued.pt-en.json").write_bytes(before["issued.pt-en.json"][0])


def test_other_words_and_other_comments_are_another_build(project: Path, sent: Built, tmp_path: Path) -> None:
    other = shutil.copytree(project, tmp_path / "other")
    with (other / "bulletin.yaml").open("a", encoding="utf-8") as stream:
        stream.write(WAIVER)
    built = build(other, silent, jobs=1, languages=["pt"], for_review=True)
    assert built.issued != sent.issued
    with zipfile.ZipFile(built.output / "small-pt-review.docx") as package:
        found = [words(c) for c in etree.fromstring(package.read("word/comments.xml"))]
    assert found
    assert all(c.startswith("Diferença aceite:") and c.endswith("Motivo: Série revista.") for c in found)


def test_answers_and_open_questions_stand_at_their_blocks(composed_small: tuple[Prepared, Composed]) -> None:
    prepared, composed = composed_small
    records = tuple(issued(prepared, composed, tuple(composed.documents.values()), "").values())
    question = Query("table-cell", "pensioners.table", "pt", "91,0", "92,0", cell="Total / 2020", authors=(Reviewer("Ana"),))
    earlier = Earlier((Answer("people.lede", "pt", "Fica.", "Rui", "Porquê?"),), (Asked("q-1", question, "open", "91,0"),))
    block = next(b.id for b in records[0].blocks if b.kind == "text")
    earlier = replace(earlier, answers=(replace(earlier.answers[0], block=block),))
    found = {(c.block, c.language): c.text for c in comments_of(prepared, composed, (), records, earlier)}
    assert set(found) == {(block, "pt"), ("pensioners", "pt")}
    assert found[block, "pt"] == "Resposta ao comentário de Rui («Porquê?»): Fica."
    assert "92,0" in found["pensioners", "pt"]
    assert found["pensioners", "pt"].startswith("Ana: ")


def test_a_stale_translation_is_shown_with_what_has_changed(composed_small: tuple[Prepared, Composed]) -> None:
    prepared, composed = composed_small
    records = tuple(issued(prepared, composed, tuple(composed.documents.values()), "").values())
    block = next(b for b in records[1].blocks if b.kind == "text")
    parameters = {"edited": "pt", "before": "Antes.", "after": "Depois.", "text": block.text, "name": block.id, "language": "en"}
    stale = Finding("translation-stale", Severity.WARNING, key=f"{block.section}/{block.id}@en", parameters=parameters)
    (comment,) = comments_of(prepared, composed, (stale,), records)
    assert (comment.block, comment.language) == (block.id, "en")
    assert "‘Antes.’" in comment.text
    assert "‘Depois.’" in comment.text


def validator() -> str | None:
    local = Path(__file__).parents[1] / "tools" / "node_modules" / ".bin" / "ooxml-validator"
    return os.environ.get("OOXML_VALIDATOR") or (str(local) if local.exists() else shutil.which("ooxml-validator"))


@pytest.mark.skipif(validator() is None, reason="Open XML validator not installed: npm ci --prefix tests/tools")
def test_open_xml_validator_finds_nothing(sent: Built) -> None:
    command = [str(validator()), str(sent.output / "small-pt-en-review.docx")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert json.loads(result.stdout)["errors"] == []


def test_open_xml_audit_finds_nothing(sent: Built) -> None:
    audit = pytest.importorskip("openxml_audit")
    assert audit.OpenXmlValidator().validate(str(sent.output / "small-pt-en-review.docx")).errors == []
