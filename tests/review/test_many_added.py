"""Thousands of paragraphs put in, each after the last: placed all the same, or refused before they are set against anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bulletin.compose.overridden import _Edit, _holding
from bulletin.document.blocks import Paragraph
from bulletin.document.inline import Text
from bulletin.document.rewrite import Rewrite, rewritten
from bulletin.document.tree import Section
from bulletin.errors import ReviewError
from bulletin.limits import REVIEW_ADDED, TEXT_FILE
from bulletin.load.overrides import Entry, _File
from bulletin.load.project_files import ProjectFiles
from bulletin.load.rewordable import Blocks
from bulletin.load.yaml_text import Map
from bulletin.model.finding import Place
from bulletin.model.override import Override, Reviewed
from bulletin.pipeline import review_files
from bulletin.pipeline.review_import import _bounded

IDS = [f"a.new-{n}" for n in range(1, 3001)]
CHAIN = dict(zip(IDS, ["a", *IDS], strict=False))
"""New paragraph to the one after which it stands."""


def entries(chain: dict[str, str]) -> dict[str, Override]:
    return {name: Override("insert-after", "Palavras.", after=after) for name, after in chain.items()}


@pytest.mark.parametrize(("first", "chapter"), [("a", "people"), ("gone", None), ("a.new-3000", None)])
def test_each_is_in_the_chapter_of_the_first_of_the_chain(first: str, chapter: str | None) -> None:
    said = {n: Entry(o, Map(("x", 1)), ("x", 1)) for n, o in entries({**CHAIN, "a.new-1": first}).items()}
    file = _File(ProjectFiles(Path()), "pt", Blocks({}, {"a": "people"}), said)
    assert {file._chapter(name) for name in reversed(IDS)} == {chapter}


@pytest.mark.parametrize(("first", "holds"), [("a", True), ("gone", False), ("a.new-3000", False)])
def test_each_holds_where_the_first_does(first: str, holds: bool) -> None:
    said = entries({**CHAIN, "a.new-1": first})
    edits = [_Edit(Reviewed(n, o.after, "pt", "", "", o, Place()), (), ((Text("Palavras."),),)) for n, o in said.items()]
    held = _holding(edits, frozenset({"a"}))
    assert {held(name) for name in reversed(IDS)} == {holds}


def test_they_are_printed_in_their_order() -> None:
    def paragraph(name: str) -> Paragraph:
        return Paragraph(name, (Text(name),))

    after = {place: (paragraph(name),) for name, place in CHAIN.items()}
    parts = {"a.new-2": (("a.new-2.2", (Text("Mais."),)),)}
    after["a.new-2.2"] = (paragraph("between"),)
    (section,) = rewritten([Section("s", 1, (), (paragraph("a"), paragraph("z")))], Rewrite(after=after, parts=parts))
    found = [b.id for b in section.blocks if isinstance(b, Paragraph)]
    assert found == ["a", *IDS[:2], "a.new-2.2", "between", *IDS[2:], "z"]


def test_more_than_the_limit_are_refused() -> None:
    _bounded(REVIEW_ADDED.most, "voltou.docx")
    with pytest.raises(ReviewError) as refused:
        _bounded(REVIEW_ADDED.most + 1, "voltou.docx")
    (finding,) = refused.value.findings
    assert (finding.rule, finding.place) == ("review-too-much-added", Place("voltou.docx"))


def test_wording_that_no_command_could_read_again_is_not_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from factories import project

    monkeypatch.setattr(review_files, "TEXT_FILE", replace(TEXT_FILE, most=20))
    own: Any = replace(project(), root=tmp_path)
    with pytest.raises(ReviewError) as refused:
        review_files.overrides_files(own, {"fr": {"a": Override("drop")}}, {})
    assert [f.rule for f in refused.value.findings] == ["yaml-too-large"]
