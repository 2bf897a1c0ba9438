"""The markup says what the tree says, in its order, escaped, and keeps the grid of a table's head."""

from __future__ import annotations

import html as entities
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import ACACIA, INDICO, images, said, sample, sex_table, wide_table

from bulletin.document.anchors import anchor
from bulletin.document.blocks import Column, Paragraph, Spanner, Table
from bulletin.document.inline import Text
from bulletin.document.tree import Document, Section
from bulletin.write.html import write_html
from bulletin.write.table_layout import head_of, layout


def with_blocks(*blocks: Paragraph | Table) -> Document:
    section = Section("one", 1, said("Um"), blocks, numbering="none", running="Um")
    document = sample()
    return replace(document, cover=replace(document.cover, art=None), sections=(section,))


def test_every_word_of_the_tree_is_on_the_page() -> None:
    document = sample()
    page = entities.unescape(write_html(document, images(document), INDICO))
    for words in (
        "Principais resultados", "124\u00a0598", "mil milhões de MT", "sem série anterior publicada", "Neste capítulo",
        "assinalados junto a cada quadro", "Porque não se calculam", "Nova definição de agregado.", "47/2018",
        "Grupo 6 de distritos", "Termo explicado 24", "Inferior a metade da unidade", "VIII edição", "Texto em falta",
    ):  # fmt: skip
        assert words in page


@given(st.text(alphabet="<>&\"'{}%#ãé x", min_size=1, max_size=30))
def test_text_never_becomes_markup(text: str) -> None:
    page = write_html(with_blocks(Paragraph("p", (Text(text),))), {}, INDICO)
    found = re.search(r'<p class="text">(.*?)</p>', page, re.DOTALL)
    assert found
    assert entities.unescape(found[1]).replace("\u00a0", " ") == text  # last words may be held together
    assert "<" not in found[1]


def test_same_tree_same_markup_and_theme_decides_the_look() -> None:
    document = sample()
    first = write_html(document, images(document), INDICO)
    assert first == write_html(document, images(document), INDICO)
    assert 'class="head-filled label-chip strip"' in write_html(document, images(document), ACACIA)


def test_only_asset_addresses() -> None:
    document = sample("Rascunho")
    page = write_html(document, images(document), INDICO)
    assert set(re.findall(r"(?:src=\"|url\(['\"]?)([a-z]+:)", page)) == {"asset:"}


def test_every_image_has_an_alternative_text() -> None:
    document = sample()
    page = write_html(document, images(document), INDICO)
    assert all(re.search(r'alt="[^"]{10,}"', tag) for tag in re.findall(r"<img[^>]*>", page))


@pytest.mark.parametrize("table", [sex_table(), wide_table()])
def test_head_covers_the_grid(table: Table) -> None:
    assert covered(table) == {(r, c) for r in range(2) for c in range(len(table.columns) + 1)}


def test_leaf_without_spanner_rises_to_the_first_row() -> None:
    columns = tuple(Column(k, said(k)) for k in "abc")
    table = replace(sex_table(), columns=columns, spanners=((Spanner(said("xy"), 1, 2),),), rows=())
    assert [(h.rows, h.columns) for h in head_of(table)[0]] == [(2, 1), (2, 1), (1, 2)]
    assert covered(table) == {(r, c) for r in range(2) for c in range(4)}


def covered(table: Table) -> set[tuple[int, int]]:
    taken: set[tuple[int, int]] = set()
    for r, cells in enumerate(head_of(table)):
        column = 0
        for cell in cells:
            while (r, column) in taken:
                column += 1
            area = {(r + i, column + j) for i in range(cell.rows) for j in range(cell.columns)}
            assert not area & taken
            taken |= area
    return taken


def test_short_tables_are_kept_whole_and_long_ones_say_that_they_continue() -> None:
    short, wide = sex_table(), wide_table()
    assert "kept" in layout(short).classes
    assert "kept" not in layout(wide).classes
    page = write_html(with_blocks(short, wide), {}, INDICO)
    assert page.count("data-continued=") == 1


@given(st.text(alphabet="ab.-_ç ", min_size=1, max_size=6), st.text(alphabet="ab.-_ç ", min_size=1, max_size=6))
def test_different_ids_have_different_anchors(one: str, other: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]+", anchor(one))
    assert (anchor(one) == anchor(other)) == (one == other)
