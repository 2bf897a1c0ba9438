"""The file of reviewers' wording: what is written is read back, twice gives the same, and what a person noted stays."""

from __future__ import annotations

import unicodedata
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.load.overrides import override_entries
from bulletin.load.text_file import FORBIDDEN
from bulletin.model.override import Alternative, Format, Override, Placeholder, Reviewer, Typed
from bulletin.write.overrides import write_overrides

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs",)).filter(lambda letter: not FORBIDDEN.search(letter))
WORDS = st.text(LETTERS, max_size=30)
TEXTS = st.one_of(
    WORDS,
    st.lists(
        st.sampled_from(["Há {n}.", "", "# não é comentário", "- ponto", "a: b", " x ", "1.10", "«é»\u00a05"]), max_size=4
    ).map("\n".join),
)
IDS = st.one_of(st.from_regex(r"[a-z_]{1,6}(\.[a-z0-9]{1,3}){0,2}", fullmatch=True), WORDS.filter(str.strip), st.just("yes"))
NAMED = st.dictionaries(
    st.from_regex(r"[a-zé_][a-z0-9_]{0,4}", fullmatch=True).map(lambda t: unicodedata.normalize("NFC", t)),
    st.one_of(WORDS, st.builds(Placeholder, WORDS, st.sampled_from(get_args(Format)))),
    max_size=2,
)
PEOPLE = st.lists(st.builds(Reviewer, WORDS, WORDS, st.booleans()), max_size=2).map(tuple)
OVERRIDES = st.builds(
    Override,
    action=st.sampled_from(["replace", "drop", "insert-after", "move-after", "merge"]),
    text=TEXTS,
    base=WORDS,
    placeholders=NAMED,
    by=PEOPLE,
    state=st.sampled_from(["applied", "needs-decision", "rejected"]),
    after=WORDS,
    into=WORDS,
    literals=st.lists(st.builds(Typed, WORDS, st.sampled_from(["verified", "unverified"]), WORDS), max_size=2).map(tuple),
    alternatives=st.lists(st.builds(Alternative, TEXTS, NAMED, PEOPLE, WORDS), max_size=2).map(tuple),
)


def read(content: bytes) -> dict[str, Override]:
    entries, findings = override_entries(content, "pt.yaml")
    assert not [f for f in findings if not f.rule.startswith("override-")], findings
    return {name: entry.override for name, entry in entries.items()}


@given(st.dictionaries(IDS, OVERRIDES, max_size=3))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_back_and_written_again_the_same(entries: dict[str, Override]) -> None:
    content = write_overrides(entries)
    assert read(content) == entries
    assert write_overrides(read(content), content.decode()) == content


BY_HAND = """\
# Revisão de Novembro
schema: bulletin.overrides/1
blocks:   # um bloco por entrada
  # combinado com o INSS
  b.level:   # ver acta
    action: replace
    text: >-
      Há # muitos
    # falta a nota
    base: "000000000012"  # visto # a 3
  "a#1":
    text: 'um # só'
    action: replace
  gone:
    # sai
    action: drop
# fim
"""


def test_remarks_of_a_person_stay_above_their_entry() -> None:
    entries = read(BY_HAND.encode())
    del entries["gone"]
    content = write_overrides(entries, BY_HAND).decode()
    remarks = [
        "# Revisão de Novembro",
        "# um bloco por entrada",
        "# combinado com o INSS",
        "# ver acta",
        "# falta a nota",
        "# visto # a 3",
    ]
    assert [line.strip() for line in content.splitlines() if line.strip().startswith("#")] == [*remarks, "# fim"]
    assert content.index("a#1") < content.index("# combinado") < content.index("b.level:")
    assert read(content.encode()) == entries
    assert write_overrides(entries, content).decode() == content


def test_paragraphs_stand_as_paragraphs_and_entries_in_their_order() -> None:
    text = "Primeiro.\n\nSegundo, {{assim}}."
    content = write_overrides({f"new.{n}": Override("insert-after", text) for n in (10, 2)}).decode()
    assert "    text: |-\n      Primeiro.\n\n      Segundo, {{assim}}.\n" in content
    assert content.index("new.2:") < content.index("new.10:")
