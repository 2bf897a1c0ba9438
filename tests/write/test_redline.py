"""What changed between two builds, as recorded changes in Word: taken they give the new file, refused the old words."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from sample import INDICO, images, sample

from bulletin.document.blocks import Block, BulletList, Figure, Paragraph, Table
from bulletin.document.from_json import document_of
from bulletin.document.inline import Inlines, Number, Text
from bulletin.document.issued import issued_of
from bulletin.document.serial import tree
from bulletin.document.tree import Document, Section
from bulletin.model.issued import Issued
from bulletin.review.read import read_docx
from bulletin.write.docx import write_docx
from bulletin.write.docx.atoms import tokens
from bulletin.write.docx.redline import Redline, redlined

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DATE = "2025-01-31T00:00:00Z"
NOW = sample()
SAID = issued_of(NOW)
FILE = write_docx(NOW, images(NOW), INDICO, SAID).data
READ = read_docx(FILE)


def changed(document: Document, edit: Callable[[Block], Block | None]) -> Document:
    def one(section: Section) -> Section:
        blocks = tuple(b for b in map(edit, section.blocks) if b is not None)
        return replace(section, blocks=blocks, sections=tuple(map(one, section.sections)))

    return replace(document, sections=tuple(map(one, document.sections)))


def marked(former: Document) -> Redline:
    return redlined(FILE, issued_of(former), SAID, author="bulletin", date=DATE)


def body(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def changes(data: bytes) -> list[tuple[str, str]]:
    found = []
    for change in body(data).iter(f"{W}ins", f"{W}del"):
        text = "".join(t.text or "" for t in change.iter(f"{W}t", f"{W}delText"))
        if text:
            found.append((etree.QName(change).localname, text))
    return found


def texts(issued: Issued) -> dict[str, str]:
    return {b.id: b.text for b in issued.blocks}


def first(kind: type[Block]) -> str:
    found: list[str] = []
    changed(NOW, lambda b: found.append(b.id) or b if isinstance(b, kind) else b)  # type: ignore[func-returns-value]
    return found[0]


def other_figures(content: Inlines) -> Inlines:
    return tuple(replace(p, text="9" + p.text) if isinstance(p, Number) else p for p in content)


def test_each_figure_is_one_change_and_the_words_around_it_are_none() -> None:
    figures: list[str] = []

    def edit(block: Block) -> Block:
        if isinstance(block, Paragraph) and any(isinstance(p, Number) for p in block.content):
            figures.extend(p.text for p in block.content if isinstance(p, Number))
            return replace(block, content=other_figures(block.content))
        return block

    found = changes(marked(changed(NOW, edit)).data)
    assert figures
    assert found == [change for f in figures for change in (("del", "9" + f), ("ins", f))]


def test_taken_all_changes_give_the_new_file_and_refused_the_old_words() -> None:
    target = first(Paragraph)

    def edit(block: Block) -> Block | None:
        match block:
            case Paragraph() if block.id == target:
                return replace(block, content=(Text("Outras palavras, sem "), *block.content))
            case BulletList():
                return replace(block, items=(*block.items, Paragraph("gone.item", (Text("Uma linha que já não existe."),))))
            case Figure() | Table():
                return replace(block, title=(*block.title, Text(" (versão anterior)")))
            case _:
                return block

    former = changed(NOW, edit)
    read = read_docx(marked(former).data)
    accepted = [p.accepted for p in read.paragraphs if p.accepted]
    assert accepted == [p.accepted for p in READ.paragraphs if p.accepted]
    originals = [p.original for p in read.paragraphs]
    for block, text in texts(issued_of(former)).items():
        if text != texts(SAID).get(block):
            assert any(text in o for o in originals), block


def test_rows_and_cells_of_tables() -> None:
    def edit(block: Block) -> Block:
        if not isinstance(block, Table) or block.words:
            return block
        rows = list(block.rows)
        top = next(n for n, row in enumerate(rows) if row.cells)
        rows[top] = replace(rows[top], cells=(replace(rows[top].cells[0], text="7 777"), *rows[top].cells[1:]))
        gone = replace(rows[-1], key="gone", label=(Text("Linha retirada"),))
        return replace(block, rows=(*rows[:-1], gone))

    redline = marked(changed(NOW, edit))
    before, after = issued_of(changed(NOW, edit)).tables, SAID.tables
    read = read_docx(redline.data)
    assert not redline.reshaped
    plain = [[tuple(filter(None, row)) for row in t.accepted if any(row)] for t in read.tables]
    former = [[tuple(filter(None, row)) for row in t.original if any(row)] for t in read.tables]
    now = [[tuple(filter(None, row)) for row in t.accepted if any(row)] for t in READ.tables]
    assert plain == now
    for old, new in zip(before, after, strict=True):
        if old.grid != new.grid:
            assert any(row[0] == "Linha retirada" for table in former for row in table)
            assert any("7 777" in cell for table in former for row in table for cell in row)


def test_a_new_block_comes_whole_and_one_that_has_gone_stands_struck_out_where_it_was() -> None:
    target = first(Paragraph)
    without = marked(changed(NOW, lambda b: None if isinstance(b, Paragraph) and b.id == target else b))
    assert ("ins", texts(SAID)[target]) == ("ins", "".join(t for kind, t in changes(without.data) if kind == "ins"))
    gone = Paragraph("old.words", (Text("Isto já não se diz em 2024."),))

    def edit(section: Section) -> Section:
        blocks = tuple(x for b in section.blocks for x in ((b, gone) if b.id == target else (b,)))
        return replace(section, blocks=blocks, sections=tuple(map(edit, section.sections)))

    longer = replace(NOW, sections=tuple(map(edit, NOW.sections)))
    data = marked(longer).data
    assert changes(data) == [("del", "Isto já não se diz em 2024.")]
    paragraphs = read_docx(data).paragraphs
    place = next(n for n, p in enumerate(paragraphs) if p.original == "Isto já não se diz em 2024.")
    assert texts(SAID)[target] in paragraphs[place - 1].accepted


def test_the_same_edition_has_no_changes_and_the_same_comparison_the_same_bytes() -> None:
    assert marked(NOW).changes == 0
    former = changed(NOW, lambda b: replace(b, content=(Text("Antes."),)) if isinstance(b, Paragraph) else b)
    assert marked(former).data == marked(former).data
    root = body(marked(former).data)
    assert {c.get(f"{W}author") for c in root.iter(f"{W}ins", f"{W}del")} == {"bulletin"}
    assert {c.get(f"{W}date") for c in root.iter(f"{W}ins", f"{W}del")} == {DATE}
    numbers = [e.get(f"{W}id") for e in root.iter(f"{W}ins", f"{W}del", f"{W}bookmarkStart")]
    assert len(numbers) == len(set(numbers))


WORDS = st.lists(
    st.sampled_from(["Em 2024,", "a cobertura", "subiu", "desceu", "163,7 mil", "12 345", "61,4%", "agregados", "e", "(p).", "\u2212\u00a03,2"]),
    min_size=1,
    max_size=12,
).map(" ".join)  # fmt: skip


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(former=WORDS)
def test_any_former_wording_is_what_is_left_when_all_is_refused(former: str) -> None:
    target = first(Paragraph)
    edit = lambda b: replace(b, content=(Text(former),)) if isinstance(b, Paragraph) and b.id == target else b  # noqa: E731
    read = read_docx(marked(changed(NOW, edit)).data)
    assert former in {p.original for p in read.paragraphs}
    assert texts(SAID)[target] in {p.accepted for p in read.paragraphs}


def test_figures_are_tokens() -> None:
    found = [t for t in tokens("Em 2024 eram 12 345,6 (mais 3,4% e \u22121 234.5): 1.234.567.") if re.search(r"\d", t)]
    assert found == ["2024", "12 345,6", "3,4%", "\u22121 234.5", "1.234.567"]


def test_a_tree_is_read_back_from_its_json() -> None:
    assert document_of(tree(NOW)) == NOW
