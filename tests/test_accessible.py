"""The small project's PDF on its own terms, in every language and on every theme; and the checker itself, which must find faults."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from accessible import accessible, tree
from bulletin.pipeline.issue import issued
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.produce import produce
from bulletin.pipeline.progress import silent
from bulletin.pipeline.workers import Pool

if TYPE_CHECKING:
    from bulletin.pipeline.edit import Composed
    from bulletin.pipeline.prepare import Prepared

SMALL = Path(__file__).parent / "projects" / "small"


@pytest.mark.parametrize("language", ["pt", "en"])
def test_the_small_bulletin_is_valid_and_read_right(small_out: Path, language: str) -> None:
    assert accessible((small_out / f"small-{language}.pdf").read_bytes(), tree(small_out, language)) == []


def test_so_it_is_on_the_other_theme(composed_small: tuple[Prepared, Composed], small_out: Path, tmp_path: Path) -> None:
    prepared, composed = composed_small
    folder = shutil.copytree(SMALL, tmp_path / "other", ignore=shutil.ignore_patterns("out", "work"))
    with (folder / "bulletin.yaml").open("a", encoding="utf-8") as config:
        config.write("\ntheme: acacia\n")
    other = prepare(folder, silent)
    assert other.project.theme != prepared.project.theme
    document = composed.documents["pt"]
    (made,) = produce([document], other, issued(prepared, composed, [document], "test"), ["pdf"], Pool(1), silent)
    assert accessible(made.data, tree(small_out, "pt")) == []


def _no_headers(pdf: pikepdf.Pdf) -> None:
    cell = next(i for i in pdf.objects if isinstance(i, pikepdf.Dictionary) and i.get("/S") == "/TD")
    cell.A.Headers = pikepdf.Array([])


def _no_caption(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Caption":
            item.S = pikepdf.Name("/Div")


def _other_language(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("fr")


def _file_name_as_alternative(pdf: pikepdf.Pdf) -> None:
    figure = next(i for i in pdf.objects if isinstance(i, pikepdf.Dictionary) and i.get("/S") == "/Figure")
    figure.Alt = pikepdf.String("chart.svg")


def _skipped_level(pdf: pikepdf.Pdf) -> None:
    heading = next(i for i in pdf.objects if isinstance(i, pikepdf.Dictionary) and i.get("/S") == "/H2")
    heading.S = pikepdf.Name("/H3")


def _address_as_name(pdf: pikepdf.Pdf) -> None:
    link = next(a for page in pdf.pages for a in page.obj.get("/Annots", []))
    link.Contents = link.Dest


def _head_as_content(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[3]
    page.contents_coalesce()
    page.obj.Contents = pdf.make_stream(
        page.Contents.read_bytes().replace(b"/Artifact\n<</Type /Pagination>>\nBDC", b"/P\nBMC", 1)
    )


def _another_value(pdf: pikepdf.Pdf) -> None:
    file = pdf.Root.AF[0].EF.F
    file.write(file.read_bytes().replace(b"2024", b"2025").replace(b"36", b"37"))


def _a_bookmark_less(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.pop()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_no_headers, "names other headers"),
        (_no_caption, "caption"),
        (_other_language, "language"),
        (_file_name_as_alternative, "alternative text"),
        (_skipped_level, "is followed by"),
        (_address_as_name, "is named"),
        (_head_as_content, "neither content nor artifact"),
        (_another_value, ".csv"),
        (_a_bookmark_less, "bookmarks for"),
    ],
)
def test_the_checker_finds(small_out: Path, spoil: Callable[[pikepdf.Pdf], None], said: str) -> None:
    with pikepdf.open(small_out / "small-pt.pdf") as pdf:
        spoil(pdf)
        spoilt = io.BytesIO()
        pdf.save(spoilt)
    assert any(said in fault for fault in accessible(spoilt.getvalue(), tree(small_out, "pt")))
