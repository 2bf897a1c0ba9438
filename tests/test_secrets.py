"""What disclosure control hides is in no byte of anything that leaves the project."""

from __future__ import annotations

import getpass
import io
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from bulletin.pipeline.build import build
from bulletin.pipeline.progress import silent
from bulletin.pipeline.release import release
from bulletin.pipeline.site import site

ROOT = Path(__file__).parents[1]
SMALL = Path(__file__).parent / "projects" / "small"
CONFIDENTIAL, COMPLEMENT, OTHER_SOURCE, RECEIVED_SHARE = 40917, 1613, 40873, 34.0912
"""A value marked by its sender; one that would give it away; another source's; a share that was received."""
WRITTEN = re.compile(r"^library/(?:editions|files|guide)/|/guide|search-index")
"""In a library: copies of what is searched where it was built, and the documentation, which holds figures and folders as examples."""
EVERYTHING = ("pdf", "docx", "xlsx", "data", "html")
HEAD = (
    "INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,SOURCE,SCHEME,FUNCTION,OBS_STATUS,CONF_STATUS,COMMENT_PT,COMMENT_EN\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with secrets among its data, built and released."""
    folder = tmp_path_factory.mktemp("segredos") / "projecto"
    shutil.copytree(SMALL, folder, ignore=shutil.ignore_patterns("out", "work"))
    data = folder / "data" / "pensionistas.csv"
    lines = [line for line in data.read_text(encoding="utf-8").splitlines() if not re.search(r",2024,45307,", line)]
    data.write_text("\n".join(lines) + "\n", encoding="utf-8")
    total = CONFIDENTIAL + 77568 + COMPLEMENT
    data.write_text(data.read_text(encoding="utf-8").replace("124488", str(total)), encoding="utf-8")
    (folder / "data" / "segredos.csv").write_text(
        HEAD
        + f"PENSIONERS,MZ,2024,{CONFIDENTIAL},PERS,PRIMEIRA,INSS,OLD_AGE,P,C,são {CONFIDENTIAL} pessoas,these are {CONFIDENTIAL} people\n"
        + f"PENSIONERS,MZ,2024,{OTHER_SOURCE},PERS,SEGUNDA,INSS,OLD_AGE,A,F,,\n"
        + f"PENSIONERS_SHARE,MZ,2024,{RECEIVED_SHARE},PT,PRIMEIRA,INSS,OLD_AGE,A,F,,\n",
        encoding="utf-8",
    )
    build(folder, silent, formats=EVERYTHING, jobs=1)
    site([folder / "out"], folder / "library", silent)
    release(folder, silent)
    return folder


def forms(value: float) -> Iterator[str]:
    """Every way in which a number may be written."""
    if value != int(value):
        text = f"{value:g}"
        yield from (text, text.replace(".", ","), f"{value:.1f}", f"{value:.1f}".replace(".", ","), f"{value / 100:.4f}")
        return
    plain = str(int(value))
    yield plain
    yield from (f"{value / 1000:.3f}", f"{value / 1000:.3f}".replace(".", ","))
    for mark in (" ", "\u00a0", "\u202f", "\u2009", ",", "."):
        if len(plain) > 3:
            yield f"{plain[:-3]}{mark}{plain[-3:]}"


def contents(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The file, and everything packed into it."""
    yield name, data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for member in package.namelist():
                yield from contents(f"{name}/{member}", package.read(member))
    elif data[:5] == b"%PDF-":
        yield f"{name} as text", subprocess.run(["pdftotext", "-", "-"], input=data, check=True, capture_output=True).stdout
        with pikepdf.open(io.BytesIO(data)) as document:
            for attached, file in document.attachments.items():
                yield from contents(f"{name}/{attached}", file.get_file().read_bytes())
            for number, item in enumerate(document.objects):
                yield f"{name} object {number}", "\n".join(strings(item, 0)).encode()
                if isinstance(item, pikepdf.Stream) and item.get("/Subtype") != "/Image" and "/Length1" not in item:
                    yield from contents(f"{name} stream {number}", item.read_bytes())


def strings(item: object, depth: int) -> Iterator[str]:
    if depth > 8:
        return
    if isinstance(item, pikepdf.String):
        yield str(item)
    elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        for value in item.values():
            if not getattr(value, "is_indirect", False):
                yield from strings(value, depth + 1)
    elif isinstance(item, pikepdf.Array):
        for value in item:
            if not getattr(value, "is_indirect", False):
                yield from strings(value, depth + 1)


Parts = list[tuple[str, bytes]]


@pytest.fixture(scope="module")
def parts(folder: Path) -> Parts:
    places = [folder / p for p in ("out", "editions", "review", "overrides")]
    shown = folder / "work" / "parity.html"  # handed to translators
    library = [p for p in sorted((folder / "library").rglob("*")) if not WRITTEN.search(p.relative_to(folder).as_posix())]
    files = [shown, *library, *(p for place in places for p in sorted(place.rglob("*")))]
    files = [p for p in files if p.is_file()]
    return [part for p in files for part in contents(p.relative_to(folder).as_posix(), p.read_bytes())]


def found(parts: Parts, *values: float) -> dict[str, list[str]]:
    texts = [text for value in values for text in forms(value)]
    wanted = re.compile(rb"(?<!\d)(" + b"|".join(re.escape(t.encode()) for t in texts) + rb")(?!\d)")
    hits: dict[str, list[str]] = {}
    for name, data in parts:
        for hit in set(wanted.findall(data)):
            hits.setdefault(hit.decode(), []).append(name)
    return hits


def test_a_secret_is_in_no_byte(parts: Parts) -> None:
    assert {"out/parity.json", "work/parity.html"} <= {name for name, _ in parts}
    assert found(parts, CONFIDENTIAL, COMPLEMENT, OTHER_SOURCE, RECEIVED_SHARE) == {}


def test_the_search_finds_what_is_printed(parts: Parts) -> None:
    """The same search, for a figure that may be known: it must be found in the page, the document and the files beside."""
    names = {name for hits in found(parts, 77568).values() for name in hits}
    for kind in (
        "pdf as text",
        "pdf/quadro-2-2.csv",
        "pdf/table-2-2.csv",
        "word/document.xml",
        "small-pt.xlsx/xl/worksheets",
        "small-data.zip/observations.csv",
        "small-data.zip/tables/",
        "small-data.zip/facts.json",
        "small-web/pt/pensions.html",
        "small-web/en/data/table-2-2.csv",
        "small-web/pt/data/quadro-2-2.xlsx/xl/worksheets",
        "library/pt/indicator-pensioners.html",
        "facts.json",
        "table.csv",
        "document.pt.json",
        "document.en.json",
    ):
        assert any(kind in n for n in names), kind


def test_a_reader_learns_only_that_figures_are_hidden(folder: Path) -> None:
    for path in sorted((folder / "out").glob("*.json")):
        text = path.read_text(encoding="utf-8")
        assert "complement" not in text
        assert '"conf_status": "S"' not in text


def test_why_is_said_in_private(folder: Path) -> None:
    log = folder / "work" / "suppression.json"
    assert log.stat().st_mode & 0o077 == 0
    cells = {c["key"]: c for c in json.loads(log.read_text(encoding="utf-8"))["cells"]}
    secret = cells["PENSIONERS.MZ.scheme=INSS.function=OLD_AGE@2024"]
    assert (secret["kind"], secret["rule"]) == ("primary", "declared")
    assert cells["PENSIONERS.MZ.scheme=INSS.function=DISABILITY@2024"]["kind"] == "secondary"
    assert all(c["interval"][1] - c["interval"][0] >= 5 for c in cells.values() if c["interval"])


def test_no_file_says_where_and_by_whom_it_was_made(parts: Parts, folder: Path) -> None:
    """Neither in the file itself nor in one inside it: no folder of this machine, no name of its user or of itself."""
    said = {str(folder), str(folder.parent), str(ROOT), str(Path.home()) + "/", socket.gethostname(), tempfile.gettempdir() + "/"}
    users = {u for u in (getpass.getuser(), os.environ.get("USER", "")) if len(u) > 4}
    wanted = re.compile(b"|".join(re.escape(t.encode()) for t in said | users if len(t) > 3))
    assert [(name, wanted.findall(data)[:2]) for name, data in parts if wanted.search(data)] == []


def test_no_workbook_in_a_finished_file_works_anything_out(parts: Parts) -> None:
    sheets = [(name, data) for name, data in parts if "xl/worksheets/" in name]
    assert sheets
    outside = re.compile(rb"<f[ >]|<hyperlink [^>]*r:id")
    assert [name for name, data in sheets if outside.search(data)] == []
