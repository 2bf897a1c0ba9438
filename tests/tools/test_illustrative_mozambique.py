"""The illustrative tables are reproducible, marked, apart from the published ones, and add up."""

from __future__ import annotations

import csv
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "examples" / "mozambique" / "data"


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("illustrative_mozambique", ROOT / "tools" / "illustrative_mozambique.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


script = _module()


def _rows(pattern: str) -> Iterator[dict[str, str]]:
    for path in sorted(DATA.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def test_the_committed_tables_are_what_the_script_writes() -> None:
    written = {p.name: p.read_text(encoding="utf-8") for p in DATA.glob(f"{script.PREFIX}*.csv")}
    assert script.tables(DATA) == written


def test_every_illustrative_row_is_marked_and_none_stands_for_a_published_figure() -> None:
    illustrative = list(_rows(f"{script.PREFIX}*.csv"))
    assert all(r["ILLUSTRATIVE"] == "true" and r["SOURCE"] == script.SOURCE for r in illustrative)
    published = script.published(DATA)
    assert not [r for r in illustrative if tuple(r[c] for c in script.KEY) in published]


@pytest.mark.parametrize(
    ("indicator", "period", "dims"),
    [
        ("PENSIONERS", "2024-02", {"scheme": "INSS"}),
        ("INSURED_ACTIVE", "2022-12", {"scheme": "INSS-TCO"}),
        ("EMPLOYERS_REGISTERED", "2024-12", {"scheme": "INSS"}),
        ("EMPLOYERS_NEW", "2019", {"scheme": "INSS"}),
        ("HOUSEHOLDS_ENROLLED", "2024-06", {"programme": "PSSB"}),
        ("BENEFICIARIES_DIRECT", "2024", {}),
        ("SCHOOL_FEEDING_PUPILS", "2024", {"programme": "PAE"}),
    ],
)
def test_provinces_add_up_to_the_published_national_figure(indicator: str, period: str, dims: dict[str, str]) -> None:
    values = {tuple(r[c] for c in script.KEY): r["OBS_VALUE"] for r in _rows("*.csv") if r["OBS_VALUE"]}
    parts = [values[script.key(indicator, period, area, **dims)] for area in script.PROVINCES]
    assert sum(map(int, parts)) == script.published(DATA)[script.key(indicator, period, **dims)]


@given(st.integers(0, 10**7), st.lists(st.floats(0.01, 1000), min_size=1, max_size=12))
def test_a_total_divided_adds_up_to_itself(total: int, weights: list[float]) -> None:
    parts = script.divide(total, weights)
    assert sum(parts) == total
    assert all(abs(p - total * w / sum(weights)) < 1.001 for p, w in zip(parts, weights, strict=True))
