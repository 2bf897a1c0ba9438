"""The finished PDF: valid, readable by assistive technology, inside its margins, from shipped parts only, twice the same."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from functools import cache

import page as validation
import pikepdf
import pytest
from pypdf import PageObject, PdfReader
from sample import ACACIA, INDICO, images, said, sample

from bulletin.document.blocks import Paragraph, Table
from bulletin.document.inline import Reference, plain
from bulletin.document.tree import Document, walk
from bulletin.errors import OutputError
from bulletin.write.pdf import write_pdf
from bulletin.write.pdf.faces import faces
from bulletin.write.pdf.render import rendered
from bulletin.write.pdf.structure import children, elements, named


@cache
def made(theme: str = "indico", watermark: str = "") -> bytes:
    document = sample(watermark)
    return write_pdf(document, images(document), {"indico": INDICO, "acacia": ACACIA}[theme])


def changed(text: str = "Texto.", **fields: object) -> Document:
    """The sample with one paragraph in place of everything."""
    document = sample()
    section = replace(document.sections[0], blocks=(Paragraph("p", said(text)),), **fields)  # type: ignore[arg-type]
    return replace(document, cover=replace(document.cover, art=None), sections=(section,))


@pytest.mark.parametrize(("theme", "watermark"), [("indico", ""), ("acacia", "Rascunho")])
def test_valid_pdf_ua(theme: str, watermark: str) -> None:
    report = validation.validate_pdf_bytes(made(theme, watermark), profile=validation.ValidationProfile.PDF_UA_1)
    assert list(report.failures) == []


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


def test_data_cells_name_the_headers_of_their_column_block_and_row() -> None:
    tables = [b for b in walk(sample().sections) if isinstance(b, Table)]
    with pikepdf.open(io.BytesIO(made())) as pdf:
        printed = list(named(pdf.Root.StructTreeRoot, "/Table"))
        assert len(printed) == len(tables)
        texts = Texts(pdf)
        for element, table in zip(printed, tables, strict=True):
            ids = {str(cell.ID): cell for cell in named(element, "/TH")}
            body = [row for part in elements(element) if part.S == "/TBody" for row in elements(part)]
            block = ""
            assert len(body) == len(table.rows)
            for line, row in zip(body, table.rows, strict=True):
                if row.role == "block":
                    block = plain(row.label)
                    continue
                data = [cell for cell in elements(line) if cell.S == "/TD"]
                assert len(data) == len(row.cells)
                for c, cell in enumerate(data):
                    said_by_file = [texts.of(ids[str(h)]) for h in cell.A.Headers]
                    expected = [*([block] if block else []), *over(table, c), plain(row.label) + row.marks]
                    assert [squeezed(t) for t in said_by_file] == [squeezed(t) for t in expected]


def over(table: Table, column: int) -> list[str]:
    """Heads above a data column, outermost first, from the tree alone."""
    found = [plain(s.label) for level in table.spanners for s in level if s.start <= column < s.start + s.span]
    return [*found, plain(table.columns[column].head) + table.columns[column].sign]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u2060\u00ad]", "", text)


class Texts:
    """Text of structure elements, by the marked content of their pages."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.parts: dict[tuple[tuple[int, int], int], str] = {}
        for sheet in pdf.pages:
            maps = {
                name: to_unicode(font.ToUnicode.read_bytes())
                for name, font in sheet.obj.Resources.Font.items()
                if "/ToUnicode" in font
            }
            mark, font = -1, ""
            for operands, operator in pikepdf.parse_content_stream(sheet):
                match str(operator):
                    case "BDC":
                        mark = int(operands[1].get("/MCID", -1))
                    case "EMC":
                        mark = -1
                    case "Tf":
                        font = str(operands[0])
                    case "TJ" if mark >= 0:
                        text = "".join(maps[font].get(code, "?") for piece in operands[0] for code in codes(piece))
                        key = (sheet.obj.objgen, mark)
                        self.parts[key] = self.parts.get(key, "") + text

    def of(self, element: pikepdf.Object) -> str:
        found = ""
        for kid in children(element):
            found += self.parts.get((element.Pg.objgen, kid), "") if isinstance(kid, int) else self.of(kid) if "/S" in kid else ""
        return found


def codes(piece: object) -> list[int]:
    raw = bytes(piece) if isinstance(piece, pikepdf.String) else b""
    return [int.from_bytes(raw[i : i + 2]) for i in range(0, len(raw), 2)]


def to_unicode(data: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", data)
    return {int(a, 16): bytes.fromhex(b.decode()).decode("utf-16-be") for a, b in pairs}


def test_tables_cut_by_pages_are_one_table_and_running_heads_no_content() -> None:
    with pikepdf.open(io.BytesIO(made())) as pdf:
        reached = sum(1 for _ in named(pdf.Root.StructTreeRoot, "/THead"))
        assert reached == len([b for b in walk(sample().sections) if isinstance(b, Table)])
        words = Texts(pdf).of(pdf.Root.StructTreeRoot.K[0])
    assert "(continuação)" not in words
    assert words.count("Boletim Estatístico sobre Protecção Social · Moçambique 2024") == 0


def test_continuation_line_from_the_second_page_on() -> None:
    pages = [p.extract_text() for p in PdfReader(io.BytesIO(made())).pages]
    for label, sheets in (("Quadro A.1", 3), ("Quadro A.2", 2)):
        first = next(i for i, t in enumerate(pages) if label in t and "Índice" not in t)
        continued = [i for i, t in enumerate(pages) if label in t and "(continuação)" in t]
        assert continued == list(range(first + 1, first + sheets))


def test_wide_tables_stand_on_landscape_sheets_and_portrait_resumes() -> None:
    shapes = "".join("L" if p.mediabox.width > p.mediabox.height else "P" for p in PdfReader(io.BytesIO(made())).pages)
    assert re.fullmatch(r"P+LLP+", shapes)


@pytest.mark.parametrize("theme", ["indico", "acacia"])
def test_only_shipped_faces(theme: str) -> None:
    with pikepdf.open(io.BytesIO(made(theme))) as pdf:
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


def test_links_lead_somewhere_and_say_where() -> None:
    with pikepdf.open(io.BytesIO(made())) as pdf:
        names = list(pdf.Root.Names.Dests.Names)
        targets = {str(name) for name in names[::2]}
        links = [a for sheet in pdf.pages for a in sheet.obj.get("/Annots", []) if a.Subtype == "/Link"]
        assert len(links) > 20
        assert {str(a.Dest) for a in links} <= targets
        assert all(not str(a.Contents).startswith("b-") for a in links)


def test_phrases_in_another_language_say_so() -> None:
    with pikepdf.open(io.BytesIO(made())) as pdf:
        foreign = [e for e in named(pdf.Root.StructTreeRoot, "/Span") if "/Lang" in e]
        assert [(str(e.Lang), Texts(pdf).of(e)) for e in foreign] == [("en", "social protection floor")]


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
