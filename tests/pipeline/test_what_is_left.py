"""What the edition does not print: figures of other sources are listed with their difference, unused values are counted."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from bulletin.document.serial import dump
from bulletin.pipeline.edit import Composed, compose_editions
from bulletin.pipeline.prepare import prepare
from bulletin.pipeline.progress import silent

SMALL = Path(__file__).resolve().parents[1] / "projects" / "small"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    root = tmp_path / "small"
    shutil.copytree(SMALL, root, ignore=shutil.ignore_patterns("out", "work"))
    outline = root / "config" / "outlines" / "small" / "pensions.yaml"
    outline.write_text(outline.read_text(encoding="utf-8").rstrip() + "\n      - {list: alternates}\n", encoding="utf-8")
    return root


def composed(root: Path) -> Composed:
    return compose_editions(prepare(root, silent))


def test_figures_for_which_sources_differ_are_listed_with_the_difference(small: Path) -> None:
    made = composed(small)
    (line,) = [part for part in dump(made.documents["en"]).splitlines() if "103,000" in part and "|" in part]
    assert [p.strip() for p in line.split("|")][1:] == ["103,540", "103,000", "\u2212540"]
    facts = {f.operation: f for f in made.facts.facts() if f.operation.partition(":")[2] == "SEGUNDA"}
    assert {o: f.value for o, f in facts.items()} == {"alternate:SEGUNDA": 103000, "disagreement:SEGUNDA": -540}
    assert [i.source for i in facts["disagreement:SEGUNDA"].inputs] == ["PRIMEIRA", "SEGUNDA"]


def test_another_source_never_gives_away_a_hidden_figure(small: Path) -> None:
    path = small / "data" / "pensionistas.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows = [[*row, "CONF_STATUS" if n == 0 else "C" if "103540" in row else "F"] for n, row in enumerate(rows)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    made = composed(small)
    for document in made.documents.values():
        text = dump(document)
        assert "{alternates}" not in text
        assert not [part for part in ("103,000", "103\u00a0000", "103,540", "103\u00a0540") if part in text]


def test_values_that_are_shown_nowhere_are_counted_by_indicator(small: Path) -> None:
    path = small / "data" / "pensionistas.csv"
    text = path.read_text(encoding="utf-8")
    before = {f.key: f.parameters for f in composed(small).findings if f.rule == "value-unused"}
    last = text.strip().splitlines()[-1]
    path.write_text(text.rstrip() + "\n" + last.replace("2024", "2016").replace(",P,", ",A,") + "\n", encoding="utf-8")
    after = {f.key: f.parameters for f in composed(small).findings if f.rule == "value-unused"}
    assert "PENSIONERS" not in before
    assert after == {**before, "PENSIONERS": {"indicator": "PENSIONERS", "count": 1, "total": 11}}
