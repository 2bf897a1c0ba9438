"""All data files of a project become one frame of observations, every row accounted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bulletin.isolated import Reader
from bulletin.load.account import FileAccount, account_of, unaccounted
from bulletin.load.changes import DataChange
from bulletin.load.choice import choose
from bulletin.load.codes import vocabularies
from bulletin.load.data_files import data_files, declared_but_missing
from bulletin.load.expectations import missing_places, shares_for_percent
from bulletin.load.explain import ParsedCell, explain, set_aside
from bulletin.load.file_tables import tables_of
from bulletin.load.ingest import origins_of, traced_back, workbooks_sent
from bulletin.load.interpret import CATEGORIES, interpret
from bulletin.model.dataset import COLUMNS, Observations
from bulletin.model.finding import Finding, Place, Severity
from bulletin.model.project import InputFile, Project

if TYPE_CHECKING:
    import pandas as pd

_Part = tuple[int, int, Mapping[str, int], Mapping[str, int]]


@dataclass(frozen=True)
class Loaded:
    observations: Observations
    findings: tuple[Finding, ...]
    inputs: tuple[InputFile, ...]
    accounting: tuple[FileAccount, ...]
    cells: tuple[ParsedCell, ...] = ()
    """All of them when asked for."""


def load_observations(project: Project, *, explained: bool = False, changes: Sequence[DataChange] = ()) -> Loaded:
    """Reads every file below `data/`; broken data are findings, never exceptions."""
    import pandas as pd

    words = vocabularies(project)
    frames: list[pd.DataFrame] = []
    findings: list[Finding] = []
    inputs: list[InputFile] = []
    parts: dict[str, list[_Part]] = {}
    origins: dict[str, Mapping[str, tuple[str, str, str]]] = {}
    cells: list[ParsedCell] = []
    paths, strange = data_files(project.root)
    findings += strange
    findings += declared_but_missing(project, paths)
    with Reader() as reader:
        for path in paths:
            tables, seen, found = tables_of(path, project.root, project.edition.files, changes, reader)
            inputs += seen
            findings += found
            parts[path.relative_to(project.root).as_posix()] = []
            for table in tables:
                findings += table.findings
                origins[table.file] = {**origins.get(table.file, {}), **origins_of(table)}
                frame, faults, by_rule, reasons = interpret(table, project, words)
                findings += faults
                if len(frame):
                    frames.append(frame)
                rejected = dict(table.rejected)
                for rule, count in by_rule.items():
                    rejected[rule] = rejected.get(rule, 0) + count
                parts[table.file].append((table.read, len(frame), rejected, table.ignored))
                if explained:
                    cells += explain(table, frame, reasons())
    if not frames:
        if not paths:
            findings.append(Finding("no-data", Severity.WARNING, Place("data/")))
        empty = empty_frame()
        accounts = [account_of(file, found) for file, found in parts.items()]
        findings += unaccounted(accounts)
        return Loaded(Observations(empty, empty.copy()), _with_keys(findings), tuple(inputs), tuple(accounts), tuple(cells))
    joined = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    frames.clear()
    choice = choose(joined, project.edition)
    findings += choice.findings
    for file, count in choice.dropped["file"].value_counts().items():
        parts[str(file)].append((0, -int(count), {}, {"repeated": int(count)}))
    accounts = [account_of(file, found) for file, found in parts.items()]
    findings += unaccounted(accounts)
    observations = traced_back(choice.observations, origins)
    inputs += workbooks_sent(observations, project.root, inputs)
    findings += missing_places(observations.frame, project)
    findings += shares_for_percent(observations.frame, project)
    told = set_aside(cells, choice.dropped, choice.observations.alternates) if explained else ()
    return Loaded(observations, _with_keys(findings), tuple(inputs), tuple(accounts), told)


def _with_keys(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Warnings about a whole file take its name as key, so that they can be waived."""
    return tuple(replace(f, key=f.place.file) if f.severity is Severity.WARNING and not f.key else f for f in findings)


def empty_frame() -> pd.DataFrame:
    """No observation, with the columns and types of a frame that has some."""
    import pandas as pd

    types = dict.fromkeys(COLUMNS, "str") | {"value": "float64", "illustrative": "bool"} | dict.fromkeys(CATEGORIES, "category")
    return pd.DataFrame({c: pd.Series(dtype=types[c]) for c in COLUMNS})
