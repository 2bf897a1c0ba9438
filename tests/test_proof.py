"""The proof-reader sees what it is there to see; the pages themselves are read in test_small and test_example."""

from __future__ import annotations

from exhibits import badly_cut
from finished import Sheet, Word
from navigation import wrong_bookmarks, wrong_contents, wrong_feet
from pages import MM, Page, Run, blank, crowded, ending_with_heading, hollow, outside, overlapping, small_letters
from paragraphs import broken
from printed import Index
from tag_tree import Node


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
    lonely = page(runs=(Run("Source-Sans-3", 10, 100, 300, "Texto."),))
    full = page(runs=(Run("Source-Sans-3", 10, 100, 700, "Texto."),), number=1)
    assert list(hollow(lonely, full, page(runs=(text,))))
    assert not list(hollow(full, full, page(runs=(text,))))
    assert not list(hollow(lonely, full, page(runs=(Run("Source-Serif-4-Display", 25, 100, 90, "2"),))))
    assert list(blank(page(), full))


def test_the_proof_reader_sees_badly_broken_lines() -> None:
    whole = ["Em 2024 havia cem mil pessoas e o número cresceu muito,", "sem que a taxa", "tenha mudado nos anos desde então."]
    assert told(whole) == ""
    assert told(whole, ["Outro texto começa aqui."]) == ""
    assert told([*whole, "Sim."]).startswith("last line of 4 letters")
    cut = [*whole[:2], "tenha mudado nos anos"]
    assert told(cut, ["desde então,", "como se viu."]) == ""
    assert told(cut, ["desde então."]).startswith("one line of a paragraph at the head")
    assert told(cut[:1], ["sem que a taxa", "tenha mudado."]).startswith("one line of a paragraph at the foot")
    assert told([*whole[:2], "tenha mu‐"], ["dado nos anos", "desde então."]).startswith("a word divided by the end of the page")
    assert told(["Uma linha que aca‐", "ba numa sílaba e de no‐", "vo numa outra e ain‐", "da assim."]).startswith(
        "three divided"
    )
    assert told(["Havia 12,5", "milhões de pessoas."]) == "torn apart: 12,5 / milhões"
    assert told(["Havia então 124", "488 pessoas."]) == "torn apart: 124 / 488"


def told(here: list[str], there: list[str] | None = None) -> str:
    """First fault of a paragraph at the foot of page 2, which may go on at the head of page 3."""
    foot = 842 - 27 * MM - 2
    one = page(runs=lines(here, foot - (len(here) - 1) * 5 * MM, 18))
    other = page(runs=lines(there, 22 * MM + 10, 22), number=3) if there else None
    return next(broken(one, other), "")


def lines(texts: list[str], base: float, margin: float) -> tuple[Run, ...]:
    return tuple(Run("Source-Sans-3", 10, (margin + 44) * MM, base + i * 5 * MM, t) for i, t in enumerate(texts))


INDEX = Index(frozenset({"Quadro1.1", "Gráfico1.1"}), (), frozenset(), frozenset({"Fonte"}))


def tag(name: str, *kids: Node | str, page: int = 0, links: str = "") -> Node:
    at = page or next((k.page for k in kids if isinstance(k, Node)), 0)
    return Node(f"/{name}", list(kids), at, "", links)


def table(label: int, *rows: int, notes: int = 0) -> Node:
    """A table with its label, its rows and its notes on the given pages."""
    body = tag("TBody", *(tag("TR", tag("TH", "Niassa", page=p), tag("TD", "1", page=p)) for p in rows))
    below = tag("L", tag("LI", "Fonte", page=notes or rows[-1]))
    head = tag("THead", tag("TR", tag("TH", "Província", page=rows[0])))
    return tag("Div", tag("P", "Quadro 1.1", page=label), tag("Table", head, body), below)


def test_the_proof_reader_sees_exhibits_badly_cut() -> None:
    assert list(badly_cut(tag("Document", table(2, 2, 2, 2)), INDEX)) == []
    assert list(badly_cut(tag("Document", table(2, 2, 2, 3, 3)), INDEX)) == []
    assert list(badly_cut(tag("Document", table(2, 3, 3, 3)), INDEX)) == [(2, "Quadro1.1: head apart from its body")]
    assert list(badly_cut(tag("Document", table(2, 2, 3, 3)), INDEX)) == [(2, "Quadro1.1: 1 row on a page of its own")]
    assert list(badly_cut(tag("Document", table(2, 2, 2, 3)), INDEX)) == [(3, "Quadro1.1: 1 row on a page of its own")]
    assert list(badly_cut(tag("Document", table(2, 2, 2, notes=3)), INDEX)) == [(3, "notes apart from what they explain")]


def entry(number: str, title: str, page: str, leads: str) -> Node:
    spans = tag("Span", number), tag("Span", tag("Link", title, links=leads)), tag("Span", tag("Link", page, links=leads))
    return tag("LI", tag("LBody", *spans), page=1)


def test_the_proof_reader_sees_wrong_ways_through_the_file() -> None:
    h1, h2 = tag("H1", "População", page=4), tag("H2", "1.1", "Idade", page=5)
    exhibits = tag("P", "Quadro 1.1", page=5), tag("P", "Gráfico 1.1", page=5)
    lists = entry("1", "População", "4", "a"), entry("1.1", "Idade", "5", "b"), entry("1.1", "Pessoas", "5", "c")
    places = {"a": 4, "b": 5, "c": 5}
    right = tag("Document", tag("L", *lists), h1, h2, *exhibits)
    assert list(wrong_contents(right, places, INDEX)) == []
    assert list(wrong_contents(right, places | {"b": 6}, INDEX)) == ["1.1Idade5: leads to page 6"]
    short = tag("Document", tag("L", *lists[:1]), h1, h2)
    assert list(wrong_contents(short, places, INDEX)) == [
        "not in the lists: Gráfico1.1", "not in the lists: Quadro1.1", "not in the contents: 1.1Idade",
    ]  # fmt: skip
    assert list(wrong_bookmarks(right, [(1, "1População", 4), (2, "1.1Idade", 5)])) == []
    assert list(wrong_bookmarks(right, [(1, "1População", 4)]))
    assert list(wrong_bookmarks(right, [(1, "1População", 4), (1, "1.1Idade", 5)]))
    assert list(wrong_bookmarks(right, [(1, "1População", 4), (2, "1.1Idade", 6)]))
    cover, verso, recto = page(number=1), foot(4, "Boletim", 60, 500), foot(5, "1 População", 500, 60)
    assert list(wrong_feet([cover, verso, recto], right)) == []
    assert list(wrong_feet([cover, verso, foot(5, "2 Pensões", 500, 60)], right)) == ["p. 5: 2Pensões in the chapter População"]
    assert list(wrong_feet([cover, foot(4, "Boletim", 60, 500), foot(5, "1 População", 60, 500)], right))
    assert list(wrong_feet([cover, page(Word("Texto", 100, 100, 130, 110), number=4)], right)) == ["p. 4: no folio"]
    assert list(wrong_feet([cover, page(number=4)], right)) == []


def foot(number: int, words: str, folio: float, running: float) -> Page:
    words_ = [Word(w, running + 40 * i, 775, running + 40 * i + 20, 785) for i, w in enumerate(words.split(" "))]
    return page(Word(str(number), folio, 775, folio + 10, 785), *words_, number=number)
