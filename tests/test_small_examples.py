"""The small editions of the other countries: final, every question of the check answered, nothing in them illustrative."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin.pipeline.check import check
from bulletin.pipeline.progress import silent
from factories import spoken

EXAMPLES = Path(__file__).parents[1] / "examples"
OTHERS = sorted(p.parent.name for p in EXAMPLES.glob("*/bulletin.yaml") if p.parent.name != "mozambique")


@pytest.mark.slow
@pytest.mark.parametrize("name", OTHERS)
def test_builds_as_a_final_edition_of_published_figures(name: str) -> None:
    found = spoken(check(EXAMPLES / name, silent).findings)
    assert [f for f in found if f.severity in ("error", "warning") and not f.waived] == []
    assert "ILLUSTRATIVE" not in "".join(p.read_text(encoding="utf-8") for p in (EXAMPLES / name / "data").glob("*.csv"))


def test_all_six_countries_have_one() -> None:
    assert len(OTHERS) == 5
