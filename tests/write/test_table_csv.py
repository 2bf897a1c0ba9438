"""The CSV of a table: what is printed, in a form with which a spreadsheet can calculate."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import cell, note, row, said, sample, words

from bulletin.document.blocks import Column, Spanner, Table
from bulletin.document.grid import figure
from bulletin.document.inline import NoteMark
from bulletin.document.parts import extract
from bulletin.write.table_csv import file_name, inert, table_csv
from factories import shipped_pack

TABLE = Table(
    "t",
    said("Beneficiários, 2024"),
    said("Milhares"),
    said("Província"),
    (Column("a", said("H")), Column("b", said("M"), sign="(p)")),
    ((Spanner(said("2024"), 0, 2),),),
    (
        row("n", "Norte", "", "block"),
        replace(row("1", "Niassa", "1 234,5|−3"), cells=(cell("1 234,5", signs="(p)", marks="1"), cell("−3"))),
        replace(row("2", "Sofala", "c|.."), cells=(cell("c"), cell(".."))),
    ),
    (note("n", "Nota", NoteMark("1"), " Provisório."), note("s", "Fonte", "INE.")),
    "Dados ilustrativos",
    "",
    label="Quadro\u00a03.6",
)


def lines(table: Table, decimal: str = ",") -> list[str]:
    document = sample()
    document = replace(document, metadata=replace(document.metadata, decimal=decimal))
    return table_csv(table, document).decode("utf-8-sig").split("\r\n")


def test_an_extract_is_called_one_in_its_first_line() -> None:
    document = replace(sample(), words=shipped_pack("pt").words)
    pointer = note("e", "Nota", "O resto está no livro.")
    short = extract(replace(TABLE, notes=TABLE.notes[1:]), 1, pointer, document.words)
    found = table_csv(short, document).decode("utf-8-sig").split("\r\n")
    assert found[0] == "Quadro 3.6;Beneficiários, 2024 (extrato)"
    assert "Nota;O resto está no livro." in found
    assert not any("Sofala" in line for line in found)


def test_it_reads_as_the_page_does() -> None:
    assert lines(TABLE)[:10] == [
        "Quadro 3.6;Beneficiários, 2024",
        ";Milhares",
        ";Dados ilustrativos",
        "",
        "Bloco;Província;2024: H;2024: H (sinais e notas);2024: M (p)",
        "Norte;Niassa;1234,5;(p) [1];-3",
        "Norte;Sofala;c;;..",
        "",
        "Nota;[1] Provisório.",
        "Fonte;INE.",
    ]


def test_a_decimal_point_goes_with_commas() -> None:
    table = replace(TABLE, rows=(replace(TABLE.rows[1], cells=(cell("1,234.5"), cell("12%"))),))
    assert lines(table, ".")[5] == "Niassa,1234.5,12%"


def test_names_are_stable() -> None:
    assert file_name(TABLE) == "quadro-3-6.csv"
    assert file_name(replace(TABLE, label="Quadro\u00a0A.12")) == "quadro-a-12.csv"
    assert file_name(replace(TABLE, label="", id="key_figures.table")) == "key-figures-table.csv"


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-cmd", "\tx"])
def test_no_text_is_a_formula(text: str) -> None:
    assert inert(text) == "'" + text
    table = replace(TABLE, columns=(Column("a", said("H")),), rows=(replace(TABLE.rows[1], cells=(words(text),)),), spanners=())
    assert not any(part.startswith(("=", "@", "+", "-", "\t")) for line in lines(table) for part in line.split(";"))


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from([(",", "\u00a0"), (",", "."), (".", ","), (",", "\u202f")]))
def test_no_digit_is_lost(value: object, marks: tuple[str, str]) -> None:
    decimal, group = marks
    printed = f"{value:,.2f}".translate({ord(","): group, ord("."): decimal, ord("-"): "−"})
    assert figure(printed, decimal) == f"{value:.2f}".replace(".", decimal)
