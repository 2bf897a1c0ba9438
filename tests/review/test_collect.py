"""What a reviewed file says: which blocks were changed, how, and by whom."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest
from sent_back import ANA, BEN, back, collected, edit, fresh, issued, sent, standing

from bulletin.model.issued import IssuedBlock
from bulletin.model.override import Reviewer
from bulletin.model.review import Change, Collected
from bulletin.model.reviewed import Mark, ReadComment

HEAD = issued("População", "people.heading", kind="heading", lead="1.1\t", section="people")
LEVEL = issued(
    "A população aumentou [2,5%|growth(POPULATION.MZ@2023, POPULATION.MZ@2024)] entre <2023> e <2024>, passando de "
    "[32,4 milhões|POPULATION.MZ@2023] para [33,2 milhões|POPULATION.MZ@2024]. O ritmo tem sido estável.",
    "people.level",
)
SEX = issued("As mulheres eram [51,6%|SHARE.MZ.sex=F@2024] da população em <2024>, pouco mais de metade.", "people.sex")
PLACES = issued("Nampula ([6,81 milhões|POPULATION.MZ-N@2024]) é a província com mais habitantes do país.", "people.places")
TITLE = issued("População por província, <2024>", "people.table", kind="title", lead="Quadro 1.1\t")
NOTE = issued("Instituto Nacional de Estatística, projecções.", "people.table.source", kind="note", lead="Fonte\t")
DEFINED = issued("Pessoas que residem no país.", "glossary.people", kind="fixed", editable=False, source="config/glossary.yaml")
ALL = (HEAD, LEVEL, SEX, PLACES, TITLE, NOTE, DEFINED)
SENT = sent(*ALL)


def said(**changed: str) -> list[object]:
    return [standing(b, changed.get(b.id.replace(".", "_"))) for b in ALL]


def read(*paragraphs: object, reviewer: str = "Direcção X") -> Collected:
    return collected(SENT, back(*paragraphs), reviewer)  # type: ignore[arg-type]


def kinds(found: Collected) -> list[tuple[str, str]]:
    return [(c.kind, c.block) for c in found.changes]


def with_(place: IssuedBlock, *paragraphs: object) -> list[object]:
    """The whole file, other paragraphs in the place of one block's."""
    at = ALL.index(place)
    return [*(standing(b) for b in ALL[:at]), *paragraphs, *(standing(b) for b in ALL[at + 1 :])]


def only(found: Collected) -> Change:
    assert len(found.changes) == 1, kinds(found)
    return found.changes[0]


def test_an_untouched_file_says_nothing() -> None:
    contents = [fresh("1.1 População\t5", contents=True), fresh("Quadro 1.1 População por província, 2024\t6", contents=True)]
    page = [fresh("Boletim Estatístico", note=True, style="Header"), fresh(""), fresh(" ")]
    found = read(*contents, *said(), *page)
    assert found == Collected((), ())


@pytest.mark.parametrize("blank", [" ", "\u202f", "\u2009"])
def test_what_word_changes_by_itself_is_no_edit(blank: str) -> None:
    text = SEX.text.replace("As mulheres", "as mulheres").replace("metade.", "metade.\u200b") + " "
    quoted = issued("O chamado «piso» de protecção — o mínimo — existe...", "people.quoted")
    file = back(
        standing(SEX, text),
        standing(quoted, "O chamado “piso” de protecção -- o mínimo – existe…"),
        standing(LEVEL, LEVEL.text.replace("\u00a0", blank)),
    )
    assert collected(sent(SEX, quoted, LEVEL), file) == Collected((), ())


def test_a_reworded_block_keeps_its_figures_as_placeholders() -> None:
    change = only(read(*with_(SEX, standing(SEX, SEX.text.replace("pouco mais de metade", "o que é habitual"), tracked=True))))
    assert (change.kind, change.block, change.language, change.match) == ("reworded", "people.sex", "pt", "bookmark")
    assert change.text == "As mulheres eram {share} da população em 2024, o que é habitual."
    assert change.placeholders == {"share": "SHARE.MZ.sex=F@2024"}
    assert change.authors == (Reviewer(ANA, "2026-11-22T08:15:06Z", tracked=True),)
    assert change.generated == "gen:people.sex"
    assert change.queries == ()


def test_an_edit_off_the_record_is_the_senders() -> None:
    change = only(read(*with_(SEX, standing(SEX, SEX.text + " Sempre assim foi."))))
    assert change.authors == (Reviewer("Direcção X", "2026-11-23T10:00:00Z", tracked=False),)


def test_two_authors_of_one_paragraph_are_both_named() -> None:
    hands = (edit(author=ANA), edit("delete", BEN, "2026-11-23T09:00:00Z"), edit(author=ANA, date="2026-11-24T09:00:00Z"))
    change = only(read(*with_(SEX, standing(SEX, SEX.text + " Nota.", revisions=hands))))
    assert {(a.author, a.date) for a in change.authors} == {(ANA, "2026-11-24T09:00:00Z"), (BEN, "2026-11-23T09:00:00Z")}


def test_a_number_alone_is_a_question_and_no_change() -> None:
    found = read(*with_(PLACES, standing(PLACES, PLACES.text.replace("6,81", "6,18"))))
    assert found.changes == ()
    query = found.queries[0]
    assert (query.kind, query.block, query.old, query.new) == (
        "number-changed",
        "people.places",
        "6,81\u00a0milhões",
        "6,18\u00a0milhões",
    )
    assert (query.fact, query.authors[0].author) == ("POPULATION.MZ-N@2024", "Direcção X")


def test_a_number_beside_other_words_is_asked_about_and_the_words_are_kept() -> None:
    text = PLACES.text.replace("6,81", "6,18").replace("é a província", "continua a ser a província")
    change = only(read(*with_(PLACES, standing(PLACES, text))))
    assert change.text == "Nampula ({population}) continua a ser a província com mais habitantes do país."
    assert [q.kind for q in change.queries] == ["number-changed"]


def test_a_whole_paragraph_typed_over_without_its_bookmark_is_found_by_its_words() -> None:
    text = "Em 2024, as mulheres eram 51,6% de toda a população do país, pouco mais de metade."
    change = only(read(*with_(SEX, standing(SEX, text, mark="", figures=()))))
    assert (change.kind, change.match) == ("reworded", "similarity")
    assert 0.35 <= change.score < 1
    assert change.placeholders == {"share": "SHARE.MZ.sex=F@2024"}


def test_a_faint_likeness_is_asked_about() -> None:
    text = "Eram 51,6% as mulheres em 2024, segundo os dados mais recentes que foram recolhidos pela direcção nacional."
    change = only(read(*with_(SEX, standing(SEX, text, mark="", figures=()))))
    assert change.score < 0.6
    assert "uncertain-match" in [q.kind for q in change.queries]


def test_a_tracked_overwrite_leaves_an_empty_bookmark_and_is_the_same_block() -> None:
    change = only(read(*with_(SEX, standing(SEX, "A maioria são mulheres.", tracked=True, mark="empty"))))
    assert (change.kind, change.block) == ("reworded", "people.sex")
    assert [q.kind for q in change.queries] == ["number-dropped"]


@pytest.mark.parametrize("marked", ["both", "first", "second"])
def test_a_split_block_is_one_change_with_both_paragraphs(marked: str) -> None:
    first, second = LEVEL.text.split(". ")
    parts = [
        standing(LEVEL, first + ".", mark="part" if marked != "second" else ""),
        standing(LEVEL, second, mark="part" if marked != "first" else ""),
    ]
    change = only(read(*with_(LEVEL, *parts)))
    assert change.kind == "split"
    assert change.text.split("\n\n")[1] == "O ritmo tem sido estável."
    assert set(change.placeholders.values()) == {s.ref for s in LEVEL.spans if s.kind == "number"}


@pytest.mark.parametrize("kept", ["both", "first", "second"])
def test_two_blocks_made_one(kept: str) -> None:
    names = {"both": (LEVEL, SEX), "first": (LEVEL,), "second": (SEX,)}[kept]
    one = fresh(f"{LEVEL.text} {SEX.text}", marks=tuple(Mark(b.bookmark, "part") for b in names))
    paragraphs = with_(LEVEL, one)
    del paragraphs[2]
    found = read(*paragraphs)
    assert kinds(found) == [("joined", "people.level"), ("joined", "people.sex")]
    head, other = found.changes
    assert other.into == "people.level"
    assert head.queries == other.queries == ()
    assert set(head.placeholders.values()) == {s.ref for b in (LEVEL, SEX) for s in b.spans if s.kind == "number"}


def test_lines_issued_as_one_paragraph_are_not_joined() -> None:
    mark = issued("○ Dados ilustrativos", "t.illustrative", kind="fixed", tail="\tmilhares", editable=False)
    unit = issued("milhares", "t.subtitle", kind="fixed", lead="○ Dados ilustrativos\t", editable=False)
    line = fresh("○ Dados ilustrativos\tmilhares", marks=(Mark(mark.bookmark, "part"), Mark(unit.bookmark, "part")))
    assert collected(sent(mark, unit), back(line)) == Collected((), ())
    bare = fresh("○ Dados ilustrativos\tmilhares")
    assert collected(sent(mark, unit), back(bare)) == Collected((), ())


@pytest.mark.parametrize("record", ["empty paragraph", "no paragraph"])
def test_a_deleted_block(record: str) -> None:
    gone = [standing(SEX, "", tracked=True, mark="empty")] if record == "empty paragraph" else []
    found = read(*with_(SEX, *gone))
    change = only(found)
    assert (change.kind, change.block, change.before) == ("deleted", "people.sex", SEX.text)
    if gone:
        assert (change.authors[0].author, change.queries, found.unmatched) == (ANA, (), ())
    else:
        assert found.unmatched == ("people.sex",)
        assert [q.kind for q in change.queries] == ["uncertain-match"]


@pytest.mark.parametrize("how", ["bookmark", "text", "tracked"])
def test_a_moved_block_is_not_a_deleted_and_a_new_one(how: str) -> None:
    first = [standing(SEX, "", tracked=True, mark="empty")] if how == "tracked" else []
    moved = standing(SEX, mark="whole" if how == "bookmark" else "")
    found = read(standing(HEAD), standing(LEVEL), *first, standing(PLACES), moved, *(standing(b) for b in ALL[4:]))
    change = only(found)
    assert (change.kind, change.block, change.follows) == ("moved", "people.sex", "people.places")
    assert change.text == ""


def test_a_moved_block_may_be_reworded_on_the_way() -> None:
    moved = standing(SEX, SEX.text.replace("pouco mais de metade", "como sempre"), mark="")
    gone = standing(SEX, "", tracked=True, mark="empty")
    change = only(read(standing(HEAD), standing(LEVEL), gone, standing(PLACES), moved, *(standing(b) for b in ALL[4:])))
    assert (change.kind, change.follows) == ("moved", "people.places")
    assert change.text == "As mulheres eram {share} da população em 2024, como sempre."


def test_a_copy_is_new_and_leaves_the_original_alone() -> None:
    found = read(*with_(PLACES, standing(PLACES), standing(SEX, mark="", marks=())))
    change = only(found)
    assert (change.kind, change.block, change.follows) == ("new", "people.places.new-1", "people.places")
    assert change.placeholders == {"share": "SHARE.MZ.sex=F@2024"}, "its figures are still figures"


def test_a_copied_bookmark_stays_with_the_original() -> None:
    found = read(*with_(SEX, standing(SEX), standing(PLACES), standing(SEX, mark="whole"))[:-4], *(standing(b) for b in ALL[4:]))
    assert kinds(found) == [("new", "people.places.new-1")]


def test_new_paragraphs_with_their_numbers_unverified() -> None:
    fresh_ones = [
        fresh("O Ministério prevê expandir o programa em 2026.", original="", revisions=(edit(),)),
        fresh("Serão abrangidas 15 000 pessoas, ao abrigo da Lei n.º 7/2025."),
    ]
    found = read(*with_(SEX, standing(SEX), *fresh_ones))
    assert kinds(found) == [("new", "people.sex.new-1"), ("new", "people.sex.new-2")]
    one, two = found.changes
    assert (one.follows, two.follows) == ("people.sex", "people.sex.new-1")
    assert (one.literals, one.queries) == (("2026",), ())
    assert two.literals == ("15 000", "Lei n.º 7/2025")
    assert [(q.kind, q.new, q.block) for q in two.queries] == [("number-new", "15 000", "people.sex.new-2")]
    assert one.authors[0].author == ANA
    assert two.authors[0].author == "Direcção X"


def test_titles_notes_and_headings_are_read_without_their_labels() -> None:
    found = read(
        standing(HEAD, "População do país"), standing(LEVEL), standing(SEX), standing(PLACES),
        standing(TITLE, "População de cada província, 2024"), standing(NOTE, "INE, projecções."), standing(DEFINED),
    )  # fmt: skip
    assert [(c.kind, c.block, c.text) for c in found.changes] == [
        ("reworded", "people.heading", "População do país"),
        ("reworded", "people.table", "População de cada província, 2024"),
        ("reworded", "people.table.source", "INE, projecções."),
    ]
    assert all(c.queries == () for c in found.changes)


def test_a_changed_label_is_no_change_of_the_title() -> None:
    paragraph = replace(standing(TITLE), accepted="Quadro 1.2\t" + TITLE.text)
    assert read(*with_(TITLE, paragraph)).changes == ()


def test_fixed_words_are_asked_about_with_their_source() -> None:
    found = read(*with_(DEFINED, standing(DEFINED, "Residentes.")))
    assert found.changes == ()
    assert [(q.kind, q.block, q.old, q.new, q.detail) for q in found.queries] == [
        ("fixed-text", "glossary.people", DEFINED.text, "Residentes.", "config/glossary.yaml")
    ]


def test_formatting_on_record_is_told_and_changes_no_words() -> None:
    change = only(read(*with_(SEX, standing(SEX, revisions=(edit("format"),)))))
    assert (change.kind, change.text, change.authors[0].author) == ("format", "", ANA)


def test_comments_are_tied_to_their_blocks() -> None:
    def remark(n: int, paragraph: int, parent: str = "") -> ReadComment:
        return ReadComment(str(n), BEN, "2026-11-22T10:00:00Z", "Confirmar.", resolved=n == 2, parent=parent, paragraph=paragraph)

    paragraphs = [standing(HEAD), standing(LEVEL), fresh("Um parágrafo novo."), *(standing(b) for b in ALL[2:])]
    found = collected(SENT, back(*paragraphs, comments=(remark(1, 1), remark(2, 1, "1"), remark(3, 2), remark(4, -1))))
    assert [(r.id, r.block, r.parent, r.resolved) for r in found.remarks] == [
        ("1", "people.level", "", False), ("2", "people.level", "1", True), ("3", "people.level.new-1", "", False), ("4", "", "", False),
    ]  # fmt: skip


def test_blocks_in_a_contents_list_that_swallowed_them_are_found() -> None:
    lines = [fresh("Índice"), *[fresh(f"1.{n} Secção\t{n}", contents=True) for n in range(3)]]
    found = collected(sent(issued("Índice", "contents.title", kind="fixed"), *ALL), back(*lines, *said()))  # type: ignore[arg-type]
    assert found == Collected((), ())


def test_without_any_bookmark_order_and_words_are_enough() -> None:
    paragraphs = [standing(b, mark="") for b in ALL]
    paragraphs[2] = standing(SEX, SEX.text.replace("pouco mais de metade", "mais de metade"), mark="")
    change = only(read(*paragraphs))
    assert (change.block, change.match) == ("people.sex", "similarity")


def test_side_by_side_a_new_paragraph_belongs_to_its_column() -> None:
    one, two = issued("Olá a todos os leitores.", "a", "pt"), issued("Hello to all the readers.", "a", "en")
    file = back(
        standing(one, cell=(0, 0, 0)), standing(two, cell=(0, 0, 1)),
        fresh("Mais palavras.", cell=(0, 1, 0)), fresh("More words.", cell=(0, 1, 1)),
    )  # fmt: skip
    found = collected(sent(one, two), file)
    assert [(c.kind, c.block, c.language) for c in found.changes] == [("new", "a.new-1", "pt"), ("new", "a.new-2", "en")]


@pytest.mark.parametrize("bookmarks", [True, False])
def test_a_long_file_is_read_in_little_time(bookmarks: bool) -> None:
    words = [f"palavra{n % 83} outra{n % 61} ainda{n % 37} mais{n % 101} fim{n}" for n in range(1500)]
    blocks = [
        issued(f"No bloco {said} havia [{n % 900 + 11} {n % 899 + 100}|F{n}.MZ@2024] pessoas inscritas.", f"b{n}")
        for n, said in enumerate(words)
    ]
    paragraphs = [
        standing(b, b.text.replace("inscritas", "registadas" if n % 2 else "inscritas"), mark="whole" if bookmarks else "")
        for n, b in enumerate(blocks)
    ]
    start = process_time()
    found = collected(sent(*blocks), back(*paragraphs))
    assert kinds(found) == [("reworded", f"b{n}") for n in range(1, 1500, 2)]
    assert all(c.queries == () for c in found.changes)
    assert process_time() - start < 60
