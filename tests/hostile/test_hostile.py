"""Hostile inputs, the part that takes seconds: read in this process, without composing. tools/hostile.sh tries all of them whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from bulletin.errors import BulletinError
from bulletin.isolated import Reader
from bulletin.load.observations import load_observations
from bulletin.load.project import load_project
from bulletin.model.dataset import KEY, Observations
from bulletin.model.finding import Finding, Severity
from bulletin.model.project import Project
from factories import called_here, spoken
from hostile import fuzz, reviewed, settings, sheets_ods, tables, workbooks
from hostile.variant import ANY, SAME, Variant, laid

SMALL = Path(__file__).parents[1] / "projects" / "small"
TAKES_LONG = ("yaml-deeper", "yaml-huge", "csv-huge", "xlsx-nested")
TOLD_LATER = ("csv-negative", "csv-tiny")
"""By the rules of validation, which are not asked here."""


@pytest.fixture(scope="module")
def project() -> Project:
    return load_project(SMALL)[0]


def values(observations: Observations) -> dict[tuple[str, ...], float]:
    frame = observations.frame
    keys = frame[list(KEY)].astype(str).itertuples(index=False, name=None)
    return {k: v for k, v in zip(keys, frame["value"].tolist(), strict=True) if v == v}


def chosen(variants: Iterable[Variant]) -> list[Variant]:
    return [v for v in variants if not v.heavy and v.name not in (*TAKES_LONG, *TOLD_LATER)]


def told(variant: Variant, findings: Iterable[Finding]) -> str:
    """What is wrong with the refusal of a variant that was not to be read."""
    errors = [f for f in spoken(findings) if f.severity is not Severity.INFO]
    fitting = [f for f in errors if f.rule in variant.expected]
    if not fitting:
        return f"{variant.name}: {[f.rule for f in errors][:4]}, not {variant.expected}"
    if not all(f.place.file for f in fitting) or (variant.cell and not any(f.place.cell for f in fitting)):
        return f"{variant.name}: {fitting[0].rule} names no {'cell' if fitting[0].place.file else 'file'}"
    return ""


@pytest.mark.parametrize("family", [tables, workbooks, sheets_ods], ids=["csv", "xlsx", "ods"])
def test_a_hostile_table_is_refused_with_its_place_or_read_right(
    family: object, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reader, "call", called_here)
    good = values(load_observations(project).observations)
    faults = []
    for variant in chosen(family.variants())[::2]:  # type: ignore[attr-defined]
        root = tmp_path / variant.name
        shutil.copytree(SMALL / "data", root / "data")
        laid(variant, root)
        loaded = load_observations(replace(project, root=root))
        stops = any(f.severity is Severity.ERROR for f in loaded.findings)
        found = values(loaded.observations)
        if SAME in variant.expected and (stops or found != good) and told(variant, loaded.findings):
            faults.append(f"{variant.name}: not read as the good one: {[f.rule for f in loaded.findings][:4]}")
        elif ANY in variant.expected and not stops:
            faults += [f"{variant.name}: {k}" for k, v in found.items() if good.get(k) != v]
        elif SAME not in variant.expected and ANY not in variant.expected:
            faults.append(told(variant, loaded.findings))
        shutil.rmtree(root)
    assert [f for f in faults if f] == []


def _settings() -> Iterator[Variant]:
    """All that stand alone, and of those that try the same name everywhere some."""
    for n, variant in enumerate(chosen(settings.variants())):
        if n % 4 == 0 or not any(
            part in variant.name for part in ("-id-", "outline-", "theme-", "country-", "logo-", "table-", "chapter-")
        ):
            yield variant


def test_a_hostile_configuration_is_refused_with_its_line(tmp_path: Path) -> None:
    faults = []
    for variant in islice(_settings(), 0, None, 3):
        if variant.name.startswith(("text-", "yaml-map-", "yaml-data-file")):
            continue  # told when data are read
        root = tmp_path / variant.name
        shutil.copytree(SMALL, root, ignore=shutil.ignore_patterns("out", "work", "expected"))
        laid(variant, root)
        try:
            load_project(root)
        except BulletinError as error:
            faults.append("" if {SAME, ANY} & set(variant.expected) and error.findings else told(variant, error.findings))
        else:
            if not {SAME, ANY} & set(variant.expected):
                faults.append(f"{variant.name}: read")
        shutil.rmtree(root)
    assert [f for f in faults if f] == []


def test_a_hostile_word_file_is_refused_or_read() -> None:
    from bulletin.review.read import read_docx

    faults = []
    for variant in chosen(reviewed.variants(fuzz.word())):
        try:
            read_docx(variant.sent, "voltou.docx")
        except BulletinError as error:
            faults.append("" if ANY in variant.expected else told(variant, error.findings))
        else:
            if ANY not in variant.expected:
                faults.append(f"{variant.name}: read")
    assert [f for f in faults if f] == []


def test_a_name_that_an_outline_invents_is_refused_with_its_line(tmp_path: Path) -> None:
    parts = ("year", "columns-", "indicator-", "kind-", "level-", "where-", "added-", "changed-")
    found = [v for v in settings.variants() if v.name.removeprefix("yaml-").startswith(parts) and v.cell]
    root = tmp_path / "projeto"
    faults = []
    for variant in found:
        shutil.copytree(SMALL, root, ignore=shutil.ignore_patterns("out", "work", "expected"))
        laid(variant, root)
        with pytest.raises(BulletinError) as refused:
            load_project(root)
        faults.append(told(variant, refused.value.findings))
        shutil.rmtree(root)
    assert len(found) >= 12
    assert [f for f in faults if f] == []


@pytest.mark.parametrize(
    ("target", "count"),
    [
        ("csv", 120),
        ("map", 60),
        ("yaml", 120),
        ("edition", 60),
        ("text", 80),
        ("xlsx", 30),
        ("ods", 30),
        ("docx", 60),
        ("svg", 120),
    ],
)
def test_damage_gives_values_or_findings(target: str, count: int) -> None:
    assert [fault for _, _, fault in islice(fuzz.cases(target, 2026), count) if fault] == []
