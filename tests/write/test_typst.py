"""The PDF by Typst: as valid as the other, the same words in the same order, nothing in the data read as markup."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from functools import cache

import pikepdf
import pytest
from pypdf import PdfReader
from sample import ACACIA, INDICO, images, said, sample

from accessible import accessible
from both_engines import chapters
from bulletin.document.blocks import Paragraph, Table
from bulletin.document.inline import Reference
from bulletin.document.serial import tree
from bulletin.document.tree import Document, walk
from bulletin.errors import OutputError
from bulletin.write.pdf import write_pdf
from bulletin.write.pdf.faces import faces
from bulletin.write.typst import write_typst_pdf
from bulletin.write.typst.preview import previewed


@cache
def made(theme: str = "indico", watermark: str = "") -> bytes:
    document = sample(watermark)
    return write_typst_pdf(document, images(document), {"indico": INDICO, "acacia": ACACIA}[theme])


@cache
def of_record() -> bytes:
    document = sample()
    return write_pdf(document, images(document), INDICO)


def changed(*blocks: Paragraph) -> Document:
    """The sample with some paragraphs in place of everything."""
    document = sample()
    section = replace(document.sections[0], blocks=blocks)
    return replace(document, cover=replace(document.cover, art=None), sections=(section,))


@pytest.mark.parametrize(("theme", "watermark"), [("indico", ""), ("acacia", "Rascunho")])
def test_valid_and_read_right_by_assistive_technology(theme: str, watermark: str) -> None:
    assert accessible(made(theme, watermark), json.loads(json.dumps(tree(sample(watermark))))) == []


def test_same_bytes_twice() -> None:
    document = sample()
    assert write_typst_pdf(document, images(document), INDICO) == made()


def test_both_engines_say_the_same_in_the_same_order() -> None:
    document = sample()
    one, other = chapters(of_record()), chapters(made())
    assert len(one) == len(other) == len(document.sections) + 1
    assert one == other


def test_pages_are_those_of_the_other_engine() -> None:
    """Same number, same shapes: what stands on a lying sheet in one does so in the other."""
    one, other = (PdfReader(io.BytesIO(data)).pages for data in (of_record(), made()))
    assert [p.mediabox.width > p.mediabox.height for p in one] == [p.mediabox.width > p.mediabox.height for p in other]


def test_continuation_line_from_the_second_page_on() -> None:
    texts = [p.extract_text() for p in PdfReader(io.BytesIO(made())).pages]
    for label, sheets in (("Quadro A.1", 3), ("Quadro A.2", 2)):
        first = next(i for i, t in enumerate(texts) if label in t and "Índice" not in t)
        assert [i for i, t in enumerate(texts) if label in t and "(continuação)" in t] == list(range(first + 1, first + sheets))


def test_only_shipped_faces() -> None:
    with pikepdf.open(io.BytesIO(made())) as pdf:
        found = faces(pdf)
        assert str(pdf.docinfo["/Producer"]).startswith("Typst")
    assert found
    assert all(name.startswith("SourceS") for name in found)


MARKUP = '#image("/etc/passwd") $x^2$ *a* _b_ `c` @d <e> = f\\ // g /* h */ \\u{41} #let i = 1; [j] -- --- ~ "k\\" #eval("1")'


def test_nothing_in_the_data_is_markup() -> None:
    data = write_typst_pdf(changed(Paragraph("p", said(MARKUP))), {}, INDICO)
    assert "".join(MARKUP.split()) in "".join(chapters_of_case(data).split())


def chapters_of_case(data: bytes) -> str:
    from tagged import content, tags

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return tags(pdf, content(pdf)).text


def test_a_hyphen_repeated_at_the_head_of_a_line_is_said_once() -> None:
    text = " ".join("um" * (n % 7 + 1) + " situar-se-iam" for n in range(60))
    data = write_typst_pdf(changed(Paragraph("p", said(text.strip()))), {}, INDICO)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert b"/ActualText()" in pdf.pages[-1].Contents.read_bytes(), "no line ends in a hyphen of the spelling"
    assert "".join(text.split()) in "".join(chapters(data))


def test_a_missing_picture_stops_the_build() -> None:
    document = sample()
    with pytest.raises(OutputError) as caught:
        write_typst_pdf(document, {k: v for k, v in images(document).items() if k != "noncontributory.map"}, INDICO)
    assert caught.value.findings[0].rule == "pdf-asset-refused"


def test_a_reference_without_target_stops_the_build() -> None:
    with pytest.raises(OutputError) as caught:
        write_typst_pdf(changed(Paragraph("p", (Reference("nowhere", "Quadro 9"),))), {}, INDICO)
    assert caught.value.findings[0].rule == "pdf-render-complaint"


def test_a_sign_without_glyph_stops_the_build_and_is_named() -> None:
    with pytest.raises(OutputError) as caught:
        write_typst_pdf(changed(Paragraph("p", said("Total: 漢"))), {}, INDICO)
    assert caught.value.findings[0].parameters["code"] == "U+6F22"


def test_a_preview_shows_the_same_pages() -> None:
    document = sample()
    pages = previewed(document, images(document), INDICO, "svg")
    assert len(pages) == len(PdfReader(io.BytesIO(made())).pages)
    assert all(page.startswith(b"<svg") for page in pages)
    (data,) = previewed(document, images(document), INDICO)
    assert data.startswith(b"%PDF")


def test_a_page_left_empty_before_the_key_results() -> None:
    """They take two pages that face each other; the page before them may have nothing on it, not even a number."""
    document = sample()
    sections = tuple(s for s in document.sections if s.id != "contents")
    data = write_typst_pdf(replace(document, sections=sections), images(document), INDICO)
    texts = [p.extract_text().strip() for p in PdfReader(io.BytesIO(data)).pages]
    first = next(n for n, t in enumerate(texts) if t.startswith("Principais resultados"))
    assert first % 2 == 1
    assert ("" in texts) == (texts[first - 1] == "")
    assert "" in texts


def test_the_line_over_a_continued_table_ends_with_it_although_it_has_no_notes() -> None:
    document = sample()
    table = next(b for b in walk(document.sections) if isinstance(b, Table) and b.label == "Quadro A.1")
    section = replace(
        document.sections[-2], opening=None, blocks=(replace(table, notes=()), Paragraph("p", said("Fim."))), sections=()
    )
    data = write_typst_pdf(replace(document, sections=(section, document.sections[-1])), images(document), INDICO)
    texts = [p.extract_text() for p in PdfReader(io.BytesIO(data)).pages]
    assert ["continuação" in text for text in texts] == [False, False, True, True, False]
