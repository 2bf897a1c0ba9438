"""The round of review that the example keeps as scripts ends as it is written down there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from office.driver import missing
from office.rounds import EXPECTED, ROUND, replay, scripts

EXAMPLE = Path(__file__).parents[2] / "examples" / "mozambique"


def test_the_scripts_name_what_a_reviewer_can_do() -> None:
    found = scripts(EXAMPLE)
    assert len(found) == 3
    assert {s.language for s in found} == {"pt", "en"}
    assert all(s.operations[0] == ("author", s.reviewer) for s in found)


@pytest.mark.slow
@pytest.mark.skipif(os.environ.get("BULLETIN_OFFICE") != "required", reason="minutes long: BULLETIN_OFFICE=required, as in CI")
def test_a_round_by_three_reviewers_ends_as_written_down(tmp_path: Path) -> None:
    assert not missing(), missing()
    (tmp_path / "enviado").mkdir()
    now = replay(EXAMPLE, tmp_path / "Moçambique em revisão", tmp_path / "enviado")
    assert now == (EXAMPLE / ROUND / EXPECTED).read_text(encoding="utf-8")
