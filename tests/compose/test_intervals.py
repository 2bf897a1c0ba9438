"""Intervals of estimates: drawn where the source gives them, refused where they cannot be, hidden with their value."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin.document.blocks import Figure, Table
from bulletin.document.inline import plain
from bulletin.document.tree import walk
from bulletin.pipeline.edit import Composed, compose_editions
from bulletin.pipeline.prepare import Prepared, prepare
from bulletin.pipeline.progress import silent
from factories import small_project

HEAD = "INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,SOURCE,CONF_STATUS,LOWER,UPPER\n"
TABLE = "{table: own_table, title: {pt: T, en: T}, indicator: EXECUTION_RATE, rows: [{level: {by: ref_area}}], columns: [{by: period, periods: latest}]}"
ITEM = "{chart: own, kind: bar, title: {pt: T, en: T}, indicator: EXECUTION_RATE, categories: {by: ref_area}}"


def prepared(folder: Path, rows: str) -> Prepared:
    root = small_project(folder / "small")
    (root / "data" / "more.csv").write_text(HEAD + rows, encoding="utf-8")
    with (root / "bulletin.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"\nadd:\n  - to: pensions.types\n    item: {ITEM}\n  - to: pensions.types\n    item: {TABLE}\n")
    return prepare(root, silent)


def own(composed: Composed) -> Figure:
    return next(b for b in walk(composed.documents["en"].sections) if isinstance(b, Figure) and b.id == "own")


def tables(composed: Composed) -> list[Table]:
    return [b for b in walk(composed.documents["en"].sections) if isinstance(b, Table)]


def test_an_interval_is_drawn_and_said_and_a_hidden_value_has_none(tmp_path: Path) -> None:
    rows = (
        "EXECUTION_RATE,MZ-N,2024,45.3,PT,PRIMEIRA,F,43.1,47.5\n"
        "EXECUTION_RATE,MZ-A,2024,61.2,PT,PRIMEIRA,F,,\n"
        "EXECUTION_RATE,MZ-T,2024,33.9,PT,PRIMEIRA,C,31.73,36.07\n"
    )
    composed = compose_editions(prepared(tmp_path, rows))
    figure = own(composed)
    found = {c.key: p for c, p in zip(figure.chart.categories, figure.chart.series[0].points, strict=True)}
    assert (found["MZ-N"].low, found["MZ-N"].high) == (43.1, 47.5)
    assert found["MZ-A"].low is None
    assert (found["MZ-T"].value, found["MZ-T"].low, found["MZ-T"].high, found["MZ-T"].text) == (None, None, None, "c")
    assert any("interval given by the source" in plain(n.content) for n in figure.notes)
    for language, printed in (("en", "[43.1–47.5]"), ("pt", "[43,1–47,5]")):
        table = next(b for b in walk(composed.documents[language].sections) if isinstance(b, Table) and b.id == "own_table")
        after = {row.key.partition(".")[2]: [c.signs for c in row.cells if c.signs] for row in table.rows}
        assert (after["MZ-N"], after["MZ-A"], after["MZ-T"]) == ([printed], [], [])
    assert any("square brackets" in plain(n.content) for b in tables(composed) if b.id == "own_table" for n in b.notes)
    assert composed.parity is not None
    assert {f.rule for f in composed.parity.findings} <= {"parity-foreign-words"}
    everything = b"".join(composed.trees().values())
    assert b"31.73" not in everything
    assert b"36.07" not in everything


@pytest.mark.parametrize(
    ("ends", "rule"), [("46,47.5", "bounds-beside-value"), ("43.1,", "bounds-beside-value"), ("x,47.5", "not-a-number")]
)
def test_an_interval_that_cannot_be_is_an_error_with_its_cell(tmp_path: Path, ends: str, rule: str) -> None:
    found = [f for f in prepared(tmp_path, f"EXECUTION_RATE,MZ-N,2024,45.3,PT,PRIMEIRA,F,{ends}\n").findings if f.rule == rule]
    assert [(f.place.cell, f.place.column) for f in found] == [("2", "LOWER")]
