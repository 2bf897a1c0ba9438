"""Nothing false is said after a change of the data: every changed value makes another edition, whose words are read against its files.

`BULLETIN_CHANGES=500` runs the whole proof: so many single changes of the small project, each composed by itself, and as many of the
example, twenty to an edition. Without it a few of the former.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path

import pytest

from changed import Tables, Tally, enlarged, run
from independent import Source
from test_truth import EXAMPLE, SMALL, composed, copied, faults

CHANGES = int(os.environ.get("BULLETIN_CHANGES", "0"))
EACH = 20
"""Changes in one edition of the example, in different series."""


def told(capsys: pytest.CaptureFixture[str], name: str, tally: Tally) -> None:
    if CHANGES:
        with capsys.disabled():
            sys.stdout.write(f"\n{name}: {tally}\n")


@pytest.mark.slow
def test_no_single_change_makes_a_false_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    times = CHANGES or 15
    tally = run(enlarged(copied(SMALL, tmp_path / "small")), 1, times, 1, composed, faults)
    told(capsys, "small project", tally)
    assert tally.false == []
    assert tally.changes == times
    assert tally.sentences > 20 * times
    assert tally.different > times // 2


@pytest.mark.slow
@pytest.mark.skipif(not CHANGES, reason="BULLETIN_CHANGES is not set")
def test_no_change_of_the_example_makes_a_false_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tally = run(copied(EXAMPLE, tmp_path / "example"), 2, -(-CHANGES // EACH), EACH, composed, faults)
    told(capsys, "example", tally)
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


SPOILT = {
    "span": ("span", {"outcome": "down"}),
    "streak": ("streak", {"outcome": "down"}),
    "streak that ended": ("streak", {"outcome": "ended_up"}),
    "record": ("record", {"outcome": "lowest"}),
    "small": ("small", {"function": "OLD_AGE"}),
    "spread": ("spread", {"high": "OLD_AGE"}),
    "contribution": ("contribution", {"part": "OLD_AGE"}),
}


def test_what_is_spoilt_in_the_enlarged_project_is_noticed(tmp_path: Path) -> None:
    folder = enlarged(copied(SMALL, tmp_path / "small"))
    tables = Tables(folder, [folder / "data" / "pensionistas.csv"])
    last = max(line for _, line in tables.cells if "DISABILITY" in tables.tables[tables.files[0]][line])
    known = [(Source(folder), composed(folder))]
    tables.write([((tables.files[0], last), "tiny")])
    known.append((Source(folder), composed(folder)))
    assert [faults(*each) for each in known] == [[], []]
    for name, (kind, changes) in SPOILT.items():
        source, edition = known[name == "small"]
        facts = json.loads(json.dumps(edition[0]))
        claim = next(c for c in facts["claims"] if c["kind"] == kind and set(changes) <= {"outcome", *c["parameters"]})
        claim["outcome"] = changes.get("outcome", claim["outcome"])
        claim["parameters"] |= {k: v for k, v in changes.items() if k != "outcome"}
        own = [f for f in faults(source, (facts, edition[1])) if "different things" not in f]
        assert own, name
