"""The proof-reader sees what it is there to see; the pages themselves are read in test_small and test_example."""

from __future__ import annotations

from finished import Sheet, Word
from pages import Page, Run, crowded, ending_with_heading, hollow, outside, overlapping, small_letters


def page(*words: Word, runs: tuple[Run, ...] = (), number: int = 2) -> Page:
    return Page(Sheet(number, 595, 842, (words,)), runs, ())


def test_the_proof_reader_sees_faults() -> None:
    one, two = Word("12,5", 100, 100, 130, 110), Word("13,5", 128, 101, 150, 111)
    assert list(overlapping(page(one, two)))
    assert not list(overlapping(page(one, Word("13,5", 132, 100, 150, 110), Word("below", 100, 110, 130, 120))))
    mark = Word("1(p)", 131, 100, 138, 108)
    assert list(crowded(page(one, mark, Word("574", 139, 100, 150, 110))))
    assert not list(crowded(page(one, mark, Word("574", 143, 100, 154, 110))))
    assert list(outside(page(Word("far", 560, 100, 590, 110))))
    assert list(outside(page(Word("low", 100, 750, 120, 770))))
    heading = Run("Source-Serif-4-Subhead-Semi-Bold", 15, 100, 700, "Inscrições")
    text = Run("Source-Sans-3", 10, 100, 500, "Texto.")
    assert list(ending_with_heading(page(runs=(text, heading))))
    assert list(small_letters(page(runs=(Run("Source-Sans-3", 6.5, 0, 0, "x"),))))
    lonely = page(runs=(Run("Source-Sans-3", 10, 100, 120, "Texto."),))
    assert list(hollow(lonely, page(runs=(text,))))
    assert not list(hollow(lonely, page(runs=(Run("Source-Serif-4-Display", 25, 100, 90, "2"),))))
