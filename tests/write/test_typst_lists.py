"""Lists by Typst, wherever on a page they begin: no heading without its list, nothing in the foot."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sample import INDICO, said, sample

from bulletin.document.blocks import Contents, Definition, Definitions, Entry, Paragraph
from bulletin.write.typst import write_typst_pdf
from bulletin.write.typst.lists import LITTLE, PAGE, contents
from pages import ending_with_heading, outside, read_pages


def exhibits(kind: str, count: int) -> Contents:
    entries = tuple(Entry(f"t{n}", f"1.{n}", said(f"Beneficiários {n}"), 2) for n in range(count))
    return Contents(kind, kind, f"Índice de {kind}", entries)  # type: ignore[arg-type]


@pytest.mark.parametrize("at", range(0, int(PAGE), 7))
def test_the_heading_of_a_list_stands_above_its_first_lines(at: int) -> None:
    source, _ = contents([exhibits("tables", 30), exhibits("figures", 9), exhibits("maps", 4)], at)
    for heading in source.split("small-heading")[1:]:
        list_, broken, _ = heading.partition("pagebreak")
        assert "minor-line" in list_ or not broken


@pytest.mark.parametrize("count", range(1, 90, 4))
def test_little_is_not_left_for_a_page_of_its_own(count: int) -> None:
    source, at = contents([exhibits("tables", count), exhibits("maps", 1)], 150)
    assert at >= LITTLE or "pagebreak" not in source


def test_a_list_in_two_columns_keeps_to_the_page_wherever_it_begins(tmp_path: Path) -> None:
    document = sample()
    explained = said("Pessoa que recebeu pelo menos uma prestação durante o ano de referência, segundo os registos do instituto.")
    items = tuple(Definition(f"d{n}", said(f"Termo {n} com uma explicação longa"), explained) for n in range(22))
    sections = tuple(
        replace(
            document.sections[0],
            id=f"s{above}",
            blocks=(
                *(Paragraph(f"p{above}.{n}", said("Texto.")) for n in range(above)),
                Definitions(f"l{above}", items, "glossary"),
            ),
        )
        for above in range(18, 36, 2)
    )
    path = tmp_path / "listas.pdf"
    path.write_bytes(write_typst_pdf(replace(document, cover=replace(document.cover, art=None), sections=sections), {}, INDICO))
    pages = read_pages(path)[1:]
    assert len(pages) >= len(sections)
    assert [fault for page in pages for rule in (outside, ending_with_heading) for fault in rule(page)] == []
