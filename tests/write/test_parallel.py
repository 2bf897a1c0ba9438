"""Two languages side by side: block beside block, one set of figures with the words of both, and every phrase in its language."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from sample import INDICO, images, sample

from accessible import accessible, tree
from both_engines import chapters
from bulletin.document.blocks import Box, Figure, Paragraph, Table
from bulletin.document.chart import SECOND, stacked
from bulletin.document.inline import Text, plain
from bulletin.document.parallel import Parallel, paired
from bulletin.document.tree import Document, Section, walk
from bulletin.draw.lettering import Lettering
from bulletin.errors import ConfigError
from bulletin.pipeline.build import build
from bulletin.pipeline.edit import compose_editions
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent
from bulletin.write.parallel import write_parallel_html
from finished import pdf_alternatives, pdf_text
from proof import faults
from tagged import content, tags

SMALL = Path(__file__).parents[1] / "projects" / "small"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("side by side")
    project = shutil.copytree(SMALL, folder / "project", ignore=shutil.ignore_patterns("out", "work"))
    build(project, silent, output=folder / "out", jobs=1, layout="side-by-side")
    return folder / "out"


@pytest.fixture(scope="module")
def documents() -> tuple[Document, Document]:
    first, second = compose_editions(prepare(SMALL, silent)).documents.values()
    return first, second


def without(document: Document, block_id: str) -> Document:
    def kept(section: Section) -> Section:
        blocks = tuple(b for b in section.blocks if b.id != block_id)
        return replace(section, blocks=blocks, sections=tuple(map(kept, section.sections)))

    return replace(document, sections=tuple(map(kept, document.sections)))


def changed(document: Document, table: Table) -> Document:
    def put(section: Section) -> Section:
        blocks = tuple(table if b.id == table.id else b for b in section.blocks)
        return replace(section, blocks=blocks, sections=tuple(map(put, section.sections)))

    return replace(document, sections=tuple(map(put, document.sections)))


def blocks(parallel: Parallel) -> list[tuple[str, str]]:
    return [(a.id, b.id) for a, b in zip(walk(parallel.first.sections), walk(parallel.second.sections), strict=True)]


def test_every_block_faces_its_own(documents: tuple[Document, Document]) -> None:
    parallel, findings = paired(*documents, "1 234,5")
    assert findings == ()
    assert all(a == b for a, b in blocks(parallel))
    assert "1 234,5" in parallel.numbers
    assert "1 234,5" in parallel.second_numbers
    for figure in (b for b in walk(parallel.first.sections) if isinstance(b, Figure)):
        assert SECOND not in figure.alt
    categories = {c.label for b in walk(parallel.first.sections) if isinstance(b, Figure) for c in b.chart.categories}
    assert stacked("Cidade de Maputo", "Maputo City") in categories
    assert "Niassa" in categories


def test_a_block_without_counterpart_is_an_error(documents: tuple[Document, Document]) -> None:
    first, second = documents
    lost = next(b.id for b in walk(first.sections) if isinstance(b, Figure))
    for pair, language in (((first, without(second, lost)), "pt"), ((without(first, lost), second), "en")):
        parallel, findings = paired(*pair)
        assert [(f.rule, f.key, f.parameters["language"]) for f in findings if f.key == lost] == [
            ("block-unpaired", lost, language)
        ]
        assert lost not in dict(blocks(parallel))


def test_a_table_that_shows_another_fact_is_an_error(documents: tuple[Document, Document]) -> None:
    first, second = documents
    table = next(b for b in walk(second.sections) if isinstance(b, Table))
    row = table.rows[1]
    other = replace(row, cells=(replace(row.cells[0], fact="POPULATION.MZ@1999"), *row.cells[1:]))
    _, findings = paired(first, changed(second, replace(table, rows=(table.rows[0], other, *table.rows[2:]))))
    assert [f.rule for f in findings] == ["pair-differs"]
    _, findings = paired(first, changed(second, replace(table, rows=table.rows[:-1])))
    assert [f.rule for f in findings] == ["pair-differs"]


def test_lettering_in_two_languages_stacks_or_stands_beside() -> None:
    letters = Lettering("Source Sans 3")
    both = stacked("Homens", "Men")
    assert letters.balanced(both, 60) == ("Homens", SECOND + "Men")
    assert letters.width(SECOND + "Men") == letters.width("Men", weight="italic")
    assert [text for text, _ in letters.pieces(both, "bold")] == ["Homens", "\u00a0/ Men"]
    assert [weight for _, weight in letters.pieces(both, "bold")] == ["bold", "italic"]
    assert letters.missing(both) == ""
    assert stacked("2024", "2024") == "2024"


def test_blocks_of_every_kind_are_set_in_both_languages() -> None:
    document = sample()
    table = next(b for b in walk(document.sections) if isinstance(b, Table))
    first = changed(document, replace(table, part="(parte 1 de 2)"))
    second = changed(document, replace(table, part="(part 1 of 2)"))
    second = replace(second, metadata=replace(second.metadata, language="en", tag="en"))
    html = write_parallel_html(Parallel(first, second, ""), images(document), INDICO)
    assert html.count("(parte 1 de 2)") >= 1 <= html.count("(part 1 of 2)")
    assert {type(b) for b in walk(document.sections)} >= {Box, Figure, Table, Paragraph}


def test_one_file_for_both_languages(out: Path) -> None:
    names = {p.name for p in out.iterdir()}
    assert {"small-pt-en.pdf", "small-pt-en.docx", "document.pt.json", "document.en.json"} <= names
    assert not names & {"small-pt.pdf", "small-en.pdf"}
    listed = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["artifacts"]
    assert {a["language"] for a in listed if a["format"] in ("pdf", "docx")} == {"pt-en"}


def test_its_pages_are_without_fault(out: Path) -> None:
    path = out / "small-pt-en.pdf"
    assert faults(path) == []
    assert accessible(path.read_bytes(), tree(out, "pt"), tree(out, "en")) == []


def test_typst_says_the_same_in_both_languages(out: Path, tmp_path: Path) -> None:
    project = shutil.copytree(SMALL, tmp_path / "project", ignore=shutil.ignore_patterns("out", "work"))
    build(project, silent, formats=("pdf",), pdf_engine="typst", jobs=1, layout="side-by-side")
    data = (project / "out" / "small-pt-en.pdf").read_bytes()
    assert accessible(data, tree(out, "pt"), tree(out, "en")) == []
    assert "".join(chapters(data)) == "".join(chapters((out / "small-pt-en.pdf").read_bytes()))


def test_shared_figures_are_printed_once_and_sentences_keep_their_own(out: Path) -> None:
    text = re.sub(r"[\u00a0\u202f]", " ", pdf_text(out / "small-pt-en.pdf"))
    assert text.count("36 412") == 1
    assert "36,412" not in text
    assert "7,3%" in text
    assert "7.3%" in text
    assert {"Velhice", "Old", "Quadro", "Table", "População", "Population"} <= set(text.split())


def test_the_second_language_says_so(out: Path) -> None:
    with pikepdf.open(out / "small-pt-en.pdf") as pdf:
        assert str(pdf.Root.Lang) == "pt-MZ"
        spoken = [t for t in tags(pdf, content(pdf)).below("Div", "Span", "P") if str(t.raw.get("/Lang", "")) == "en-GB"]
        assert len(spoken) > 60
        described = [str(f.raw.Alt) for t in spoken for f in t.below("Figure")]
    alternatives = pdf_alternatives(out / "small-pt-en.pdf")
    assert len(described) * 2 == len(alternatives)
    assert any("2024" in a for a in described)


def test_one_language_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        build(SMALL, silent, output=tmp_path, languages=("pt",), layout="side-by-side")
    assert [f.rule for f in error.value.findings] == ["side-by-side-languages"]


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def body(out: Path) -> etree._Element:
    with zipfile.ZipFile(out / "small-pt-en.docx") as package:
        return etree.fromstring(package.read("word/document.xml"))


def style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(W + "val"))


def words(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(W + "t"))


def test_word_finds_the_headings_with_both_titles(body: etree._Element) -> None:
    headings = [p for p in body[0].iterchildren(W + "p") if style_of(p) == "Heading2"]
    assert [words(h) for h in headings] == [
        "1.1População por provínciaPopulation by province",
        "2.1EvoluçãoDevelopment",
        "2.2Tipos de pensãoTypes of pension",
    ]  # fmt: skip
    entries = [words(p) for p in body.iter(W + "p") if style_of(p).startswith("Toc")]
    assert {words(h) for h in headings} <= set(entries)


def test_bookmarks_of_a_word_file_are_unique_and_its_runs_tell_their_language(body: etree._Element, out: Path) -> None:
    names = [b.get(W + "name") for b in body.iter(W + "bookmarkStart")]
    assert len(names) == len(set(names))
    with zipfile.ZipFile(out / "small-pt-en.docx") as package:
        manifest = json.loads(etree.fromstring(package.read("customXml/item1.xml")).text or "")
    assert manifest["languages"] == ["pt", "en"]
    assert {b["bookmark"] for b in manifest["blocks"]} <= set(names)
    spoken: dict[str, str] = {}
    for run in body.iter(W + "r"):
        told = run.find(f"{W}rPr/{W}lang")
        language = "" if told is None else str(told.get(W + "val"))
        spoken[language] = spoken.get(language, "") + words(run)
    assert set(spoken) == {"", "en-GB"}
    assert "The number of pensioners" in spoken["en-GB"]
    assert "O número de pensionistas" in spoken[""]
    assert "The number of pensioners" not in spoken[""]


def test_tables_of_a_word_file_do_not_run_into_each_other(body: etree._Element) -> None:
    """Word makes one table of two that follow each other."""
    assert not [t for t in body.iter(W + "tbl") if t.getnext() is not None and t.getnext().tag == W + "tbl"]
    assert all(cell[-1].tag == W + "p" for cell in body.iter(W + "tc"))
    assert words(body).replace("\u00a0", " ").count("36 412") == 1


def test_months_are_written_so_that_both_languages_read_them(documents: tuple[Document, Document]) -> None:
    first, second = documents
    name = next(b.id for b in walk(first.sections) if isinstance(b, Table) and len(b.columns) > 1)

    def dated(document: Document, month: str) -> Document:
        table = next(b for b in walk(document.sections) if isinstance(b, Table) and b.id == name)
        column = replace(table.columns[0], key="2024-02", head=(Text(month),))
        return changed(document, replace(table, columns=(column, *table.columns[1:])))

    parallel, findings = paired(dated(first, "Fev. 2024"), dated(second, "Feb 2024"))
    assert findings == ()
    for document in (parallel.first, parallel.second):
        table = next(b for b in walk(document.sections) if isinstance(b, Table) and b.id == name)
        assert plain(table.columns[0].head) == "2024-02"
