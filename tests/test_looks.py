"""Every look holds: the pages of the small project in the second theme and in a country's own, with logos and a picture."""

from __future__ import annotations

import zipfile
from pathlib import Path

import page as validation
import pytest
from openxml_audit import OpenXmlValidator

from bulletin.draw.draw import draw
from bulletin.pipeline.build import build
from bulletin.pipeline.edit import Composed
from bulletin.pipeline.prepare import Prepared, prepare
from bulletin.pipeline.produce import charts_of
from bulletin.pipeline.progress import silent
from bulletin.write.pdf import write_pdf
from chapters import only
from factories import at_length
from finished import docx_alternatives, pdf_alternatives
from looks import looked
from proof import faults

LOGOS = ["Logótipo do Ministério Fictício", "Logótipo do Parceiro Fictício"]
PICTURE = "Colinas desenhadas para o ensaio"


def second_theme(target: Path) -> Path:
    settings = looked(target) / "bulletin.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").partition("theme:")[0] + "theme: acacia\n", encoding="utf-8")
    return target


def test_second_theme_holds_its_pages(tmp_path: Path) -> None:
    root = second_theme(tmp_path / "p")
    build(root, silent, output=tmp_path / "out", jobs=1, languages=("pt",), formats=("pdf",))
    assert faults(tmp_path / "out" / "small-pt.pdf") == []


@pytest.mark.slow
@at_length
def test_chapters_of_the_example_hold_their_pages_in_the_second_theme(
    composed_example: tuple[Prepared, Composed], tmp_path: Path
) -> None:
    """Long chapters with every kind of exhibit, without building the example a second time."""
    prepared, composed = composed_example
    document = only(composed.documents["pt"], ("8", "A"))
    theme = prepare(second_theme(tmp_path / "p"), silent).project.theme
    boundaries = {g.file: g for g in prepared.project.geometries}
    tiles = {p.code: p.tile for p in prepared.project.country.subdivisions if p.tile}
    images = {c.id: draw(c, theme, boundaries.get(c.boundaries), tiles) for c in charts_of(document)}
    path = tmp_path / "chapters-pt.pdf"
    path.write_bytes(write_pdf(document, images, theme))
    assert faults(path) == []


def test_a_country_look_holds_its_pages_and_says_its_pictures(tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(looked(tmp_path / "p", picture=True), silent, output=out, jobs=1, languages=("pt",))
    pdf, docx = out / "small-pt.pdf", out / "small-pt.docx"
    assert faults(pdf) == []
    assert list(validation.validate_pdf_bytes(pdf.read_bytes(), profile=validation.ValidationProfile.PDF_UA_1).failures) == []
    assert sorted(a for a in pdf_alternatives(pdf) if a in (*LOGOS, PICTURE)) == sorted((PICTURE, *LOGOS))
    assert PICTURE in docx_alternatives(docx)
    with zipfile.ZipFile(docx) as package:
        body, names = package.read("word/document.xml").decode(), package.namelist()
        foot = next(n for n in names if n.startswith("word/footer") and LOGOS[0] in package.read(n).decode())
        assert package.read(foot).decode().count("svgBlip") == 1
        assert LOGOS[1] in package.read(foot).decode()
    assert '<a:srcRect l="' in body  # cropped, not distorted
    assert any(n.endswith(".jpg") for n in names)
    assert OpenXmlValidator().validate(docx).errors == []
