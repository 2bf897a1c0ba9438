"""The shipped indicator catalogue is complete, said in both languages, and its formulas and rules can be run."""

from __future__ import annotations

import re
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
    for name in ("label", "definition", "numerator", "denominator", "limits", "age_band"):
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
        texts = [entry[n]["pt"] for n in ("label", "definition", "numerator", "denominator", "limits") if n in entry]
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
