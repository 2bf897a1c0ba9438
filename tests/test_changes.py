"""Nothing false is said after a change of the data: every changed value makes another edition, whose words are read against its files.

`BULLETIN_CHANGES=500` runs the whole proof: so many single changes of the small project, each composed by itself, and as many of the
example, twenty to an edition. Without it a few of the former.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from changed import Tables, Tally, enlarged, run
from test_truth import EXAMPLE, SMALL, composed, copied, faults

CHANGES = int(os.environ.get("BULLETIN_CHANGES", "0"))
EACH = 20
"""Changes in one edition of the example, in different series."""


def told(request: pytest.FixtureRequest, name: str, tally: Tally) -> None:
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    if CHANGES and reporter is not None:
        reporter.write_line(f"\n{name}: {tally}")


@pytest.mark.slow
def test_no_single_change_makes_a_false_sentence(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    times = CHANGES or 15
    tally = run(enlarged(copied(SMALL, tmp_path / "small")), 1, times, 1, composed, faults)
    told(request, "small project", tally)
    assert tally.false == []
    assert tally.changes == times
    assert tally.sentences > 20 * times
    assert tally.different > times // 2


@pytest.mark.slow
@pytest.mark.skipif(not CHANGES, reason="BULLETIN_CHANGES is not set")
def test_no_change_of_the_example_makes_a_false_sentence(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    tally = run(copied(EXAMPLE, tmp_path / "example"), 2, -(-CHANGES // EACH), EACH, composed, faults)
    told(request, "example", tally)
    assert tally.false == []
    assert tally.changes >= CHANGES
    assert tally.sentences > 300 * tally.editions


def test_changes_are_single_and_are_changes(tmp_path: Path) -> None:
    folder = copied(EXAMPLE, tmp_path / "example")
    tables = Tables(folder, sorted((folder / "data").glob("*.csv")))
    before = {path: path.read_text(encoding="utf-8") for path in tables.files}
    for seed in range(20):
        chosen = tables.choose(random.Random(seed), EACH)
        told = tables.write(chosen)
        assert len({tables.series(cell) for cell, _ in chosen}) == len(told) == EACH
        assert all(said.split(" -> ")[0].rsplit(" ", 1)[1] != said.split(" -> ")[1] for said in told)
    tables.write([])
    assert {path: Tables(folder, [path]).tables[path] for path in before} == {path: tables.tables[path] for path in before}
