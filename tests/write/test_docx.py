"""The Word document: what a reader, a reviewer, a screen reader and a validator find in it."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from sample import ACACIA, INDICO, images, para, said, sample, small_table

from bulletin.document.anchors import bookmark, qualified
from bulletin.document.blocks import Box, BulletList, Cell, Column, Contents, Definitions, Figure, Paragraph, Row, Table
from bulletin.document.inline import Number, Text, plain
from bulletin.document.issued import issued_of
from bulletin.document.issued_json import decode_issued, encode_brief
from bulletin.document.tree import Document, Section, walk
from bulletin.write.docx import write_docx
from bulletin.write.docx.layout import hanging, laid_out
from bulletin.write.docx.outlines import outlined
from bulletin.write.docx.story import story_of
from bulletin.write.measure import width

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {
    "w": W[1:-1],
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
DOC_PR = f"{{{NS['wp']}}}docPr"
R = f"{{{NS['r']}}}"


def written(document: Document) -> bytes:
    return write_docx(document, images(document), INDICO, issued_of(document, build="2024-a1")).data


@pytest.fixture(scope="module")
def data() -> bytes:
    return written(sample())


@pytest.fixture(scope="module")
def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture(scope="module")
def body(parts: dict[str, bytes]) -> etree._Element:
    return etree.fromstring(parts["word/document.xml"])


def words(element: etree._Element) -> str:
    """Text of a paragraph or range, tabs as tabs, field instructions left out."""
    return "".join(
        "\t" if e.tag == W + "tab" else e.text or "" for e in element.iter(W + "t", W + "tab") if e.getparent().tag != W + "tabs"
    )


def style_of(paragraph: etree._Element) -> str:
    return str(paragraph.find("w:pPr/w:pStyle", NS).get(W + "val"))


def marked_text(body: etree._Element, name: str) -> str:
    """Text between the two ends of a bookmark; both lie in one paragraph."""
    start = body.find(f".//w:bookmarkStart[@w:name='{name}']", NS)
    assert start is not None, name
    number = start.get(W + "id")
    found: list[str] = []
    for sibling in start.itersiblings():
        if sibling.tag == W + "bookmarkEnd" and sibling.get(W + "id") == number:
            return "".join(found)
        found.append(words(sibling))
    raise AssertionError(f"{name} does not end in its paragraph")


def inside(value: object, kind: type) -> Iterator[object]:
    """Everything of one type anywhere in the tree, in order."""
    if isinstance(value, kind):
        yield value
    if is_dataclass(value):
        for field in fields(value):
            yield from inside(getattr(value, field.name), kind)
    elif isinstance(value, tuple):
        for item in value:
            yield from inside(item, kind)


def validator() -> str | None:
    local = Path(__file__).parents[1] / "tools" / "node_modules" / ".bin" / "ooxml-validator"
    return os.environ.get("OOXML_VALIDATOR") or (str(local) if local.exists() else shutil.which("ooxml-validator"))


@pytest.mark.skipif(validator() is None, reason="Open XML validator not installed: npm ci --prefix tests/tools")
@pytest.mark.parametrize(("watermark", "theme"), [("", INDICO), ("RASCUNHO", ACACIA)])
def test_open_xml_validator_finds_nothing(tmp_path: Path, watermark: str, theme: object) -> None:
    document = sample(watermark)
    path = tmp_path / "bulletin.docx"
    path.write_bytes(write_docx(document, images(document), theme, issued_of(document)).data)  # type: ignore[arg-type]
    result = subprocess.run([str(validator()), str(path)], capture_output=True, text=True, check=False)
    assert json.loads(result.stdout)["errors"] == []


def test_same_document_gives_same_bytes(data: bytes) -> None:
    assert written(sample()) == data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_python_docx_opens_it(data: bytes) -> None:
    from docx import Document as Opened

    opened = Opened(io.BytesIO(data))
    properties = opened.core_properties
    assert properties.title == "Boletim Estatístico sobre Protecção Social. Moçambique 2024"
    assert (properties.author, properties.language) == ("Nome da entidade editora", "pt-MZ")
    assert properties.created is not None
    assert properties.created.date().isoformat() == "2025-06-30"
    assert sum(p.style is not None and p.style.name == "Title" for p in opened.paragraphs) == 1


def test_every_number_of_the_data_is_marked(body: etree._Element) -> None:
    document = sample()
    expected: Counter[str] = Counter()
    for part in (document.cover, document.sections):
        expected.update(n.text for n in inside(part, Number))  # type: ignore[attr-defined]
        expected.update(c.text for c in inside(part, Cell) if c.fact)  # type: ignore[attr-defined]
    found = Counter(
        words(run) for run in body.iter(W + "r") if run.find("w:rPr/w:rStyle[@w:val='BulletinNumber']", NS) is not None
    )
    assert found == expected


def test_every_block_lies_in_its_own_bookmark(body: etree._Element) -> None:
    document = sample()
    blocks: dict[str, str] = {}
    for block in walk(document.sections):
        match block:
            case Paragraph():
                blocks[block.id] = plain(block.content)
            case BulletList():
                blocks |= {item.id: plain(item.content) for item in block.items}
            case Table() | Figure():
                blocks[block.id] = plain(block.title)
                if isinstance(block, Table):
                    blocks[f"{block.id}.table"] = plain(block.stubhead)
            case Box():
                blocks[block.id] = plain(block.title)
            case Definitions():
                blocks |= {qualified(block.id, item.id): plain(item.content) for item in block.items}
            case _:
                pass
    for block_id, text in blocks.items():
        assert not text or marked_text(body, bookmark(block_id, "pt")) == text
    starts = body.findall(".//w:bookmarkStart", NS)
    names = [start.get(W + "name") for start in starts]
    assert len(set(names)) == len(names)
    assert len({start.get(W + "id") for start in starts}) == len(starts)
    assert all(name is not None and len(name) <= 40 and re.fullmatch(r"_[A-Za-z0-9_]+", name) for name in names)


def test_contents_equal_headings(body: etree._Element) -> None:
    paragraphs = body.findall(".//w:p", NS)
    entries = [words(p).strip() for p in paragraphs if style_of(p).startswith("Toc")]
    headings = [words(p) for p in paragraphs if style_of(p) in ("Heading1", "Heading2", "Heading3")]
    assert entries == headings
    assert entries[1] == "1\tRegime não contributivo"


def test_contents_and_references_lead_somewhere(body: etree._Element) -> None:
    names = {start.get(W + "name") for start in body.findall(".//w:bookmarkStart", NS)}
    assert {link.get(W + "anchor") for link in body.findall(".//w:hyperlink", NS)} <= names
    instructions = [e.text or "" for e in body.iter(W + "instrText")]
    references = [found[1] for text in instructions if (found := re.match(r" REF (\S+) \\h", text))]
    assert references
    assert all(marked_text(body, name).startswith(("Quadro ", "Gráfico ")) for name in references)
    assert sum(text.startswith(" TOC ") for text in instructions) == 4
    kinds = Counter(mark.get(W + "fldCharType") for mark in body.iter(W + "fldChar"))
    assert kinds["begin"] == kinds["separate"] == kinds["end"]


def test_labels_count_as_printed(body: etree._Element) -> None:
    """Word and LibreOffice renew sequence fields when printing: what they count must be what was numbered."""
    counters: dict[str, int] = {}
    for paragraph in body.iter(W + "p"):
        if style_of(paragraph) != "ExhibitLabel":
            continue
        instruction = "".join(e.text or "" for e in paragraph.iter(W + "instrText"))
        found = re.match(r" SEQ (\S+) \\\* ARABIC(?: \\r (\d+))? ", instruction)
        assert found
        counters[found[1]] = int(found[2]) if found[2] else counters.get(found[1], 0) + 1
        label = words(paragraph).split("\t")[0]
        assert re.findall(r"\d+", label)[-1] == str(counters[found[1]])


def test_contents_fields_end_in_paragraphs_of_their_own(body: etree._Element) -> None:
    open_field = False
    for paragraph in body.iter(W + "p"):
        text = "".join(e.text or "" for e in paragraph.iter(W + "instrText"))
        if text.startswith(" TOC "):
            assert not open_field
            open_field = True
        elif open_field and style_of(paragraph) == "FieldEnd":
            assert not words(paragraph)
            open_field = False
    assert not open_field


def test_tables_have_heads_and_descriptions(body: etree._Element) -> None:
    exhibits = [t for t in body.iter(W + "tbl") if t.find("w:tblPr/w:tblLook", NS).get(W + "firstRow") == "1"]
    tables = [block for block in walk(sample().sections) if isinstance(block, Table)]
    assert len(exhibits) == len(tables)
    for xml, table in zip(exhibits, tables, strict=True):
        rows = xml.findall("w:tr", NS)
        heads = [row.find("w:trPr/w:tblHeader", NS) is not None for row in rows]
        assert heads == [True] * (len(table.spanners) + 1) + [False] * len(table.rows)
        assert all(row.find("w:trPr/w:cantSplit", NS) is not None for row in rows)
        assert xml.find("w:tblPr/w:tblDescription", NS).get(W + "val") == table.summary
        assert xml.find("w:tblPr/w:tblCaption", NS).get(W + "val").startswith(table.label)
        for row in rows:
            spans = [
                int(s.get(W + "val")) if (s := c.find("w:tcPr/w:gridSpan", NS)) is not None else 1
                for c in row.findall("w:tc", NS)
            ]
            assert sum(spans) == len(table.columns) + 1


def test_figures_of_a_column_end_on_one_line(body: etree._Element) -> None:
    """Signs hang into the padding: the right indent and the width of the sign add up to the padding."""
    (table,) = [t for t in body.iter(W + "tbl") if "43,8" in words(t)]
    cells = [p for p in table.iter(W + "p") if style_of(p).startswith("TableNumber")]
    # One column: its figures end where the ones with a sign do.
    cells = [p for row in table.iter(W + "tr") if len(row.findall("w:tc", NS)) == 10
             for p in row.findall("w:tc", NS)[6].iter(W + "p") if p in cells]  # fmt: skip
    edges = set()
    for cell in cells:
        sign = words(cell).partition("\u202f")[2]
        indent = cell.find("w:pPr/w:ind", NS)
        right = 147 if indent is None else int(indent.get(W + "right"))
        edges.add(round(right + (width("\u202f" + sign, "Source Sans 3", 6.8) * 56.69 if sign else 0)))
    assert max(edges) - min(edges) <= 1
    assert any(words(cell) == "43,8\u202f(e)" for cell in cells)


def test_figures_with_many_signs_stay_whole() -> None:
    """Eight columns of millions with signs and marks: smaller letters, never a broken figure."""
    wide = replace(small_table(), id="many", columns=tuple(Column(str(y), said(str(y))) for y in range(2017, 2025)), rows=tuple(
        Row(key, said(key), tuple(Cell("33\u00a0244\u00a0414", "f", "number", "(f)", "123") for _ in range(8)), "total")
        for key in ("População residente", "Nados-vivos")))  # fmt: skip
    story = story_of(replace(sample(), sections=()), {}, INDICO)
    found = laid_out(story, wide)
    figure = width("33\u00a0244\u00a0414", "Source Sans 3 Semibold", found.size)
    for column, pad in zip(found.widths[1:], found.pads, strict=True):
        assert figure + pad <= column
        assert hanging(story, "(f)", "123", found.size) <= pad
    assert sum(found.widths) <= 170.01


def test_digits_of_key_figures_are_not_broken() -> None:
    """A currency before a long figure: smaller letters for the whole row, one line each."""
    document = sample()
    chapter = next(s for s in document.sections if s.opening)
    assert chapter.opening
    figures = tuple(
        replace(item, value=said("MZN\u00a0", Number("10,199,000", "f")), unit="") for item in chapter.opening.figures
    )
    changed = replace(chapter, opening=replace(chapter.opening, figures=figures))
    with zipfile.ZipFile(io.BytesIO(written(replace(document, sections=(changed,))))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    values = [p for p in body.iter(W + "p") if style_of(p) == "KeyFigure"]
    assert [words(p) for p in values] == ["MZN\u00a010,199,000"] * 3
    sizes = {size.get(W + "val") for p in values for size in p.iter(W + "sz")}
    assert len(sizes) == 1
    assert width("MZN\u00a010,199,000", INDICO.font.figures, int(str(sizes.pop())) / 2) < 38


def test_marks_stay_clear_of_the_next_figure() -> None:
    cells = (
        Cell("27\u00a0864\u00a0265", "f", "number", "(b)(f)", "1,2"),
        Cell("28\u00a0585\u00a0720", "f", "number", "(f)", "3"),
    )
    table = replace(small_table(), id="marked", rows=(Row("r", said("População"), cells * 4),),
                    columns=tuple(Column(str(y), said(str(y))) for y in range(2017, 2025)))  # fmt: skip
    story = story_of(replace(sample(), sections=()), {}, INDICO)
    found = laid_out(story, table)
    for index in range(1, 8):
        before, cell = table.rows[0].cells[index - 1 : index + 1]
        left = found.widths[1 + index] - found.pads[index] - width(cell.text, "Source Sans 3", found.size)
        free = found.pads[index - 1] - hanging(story, before.signs, before.marks, found.size)
        assert left + free >= 1.5


def test_period_of_a_figure_stands_under_its_head() -> None:
    rows = (Row("r", said("Taxa"), (Cell("3,0", "f"), Cell("2019", "", "text", content=said("2019")))),)
    table = replace(small_table(), id="periods", rows=rows, columns=(Column("v", said("Valor")), Column("p", said("Período"))))
    document = replace(sample(), sections=(Section("s", 1, said("Regras"), (table,), number="1"),))
    with zipfile.ZipFile(io.BytesIO(written(document))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    (period,) = [p for p in body.iter(W + "p") if words(p) == "2019"]
    (head,) = [p for p in body.iter(W + "p") if words(p) == "Período"]
    assert style_of(period) == "TableNumber"
    assert head.find("w:pPr/w:jc", NS).get(W + "val") == "right"


def test_long_tables_divide_between_blocks_only() -> None:
    rows = tuple(row for block in range(3) for row in (
        Row(f"b{block}", said(f"Bloco {block}"), (), "block"),
        *(Row(f"r{block}.{i}", said(f"Linha {block}.{i}"), (Cell("1", "f"),)) for i in range(5)),
    ))  # fmt: skip
    table = replace(small_table(), id="blocks", rows=rows, columns=(Column("c", said("2024")),), spanners=())
    document = replace(sample(), sections=(Section("s", 1, said("Contas"), (table,), number="1"),))
    with zipfile.ZipFile(io.BytesIO(written(document))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    loose = [
        words(p)
        for p in body.iter(W + "p")
        if words(p).startswith("Linha") and p.find("w:pPr/w:keepNext", NS) is None
    ]  # fmt: skip
    assert loose == ["Linha 0.4", "Linha 1.4"]


def test_draft_mark_leaves_the_band_of_a_chapter_free() -> None:
    with zipfile.ZipFile(io.BytesIO(written(sample("RASCUNHO")))) as package:
        heads = {name: package.read(name).decode() for name in package.namelist() if name.startswith("word/header")}
    marks = {name: xml for name, xml in heads.items() if "PowerPlusWaterMarkObject" in xml}
    banded = [xml for xml in marks.values() if "mso-position-vertical:center" not in xml]
    assert len(marks) == 3
    assert len(banded) == 1
    (top, wide, high) = (float(re.search(rf"{name}:([\d.]+)pt", banded[0])[1]) for name in ("margin-top", ";width", ";height"))  # type: ignore[index]
    band = max(int(cy) for cy in re.findall(r'<wp:extent cx="\d+" cy="(\d+)"', banded[0])) / 12700
    assert top + high / 2 - (wide + high) / 2 / 2**0.5 > band - 1


def test_pictures_have_alternative_texts_vectors_and_ids(body: etree._Element, parts: dict[str, bytes]) -> None:
    described = list(body.iter(DOC_PR))
    for item in described:
        assert item.get("descr") or item.find(".//*[@val='1']") is not None
    alts = {item.get("descr") for item in described}
    assert {block.alt for block in walk(sample().sections) if isinstance(block, Figure)} <= alts
    ids = [item.get("id") for name, xml in parts.items() if re.match(r"word/(document|header\d+)\.xml", name)
           for item in etree.fromstring(xml).iter(DOC_PR)]  # fmt: skip
    assert len(set(ids)) == len(ids)
    relations = {r.get("Id"): r.get("Target") for r in etree.fromstring(parts["word/_rels/document.xml.rels"])}
    vectors = body.findall(".//asvg:svgBlip", NS)
    assert vectors
    assert all(str(relations[v.get(f"{R}embed")]).endswith(".svg") for v in vectors)


def test_vector_lettering_needs_no_installed_font() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="10pt" height="10pt"><text style="font-size: 8.5px; font-family: '
        '\'Source Sans 3\'; font-weight: 600; text-anchor: end; fill: #51606d" x="9" y="5">12,3 %</text></svg>'
    )
    drawn = etree.fromstring(outlined(svg.encode()))
    assert not drawn.findall(".//{*}text")
    paths = drawn.findall(".//{*}path")
    assert len(paths) == len("12,3%")
    left = float(str(paths[0].get("transform")).removeprefix("translate(").split()[0])
    assert -left * 8.5 / 1000 * 25.4 / 72 == pytest.approx(width("12,3 %", "Source Sans 3 Semibold", 8.5), abs=0.01)
    assert outlined(b"<svg/>") == b"<svg/>"


def test_language_is_that_of_the_edition(body: etree._Element, parts: dict[str, bytes]) -> None:
    styles = etree.fromstring(parts["word/styles.xml"])
    assert styles.find("w:docDefaults/w:rPrDefault/w:rPr/w:lang", NS).get(W + "val") == "pt-MZ"
    foreign = [words(run) for run in body.iter(W + "r") if run.find("w:rPr/w:lang[@w:val='en']", NS) is not None]
    assert foreign == ["social protection floor"]


def test_nothing_asks_on_opening_and_nothing_foreign_is_inside(parts: dict[str, bytes]) -> None:
    assert b"updateFields" not in parts["word/settings.xml"]
    assert b'w:name="compatibilityMode"' in parts["word/settings.xml"]
    assert not [name for name in parts if "stylesWithEffects" in name or "thumbnail" in name]
    assert b"python-docx" not in b"".join(data for name, data in parts.items() if name.endswith((".xml", ".rels")))
    assert b"http" not in b"".join(re.findall(rb'Target="[^"]*" TargetMode="External"', b"".join(parts.values())))


def test_landscape_pages_keep_size_feet_and_numbering(body: etree._Element) -> None:
    pages = body.findall(".//w:sectPr", NS)
    sizes = [
        (p.find("w:pgSz", NS).get(W + "w"), p.find("w:pgSz", NS).get(W + "h"), p.find("w:pgSz", NS).get(W + "orient"))
        for p in pages
    ]
    assert Counter(sizes) == {("11906", "16838", None): len(pages) - 1, ("16838", "11906", "landscape"): 1}
    for page in pages:
        kinds = {(ref.tag[len(W) :], ref.get(W + "type")) for ref in page if ref.tag.endswith("Reference")}
        assert {("headerReference", "default"), ("footerReference", "default")} <= kinds
        assert (page.find("w:titlePg", NS) is not None) == (("headerReference", "first") in kinds)
        assert page.find("w:pgNumType", NS) is None
        assert page.find("w:pgMar", NS) is not None


def test_every_style_used_exists(body: etree._Element, parts: dict[str, bytes]) -> None:
    known = {style.get(W + "styleId") for style in etree.fromstring(parts["word/styles.xml"]).findall("w:style", NS)}
    used = {e.get(W + "val") for name, xml in parts.items() if re.match(r"word/(document|header\d+|footer\d+)\.xml", name)
            for e in etree.fromstring(xml).iter(W + "pStyle", W + "rStyle", W + "tblStyle")}  # fmt: skip
    assert used <= known


def test_no_empty_paragraphs_for_spacing(body: etree._Element) -> None:
    between = [p for p in body.find("w:body", NS).findall("w:p", NS) if not words(p) and p.find(".//w:drawing", NS) is None]
    assert {style_of(p) for p in between} <= {"FieldEnd", "BlockEnd"}


def test_fonts_are_embedded_whole_and_can_be_unveiled(parts: dict[str, bytes]) -> None:
    from bulletin.shipped import shipped

    relations = {r.get("Id"): r.get("Target") for r in etree.fromstring(parts["word/_rels/fontTable.xml.rels"])}
    shipped_fonts = {path.read_bytes() for path in shipped("config", "fonts").glob("*.ttf")}
    table = etree.fromstring(parts["word/fontTable.xml"])
    links = [e for e in table.iter() if e.get(W + "fontKey")]
    assert len(links) >= 6
    for link in links:
        key = bytes.fromhex(str(link.get(W + "fontKey")).strip("{}").replace("-", ""))[::-1]
        data = parts["word/" + str(relations[link.get(f"{R}id")])]
        clear = bytes(b ^ key[i % 16] for i, b in enumerate(data[:32])) + data[32:]
        assert clear in shipped_fonts
    assert b"embedTrueTypeFonts" in parts["word/settings.xml"]


def test_manifest_comes_back_as_it_was(parts: dict[str, bytes]) -> None:
    found = [etree.fromstring(xml) for name, xml in parts.items() if re.fullmatch(r"customXml/item\d+\.xml", name)]
    (part,) = [xml for xml in found if xml.tag == "{urn:bulletin:manifest:1}manifest"]
    issued = decode_issued((part.text or "").encode())
    assert encode_brief(issued).decode() == part.text
    assert issued.build == "2024-a1"
    assert b'name="bulletin.build"><vt:lpwstr>2024-a1<' in parts["docProps/custom.xml"]


def test_draft_mark_stands_on_all_pages_but_the_cover() -> None:
    with zipfile.ZipFile(io.BytesIO(written(sample("RASCUNHO")))) as package:
        heads = [package.read(name) for name in package.namelist() if name.startswith("word/header")]
    assert sum(b'string="RASCUNHO"' in head for head in heads) == len(heads) - 1


def test_headings_go_with_the_landscape_table_they_lead_to() -> None:
    document = sample()
    annex = next(s for s in document.sections if s.id == "annex")
    wide = next(b for b in annex.blocks if isinstance(b, Table) and b.landscape)
    inner = Section("annex.wide", 2, said("Quadros largos"), (wide,), number="A.1")
    empty = Section("annex.empty", 2, said("Sem conteúdo"), (), number="A.2")
    changed = replace(annex, blocks=(para("annex.only", "Texto."),), sections=(inner, empty))
    document = replace(document, sections=(*(s for s in document.sections if s.id not in ("annex", "contents")), changed))
    with zipfile.ZipFile(io.BytesIO(written(document))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    texts: list[str] = []
    for child in body.find("w:body", NS):
        texts.append(words(child))
        breaks = [child] if child.tag == W + "sectPr" else child.findall("w:pPr/w:sectPr", NS)
        if breaks:
            if breaks[0].find("w:pgSz", NS).get(W + "orient") == "landscape":
                assert texts[0] == "A.1\tQuadros largos"
                return
            texts = []
    raise AssertionError("no landscape pages")


def minimal(text: str) -> Document:
    document = sample()
    section = Section("s", 1, said(Text(text)), (Paragraph("s.p", said(Text(text))), Contents("c", "sections", text)), number="1")
    cover = replace(document.cover, art=None, banner="", edition="", publisher=(), partners=())
    return replace(document, cover=cover, sections=(section,))


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60))
def test_any_text_gives_a_readable_document(text: str) -> None:
    document = minimal(text)
    with zipfile.ZipFile(io.BytesIO(write_docx(document, {}, INDICO, issued_of(document)).data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text).replace("\n", "")
    assert not kept or marked_text(body, bookmark("s.p", "pt")) == kept


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None, reason="LibreOffice or poppler not installed"
)
def test_libreoffice_prints_labels_references_and_folios(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "bulletin.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "bulletin.docx")],
        check=True,
        capture_output=True,
        timeout=900,
    )
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "bulletin.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Error" not in text
    labels = [b.label for b in walk(sample().sections) if isinstance(b, Table | Figure)]
    assert all(label in text for label in labels)
    assert "Dados completos no Quadro 1.1." in text
    pages = text.split("\f")[:-1]
    for number, page in enumerate(pages[1:], 2):
        assert re.search(rf"Boletim Estatístico sobre Protecção Social · Moçambique 2024\s+{number}\s*$", page), number
