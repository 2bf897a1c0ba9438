"""Every row is used, rejected with a reason or ignored for a declared reason, whatever the file looks like; and all of it is told."""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulletin.load.account import account_of, unaccounted
from bulletin.load.codes import Vocabulary, by_name
from bulletin.load.observations import Loaded, load_observations
from bulletin.model.project import Project

Read = Callable[..., Loaded]
HEAD = "REF_AREA,INDICATOR,SEX,TIME_PERIOD,OBS_VALUE,UNIT_MULT,OBS_STATUS,SOURCE\n"
FIELDS = st.sampled_from(
    [
        "MZ",
        "MZ-A",
        "Niassa",
        "XX",
        "POPULATION",
        "_T",
        "M",
        "2024",
        "2023",
        "24",
        "5",
        "1.234",
        "abc",
        "",
        "0",
        "6",
        "A",
        "O",
        "INE",
        "BM",
    ]
)
ROWS = st.lists(st.lists(FIELDS, min_size=7, max_size=9) | st.just([""]), max_size=8)


def accounted(loaded: Loaded) -> None:
    for account in loaded.accounting:
        assert account.read == account.used + account.rejected + account.ignored
        assert account.rejected == sum(account.rejected_by.values())
        assert account.ignored == sum(account.ignored_by.values())
        if account.rejected:
            assert any(f.severity.value == "error" for f in loaded.findings)
    used = len(loaded.observations.frame) + len(loaded.observations.alternates)
    assert used == sum(a.used for a in loaded.accounting)
    assert not [f for f in loaded.findings if f.rule == "rows-unaccounted"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_damaged_csv_rows_are_all_accounted_for(read: Read, rows: list[list[str]]) -> None:
    loaded = read(HEAD + "".join(",".join(r) + "\n" for r in rows))
    accounted(loaded)
    assert loaded.accounting[0].read in (len(rows), 0)


CELLS = st.sampled_from(
    ["Niassa", "Total", "Sub-total", "Norte", None, 5, 1.5, "1 234", "7 (1)", "n.d.", "…", "x", "#N/A", "=1+1", True]
)
MAP = (
    "header_rows: [1]\ncolumns: {REF_AREA: A}\nacross: [{column: TIME_PERIOD, row: 1}]\n"
    "constants: {INDICATOR: POPULATION, SOURCE: INE}\ndrop: ['Sub.*']\nmissing: {n.d.: O, …: ignore}\nfootnote: '\\(1\\)'\n"
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=6))
def test_damaged_mapped_cells_are_all_accounted_for(rows: list[list[Any]]) -> None:
    from bulletin.load.mapping import read_mapped
    from bulletin.load.sheet import Sheet, SheetCell
    from bulletin.load.table_map import Across, TableMap

    cells = [SheetCell(1, 1, "s", "X"), SheetCell(1, 2, "n", "2023"), SheetCell(1, 3, "n", "2024")]
    for n, row in enumerate(rows, 2):
        for c, value in enumerate(row, 1):
            if value is not None:
                kind: Any = (
                    "b"
                    if isinstance(value, bool)
                    else "n"
                    if isinstance(value, (int, float))
                    else "e"
                    if value == "#N/A"
                    else "s"
                )
                cells.append(SheetCell(n, c, kind, str(value)))
    spec = TableMap(
        columns={"REF_AREA": "A"},
        across=(Across("TIME_PERIOD", 1),),
        constants={"INDICATOR": "POPULATION", "SOURCE": "INE"},
        drop=("Sub.*",),
        missing={"n.d.": "O", "…": "ignore"},
        footnote=r"\(1\)",
    )
    tables = read_mapped([Sheet("S", False, tuple(cells))], [spec], "q.xlsx", "q.xlsx.map.yaml", text_file=False)
    seen: Counter[str] = Counter()
    for table in tables:
        assert table.read == len(table.frame) + sum(table.rejected.values()) + sum(table.ignored.values())
        assert len(table.left) == sum(table.rejected.values()) + sum(table.ignored.values())
        seen.update(one.cell for one in table.left)
        if len(table.frame):
            seen.update(table.frame["cell"].tolist())
    assert not [cell for cell, times in seen.items() if times > 1]
    if not any(f.rule.startswith("map-") for t in tables for f in t.findings):
        figures = {c.where for c in cells if c.row > 1 and c.column > 1}
        dropped = {c.where for c in cells if any(o.cell == c.where for t in tables for o in t.left)}
        assert figures <= set(seen) | dropped


def test_a_row_that_gets_lost_is_an_error() -> None:
    whole = account_of("a.csv", [(5, 3, {"row-width": 1}, {"blank": 1})])
    lost = account_of("a.csv", [(5, 2, {"row-width": 1}, {"blank": 1})])
    assert unaccounted([whole]) == []
    assert [f.rule for f in unaccounted([lost])] == ["rows-unaccounted"]


def test_every_cell_is_explained_once(project: Project) -> None:
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    for row in (["Título"], ["X", 2023, 2024], ["Niassa", "1 234 (1)", None], ["Sofala", "abc", "n.d."], ["Sub-total", 5, 6]):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    data = project.root / "data"
    (data / "q.xlsx").write_bytes(stream.getvalue())
    (data / "q.xlsx.map.yaml").write_text(MAP.replace("[1]", "[2]").replace("row: 1", "row: 2"), encoding="utf-8")
    (data / "a.csv").write_text(
        HEAD + "MZ,POPULATION,_T,2024,7,3,P,INE\nMZ,POPULATION,_T,2024,7,3,P,INE\nMZ,X,_T,2024,8,0,A,BM\n", encoding="utf-8"
    )
    told = {
        (c.file, c.cell): (c.outcome, c.sent, c.value, c.status, c.reason)
        for c in load_observations(project, explained=True).cells
    }
    assert told == {
        ("data/a.csv", "2"): ("used", "7", "7000", "P", ""),
        ("data/a.csv", "3"): ("ignored", "7", "7000", "P", "repeated"),
        ("data/a.csv", "4"): ("rejected", "8", "", "", "unknown-indicator-code"),
        ("data/q.xlsx", "A1"): ("ignored", "Título", "", "", "outside"),
        ("data/q.xlsx", "B3"): ("used", "1 234 (1)", "1234", "A", ""),
        ("data/q.xlsx", "C3"): ("rejected", "", "", "", "empty-value"),
        ("data/q.xlsx", "B4"): ("rejected", "abc", "", "", "not-a-number"),
        ("data/q.xlsx", "C4"): ("used", "n.d.", "", "O", ""),
        ("data/q.xlsx", "B5"): ("ignored", "5", "", "", "dropped"),
        ("data/q.xlsx", "C5"): ("ignored", "6", "", "", "dropped"),
    }


def test_a_name_that_fits_two_places_is_no_name() -> None:
    words = Vocabulary(
        frozenset({"MZ-L", "MZ-MPM"}), by_name([("Maputo", "MZ-L"), ("MAPUTO", "MZ-MPM"), ("Cidade de Maputo", "MZ-MPM")])
    )
    assert words.code("Maputo") == (None, False)
    assert words.code("cidade  de maputó") == ("MZ-MPM", True)
    assert words.code("MZ-L") == ("MZ-L", False)


ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252", "cp850")
GROUPS = ("", " ", "\u00a0", "\u202f", ".,")
MARKS = {
    "utf-8": b"\xef\xbb\xbf",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "cp1252": b"\xef\xbb\xbf",
    "cp850": b"\xef\xbb\xbf",
}


def test_300_combinations_of_encoding_separator_decimal_group_and_mark_are_right_or_refused(project: Project) -> None:
    from bulletin.load.codes import vocabularies
    from bulletin.load.csv_table import read_canonical
    from bulletin.load.interpret import interpret

    words = vocabularies(project)
    chance = random.Random(300)
    right = 0
    for encoding in ENCODINGS:
        for separator in (",", ";", "\t"):
            for decimal in ".,":
                for group in GROUPS:
                    for mark in (b"", MARKS[encoding]):
                        numbers = [chance.randrange(10**6, 10**9) / 100 for _ in range(3)]
                        between = group if len(group) < 2 else ".,".replace(decimal, "")
                        texts = [f"{n:,.2f}".replace(",", "\0").replace(".", decimal).replace("\0", between) for n in numbers]
                        lines = ["REF_AREA|INDICATOR|TIME_PERIOD|OBS_VALUE|SOURCE"]
                        lines += [
                            f"{p}|POPULATION|{2022 + i}|{t}|INE"
                            for i, (p, t) in enumerate(zip(["Zambézia", "MZ", "Niassa"], texts, strict=True))
                        ]
                        content = mark + ("\n".join(lines) + "\n").replace("|", separator).encode(encoding, errors="replace")
                        table = read_canonical(content, "a.csv", None)
                        frame, faults, _, _ = interpret(table, project, words)
                        refused = any(f.severity.value == "error" for f in (*table.findings, *faults))
                        found = dict(zip(frame["period"], frame["value"], strict=True)) if len(frame) else {}
                        expected = dict(zip(("2022", "2023", "2024"), numbers, strict=True))
                        assert all(expected[k] == v for k, v in found.items()), (encoding, separator, decimal, group, mark, texts)
                        assert refused or found == expected, (encoding, separator, decimal, group, mark)
                        right += not refused
    assert right > 100
