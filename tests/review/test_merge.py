"""The conflict table: what the reviewer saw, what he wrote and what the data say today, one test a row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sent_back import back, collected, issued, sent
from sent_back import standing as back_standing

from bulletin.document.round_json import decode_round, encode_round
from bulletin.model.issued import Issued, IssuedBlock
from bulletin.model.override import Override, Reviewer
from bulletin.model.review import Change, Query, Remark
from bulletin.model.round import Decision, Edit, Round, Standing, query_id
from bulletin.review import standing as reckoning
from bulletin.review.round import round_of as round_of_file

BLOCK = "pensions.change"
FACT = "PENSIONERS.MZ@2024"
NAMES = {"n": FACT}
SAW = "Em 2024, o INSS pagou pensões a {n} pessoas em todo o país."


def standing(rounds: Any, decisions: Any, now: Any, existing: Any, **more: Any) -> Standing:
    """Everything arrives where nothing stands in the files."""
    given = {} if existing else {"arriving": [r.name for r in rounds]}
    return reckoning.standing(rounds, decisions, now, existing, **{**given, **more})


def today(text: str = "12 345", generated: str = "aaaa", *blocks: str) -> dict[str, Issued]:
    found = tuple(IssuedBlock(b, "pt", f"_b{b}", "text", 0, SAW, "", (), generated) for b in (blocks or (BLOCK, "pensions.next")))
    return {"pt": Issued("b2", "e", "MZ", ("pt",), found, texts={FACT: {"pt": text}})}


def edit(text: str, kind: Any = "reworded", author: str = "Ana", **more: Any) -> Edit:
    queries = more.pop("queries", ())
    issued = more.pop("issued", SAW)
    change = Change(
        kind, more.pop("block", BLOCK), "pt", issued.replace("{n}", "12 345"), text.replace("{n}", "12 345"), text, NAMES,
        generated="aaaa", authors=(Reviewer(author, "2025-02-03T10:00:00Z", tracked=True),), queries=queries,
        **{k: v for k, v in more.items() if k in ("literals", "follows", "into")},
    )  # fmt: skip
    return Edit(change, issued, NAMES, more.get("required", False))


def round_of(*edits: Edit, who: str = "Ana", date: str = "2025-02-03", build: str = "b1", **more: Any) -> Round:
    return Round(f"{date}-{who.lower()}", who, date, "x.docx", who + date, build, "e", ("pt",), "", edits, **more)


def changed(new: str = "12 354") -> Query:
    return Query("number-changed", BLOCK, "pt", "12 345", new, FACT, authors=(Reviewer("Ana"),))


def only(found: Standing) -> Override:
    return found.overrides["pt"][BLOCK]


REWORDED = "Em 2024, o INSS pagou prestações a {n} pessoas em todo o país."


@pytest.mark.parametrize("text", ["12 345", "13 000"])
def test_words_become_an_override_with_today_s_figures(text: str) -> None:
    found = standing([round_of(edit(REWORDED))], (), today(text), {})
    override = only(found)
    assert (override.action, override.text, override.placeholders, override.state) == ("replace", REWORDED, NAMES, "applied")
    assert override.base == "aaaa"
    assert [r.author for r in override.by] == ["Ana"]
    assert found.asked == ()


def test_a_number_is_never_taken_and_the_rest_is_kept() -> None:
    found = standing([round_of(edit(REWORDED, queries=(changed(),)))], (), today(), {})
    assert only(found).text == REWORDED
    (asked,) = found.open
    assert (asked.query.kind, asked.query.new, asked.today, only(found).state) == (
        "number-changed",
        "12 354",
        "12 345",
        "applied",
    )
    alone = standing([round_of(edit(SAW, queries=(changed(),)))], (), today(), {})
    assert alone.overrides == {}
    assert len(alone.open) == 1


def test_a_number_that_the_new_data_confirm_is_accepted_with_a_note() -> None:
    found = standing([round_of(edit(REWORDED, queries=(changed("12.354"),)))], (), today("12\u00a0354"), {})
    assert [a.state for a in found.asked] == ["agreed"]
    assert found.open == ()
    assert only(found).state == "applied"


def test_a_third_value_waits_for_a_decision() -> None:
    found = standing([round_of(edit(REWORDED, queries=(changed(),)))], (), today("12 400"), {})
    assert only(found).state == "needs-decision"
    assert found.open[0].today == "12 400"
    decided = standing(
        [round_of(edit(REWORDED, queries=(changed(),)))], [Decision(found.open[0].id, "keep")], today("12 400"), {}
    )
    assert only(decided).state == "applied"
    assert decided.open == ()


def test_words_of_a_sentence_that_has_changed_since_wait_and_stay_printed() -> None:
    rounds = [round_of(edit(REWORDED))]
    found = standing(rounds, (), today(generated="bbbb"), {})
    assert (only(found).state, only(found).text, only(found).base) == ("needs-decision", REWORDED, "aaaa")
    (asked,) = found.open
    assert asked.query.kind == "wording-changed"
    taken = standing(rounds, [Decision(asked.id, "take", base="bbbb")], today(generated="bbbb"), {})
    assert (only(taken).state, only(taken).base, taken.open) == ("applied", "bbbb", ())
    kept = standing(rounds, [Decision(asked.id, "keep", base="bbbb")], today(generated="bbbb"), {})
    assert only(kept).state == "rejected"
    again = standing(rounds, [Decision(asked.id, "take", base="bbbb")], today(generated="cccc"), {})
    assert [a.query.kind for a in again.open] == ["wording-changed"], "another wording since is asked anew"


def test_an_override_of_a_block_that_is_gone_stays_in_the_file_and_is_asked_about() -> None:
    found = standing([round_of(edit(REWORDED))], (), today("12 345", "aaaa", "pensions.other"), {})
    assert only(found).text == REWORDED
    assert [a.query.kind for a in found.open] == ["block-gone"]


def test_trend_words_that_the_data_contradict_hold_the_wording() -> None:
    query = Query("trend-words", BLOCK, "pt", "", "aumentou")
    found = standing([round_of(edit(REWORDED, queries=(query,)))], (), today(), {})
    assert only(found).state == "needs-decision"
    assert (
        only(standing([round_of(edit(REWORDED, queries=(query,)))], [Decision(query_id(query), "take")], today(), {})).state
        == "applied"
    )


def test_a_wording_that_is_chosen_is_held_against_the_data_too() -> None:
    def trends(language: str, text: str, placeholders: object) -> tuple[str, ...]:
        return ("aumentou",) if "aumentou" in text else ()

    rounds = [round_of(edit(REWORDED)), round_of(edit(SAW.replace("pagou pensões", "aumentou"), author="Rui"), who="Rui")]
    (apart,) = standing(rounds, (), today(), {}, trends=trends).open
    chosen = standing(rounds, [Decision(apart.id, "take", choice=2)], today(), {}, trends=trends)
    (asked,) = chosen.open
    assert (asked.query.kind, asked.query.new, only(chosen).state) == ("trend-words", "aumentou", "needs-decision")
    decisions = [Decision(apart.id, "take", choice=2), Decision(asked.id, "edit", text="Foram {n}.")]
    settled = standing(rounds, decisions, today(), {}, trends=trends)
    assert (settled.open, only(settled).text, only(settled).state) == ((), "Foram {n}.", "applied")


def test_a_deleted_block_is_dropped_and_a_required_one_is_not() -> None:
    gone = edit("", "deleted")
    assert only(standing([round_of(gone)], (), today(), {})).action == "drop"
    found = standing([round_of(replace(gone, required=True))], (), today(), {})
    assert found.overrides == {}
    (asked,) = found.open
    assert asked.query.kind == "required-block"
    kept = standing([round_of(replace(gone, required=True))], [Decision(asked.id, "keep")], today(), {})
    assert (kept.overrides, kept.open) == ({}, ())
    own = standing([round_of(replace(gone, required=True))], [Decision(asked.id, "edit", text="Foi assim.")], today(), {})
    assert (only(own).action, only(own).text) == ("replace", "Foi assim.")


def test_a_split_is_one_override_and_a_join_says_where_the_words_went() -> None:
    split = "Em 2024, o INSS pagou pensões.\n\nEram {n} pessoas em todo o país."
    assert only(standing([round_of(edit(split, "split"))], (), today(), {})).text == split
    joined = edit(SAW + " E mais.", "joined")
    second = edit("", "joined", block="pensions.next", issued="E mais.", into=BLOCK)
    found = standing([round_of(joined, second)], (), today(), {}).overrides["pt"]
    assert (found[BLOCK].action, found["pensions.next"].action, found["pensions.next"].into) == ("replace", "merge", BLOCK)


def test_two_reviewers_who_do_not_touch_are_joined_and_both_named() -> None:
    one, other = edit(REWORDED), edit("No ano de 2024, o INSS pagou pensões a {m} pessoas em todo o país.", author="Rui")
    other = replace(other, change=replace(other.change, placeholders={"m": FACT}))
    rounds = [round_of(one), round_of(other, who="Rui", date="2025-02-05")]
    for order in (rounds, rounds[::-1]):
        override = only(standing(order, (), today(), {}))
        assert override.text == "No ano de 2024, o INSS pagou prestações a {n} pessoas em todo o país."
        assert [r.author for r in override.by] == ["Ana", "Rui"]
        assert override.state == "applied"


def test_two_reviewers_who_touch_wait_for_a_person_and_neither_is_printed() -> None:
    other = edit("Em 2024, o INSS pagou subsídios a {n} pessoas em todo o país.", author="Rui")
    rounds = [round_of(edit(REWORDED)), round_of(other, who="Rui", date="2025-02-05")]
    found = standing(rounds, (), today(), {})
    override = only(found)
    assert (override.state, override.text) == ("needs-decision", SAW)
    assert {a.text: [r.author for r in a.by] for a in override.alternatives} == {REWORDED: ["Ana"], other.change.text: ["Rui"]}
    (asked,) = found.open
    assert asked.query.kind == "reviewers-disagree"
    assert len(asked.choices) == 2
    taken = only(standing(rounds, [Decision(asked.id, "take", choice=2)], today(), found.overrides, before=()))
    assert (taken.text, taken.state, taken.alternatives) == (other.change.text, "applied", ())
    assert asked.choices[1] == other.change.text.replace("{n}", "12 345"), "people read figures, not names"
    own = only(
        standing(rounds, [Decision(asked.id, "edit", text="Foram {n}.", base="aaaa")], today(), found.overrides, before=())
    )
    assert (own.text, own.placeholders, own.state) == ("Foram {n}.", NAMES, "applied")
    dropped = standing([round_of(edit(REWORDED)), round_of(edit("", "deleted", author="Rui"), who="Rui")], (), today(), {})
    assert [a.query.kind for a in dropped.open] == ["reviewers-disagree"]
    assert "" in dropped.open[0].choices


def test_a_table_cell_is_a_question_and_never_an_override() -> None:
    query = Query("table-cell", "t1", "pt", "1 950", "1 959", FACT, "Maputo / 2024")
    found = standing([round_of(queries=(query,))], (), today("1 950"), {})
    assert found.overrides == {}
    (asked,) = found.open
    waits = standing([round_of(queries=(query,))], [Decision(asked.id, "at-source")], today("1 950"), {})
    assert [(a.state, a.waits) for a in waits.asked] == [("open", True)], "open until the data say so"
    assert standing([round_of(queries=(query,))], [Decision(asked.id, "at-source")], today("1 959"), {}).open == ()


def test_the_newer_file_of_a_reviewer_takes_the_place_of_his_older_one() -> None:
    newer = round_of(edit("Em 2024, o INSS pagou rendas a {n} pessoas em todo o país."), date="2025-02-09")
    first = standing([round_of(edit(REWORDED))], (), today(), {})
    found = standing([round_of(edit(REWORDED)), newer], (), today(), first.overrides, arriving=[newer.name])
    assert "rendas" in only(found).text
    assert found.open == ()


def test_the_same_again_changes_nothing() -> None:
    rounds = [round_of(edit(REWORDED, queries=(changed(),))), round_of(edit(REWORDED, author="Rui"), who="Rui")]
    first = standing(rounds, (), today(), {}, arriving=[r.name for r in rounds])
    assert standing(rounds, (), today(), first.overrides) == first


def test_what_a_person_wrote_in_the_file_stands_and_new_edits_are_laid_into_it() -> None:
    old, new = (
        round_of(edit(REWORDED)),
        round_of(edit(SAW.replace("em todo o país", "no território nacional"), author="Rui"), who="Rui"),
    )
    by_hand = Override("replace", "No ano de 2024, o INSS pagou prestações a {n} pessoas em todo o país.", "aaaa", NAMES)
    stays = standing([old], (), today(), {"pt": {BLOCK: by_hand}})
    assert only(stays) == by_hand
    laid = standing([old, new], (), today(), {"pt": {BLOCK: by_hand}}, arriving=[new.name])
    assert only(laid).text == "No ano de 2024, o INSS pagou prestações a {n} pessoas no território nacional."
    assert standing([old, new], (), today(), laid.overrides) == laid
    assert (
        only(standing([old], (), today(), {"pt": {BLOCK: replace(only(stays), text=REWORDED, state="rejected")}})).state
        == "rejected"
    )
    mine = {"pt": {"people.own": Override("drop")}}
    assert standing([old], (), today(), mine).overrides["pt"]["people.own"] == Override("drop")


def test_a_file_of_a_later_build_goes_on_from_what_it_showed() -> None:
    second = edit(REWORDED.replace("em todo o país", "no país"), issued=REWORDED, author="Rui")
    rounds = [round_of(edit(REWORDED)), round_of(second, who="Rui", date="2025-03-01", build="b2")]
    override = only(standing(rounds, (), today(), {}))
    assert (override.text, override.state) == (REWORDED.replace("em todo o país", "no país"), "applied")
    late = [
        *rounds,
        round_of(
            edit("Em 2024, o INSS, pagou pensões a {n} pessoas em todo o país.", author="Eva"), who="Eva", date="2025-03-09"
        ),
    ]
    assert only(standing(late, (), today(), {})).text == "Em 2024, o INSS, pagou prestações a {n} pessoas no país."


def test_new_paragraphs_stand_beside_each_other_and_their_numbers_wait_to_be_verified() -> None:
    query = Query("number-new", "pensions.new", "pt", "", "15 000")
    one = edit(
        "Há 15 000 pedidos.", "new", block="pensions.new", issued="", follows=BLOCK, literals=("15 000",), queries=(query,)
    )
    two = edit("E outra frase.", "new", block="pensions.new", issued="", follows=BLOCK, author="Rui")
    rounds = [round_of(one), round_of(two, who="Rui", date="2025-02-04")]
    found = standing(rounds, (), today(), {})
    entries = found.overrides["pt"]
    assert {e.text for e in entries.values()} == {"Há 15 000 pedidos.", "E outra frase."}
    assert {e.after for e in entries.values()} == {BLOCK}
    assert entries["pensions.new"].literals[0].state == "unverified"
    decided = standing(rounds, [Decision(found.open[0].id, "verified", note="Relatório do INSS, p. 3")], today(), {})
    literal = decided.overrides["pt"]["pensions.new"].literals[0]
    assert (literal.state, literal.note) == ("verified", "Relatório do INSS, p. 3")


def test_a_move_and_a_rewording_go_together() -> None:
    move = edit(SAW, "moved", author="Rui", follows="pensions.next")
    override = only(standing([round_of(edit(REWORDED)), round_of(move, who="Rui")], (), today(), {}))
    assert (override.action, override.after, override.text) == ("move-after", "pensions.next", REWORDED)


def test_a_rejected_wording_leaves_the_number_asked() -> None:
    new = Query("number-new", BLOCK, "pt", "", "9 999")
    rounds = [round_of(edit(REWORDED, queries=(changed(), new)))]
    found = standing(rounds, [Decision(query_id(new), "reject")], today(), {})
    assert only(found).state == "rejected"
    assert [a.query.kind for a in found.open] == ["number-changed"]


def test_an_edit_of_a_part_of_a_parted_block_is_one_of_the_block() -> None:
    block = issued("Eram [12 345|PENSIONERS.MZ@2024] pessoas.", "a.level")
    part = replace(issued("E mais nada.", "a.level.2"), generated="")
    sent_out = sent(block, part)
    file = back(back_standing(block), back_standing(part, "E mais nada se sabe.", tracked=True))
    (made,) = round_of_file("2025-02-03-ana", "Ana", "2025-02-03", "x.docx", file, sent_out, collected(sent_out, file), ()).edits
    assert (made.change.block, made.change.generated) == ("a.level", "gen:a.level")
    assert made.issued.endswith("pessoas.\n\nE mais nada.")
    assert made.change.text.endswith("pessoas.\n\nE mais nada se sabe.")
    assert made.change.text.startswith("Eram {")


def test_a_round_is_kept_whole() -> None:
    made = round_of(
        edit(REWORDED, queries=(changed(),), literals=("1",)),
        queries=(Query("table-cell", "t1", "pt", "1", "2", FACT, "a / b"),),
        remarks=(Remark("0", BLOCK, "pt", "Ana", "2025", "Porquê?", resolved=True),),
        unmatched=("x",),
    )
    assert decode_round(encode_round(made)) == made
