"""The stress edition: what a page can suffer from at once, built whole without a fault on any page."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from bulletin.model.finding import Severity
from bulletin.pipeline.build import Built, build
from bulletin.pipeline.progress import silent
from bulletin.pipeline.verify import verify
from factories import WHOLE, at_length
from finished import docx_text, pdf_text
from proof import faults
from stress import LONG, PROGRAMMES, write_stress

pytestmark = pytest.mark.slow
BOOKS = {"pt": "stress-validation-pt-quadros.xlsx"} | ({"en": "stress-validation-en-tables.xlsx"} if WHOLE else {})
"""By language of the edition; that with the longer words alone, where not everything is proved."""


@pytest.fixture(scope="module")
def stress(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(write_stress(tmp_path_factory.mktemp("stress")), silent, jobs=2, languages=tuple(BOOKS))


def made(stress: Built, suffix: str) -> list[Path]:
    return sorted(p for p in stress.output.iterdir() if p.suffix == f".{suffix}")


def test_no_page_has_a_fault(stress: Built) -> None:
    assert {p.name: faults(p) for p in made(stress, "pdf")} == {p.name: [] for p in made(stress, "pdf")}
    assert len(made(stress, "pdf")) == len(made(stress, "docx")) == len(BOOKS)


def test_pdf_and_docx_are_valid(stress: Built) -> None:
    assert [f for f in verify(stress.output, silent).findings if f.severity is Severity.ERROR] == []


def test_a_wide_table_is_cut_between_groups_and_says_so(stress: Built) -> None:
    for path, read in ((p, pdf_text if p.suffix == ".pdf" else docx_text) for p in (*made(stress, "pdf"), *made(stress, "docx"))):
        said = " ".join(read(path).split())
        if "-pt." in path.name:
            count = re.findall(r"\(parte 1 de (\d)\)", said)
            assert len(count) >= 2
            assert all(f"(continuação, parte {n} de {n})" in said for n in count)
            assert LONG in said or path.suffix == ".pdf"
        else:
            assert "(continued, part 2 of" in said


def test_a_table_longer_than_is_printed_is_whole_in_the_workbook(stress: Built) -> None:
    books = made(stress, "xlsx")
    assert [p.name for p in books] == sorted(BOOKS.values())
    listed = {a["path"] for a in json.loads((stress.output / "manifest.json").read_text(encoding="utf-8"))["artifacts"]}
    assert {p.name for p in books} <= listed
    for path in books:
        book = openpyxl.load_workbook(path, read_only=True)
        names = book.sheetnames
        assert len(names) == 5
        rows = sum(1 for _ in book[names[-1]].iter_rows())
        assert rows > 11 * len(PROGRAMMES)
        assert names[-1] in " ".join(docx_text(p) for p in made(stress, "docx"))


@at_length
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_libreoffice_opens_the_word_files(stress: Built, tmp_path: Path) -> None:
    paths = made(stress, "docx")
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, str(tmp_path), *map(str, paths)], check=True, capture_output=True, timeout=1800)
    assert all((tmp_path / f"{path.stem}.pdf").stat().st_size > 100_000 for path in paths)
