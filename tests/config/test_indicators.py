"""The shipped indicator catalogue is complete, said in both languages, and its formulas and rules can be run."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bulletin.derive.formulas import FORMULAS
from bulletin.shipped import shipped

REFERENCE = [
    "SI_COV_BENFTS",
    "SI_COV_CHLD",
    "SI_COV_MATNL",
    "SI_COV_DISAB",
    "SI_COV_UEMP",
    "SI_COV_WKINJRY",
    "SI_COV_PENSN",
    "SI_COV_VULN",
    "SI_COV_POOR",
    "SI_COV_SOCINS",
    "SI_COV_SOCAST",
    "SI_COV_LMKT",
    "COV_CONTRIBUTORY",
    "COV_EMPLOYED",
    "ACTIVE_RATE_INSURED",
    "ACTIVE_RATE_EMPLOYERS",
    "SUPPORT_RATIO",
    "EXP_PC_GDP",
    "EXP_PC_GOV",
    "SD_XPD_ESED",
    "EXECUTION_RATE",
    "AVG_BENEFIT",
    "REPLACEMENT_MINWAGE",
    "RESERVE_YEARS",
    "ADMIN_RATIO",
    "YOY_GROWTH",
    "REAL_EXP",
    "TARGET_ACHIEVEMENT",
    "SL_EMP_GTOTL",
    "ILOSTAT_SDG_0131",
]
CONTRACTED = {"o": "do", "a": "da", "os": "dos", "as": "das"}
FORM = {"o": ("m", "s"), "a": ("f", "s"), "os": ("m", "p"), "as": ("f", "p")}


@cache
def _entries() -> list[dict[str, Any]]:
    reader = YAML(typ="safe", pure=True)
    files = sorted(Path(shipped("config", "indicators")).glob("*.yaml"))
    return [entry for file in files for entry in reader.load(file.read_text(encoding="utf-8"))["indicators"]]


ENTRIES = {e["id"]: e for e in _entries()}


def test_ids_are_unique_and_the_reference_indicators_are_there() -> None:
    assert len(ENTRIES) == len(_entries())
    assert not set(REFERENCE) - set(ENTRIES)


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES.keys())
def test_an_indicator_is_said_in_both_languages_with_agreement(entry: dict[str, Any]) -> None:
    for name in ("label", "definition", "numerator", "denominator", "limits", "age_band", "reference", "source"):
        if name in entry:
            assert set(entry[name]) == {"pt", "en"}
            assert all(entry[name].values())
    subject = entry["subject"]["pt"]
    article, noun = subject["text"].split(" ", 1)
    assert subject["of"] == f"{CONTRACTED[article]} {noun}"
    assert (subject["gender"], subject["number"]) == FORM[article]
    assert entry["subject"]["en"]["of"] == f"of {entry['subject']['en']['text']}"


def test_shared_texts_are_written_in_the_agreement_of_1990() -> None:
    old = re.compile(r"\b\w*(?:acç|ecç|[aei]ct[iou]v|direct|project|sector|object)\w*", re.IGNORECASE)
    for entry in ENTRIES.values():
        texts = [
            entry[n]["pt"]
            for n in ("label", "definition", "numerator", "denominator", "limits", "reference", "source")
            if n in entry
        ]
        assert not [found for t in texts for found in old.findall(t)], entry["id"]


@pytest.mark.parametrize("entry", [e for e in ENTRIES.values() if "formula" in e], ids=lambda e: str(e["id"]))
def test_a_formula_has_what_it_needs(entry: dict[str, Any]) -> None:
    formula = entry["formula"]
    recipe = FORMULAS[formula["name"]]
    assert set(recipe.roles) <= set(formula["inputs"])
    assert set(formula["inputs"].values()) <= set(ENTRIES)
    assert set(formula.get("where", {})) <= set(formula["inputs"])
    assert set(formula.get("parameters", {})) <= set(recipe.parameters)
    assert set(recipe.needed) <= set(formula.get("parameters", {}))


PARAMETERS = {"PENSIONABLE_AGE", "MIN_CONTRIBUTION_PERIOD", "PENSION_AVERAGING_PERIOD"}
"""Set by law: nothing is counted."""
GENERAL = {"YOY_GROWTH", "TARGET_ACHIEVEMENT", "INFLATION"}
"""Rates that count whatever the measured value counts."""
ESSPROS = {"all", "sickness", "disability", "old_age", "survivors", "family", "unemployment", "housing", "exclusion"}
AGED = {
    *("SI_COV_CHLD", "SI_COV_PENSN", "SI_COV_UEMP", "SI_COV_WKINJRY", "COV_EMPLOYED", "COVERAGE_OLDER", "DEPENDENCY_RATIO"),
    *("COVERAGE_PENSION_FUND_ADULTS", "TARGET_CHILD_GRANT", "INFORMALITY_RATE", "COV_CHILDREN", "COV_OLD_AGE", "COV_WORK_INJURY"),
    *("COV_UNEMPLOYMENT", "EMPLOYED", "UNEMPLOYED", "OLD_AGE_RECIPIENTS", "POPULATION_PENSIONABLE", "CHILDREN_WITH_BENEFIT"),
}
"""Those whose population has an age."""


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES.keys())
def test_an_entry_is_complete_enough_to_print(entry: dict[str, Any]) -> None:
    assert {"definition", "limits", "time_basis", "unit_counted"} <= set(entry)
    assert entry["definition"]["pt"].endswith(".")
    assert entry["limits"]["en"].endswith(".")
    assert ("source" in entry) != ("formula" in entry), "who produces it, or how it is computed"
    if entry["kind"] == "rate" or entry["unit"] == "RATIO":
        assert {"numerator", "denominator"} <= set(entry)
    if entry["kind"] == "amount":
        assert entry["unit_counted"] == "money"
    elif entry["kind"] in ("count", "rate") and entry["id"] not in GENERAL:
        assert entry["unit_counted"] != "none"
    fixed = any("age" in where for where in entry.get("formula", {}).get("where", {}).values() if where.get("age") != "_T")
    if entry["id"] in AGED or (fixed and "age" not in entry.get("dimensions", ())):
        assert "age_band" in entry
    assert "cofog" not in entry or entry["unit_counted"] == "money"
    assert {e.strip() for e in entry.get("esspros", "all").split(",")} <= ESSPROS
