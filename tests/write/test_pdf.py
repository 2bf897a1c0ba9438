"""The finished PDF: valid, readable by assistive technology, inside its margins, from shipped parts only, twice the same."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass, replace
from functools import cache

import pikepdf
import pytest
from pypdf import PageObject, PdfReader
from sample import ACACIA, INDICO, images, said, sample

from accessible import accessible
from bulletin.document.blocks import Paragraph
from bulletin.document.inline import Reference
from bulletin.document.serial import tree
from bulletin.document.tree import Document
from bulletin.errors import OutputError
from bulletin.write.pdf import write_pdf
from bulletin.write.pdf.faces import faces
from bulletin.write.pdf.render import rendered
from tagged import content, tags


def made(theme: str = "indico", watermark: str = "") -> bytes:
    return _made(theme, watermark)  # so that each is made once, however it is asked for


@cache
def _made(theme: str, watermark: str) -> bytes:
    document = sample(watermark)
    return write_pdf(document, images(document), {"indico": INDICO, "acacia": ACACIA}[theme])


def changed(text: str = "Texto.", **fields: object) -> Document:
    """The sample with one paragraph in place of everything."""
    document = sample()
    section = replace(document.sections[0], blocks=(Paragraph("p", said(text)),), **fields)  # type: ignore[arg-type]
    return replace(document, cover=replace(document.cover, art=None), sections=(section,))


@pytest.mark.parametrize(("theme", "watermark"), [("indico", ""), ("acacia", "Rascunho")])
def test_valid_and_read_right_by_assistive_technology(theme: str, watermark: str) -> None:
    assert accessible(made(theme, watermark), json.loads(json.dumps(tree(sample(watermark))))) == []


def test_same_bytes_twice() -> None:
    document = sample()
    assert write_pdf(document, images(document), INDICO) == made()


def test_names_itself() -> None:
    with pikepdf.open(io.BytesIO(made())) as pdf:
        assert str(pdf.Root.Lang) == "pt-MZ"
        assert str(pdf.docinfo["/Title"]) == sample().metadata.title
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20250630")
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert titles[-2:] == ["A Anexo estatístico", "Glossário"] or "Regime não contributivo" in " ".join(titles)


def test_continuation_line_from_the_second_page_on() -> None:
    pages = [p.extract_text() for p in PdfReader(io.BytesIO(made())).pages]
    for label, sheets in (("Quadro A.1", 3), ("Quadro A.2", 2)):
        first = next(i for i, t in enumerate(pages) if label in t and "Índice" not in t)
        continued = [i for i, t in enumerate(pages) if label in t and "(continuação)" in t]
        assert continued == list(range(first + 1, first + sheets))


def test_wide_tables_stand_on_landscape_sheets_and_portrait_resumes() -> None:
    shapes = "".join("L" if p.mediabox.width > p.mediabox.height else "P" for p in PdfReader(io.BytesIO(made())).pages)
    assert re.fullmatch(r"P+LLP+", shapes)


@pytest.mark.parametrize(("theme", "watermark"), [("indico", ""), ("acacia", "Rascunho")])
def test_only_shipped_faces(theme: str, watermark: str) -> None:
    with pikepdf.open(io.BytesIO(made(theme, watermark))) as pdf:
        found = faces(pdf)
    assert found
    assert all(name.startswith("Source-S") for name in found)


@dataclass(frozen=True)
class Run:
    x: float
    y: float
    size: float
    text: str


def runs(sheet: PageObject) -> list[Run]:
    """Pieces of text of a page, in points from its lower left corner."""
    seen: list[Run] = []

    def note(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            seen.append(Run(cm[0] * tm[4] + cm[4], cm[3] * tm[5] + cm[5], size * abs(cm[3]), text))

    sheet.extract_text(visitor_text=note)
    return seen


def test_text_stays_inside_the_margins_and_is_large_enough() -> None:
    for number, sheet in enumerate(PdfReader(io.BytesIO(made())).pages[1:], 2):
        width, height = float(sheet.mediabox.width), float(sheet.mediabox.height)
        for run in runs(sheet):
            assert 50 <= run.x <= width - 50, (number, run)
            assert 25 <= run.y <= height - 25, (number, run)
            assert run.size >= 6.7, (number, run)


def test_no_page_ends_with_a_heading() -> None:
    for number, sheet in enumerate(PdfReader(io.BytesIO(made())).pages[1:], 2):
        lowest = min((run for run in runs(sheet) if run.y > 70), key=lambda run: run.y)
        assert lowest.size < 14, (number, lowest)


def test_phrases_in_another_language_say_so() -> None:
    with pikepdf.open(io.BytesIO(made())) as pdf:
        found = [(t.language, t.text) for t in tags(pdf, content(pdf)).below("Span") if "/Lang" in t.raw]
    assert found == [("en", "social protection floor")]


@pytest.mark.parametrize("missing", ["cover", "noncontributory.map", "spark.reserve"])
def test_a_missing_picture_stops_the_build(missing: str) -> None:
    document = sample()
    pictures = {k: v for k, v in images(document).items() if k != missing}
    with pytest.raises((OutputError, KeyError)) as caught:
        write_pdf(document, pictures, INDICO)
    assert isinstance(caught.value, OutputError)
    assert caught.value.findings[0].rule == "pdf-asset-refused"


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/x.png", "asset:fonts/../../x.ttf", "x.png"])
def test_unknown_addresses_are_refused(address: str) -> None:
    with pytest.raises(OutputError):
        rendered(f'<html lang="pt"><title>t</title><body><img alt="x" src="{address}">', {})


def test_reference_without_target_stops_the_build() -> None:
    document = changed()
    section = replace(document.sections[0], blocks=(Paragraph("p", (Reference("nowhere", "Quadro 9"),)),))
    with pytest.raises(OutputError) as caught:
        write_pdf(replace(document, sections=(section,)), {}, INDICO)
    assert caught.value.findings[0].rule == "pdf-render-complaint"


def test_a_sign_without_glyph_stops_the_build_and_is_named() -> None:
    with pytest.raises(OutputError) as caught:
        write_pdf(changed("Total: 漢"), {}, INDICO)
    assert caught.value.findings[0].parameters["code"] == "U+6F22"


def test_draft_mark_is_no_text() -> None:
    text = PdfReader(io.BytesIO(made("acacia", "Rascunho"))).pages[2].extract_text()
    assert "RASCUNHO" not in text.upper()
