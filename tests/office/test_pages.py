"""Page numbers in the contents of a Word file are those of the pages on which LibreOffice prints what they lead to."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import factories
from bulletin.errors import ConfigError
from bulletin.pipeline.build import build
from bulletin.pipeline.progress import silent
from word import left_alone

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def printed(docx: Path, folder: Path) -> list[str]:
    """The text of each page, printed by the command a user would give."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(docx)]
    subprocess.run(command, check=True, capture_output=True, timeout=900)
    pdf = folder / docx.with_suffix(".pdf").name
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return text.split("\f")[:-1]


def entries(docx: Path) -> list[tuple[str, str]]:
    """Words and page of every line of contents and lists."""
    with zipfile.ZipFile(docx) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    found = []
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and re.match(r"Toc\d|TableOfFigures", str(style.get(f"{W}val"))):
            texts = [(t.text or "").replace("\u2060", "") for t in paragraph.iter(f"{W}t")]
            assert any(" PAGEREF _Toc" in (i.text or "") for i in paragraph.iter(f"{W}instrText"))
            found.append((" ".join(texts[:-1]), texts[-1]))
    return found


@pytest.mark.parametrize("layout", ["separate", "side-by-side"])
def test_every_number_is_the_page_that_is_printed(layout: str, office: object, tmp_path: Path) -> None:
    folder = factories.small_project(tmp_path / "com páginas")
    build(folder, silent, formats=("docx",), layout=layout, jobs=1, docx_pages=True)
    name = "small-pt.docx" if layout == "separate" else "small-pt-en.docx"
    pages = printed(folder / "out" / name, tmp_path)
    body = [[line for line in page.splitlines() if line.strip()][:-1] for page in pages]
    assert left_alone(folder / "out" / name, body) == []
    squeezed = [" ".join(page.replace("\u2060", "").split()) for page in pages]
    lines = entries(folder / "out" / name)
    assert len(lines) >= 11
    contents = [n for n, page in enumerate(squeezed) if "Índice de quadros" in page]
    for words, number in lines:
        first = words.split("\n")[0].split()[-1]
        assert first in squeezed[int(number) - 1], (words, number)
        assert int(number) - 1 not in contents
        # The folio in the foot of that page says the same.
        assert squeezed[int(number) - 1].endswith(f" {number}")
        assert any(re.search(rf"{re.escape(first)}\s+{number}\b", squeezed[n]) for n in contents), words
    said = json.loads((folder / "out" / "manifest.json").read_text(encoding="utf-8"))["docx_pages"]
    assert said.startswith("LibreOffice ")


def test_without_libreoffice_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULLETIN_SOFFICE", str(tmp_path / "none"))
    folder = factories.small_project(tmp_path / "sem")
    with pytest.raises(ConfigError) as refused:
        build(folder, silent, formats=("docx",), jobs=1, docx_pages=True)
    assert [f.rule for f in refused.value.findings] == ["office-missing"]
    edition = folder / "bulletin.yaml"
    edition.write_text(edition.read_text(encoding="utf-8") + "\ndocx_pages: true\n", encoding="utf-8")
    built = build(folder, silent, formats=("docx",), languages=("pt",), jobs=1)
    assert [(f.rule, f.severity.value) for f in built.findings if f.rule == "office-missing"] == [("office-missing", "warning")]
    with zipfile.ZipFile(folder / "out" / "small-pt.docx") as package:
        assert b"PAGEREF" not in package.read("word/document.xml")
