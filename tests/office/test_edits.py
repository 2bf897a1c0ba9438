"""What reviewers do to the program's own documents in LibreOffice is read as what it was."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin.model.reviewed import BREAK, ReadFile, ReadParagraph
from bulletin.review.read import read_docx
from office.driver import Operation
from office.reviewers import PROSE, SAID, Edit, having, name_of

LANGUAGES = ["pt", "en"]
ANA, RUI = "Ana Silva", "Rui Costa"


def place(block: str, language: str, text: str = "", **rest: Any) -> dict[str, Any]:
    return {"mark": name_of(block, language), "text": text, **rest}


def operations(language: str, tracked: bool = True) -> list[Operation]:
    """Each on a paragraph of its own, by two reviewers."""
    said = SAID[language]

    def at(name: str, text: str = "", **rest: Any) -> dict[str, Any]:
        return place(f"people.{name}", language, text, **rest)

    return [
        ("author", ANA),
        ("record", tracked),
        ("overwrite", at("cities", said["word"][0], words=said["word"][1])),
        ("overwrite", at("ranking", said["figure"][0], words=said["figure"][1])),
        ("join", at("services")),
        ("remove", at("roads")),
        ("move", at("schools", before=at("ranking"))),
        ("author", RUI),
        ("enter", at("cities", said["split"])),
        ("replace", at("rains", words=said["replaced"])),
        ("copy", at("phones", before=at("law"))),
        ("new", at("law", words=said["new"])),
        ("overwrite", place("population.table", language, said["cell"][0], cell="B3", words=said["cell"][1])),
        ("comment", at("services", said["on"], words=said["question"])),
        ("comment", at("women", words=said["done"])),
        ("resolve", said["done"]),
    ]  # fmt: skip


def texts(file: ReadFile) -> list[str]:
    return [p.accepted for p in file.paragraphs if not p.note and p.accepted]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("odt", [False, True])
def test_a_file_only_saved_again_says_what_was_sent(sent: dict[str, Any], edited: Edit, language: str, odt: bool) -> None:
    before, after = read_docx(sent[language].read_bytes()), edited(language, None, odt=odt)
    assert texts(after) == texts(before)
    assert [p.accepted for p in after.paragraphs] == [p.original for p in after.paragraphs]
    assert not any(p.revisions for p in after.paragraphs)
    assert [(c.author, c.text, c.quoted) for c in after.comments] == [(c.author, c.text, c.quoted) for c in before.comments]
    assert [(t.accepted, t.revisions) for t in after.tables] == [(t.accepted, ()) for t in before.tables]
    marks = [[(m.name, p.accepted) for m in p.marks if m.name.startswith("_b")] for p in before.paragraphs if p.marks]
    assert [[(m.name, p.accepted) for m in p.marks if m.name.startswith("_b")] for p in after.paragraphs if p.marks] == marks
    # Entries of contents lose character styles: they are made anew at each build.
    figures = [
        (p.accepted, p.figures, p.cell, p.formatted) for p in before.paragraphs if p.accepted and not (p.note or p.contents)
    ]
    found = [(p.accepted, p.figures, p.cell, p.formatted) for p in after.paragraphs if p.accepted and not (p.note or p.contents)]
    assert found == figures
    assert (after.build, after.languages) == (before.build, before.languages)
    # ODT has no place for the manifest; the build's id stays.
    assert after.manifest == (b"" if odt else before.manifest)
    assert after.application.startswith("LibreOffice/")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tracked", [False, True])
class TestEdits:
    def test_reworded_and_split(self, edited: Edit, language: str, tracked: bool) -> None:
        said, prose = SAID[language], PROSE[language]["cities"]
        first, second = having(edited(language, operations, tracked=tracked), "people.cities", language)
        assert first.accepted + second.accepted == prose.replace(*said["word"])
        assert second.accepted.startswith(said["split"])
        if tracked:
            assert first.original + second.original == prose
            assert [(r.kind, r.author, r.text) for r in first.revisions] == [
                ("delete", ANA, said["word"][0]), ("insert", ANA, said["word"][1]), ("split", RUI, ""),
            ]  # fmt: skip
            assert all(r.date.startswith("20") and r.date.endswith("Z") for r in first.revisions)

    def test_a_figure_typed_over_stays_a_figure(self, edited: Edit, language: str, tracked: bool) -> None:
        (one,) = having(edited(language, operations, tracked=tracked), "people.ranking", language)
        figures = [one.accepted[start:end].replace(",", ".") for start, end in one.figures]
        assert figures[0].split("\u00a0")[0] == "6.28"
        assert len(figures) == 4
        assert ("6,28" in one.original or "6.28" in one.original) is not tracked

    def test_joined(self, edited: Edit, language: str, tracked: bool) -> None:
        file, prose = edited(language, operations, tracked=tracked), PROSE[language]
        (one,) = having(file, "people.services", language)
        assert [one] == having(file, "people.north", language)
        assert one.accepted == prose["services"] + prose["north"]
        assert {m.state for m in one.marks} == {"part"}
        covered = {m.name: one.accepted[m.start : m.end] for m in one.marks}
        assert covered[name_of("people.north", language)] == prose["north"]
        if tracked:
            assert one.original == prose["services"] + BREAK + prose["north"]
            assert [(r.kind, r.author) for r in one.revisions] == [("join", ANA)]

    def test_removed(self, edited: Edit, language: str, tracked: bool) -> None:
        file, prose = edited(language, operations, tracked=tracked), PROSE[language]["roads"]
        assert prose not in texts(file)
        gone = having(file, "people.roads", language)
        if tracked:
            assert [(p.accepted, p.original, [m.state for m in p.marks]) for p in gone] == [("", prose, ["empty"])]
            assert [(r.kind, r.author) for r in gone[0].revisions] == [("delete", ANA), ("join", ANA)]
        else:
            assert gone == []

    def test_moved(self, edited: Edit, language: str, tracked: bool) -> None:
        file, prose = edited(language, operations, tracked=tracked), PROSE[language]["schools"]
        said = [p for p in file.paragraphs if p.accepted == prose]
        (follower,) = having(file, "people.ranking", language)
        assert [file.paragraphs.index(p) for p in said] == [file.paragraphs.index(follower) - 1]
        name = name_of("people.schools", language)
        if tracked:
            # The mark stays with what was cut; the pasted paragraph has a copy of it.
            (gone,) = having(file, "people.schools", language)
            assert (gone.accepted, gone.original) == ("", prose)
            assert said[0].original == ""
            assert [m.name for m in said[0].marks] == [name + "_Copy_1"]
        else:
            assert [m.name for m in said[0].marks] == [name]

    def test_copied(self, edited: Edit, language: str, tracked: bool) -> None:
        file, prose = edited(language, operations, tracked=tracked), PROSE[language]["phones"]
        first, second = (p for p in file.paragraphs if p.accepted == prose)
        name = name_of("people.phones", language)
        assert [m.name for p in (first, second) for m in p.marks] == [name, name + "_Copy_1"]
        assert (first.revisions, first.original) == ((), prose)

    def test_typed_over_as_a_whole(self, edited: Edit, language: str, tracked: bool) -> None:
        file = edited(language, operations, tracked=tracked)
        (one,) = (p for p in file.paragraphs if p.accepted == SAID[language]["replaced"])
        if tracked:
            assert [(m.name, m.state) for m in one.marks] == [(name_of("people.rains", language), "empty")]
            assert [(r.kind, r.author) for r in one.revisions] == [("delete", RUI), ("insert", RUI)]
            assert one.original == PROSE[language]["rains"]

    def test_new(self, edited: Edit, language: str, tracked: bool) -> None:
        file = edited(language, operations, tracked=tracked)
        said = [p.accepted for p in file.paragraphs]
        at = said.index(SAID[language]["new"])
        assert said[at - 1] == PROSE[language]["law"]
        new: ReadParagraph = file.paragraphs[at]
        assert (new.original == "") is tracked
        assert not any(m.state == "whole" for m in new.marks)

    def test_a_cell_typed_over(self, sent: dict[str, Any], edited: Edit, language: str, tracked: bool) -> None:
        before = read_docx(sent[language].read_bytes()).tables[0]
        after = edited(language, operations, tracked=tracked).tables[0]
        (old, new) = SAID[language]["cell"]
        changed = [
            (a, b) for x, y in zip(before.accepted, after.accepted, strict=True) for a, b in zip(x, y, strict=True) if a != b
        ]
        assert changed == [(before.accepted[2][1], before.accepted[2][1].replace(old, new))]
        assert name_of("population.table", language) in {m.name for m in after.marks}
        assert (after.original == before.accepted) is tracked

    def test_comments_are_tied_to_words(self, edited: Edit, language: str, tracked: bool) -> None:
        file, said = edited(language, operations, tracked=tracked), SAID[language]
        asked, done = sorted((c for c in file.comments if c.author == RUI), key=lambda c: c.resolved)
        assert (asked.text, asked.author, asked.quoted, asked.resolved) == (said["question"], RUI, said["on"], False)
        assert (done.text, done.quoted, done.resolved) == (said["done"], PROSE[language]["women"], True)
        assert said["on"] in file.paragraphs[asked.paragraph].accepted
        assert file.paragraphs[done.paragraph].accepted == PROSE[language]["women"]
        assert asked.parent == done.parent == ""
        assert asked.date.startswith("20")

    def test_nothing_else_changed(self, sent: dict[str, Any], edited: Edit, language: str, tracked: bool) -> None:
        before = read_docx(sent[language].read_bytes())
        after = edited(language, operations, tracked=tracked)
        ours = set(PROSE[language].values()) | {p.accepted for b in ("people.ranking",) for p in having(before, b, language)}
        kept = [t for t in texts(before) if t not in ours]
        found = texts(after)
        old = before.tables[0].accepted[2][1]
        kept.remove(old)
        kept.append(old.replace(*SAID[language]["cell"]))
        assert [t for t in kept if t not in found] == []
        if tracked:
            originals = [o for p in after.paragraphs if not p.note for o in p.original.split(BREAK) if o]
            assert [t for t in texts(before) if t not in originals] == [PROSE[language]["cities"]]
