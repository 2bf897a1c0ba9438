"""Order of blocks on the page: gaps are filled with what follows, and nothing changes its place among its like."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from sample import images, sample

from bulletin.document.blocks import Block, Figure, Paragraph, Table
from bulletin.document.inline import Reference, Text
from bulletin.document.tree import Document, Section, walk
from bulletin.write.pdf.fill import PAGE, filled, single
from bulletin.write.pdf.heights import lines

FIGURE = next(b for b in walk(sample().sections) if isinstance(b, Figure))
TABLE = next(b for b in walk(sample().sections) if isinstance(b, Table) and not b.landscape and not b.words)


def text(number: int, words: int = 60) -> Paragraph:
    return Paragraph(f"t{number}", (Text(" ".join(["palavra"] * words)),))


def figure(number: int) -> Figure:
    return replace(FIGURE, id=f"f{number}")


def table(number: int) -> Table:
    return replace(TABLE, id=f"q{number}")


def ordered(*blocks: Block) -> list[str]:
    section = Section("s", 1, (Text("Capítulo"),), blocks)
    document: Document = replace(sample(), sections=(section,))
    return [b.id for b in filled(document, single(images(document))).document.sections[0].blocks]


def test_text_fills_the_gap_before_a_figure_that_goes_to_the_next_page() -> None:
    tall = [figure(i) for i in range(6)]
    found = ordered(*tall, text(1), text(2))
    assert found.index("t1") < found.index("f5")


def test_what_fits_keeps_its_place() -> None:
    assert ordered(text(1), figure(1), text(2)) == ["t1", "f1", "t2"]


@given(st.lists(st.sampled_from("tfq"), max_size=14))
def test_blocks_of_a_kind_keep_their_order(kinds: str) -> None:
    make = {"t": text, "f": figure, "q": table}
    found = ordered(*(make[k](i) for i, k in enumerate(kinds)))
    assert sorted(found) == sorted(f"{k}{i}" for i, k in enumerate(kinds))
    for kind in "tfq":
        alike = [int(i[1:]) for i in found if i[0] == kind]
        assert alike == sorted(alike)


def test_lines_are_counted_by_the_width_of_letters() -> None:
    assert lines("", 100, 10) == 0
    assert lines("iiii " * 10, 40, 10) < lines("mmmm " * 10, 40, 10)


def test_a_long_table_is_cut_rather_than_leave_most_of_a_page_empty() -> None:
    rows = tuple(replace(TABLE.rows[-1], key=str(i), role="normal") for i in range(18))
    long = replace(TABLE, id="long", rows=rows)
    half = [text(1, 300)]
    section = Section("s", 1, (Text("Capítulo"),), (*half, long))
    document = replace(sample(), sections=(section,))
    measures = single(images(document))
    assert measures.is_whole(long)
    arranged = filled(document, measures)
    room = PAGE - sum(map(measures.height, half)) - measures.opening(section)
    assert measures.height(long) > room > 0.4 * measures.height(long)
    assert "long" in arranged.cut
    short = replace(section, blocks=(*half, replace(long, rows=rows[:15])))
    assert filled(replace(document, sections=(short,)), measures).cut <= {"t1"}


def test_an_exhibit_does_not_come_before_what_first_refers_to_it() -> None:
    tall = [figure(i) for i in range(3)]
    refers = replace(text(9), content=(Text("Ver o "), Reference("q1", "Quadro 1"), Text(".")))
    together: list[Block] = [*tall[:2], table(1), refers, text(10)]
    for blocks in itertools.permutations(together):
        found = ordered(*blocks)
        composed = [b.id for b in blocks]
        if composed.index("t9") < composed.index("q1"):
            assert found.index("t9") < found.index("q1")


def test_the_same_blocks_give_the_same_order() -> None:
    blocks = [figure(1), table(1), text(1), figure(2), text(2), table(2), figure(3), text(3)]
    assert ordered(*blocks) == ordered(*blocks)
