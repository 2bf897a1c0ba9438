"""Key results: as many as configured, by score, of the domains that must be there; and the limits that the note prints."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from words_bench import contexts, series

from bulletin.compose.limits import printed_limits
from bulletin.compose.planner import Scored, choose, unusual
from bulletin.load.project_files import ProjectFiles
from bulletin.load.project_narration import read_narration
from bulletin.model.narration import Narration, Planner, Thresholds, Weights
from bulletin.model.outline import Candidate

DOMAINS = ("coverage", "financing", "gender", "targets", "")
SCORED = st.builds(
    lambda domain, indicator, score, illustrative, order: Scored(
        Candidate(f"r.{order}", domain), order, indicator, {"declared": score}, illustrative
    ),
    st.sampled_from(DOMAINS), st.sampled_from("ABCDEFGH"), st.integers(0, 9), st.booleans(), st.integers(0, 99),
)  # fmt: skip


@given(st.lists(SCORED, max_size=12, unique_by=lambda s: s.order), st.integers(0, 6))
def test_any_choice_keeps_the_rules(found: list[Scored], most: int) -> None:
    planner = Planner(most=most)
    chosen = choose(found, planner)
    assert chosen == choose(list(reversed(found)), planner)
    assert len(chosen) <= most
    assert len({c.indicator for c in chosen}) == len(chosen)
    left = [f for f in found if f.indicator not in {c.indicator for c in chosen}]
    assert not left or len(chosen) == most
    if most >= len(planner.required) and len({f.indicator for f in found}) == len(found):
        have = {c.candidate.domain for c in chosen}
        assert all(d in have for d in planner.required if any(f.candidate.domain == d for f in found))
    told = [c.score for c in chosen if not c.illustrative]
    assert told == sorted(told, reverse=True)


def test_a_sudden_change_is_unusual_and_a_steady_one_is_not() -> None:
    steady = {2017: 10, 2018: 11.1, 2019: 12, 2020: 13.1, 2021: 14, 2022: 15}
    evidence = contexts(*series("RATE", {**steady, 2023: 16.0, 2024: 30.0}), *series("PEOPLE", {2023: 100, 2024: 300}))["pt"]
    found = contexts(*series("RATE", {**steady, 2023: 16.05}))["pt"]
    assert unusual(_evidence(evidence), "RATE", {}, 4) > 3
    assert unusual(_evidence(found), "RATE", {}, 4) < 1
    assert unusual(_evidence(evidence), "PEOPLE", {}, 4) == 0


def _evidence(context):  # type: ignore[no-untyped-def]
    from bulletin.compose.claims import Evidence

    return Evidence(context.lookup, context.facts)


@pytest.mark.parametrize("kind", [Thresholds, Weights])
def test_every_limit_is_printed(kind: type) -> None:
    """A new limit without a row in the note would be decided in silence."""
    printed = {n for n, _ in printed_limits(Narration())} | {"fraction_points", "change_most"}
    assert {f.name for f in fields(kind)} <= printed


def test_a_country_changes_single_limits_and_hears_of_mistakes(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    path = tmp_path / "config" / "narrative.yaml"
    path.write_text("thresholds: {stable_percent: 2}\nplanner: {weights: {novelty: 3}}\n", encoding="utf-8")
    files = ProjectFiles(tmp_path)
    found = read_narration(files, ("pt",))
    assert files.findings == []
    assert (found.thresholds.stable_percent, found.thresholds.streak, found.planner.weights.novelty) == (2, 3, 3)
    path.write_text("thresholds:\n  stable_percnt: 2\nopenings: [0, 7]\n", encoding="utf-8")
    files = ProjectFiles(tmp_path)
    read_narration(files, ("pt",))
    (wrong,) = files.findings
    assert (wrong.rule, wrong.place.file, wrong.parameters["nearest"]) == (
        "config-unknown-key",
        "config/narrative.yaml",
        "stable_percent",
    )
    path.write_text("openings: [0, 7]\n", encoding="utf-8")
    files = ProjectFiles(tmp_path)
    read_narration(files, ("pt",))
    assert [(f.rule, f.place.file, f.place.cell) for f in files.findings] == [
        ("config-not-allowed", "config/narrative.yaml", "1")
    ]
