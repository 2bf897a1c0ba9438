"""Two editions side by side: exactly what differs is said, hidden figures never by value, and the table gives nothing away."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from bulletin.archive.compare import compare, stands_open
from bulletin.archive.table import table_csv
from bulletin.archive.wording import reworded
from bulletin.load.archive import read_figures
from bulletin.model.codes import DIMENSIONS, TOTAL, ConfStatus, ObsStatus
from bulletin.model.dataset import Observation
from bulletin.model.edition import RevisionReason
from bulletin.model.finding import Place
from bulletin.model.quality import Amendment, Cause
from bulletin.write.comparison import Sheet, write_workbook


def figure(name: str, value: float | None, period: str = "2023", *, hidden: bool = False, derived: bool = False) -> Observation:
    indicator, _, area = name.partition(".")
    coordinates = dict.fromkeys(DIMENSIONS, TOTAL) | {"ref_area": area or "MZ"}
    status = ObsStatus.SUPPRESSED if hidden else ObsStatus.MISSING if value is None else ObsStatus.NORMAL
    conf = ConfStatus.SECONDARY_BY_RECEIVER if hidden else ConfStatus.FREE
    origin = Place() if derived else Place("data/a.csv", cell="2")
    return Observation(indicator, coordinates, period, value, "PERS", (status,), conf, "S1", "", {}, False, origin)


def by_key(*figures: Observation) -> dict[str, Observation]:
    return {f.key: f for f in figures}


values = st.floats(min_value=-1e12, max_value=1e12, allow_nan=False).filter(lambda v: v == 0 or abs(v) > 1e-6)
edits = st.sampled_from(["keep", "amend", "delete", "blank", "hide", "hidden-before"])


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["A", "B", "C.MZ-P"]), st.integers(2000, 2030)), st.tuples(values, edits), max_size=30
    ),
    st.dictionaries(st.integers(2031, 2040), values, max_size=5),
)
def test_exactly_the_edits_of_an_edition_are_reported(
    base: dict[tuple[str, int], tuple[float, str]], come: dict[int, float]
) -> None:
    old: dict[str, Observation] = {}
    new: dict[str, Observation] = {}
    expected: dict[str, tuple[Amendment, float | None, float | None]] = {}
    for (name, year), (value, edit) in base.items():
        before = figure(name, value, str(year))
        after: Observation | None = before
        match edit:
            case "amend":
                after = replace(before, value=value * 1.25 + 1)
                expected[before.key] = (Amendment.AMENDED, value, after.value)
            case "delete":
                after = None
                expected[before.key] = (Amendment.DELETED, value, None)
            case "blank":
                after = figure(name, None, str(year))
                expected[before.key] = (Amendment.DELETED, value, None)
            case "hide":
                after = figure(name, None, str(year), hidden=True)
                expected[before.key] = (Amendment.HIDDEN, None, None)
            case "hidden-before":
                before = figure(name, None, str(year), hidden=True)
                expected[before.key] = (Amendment.HIDDEN, None, None)
            case _:
                pass
        old[before.key] = before
        if after is not None:
            new[before.key] = after
    for year, value in come.items():
        added = figure("A", value, str(year))
        new[added.key] = added
        expected[added.key] = (Amendment.ADDED, None, value)
    sealed = read_figures(table_csv(old.values(), ("pt", "en")), "editions/x/table.csv")
    found = compare(sealed, new)
    assert {r.key: (r.kind, r.old, r.new) for r in found} == expected
    assert len(found) == len(expected)
    assert compare(sealed, sealed) == ()


def test_the_difference_is_the_one_that_can_be_checked_by_hand() -> None:
    (found,) = compare(by_key(figure("A", 0.1)), by_key(figure("A", 0.3)))
    assert found.difference == 0.2


def test_the_first_reason_that_fits_explains_and_what_is_computed_needs_none() -> None:
    old = by_key(figure("GDP", 10), figure("GDP", 11, "2022"), figure("RATE", 5, derived=True), figure("POP", 1))
    new = by_key(figure("GDP", 12), figure("GDP", 13, "2022"), figure("RATE", 6, derived=True), figure("POP", 2))
    reasons = (
        RevisionReason("GDP.MZ@2022", {"pt": "Erro.", "en": "Error."}, "correction"),
        RevisionReason("GDP*", {"pt": "Nova base.", "en": "New base."}),
    )
    causes = {r.key: r.cause for r in compare(old, new, reasons)}
    assert causes == {
        "GDP.MZ@2022": Cause.CORRECTION, "GDP.MZ@2023": Cause.SCHEDULED, "RATE.MZ@2023": Cause.CONSEQUENCE,
        "POP.MZ@2023": Cause.UNEXPLAINED,
    }  # fmt: skip
    assert stands_open(compare(old, new, reasons))
    assert not stands_open(compare(old, new, (RevisionReason("*", {"pt": "Tudo.", "en": "All."}),)))


def test_a_figure_that_left_the_years_of_the_tables_needs_no_reason() -> None:
    old = by_key(figure("A", 1, "2014"), figure("A", 2, "2016"))
    causes = {r.key: r.cause for r in compare(old, {}, (), 2015, 2024)}
    assert causes == {"A.MZ@2014": Cause.WINDOW, "A.MZ@2016": Cause.UNEXPLAINED}


def test_the_table_of_a_hidden_figure_says_only_that_it_is_hidden() -> None:
    careless = replace(figure("A", 3.0, hidden=True), comment={"pt": "eram 3", "en": "there were 3"})
    data = table_csv([careless, figure("A", 33244.5, "2022")], ("pt", "en"))
    rows = {r["TIME_PERIOD"]: r for r in csv.DictReader(io.StringIO(data.decode()))}
    assert rows["2022"]["OBS_VALUE"] == "33244.5"
    hidden = rows["2023"]
    assert (hidden["OBS_VALUE"], hidden["OBS_STATUS"], hidden["CONF_STATUS"]) == ("", "Q", "C"), "not even which rule hid it"
    assert "3" not in hidden["COMMENT_PT"] + hidden["COMMENT_EN"]


def test_only_the_sentences_that_changed_are_shown() -> None:
    old = {"a": "O total subiu 2%. A série começa em 2015.", "b": "Igual.", "gone": "Havia mais."}
    new = {"a": "O total subiu 3%. A série começa em 2015.", "b": "Igual."}
    found = {w.block: (w.old, w.new) for w in reworded("pt", old, new)}
    assert found == {"a": (("O total subiu 2%.",), ("O total subiu 3%.",)), "gone": (("Havia mais.",), ())}


def test_no_text_of_the_workbook_is_read_as_a_formula(tmp_path: Path) -> None:
    sheet = Sheet("Valores", ("Valor", "Antes"), (("=1+1", 2.5), ("http://x", None)), (20, 20))
    data = write_workbook((sheet,), "a – b", "2025-10-31")
    assert data == write_workbook((sheet,), "a – b", "2025-10-31")
    path = tmp_path / "c.xlsx"
    path.write_bytes(data)
    cells = [
        [(c.value, c.data_type, c.hyperlink) for c in row] for row in openpyxl.load_workbook(path).active.iter_rows(min_row=2)
    ]
    assert cells == [[("=1+1", "s", None), (2.5, "n", None)], [("http://x", "s", None), (None, "n", None)]]
