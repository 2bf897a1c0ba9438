"""`bulletin verify`: nothing said of what the program makes, and each kind of damage named in plain words."""

from __future__ import annotations

import io
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from typer.testing import CliRunner

from bulletin.cli import app
from bulletin.load.messages import load_messages
from bulletin.model.finding import Finding, Severity
from bulletin.pipeline.messages import message
from bulletin.pipeline.progress import silent
from bulletin.pipeline.verify import verify
from bulletin.verify.docx import check_docx
from bulletin.verify.pdf import check_pdf


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["verify", *arguments])
    return result.exit_code, result.output


def rules(findings: list[Finding]) -> set[str]:
    return {f.rule for f in findings}


@pytest.fixture
def out(small_out: Path, tmp_path: Path) -> Path:
    return shutil.copytree(small_out, tmp_path / "saída nova")


def test_what_was_built_has_no_fault(small_out: Path) -> None:
    verified = verify(small_out, silent)
    assert verified.findings == ()
    assert {f.name for f in verified.files} == {
        "small-data.zip",
        *(f"small-{language}.{kind}" for language in ("en", "pt") for kind in ("docx", "pdf", "xlsx")),
    }
    assert all(f.counts["attachments"] == f.counts["tables"] == 3 for f in verified.files if f.name.endswith(".pdf"))
    code, said = run(str(small_out), "--messages", "en")
    assert code == 0
    assert "faults 0, not checked 0" in said


def test_a_file_that_was_changed_or_is_gone_is_named(out: Path) -> None:
    (out / "facts.json").unlink()
    with (out / "table.csv").open("ab") as table:
        table.write(b"\n")
    verified = verify(out, silent)
    assert {(f.rule, f.key) for f in verified.findings} == {
        ("verify-file-missing", "facts.json"),
        ("verify-file-changed", "table.csv"),
    }
    code, said = run(str(out), "--messages", "pt")
    assert code == 1
    assert "table.csv: não é o ficheiro que foi construído" in said


def test_half_a_file_is_told_without_a_traceback(small_out: Path, tmp_path: Path) -> None:
    for name in ("small-pt.pdf", "small-pt.docx"):
        data = (small_out / name).read_bytes()
        for cut in (0, 100, len(data) // 2):
            path = tmp_path / name
            path.write_bytes(data[:cut])
            code, said = run(str(path), "--messages", "en")
            assert code == 1, (name, cut)
            assert name in said
            assert "Traceback" not in said


def test_nothing_to_check_is_a_mistake_of_use(tmp_path: Path) -> None:
    assert run(str(tmp_path))[0] == 2
    assert run(str(tmp_path / "nowhere.pdf"))[0] == 2


def test_without_validators_the_rest_is_checked_and_it_is_said_how_to_get_them(
    small_out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("page", "openxml_audit"):
        monkeypatch.setitem(sys.modules, name, None)
    found = verify(small_out, silent).findings
    assert {(f.rule, f.severity) for f in found} == {("verify-not-checked", Severity.WARNING)}
    assert {f.parameters["standard"] for f in found} == {"PDF/UA-1", "PDF/A-3a", "Open XML"}
    code, said = run(str(small_out), "--messages", "en")
    assert code == 0
    assert 'pip install "bulletin[verify]"' in said
    assert run(str(small_out), "--strict")[0] == 1


def _elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [i for i in pdf.objects if isinstance(i, pikepdf.Dictionary) and i.get("/S") == kind]


def _no_alternative(pdf: pikepdf.Pdf) -> None:
    del _elements(pdf, "/Figure")[0]["/Alt"]


def _long_alternative(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "/Figure")[0].Alt = pikepdf.String("x " * 200)


def _file_name(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "/Figure")[0].Alt = pikepdf.String("grafico1.png")


def _stamp(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[2]
    font = next(iter(page.obj.Resources.Font.keys()))
    page.contents_add(f"BT {font} 12 Tf <0003> Tj ET".encode())


def _headers(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "/TD")[3].A.Headers = pikepdf.Array([])


def _titles(pdf: pikepdf.Pdf) -> None:
    for caption in _elements(pdf, "/Caption"):
        caption.S = pikepdf.Name("/Div")


def _level(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "/H2")[0].S = pikepdf.Name("/H4")


def _bookmarks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Outlines"]


def _link(pdf: pikepdf.Pdf) -> None:
    next(a for p in pdf.pages for a in p.obj.get("/Annots", [])).Contents = pikepdf.String("")


def _target(pdf: pikepdf.Pdf) -> None:
    next(a for p in pdf.pages for a in p.obj.get("/Annots", [])).Dest = pikepdf.String("b-elsewhere")


def _attachment(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF[0][pikepdf.Name("/AFRelationship")]


def _untagged(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]


def _printed_again(pdf: pikepdf.Pdf) -> None:
    for key in ("/Metadata", "/Lang", "/ViewerPreferences"):
        del pdf.Root[key]


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (_no_alternative, {"verify-alternative-missing"}),
        (_long_alternative, {"verify-alternative-long"}),
        (_file_name, {"verify-alternative-name"}),
        (_stamp, {"verify-loose-text"}),
        (_headers, {"verify-table-headers"}),
        (_titles, {"verify-table-title"}),
        (_level, {"verify-heading"}),
        (_bookmarks, {"verify-no-bookmarks"}),
        (_link, {"verify-link-name"}),
        (_target, {"verify-link-target"}),
        (_attachment, {"verify-attachment"}),
        (_untagged, {"verify-untagged"}),
        (_printed_again, {"verify-undeclared", "verify-no-title", "verify-no-language"}),
    ],
)
def test_damage_to_a_pdf_is_named(small_out: Path, spoil: Callable[[pikepdf.Pdf], None], expected: set[str]) -> None:
    with pikepdf.open(small_out / "small-pt.pdf") as pdf:
        spoil(pdf)
        spoilt = io.BytesIO()
        pdf.save(spoilt)
    assert_told(list(check_pdf("small-pt.pdf", spoilt.getvalue())), expected)


@pytest.mark.parametrize(
    ("part", "old", "new", "expected"),
    [
        ("word/document.xml", b' descr="', b' descr="" x="', {"verify-alternative-missing"}),
        ("word/document.xml", b"<w:tblHeader/>", b"", {"verify-header-row"}),
        ("word/document.xml", b'w:val="Heading2"', b'w:val="Heading3"', {"verify-heading"}),
        ("word/document.xml", b"</w:body>", b"</w:bod>", {"verify-part"}),
        ("docProps/core.xml", b"<dc:title>", b"<dc:title/><dc:rights>", {"verify-part"}),
        ("word/styles.xml", b'<w:lang w:val="', b'<w:lang w:x="', {"verify-no-language"}),
        ("word/_rels/document.xml.rels", b'Target="', b'Target="gone/', {"verify-relation"}),
        ("[Content_Types].xml", b'Extension="png"', b'Extension="gnp"', {"verify-part"}),
    ],
)
def test_damage_to_a_word_file_is_named(small_out: Path, part: str, old: bytes, new: bytes, expected: set[str]) -> None:
    spoilt = io.BytesIO()
    with zipfile.ZipFile(small_out / "small-pt.docx") as package, zipfile.ZipFile(spoilt, "w") as other:
        for name in package.namelist():
            data = package.read(name)
            assert name != part or old in data
            other.writestr(name, data.replace(old, new) if name == part else data)
    found = list(check_docx("small-pt.docx", spoilt.getvalue()))
    assert expected <= rules(found)
    assert_told(found, rules(found))


def assert_told(found: list[Finding], expected: set[str]) -> None:
    """With a sentence in both languages for each."""
    assert rules(found) == expected
    for language in ("pt", "en"):
        texts = load_messages(language)
        assert all("{" not in message(f, texts) and f.rule not in message(f, texts) for f in found)
