"""The report of a check: for machines, for reading, for signing; and the signed sheet read back."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from bulletin.cli import app
from factories import small_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = small_project(tmp_path / "pequeno")
    for file, old, new in (
        ("bulletin.yaml", "demonstration: true", "demonstration: false"),
        ("config/sources.yaml", "id: PRIMEIRA", "id: PRIMEIRA\n    institution: INSS"),
        ("data/pensionistas.csv", "77568", "77569"),
    ):
        path = made / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return made


def run(project: Path, *options: str, code: int) -> str:
    result = CliRunner().invoke(app, ["check", str(project), "--messages", "en", *options])
    assert result.exit_code == code, result.output
    return result.stdout


def test_json_names_file_cell_rule_and_institution(project: Path, tmp_path: Path) -> None:
    run(project, "--report", "json", "--output", str(tmp_path / "r.json"), code=1)
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    found = {f["rule"]: {**f, "file": group["file"]} for group in report["files"] for f in group["findings"]}
    told = found["sum-of-parts"]
    assert (told["file"], told["cell"], told["institution"]) == ("data/pensionistas.csv", "7", "INSS")
    assert told["key"] in told["message"]
    assert report["counts"]["error"] == sum(f["severity"] == "error" for g in report["files"] for f in g["findings"])


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_page_stands_alone_and_is_marked_up_for_everybody(project: Path, tmp_path: Path) -> None:
    run(project, "--report", "html", "--output", str(tmp_path / "r.html"), code=1)
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    page = _Page()
    page.feed(text)
    assert page.open == []
    assert not re.search(r"https?:|<script|<img|<link|url\(", text)
    assert dict(page.tags)["html"]["lang"] == "en"
    assert [t for t, _ in page.tags].count("h1") == 1
    assert all(a.get("scope") == "col" for t, a in page.tags if t == "th")
    ids = {a["id"] for _, a in page.tags if "id" in a}
    assert {str(a["href"])[1:] for t, a in page.tags if t == "a"} <= ids
    assert "prefers-color-scheme:dark" in text


def filled(sheet: bytes, answer: dict[str, str], figure: str = "Agreed") -> bytes:
    """The sheet as an institution sends it back, saved by another program."""
    book = load_workbook(io.BytesIO(sheet))
    page = book["Approval"]
    for row in range(5, page.max_row + 1):
        name = page.cell(row, 1).value
        if name:
            page.cell(row, 8).value = answer.get(name) if name in ("decision", "role", "date", "remark") else figure
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


ANSWER = {"decision": "Approved", "role": 'Studies: "statistics"', "date": "2025-01-20"}
NO_APPROVALS = [
    ({**ANSWER, "date": "yesterday"}, "Agreed"), ({**ANSWER, "decision": "Not approved"}, "Agreed"), (ANSWER, "In doubt"),
    ({"role": "Studies"}, "Agreed"),
]  # fmt: skip


def test_a_signed_sheet_becomes_approvals_that_let_the_edition_be_final(project: Path, tmp_path: Path) -> None:
    data, sheet = project / "data" / "pensionistas.csv", tmp_path / "signed.xlsx"
    data.write_text(data.read_text(encoding="utf-8").replace("77569", "77568"), encoding="utf-8")
    run(project, "--report", "xlsx", "--output", str(sheet), code=1)
    empty = sheet.read_bytes()
    options = []
    for n, (answer, figure) in enumerate(NO_APPROVALS):
        (tmp_path / f"{n}.xlsx").write_bytes(filled(empty, answer, figure))
        options += ["--approvals", str(tmp_path / f"{n}.xlsx")]
    assert run(project, *options, "-q", code=0).strip() == "approvals: []"
    sheet.write_bytes(filled(empty, ANSWER))
    lines = run(project, "--approvals", str(sheet), "-q", code=0)
    path = project / "bulletin.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n" + lines, encoding="utf-8")
    run(project, code=0)
    data.write_text(data.read_text(encoding="utf-8").replace("91000", "92000"), encoding="utf-8")
    assert run(project, "--approvals", str(sheet), "-q", code=1).strip() == "approvals: []"
