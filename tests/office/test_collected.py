"""What reviewers do in LibreOffice comes back as changes and questions, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin.document.issued_json import decode_issued
from bulletin.load.locale import make_locale
from bulletin.model.issued import Issued
from bulletin.model.review import Change, Collected
from bulletin.model.reviewed import ReadFile
from bulletin.review.collect import collect
from factories import MOZAMBIQUE, PORTUGUESE, shipped_pack
from office.reviewers import PROSE, SAID, Edit
from office.test_edits import ANA, LANGUAGES, RUI, operations


def record(sent: dict[str, Path], language: str) -> Issued:
    (path,) = sent[language].parents[1].glob(f"issued/*/issued.{language}.json")
    return decode_issued(path.read_bytes(), path.name)


def read(sent: dict[str, Path], file: ReadFile, language: str) -> Collected:
    return collect(
        record(sent, language), file, {language: make_locale(shipped_pack(language), MOZAMBIQUE, PORTUGUESE.signs)}, "Direcção X"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("odt", [False, True])
def test_a_file_only_saved_again_says_nothing(sent: dict[str, Path], edited: Edit, language: str, odt: bool) -> None:
    found = read(sent, edited(language, None, odt=odt), language)
    assert (found.changes, found.queries, found.unmatched) == ((), (), ())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tracked", [True, False])
def test_every_edit_is_told_for_what_it_is(sent: dict[str, Path], edited: Edit, language: str, tracked: bool) -> None:
    found = read(sent, edited(language, operations, tracked=tracked), language)
    by_block = {c.block.removeprefix("people."): c for c in found.changes}
    kinds = {name: c.kind for name, c in by_block.items()}
    said, prose = SAID[language], PROSE[language]
    expected = {
        "cities": "split", "services": "joined", "north": "joined", "roads": "deleted", "schools": "moved", "rains": "reworded",
        "law.new-1": "new",
    }  # fmt: skip
    assert {name: kinds.get(name) for name in expected} == expected
    others = {name: c for name, c in by_block.items() if name not in expected}
    copies = [c for c in others.values() if c.kind == "new"]
    assert prose["phones"] in [c.after for c in copies]
    assert len(others) == len(copies) == 1, others
    assert by_block["cities"].text.replace("\n\n", "") == prose["cities"].replace(*said["word"]).replace(
        " " + said["split"], said["split"]
    )
    assert by_block["north"].into == "people.services"
    assert by_block["schools"].text == ""
    new: Change = by_block["law.new-1"]
    assert (new.follows, new.text) == ("people.law", said["new"])
    assert [q.kind for q in new.queries] == ["number-new"]
    kinds_asked = sorted(q.kind for q in found.queries)
    assert kinds_asked == ["number-changed", "table-cell"]
    figure = next(q for q in found.queries if q.kind == "number-changed")
    assert (figure.block, figure.new.replace(",", ".")[:4]) == ("people.ranking", "6.28")
    assert figure.fact.startswith("POPULATION.")
    cell = next(q for q in found.queries if q.kind == "table-cell")
    assert (cell.old.replace(*said["cell"]), cell.block) == (cell.new, "population.table")
    if tracked:
        assert {a.author for a in by_block["cities"].authors} == {ANA, RUI}
        assert [(a.author, a.tracked) for a in by_block["roads"].authors] == [(ANA, True)]
        assert all(a.tracked for q in found.queries for a in q.authors)
    else:
        assert all(a.author == "Direcção X" for c in found.changes for a in c.authors)
    assert {(r.author, r.block, r.resolved) for r in found.remarks} == {
        (RUI, "people.services", False),
        (RUI, "people.women", True),
    }
