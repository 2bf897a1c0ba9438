"""Confidential values get no further than protect, by no way."""

from __future__ import annotations

import pytest

from bulletin.derive.derive import derive
from bulletin.model.finding import Finding, Severity
from bulletin.protect.findings import public_findings
from bulletin.protect.protect import protect
from factories import formula, indicator, observations, project, row

PROJECT = project(
    indicator("A", dimensions=("sex",)),
    indicator("B", dimensions=("sex",)),
    indicator("RATE", "rate", dimensions=("sex",), formula=formula("ratio", inputs={"numerator": "A", "denominator": "B"})),
    indicator("RATE_CHANGE", "rate", dimensions=("sex",), formula=formula("points", inputs={"of": "RATE"})),
)


@pytest.mark.parametrize("conf", ["N", "C", "D", "S", "?"])
@pytest.mark.parametrize("category", [False, True])
def test_value_comment_alternate_and_derived_are_gone(conf: str, category: bool) -> None:
    rows = [
        row("A", 3, sex="F", conf_status=conf, comment_pt="são 3", obs_status="P"),
        row("A", 7),
        row("B", 9),
        row("B", 5, sex="F"),
    ]
    rows += [row("A", 4, 2023, sex="F"), row("B", 5, 2023, sex="F")]
    derived, _ = derive(observations(*rows, alternates=(row("A", 3, sex="F", source="S2"),), category=category), PROJECT)
    safe, log = protect(derived, PROJECT)
    gone = safe.frame[(safe.frame["sex"] == "F") & (safe.frame["period"] == "2024") & (safe.frame["indicator"] != "B")]
    assert list(gone["indicator"]) == ["A", "RATE", "RATE_CHANGE"]
    assert gone["value"].isna().all()
    assert (gone["obs_status"] == "Q").all()
    assert (gone["comment_pt"] == "").all()
    assert safe.alternates["value"].isna().all()
    assert {f.key for f in log} == {f"{i}.MZ.sex=F@2024" for i in ("A", "RATE", "RATE_CHANGE")}
    assert not any(isinstance(v, (int, float)) for f in log for v in f.parameters.values())
    kept = safe.frame[(safe.frame["sex"] == "_T") & (safe.frame["indicator"] == "A")]
    assert list(kept["value"]) == [7.0]


def test_nothing_confidential_changes_nothing() -> None:
    given = observations(row("A", 1), row("A", None, sex="F"))
    safe, log = protect(given, PROJECT)
    assert safe.frame.equals(given.frame)
    assert log == ()


def test_findings_do_not_tell_what_is_hidden() -> None:
    safe, _ = protect(observations(row("A", 3, sex="F", conf_status="C"), row("A", 7), row("B", 9)), PROJECT)
    about = Finding(
        "sum-of-parts", Severity.ERROR, key="A.MZ@2024", parameters={"indicator": "A", "total": 7, "parts": 6, "count": 2}
    )
    beside = Finding(
        "compare", Severity.ERROR, key="B.MZ@2024", parameters={"indicator": "B", "value": 9, "right": "A", "other": 3}
    )
    free = Finding("value-above", Severity.ERROR, key="B.MZ@2024", parameters={"indicator": "B", "value": 9})
    one, two, three = public_findings([about, beside, free], safe)
    assert one.parameters == {"indicator": "A", "total": "c", "parts": "c", "count": 2}
    assert two.parameters["other"] == "c"
    assert three == free
