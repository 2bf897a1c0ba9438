"""Every word of a Word file lies in a bookmark that its record knows, in both layouts, and the record comes back from JSON."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bulletin.document.issued import issued_of
from bulletin.document.issued_json import decode_issued, encode_brief, encode_issued
from bulletin.document.parallel import paired
from bulletin.errors import ConfigError
from bulletin.model.issued import Issued, IssuedBlock
from bulletin.pipeline.issue import build_id, issued
from bulletin.pipeline.produce import Product, produce
from bulletin.pipeline.progress import silent
from bulletin.pipeline.workers import Pool

if TYPE_CHECKING:
    from bulletin.pipeline.edit import Composed
    from bulletin.pipeline.prepare import Prepared

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CONTENTS = ("Toc", "TableOfFigures")
"""Styles of lists of contents, whose words are those of headings and titles."""


@pytest.fixture(scope="module", params=["separate", "side-by-side"])
def product(request: pytest.FixtureRequest, composed_small: tuple[Prepared, Composed]) -> Product:
    return word_file(*composed_small, request.param)


def word_file(prepared: Prepared, composed: Composed, layout: str) -> Product:
    documents = tuple(composed.documents.values())
    edition = paired(documents[0], documents[1], "1 234,5")[0] if layout == "side-by-side" else documents[0]
    said = issued(prepared, composed, (edition,), build_id(prepared, composed, layout))
    return produce((edition,), prepared, said, ("docx",), Pool(1), silent)[0]


def body_of(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def record(product: Product) -> Issued:
    assert product.issued
    return product.issued


def pieces(paragraph: etree._Element) -> Iterator[tuple[str, str]]:
    """Tag and text or number, in order."""
    for e in paragraph.iter(W + "t", W + "tab", W + "br", W + "bookmarkStart", W + "bookmarkEnd"):
        tag = str(e.tag).removeprefix(W)
        if tag.startswith("bookmark"):
            yield tag, str(e.get(W + "id"))
        elif e.getparent().tag == W + "r":
            yield "t", {"tab": "\t", "br": "\n"}.get(tag, e.text or "")


def text_of(paragraph: etree._Element) -> str:
    return "".join(text for tag, text in pieces(paragraph) if tag == "t")


def style_of(paragraph: etree._Element) -> str:
    return str(paragraph.find(f"{W}pPr/{W}pStyle").get(W + "val"))


def test_no_words_without_an_anchor_and_no_anchor_unknown_or_twice(product: Product) -> None:
    body, found = body_of(product.data), record(product)
    known = [b.bookmark for b in found.blocks] + [t.bookmark for t in found.tables]
    assert len(set(known)) == len(known)
    assert len({(b.id, b.language) for b in found.blocks}) == len(found.blocks)
    names = [str(s.get(W + "name")) for s in body.iter(W + "bookmarkStart")]
    assert sorted(n for n in names if n.startswith("_b")) == sorted(known)
    tables = {t.bookmark for t in found.tables}
    bare = []
    for paragraph in body.iter(W + "p"):
        around = next(paragraph.iterancestors(W + "tbl"), None)
        if around is not None and tables & {str(s.get(W + "name")) for s in around.iter(W + "bookmarkStart")}:
            continue
        marks = {str(s.get(W + "name")) for s in paragraph.iter(W + "bookmarkStart")} & set(known)
        if text_of(paragraph).strip() and not marks and not style_of(paragraph).startswith(CONTENTS):
            bare.append((style_of(paragraph), text_of(paragraph)))
    assert bare == []


def test_the_record_says_what_the_file_says(product: Product) -> None:
    by_mark = {b.bookmark: b for b in record(product).blocks}
    seen = 0
    for paragraph in body_of(product.data).iter(W + "p"):
        names = {str(s.get(W + "id")): str(s.get(W + "name")) for s in paragraph.iter(W + "bookmarkStart")}
        whole, opened = text_of(paragraph), {}
        at = 0
        for tag, value in pieces(paragraph):
            if tag == "t":
                at += len(value)
            elif tag == "bookmarkStart":
                opened[value] = at
            elif names[value] in by_mark:
                block = by_mark[names[value]]
                seen += 1
                assert whole[opened[value] : at] == block.text
                assert block.lead + block.text + block.tail == whole
                for span in block.spans:
                    assert block.text[span.start : span.end] == span.text
    assert seen == len(by_mark)
    assert [b.order for b in record(product).blocks] == list(range(seen))


def test_every_figure_in_the_words_carries_the_style_of_data(product: Product) -> None:
    by_mark = {b.bookmark: b for b in record(product).blocks}
    counted = 0
    for paragraph in body_of(product.data).iter(W + "p"):
        blocks = [by_mark[n] for s in paragraph.iter(W + "bookmarkStart") if (n := str(s.get(W + "name"))) in by_mark]
        if not blocks:
            continue
        wanted = [s.text for b in blocks for s in b.spans if s.kind == "number"]
        styled = [
            "".join(t.text or "" for t in r.iter(W + "t"))
            for r in paragraph.iter(W + "r")
            if r.find(f"{W}rPr/{W}rStyle[@{W}val='BulletinNumber']") is not None
        ]
        assert styled == wanted
        counted += len(wanted)
    assert counted > 15


def test_tables_are_recorded_as_printed(product: Product, composed_small: tuple[Prepared, Composed]) -> None:
    found, composed = record(product), composed_small[1]
    assert len(found.tables) == 3
    for table in found.tables:
        cells = [(t, f) for row, facts in zip(table.grid, table.facts, strict=True) for t, f in zip(row, facts, strict=True)]
        assert sum(bool(fact) for _, fact in cells) > 4
        assert all(any(text.startswith(t) for t in composed.facts.texts(fact)["pt"]) for text, fact in cells if fact)
    if len(found.languages) == 1:
        made = issued_of(composed.documents["pt"]).tables
        assert [(t.grid, t.facts) for t in made] == [(t.grid, t.facts) for t in found.tables]


def test_words_and_ids_are_the_same_in_both_layouts(composed_small: tuple[Prepared, Composed]) -> None:
    alone, beside = (record(word_file(*composed_small, layout)) for layout in ("separate", "side-by-side"))
    assert alone.build != beside.build
    editable = {b.id: (b.bookmark, b.text, b.generated, b.kind) for b in alone.blocks if b.editable}
    assert editable == {
        b.id: (b.bookmark, b.text, b.generated, b.kind) for b in beside.blocks if b.editable and b.language == "pt"
    }
    assert {b.id for b in beside.blocks if b.language == "en" and b.editable} == set(editable)
    kinds = {b.kind for b in alone.blocks}
    assert kinds >= {"text", "title", "heading", "note", "fixed"}


def test_the_file_carries_its_record_without_the_words(product: Product) -> None:
    with zipfile.ZipFile(io.BytesIO(product.data)) as package:
        carried = decode_issued((etree.fromstring(package.read("customXml/item1.xml")).text or "").encode())
    whole = record(product)
    assert (carried.build, carried.languages) == (whole.build, whole.languages)
    assert [(b.id, b.digest, b.spans) for b in carried.blocks] == [(b.id, b.digest, b.spans) for b in whole.blocks]
    assert not any(b.text for b in carried.blocks)
    assert [(len(t.grid), len(t.grid[0])) for t in carried.tables] == [(len(t.grid), len(t.grid[0])) for t in whole.tables]
    assert decode_issued(encode_issued(whole)) == whole


def test_no_two_blocks_of_the_example_have_one_id(composed_example: tuple[Prepared, Composed]) -> None:
    prepared, composed = composed_example
    for said in issued(prepared, composed, tuple(composed.documents.values()), "").values():
        names = [b.id for b in said.blocks] + [t.id for t in said.tables]
        assert len(set(names)) == len(names)


@given(
    st.binary(max_size=60)
    | st.dictionaries(st.sampled_from(("schema", "build", "blocks", "languages")), st.none() | st.integers()).map(
        lambda d: json.dumps(d).encode()
    )
)
def test_a_broken_record_is_a_finding(data: bytes) -> None:
    with pytest.raises(ConfigError) as raised:
        decode_issued(data, "issued.pt.json")
    assert raised.value.findings[0].rule == "issued-malformed"


def test_a_record_that_contradicts_itself_is_refused() -> None:
    block = IssuedBlock("a", "pt", "_ba", "text", 0, "Em 2024", "d")
    good = encode_issued(Issued("b", "e", "MZ", ("pt",), (block,)))
    assert decode_issued(good).blocks == (block,)
    for old, new in (('"kind":"text"', '"kind":"other"'), ('"digest":"d"', '"digest":1'), ('"text":"Em 2024"', '"spans":[[0]]')):
        with pytest.raises(ConfigError):
            decode_issued(good.decode().replace(old, new).encode())
    with pytest.raises(ConfigError):
        decode_issued(encode_brief(Issued("b", "e", "MZ", ("pt",), (block, block))))
