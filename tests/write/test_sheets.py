"""Wide tables are cut where the eye expects it, lose nothing, and every part explains its own marks."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from sample import INDICO, cell, row, said, sample

from bulletin.document.blocks import Cell, Column, Note, Row, Spanner, Table
from bulletin.document.inline import NoteMark, Text
from bulletin.document.marks import check_marks
from bulletin.document.parts import extract, in_parts, mark_of, marks_in, rejoined
from bulletin.write.docx import exhibits
from bulletin.write.docx.layout import LANDSCAPE as WORD
from bulletin.write.docx.layout import laid_out
from bulletin.write.docx.story import story_of
from bulletin.write.measure import lines
from bulletin.write.sheets import cuts, sheets_of
from bulletin.write.table_layout import LANDSCAPE, continued_line, layout, needs_of, shares, size_of

WORDS = {
    "table_part": "(parte {part} de {parts})", "table_part_continued": "(continuação, parte {part} de {parts})",
    "note": "Nota", "notes": "Notas", "signs": "Sinais",
}  # fmt: skip


def wide(groups: int, each: int, figure: str = "123 456", rows: int = 3, mark: str = "") -> Table:
    count = groups * each
    columns = tuple(Column(f"{n}", said(f"C{n}"), spanner=n // each, first=n % each == 0) for n in range(count))
    spanners = tuple(Spanner(said(f"G{g}"), g * each, each) for g in range(groups))
    lines = tuple(
        Row(f"r{r}", said(f"Linha {r}"), tuple(Cell(figure, f"f{r}.{n}", marks=mark if (r, n) == (0, count - 1) else "") for n in range(count)))
        for r in range(rows)
    )  # fmt: skip
    return Table("t", said("Quadro"), (), said("Programa"), columns, (spanners,), lines, (), "", "", label="Quadro\u00a01")


def test_upright_then_lying_then_in_parts() -> None:
    assert not sheets_of([wide(1, 6)]).landscape
    lying = sheets_of([wide(3, 5)])
    assert (lying.landscape, lying.cuts) == (True, ())
    assert sheets_of([wide(5, 5)]).cuts == (15,)
    # the longer words of one language cut the other at the same place
    longer = wide(5, 5)
    longer = replace(longer, columns=tuple(replace(c, head=said("Descentralizado")) for c in longer.columns))
    assert sheets_of([wide(5, 5), longer]).cuts == sheets_of([longer]).cuts != (15,)


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from(["1", "12 345", "123 456 789"]))
def test_no_figure_is_lost_or_squeezed_and_groups_stay_whole(groups: int, each: int, figure: str) -> None:
    table = wide(groups, each, figure)
    sheets = sheets_of([table])
    parts = in_parts(replace(table, landscape=sheets.landscape), sheets.cuts, WORDS)
    for n, line in enumerate(table.rows):
        assert tuple(c for part in parts for c in part.rows[n].cells) == line.cells
    assert [c.key for part in parts for c in part.columns] == [c.key for c in table.columns]
    if len(sheets.cuts) and all(cut % each == 0 for cut in sheets.cuts):
        whole = rejoined(parts)
        assert (whole.rows, whole.spanners) == (table.rows, table.spanners)
    alone = max(sum(needs_of(replace(table, landscape=True), size_of(table))[g * each : (g + 1) * each]) for g in range(groups))
    if alone < LANDSCAPE[0] - 40:
        assert all(cut % each == 0 for cut in sheets.cuts)
    story = story_of(sample(), {}, INDICO)
    for part in parts:
        room = (LANDSCAPE if part.landscape else (170.0, 0.0))[0]
        widths = [share * room for share in shares(part)][1:]
        if len(part.columns) > 2:
            assert all(w >= need - 0.01 for w, need in zip(widths, needs_of(part, size_of(part)), strict=True))
        set_out = laid_out(story, part)
        assert sum(set_out.widths) <= (WORD if part.landscape else 170) + 0.01
        assert [plain_head(s) for s in part.spanners[0]] == sorted({f"G{c.spanner_of(table)}" for c in map(Known, part.columns)})


class Known:
    def __init__(self, column: Column) -> None:
        self.column = column

    def spanner_of(self, table: Table) -> int:
        return next(c.spanner for c in table.columns if c.key == self.column.key)


def plain_head(spanner: Spanner) -> str:
    return "".join(p.text for p in spanner.label if isinstance(p, Text))


def test_a_group_wider_than_a_page_is_cut_and_its_head_stands_over_both_parts() -> None:
    table = wide(1, 24)
    first, second = in_parts(table, sheets_of([table]).cuts, WORDS)
    assert plain_head(first.spanners[0][0]) == plain_head(second.spanners[0][0]) == "G0"
    assert (first.part, second.part) == ("(parte 1 de 2)", "(continuação, parte 2 de 2)")
    assert second.part_of == first.id == "t"
    assert second.label == first.label
    assert "(continuação, parte 2 de 2)" in second.continued


def test_word_counts_a_table_in_parts_once_and_begins_long_parts_on_a_page() -> None:
    story = story_of(sample(), {}, INDICO)
    table = wide(5, 5, rows=30)
    first, second = (exhibits.table(story, part) for part in in_parts(table, sheets_of([table]).cuts, WORDS))
    assert ("SEQ Quadro" in first, "SEQ Quadro" in second) == (True, False)
    assert "(continuação, parte 2 de 2)" in second
    assert ("w:pageBreakBefore" in first, "w:pageBreakBefore" in second) == (False, True)
    assert second.count("<w:tblHeader/>") == 2
    short = in_parts(wide(5, 5), sheets_of([table]).cuts, WORDS)
    assert "w:pageBreakBefore" not in exhibits.table(story, short[1])


def test_the_line_over_further_pages_says_the_unit_and_takes_two_lines() -> None:
    table = replace(wide(1, 5), headnote=said("País (pessoas)"))
    assert continued_line("Quadro 1 Título (continuação)", table) == "Quadro 1 Título (continuação). País (pessoas)"
    long = continued_line("Quadro 1 " + "Título comprido " * 40 + "(continuação)", table)
    assert long.endswith("… (continuação). País (pessoas)")
    assert lines(long, "Source Sans 3 Semibold", 9, 170) == 2


def test_parts_are_even() -> None:
    assert cuts(wide(4, 1), [10.0] * 4, 31) == (2,)
    assert cuts(wide(5, 1), [10.0] * 5, 31) == (3,)


def test_a_note_stands_under_the_part_with_its_mark_and_what_is_general_under_the_last() -> None:
    notes = (
        Note("t.note.1", "Notas", (NoteMark("1"), Text("\u00a0Da última coluna."))),
        Note("t.note.2", "", said("Geral.")),
        Note("t.signs", "Sinais", said(".. não disponível.")),
        Note("t.source", "Fonte", said("Ensaio.")),
    )
    table = replace(wide(2, 5, mark="1"), notes=notes)
    first, last = in_parts(table, (5,), WORDS)
    assert not first.notes
    assert [(n.label, n.id) for n in last.notes] == [("Notas", "t.note.1"), ("", "t.note.2"), ("Fonte", "t.source")]
    here = replace(table, columns=(replace(table.columns[0], sign="(p)", head=(Text("C0"), NoteMark("1"))), *table.columns[1:]))
    first, last = in_parts(here, (5,), WORDS)
    assert [n.label for n in first.notes] == ["Nota", "Sinais"]
    assert {mark_of(n) for n in first.notes} - {""} == set(marks_in(first)) == {"1"}


def test_every_mark_has_its_note_and_every_note_its_mark() -> None:
    document = sample()
    section = document.sections[0]

    def found(table: Table) -> list[tuple[str, object]]:
        held = replace(document, sections=(replace(section, blocks=(table,), sections=()),))
        return [(f.rule, f.parameters.get("place", f.parameters["mark"])) for f in check_marks(held)]

    note = Note("t.note.1", "Nota", (NoteMark("1"), Text("\u00a0Remarca.")))
    table = replace(wide(2, 2, mark="1"), notes=(note,))
    assert found(table) == []
    assert found(replace(table, notes=())) == [("mark-without-note", "Linha 0 / C3")]
    assert found(replace(wide(2, 2), notes=(note,))) == [("note-without-mark", "1")]
    assert found(replace(table, rows=(*table.rows, row("x", "Outra", "1|1|1|1", marks="2")))) == [("mark-without-note", "Outra")]
    assert not [f for f in check_marks(document) if f.rule == "mark-without-note" and not f.parameters["table"]]


def test_an_extract_has_so_many_rows_of_figures_and_its_own_notes() -> None:
    note = Note("t.note.1", "Nota", (NoteMark("1"), Text("\u00a0Da terceira linha.")))
    table = replace(wide(1, 2, rows=4), notes=(note, Note("t.source", "Fonte", said("Ensaio."))))
    block = Row("b", said("Grupo"), (), "block")
    table = replace(table, rows=(block, *table.rows[:2], block, replace(table.rows[2], marks="1"), table.rows[3]))
    words = {**WORDS, "table_extract": "(extrato)"}
    pointer = Note("t.extract", "", said("O resto está no livro."))
    short = extract(table, 2, pointer, words)
    assert [r.role for r in short.rows] == ["block", "normal", "normal"]
    assert [(n.label, n.id) for n in short.notes] == [("Nota", "t.extract"), ("Fonte", "t.source")]
    longer = extract(table, 3, pointer, words)
    assert [(n.label, n.id) for n in longer.notes] == [("Notas", "t.note.1"), ("", "t.extract"), ("Fonte", "t.source")]


def test_words_longer_than_a_column_are_broken_and_others_not() -> None:
    table = wide(2, 2)
    assert "breaking" not in layout(table).classes.split()
    longest = replace(table, rows=(*table.rows, replace(table.rows[0], label=said("inconstitucional" * 6))))
    assert "breaking" in layout(longest).classes.split()
    assert not sheets_of([longest]).landscape
    assert cell("1").text == "1"
