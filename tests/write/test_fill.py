"""Order of blocks on the page: gaps are filled with what follows, and nothing changes its place among its like."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from sample import images, sample

from bulletin.document.blocks import Block, Figure, Paragraph, Table
from bulletin.document.inline import Emphasis, Footnote, Reference, Text
from bulletin.document.tree import Document, Section, walk
from bulletin.write.measure import lines
from bulletin.write.pdf.fill import PAGE, filled, single
from bulletin.write.pdf.heights import parts_of

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
    assert lines("iiii " * 10, "Source Sans 3", 10, 40) < lines("mmmm " * 10, "Source Sans 3", 10, 40)


def test_a_long_table_is_cut_rather_than_leave_most_of_a_page_empty() -> None:
    rows = tuple(replace(TABLE.rows[-1], key=str(i), role="normal") for i in range(18))
    long = replace(TABLE, id="long", rows=rows)
    half = [text(1, 300)]
    after = replace(long, id="after")
    section = Section("s", 1, (Text("Capítulo"),), (*half, long, after))
    document = replace(sample(), sections=(section,))
    measures = single(images(document))
    assert measures.is_whole(long)
    arranged = filled(document, measures)
    room = PAGE - sum(map(measures.height, half)) - measures.opening(section)
    assert measures.height(long) > room > 0.4 * measures.height(long)
    assert "long" in arranged.cut
    short = replace(section, blocks=(*half, replace(long, rows=rows[:9]), after))
    assert filled(replace(document, sections=(short,)), measures).cut <= {"t1", "after"}


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


def rows(number: int) -> Table:
    return replace(TABLE, id="long", rows=tuple(replace(TABLE.rows[-1], key=str(i), role="normal") for i in range(number)))


def chapter(*blocks: Block) -> tuple[Document, Section]:
    section = Section("s", 1, (Text("Capítulo"),), blocks)
    return replace(sample(), sections=(section,)), section


def test_a_table_of_few_rows_is_cut_only_where_most_of_a_page_were_empty() -> None:
    document, section = chapter(rows(14), replace(rows(14), id="other"))
    measures = single(images(document))
    tall = measures.height(section.blocks[0])
    assert tall > 105

    def cut(room: float) -> bool:
        return "long" in filled(document, replace(measures, opening=lambda _: PAGE - room)).cut

    assert not cut(tall + 5)
    assert not cut(0.35 * PAGE)
    assert cut(tall - 12)


def test_a_long_table_begins_where_its_first_rows_stand_and_not_before() -> None:
    parts = parts_of(rows(60))
    first = min(parts.breaks)
    least = parts.above + parts.head + sum(parts.rows[:first])
    assert first >= 4 <= 60 - max(parts.breaks)
    assert parts.flowed(least - 1, PAGE) == (0, 0.0)
    pages, at = parts.flowed(least + 1, PAGE)
    assert pages >= 1
    assert parts.head + 4 * parts.rows[0] < at <= PAGE
    assert parts.flowed(PAGE * 3, PAGE)[0] == 0


def test_the_pages_of_a_long_table_hold_all_its_rows() -> None:
    parts = parts_of(rows(100))
    pages, at = parts.flowed(PAGE, PAGE)
    whole = parts.above + sum(parts.rows) + parts.below + (pages + 1) * parts.head
    assert whole <= pages * PAGE + at <= whole + pages * 5 * parts.rows[0]


def test_the_last_page_of_a_chapter_does_not_hold_one_small_thing() -> None:
    document, _ = chapter(figure(0), figure(1), rows(4))
    measures = single(images(document))
    two = 2 * measures.height(figure(0))
    placed = replace(measures, opening=lambda _: PAGE - two)
    found = filled(document, placed).document.sections[0].blocks
    assert [b.id for b in found] == ["f0", "long", "f1"]


def test_notes_at_the_foot_of_the_page_take_room() -> None:
    plain, noted = text(1), text(1)
    noted = replace(noted, content=(*noted.content, Emphasis((Footnote((Text("Lei n.º 4/2007."),), "n", "1"),))))
    taken = single(images(sample())).height(noted) - single(images(sample())).height(plain)
    assert 8 < taken < 12
